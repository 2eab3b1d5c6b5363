"""The words that exports add to a plan, in its own language: column heads, levels, reasons, dates.

They are the rows of the topic ``written`` in the tables of words, so that a translator extends
them there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from jmdi.words.folding import fold
from jmdi.words.tables import LANGUAGES
from jmdi_workplan.timeline import read_timeline
from jmdi_workplan.words.lexicon import words_of

__all__ = [
    "cell_words",
    "date_words",
    "head_words",
    "is_right_to_left",
    "label",
    "language_of",
    "level_words",
    "reason_words",
    "status_words",
]


@cache
def _written() -> dict[tuple[str, str], str]:
    return {(word.language, word.meaning): word.word for word in words_of("written")}


def label(key: str, language: str) -> str:
    """The words for something that exports add, in English where the language has none.

    Raises:
        KeyError: If no table has the key.
    """
    written = _written()
    return written.get((language, key)) or written["en", key]


def level_words(code: str, language: str) -> str:
    """The words for a governance level; the code itself where it is of another list."""
    known = ("en", f"level-{code}") in _written()
    return label(f"level-{code}", language) if known else code.replace("_", " ").capitalize()


def reason_words(reason: str | None, language: str) -> str:
    """The words for a reason why something is unknown; none for no reason."""
    known = ("en", f"reason-{reason}") in _written()
    return label(f"reason-{reason}", language) if known else reason or ""


def status_words(status: str, language: str) -> str:
    """The words for where an action stands; the status itself where no table has it.

    >>> status_words("done, perhaps late", "es")
    'Hecho, quizás con retraso'
    """
    key = f"status-{status.replace(',', '').replace(' ', '_')}"
    return label(key, language) if ("en", key) in _written() else status


def head_words(name: str, language: str) -> str:
    """The words for a column or table; its own name where the tables of words have none."""
    known = ("en", name) in _written()
    return label(name, language) if known else name.strip().replace("_", " ")


def cell_words(column: str, value: object, language: str) -> str:
    """A value of a table in words: codes of levels, reasons and statuses in a language."""
    text = f"{value:,f}" if isinstance(value, Decimal) else str(value)
    if column == "reasons":
        parts = (part.rpartition(" ") for part in text.split("; "))
        return "; ".join(f"{reason_words(why, language)}: {number}" for why, _, number in parts)
    known = {"level": level_words, "reason": reason_words, "status": status_words}
    return known[column](text, language) if column in known else text


def language_of(given: Iterable[str], heads: Iterable[str]) -> str:
    """The language in which an export adds words.

    Args:
        given: Languages that the plan's own names are marked with.
        heads: The plan's title and the heads of its columns, for a plan whose language is not
            marked: the language that knows most of the heads.
    """
    for language in given:
        if language in LANGUAGES:
            return language
    texts = {fold(head) for head in heads}
    known: dict[str, int] = dict.fromkeys(LANGUAGES, 0)
    for word in words_of("column"):
        known[word.language] += fold(word.word.lstrip("=")) in texts
    best = max(LANGUAGES, key=lambda language: known[language])
    return "ar" if not known[best] and is_right_to_left("".join(texts)) else best


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a text are written from right to left."""
    sides = [unicodedata.bidirectional(character) for character in text]
    return sum(side in ("R", "AL") for side in sides) > sides.count("L")


@cache
def _months(language: str) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for word in words_of("month"):
        if word.language == language:
            names.setdefault(word.meaning, word.word)
    capital = language == "en"
    return tuple(names[str(n)].capitalize() if capital else names[str(n)] for n in range(1, 13))


def date_words(edtf: str, language: str) -> str:
    """A date as people write it: ``19 October 2015``, ``March 2016 – June 2016``.

    It stays in EDTF if there are no words for it that are read as the same date.
    """
    if edtf.startswith("{") and edtf.endswith("}"):
        parts, between = edtf[1:-1].split(","), "; "
    else:
        parts, between = edtf.split("/"), " – "
    found = [_one_date(part, language) for part in parts]
    words = between.join(found) if all(found) else ""
    return words if words and read_timeline(words).edtf == edtf else edtf


def _one_date(text: str, language: str) -> str:
    """The words of a year, month, day, quarter or semester; none for anything else."""
    doubt = "?" if text.endswith("?") else ""
    numbers = text.removesuffix("?").split("-")
    if not all(part.isascii() and part.isdecimal() for part in numbers) or len(numbers[0]) != 4:
        return ""
    year, *rest = numbers
    if not rest:
        return year + doubt
    number = int(rest[0])
    if 1 <= number <= 12:
        pattern = label("date-day" if len(rest) == 2 else "date-month", language)
        day = int(rest[-1])
        return pattern.format(day=day, month=_months(language)[number - 1], year=year) + doubt
    group = "quarter" if 33 <= number <= 36 else "semester" if number in (40, 41) else None
    if group is None or len(rest) > 1:
        return ""
    first = 32 if group == "quarter" else 39
    return label(f"date-{group}", language).format(number=number - first, year=year) + doubt
