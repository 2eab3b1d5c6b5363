"""The title block of a work plan: title, country and territory, author, period, and what else.

A label and its value stand on one line ("Author: …"), in two cells, on two lines, or in two rows
of a table, labels above values; several may share a line. Headers and footers of pages count too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from jmdi.words.folding import Folded, as_typed, fold
from jmdi.words.placeholders import whole
from jmdi_workplan.finance.amounts import find_amounts
from jmdi_workplan.finance.currencies import read_sign, sign_pattern
from jmdi_workplan.places import PlaceMention, find_country, read_places
from jmdi_workplan.plan.composed import sorts_of
from jmdi_workplan.plan.header_words import meanings
from jmdi_workplan.plan.labels import has_head, is_label, label_kind, split_labels
from jmdi_workplan.plan.levels import read_level
from jmdi_workplan.timeline import read_timeline
from jmdi_workplan.words.lexicon import group, lexicon

if TYPE_CHECKING:
    from jmdi_workplan.plan.segments import Line

__all__ = ["PlanHeader", "names_plan", "read_header"]

# Title blocks are short; the bounds keep a long document from being read as one.
_LINES = 300
_LONGEST = 2_000
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+|00|\()?\d(?:[\s().\u00a0/-]{0,2}\d){6,15}(?![\w,/])")
_DATED = re.compile(
    r"(?<!\d)(?:\d{1,2}[-/.]\d{1,2}[-/.](?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d)(?!\d)"
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d))?(?!\d)")
_DASHED = re.compile(r"(?P<label>[^:|]{1,60}?)\s[-–—]\s(?P<value>.+)", re.S)
_SEVERAL = re.compile(r"\s*[;؛\n|]\s*|\s+/\s+|,\s+(?=[A-Z]{2,}\b)")
_BULLET = re.compile(r"\A\s*(?!\*\*)[-–•▪●◦*]\s*(?=\S)")
_BRACKETS = re.compile(r"\([^()]*\)")
_BLANK = re.compile(r"[\s_.…·-]*|[\[<({].*[\])>}]", re.S)
"""What a form has where nobody has typed: dots, a line, "[name of the author]"."""

_NUMBERED = re.compile(r"v?\.?\s?\d", re.IGNORECASE)
_COLUMN = 0.5
"""A label that scores this much names a column, so its line is no title."""

_OF_GOVERNMENT = re.compile(
    r"\A(?:the )?(?:government of|gouvernement (?:de la|de l'|du|des|de)|gobierno (?:del|de)|"
    r"governo (?:da|do|de)|حكومة) |(?<=\w) government\Z",
    re.IGNORECASE,
)
"""What a letterhead has beside the name of a country."""

_WORD = re.compile(r"[^\W_]+")
_MONTHS = re.compile(r"\d{4}-\d\d(?:-\d\d)?/\d{4}-\d\d(?:-\d\d)?")
_LONGEST_PLACE = 100
_LONGEST_UNKNOWN = 40
_MOST_WORDS = 6
_NO_AUTHORS = frozenset(("check", "payer", "fund", "ally", "evidence"))
"""Sorts of words of labels before those who approve a plan, pay for it or help."""

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


def read_header(lines: Sequence[Line | str], around: Sequence[Line | str] = ()) -> PlanHeader:
    """Read the lines before and around the tables of a plan.

    Args:
        lines: Lines in the order of the document; those without a label can only be the title.
        around: Headers and footers of pages; only their labelled lines count, and a line that
            calls itself a plan where no other does.
    """
    labelled: list[tuple[str, str, str]] = []
    loose: list[str] = []
    letterhead: list[str] = []
    unknown: dict[str, None] = {}
    contact: dict[str, None] = {}
    titled = next((text for text in map(_styled_title, lines) if text), "")
    for number, group_of_lines in enumerate((lines, around)):
        for label, value, line in _Pairs(group_of_lines[:_LINES]).found():
            if _is_plan_with_colon(label, value, line):
                label, value = "", line
            kind = label_kind(label, "mark") if label else ""
            if kind == "contact" or (_is_contact(value) and not _counts(label, value)):
                contact[line] = None
            if label:
                labelled.append((kind, label, value))
            elif not number or names_plan(value):
                loose.append(as_typed(value))
                letterhead += map(as_typed, value.split("\n"))
                unknown |= dict.fromkeys(map(as_typed, line.split("\n")))
    found = PlanHeader(
        fields=tuple((as_typed(label), as_typed(value)) for _, label, value in labelled),
        contact=tuple(contact),
    )
    for first in (True, False):  # the country first: it decides how territories are read
        for kind, _, value in labelled:
            if (kind in ("country", "title")) is first:
                found = _take(found, kind, value)
        if first and not found.title:
            found = evolve(found, title=titled or _title(loose))
        if first and found.country is None and not found.territories:
            found = _country_alone(found, [*letterhead, *unknown])
    if not found.authors and len(names := list(filter(None, map(_maker, unknown)))) == 1:
        found = _take(found, "author", names[0])
    if not _YEARS.search(found.period_words or ""):  # none, or "36 months"
        found = evolve(found, period_words=_period_of(found.title) or found.period_words)
    return found


def _period_of(title: str) -> str | None:
    """The period that a title names: its years, with "FY" or from one month to another."""
    years = _YEARS.search(title)
    if years is None:
        return None
    starts = [match.start() for match in _WORD.finditer(title, 0, years.start())]
    tails = (title[at:].strip(_PLACE_SEPARATORS) for at in starts[-_MOST_WORDS:])
    months = (_MONTHS.fullmatch(read_timeline(tail).edtf or "") and tail for tail in tails)
    if found := next(filter(None, months), None):
        return found
    before = title[: years.start()].rstrip().rpartition(" ")[2]
    said = not years[0].isdigit() and lexicon("calendar").get(fold(before)) == "fiscal"
    return f"{before} {years[0]}" if said else years[0]


def _styled_title(line: Line | str) -> str:
    """A line that the document itself styles as its title."""
    styled = not isinstance(line, str) and line.heading == 0 and len(line.cells) == 1
    text = "" if isinstance(line, str) or not styled else as_typed(line.cells[0])
    pairs = split_labels(text)
    return "" if pairs and not _is_plan_with_colon(*pairs[0], text) else text


def _is_plan_with_colon(label: str, value: str, line: str) -> bool:
    """Whether a line is a title with a colon inside: "Joint programme on labour: work plan 2023".

    Its first words are more than those of a label, and its last ones call it a plan.
    """
    whole = bool(label) and line.startswith(label) and line.endswith(value)
    framed = whole and label_kind(label, "mark") in ("programme", "initiative")
    return framed and not label_kind(label) and names_plan(value)


class _Pairs:
    """Labels with their values; what has no label has the label ""."""

    def __init__(self, lines: Sequence[Line | str]) -> None:
        self.lines = lines
        self.waiting: list[str] = []
        self.listed = ""

    def found(self) -> Iterator[tuple[str, str, str]]:
        """Label, value, and the line that the value stands on, in order."""
        for line in self.lines:
            words = line if isinstance(line, str) else line.words
            cells = re.split(r"[\t|]", line) if isinstance(line, str) else list(line.cells)
            cells = [cell.strip()[:_LONGEST] for cell in cells if cell.strip()]
            if not cells:
                self.listed = ""
                continue
            sure = len(cells) > 2
            labels = [
                cell for cell in cells if (label_kind(cell, "mark") if sure else is_label(cell))
            ]
            if len(cells) > 1 and len(labels) == len(cells):
                yield from self.flush(words)
                self.waiting = labels
            elif len(self.waiting) > 1 and len(cells) == len(self.waiting):
                yield from (
                    (one, cell, words) for one, cell in zip(self.waiting, cells, strict=True)
                )
                self.waiting = []
            else:
                for label, value in self.of_line(cells):
                    yield label, value, words
        yield from self.flush("")

    def flush(self, words: str) -> Iterator[tuple[str, str, str]]:
        """The labels that no value follows."""
        for label in self.waiting:
            yield label, "", words
        self.waiting = []

    def of_line(self, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The labels and values of one line or row."""
        at = 0
        while at < len(cells):
            cell = cells[at]
            pairs = _inline(cell)
            if not pairs and len(cells) > at + 1 and label_kind(cell, "mark"):
                pairs = [(cell, "")]
            at += 1
            if not pairs:
                yield from self.text(cell, alone=len(cells) == 1)
                continue
            label, value = pairs[-1]
            if not value:
                values = []
                while at < len(cells) and not is_label(cells[at]) and not _inline(cells[at]):
                    values.append(cells[at])
                    at += 1
                pairs[-1:] = [(label, "; ".join(values))] if len(cells) > 1 else []
            for one in self.waiting:
                yield one, ""
            self.waiting = [label] if len(cells) == 1 and not value else []
            yield from pairs
            self.listed = pairs[-1][0] if pairs else ""

    def text(self, text: str, *, alone: bool) -> Iterator[tuple[str, str]]:
        """A text without a colon: a label that waits for its value, a value, or neither."""
        if alone and is_label(text) and read_level(text) is None:
            for one in self.waiting:
                yield one, ""
            self.waiting = [text.rstrip(" :：")]
            return
        label, value = "", text
        if self.waiting:
            label, *rest = self.waiting
            yield from ((one, "") for one in rest)
        elif self.listed and _BULLET.match(text):
            label = self.listed
        self.waiting, self.listed = [], label
        bare = _BULLET.sub("", text, count=1) if label else text
        yield label, bare if label else value


