"""What one line of a Pajek file says: a vertex, or a tie."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from jmdi_networkfiles.decimals import number_of

__all__ = ["TieLine", "VertexLine", "tie_line", "times_of", "unescaped", "vertex_line", "words_of"]

_WORD = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*"|\[[^\]]*\]|[^\s"\[]\S*|["\[].*', re.DOTALL)
_ESCAPE = re.compile(r"\\([\\\"])")
_ENTITY = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
SHAPES = frozenset(
    {"ellipse", "box", "diamond", "triangle", "cross", "empty", "circle", "house", "man", "woman"}
)


@attrs.frozen(slots=True)
class VertexLine:
    """A line of the section of vertices.

    Attributes:
        number: The number of the vertex, as it is written.
        label: Its label; ``None`` if it has none.
        times: Its intervals of time, empty if it has none.
        drawing: Whether it says how it is drawn.
        open: Whether a quote of it never ends.
    """

    number: str
    label: str | None
    times: str
    drawing: bool
    open: bool


@attrs.frozen(slots=True)
class TieLine:
    """A line of the arcs or edges.

    Attributes:
        relation: The number of its relation; empty if the line does not say it.
        ends: The numbers of its ends, as they are written.
        value: Its value as it is written; ``None`` without one.
        label: Its label; ``None`` without one.
        times: Its intervals of time, empty if it has none.
        drawing: Whether it says how it is drawn.
    """

    relation: str
    ends: Sequence[str]
    value: str | None
    label: str | None
    times: str
    drawing: bool


def words_of(line: str) -> list[str]:
    """The words of a line; one in quotes keeps these, one in brackets too."""
    if '"' not in line and "[" not in line:
        return line.split()
    return [match[0] for match in _WORD.finditer(line)]


def vertex_line(line: str) -> VertexLine:
    """What a line of the section of vertices says.

    A label in quotes is what stands in them. One without may have blanks: it ends before the
    first word of the drawing, which is a shape, or the first of two numbers.
    """
    number, *words = words_of(line)
    label, rest = None, words
    unended = False
    if words and words[0].startswith('"'):
        label, rest = _unquoted(words[0]), words[1:]
        unended = len(words[0]) < 2 or not words[0].endswith('"')
    elif words and not words[0].startswith("["):
        stop = next((k for k in range(1, len(words)) if _is_drawing(words[k : k + 2])), len(words))
        label, rest = " ".join(words[:stop]), words[stop:]
    times = [word for word in rest if word.startswith("[")]
    return VertexLine(
        number, _decoded(label), times[0] if times else "", len(rest) > len(times), unended
    )


def tie_line(line: str) -> TieLine:
    """What a line of the arcs or edges says."""
    words = words_of(line)
    relation = ""
    if words[0].endswith(":") and len(words) > 1:
        relation, words = words[0][:-1], words[1:]
    ends, rest = words[:2], words[2:]
    value = None
    # A word of a drawing begins with a letter.
    if rest and (rest[0][0].isdigit() or rest[0][0] in "+-.,"):
        value, rest = rest[0], rest[1:]
    times = [word for word in rest if word.startswith("[")]
    label = None
    if "l" in rest[:-1]:
        place = rest.index("l")
        label = _decoded(_unquoted(rest[place + 1]))
        rest = rest[:place] + rest[place + 2 :]
    return TieLine(relation, ends, value, label, times[0] if times else "", len(rest) > len(times))


def times_of(text: str) -> tuple[tuple[str, str], ...]:
    """The first and last point of each interval of a time stamp such as ``[1-3,7,9-*]``.

    A star is no bound, which is an empty text.
    """
    found = []
    for part in text.strip("[] ").split(","):
        first, dash, last = part.strip().partition("-")
        first, last = first.strip(), last.strip() if dash else first.strip()
        if first or last:
            found.append(tuple("" if point == "*" else point for point in (first, last)))
    return tuple((first, last) for first, last in found)


def _is_drawing(words: Sequence[str]) -> bool:
    if words[0].startswith("[") or words[0].casefold() in SHAPES:
        return True
    return len(words) == 2 and all(number_of(word) is not None for word in words)


def _unquoted(word: str) -> str:
    """A word without the quotes around it and with those in it as they are meant."""
    bare = word[1:-1] if len(word) > 1 and word[0] == word[-1] == '"' else word.lstrip('"')
    return unescaped(bare)


def unescaped(text: str) -> str:
    """A text in quotes as it is meant: ``\\"`` is a quote, two backslashes are one."""
    return _ESCAPE.sub(r"\1", text)


def _decoded(label: str | None) -> str | None:
    """A label whose letters beyond the code page Pajek wrote as numbers, such as ``&#268;``."""
    if label is None or "&#" not in label:
        return label
    return _ENTITY.sub(_character, label)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else int(match[2])
    legal = 31 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF
    return chr(code) if legal else match[0]
