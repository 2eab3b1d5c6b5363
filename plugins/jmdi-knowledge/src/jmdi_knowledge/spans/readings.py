"""The twelve readings of a position in a text, and where each of them leads."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypeAlias

import attrs

__all__ = ["CODE_POINTS", "READINGS", "Reading", "SourceText", "Unit"]

Unit: TypeAlias = Literal["code points", "UTF-16 units", "UTF-8 bytes"]

MARK = "\ufeff"
"""The byte-order mark, as a character."""
MARK_WIDTH: Mapping[Unit, int] = {"code points": 1, "UTF-16 units": 1, "UTF-8 bytes": 3}

PAIR = re.compile("\r\n")
ASTRAL = re.compile("[\U00010000-\U0010ffff]")
"""A character of two UTF-16 units."""


@attrs.frozen(slots=True)
class Reading:
    """A way to count positions in a text.

    Attributes:
        unit: What is counted.
        pairs: Whether a line end of CR LF counts as two; else as one.
        mark: Whether a byte-order mark at the beginning counts.
    """

    unit: Unit = "code points"
    pairs: bool = False
    mark: bool = False

    def __str__(self) -> str:
        ends = "two" if self.pairs else "one"
        mark = "counted" if self.mark else "not counted"
        return f"{self.unit}, CR LF as {ends}, byte-order mark {mark}"


CODE_POINTS = Reading()
"""The reading of REFI-QDA 1.5: code points of the text as it is kept here."""

UNITS: tuple[Unit, ...] = ("code points", "UTF-16 units", "UTF-8 bytes")

READINGS: tuple[Reading, ...] = tuple(
    Reading(*one) for one in itertools.product(UNITS, (False, True), (False, True))
)
"""All twelve, the most usual first."""


@attrs.frozen(slots=True)
class SourceText:
    """A text as its file has it, and as it is kept.

    Attributes:
        raw: The text of the file, with its line ends and its byte-order mark.
        folded: Whether XML has made every line end LF before it could be seen: then CR LF may
            have stood, and counted, where LF is.
        text: The text that is kept: LF at every line end, no byte-order mark.
    """

    raw: str
    folded: bool = False
    text: str = attrs.field(init=False)
    _pairs: bool = attrs.field(init=False)
    _astral: bool = attrs.field(init=False)
    _counts: dict[tuple[Unit, bool], _CodePoints] = attrs.field(
        factory=dict, init=False, eq=False, repr=False
    )

    def __attrs_post_init__(self) -> None:
        body = self.raw.removeprefix(MARK)
        pairs = "\r\n" in body
        set_once = functools.partial(object.__setattr__, self)
        set_once("text", body.replace("\r\n", "\n").replace("\r", "\n"))
        set_once("_pairs", pairs or (self.folded and "\n" in body))
        set_once("_astral", not body.isascii() and ASTRAL.search(body) is not None)

    def simplest(self, reading: Reading) -> Reading:
        """The most usual reading that counts this text in the same way."""
        mark = reading.mark and self.raw.startswith(MARK)
        pairs = reading.pairs and self._pairs
        if reading.unit == "UTF-8 bytes":
            return Reading(
                "UTF-8 bytes" if mark or not self.text.isascii() else UNITS[0], pairs, mark
            )
        return Reading(reading.unit if self._astral else UNITS[0], pairs, mark)

    def indices(self, reading: Reading, positions: Iterable[int]) -> dict[int, int]:
        """Where positions lie in the text that is kept.

        Positions beyond its ends, or inside a character, lie nowhere and are left out.

        Args:
            reading: How they are counted.
            positions: The positions, in any order.

        Returns:
            The index in code points by position.
        """
        if self.simplest(reading) == CODE_POINTS:  # as nearly all are in plain English
            return {one: one for one in positions if 0 <= one <= len(self.text)}
        mark = MARK_WIDTH[reading.unit] if reading.mark and self.raw.startswith(MARK) else 0
        paired = reading.pairs and self._pairs
        counts = self._counts.get((reading.unit, paired))
        if counts is None:
            known = [one.pairs for (_, two), one in self._counts.items() if two and paired]
            body = self._body(paired)
            counts = _UNITS[reading.unit](body, known[0] if known else _pairs(body, paired))
            self._counts[reading.unit, paired] = counts
        pairs = counts.pairs
        found: dict[int, int] = {}
        for position in sorted(set(positions)):
            index = counts.index(position - mark) if position else 0
            if index is not None:
                # Between CR and LF is before the line end, one character in the kept text.
                found[position] = index - bisect.bisect_left(pairs, index) if pairs else index
        return found

    def _body(self, paired: bool) -> str:
        """The text without its mark; where line ends of CR LF count as one, they are one."""
        body = self.raw.removeprefix(MARK)
        if not paired:
            return body.replace("\r\n", "\n")
        return body if "\r\n" in body else body.replace("\n", "\r\n")


def _pairs(text: str, paired: bool) -> Sequence[int]:
    return [found.start() for found in PAIR.finditer(text)] if paired else []


class _CodePoints:
    """A text by its code points.

    Attributes:
        pairs: Where CR LF stands, if it counts as two.
    """

    def __init__(self, text: str, pairs: Sequence[int]) -> None:
        self.pairs = pairs
        self._length = len(text)

    def index(self, position: int) -> int | None:
        """The code points before a position; ``None`` beyond the text or inside a character."""
        return position if 0 <= position <= self._length else None


class _Utf16(_CodePoints):
    """A text by its UTF-16 units: two for what is beyond U+FFFF."""

    def __init__(self, text: str, pairs: Sequence[int]) -> None:
        super().__init__(text, pairs)
        wide = [found.start() for found in ASTRAL.finditer(text)]
        self._wide = [number + start for number, start in enumerate(wide)]
        self._length = len(text) + len(wide)

    def index(self, position: int) -> int | None:
        if not 0 <= position <= self._length:
            return None
        before = bisect.bisect_left(self._wide, position)
        inside = before and self._wide[before - 1] == position - 1
        return None if inside else position - before


class _Utf8(_CodePoints):
    """A text by its UTF-8 bytes."""

    def __init__(self, text: str, pairs: Sequence[int]) -> None:
        super().__init__(text, pairs)
        self._bytes = text.encode("utf-8", "surrogatepass")
        self._length = len(self._bytes)
        self._at = self._index = 0

    def index(self, position: int) -> int | None:
        data = self._bytes
        inside = 0 <= position < self._length and data[position] & 0xC0 == 0x80
        if inside or not 0 <= position <= self._length:
            return None
        if position < self._at:
            self._at = self._index = 0
        self._index += len(data[self._at : position].decode("utf-8", "surrogatepass"))
        self._at = position
        return self._index


_UNITS: Mapping[Unit, Callable[[str, Sequence[int]], _CodePoints]] = {
    "code points": _CodePoints,
    "UTF-16 units": _Utf16,
    "UTF-8 bytes": _Utf8,
}