def _inline(text: str) -> list[tuple[str, str]]:
    """The labels inside a text, with what follows each of them."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and any(split_labels(line) for line in lines[1:]):
        return [pair for line in lines for pair in (_inline(line) or [("", line)])]
    if pairs := split_labels(text):
        return pairs
    dashed = _DASHED.fullmatch(text)
    if dashed and label_kind(dashed["label"]):
        return [(dashed["label"], dashed["value"])]
    words = text.split()
    for count in range(2, min(4, len(words))):
        if fold(" ".join(words[:count])) in lexicon("made-by"):
            return [(" ".join(words[:count]), " ".join(words[count:]))]
    for count in range(1, min(4, len(words))):
        label, value = " ".join(words[:count]), " ".join(words[count:])
        if _fits(label_kind(label), value):
            return [(label, value)]
    return []


def _fits(kind: str, value: str) -> bool:
    """Whether a value tells by itself that the words before it are its label: "Country Nepal"."""
    if kind == "country":
        return find_country(value) is not None
    if kind == "currency":
        return _currency(value, None) is not None
    if kind == "version":
        return _NUMBERED.match(value) is not None
    return kind == "period" and _YEARS.search(value) is not None


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
    if kind in ("author", "organisation"):
        names = (_without_contact(name) for name in _SEVERAL.split(value))
        kept = tuple(as_typed(name) for name in names if fold(name))
        if kind == "author":
            return evolve(found, authors=found.authors + kept)
        return evolve(found, organisations=found.organisations + kept)
    if kind == "initiative":
        return evolve(found, initiatives=(*found.initiatives, typed))
    if kind == "currency" and found.currency is None:
        return evolve(found, currency=_currency(typed, found.country))
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


def _without_contact(name: str) -> str:
    """A name without its address, telephone and what else stands in brackets with them."""
    if not _is_contact(name):
        return name
    bare = _BRACKETS.sub(lambda match: "" if _is_contact(match[0]) else match[0], name)
    return _PHONE.sub("", _EMAIL.sub("", bare)).strip(" ,;:–-")


def _currency(words: str, country: str | None) -> str | None:
    """The one currency that words name."""
    plain = Folded.of(words).plain
    signs = [read_sign(match[0], country) for match in sign_pattern().finditer(plain)]
    codes = {sign.currency for sign in signs if sign is not None and sign.currency}
    return codes.pop() if len(codes) == 1 else None


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


def names_plan(line: str) -> bool:
    """Whether a line calls itself a plan."""
    folded = f" {fold(line)} "
    return any(f" {name} " in folded for name in lexicon("plan-title"))


def _title(loose: Sequence[str]) -> str:
    """The line that calls itself a plan, else the first line that can be a title."""
    lines = [line for line in loose if not _is_contact(line) and len(line) <= 300]
    named = [line for line in lines if names_plan(line)]
    if named:
        return named[0]
    return next(filter(_can_be_title, lines), "")


def _can_be_title(line: str) -> bool:
    """Whether a line is neither a level, nor a place, nor something like "Budget: USD 5,000"."""
    if read_level(line) is not None or find_country(line) is not None:
        return False
    before, colon, _ = line.partition(":")
    if not colon:
        return True
    return not has_head(before) and all(score < _COLUMN for _, score in meanings(before))


def _country_alone(found: PlanHeader, loose: Sequence[str]) -> PlanHeader:
    """A country that is a line of its own, or ends the title: "Plan de travail – Sénégal".

    A line "Sénégal / Région de Kolda" names a country and places in it, and nothing else.
    """
    lands = (_OF_GOVERNMENT.sub("", line) for line in loose if len(line) > 3)
    named = {code for line in lands if (code := find_country(line))}
    named = named or {code for line in loose if (code := _behind_unknown(line))}
    for line in loose:
        if not named and len(line) <= _LONGEST_PLACE and line != found.title:
            placed = _place(found, line)
            if placed.country and all(place.code for place in placed.territories):
                return placed
    if not named and found.title:
        tail = re.split(r"\s[-–—]\s|[:,(]", found.title)[-1].strip(" )")
        code = find_country(tail) if len(tail) > 3 else None
        code = code or _plan_of(found.title)
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


def _plan_of(title: str) -> str | None:
    """The country that a title says it is a plan of: "Work plan for Cabo Verde 2016"."""
    words = _YEARS.sub("", title).split()
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
