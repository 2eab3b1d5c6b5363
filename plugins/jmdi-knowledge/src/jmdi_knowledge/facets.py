"""What discussions say beyond the core's fields, as a facet on items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from jmdi import Facet, KnowledgeItem, facet, value
from jmdi.model.fields import Exact
from jmdi.model.frozen import EMPTY

__all__ = ["Mark", "Utterance"]


@value
class Mark:
    """A part of a text that is something else than its author's own words.

    Attributes:
        start: Where it begins in the item's text, in code points.
        stop: Where it ends, exclusive.
        what: ``quote``, ``attribution``, ``signature``, ``footer`` or ``repeated``.
    """

    start: int
    stop: int
    what: str
    extra: Mapping[str, Any] = EMPTY


@facet("knowledge:utterance", on=KnowledgeItem)
class Utterance(Facet):
    """A message, a cue of a transcript or a turn of an interview, as its file has it.

    Attributes:
        marks: The parts that are quoted or signed; they stay in the text.
        answers: What it answers, as the file names it, where that is not in the file.
        speaker: What a speaker is called who has no name: interviewer, speaker 2.
        begins: Seconds from the beginning of the recording.
        ends: Seconds to its end.
        confidence: How sure the program was that wrote it down, 0 to 1.
        edited: Whether it was changed after it was sent.
        deleted: Whether its text was deleted.
        hidden: Whether the platform hides it.
        attached: What was attached, as the file says it: a picture, the name of a document.
    """

    marks: tuple[Mark, ...] = ()
    answers: str | None = None
    speaker: str | None = None
    begins: Exact = attrs.field(default=None)
    ends: Exact = attrs.field(default=None)
    confidence: Exact = attrs.field(default=None)
    edited: bool | None = None
    deleted: bool | None = None
    hidden: bool | None = None
    attached: tuple[str, ...] = ()
