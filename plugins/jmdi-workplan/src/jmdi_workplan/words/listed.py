"""The items of a list that somebody typed into a cell, without their bullets and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from jmdi_documents.content.listing import shown_number

__all__ = ["items"]

SIGNS = "•‣◦▪●○■□◆►➢➤→➔⇨✓✔·∙⬧❖❑❒§\uf000-\uf0ff"
"""Bullets, those of symbol fonts among them: a file that forgets the font keeps § or U+F0B7."""

PLAIN = re.compile(r"[^\W\d_]{2}[^\W\d_]+ [^\n]*\Z|[^\W\d_]{6,}\Z")
BULLET = re.compile(rf"\s*(?:[{SIGNS}]+\s*|[-–—*]+\s+)")
LETTER_O = re.compile(r"\s*o\s+(?=\S)")
TIGHT = re.compile(r"\s*[-–—](?=[^\W\d_])")
TIGHT_INSIDE = re.compile(r"(?<=\s)(?=[-–—][^\W\d_])")
SIGN_INSIDE = re.compile(r"(?<=\s)(?=[•▪●■◆►➢➤✓✔⬧❖]\s*\S)")
NUMBER = re.compile(
    r"(?P<open>\(?)(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{2,5}|[\u0660-\u0669]{1,2})"
    r"(?P<close>\)\s*|\.\s+|\.(?=[^\W\d_]{2})|\s+)(?=\S)"
)
INSIDE = re.compile(rf"(?<=\s){NUMBER.pattern}")
JOINING = re.compile(r"\s*[;,]?\s*(?:\b(?:and|or|et|ou|y|e|o|u)|و)?\s*\Z")
FORMS = ("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman")
MOST = 50
"""Items of one list that are counted."""


@attrs.frozen(slots=True)
class Numbered:
    """A number at the start of an item: as typed, with what closes it, and where it lies."""

    number: str
    close: str
    start: int
    end: int


def items(words: str) -> Iterator[str]:
    """The items of a list in a cell, without their marks; a line without one is an item, too.

    A sign such as • is a mark wherever it stands. A number or letter is one where it is closed by
    a bracket or dot, and letters with a dot, or bare numbers such as 1.1, only where several count
    up: "J. Mensah" and "2.5 million" are no items of lists. A hyphen without a blank is a mark
    where every line begins with one. Marks inside a line cut it where the line begins with one:
    "-Advocate -Network", "(i) advocate; (ii) network".
    """
    if PLAIN.match(words):  # most cells: one line that begins with a word and is no list
        yield words.strip()
        return
    lines = [line for line in words.split("\n") if line.strip()]
    hyphens = bool(lines) and all(TIGHT.match(line) for line in lines)
    letters = len(lines) > 1 and all(LETTER_O.match(line) for line in lines)
    firsts = [_number(line) for line in lines]
    counted = _count_up([first.number for first in firsts if first])
    for line, first in zip(lines, firsts, strict=True):
        if hyphens:
            parts = [TIGHT.sub("", part, count=1) for part in TIGHT_INSIDE.split(line)]
        elif letters:
            parts = [LETTER_O.sub("", line, count=1)]
        elif found := BULLET.match(line):
            inside = SIGN_INSIDE.split(line[found.end() :])
            parts = [BULLET.sub("", part, count=1) if n else part for n, part in enumerate(inside)]
        else:
            parts = _numbered(line, first, counted)
        yield from filter(None, map(str.strip, parts))


def _number(line: str) -> Numbered | None:
    found = NUMBER.match(line.lstrip())
    if found is None or (found["open"] and not found["close"].startswith(")")):
        return None
    lead = len(line) - len(line.lstrip())
    return Numbered(found["number"], found["close"], lead, lead + found.end())


def _numbered(line: str, first: Numbered | None, counted: bool) -> list[str]:
    """A line without the number it begins with, cut at the numbers that follow in it."""
    if first is None:
        return [line]
    cuts = _inside(line, first)
    if cuts:
        ends = [*(cut.start for cut in cuts[1:]), len(line)]
        parts = [line[cut.end : end] for cut, end in zip(cuts, ends, strict=True)]
        return [*(JOINING.sub("", part) for part in parts[:-1]), parts[-1]]
    bare = not first.close.strip()
    dotted = first.close.startswith(".")
    if bare and not ("." in first.number and counted):
        return [line]
    if dotted and not (first.number[0].isdigit() or counted):
        return [line]
    return [line[first.end :]]


def _inside(line: str, first: Numbered) -> list[Numbered]:
    """The numbers of a line if they count up and are closed in one way: (i) … (ii) …."""
    sign = first.close.strip()
    found = [first] + [
        Numbered(one["number"], one["close"], one.start(), one.end())
        for one in INSIDE.finditer(line, first.end)
        if sign and one["close"].strip() == sign
    ]
    run = found[:MOST]
    while len(run) > 1 and not _count_up([one.number for one in run]):
        run.pop()
    return run if len(run) > 1 else []


def _count_up(numbers: Sequence[str]) -> bool:
    """Whether two or more numbers count up from the first, the last part of each: 1.1, 1.2."""
    if len(numbers) < 2:
        return False
    heads, lasts = zip(*(number.rpartition(".")[::2] for number in numbers), strict=True)
    if len(set(heads)) > 1:
        return False
    if lasts[0].isdigit():
        return [int(last) for last in lasts if last.isdigit()] == [
            int(lasts[0]) + step for step in range(len(lasts))
        ]
    return any(
        list(lasts) == [shown_number(step, form) for step in range(1, len(lasts) + 1)]
        for form in FORMS
    )
