"""Reads interviews and reports: an item for each turn of a speaker, else for each section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO

import attrs

from jmdi import (
    ImportContext,
    KnowledgeItem,
    Record,
    Severity,
    Source,
    Territory,
    code,
    evolve,
    make_id,
)
from jmdi.words.folding import fold
from jmdi_knowledge.discussions.building import TABLE_ROW, Discussion, Reply
from jmdi_knowledge.discussions.documents.pieces import PDF, Piece, pieces_in
from jmdi_knowledge.discussions.documents.title_block import TitleBlock, title_block
from jmdi_knowledge.discussions.documents.turns import turn_of
from jmdi_knowledge.discussions.sources import start_of
from jmdi_knowledge.discussions.speakers import is_role, speakers_among
from jmdi_knowledge.origins import METHOD
from jmdi_knowledge.words import words

__all__ = ["read", "sniff"]

EVIDENT_TURNS = 6
"""Turns of a text that make it an interview also where nobody says so."""

SHORTEST = 25
"""Characters that the lines of an interview have on average; settings have fewer."""


def sniff(head: bytes) -> bool | str:
    """Whether it is a PDF file, or a text in which two speakers or more take turns.

    Any other document is read only where its format is named: Word and OpenDocument files,
    pages and Markdown may as well hold a work plan.
    """
    if head.startswith(PDF):
        return True
    reason = "it is no PDF, nor a text in which speakers take turns; name the format to read it"
    if b"\0" in head:
        return reason
    lines = [line for line in start_of(head).split("\n") if line.strip()]
    turns = Counter(label for line in lines if (label := turn_of(line).label))
    several = [label for label, times in turns.items() if times > 1]
    counted = [label for label, times in turns.items() if times == 1 and label[-1].isdigit()]
    if len(counted) > 1:  # "Action 1", "Action 2": a list, while Speaker 1 speaks again
        return reason
    evident = len(several) > 1 and turns.total() >= EVIDENT_TURNS and 2 * turns.total() > len(lines)
    return (evident and sum(map(len, lines)) > SHORTEST * len(lines)) or reason


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads an interview or a report.

    Args:
        stream: The document.
        context: The options of `discussions.options`; where problems go.

    Yields:
        An item for the document and one for each turn or section.

    Raises:
        FormatError: If it cannot be read at all, or not safely.
    """
    pieces, language = pieces_in(stream, context)
    if not any(piece.text.strip() for piece in pieces):
        Discussion(context, None).problem(
            "knowledge:M113", "it has no text", Severity.ERROR, cure="a picture is not read"
        )
        return
    yield from _Document(pieces, language, context).records()


@attrs.define
class Part:
    """A turn or a section, piece by piece.

    Attributes:
        heading: The heading above it.
        place: Where it begins.
        speaker: What the speaker is called; ``None`` where nobody is named.
        lines: Its words.
        begins: Seconds from the beginning of the recording.
        has_words: Whether it has any so far.
        answers: Whether it answers the part before it, in the same row of a table.
    """

    heading: str
    place: str
    speaker: str | None = None
    lines: list[str] = attrs.field(factory=list)
    begins: Decimal | None = None
    has_words: bool = False
    answers: bool = False

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")


