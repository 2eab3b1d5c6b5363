"""Questions of how many: whether as many rows were given, and whether repeats were lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from jmdi import ImportContext, Severity, Where
from jmdi.words.folding import fold
from jmdi_surveys.answers.exports import Table
from jmdi_surveys.answers.objects import ROOT

__all__ = ["lost_repeats", "miscounted"]

_HOW_MANY = re.compile(
    r"(?:.* )?(?:how many|number of|num|nb|count|combien(?: de| d)?|nombre (?:de|d)|cuant[oa]s"
    r"|numero de|quant[oa]s|n)(?: (.*))?|(.*) (?:count|number|num)"
)
_COUNT = re.compile(r"\d{1,6}")


def _counted(header: str) -> str | None:
    """What a question asks how many there are of; ``None`` if it asks something else."""
    match = _HOW_MANY.fullmatch(fold(header.rpartition("/")[2]))
    return None if match is None else (match[1] or match[2] or "").strip()


def lost_repeats(tables: Sequence[Table], context: ImportContext) -> None:
    """Reports an export that says how many there are, and has no table of them."""
    root = next((table for table in tables if table.name == ROOT), None)
    if root is None or len(tables) > 1:
        return
    for number, header in enumerate(root.header.cells):
        what = _counted(header)
        said = [row.cells[number] for row in root.rows]
        total = sum(int(cell) for cell in said if _COUNT.fullmatch(cell))
        if not what or not total:
            continue
        context.problem(
            "surveys:S6",
            f"{header!r} counts {total:,}, and the file has no table of them: "
            "an export as CSV has lost the repeated questions",
            where=Where(file=context.name, column=number + 1, line=1),
            cure="export as XLSX, or read the answers of the API as JSON: these have all repeats",
        )


def miscounted(tables: Sequence[Table], context: ImportContext) -> None:
    """Reports answers that say another number than they have rows in a repeat."""
    roots = {table.name: table for table in tables}
    for table in tables:
        parent = roots.get(table.parent)
        if parent is None:
            continue
        given = Counter(table.parents)
        for number, header in enumerate(parent.header.cells):
            what = _counted(header)
            if not what or what[:4] != fold(table.name)[:4]:
                continue
            for row, key in zip(parent.rows, parent.keys, strict=True):
                said = row.cells[number]
                if _COUNT.fullmatch(said) and int(said) != given[key]:
                    context.problem(
                        "surveys:S7",
                        f"{header!r} is {said}, and {table.name!r} has {given[key]} rows for it",
                        severity=Severity.INFO,
                        where=row.where,
                    )
