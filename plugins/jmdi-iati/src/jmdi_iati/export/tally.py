"""What is said of activities that are written: what they lose, and what they lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import attrs

from jmdi import Problem, Where
from jmdi_iati.problems.codes import MESSAGES

__all__ = ["Tally", "problem"]

EXAMPLES = 3
"""How many records are named."""


@attrs.frozen(slots=True)
class Tally:
    """How often each thing is said of records, and of which.

    Attributes:
        code: The code of the problems that are made of it.
    """

    code: str
    _counts: Counter[str] = attrs.field(factory=Counter)
    _records: dict[str, dict[str, None]] = attrs.field(factory=dict)

    def add(self, counts: Mapping[str, int], record: str) -> None:
        """Notes how often each thing is said of a record."""
        for what, count in counts.items():
            self._counts[what] += count
            self._records.setdefault(what, {})[record] = None

    def each(self) -> Iterator[Problem]:
        """A problem for each thing, the most frequent first."""
        for what, count in self._counts.most_common():
            examples = tuple(self._records[what])[:EXAMPLES]
            times = "once" if count == 1 else f"{count:,} times"
            found = problem(self.code, f"{what} ({times}: {', '.join(examples)})")
            yield attrs.evolve(found, count=count, examples=examples)

    def together(self, kind: str, member: str) -> Iterator[Problem]:
        """One problem for all things, which are lost from a member of a kind; or none."""
        records = tuple(dict.fromkeys(id for ids in self._records.values() for id in ids))
        if records:
            what = ", ".join(f"{what} ({count:,})" for what, count in self._counts.most_common())
            found, where = problem(self.code, what), Where(kind=kind, member=member)
            examples = records[:EXAMPLES]
            yield attrs.evolve(found, where=where, count=len(records), examples=examples)


def problem(code: str, what: str, record: str | None = None, cure: str | None = None) -> Problem:
    """A problem of writing.

    Args:
        code: Its code, without the prefix of the plugin.
        what: What sets it apart from others of its code.
        record: The record.
        cure: What to do, if that is not what is always to be done about it.
    """
    message = MESSAGES[code]
    text, where = message.text.format(what=what), Where(record=record)
    cure = cure or message.cure
    return Problem(f"iati:{code}", message.severity, text, where, cure=cure, plugin="iati")
