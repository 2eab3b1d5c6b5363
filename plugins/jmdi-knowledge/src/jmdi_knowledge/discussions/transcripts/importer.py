"""Reads transcripts: each cue is an item, said by the voice or name that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO

from jmdi import ImportContext, KnowledgeItem, Record, Severity, make_id
from jmdi_knowledge.discussions.building import Discussion
from jmdi_knowledge.discussions.sources import start_of, text_in
from jmdi_knowledge.discussions.speakers import LABEL, label_of, speakers_among
from jmdi_knowledge.discussions.transcripts.cues import ARROW, HEADER, Cue, captions_of, voices_of
from jmdi_knowledge.facets import Mark

__all__ = ["read", "sniff_srt", "sniff_vtt"]

WEBEX = re.compile(r'\d{1,6} "([^"]{1,100})" \(\d{1,20}\)')
DASH = re.compile(r"\s*[-–—]\s*")
"""What SubRip puts before each of several speakers in one cue."""
ROLLING = re.compile(r"<\d{1,4}:\d\d")
"""Times of single words, which only captions have that roll over the picture."""


def sniff_vtt(head: bytes) -> bool | str:
    """Whether it begins as WebVTT."""
    first = start_of(head).partition("\n")[0].rstrip()
    return bool(HEADER.match(first)) or "it does not begin with WEBVTT"


def sniff_srt(head: bytes) -> bool | str:
    """Whether it begins with a number and two times."""
    lines = start_of(head[:2000]).split("\n", 2)
    numbered = len(lines) > 1 and lines[0].strip().isdecimal() and ARROW in lines[1]
    return numbered or "it does not begin with a number and two times"


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a transcript.

    Args:
        stream: The file.
        context: The options of `discussions.options`; where problems go.

    Yields:
        An item for the recording and one for each voice of each cue.

    Raises:
        FormatError: If it cannot be read as text.
    """
    discussion = Discussion(context, context.options.get("source_type"))
    captions = captions_of(text_in(stream, context))
    if not captions.has_header and context.name.lower().endswith(".vtt"):
        discussion.fault("knowledge:M108", "it does not begin with WEBVTT", 1)
    for line, reason in captions.malformed:
        discussion.fault("knowledge:M108", reason, line)
    if not captions.cues:
        severity = Severity.WARNING if captions.has_header else Severity.ERROR
        cure = "a cue is a line of two times with --> between them, and text below"
        discussion.problem("knowledge:M101", "it has no cue", severity, cure=cure)
        return
    yield from discussion.places
    yield from _Transcript(discussion, captions.cues, captions.language).records()
    discussion.report()


class _Transcript:
    """The records of one file."""

    def __init__(self, discussion: Discussion, cues: list[Cue], language: str | None) -> None:
        self.discussion = discussion
        self.language = language
        self.cues = [(cue, _voices(cue)) for cue in cues]
        self.rolls = any(ROLLING.search(cue.text) for cue in cues)
        if not any(name for _, voices in self.cues for name, _ in voices):
            self._find_labels()
        for _, voices in self.cues:
            for name, _ in voices:
                discussion.meet(name)

    def _find_labels(self) -> None:
        """Takes the names before colons, as Zoom writes them, for voices."""
        texts = [text for _, voices in self.cues for _, text in voices]
        dashed = (line for text in texts for line in text.split("\n") if DASH.match(line))
        speakers = speakers_among(label_of(DASH.sub("", line, 1)) for line in (*texts, *dashed))
        for _, voices in self.cues:
            voices[:] = [turn for _, text in voices for turn in _turns(text, speakers)]

    def records(self) -> Iterator[KnowledgeItem]:
        """The recording and its cues."""
        discussion = self.discussion
        # Recordings of one name in several folders have other numbers and times.
        ends = str(self.cues[-1][0].ends)
        thread = make_id("item", "recording", discussion.stem, len(self.cues), ends)
        discussion.whole = thread
        yield discussion.thread(thread, discussion.stem, language=self.language)
        before, last = "", Decimal(0)
        for cue, voices in self.cues:
            if cue.begins < last or cue.ends < cue.begins:
                message = f"cue {cue.number} begins before the one above it, or ends before that"
                discussion.fault("knowledge:M109", message, cue.line)
            last = cue.begins
            place = f"cue {cue.number}"
            if cue.name not in ("", str(cue.number)):
                place += f" {discussion.people.hide(cue.name).text}"
            for part, (name, text) in enumerate(voices, 1):
                author, role = discussion.speaker(name)
                if author is None:
                    discussion.count("knowledge:M110", "cues without a speaker")
                yield discussion.item(
                    make_id("item", "cue", thread, cue.number, part),
                    text,
                    place,
                    author=author,
                    date=discussion.date,
                    thread=thread,
                    language=self.language,
                    marks=_repeated(before, text) if self.rolls else (),
                    speaker=role,
                    begins=cue.begins,
                    ends=cue.ends,
                    confidence=cue.confidence,
                )
                before = text


def _voices(cue: Cue) -> list[tuple[str | None, str]]:
    """Who says what in a cue: by voice tags, else by the name that Webex puts into identifiers."""
    voices = voices_of(cue.text)
    named = WEBEX.fullmatch(cue.name)
    return [(name or (named[1] if named else None), text) for name, text in voices]


def _turns(text: str, speakers: set[str]) -> Iterator[tuple[str | None, str]]:
    """Who says what in a text: a turn begins with a line that begins with one of the speakers."""
    label: str | None = None
    lines: list[str] = []
    for line in text.split("\n"):
        bare = DASH.sub("", line, 1)
        found = LABEL.match(bare)
        if found and label_of(bare) in speakers:
            yield from _turn(label, lines)
            label, lines = label_of(bare), [bare[found.end() :]]
        else:
            lines.append(line)
    yield from _turn(label, lines)


def _turn(label: str | None, lines: list[str]) -> Iterator[tuple[str | None, str]]:
    """A turn, if it has words; words before a colon that nothing follows are no speaker."""
    if words := "\n".join(lines).strip():
        yield label, words
    elif label:
        yield None, f"{label}:"


def _repeated(before: str, text: str) -> tuple[Mark, ...]:
    """The first lines of a cue that were the last of the one before."""
    above, lines = before.split("\n"), text.split("\n")
    for number in range(min(len(above), len(lines)), 0, -1):
        if lines[:number] == above[-number:]:
            return (Mark(0, len("\n".join(lines[:number])), "repeated"),)
    return ()
