"""The title block of a work plan: title, country and territory, author; the level of a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from jmdi.words.folding import as_typed, fold
from jmdi_workplan.places import PlaceMention, find_country, read_places
from jmdi_workplan.places.gazetteer import country_name
from jmdi_workplan.words.lexicon import group, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["PlanHeader", "is_label", "read_header", "read_level"]

# Title blocks are short; the bounds keep a long document from being read as one.
_LINES = 300
_LONGEST = 2_000
_LONGEST_LABEL = 60
_LONGEST_HEADING = 200
_SPLIT_LABEL = re.compile(
    r"(?P<label>[^:\t|]{1,60}?)\s*(?:[:：\t|]|\s[-–—]\s)\s*(?P<value>.*)", re.S
)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+|00|\()?\d(?:[\s().\u00a0/-]{0,2}\d){6,15}(?![\w,/])")
_DATED = re.compile(
    r"(?<!\d)(?:\d{1,2}[-/.]\d{1,2}[-/.](?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d)(?!\d)"
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d))?(?!\d)")
_SEVERAL = re.compile(r"\s*[;\n|]\s*|\s+/\s+|,\s+(?=[A-Z]{2,}\b)")
_PLACE_SEPARATORS = " ,:;-–—/"
# Countries whose first-level units are regions, so that "regional" is first-level there.
_REGIONS_FIRST = frozenset(("CL", "IT", "MA", "PE", "PH", "SN", "ML", "BF", "CI", "ET", "GH", "TZ"))


@frozen
class PlanHeader:
    """What stands around the tables of a plan.

    Attributes:
        title: The plan's title, "" if none was found.
        country: ISO 3166-1 alpha-2, None if not stated or not known.
        territories: The territories covered, as places.
        authors: Institutions or persons that wrote it, as typed.
        period_words: The period as typed.
        programme: The programme or project as typed.
        fields: Every labelled line, as (label, value), in order; contact fields among them, so
            whoever keeps `fields` looks at `contact` first.
        contact: Lines with an e-mail address, a telephone number or a contact label. Personal data:
            to be dropped unless asked for.
    """

    title: str = ""
    country: str | None = None
    territories: tuple[PlaceMention, ...] = ()
    authors: tuple[str, ...] = ()
    period_words: str | None = None
    programme: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    contact: tuple[str, ...] = field(default=(), repr=False)


def read_header(lines: Sequence[str]) -> PlanHeader:
    """Read the lines before and around the tables of a plan.

    A label and its value stand on one line ("Author: …"), in two cells joined by a tab or ``|``, or
    on two lines. Lines without a label can only be the title.

    Args:
        lines: Lines in the order of the document.
    """
    fields: list[tuple[str, str]] = []
    loose: list[str] = []
    contact: list[str] = []
    for label, value in _pairs(lines[:_LINES]):
        kind = lexicon("title-block").get(_label_key(label), "") if label else ""
        if kind == "contact" or _is_contact(value):
            contact.append(as_typed(f"{label}: {value}" if label else value))
        if label:
            fields.append((as_typed(label), value))
        else:
            loose.append(as_typed(value))
    found = PlanHeader(fields=tuple(fields), contact=tuple(contact))
    for first in (True, False):  # the country first: it decides how territories are read
        for label, value in fields:
            kind = lexicon("title-block").get(_label_key(label), "")
            if (kind in ("country", "title")) is first:
                found = _take(found, kind, value)
        if first and not found.title:
            found = evolve(found, title=_title(loose))
        if first and found.country is None and not found.territories:
            found = _country_alone(found, loose)
    if found.period_words is None:
        years = _YEARS.search(found.title)
        found = evolve(found, period_words=years[0] if years else None)
    return found


def _pairs(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Labels with their values; lines without a known label have the label ""."""
    waiting = ""
    for line in lines:
        text = line.strip()[:_LONGEST]
        if not text:
            continue
        split = _split(text)
        if split is not None:
            if waiting:
                yield waiting, ""
            label, value = split
            waiting = "" if value else label
            if value:
                yield label, value
        elif waiting:
            yield waiting, text
            waiting = ""
        else:
            yield "", text
    if waiting:
        yield waiting, ""


def _split(text: str) -> tuple[str, str] | None:
    """Split a line at a known label; None without one."""
    match = _SPLIT_LABEL.match(text)
    if match and _label_key(match["label"]) in lexicon("title-block"):
        return match["label"].strip(), match["value"].strip(" \t|")
    if match is None and len(text) <= _LONGEST_LABEL and _label_key(text) in lexicon("title-block"):
        return text.rstrip(" :"), ""
    words = text.split(" ")
    if fold(" ".join(words[:2])) in lexicon("made-by") and words[2:]:
        return " ".join(words[:2]), " ".join(words[2:]).strip()
    return None


def is_label(text: str) -> bool:
    """Whether a text is a label of a title block: "Country", "Prepared by:"."""
    return _split(text.strip()[:_LONGEST]) is not None


