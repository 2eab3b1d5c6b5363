"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Importer, ProblemCode, hookimpl
from jmdi.files.mapping import MAPPING

JMDI_API = 1


@hookimpl
def jmdi_importers() -> Iterable[Importer]:
    """Answers and who-does-what-where tables."""
    return [
        Importer(
            "surveys:table",
            (".xlsx", ".ods", ".csv", ".json", ".zip"),
            "jmdi_surveys.importer:read",
            sniff="jmdi_surveys.sniff:table",
            doc="surveys of partners, Kobo and ODK exports, 3W sheets, by a mapping",
            options=(MAPPING,),
        )
    ]


@hookimpl
def jmdi_problem_codes() -> Iterable[ProblemCode]:
    """What ``jmdi explain`` says of this plugin's codes."""
    from jmdi_surveys.codes import PROBLEM_CODES

    return PROBLEM_CODES
