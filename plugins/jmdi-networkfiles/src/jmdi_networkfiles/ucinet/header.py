"""The header of a file in UCINET's language DL: what stands before the data."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import attrs

from jmdi import Where
from jmdi.plugins.context import ImportContext
from jmdi_networkfiles.codes import refused
from jmdi_networkfiles.drafts import checked_size
from jmdi_networkfiles.notes import Notes

__all__ = ["Header", "header_of", "words_of"]

_PLAIN = re.compile(r"[^,=\"']*")
_WORD = re.compile(r"""("[^"]*"|'[^']*'(?=[\s,=]|$)|[^\s,="'][^\s,=]*|["'][^\s,=]*)""")
_QUOTED = re.compile(r'"[^"\n]*"')
_DATA = re.compile(r"\bdata[ \t]*:", re.IGNORECASE)
_DATA_LINE = re.compile(r"^[ \t]*data[ \t]*$", re.IGNORECASE | re.MULTILINE)
_PART = re.compile(
    r"\b(?:(?P<key>\w+)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^\s,]+)"
    r"|(?P<axis>row|col|column|matrix|level)?s?[ \t]*labels?[ \t]*"
    r"(?:(?P<embedded>embedded)[ \t]*:?|:)"
    r"|diagonal[ \t]+(?P<diagonal>present|absent))",
    re.IGNORECASE,
)
FORMATS = {
    "fm": "fullmatrix",
    "full": "fullmatrix",
    "lh": "lowerhalf",
    "uh": "upperhalf",
    "edgelist": "edgelist1",
    "el1": "edgelist1",
    "el2": "edgelist2",
    "nodelist": "nodelist1",
    "nl1": "nodelist1",
    "nl1b": "nodelist1b",
    "nl2": "nodelist2",
    "edgearray": "edgearray1",
}
"""Other names of the formats."""
KNOWN = (
    "fullmatrix",
    "lowerhalf",
    "upperhalf",
    "edgelist1",
    "edgelist2",
    "nodelist1",
    "nodelist1b",
    "nodelist2",
    "edgearray1",
    "edgearray2",
    "blockmatrix",
)
ABSENT = frozenset({"absent", "no", "false", "none"})


@attrs.define(slots=True)
class Header:
    """What the header says.

    Attributes:
        format: How the data is written, one of `KNOWN`.
        rows: How many rows there are; ``None`` if that is not said.
        columns: How many columns there are; ``None`` if that is not said.
        square: Whether rows and columns are the same vertices by what is said of their number.
        matrices: How many matrices there are.
        diagonal: Whether the data has the cells of the diagonal.
        embedded: Whose labels are in the data: ``row``, ``column``.
        labels: Labels by axis: ``row``, ``column``, ``matrix``; ``both`` of rows and columns.
        data: The data.
        line: The line on which the data begins.
    """

    format: str = "fullmatrix"
    rows: int | None = None
    columns: int | None = None
    square: bool = True
    matrices: int = 1
    diagonal: bool = True
    embedded: set[str] = attrs.field(factory=set)
    labels: dict[str, Sequence[str]] = attrs.field(factory=dict)
    data: str = ""
    line: int = 1

    def labels_of(self, axis: str) -> Sequence[str]:
        """The labels of the rows or columns; empty if they have none."""
        return self.labels.get(axis) or self.labels.get("both", ())


def words_of(line: str) -> list[str]:
    """The words of a line, between blanks, commas or equal signs; quotes are taken away."""
    if _PLAIN.fullmatch(line):
        return line.split()
    return [_bare(match[0]) for match in _WORD.finditer(line)]


def _bare(word: str) -> str:
    return (
        word[1:-1].strip() if len(word) > 1 and word[0] == word[-1] and word[0] in "\"'" else word
    )


def header_of(text: str, context: ImportContext, notes: Notes) -> Header:
    """The header of a file.

    Args:
        text: The whole file.
        context: Its name.
        notes: Where what is not known goes.

    Raises:
        FormatError: If it has no data, another format, or sizes that cannot be.
    """
    # What stands in quotes is no command; it keeps its length, so that places stay right.
    masked = _QUOTED.sub(lambda match: '"' + "x" * (len(match[0]) - 2) + '"', text)
    data = _DATA.search(masked) or _DATA_LINE.search(masked)
    if data is None:
        why = "it has no part DATA:"
        raise refused("N101", why, Where(file=context.name), "write DATA: before the numbers")
    header = Header(data=text[data.end() :], line=text.count("\n", 0, data.end()) + 1)
    sizes: dict[str, tuple[str, int]] = {}
    for axis, span in _parts(text, masked[: data.start()], header, sizes, context, notes):
        header.labels[axis] = span
    for name, (value, line) in sizes.items():
        size = checked_size(value, len(text), context, line)
        if name in ("n", "nr"):
            header.rows = size
        if name in ("n", "nc"):
            header.columns = size
        if name == "nm":
            header.matrices = size
    header.square = not {"nr", "nc"} & set(sizes)
    for axis, most in (("row", header.rows), ("column", header.columns), ("both", header.rows)):
        if axis in header.labels:
            header.labels[axis] = _labels(header.labels[axis][0], most)
    if "matrix" in header.labels:
        header.labels["matrix"] = _labels(header.labels["matrix"][0], header.matrices)
    return header


def _parts(
    text: str,
    masked: str,
    header: Header,
    sizes: dict[str, tuple[str, int]],
    context: ImportContext,
    notes: Notes,
) -> Iterator[tuple[str, Sequence[str]]]:
    """Takes what the header says, and gives the text of each part with labels and its axis."""
    found = list(_PART.finditer(masked))
    ends = [match.start() for match in re.finditer("\n", masked)]
    for place, match in enumerate(found):
        line = bisect_left(ends, match.start()) + 1
        axis = {"col": "column", "level": "matrix"}.get(
            (match["axis"] or "both").casefold(), (match["axis"] or "both").casefold()
        )
        if match["key"]:
            key = match["key"].casefold()
            value = _bare(text[match.start("value") : match.end("value")])
            if key in ("n", "nr", "nc", "nm"):
                sizes[key] = value, line
            elif key == "format":
                header.format = _format(value, context, line)
            elif key == "diagonal":
                header.diagonal = value.casefold() not in ABSENT
            elif key == "datafile":
                message = f"the data is in another file, {value!r:.80}"
                cure = "put its content behind DATA:"
                raise refused("N101", message, Where(file=context.name, line=line), cure)
            elif key != "title":
                notes.skip(f"the word {key!r:.30} of the header")
        elif match["diagonal"]:
            header.diagonal = match["diagonal"].casefold() == "present"
        elif match["embedded"]:
            header.embedded |= {"row", "column"} if axis == "both" else {axis}
        else:
            stop = found[place + 1].start() if place + 1 < len(found) else len(masked)
            yield axis, [text[match.end() : stop]]


def _format(value: str, context: ImportContext, line: int) -> str:
    name = value.casefold()
    name = FORMATS.get(name, name)
    if name not in KNOWN:
        cure = f"formats that are read: {', '.join(KNOWN)}"
        where = Where(file=context.name, line=line)
        raise refused("N101", f"there is no format {value!r:.40} of DL", where, cure)
    return name


def _labels(text: str, count: int | None) -> Sequence[str]:
    """The labels of a part of the header.

    They are between blanks, commas or ends of lines. Where this gives too many, one with blanks
    that has no quotes has a line of its own, or stands between commas.
    """
    words = words_of(text)
    if count is None or len(words) <= count:
        return words
    for parts in (text.split("\n"), re.split(r"[,\n]", text)):
        lines = [_bare(bare) for part in parts if (bare := part.strip().strip(",").strip())]
        if len(lines) == count:
            return lines
    return words
