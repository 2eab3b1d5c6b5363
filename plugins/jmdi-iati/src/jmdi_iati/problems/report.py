"""Problems of a whole run, grouped: one per code, with a count and three places.

Where the limits ask for it, the first of each code are problems of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from jmdi import Limits, Problem, Where
from jmdi.plugins.context import FirstFew
from jmdi_iati.problems.codes import MESSAGES

__all__ = ["Report"]

SHOWN = 3
"""How many places are shown for each problem."""

LISTED = 5
"""How many different things are named in a message."""

VARIANTS = 50
"""How many different things are counted apart for each code; the rest are ``others``."""


@attrs.define(slots=True)
class _Group:
    """What is known of one sort of problem."""

    where: Where
    value: str | None = None
    count: int = 0
    places: list[str] = attrs.field(factory=list)


@attrs.define(slots=True)
class Report:
    """Counts problems, and makes one of all that have the same code.

    Attributes:
        file: Name of the document that is read now.
        activity: Number of the activity in it, counted from 1.
        line: Line of the activity; ``None`` where the parser no longer counts lines.
        few: Tells the first of each code, which stay single, from those that are grouped.
    """

    file: str = "input"
    activity: int = 0
    line: int | None = None
    few: FirstFew = attrs.field(factory=lambda: FirstFew(Limits(), 0))
    _single: list[Problem] = attrs.field(factory=list)
    _groups: dict[tuple[str, str], _Group] = attrs.field(factory=dict)
    _variants: dict[str, int] = attrs.field(factory=dict)

    def add(
        self,
        code: str,
        what: str = "",
        *,
        value: str | None = None,
        times: int = 1,
        line: int | None = None,
    ) -> None:
        """Counts a problem.

        Args:
            code: The code, without the plugin's prefix.
            what: What sets it apart from others of its code, such as an element's name.
            value: The offending text.
            times: How often it occurs here.
            line: The line, if it is not that of the activity.
        """
        if self.few.most and self.few.takes(code):
            counted = f" ({times:,} times)" if times > 1 else f": {value!r:.80}" if value else ""
            self._single.append(_problem(code, what, counted, self._where(line), value))
            return
        group = self._groups.get((code, what))
        if group is None:
            if self._variants.get(code, 0) >= VARIANTS:
                what = "others"
            if (code, what) not in self._groups:
                self._variants[code] = self._variants.get(code, 0) + 1
                shown = None if value is None else f"{value:.80}"
                self._groups[code, what] = _Group(self._where(line), shown)
            group = self._groups[code, what]
        group.count += times
        if len(group.places) < SHOWN:
            place = self._place(line, group.where)
            if place not in group.places:
                group.places.append(place)

    def _where(self, line: int | None) -> Where:
        cell = f"activity {self.activity}" if self.activity else None
        return Where(file=self.file, line=line or self.line, cell=cell)

    def _place(self, line: int | None, first: Where) -> str:
        """Where it is, in short; the document is named where it is another than the first."""
        number = line or self.line
        parts = [] if self.file == first.file else [self.file]
        if number:
            parts.append(f"line {number}")
        if self.activity:
            parts.append(f"activity {self.activity}")
        return " ".join(parts) or self.file

    def problems(self) -> Iterator[Problem]:
        """The single ones, then one for each code, in the order in which they were first met."""
        yield from self._single
        by_code: dict[str, dict[str, _Group]] = {}
        for (code, what), group in self._groups.items():
            by_code.setdefault(code, {})[what] = group
        for code, groups in by_code.items():
            first = next(iter(groups.values()))
            counted = _counted(list(groups.values()))
            yield _problem(code, _named(groups), counted, first.where, first.value)


def _problem(code: str, what: str, counted: str, where: Where, value: str | None) -> Problem:
    message = MESSAGES[code]
    return Problem(
        f"iati:{code}",
        message.severity,
        message.text.format(what=what) + counted,
        where,
        value=None if value is None else f"{value:.80}",
        cure=message.cure,
        plugin="iati",
    )


def _named(groups: Mapping[str, _Group]) -> str:
    """What a problem is about, the most frequent first, each with its count."""
    if len(groups) == 1:
        return next(iter(groups))
    ordered = sorted(groups, key=lambda what: -groups[what].count)
    shown = [f"{what} ({groups[what].count:,})" for what in ordered[:LISTED]]
    more = len(ordered) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _counted(groups: Sequence[_Group]) -> str:
    """How often it occurs and where; of a single one, what is written there."""
    count = sum(group.count for group in groups)
    if count == 1:
        value = groups[0].value
        return f": {value!r}" if value else ""
    places = [place for group in groups for place in group.places]
    shown = "; ".join(places[:SHOWN])
    return f" ({count:,} times: {shown}{'; …' if count > len(places[:SHOWN]) else ''})"
