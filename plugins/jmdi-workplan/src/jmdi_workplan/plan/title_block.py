"""The title block of a work plan: title, country and territory, author, period, and what else.

A label and its value stand on one line ("Author: …"), in two cells, on two lines, or in two rows
of a table, labels above values; several may share a line. Headers and footers of pages count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import define, evolve, field, frozen

from jmdi.words.folding import Folded, as_typed, fold
from jmdi.words.placeholders import whole
from jmdi_workplan.finance.amounts import find_amounts
from jmdi_workplan.places import PlaceMention, find_country, read_places
from jmdi_workplan.plan.composed import sorts_of
from jmdi_workplan.plan.header_words import meanings
from jmdi_workplan.plan.labels import has_head, label_kind, split_labels
from jmdi_workplan.plan.letterhead import (
    YEARS,
    Piece,
    country_of,
    fold_digits,
    is_letterhead,
    is_like_plan,
    is_organisation,
    names_plan,
    office_in,
    period_in,
    pieces,
    territory_of,
)
from jmdi_workplan.plan.levels import read_level
from jmdi_workplan.plan.pairs import BULLET, Pairs, currency_of, inline, is_plan_with_colon
from jmdi_workplan.timeline import of_another_calendar
from jmdi_workplan.timeline.labelled import halves
from jmdi_workplan.words.lexicon import group, lexicon

if TYPE_CHECKING:
    from jmdi_workplan.plan.segments import Line

__all__ = ["PlanHeader", "names_plan", "read_header"]

# Title blocks are short; the bounds keep a long document from being read as one.
_LINES = 300
_BARE = 15
"""Lines without a label that may name an organisation."""

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+|00|\()?\d(?:[\s().\u00a0/-]{0,2}\d){6,15}(?![\w,/])")
_DATED = re.compile(
    r"(?<!\d)(?:\d{1,2}[-/.]\d{1,2}[-/.](?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d)(?!\d)"
)
_SEVERAL = re.compile(r"\s*[;؛\n|]\s*|\s+/\s+|,\s+(?=[A-Z]{2,}\b)")
_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?\s")
"""How a heading inside a document begins: "2. Action log"."""

_DIGIT = re.compile(r"\d")
_BLANK = re.compile(r"[\s_.…·-]*|[\[<({].*[\])>}]", re.S)
"""What a form has where nobody has typed: dots, a line, "[name of the author]"."""

_COLUMN = 0.5
"""A label that scores this much names a column, so its line is no title."""

_LONGEST_PLACE = 100
_LONGEST_UNKNOWN = 40
_MOST_WORDS = 6
_NO_AUTHORS = frozenset(("check", "payer", "fund", "ally", "evidence"))
"""Sorts of words of labels before those who approve a plan, pay for it or help."""

_NOT_IN_CHARGE = frozenset(("check", "payer", "fund", "evidence", "people", "time"))
_PLACE_SEPARATORS = " ,:;،؛-–—/"


@frozen
class PlanHeader:
    """What stands around the tables of a plan.

    Attributes:
        title: The plan's title, "" if none was found.
        country: ISO 3166-1 alpha-2, None if not stated or not known.
        territories: The territories covered, as places.
        authors: Institutions or persons that wrote it, as typed.
        organisations: Institutions that it names beside its authors, as typed.
        unlabelled: Institutions that lines without a label name; what they do is not said.
        funders: Who pays for it, as typed.
        period_words: The period as typed.
        start_words: The day on which the project begins, as typed.
        programme: The programme as typed.
        initiatives: The projects, interventions or initiatives it belongs to, as typed.
        currency: ISO 4217 code of its amounts.
        version: Its version as typed.
        fields: Every labelled line, as (label, value), in order; contact fields among them, so
            whoever keeps `fields` looks at `contact` first.
        contact: Lines with an e-mail address, a telephone number or a contact label. Personal data:
            to be dropped unless asked for.
    """

    title: str = ""
    country: str | None = None
    territories: tuple[PlaceMention, ...] = ()
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    unlabelled: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    period_words: str | None = None
    start_words: str | None = None
    programme: str | None = None
    initiatives: tuple[str, ...] = ()
    currency: str | None = None
    version: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    contact: tuple[str, ...] = field(default=(), repr=False)

    @property
    def is_of_a_plan(self) -> bool:
        """Whether it says that the document is a plan, or of which country and by whom it is."""
        return names_plan(self.title) or bool(self.country and self.authors)


def read_header(
    lines: Sequence[Line | str],
    around: Sequence[Line | str] = (),
    captions: Sequence[str] = (),
) -> PlanHeader:
    """Read the lines before and around the tables of a plan.

    Args:
        lines: Lines in the order of the document; those without a label can be the title, and name
            an organisation, a country or a period, above the first table only. An empty line
            stands for a table.
        around: Headers and footers of pages; their lines without a label are only the title where
            they call themselves a plan and no other does.
        captions: What names the first table; the title, where it calls itself a plan and no line
            is the title.
    """
    first = next((at for at, one in enumerate(lines) if _is_table(one)), len(lines))
    read = _Lines()
    read.take(lines[:first], above=True, letterhead=True)
    read.take(lines[first:], above=False, letterhead=False)
    read.take(around, above=False, letterhead=True)
    said = [piece for line in read.bare for piece in pieces(line)]
    read.labelled += _labels_inside(said)
    found = PlanHeader(
        fields=tuple((as_typed(label), as_typed(value)) for _, label, value in read.labelled),
        contact=tuple(read.contact),
    )
    titled = next((text for text in map(_styled_title, lines) if text), "")
    for first_of in (True, False):  # the country first: it decides how territories are read
        for kind, _, value in read.labelled:
            if (kind in ("country", "title")) is first_of:
                found = _take(found, kind, value)
        if first_of and not found.title:
            found = evolve(found, title=titled or _title(read.loose) or _title_of_table(captions))
        if first_of and found.country is None and not found.territories:
            found = _country_alone(found, [*read.letterhead, *read.unknown], said)
    if found.period_words is None and found.start_words:
        pairs = (*found.fields, *(line.partition(":")[::2] for line in read.unknown))
        ends = (value for label, value in pairs if meanings(label)[:1] == (("end", 1.0),))
        last = next(ends, "").strip()
        both = f"{found.start_words} – {last}" if last else found.start_words
        found = evolve(found, period_words=both if last or halves(both) else None)
    makers = list(filter(None, map(_maker, read.unknown)))
    if not found.authors and len(makers) == 1:
        found = _take(found, "author", makers[0])
    carriers = tuple(filter(None, map(_in_charge, read.unknown)))
    found = evolve(found, organisations=found.organisations + carriers)
    return _with_pieces(found, [p for p in said if p not in pieces(found.title)], said)


def _is_table(line: Line | str) -> bool:
    return not isinstance(line, str) and not line.cells


@define
class _Lines:
    """Lines of a title block, sorted by whether they have labels.

    Attributes:
        labelled: The kind of each label, the label and its value.
        loose: Lines without a label that can be the title.
        bare: Those that can name an organisation or a country.
        letterhead: Those of the title block, each line of a paragraph on its own.
        unknown: The same with labels that nobody knows.
        contact: Lines with contact data.
    """

    labelled: list[tuple[str, str, str]] = field(factory=list)
    loose: list[str] = field(factory=list)
    bare: list[str] = field(factory=list)
    letterhead: list[str] = field(factory=list)
    unknown: dict[str, None] = field(factory=dict)
    contact: dict[str, None] = field(factory=dict)

    def take(self, lines: Sequence[Line | str], *, above: bool, letterhead: bool) -> None:
        """Sorts lines that stand above the tables, or below or around them."""
        bare = 0
        for label, value, line in Pairs(lines[:_LINES]).found():
            if is_plan_with_colon(label, value, line):
                label, value = "", line
            kind = label_kind(label, "mark") if label else ""
            contact = kind == "contact" or (_is_contact(value) and not _counts(label, value))
            if contact:
                self.contact[line] = None
            if label:
                self.labelled.append((kind, label, value))
                continue
            if above or names_plan(value):
                self.loose.append(as_typed(value))
                self.letterhead += map(as_typed, value.split("\n"))
                self.unknown |= dict.fromkeys(map(as_typed, line.split("\n")))
            if letterhead and bare < _BARE and not contact and not BULLET.match(value):
                self.bare.append(value)
                bare += 1


def _labels_inside(said: Sequence[Piece]) -> Iterator[tuple[str, str, str]]:
    """The labels of parts of lines that tell by themselves: "Plan – version 3", "drafted by X"."""
    for piece in said:
        for label, value in () if piece.kind else inline(piece.words):
            kind = label_kind(label, "mark")
            if kind in ("period", "version", "currency"):
                yield kind, label, value
            elif fold(label) in lexicon("made-by"):
                yield "author", label, value


def _with_pieces(found: PlanHeader, said: Sequence[Piece], every: Sequence[Piece]) -> PlanHeader:
    """What lines without a label say, where no label asked for it: organisations in the title, too.

    A duration such as "36 months" is no period where the title or another line has years.
    """
    if not YEARS.search(fold_digits(found.period_words or "")):
        years = (period_in(piece.words) for piece in said if piece.kind == "period")
        words = period_in(found.title) or next(filter(None, years), None)
        found = evolve(found, period_words=words or found.period_words)
    if not found.territories:
        for piece in said:
            if piece.kind == "territory" or territory_of(piece.words, found.country):
                found = _take(found, "territory", piece.words)
    named = (*found.authors, *found.organisations, *found.funders)
    known = {fold(name) for name in named}
    names = (piece.words for piece in every if piece.kind == "organisation")
    unlabelled = {fold(name): name for name in names if fold(name) not in known}
    return evolve(found, unlabelled=tuple(unlabelled.values()))


def _styled_title(line: Line | str) -> str:
    """A line that the document itself styles as its title."""
    styled = not isinstance(line, str) and line.heading == 0 and len(line.cells) == 1
    text = "" if isinstance(line, str) or not styled else as_typed(line.cells[0])
    pairs = split_labels(text)
    labelled = pairs and not is_plan_with_colon(*pairs[0], text)
    return "" if labelled or is_letterhead(text) else text


def _is_contact(text: str) -> bool:
    if _EMAIL.search(text):
        return True
    rest = _DATED.sub(" ", text)
    if not _PHONE.search(rest):
        return False
    folded = Folded.of(rest)  # of as many characters
    for amount in find_amounts(folded, 0, len(folded.low), None):
        rest = rest[: amount.start] + " " * (amount.end - amount.start) + rest[amount.end :]
    return bool(_PHONE.search(rest))


def _counts(label: str, value: str) -> bool:
    """Whether a label asks for a number, so that many digits are no telephone: "Total budget"."""
    counted = ("finance", "audience", "target", "baseline")
    asked = label or value.partition(":")[0]
    return not _EMAIL.search(value) and any(
        kind in counted and score >= _COLUMN for kind, score in meanings(asked)
    )


def _take(found: PlanHeader, kind: str, value: str) -> PlanHeader:
    """Put one labelled value where it belongs; the first of two titles stays."""
    typed = as_typed(_without_contact(value))
    if _BLANK.fullmatch(value) or whole(typed):
        return found
    if kind == "country" or (kind == "territory" and found.country is None):
        return _place(found, typed)
    if kind == "territory":
        places = read_places(value, country=found.country)
        return evolve(found, territories=found.territories + places)
    if kind in ("author", "organisation", "funder"):
        names = (_without_contact(name) for name in _SEVERAL.split(value))
        kept = tuple(as_typed(name) for name in names if fold(name))
        if kind == "author":
            return evolve(found, authors=found.authors + kept)
        if kind == "funder":
            named = tuple(name for name in kept if _can_be_name(name) and not _DIGIT.search(name))
            return evolve(found, funders=found.funders + named)
        named = tuple(name for name in kept if _can_be_name(name))
        return evolve(found, organisations=found.organisations + named)
    if kind == "initiative":
        return evolve(found, initiatives=(*found.initiatives, typed))
    if kind == "currency" and found.currency is None:
        return evolve(found, currency=currency_of(typed, found.country))
    if kind == "period" and found.period_words is None:
        return evolve(found, period_words=typed)
    if kind == "start" and found.start_words is None:
        return evolve(found, start_words=typed)
    if kind == "programme" and found.programme is None:
        return evolve(found, programme=typed)
    if kind == "version" and found.version is None:
        return evolve(found, version=typed)
    if kind == "title" and not found.title:
        return evolve(found, title=typed)
    return found


def _can_be_name(name: str) -> bool:
    """Whether a value can be an organisation: no currency ("Unit: USD"), no lone common word."""
    common = name.islower() and len(name.split()) == 1
    return not common and not (name.isupper() and currency_of(name, None))


def _without_contact(name: str) -> str:
    """A name without its address, telephone and what else stands in brackets with them."""
    if not _is_contact(name):
        return name
    bare = _BRACKETS.sub(lambda match: "" if _is_contact(match[0]) else match[0], name)
    return _PHONE.sub("", _EMAIL.sub("", bare)).strip(" ,;:–-")


def _place(found: PlanHeader, value: str) -> PlanHeader:
    """Read "Philippines (Regions I and V)", "Senegal, Dakar", "Dakar, Sénégal", "Maroc"."""
    value = as_typed(value)
    if found.country is not None and find_country(value) == found.country:
        return found
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
    marks = [at for at, mark in enumerate(value[:300]) if mark in ",:;،؛-–—/("]
    for at in marks:
        yield _bare(value[:at]), _bare(value[at:])
    for at in reversed(marks):
        yield _bare(value[at:]), _bare(value[:at])


def _bare(part: str) -> str:
    """A part of a value without separators at its ends, and without brackets around all of it."""
    part = part.strip(_PLACE_SEPARATORS)
    if part.startswith("("):
        part = part[1:].removesuffix(")") if part.count("(") == part.count(")") else part[1:]
    return part.strip(_PLACE_SEPARATORS)


def _title(loose: Sequence[str]) -> str:
    """The line that calls itself a plan, else one like it, else the first that can be a title."""
    lines = [line for line in loose if not _is_contact(line) and len(line) <= 300]
    named = [line for line in lines if names_plan(line) and not _NUMBERED.match(line)]
    if named:
        return named[0]
    able = [line for line in lines if _can_be_title(line)]
    plain = [line for line in able if not any(piece.kind for piece in pieces(line)[:1])]
    return next(filter(is_like_plan, able), next(iter(plain or able), ""))


def _title_of_table(captions: Sequence[str]) -> str:
    return next((line for line in captions if names_plan(line) or is_like_plan(line)), "")


def _can_be_title(line: str) -> bool:
    """Whether a line is no level, place or organisation, nor something like "Budget: USD 5,000"."""
    if read_level(line) is not None or is_letterhead(line):
        return False
    before, colon, _ = line.partition(":")
    if not colon:
        return True
    return not has_head(before) and all(score < _COLUMN for _, score in meanings(before))


def _country_alone(found: PlanHeader, loose: Sequence[str], said: Sequence[Piece]) -> PlanHeader:
    """A country that is a line of its own, or ends the title: "Plan de travail – Sénégal".

    A line "Sénégal / Région de Kolda" names a country and places in it, and nothing else.
    """
    named = {code for line in loose if (code := country_of(line))}
    lands = (country_of(piece.words) for piece in said if piece.kind == "country")
    named = named or set(filter(None, lands))
    named = named or set(filter(None, (office_in(piece.words) for piece in said)))
    named = named or {code for line in loose if (code := _behind_unknown(line))}
    for line in loose:
        if not named and len(line) <= _LONGEST_PLACE and line != found.title:
            placed = _place(found, line)
            if placed.country and all(place.code for place in placed.territories):
                return placed
    if not named and found.title:
        tail = re.split(r"\s[-–—]\s|[:,(]", found.title)[-1]
        tail = YEARS.sub("", tail).strip(f"{_PLACE_SEPARATORS}.)")
        code = find_country(tail) if len(tail) > 3 else None
        code = code or _plan_of(found.title) or _within(found.title)
        named = {code} if code else set()
    if len(named) != 1:
        return found
    return evolve(found, country=named.pop())


def _behind_unknown(line: str) -> str | None:
    """The country behind a label that nobody knows: "Homeland: Ghana", but no "Donor: Japan"."""
    label, mark, value = line.partition(":")
    if not mark or len(label) > _LONGEST_UNKNOWN or meanings(label):
        return None
    return find_country(value.strip(" *_."))


def _maker(line: str) -> str:
    """Who stands behind a label such as "Penned by:", which says no other thing that is done."""
    label, mark, value = line.partition(":")
    words = fold(label).split()
    if not mark or not 1 < len(words) < _MOST_WORDS or "by" not in sorts_of(words[-1]):
        return ""
    others = frozenset().union(*map(sorts_of, words))
    return "" if meanings(label) or others & _NO_AUTHORS else value.strip(" *_")


def _in_charge(line: str) -> str:
    """The organisation behind a label such as "Lead:", which may stand before a person as well."""
    label, mark, value = line.partition(":")
    sorts = [sorts_of(word) for word in fold(label).split()]
    if not mark or not 0 < len(sorts) < _MOST_WORDS or not all(sorts):
        return ""
    every = frozenset().union(*sorts)
    led = not every.isdisjoint(("charge", "carry", "ally")) and every.isdisjoint(_NOT_IN_CHARGE)
    name = as_typed(value.strip(" *_."))
    return name if led and is_organisation(name) else ""


def _within(title: str) -> str | None:
    """The country that a title ends with, behind "in": "Migration and work in the Gambia 2021".

    Behind people it may be another one: "Plan for our workers in Qatar".
    """
    words = YEARS.sub("", title).strip(f"{_PLACE_SEPARATORS}.").split()
    for at in range(2, len(words)):
        before, behind = fold(words[at - 2]), fold(words[at - 1])
        if behind in group("small-word", "within") and before not in lexicon("audience"):
            land = find_country(" ".join(words[at:]))
            if land and not any(find_country(word) for word in words[:at] if word[:1].isupper()):
                return land
    return None


def _plan_of(title: str) -> str | None:
    """The country that a title says it is a plan of: "Work plan for Cabo Verde 2016"."""
    words = [] if of_another_calendar(title) else YEARS.sub("", title).split()
    linking = group("small-word", "of") | group("small-word", "filler")
    for at in range(2, len(words)):
        land = find_country(" ".join(words[at:]).strip(_PLACE_SEPARATORS))
        before = fold(" ".join(words[:at])).split()
        while before and before[-1] in linking:
            before.pop()
        whose = f" {' '.join(before)}"
        if land and any(whose.endswith(f" {name}") for name in lexicon("plan-title")):
            return land
    return None
