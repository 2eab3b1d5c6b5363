"""Bullets and numbers that somebody typed at the start of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from jmdi_documents.content.grid import Block, Grid, Marker, Paragraph

__all__ = [
    "shown_number",
    "split_marker",
    "typed_paragraphs",
    "with_bullet",
    "with_typed_bullet",
    "with_typed_markers",
]

BULLETS = "•‣◦▪●○■□◆➢➤✓✔→·*–—-"
BULLET = re.compile(rf"([ \t]*)([{BULLETS}])[ \t]+(?=\S)")
NUMBER = re.compile(
    r"([ \t]*)(\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}[.)])[ \t]+(?=\S)"
)
ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
PATTERNS: tuple[tuple[Marker, re.Pattern[str]], ...] = (("bullet", BULLET), ("number", NUMBER))


def split_marker(line: str) -> tuple[Marker | None, int, str, str]:
    """Marker, level, label and words of a line: ``- a`` is a bullet, ``2) a`` a number."""
    for marker, pattern in PATTERNS:
        found = pattern.match(line)
        if found:
            return marker, _level(found[1]), found[2], line[found.end() :]
    return None, 0, "", line


def with_bullet(item: Paragraph) -> str:
    """The text of a paragraph as it would be typed: the bullet of an automatic list before it.

    >>> with_bullet(Paragraph("Refer", marker="bullet", level=1, label="•"))
    '  • Refer'
    """
    if item.marker != "bullet" or not item.text.strip():
        return item.text
    sign = item.label if item.label and item.label in BULLETS else "•"
    return f"{'  ' * item.level}{sign} {item.text.lstrip()}"


def _level(indent: str) -> int:
    return min(8, indent.count("\t") + indent.count(" ") // 2)


def _lines(item: Paragraph) -> Iterator[Paragraph]:
    """A paragraph by its typed lines; an item of an automatic list stays one."""
    if item.marker is not None or "\n" not in item.text:
        yield item
        return
    first, *rest = item.text.split("\n")
    yield attrs.evolve(item, text=first)
    yield from (attrs.evolve(item, text=line, deleted="") for line in rest)


def with_typed_markers(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs of one cell with the markers that were typed; empty ones left out.

    One line that begins like a number may be a date or a name, so numbers count as markers only
    where two lines have them.
    """
    lines = [line for item in paragraphs for line in _lines(item)]
    filled = [item for item in lines if item.text.strip() or item.deleted.strip()]
    found = [split_marker(item.text) for item in filled]
    numbers = sum(marker == "number" for marker, *_ in found) > 1
    made = []
    for item, (marker, level, label, words) in zip(filled, found, strict=True):
        typed = item.marker is None and (marker == "bullet" or (marker == "number" and numbers))
        made.append(
            attrs.evolve(item, text=words, marker=marker, level=level, label=label)
            if typed
            else item
        )
    return tuple(made)


def with_typed_bullet(block: Block) -> Block:
    """A paragraph whose bullet was typed, if it has one; numbers stay words, for lack of others."""
    if isinstance(block, Grid) or block.marker is not None:
        return block
    marker, level, label, words = split_marker(block.text)
    if marker != "bullet":
        return block
    return attrs.evolve(block, text=words, marker=marker, level=level, label=label)


def typed_paragraphs(lines: Sequence[str], place: str) -> tuple[Paragraph, ...]:
    """The paragraphs of lines of plain text."""
    if len(lines) == 1 and lines[0][:1].isalnum():  # neither a bullet nor a list: most cells
        return (Paragraph(lines[0], place=place),)
    return with_typed_markers(Paragraph(line, place=place) for line in lines)


def shown_number(value: int, form: str) -> str:
    """A number as a list shows it: ``4``, ``d``, ``IV``."""
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * min(4, 1 + (value - 1) // 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        roman = ""
        for weight, letters in ROMAN:
            roman += letters * (value // weight)
            value %= weight
        return roman.upper() if form == "upperRoman" else roman
    return f"{value:02d}" if form == "decimalZero" else str(value)
