"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from jmdi import Importer, Parameter, ProblemCode, hookimpl
from jmdi.files.delimited import IsDelimiter
from jmdi.files.mapping import MAPPING

JMDI_API = 1


@hookimpl
def jmdi_importers() -> Iterable[Importer]:
    """Answers and who-does-what-where tables."""
    return [
        Importer(
            "surveys:table",
            (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".json", ".zip"),
            "jmdi_surveys.importer:read",
            sniff="jmdi_surveys.sniff:table",
            doc="surveys of partners, Kobo and ODK exports, 3W tables, by a mapping",
            options=(
                MAPPING,
                Parameter(
                    "preset",
                    "kobo, survey, roster, members, activities, 3w, or a mapping of yours whose "
                    "columns have other headers in also: fitted to the file and applied",
                    type=str | None,
                ),
                Parameter(
                    "form",
                    "the form that was answered: an XLSForm, or Kobo's JSON of it",
                    type=str | None,
                ),
                Parameter("encoding", "encoding of a text that is not UTF-8", type=str | None),
                Parameter(
                    "delimiter",
                    "what stands between cells of a text",
                    type=Annotated[str | None, IsDelimiter()],
                ),
            ),
        )
    ]


@hookimpl
def jmdi_problem_codes() -> Iterable[ProblemCode]:
    """What ``jmdi explain`` says of this plugin's codes."""
    from jmdi_surveys.codes import PROBLEM_CODES

    return PROBLEM_CODES
