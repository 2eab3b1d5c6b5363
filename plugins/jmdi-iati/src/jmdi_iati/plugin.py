"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Exporter, Facet, Importer, Panel, Parameter, ProblemCode, Vocabulary, hookimpl

JMDI_API = 1

_OPTIONS = (
    Parameter("contacts", "whether to keep names and addresses of contact persons", False),
    Parameter("results", "whether to read indicators and their values", True, (True, False)),
    Parameter("money", "whether to read transactions and budgets", True, (True, False)),
)


@hookimpl
def jmdi_importers() -> Iterable[Importer]:
    """IATI activities and organisations in files, archives and folders."""
    reader, survey = "jmdi_iati.importer:read", "jmdi_iati.reading.several:survey"
    return [
        Importer(
            "iati:xml",
            (".xml",),
            reader,
            "jmdi_iati.reading.sniff:xml",
            "IATI activities and organisations, versions 1.01 to 2.03",
            options=_OPTIONS,
            survey=survey,
        ),
        Importer(
            "iati:archive",
            (".xml.gz", ".gz", ".zip", ".tar", ".tar.gz", ".tgz", ".tar.xz", ".xml.xz"),
            reader,
            "jmdi_iati.reading.sniff:archive",
            "IATI files in an archive or compressed",
            options=_OPTIONS,
            survey=survey,
        ),
        Importer(
            "iati:folder",
            (".xml", ".gz", ".xz", ".zip", ".tar", ".tgz"),
            reader,
            "jmdi_iati.reading.sniff:either",
            "IATI files and archives in a folder",
            folder=True,
            options=_OPTIONS,
            survey=survey,
        ),
    ]


@hookimpl
def jmdi_exporters() -> Iterable[Exporter]:
    """IATI activities of version 2.03."""
    return [
        Exporter(
            "iati:activities",
            (".xml",),
            "jmdi_iati.export.activities:write",
            doc="IATI activities, version 2.03",
            losses="jmdi_iati.export.activities:losses",
            importer="iati:xml",
        ),
        Exporter(
            "iati:organisations",
            (".iati-org.xml",),
            "jmdi_iati.export.organisations:write",
            doc="IATI organisations, version 2.03",
            losses="jmdi_iati.export.organisations:losses",
            importer="iati:xml",
        ),
    ]


@hookimpl
def jmdi_facets() -> Iterable[type[Facet]]:
    """What IATI says beyond the core's fields."""
    from jmdi_iati import facets

    return [
        facets.Activity,
        facets.Mention,
        facets.Measured,
        facets.Location,
        facets.Document,
        facets.Organisation,
    ]


@hookimpl
def jmdi_vocabularies() -> Iterable[Vocabulary]:
    """The code lists that IATI publishes."""
    from jmdi_iati.standard.codelists import vocabularies

    return vocabularies()


@hookimpl
def jmdi_problem_codes() -> Iterable[ProblemCode]:
    """What ``jmdi explain`` says of this plugin's codes."""
    from jmdi_iati.problems.codes import PROBLEM_CODES

    return PROBLEM_CODES


@hookimpl
def jmdi_panels() -> Iterable[Panel]:
    """What a report shows of IATI."""
    from jmdi_iati.panels import PANELS

    return PANELS
