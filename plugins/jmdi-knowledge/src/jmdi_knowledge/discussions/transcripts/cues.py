"""The cues of WebVTT and SRT, as programs really write them.

Times of one digit (Teams until 2022), identifiers of several lines, and cues that follow each other
without an empty line are read; a line with an arrow and no two times is counted, where other
readers leave it out in silence.
"""

from __future__ import annotations

import html
import re
from decimal import Decimal

import attrs

__all__ = ["Captions", "Cue", "captions_of", "voices_of"]

ARROW = "-->"
TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,6}))?"
TIMES = re.compile(rf"\s*{TIME}\s*-->\s*{TIME}(?:\s|\Z)")
HEADER = re.compile(r"WEBVTT(?:[ \t].*)?\Z")
CONFIDENCE = re.compile(r"NOTE\s+Confidence:\s*(\d(?:\.\d{1,10})?)\s*\Z", re.IGNORECASE)
LANGUAGE = re.compile(r"(?:NOTE\s+)?language:\s*([A-Za-z]{2})(?:[-_].{1,20})?\s*\Z", re.IGNORECASE)
VOICE = re.compile(r"<v(?:\.[^\s>]{0,100})*[ \t\n]([^<>]{1,300})>")
TAG = re.compile(r"</?(?:[a-z][^<>]{0,300}|\d[\d:.]{0,20})?>")


@attrs.frozen(slots=True)
class Cue:
    """What was said between two times.

    Attributes:
        number: Its number in the file, from 1.
        line: The line of its times, from 1.
        name: Its identifier; empty if it has none.
        begins: Seconds from the beginning.
        ends: Seconds to its end.
        text: Its words with their tags.
        confidence: How sure the program was, 0 to 1.
    """

    number: int
    line: int
    name: str
    begins: Decimal
    ends: Decimal
    text: str
    confidence: Decimal | None = None


@attrs.define(slots=True)
class Captions:
    """A file of cues.

    Attributes:
        cues: Its cues in their order.
        language: The language that it says it is in.
        has_header: Whether it begins as WebVTT.
        malformed: Lines that are no cue though they should be, each with the reason.
    """

    cues: list[Cue] = attrs.field(factory=list)
    language: str | None = None
    has_header: bool = False
    malformed: list[tuple[int, str]] = attrs.field(factory=list)


def captions_of(text: str) -> Captions:
    """The cues of a text."""
    lines = text.split("\n")
    found = Captions(has_header=bool(HEADER.match(lines[0].rstrip())))
    at = _skipped(lines, 0, found) if found.has_header else 0
    confidence: Decimal | None = None
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        if lines[at].startswith(("NOTE", "STYLE", "REGION")) and ARROW not in lines[at]:
            if note := CONFIDENCE.match(lines[at]):
                confidence = Decimal(note[1])
            at = _skipped(lines, at, found)
            continue
        at = _block(lines, at, found, confidence)
        confidence = None
    return found


def _skipped(lines: list[str], at: int, found: Captions) -> int:
    """Passes over a header or a note; the first line after it."""
    while at < len(lines) and lines[at].strip() and ARROW not in lines[at]:
        if note := LANGUAGE.match(lines[at]):
            found.language = note[1].lower()
        at += 1
    return at


def _block(lines: list[str], at: int, found: Captions, confidence: Decimal | None) -> int:
    """Reads one cue; the first line after it."""
    begin = at
    while at < len(lines) and lines[at].strip() and ARROW not in lines[at]:
        at += 1
    if at == len(lines) or ARROW not in lines[at]:
        found.malformed.append((begin + 1, "text without times"))
        return at
    name = " ".join(line.strip() for line in lines[begin:at])
    times = TIMES.match(lines[at])
    arrow = at
    at += 1
    body = at
    while at < len(lines) and lines[at].strip() and ARROW not in lines[at]:
        at += 1
    words = "\n".join(line.rstrip() for line in lines[body:at])
    if times is None:
        found.malformed.append((arrow + 1, f"no two times: {lines[arrow].strip()[:60]!r}"))
    elif not words.strip():
        found.malformed.append((arrow + 1, "a cue without text"))
    else:
        begins, ends = _seconds(*times.groups()[:4]), _seconds(*times.groups()[4:])
        number = len(found.cues) + 1
        found.cues.append(Cue(number, arrow + 1, name, begins, ends, words, confidence))
    return at


def _seconds(hours: str | None, minutes: str, seconds: str, rest: str | None) -> Decimal:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return Decimal(f"{whole}.{rest}") if rest else Decimal(whole)


def voices_of(words: str) -> list[tuple[str | None, str]]:
    """Who says what in a cue: the text of each voice tag, without other tags."""
    parts = VOICE.split(words)
    found: list[tuple[str | None, str]] = []
    if first := _plain(parts[0]):
        found.append((None, first))
    for name, said in zip(parts[1::2], parts[2::2], strict=True):
        if text := _plain(said):
            found.append((" ".join(html.unescape(name).split()), text))
    return found


def _plain(words: str) -> str:
    return html.unescape(TAG.sub("", words)).strip()
