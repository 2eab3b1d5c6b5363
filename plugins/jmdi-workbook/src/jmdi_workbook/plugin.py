"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Accessor, Command, Importer, ProblemCode, hookimpl
from jmdi.files.mapping import MAPPING

JMDI_API = 1


@hookimpl
def jmdi_importers() -> Iterable[Importer]:
    """Workbooks that were filled in, and any sheet or table by a mapping."""
    return [
        Importer(
            "workbook:filled",
            (".xlsx", ".xlsm", ".xls", ".ods"),
            "jmdi_workbook.reading:read",
            sniff="jmdi_workbook.sniff:is_ours",
            doc="workbooks of this plugin, filled in, whichever program saved them",
            marked=True,
        ),
        Importer(
            "workbook:table",
            (".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".odt"),
            "jmdi_workbook.any_sheet:read",
            sniff="jmdi_workbook.any_sheet:sniff",
            doc="any sheet of a workbook, or table of a text, by a mapping of its columns",
            options=(MAPPING,),
        ),
    ]


@hookimpl
def jmdi_accessors() -> Iterable[Accessor]:
    """``dataset.workbook(path, metrics)``."""
    return [
        Accessor(
            "workbook",
            on="dataset",
            run="jmdi_workbook.writing:write_workbook",
            doc="write a workbook with what metrics need to know, to fill in",
        )
    ]


@hookimpl
def jmdi_commands() -> Iterable[Command]:
    """``jmdi workbook``."""
    return [
        Command(
            "workbook",
            run="jmdi_workbook.command:command",
            doc="Write a workbook with what metrics need to know, to fill in.",
        )
    ]


@hookimpl
def jmdi_problem_codes() -> Iterable[ProblemCode]:
    """What ``jmdi explain`` says of this plugin's codes."""
    from jmdi_workbook.codes import PROBLEM_CODES

    return PROBLEM_CODES