class _Document:
    """The records of one document."""

    def __init__(self, pieces: list[Piece], language: str | None, context: ImportContext) -> None:
        self.block = title_block(pieces)
        self.language = self.block.language or language
        rest = pieces[self.block.pieces :]
        turns = [turn_of(piece.text) for piece in rest if not piece.heading]
        self.speakers = speakers_among(turn.label for turn in turns)
        self.speakers |= {turn.label for turn in turns if turn.label and turn.begins is not None}
        self.heading = next((" ".join(p.text.split()) for p in rest if p.heading), "")
        self.parts = list(self._parts(rest))
        kind = "interview" if any(part.speaker for part in self.parts) else "report"
        self.discussion = Discussion(context, context.options.get("source_type") or kind)

    def _parts(self, pieces: list[Piece]) -> Iterator[Part]:
        """The turns; between headings without turns the sections."""
        part = Part("", pieces[0].place if pieces else "")
        for piece in pieces:
            if piece.heading:
                yield part
                part = Part(" ".join(piece.text.split()), piece.place)
                continue
            is_head = _is_head(piece.row)
            if len(piece.row) == 2 and all(piece.row) and not is_head:
                yield part
                yield from self._pair(piece, part.heading)
                part = Part(part.heading, piece.place)
                continue
            if not part.speaker and _page(piece.place) != _page(part.place):
                yield part
                part = Part(part.heading, piece.place)
            turn = turn_of(piece.text)
            if turn.label in self.speakers and not is_head:
                yield part
                part = Part(part.heading, piece.place, turn.label, [turn.text], turn.begins, True)
            else:
                if not part.has_words:
                    part.place = piece.place
                    part.has_words = bool(part.speaker or piece.text.strip())
                part.lines.append(piece.text)
        yield part

    def _pair(self, piece: Piece, heading: str) -> Iterator[Part]:
        """A row of question and answer, or of a speaker and the words."""
        first, second = piece.row
        label = first.rstrip(":")
        if label in self.speakers or is_role(label):
            yield Part(heading, piece.place, label, [second])
            return
        yield Part(heading, piece.place, None, [first])
        yield Part(heading, piece.place, None, [second], answers=first.endswith("?"))

    def records(self) -> Iterator[KnowledgeItem | Territory]:
        """The document, its parts, and where it comes from."""
        discussion, block = self.discussion, self.block
        for name in (*block.roles.values(), *(part.speaker for part in self.parts)):
            discussion.meet(name)
        discussion.date = discussion.date or block.date
        discussion.places = discussion.places or _places(block, discussion.file)
        yield from discussion.places
        title = "".join(discussion.title(block.title or self.heading or discussion.stem).values())
        head = discussion.people.hide("\n".join(block.words)).text
        parts = [part for part in self.parts if part.text.strip()]
        # Documents of one name in several folders have other heads, speakers or numbers of parts.
        labels = {part.speaker for part in parts if part.speaker and not is_role(part.speaker)}
        speakers = sorted(discussion.people.pseudonym(label) or label for label in labels)
        document = make_id("item", "document", discussion.stem, title, head, len(parts), *speakers)
        discussion.whole = document
        whole = discussion.thread(document, title, language=self.language)
        yield evolve(whole, description={"und": head}) if head else whole
        before: str | None = None
        for number, part in enumerate(parts, 1):
            author, role = self.author(part.speaker)
            reply = Reply(before, TABLE_ROW) if part.answers and before else None
            before = make_id("item", "part", document, number)
            yield discussion.item(
                before,
                part.text,
                part.place,
                author=author,
                date=discussion.date,
                thread=document,
                reply=reply,
                title=part.heading,
                language=self.language,
                speaker=role,
                begins=part.begins,
            )
        discussion.report()

    def author(self, label: str | None) -> tuple[str | None, str | None]:
        """Who speaks; the head of the document may name who has a role."""
        name = self.block.roles.get(fold(label)) if label else None
        if name:
            return self.discussion.people.pseudonym(name), label
        return self.discussion.speaker(label)


def _is_head(row: tuple[str, ...]) -> bool:
    """Whether a row is the head of a table of questions and answers."""
    return len(row) == 2 and all(fold(cell) in words("role") for cell in row)


def _page(place: str) -> str:
    """The page of a PDF file, which is its only section; empty for other documents."""
    return place.partition(",")[0] if place.startswith("page ") else ""


def _places(block: TitleBlock, file: str) -> tuple[Territory, ...]:
    """The territories that the head of the document names, the larger one last."""
    source = Source(title=file, method=METHOD, note="stated at the head of the document")
    known = [name for name in (block.place, block.country) if name]
    ids = [make_id("territory", "words", fold(name) or name) for name in known]
    return tuple(
        Territory(
            id=own,
            names={"und": name},
            within=ids[1] if len(ids) == 2 and at == 0 else None,
            level=code("governance-level", "national") if name == block.country else None,
            sources=(source,),
        )
        for at, (own, name) in enumerate(zip(ids, known, strict=True))
    )
