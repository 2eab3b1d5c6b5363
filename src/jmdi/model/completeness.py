"""Whether nobody being recorded means that nobody took part."""

from __future__ import annotations

from collections.abc import Collection

from jmdi.model.records import Record
from jmdi.model.values import Absence

__all__ = ["absence_counts"]


def absence_counts(
    record: Record,
    *,
    closed_world: bool = False,
    types: Collection[str] = (),
    side: str | None = None,
) -> bool:
    """Whether somebody who is not recorded as a participant of a record did not take part.

    A list of participants may be incomplete, so that whoever is not in it is unknown, unless
    the record says ``participants_complete``, or ``absences`` of those that are asked about.

    Args:
        record: An initiative, partnership, programme, work plan or action.
        closed_world: Whether lists of which nothing is said are read as complete; the Result of
            a metric that reads them so says it. A list that is said to be incomplete stays so.
        types: Codes of the actor types that are asked about; anybody if none are given.
        side: The side that is asked about; any if it is not given.
    """
    complete = getattr(record, "participants_complete", None)
    if closed_world if complete is None else complete is True:
        return True
    absences: tuple[Absence, ...] = getattr(record, "absences", ())
    here = [a.type for a in absences if a.side is None or a.side.code == side]
    return None in here or (bool(types) and set(types) <= {t.code for t in here if t})
