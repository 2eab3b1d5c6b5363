"""Whether nobody being recorded means that nobody took part."""

from __future__ import annotations

from collections.abc import Collection

from jmdi.model.records import Record
from jmdi.model.values import Absence, Code

__all__ = ["absence_counts"]

LISTS = ("participants_complete", "adopters_complete")
"""Members by which a record says whether all are recorded."""


def absence_counts(
    record: Record,
    *,
    closed_world: bool = False,
    types: Collection[str] = (),
    side: str | None = None,
    level: str | None = None,
) -> bool:
    """Whether somebody who is not recorded with a record is known not to belong to it.

    A list may be incomplete, so that whoever is not in it is unknown, unless the record says
    ``participants_complete``, a practice ``adopters_complete``, or it names the ``absences`` of
    those that are asked about.

    Args:
        record: An initiative, partnership, programme, work plan, action or practice.
        closed_world: Whether lists are read as complete, those too that are said not to be: what
            the data would say if nobody were missing. The Result of a metric that reads them so
            says it.
        types: Codes of the actor types that are asked about; anybody if none are given.
        side: The side that is asked about; any if it is not given.
        level: The governance level that is asked about; any if it is not given.
    """
    said = [getattr(record, name) for name in LISTS if hasattr(record, name)]
    if said and (closed_world or said == [True]):
        return True
    absences: tuple[Absence, ...] = getattr(record, "absences", ())
    here = [a.type for a in absences if _is(a.side, side) and _is(a.level, level)]
    return None in here or (bool(types) and set(types) <= {t.code for t in here if t})


def _is(said: Code | None, asked: str | None) -> bool:
    return said is None or said.code == asked
