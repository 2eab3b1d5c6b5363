"""Whether nobody being recorded means that nobody took part."""

from __future__ import annotations

from jmdi.model.records import Record

__all__ = ["absence_counts"]


def absence_counts(record: Record, *, closed_world: bool = False) -> bool:
    """Whether somebody who is not recorded as a participant of a record did not take part.

    A list of participants may be incomplete, so that whoever is not in it is unknown, unless
    the record says ``participants_complete``.

    Args:
        record: An initiative, partnership, programme, work plan or action.
        closed_world: Whether lists of which nothing is said are read as complete; the Result of
            a metric that reads them so says it. A list that is said to be incomplete stays so.
    """
    complete = getattr(record, "participants_complete", None)
    return closed_world if complete is None else complete is True
