"""Quoted parts and signatures of plain messages: marked, never cut."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jmdi.words.folding import as_typed, fold
from jmdi_knowledge.discussions.speakers import is_name
from jmdi_knowledge.facets import Mark
from jmdi_knowledge.words import said, words

__all__ = ["marks_of", "subject_of", "who_wrote"]

RULE = re.compile(r"[-_=*]{2,}")
FOOTER = re.compile(r"\s*(?:_{20,}|-{20,}|={20,})\s*")
PREFIX = re.compile(r"\s*([^\W\d_]{2,4})\s*(?:\[\d{1,3}\])?\s*:\s*|\s*\[[^\[\]]{1,60}\]\s*")

SIGNED, FOOTED = 15, 8
"""How many lines a signature and the footer of a list have at most."""

LONGEST = 300
"""Characters of a line that can introduce a quote."""


def marks_of(text: str) -> tuple[Mark, ...]:
    """The quoted parts, the lines that introduce them, the signature and the footer of a list."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found: list[tuple[int, int, str]] = []
    end = _below(lines, found)
    at = 0
    while at < end:
        if _is_quoted(lines[at]):
            stop = at + 1
            while stop < end and (_is_quoted(lines[stop]) or _goes_on(lines, stop, end)):
                stop += 1
            first = _introduced(lines, at, found)
            if first < at:
                found.append((first, at, "attribution"))
            found.append((at, stop, "quote"))
            at = stop
        elif _is_forward(lines[at]):
            found.append((at, end, "quote"))
            break
        else:
            at += 1
    marks = (
        Mark(starts[first], min(starts[stop], len(text) + 1) - 1, what)
        for first, stop, what in sorted(found)
    )
    return tuple(mark for mark in marks if mark.start < mark.stop)


def _below(lines: Sequence[str], found: list[tuple[int, int, str]]) -> int:
    """Finds footer and signature from the end; the line where they begin."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    for at in range(max(1, end - FOOTED), end):
        if FOOTER.fullmatch(lines[at]):
            found.append((at, end, "footer"))
            end = at
            break
    for at in range(max(0, end - SIGNED), end):
        if lines[at] == "--" or lines[at] == "-- ":
            found.append((at, end, "signature"))
            return at
    return end


def _is_quoted(line: str) -> bool:
    return line.startswith(">") or line.lstrip(" ").startswith("> ")


def _goes_on(lines: Sequence[str], at: int, end: int) -> bool:
    """Whether an empty line stands within a quote."""
    return not lines[at].strip() and at + 1 < end and _is_quoted(lines[at + 1])


def _introduced(lines: Sequence[str], at: int, found: list[tuple[int, int, str]]) -> int:
    """The line where the words "On … wrote:" above a quote begin, else that of the quote."""
    above = at - 1
    while above >= 0 and not lines[above].strip() and at - above < 3:
        above -= 1
    least = next((stop for _, stop, what in reversed(found) if what == "quote"), 0)
    found_at = at
    for first in (above, above - 1):
        if first < least or first < 0 or not lines[first].strip():
            break
        words = " ".join(lines[first : above + 1]).strip()
        if words.endswith(":") and len(words) < LONGEST and said("wrote", words):
            if any(sign.isdigit() for sign in words):  # with its date it is whole
                return first
            found_at = above
    return found_at


def _is_forward(line: str) -> bool:
    """Whether a line such as "----- Original Message -----" says that the rest is quoted."""
    if not line.startswith("-") or len(line) > LONGEST or not RULE.match(line):
        return False
    return fold(line) in words("forwarded")


def who_wrote(attribution: str) -> str | None:
    """The name in the words "On 10 June 2015, Ana López <…> wrote:"; ``None`` if there is none."""
    words = re.sub(r"<[^<>]{0,200}>", " ", as_typed(attribution)).rstrip(": ")
    for part in reversed(words.split(",")):
        name = " ".join(part.split())
        for verb in words_by_length():
            if f" {fold(name)}".endswith(f" {verb}"):
                name = " ".join(name.split()[: -len(verb.split())])
        if name and is_name(name) and not any(sign.isdigit() for sign in name):
            return name
    return None


def words_by_length() -> list[str]:
    """The words for "wrote", the longest first."""
    return sorted(words("wrote"), key=len, reverse=True)


def subject_of(subject: str) -> tuple[str, bool]:
    """A subject without "Re:" and the name of a list, folded, and whether it was a reply's."""
    reply = False
    subject = subject.strip("'\" ")
    while found := PREFIX.match(subject):
        if found[1] is not None:
            if fold(found[1]) not in words("reply"):
                break
            reply = True
        subject = subject[found.end() :]
    return fold(subject), reply
