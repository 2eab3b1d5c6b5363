"""Which graph of a file that holds several."""

from __future__ import annotations

from collections.abc import Sequence

from jmdi.errors import FormatError, Problem, Severity, Where
from jmdi.plugins.context import ImportContext
from jmdi.plugins.specs import Parameter

__all__ = ["GRAPH", "chosen_graph"]

GRAPH = Parameter(
    "graph", "which graph of a file with several: its name, or its number from 1", type=str | None
)
"""The option of importers whose files may hold several graphs."""

SHOWN = 20
"""How many names of graphs a message lists."""


def chosen_graph(names: Sequence[str], context: ImportContext) -> int:
    """The place of the graph that is to be read, from 0; the only one needs no choice.

    Args:
        names: The name of each graph of the file, empty for one without.
        context: The options of the import.

    Raises:
        FormatError: If there are several and none was chosen, or what was chosen is not one of
            them, or is the name of several.
    """
    said = context.options.get("graph")
    if said is None and len(names) == 1:
        return 0
    wanted = "" if said is None else str(said).strip()
    found = [place for place, name in enumerate(names) if wanted and name == wanted]
    if not found and wanted.isdecimal() and 1 <= int(wanted[:9]) <= len(names):
        found = [int(wanted[:9]) - 1]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{k} {name!r}" if name else str(k) for k, name in enumerate(names, 1))
    if len(names) > SHOWN:
        some = ", ".join(map(str, range(1, SHOWN + 1)))
        listed = f"{some}, … up to {len(names):,}"
    number = f"{len(names):,} graphs" if len(names) != 1 else "1 graph"
    message = f"the file has {number}: {listed}"
    if wanted:
        what = "is the name of several" if found else "is none of them"
        message = f"{wanted!r} {what}; {message}"
    cure = f"choose one by its number, such as --option graph={found[0] + 1 if found else 1}"
    where = Where(file=context.name)
    raise FormatError([Problem("J513", Severity.ERROR, message, where, cure=cure)])
