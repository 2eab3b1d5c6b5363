"""What stands at a position of a text: the edge of a word, the inside of one, or of a character."""

from __future__ import annotations

import enum
import functools
import unicodedata

__all__ = ["Edge", "edge_of_start", "edge_of_stop"]


class Edge(enum.Enum):
    """What an end of a span falls on."""

    __hash__ = object.__hash__  # that of Enum is written in Python, and slow

    WORD = "the edge of a word"
    SPACE = "a blank that belongs to the span"
    INSIDE = "the inside of a word"
    BROKEN = "the inside of a character as readers see it"
    OPEN = "between two letters of a script that is written without blanks"
    OUTSIDE = "no position of the text"


class _Sort(enum.Enum):
    WORD = enum.auto()
    CONTINUOUS = enum.auto()  # a letter of a script without blanks between words
    SPACE = enum.auto()
    OTHER = enum.auto()  # marks of punctuation, symbols, emoji
    FORMAT = enum.auto()  # invisible: marks of direction
    EXTENDS = enum.auto()  # is drawn with the character before it


LETTERS = (_Sort.WORD, _Sort.CONTINUOUS)
ZWNJ, ZWJ = "\u200c", "\u200d"
APOSTROPHES = "'\u2019"

CONTINUOUS = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0xA4CF),  # Han, Hiragana, Katakana, Yi; not Hangul, which has blanks
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x20000, 0x3FFFF),
)
REGIONAL = (0x1F1E6, 0x1F1FF)  # two of them are one flag
EMOJI_MODIFIERS = (0x1F3FB, 0x1F3FF)
EMOJI_TAGS = (0xE0020, 0xE007F)


@functools.lru_cache(maxsize=4096)
def _sort(char: str) -> _Sort:
    code, category = ord(char), unicodedata.category(char)
    if category[0] == "M" or char == ZWJ or _in(code, EMOJI_MODIFIERS) or _in(code, EMOJI_TAGS):
        return _Sort.EXTENDS
    if category[0] in "LN" or category == "Pc" or char == ZWNJ:
        return _Sort.CONTINUOUS if any(_in(code, span) for span in CONTINUOUS) else _Sort.WORD
    if char.isspace():
        return _Sort.SPACE
    return _Sort.FORMAT if category == "Cf" else _Sort.OTHER


def _in(code: int, span: tuple[int, int]) -> bool:
    return span[0] <= code <= span[1]


def edge_of_start(text: str, index: int) -> Edge:
    """What a span falls on that begins before the character of this index."""
    return _edge(text, index, 1)


def edge_of_stop(text: str, index: int) -> Edge:
    """What a span falls on that ends before the character of this index."""
    return _edge(text, index, -1)


def _edge(text: str, index: int, inward: int) -> Edge:
    """What is at a position; ``inward`` says on which side of it the span lies."""
    if not 0 <= index <= len(text):
        return Edge.OUTSIDE
    if _splits_character(text, index):
        return Edge.BROKEN
    before, after = _neighbour(text, index - 1, -1), _neighbour(text, index, 1)
    inner, outer = (after, before) if inward > 0 else (before, after)
    if inner is _Sort.SPACE or inner is None:
        return Edge.SPACE
    if inner in LETTERS and outer in LETTERS:
        return Edge.INSIDE if inner is outer is _Sort.WORD else Edge.OPEN
    return Edge.INSIDE if _at_inner_apostrophe(text, index) else Edge.WORD


def _splits_character(text: str, index: int) -> bool:
    if not 0 < index < len(text):
        return False
    if _sort(text[index]) is _Sort.EXTENDS or text[index - 1] == ZWJ:
        return True
    if _in(ord(text[index]), REGIONAL) and _in(ord(text[index - 1]), REGIONAL):
        first = index
        while first > 0 and _in(ord(text[first - 1]), REGIONAL):
            first -= 1
        return (index - first) % 2 == 1
    return False


def _neighbour(text: str, index: int, step: int) -> _Sort | None:
    """The sort of the next character that counts; ``None`` at the end of the text."""
    while 0 <= index < len(text):
        sort = _sort(text[index])
        if sort not in (_Sort.FORMAT, _Sort.EXTENDS):
            return sort
        index += step
    return None


def _at_inner_apostrophe(text: str, index: int) -> bool:
    """Whether an apostrophe beside the position joins two letters."""
    for at in (index - 1, index):
        if 0 < at < len(text) - 1 and text[at] in APOSTROPHES:
            return text[at - 1].isalpha() and text[at + 1].isalpha()
    return False
