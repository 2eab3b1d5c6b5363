"""What stands at the head of an interview: when, where, in which language, and who asks whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import attrs

from jmdi import Period
from jmdi.model.edtf import parse_or_none
from jmdi.words.folding import as_typed, fold
from jmdi.words.tables import words_of
from jmdi_knowledge.discussions.documents.pieces import Piece
from jmdi_knowledge.discussions.speakers import is_name, is_role
from jmdi_knowledge.words import meanings

__all__ = ["TitleBlock", "day_of", "title_block"]

FIELD = re.compile(
    r"\s*([^:\n]{1,40}?)\s*:\s+(\S[^\n]{0,300})\Z|\s*([^\t\n]{1,40})\t(\S[^\n]{0,300})\Z"
)

TITLES, LONGEST = 3, 150
"""Lines that may stand above the fields, and characters of one."""


@attrs.define(slots=True)
class TitleBlock:
    """What the head of a document says.

    Attributes:
        pieces: How many pieces it has.
        title: The first line above the fields.
        date: When.
        place: Where, in words.
        country: In which country, in words.
        language: ISO 639-1 code of the language.
        roles: Who has which role, by its folded name.
        words: All of it, as it stands.
    """

    pieces: int = 0
    title: str = ""
    date: Period | None = None
    place: str = ""
    country: str = ""
    language: str | None = None
    roles: dict[str, str] = attrs.field(factory=dict)
    words: list[str] = attrs.field(factory=list)


def title_block(pieces: Sequence[Piece]) -> TitleBlock:
    """The lines "Date: …" and "Interviewer: …" that a document begins with.

    Lines of roles alone are the interview itself; a title above the lines belongs to them.
    """
    block, fields, titles = TitleBlock(), 0, 0
    for number, piece in enumerate(pieces, 1):
        found = FIELD.match(piece.text)
        if found is None:
            typed = as_typed(piece.text)
            titles += bool(typed)
            if typed and (fields or block.roles or titles > TITLES or len(typed) > LONGEST):
                break
            block.title = block.title or typed
            continue
        name = as_typed(found[1] or found[3])
        value = as_typed(found[2] or found[4])
        meaning = meanings("field").get(fold(name))
        if meaning is None and not (is_role(name) and is_name(value)):
            break
        fields += meaning is not None
        _take(block, meaning, name, value)
        block.words.append(f"{name}: {value}")
        block.pieces = number
    return block if fields else TitleBlock()


def _take(block: TitleBlock, meaning: str | None, name: str, value: str) -> None:
    if meaning is None:
        block.roles[fold(name)] = value
    elif meaning == "date":
        block.date = day_of(value)
    elif meaning == "place":
        block.place = block.place or value
    elif meaning == "country":
        block.country = value
    elif meaning == "language":
        short = value.lower() if len(value) == 2 and value.isalpha() else None
        block.language = meanings("language").get(fold(value)) or short


def day_of(typed: str) -> Period:
    """A date that is written out: in EDTF, or with the name of the month; else its words alone."""
    if parse_or_none(typed):
        return Period(typed)
    parts = fold(typed).split()
    months = {fold(word.word): int(word.meaning) for word in words_of("month")}
    named = [months[part] for part in parts if part in months]
    years = [int(part) for part in parts if part.isdecimal() and len(part) == 4]
    days = [int(part) for part in parts if part.isdecimal() and len(part) <= 2]
    if len(named) != 1 or len(years) != 1 or len(days) > 1:
        return Period(None, typed, "unreadable")
    if not days:
        return Period(f"{years[0]:04}-{named[0]:02}", typed)
    try:
        return Period(date(years[0], named[0], days[0]).isoformat(), typed)
    except ValueError:
        return Period(None, typed, "unreadable")
