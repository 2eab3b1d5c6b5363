"""Chats exported as text: each message a line that begins with date, time and name.

WhatsApp writes dates as the telephone is set, so one grammar takes all layouts: a date of three
numbers in any order, a time with or without seconds and halves of the day in several scripts, in
brackets or before a dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from jmdi_knowledge.words import said, words

__all__ = ["Line", "Moment", "first_line", "lines_of"]

MARK = "\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
BLANK = " \t\u00a0\u2009\u202f"
HALF = (
    rf"(?:[AaPp]\.?[{BLANK}]?[Mm]\b\.?|[\u0645\u0635]|\uc624\uc804|\uc624\ud6c4"
    r"|\u4e0a\u5348|\u4e0b\u5348|\u5348\u524d|\u5348\u5f8c)"
)
AFTERNOON = {"\uc624\ud6c4", "\u4e0b\u5348", "\u5348\u5f8c"}
MORNING = {"\uc624\uc804", "\u4e0a\u5348", "\u5348\u524d"}
HEADER = re.compile(
    rf"[{MARK}]*(?P<open>\[)?[{MARK}]*"
    rf"(?P<a>\d{{1,4}})[{MARK}]*(?P<separator>[./-])[{BLANK}]?(?P<b>\d{{1,2}})[{MARK}]*"
    rf"(?P=separator)[{BLANK}]?(?P<c>\d{{1,4}})[{MARK}]*\.?"
    rf"(?P<comma>[,\u060c])?[{BLANK}]+(?:(?:à|a las|às|um|at|kl\.)[{BLANK}]+)?[{MARK}]*"
    rf"(?:(?P<before>{HALF})[{BLANK}]*)?"
    rf"(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?:[:.](?P<second>\d{{2}}))?"
    rf"(?:[{BLANK}]*(?P<after>{HALF}))?"
    rf"(?(open)[{MARK}]*\][{BLANK}]?|(?:[{BLANK}]+[-–][{BLANK}]|,[{BLANK}]|:[{BLANK}]))"
)
NAME = re.compile(rf"[{MARK}{BLANK}]*(?P<name>[^:\"“”«»\n]{{1,100}}):(?!\d|//)[{BLANK}]?")
TILDE = re.compile(rf"[~{MARK}{BLANK}]*")


@attrs.frozen(slots=True)
class Moment:
    """Date and time of a line, before the order of day and month is known.

    Attributes:
        numbers: The three numbers of the date as they stand, each with its digits.
        time: Hour of the whole day and minute.
        second: The second; ``None`` if it is not said.
        words: What was typed.
    """

    numbers: tuple[str, str, str]
    time: tuple[int, int]
    second: int | None
    words: str


@attrs.define(slots=True)
class Line:
    """A message, or something that the platform did.

    Attributes:
        number: The line of the file that it begins on, from 1.
        moment: When.
        name: Who; ``None`` where nobody is named.
        lines: What was written, and the lines that follow.
    """

    number: int
    moment: Moment
    name: str | None
    lines: list[str]

    @property
    def text(self) -> str:
        """What was written, with the lines that follow."""
        return "\n".join(self.lines)

    @property
    def by_program(self) -> bool:
        """Whether it begins with the mark that programs put before what they write themselves."""
        return self.lines[0][:1] in ("\u200e", "\u200f")


def first_line(text: str) -> re.Match[str] | None:
    """The header of the first line that has words, if it has one."""
    return HEADER.match(text.lstrip("\n\r\t "))


def _shape(found: re.Match[str]) -> tuple[object, ...]:
    """What all headers of one file share; a date within a message has another."""
    return found["open"], found["separator"], len(found["a"]) == 4, found["second"] is None


def lines_of(text: str) -> Iterator[Line]:
    """The messages of a chat; lines without a header belong to the message above them."""
    shape: tuple[object, ...] | None = None
    current: Line | None = None
    for number, typed in enumerate(text.removesuffix("\n").split("\n"), 1):
        found = HEADER.match(typed)
        if found and shape is None:
            shape = _shape(found)
        if found and _shape(found) == shape:
            if current is not None:
                yield current
            name, words_ = _name(typed[found.end() :])
            current = Line(number, _moment(found), name, [words_])
        elif current is not None:
            current.lines.append(typed)
    if current is not None:
        yield current


def _moment(found: re.Match[str]) -> Moment:
    half = re.sub(r"[\s.]", "", found["before"] or found["after"] or "").casefold()
    hour = int(found["hour"])
    if half in words("afternoon") | AFTERNOON and hour < 12:
        hour += 12
    elif half in words("morning") | MORNING and hour == 12:
        hour = 0
    second = found["second"]
    return Moment(
        (found["a"], found["b"], found["c"]),
        (hour, int(found["minute"])),
        None if second is None else int(second),
        re.sub(rf"[{MARK}]", "", found[0]).strip(f"[]-–:,{BLANK}"),
    )


def _name(rest: str) -> tuple[str | None, str]:
    """Who wrote a line and what; nobody where the platform says something."""
    found = NAME.match(rest)
    if found is None or said("system", found["name"]):
        return None, rest
    name = TILDE.sub("", found["name"], count=1).strip()
    return (name, rest[found.end() :]) if name else (None, rest)
