"""A cell cut into the statements that it lists: lines, list items, semicolons, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jmdi.words.folding import Folded

__all__ = ["BULLETS", "MAX_LENGTH", "bracket_depths", "is_blank", "segments", "trimmed"]

MAX_LENGTH = 20_000
"""The longest text that is read; a longer one is kept unread."""

BULLETS = "•▪●◦‣∙·○■□►➢➤✓✔"
"""Marks that begin the items of a list, besides dashes and asterisks."""

_BULLET = re.compile(rf"[ \t]*(?:[{BULLETS}–*-]+[ \t]+|[{BULLETS}]+)")
_TIGHT_DASH = re.compile(r"[ \t]*[-–](?=\S)")
_SENTENCE = re.compile(
    r"(?<=[^\W_]{3})[.!?][ \t]+(?=[^\W\d_a-z])|(?<=[\d)])\.[ \t]+(?=[^\W\d_a-z][a-z])"
)
_ABBREVIATED = re.compile(
    r"\b(?:approx|aprox|max|min|est|estim|incl|excl|tel|art|ref|dept|depto|govt|prov|mun|assn|etc|"
    r"dhs|kshs|fig|env|env|equiv|resp|esp|int|inc|ltd)$"
)
_EDGES = " \t\n\r;,،؛|" + BULLETS


def is_blank(text: str) -> bool:
    """Whether a text holds nothing but dashes, dots and other marks that say nothing."""
    return not text.strip(" \t\r\n\xa0-–—_.…/\\|·•;,:")


def bracket_depths(plain: str, start: int, end: int) -> list[int]:
    """1 for each place of a line within closed brackets, else 0; the end of the line is last."""
    depths = [0] * (end - start + 1)
    opened: list[int] = []
    for i in range(start, end):
        if plain[i] in "([":
            opened.append(i)
        elif plain[i] in ")]" and opened:
            first = opened.pop()
            if not opened:
                depths[first - start : i - start + 1] = [1] * (i - first + 1)
    return depths


def trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    """A span without blanks and separators at its edges."""
    while start < end and plain[start] in _EDGES:
        start += 1
    while end > start and plain[end - 1] in _EDGES:
        end -= 1
    return start, end


def _lines(plain: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in plain.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _without_bullet(text: Folded, start: int, end: int, *, dashes: bool) -> int:
    """Where a line begins behind its list mark."""
    bullet = _BULLET.match(text.plain, start, end)
    if bullet is None and dashes:
        bullet = _TIGHT_DASH.match(text.plain, start, end)
    return bullet.end() if bullet else start


def _sentence_after(text: Folded, start: int, mark: int, end: int) -> int | None:
    """Where the next sentence begins, if a mark ends one; it does not end "approx."."""
    match = _SENTENCE.match(text.plain, mark, end)
    if text.plain[start:mark].strip(" (").isdigit():
        return None
    if match is None or _ABBREVIATED.search(text.low[max(start, mark - 12) : mark]):
        return None
    return match.end()


def _cuts(text: Folded, start: int, end: int) -> Iterator[int]:
    """Where a line is cut: behind semicolons and sentences that no bracket holds."""
    depths = bracket_depths(text.plain, start, end)
    for i in range(start, end):
        mark = text.plain[i]
        if depths[i - start]:
            continue
        if mark in ";؛" or mark in "•▪●◦‣":
            yield i + 1
        elif mark in ".!?" and (at := _sentence_after(text, start, i, end)):
            yield at
    yield end


def segments(text: Folded, *, hyphens: bool = False) -> list[tuple[int, int]]:
    """The statements of a text as spans of the folded text, without list marks.

    A line that ends in a colon is the heading of the next one and stays with it. A dash
    without a blank is a list mark where several lines begin with it, else a minus.

    Args:
        text: The folded text.
        hyphens: Whether there is no minus, so that a dash is a list mark on any line.
    """
    lines = [(a, b) for a, b in _lines(text.plain) if not is_blank(text.plain[a:b])]
    dashes = hyphens or sum(1 for a, b in lines if _TIGHT_DASH.match(text.plain, a, b)) > 1
    found: list[tuple[int, int]] = []
    heading: int | None = None
    for start, end in lines:
        at = _without_bullet(text, start, end, dashes=dashes)
        for cut in _cuts(text, at, end):
            a, b = trimmed(text.plain, at, cut)
            if a < b and not is_blank(text.plain[a:b]):
                found.append((a if heading is None else heading, b))
                heading = None
            at = cut
        if found and heading is None and text.plain[start:end].rstrip().endswith(":"):
            heading = found.pop()[0]
    if heading is not None:
        found.append((heading, trimmed(text.plain, heading, len(text.plain))[1]))
    return found
