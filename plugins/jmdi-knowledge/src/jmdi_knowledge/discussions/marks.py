"""Quoted parts and signatures of plain messages: marked, never cut."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable, Sequence

from jmdi.words.folding import as_typed, fold
from jmdi_knowledge.discussions.speakers import is_name
from jmdi_knowledge.facets import Mark
from jmdi_knowledge.words import meanings, said, words

__all__ = ["marks_of", "subject_of", "who_wrote"]

RULE = re.compile(r"[-_=*]{2,}")
FOOTER = re.compile(r"\s*(?:_{20,}|-{20,}|={20,})\s*")
PREFIX = re.compile(r"\s*([^\W\d_]{2,4})\s*(?:\[\d{1,3}\])?\s*:\s*|\s*\[[^\[\]]{1,60}\]\s*")

HEADER = re.compile(r"[\s*]*([^\W\d_][^:\n]{0,30}?)[\s*]*:(?:\s|\*|$)")
HEAD = 40
"""Characters in which the colon of a header stands."""
HEADERS = 3
"""How many headers at least stand above a message that is answered or handed on."""

SIGNED, FOOTED = 15, 8
"""How many lines a signature and the footer of a list have at most."""

LONGEST = 300
"""Characters of a line that can introduce a quote."""


def marks_of(text: str, quotes: Iterable[tuple[int, int]] = ()) -> tuple[Mark, ...]:
    """The quoted parts, the lines that introduce them, the signature and the footer of a list.

    Args:
        text: The text of a message.
        quotes: Where parts of it are quoted, beside the lines that begin with ``>``.
    """
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    quoted = [_is_quoted(line) for line in lines]
    for start, stop in quotes:
        first, after = bisect.bisect_right(starts, start) - 1, bisect.bisect_left(starts, stop)
        quoted[first:after] = [True] * (after - first)
    found: list[tuple[int, int, str]] = []
    end = _below(lines, found)
    at = 0
    while at < end:
        if quoted[at]:
            stop = at + 1
            while stop < end and (quoted[stop] or _goes_on(lines, quoted, stop)):
                stop += 1
            first = _introduced(lines, at, found)
            if first < at:
                found.append((first, at, "attribution"))
            found.append((at, stop, "quote"))
            at = stop
        elif (below := _below_headers(lines, at)) > at or _is_forward(lines[at]):
            found += [(at, min(below, end), "attribution"), (min(below, end), end, "quote")]
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
        if FOOTER.fullmatch(lines[at]) and _below_headers(lines, at) == at:
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


def _goes_on(lines: Sequence[str], quoted: Sequence[bool], at: int) -> bool:
    """Whether an empty line stands within a quote."""
    return not lines[at].strip() and at + 1 < len(lines) and quoted[at + 1]


def _below_headers(lines: Sequence[str], at: int) -> int:
    """The line below "From: …", "Sent: …", "Subject: …", which stand above a message that is
    answered or handed on, often below a rule; ``at`` if there are none."""
    begin = at
    if _is_rule(lines[at]):
        begin += 1
        while begin < len(lines) and not lines[begin].strip():
            begin += 1
    if begin == len(lines) or _header(lines[begin]) != "from":
        return at
    stop = begin + 1
    while stop < len(lines) and _header(lines[stop]):
        stop += 1
    return stop if stop - begin >= HEADERS else at


def _is_rule(line: str) -> bool:
    """Whether a line such as "________" or "----- Original Message -----" parts messages."""
    return line.strip()[:1] in ("_", "-", "=") and (
        FOOTER.fullmatch(line) is not None or _is_forward(line)
    )


def _header(line: str) -> str | None:
    """Which header of a message a line is: ``from``, ``other`` or none."""
    found = HEADER.match(line) if ":" in line[:HEAD] else None
    return _meaning(found[1]) if found else None


@functools.lru_cache(maxsize=10_000)
def _meaning(header: str) -> str | None:
    return meanings("header").get(fold(header))


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
        typed = " ".join(lines[first : above + 1]).strip()
        if typed.endswith(":") and len(typed) < LONGEST and said("wrote", typed):
            if any(sign.isdigit() for sign in typed):  # with its date it is whole
                return first
            found_at = above
    return found_at


def _is_forward(line: str) -> bool:
    """Whether a line such as "----- Original Message -----" says that the rest is quoted."""
    if not line.startswith("-") or len(line) > LONGEST or not RULE.match(line):
        return False
    return fold(line) in words("forwarded")


def who_wrote(attribution: str) -> str | None:
    """The name in "On 10 June 2015, Ana López <…> wrote:" or "From: Ana López"; or ``None``."""
    sender = next((line for line in attribution.split("\n") if _header(line) == "from"), None)
    typed = attribution.rstrip(": ") if sender is None else sender.partition(":")[2]
    typed = as_typed(re.sub(r"<[^<>]{0,200}>|\[[^\[\]]{0,200}\]|\*", " ", typed))
    for part in [typed] if sender else reversed(typed.split(",")):
        name = " ".join(part.split())
        for verb in sorted(words("wrote"), key=len, reverse=True):
            if f" {fold(name)}".endswith(f" {verb}"):
                name = " ".join(name.split()[: -len(verb.split())])
        if name and is_name(name) and not any(sign.isdigit() for sign in name):
            return name
    return None


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
