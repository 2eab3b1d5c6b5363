"""The twelve readings of a position in a text, and where each of them leads."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeAlias

import attrs

__all__ = ["CODE_POINTS", "READINGS", "Reading", "SourceText", "Unit"]

Unit: TypeAlias = Literal["code points", "UTF-16 units", "UTF-8 bytes"]

MARK = "\ufeff"
"""The byte-order mark, as a character."""

ASTRAL = "\U00010000"
"""The first character of two UTF-16 units."""


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

    def __attrs_post_init__(self) -> None:
        text = self.raw.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")
        object.__setattr__(self, "text", text)

    def simplest(self, reading: Reading) -> Reading:
        """The most usual reading that counts this text in the same way."""
        body = self.raw.removeprefix(MARK)
        mark = reading.mark and len(body) < len(self.raw)
        pairs = reading.pairs and ("\r\n" in body or (self.folded and "\n" in body))
        unit = reading.unit
        same = (
            body.isascii() and not mark if unit == "UTF-8 bytes" else max(body, default="") < ASTRAL
        )
        return Reading("code points" if same else unit, pairs, mark)

    def indices(self, reading: Reading, positions: Iterable[int]) -> dict[int, int]:
        """Where positions lie in the text that is kept.

        Positions beyond its ends, or inside a character, lie nowhere and are left out.

        Args:
            reading: How they are counted.
            positions: The positions, in any order.

        Returns:
            The index in code points by position.
        """
        counted = _UNITS[reading.unit](self._counted(reading))
        found: dict[int, int] = {}
        at = index = 0
        for position in sorted(set(positions)):
            if position < 0 or counted.splits(position):
                continue
            if position > counted.length:
                break
            piece = counted.piece(at, position)
            index += len(piece) - piece.count("\r\n") - (at == 0 and piece.startswith(MARK))
            if piece.endswith("\r") and counted.ends_line(position):
                index -= 1  # between CR and LF, which are one character in the text that is kept
            at = position
            found[position] = index
        return found

    def _counted(self, reading: Reading) -> str:
        """The characters that a reading counts; what it skips is not among them."""
        counted = self.raw if reading.mark else self.raw.removeprefix(MARK)
        if not reading.pairs:
            return counted.replace("\r\n", "\n")
        if self.folded and "\r\n" not in counted:
            return counted.replace("\n", "\r\n")
        return counted


class _CodePoints:
    """A text by its code points."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.length = len(text)

    def piece(self, start: int, stop: int) -> str:
        """The characters between two positions."""
        return self._text[start:stop]

    def splits(self, position: int) -> bool:
        """Whether a position lies within a code point."""
        return False

    def ends_line(self, position: int) -> bool:
        """Whether LF follows a position."""
        return self._text[position : position + 1] == "\n"


class _Utf16(_CodePoints):
    """A text by its UTF-16 units: two bytes each, two units for what is beyond U+FFFF."""

    def __init__(self, text: str) -> None:
        self._bytes = text.encode("utf-16-le", "surrogatepass")
        self.length = len(self._bytes) // 2

    def piece(self, start: int, stop: int) -> str:
        return self._bytes[2 * start : 2 * stop].decode("utf-16-le", "surrogatepass")

    def splits(self, position: int) -> bool:
        if not 0 < position < self.length:
            return False
        before, after = self._bytes[2 * position - 1], self._bytes[2 * position + 1]
        return 0xD8 <= before <= 0xDB and 0xDC <= after <= 0xDF

    def ends_line(self, position: int) -> bool:
        return self._bytes[2 * position : 2 * position + 2] == b"\n\0"


class _Utf8(_CodePoints):
    """A text by its UTF-8 bytes."""

    def __init__(self, text: str) -> None:
        self._bytes = text.encode("utf-8", "surrogatepass")
        self.length = len(self._bytes)

    def piece(self, start: int, stop: int) -> str:
        return self._bytes[start:stop].decode("utf-8", "surrogatepass")

    def splits(self, position: int) -> bool:
        return position < self.length and self._bytes[position] & 0xC0 == 0x80

    def ends_line(self, position: int) -> bool:
        return self._bytes[position : position + 1] == b"\n"


_UNITS: Mapping[Unit, Callable[[str], _CodePoints]] = {
    "code points": _CodePoints,
    "UTF-16 units": _Utf16,
    "UTF-8 bytes": _Utf8,
}
