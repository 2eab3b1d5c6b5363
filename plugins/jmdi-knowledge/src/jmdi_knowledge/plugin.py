"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import (
    Accessor,
    Command,
    Exporter,
    Facet,
    Importer,
    Metric,
    Panel,
    ProblemCode,
    hookimpl,
    metrics_of,
)

JMDI_API = 1


@hookimpl
def jmdi_importers() -> Iterable[Importer]:
    """Coded projects, codebooks and discussions."""
    from jmdi_knowledge.codebooks import formats as codebooks
    from jmdi_knowledge.discussions import formats as discussions
    from jmdi_knowledge.qda import formats as qda

    return [*codebooks.IMPORTERS, *discussions.IMPORTERS, *qda.IMPORTERS]


@hookimpl
def jmdi_facets() -> Iterable[type[Facet]]:
    """What items of discussions say beyond the core's fields."""
    from jmdi_knowledge.facets import Utterance

    return [Utterance]


@hookimpl
def jmdi_exporters() -> Iterable[Exporter]:
    """Coded projects, codebooks and what is written from products."""
    from jmdi_knowledge.codebooks import formats as codebooks
    from jmdi_knowledge.qda import formats as qda
    from jmdi_knowledge.writing import formats as writing

    return [*codebooks.EXPORTERS, *qda.EXPORTERS, *writing.EXPORTERS]


@hookimpl
def jmdi_metrics() -> Iterable[Metric]:
    """The metrics of the pillars."""
    return metrics_of("jmdi_knowledge.metrics")


@hookimpl
def jmdi_accessors() -> Iterable[Accessor]:
    """What a Dataset does through this plugin."""
    return [
        Accessor(
            "trace",
            on="dataset",
            run="jmdi_knowledge.trails.trace:trace",
            doc="on which evidence a product stands, down to the quotes",
        ),
        Accessor(
            "impact",
            on="dataset",
            run="jmdi_knowledge.trails.impact:impact",
            doc="which products an item went into, and whom they reached",
        ),
        Accessor(
            "gaps",
            on="dataset",
            run="jmdi_knowledge.trails.gaps:gaps",
            doc="what stands on no evidence, and what evidence came to nothing yet",
        ),
        Accessor(
            "suggest_codes",
            on="dataset",
            run="jmdi_knowledge.suggesting.nearest:suggest_codes",
            doc="themes for items that nobody has coded, with reasons",
        ),
    ]


@hookimpl
def jmdi_commands() -> Iterable[Command]:
    """What the command line does through this plugin."""
    return [
        Command(
            "trace",
            run="jmdi_knowledge.commands.trails:trace",
            doc="Show on which evidence a product stands, down to the quotes.",
        ),
        Command(
            "impact",
            run="jmdi_knowledge.commands.trails:impact",
            doc="Show which products an item went into, and whom they reached.",
        ),
        Command(
            "gaps",
            run="jmdi_knowledge.commands.trails:gaps",
            doc="Show what stands on no evidence, and what evidence came to nothing yet.",
        ),
        Command(
            "code",
            run="jmdi_knowledge.commands.code:code",
            doc="Help to code what was collected: suggestions, with reasons.",
        ),
    ]


@hookimpl
def jmdi_panels() -> Iterable[Panel]:
    """What a report shows of knowledge."""
    from jmdi_knowledge.panels import PANELS

    return PANELS


@hookimpl
def jmdi_problem_codes() -> Iterable[ProblemCode]:
    """What ``jmdi explain`` says of this plugin's codes."""
    from jmdi_documents import problem_codes as documents
    from jmdi_knowledge.codebooks import messages as codebooks
    from jmdi_knowledge.discussions import codes as discussions
    from jmdi_knowledge.pseudonyms import codes as people
    from jmdi_knowledge.qda import messages as qda

    return [
        *documents("knowledge"),
        *people.PROBLEM_CODES,
        *discussions.PROBLEM_CODES,
        *codebooks.PROBLEM_CODES,
        *qda.PROBLEM_CODES,
    ]