def _label_key(label: str) -> str:
    """The folded label, without a bracket and numbering: "2. Country (ies)" → "country"."""
    if len(label) > _LONGEST_LABEL:
        return ""
    key = fold(label)
    if key in lexicon("title-block"):
        return key
    words = fold(_ASIDE.sub(" ", label)).split()
    if words and words[0].isdigit():
        words = words[1:]
    for article in ("the", "le", "la", "les", "el", "los", "las", "l"):
        if words and words[0] == article:
            words = words[1:]
    return " ".join(words)


def _is_contact(text: str) -> bool:
    if _EMAIL.search(text):
        return True
    return bool(_PHONE.search(_DATED.sub(" ", text)))


def _take(found: PlanHeader, kind: str, value: str) -> PlanHeader:
    """Put one labelled value where it belongs; the first of two titles stays."""
    if not value:
        return found
    if kind == "country":
        return _place(found, value)
    if kind == "territory":
        places = read_places(value, country=found.country)
        return evolve(found, territories=found.territories + places)
    if kind == "author":
        names = tuple(as_typed(name) for name in _SEVERAL.split(value) if fold(name))
        kept = tuple(name for name in names if not _is_contact(name))
        return evolve(found, authors=found.authors + kept)
    if kind == "period" and found.period_words is None:
        return evolve(found, period_words=as_typed(value))
    if kind == "programme" and found.programme is None:
        return evolve(found, programme=as_typed(value))
    if kind == "title" and not found.title:
        return evolve(found, title=as_typed(value))
    return found


def _place(found: PlanHeader, value: str) -> PlanHeader:
    """Read "Philippines (Regions I and V)", "Senegal, Dakar", "Dakar, Sénégal", "Maroc"."""
    value = as_typed(value)
    if found.country is not None:
        return evolve(
            found, territories=found.territories + read_places(value, country=found.country)
        )
    whole = find_country(value)
    if whole is not None:
        return evolve(found, country=whole)
    for head, rest in _cuts(value):
        land = find_country(head)
        if land is not None:
            places = read_places(rest, country=land)
            return evolve(found, country=land, territories=found.territories + places)
    return evolve(found, territories=found.territories + read_places(value))


def _cuts(value: str) -> Iterator[tuple[str, str]]:
    """Every way to cut a country off at the front or the end of a value."""
    bracket = value.find("(")
    if bracket > 0 and value.endswith(")"):
        yield value[:bracket], value[bracket + 1 : -1]
        yield value[bracket + 1 : -1], value[:bracket]
    marks = [at for at, mark in enumerate(value[:300]) if mark in ",:;-–—/("]
    for at in marks:
        yield value[:at].strip(_PLACE_SEPARATORS), value[at:].strip(_PLACE_SEPARATORS + "()")
    for at in reversed(marks):
        yield value[at:].strip(_PLACE_SEPARATORS + "()"), value[:at].strip(_PLACE_SEPARATORS)


def _title(loose: Sequence[str]) -> str:
    """The line that calls itself a plan, else the first line that can be a title."""
    lines = [line for line in loose if not _is_contact(line) and len(line) <= 300]
    names = re.compile(rf"\b(?:{'|'.join(lexicon('plan-title'))})\b")
    named = [line for line in lines if names.search(fold(line))]
    if named:
        return named[0]
    titles = [line for line in lines if read_level(line) is None and find_country(line) is None]
    return titles[0] if titles else ""


def _country_alone(found: PlanHeader, loose: Sequence[str]) -> PlanHeader:
    """A country that is a line of its own, or ends the title: "Plan de travail – Sénégal"."""
    named = {code for line in loose if (code := find_country(line)) and len(line) > 3}
    if not named and found.title:
        tail = re.split(r"\s[-–—]\s|[:,(]", found.title)[-1].strip(" )")
        code = find_country(tail) if len(tail) > 3 else None
        named = {code} if code else set()
    if len(named) != 1:
        return found
    return evolve(found, country=named.pop())


def read_level(heading: str, *, country: str | None = None) -> str | None:
    """Return the governance level that a heading names.

    Args:
        heading: "Local level", "Niveau national :", "Plan – nivel municipal", …
        country: ISO 3166-1 alpha-2; decides what "regional" means.

    Returns:
        An IATI ActivityScope code ("4" national, "6" first and "7" second administrative level,
        "8" single location, …); "local" for a local level that is not further said; None if no
        level, several levels, or a "regional" that may be above or below the state.
    """
    if len(heading) > _LONGEST_HEADING:
        return None
    words = fold(heading).split()
    named: list[str] = []
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            phrase = " ".join(words[at : at + length])
            if phrase in lexicon("level") and len(words[at : at + length]) == length:
                # A lone word inside a longer line ("national migration council") is no level.
                if length > 1 or _plain_heading(words):
                    named.append(lexicon("level")[phrase])
                at += length - 1
                break
        at += 1
    if len(set(named)) != 1:
        return None
    level = named[0]
    if level == "regional":
        return "6" if country in _REGIONS_FIRST and country_name(country or "") else None
    return level


def _plain_heading(words: Sequence[str]) -> bool:
    plain = group("small-word", "around-level") | lexicon("level").keys()
    return plain.issuperset(words)
