"""The fields of an initiative, each changed in the elements that say it."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

import attrs

from jmdi import Code, Initiative, Period, Place, Text
from jmdi.files.safe_xml import legal
from jmdi_iati.export import elements
from jmdi_iati.export.lists import Item, Same, patch, same_code
from jmdi_iati.export.texts import patch_texts, patch_words
from jmdi_iati.export.trees import bytes_of, place, set_or_drop, take_out
from jmdi_iati.export.work import Patch
from jmdi_iati.facets import Activity
from jmdi_iati.meaning.activity import DATE_NAMES
from jmdi_iati.meaning.codes import DEFAULTS
from jmdi_iati.standard.dates import day
from jmdi_iati.standard.upgrade_tables import DATES
from jmdi_iati.standard.words import text_of
from jmdi_iati.standard.xml import Element, new

__all__ = ["FIELDS", "Work"]

T = TypeVar("T")

RECIPIENTS = ("recipient-country", "recipient-region")
BOUNDS = (("start", "actual_start", "planned_start"), ("end", "actual_end", "planned_end"))
"""Each bound of a period, and the dates that it is read from, the first before the second."""

TYPES = {name: number for number, name in DATE_NAMES.items()}


@attrs.frozen(slots=True)
class Work(Patch):
    """An activity that is brought to what the records say.

    Attributes:
        now: What the records say of it.
    """

    now: Initiative

    @property
    def before(self) -> Initiative:
        """The initiative as it was read."""
        return self.reading.the(Initiative)

    @property
    def facet(self) -> Activity:
        """What was read beyond the core's fields."""
        return _facet(self.before)

    @property
    def says(self) -> Activity:
        """What the records say beyond the core's fields."""
        return _facet(self.now)

    def ref(self, where: Place) -> str | None:
        """What the activity calls one of its locations."""
        refs = self.reading.draft.said.refs.items()
        return next((ref for ref, id in refs if id == where.territory), where.words)

    def patch(
        self,
        before: Iterable[tuple[T, Sequence[Element]]],
        now: Sequence[T],
        make: Callable[[T], Element | None],
        same: Same | None = None,
    ) -> None:
        """Changes a list of children; a value that cannot be written keeps the element it had.

        Args:
            before: The values that were read, each with the elements that say it.
            now: The values of the records.
            make: The element of a value.
            same: What tells one value from another; by default its place in the list.
        """
        items, kept = [], []
        for value, parts in before:
            said = make(value)
            if said is None and parts:
                said = copy.copy(parts[0])
                kept.append((value, said))
            items.append(Item(said, tuple(parts)))
        made = [make(value) for value in now]
        for at, value in enumerate(now):
            if made[at] is None:
                said = next((said for old, said in kept if old == value), None)
                made[at] = None if said is None else copy.copy(said)
        patch(self.element, items, made, self.rule, self.language, same)

    def texts(self, kind: str, now: Sequence[Text]) -> None:
        """Changes the descriptions of a type."""
        holders = [part for part in self.of("description") if part.get("type", "").strip() == kind]
        patch_texts(self.element, holders, now, {"type": kind}, self.rule, self.language)


def _facet(initiative: Initiative) -> Activity:
    return initiative.facet(Activity) or Activity()


def _names(work: Work) -> None:
    now = {language: [words] for language, words in work.now.names.items()}
    for text in work.says.titles:
        for language, words in text.items():
            now.setdefault(language, []).append(words)
    titles, language = work.of("title"), work.language
    patch_words(work.element, titles, now, lambda: new("title"), work.rule, language)


def _description(work: Work) -> None:
    now = {language: words.split("\n") for language, words in work.now.description.items()}
    general = [p for p in work.of("description") if p.get("type", "").strip() not in TYPED]
    made, language = lambda: new("description", type="1"), work.language
    patch_words(work.element, general, now, made, work.rule, language)


TYPED = ("2", "3", "4")
"""The types of descriptions that are not general."""


def _objectives(work: Work) -> None:
    work.texts("2", work.now.objectives)


def _audience(work: Work) -> None:
    work.texts("3", [one.who for one in work.now.audience])


def _remarks(work: Work) -> None:
    work.texts("4", work.says.remarks)


def _single(tag: str, field: str) -> Callable[[Work], None]:
    """A field that is the code of an element."""

    def change(work: Work) -> None:
        def make(code: Code) -> Element | None:
            return elements.coded(tag, code, f"iati-{tag}", work.vocabularies)

        old, now = getattr(work.before, field), getattr(work.now, field)
        parts = work.of(tag)
        for part in parts[1:]:  # only the first was read
            take_out(part)
        before = [] if old is None else [(old, parts[:1])]
        work.patch(before, [] if now is None else [now], make)

    return change


def _dates(work: Work) -> None:
    """The days of the facet; then those of the period that these do not give."""
    before, now = work.facet.dates, work.says.dates
    for kind in TYPES:
        if before.get(kind) != now.get(kind):
            _date(kind, before.get(kind), _day(now.get(kind), "start"), work)
    for bound, actual, planned in BOUNDS:
        old, new_one = (_bound(one.period, bound) for one in (work.before, work.now))
        given = actual if actual in now else planned
        if new_one in (old, _day(now.get(given), bound)):
            continue
        for kind in (given,) if new_one else (actual, planned):
            _date(kind, now.get(kind), new_one, work)


def _bound(period: Period | None, name: str) -> datetime.date | None:
    return None if period is None else getattr(period, name)


def _day(edtf: str | None, bound: str) -> datetime.date | None:
    return _bound(Period(edtf), bound) if edtf else None


def _date(kind: str, before: str | None, now: datetime.date | None, work: Work) -> None:
    """Changes the day of a type to another, or to none."""
    for part in work.of("activity-date"):
        written = part.get("type", "").strip()
        if DATES.get(written.lower(), written) != TYPES[kind]:
            continue
        if now is None and _read(part) is not None:
            take_out(part)
        elif now is not None and _read(part) == before:
            part.set("iso-date", now.isoformat())
            return
    if now is not None:
        made = new("activity-date", **{"type": TYPES[kind], "iso-date": now.isoformat()})
        place(work.element, made, work.rule)


def _read(part: Element) -> str | None:
    """The day of an element, or of its words."""
    words = next(iter(text_of(part, "und").values()), "")
    return day(part.get("iso-date", "")).edtf or day(words).edtf


def _places(work: Work) -> None:
    """Recipients and locations, which are read in their order, or concluded from transactions."""

    def make(where: Place) -> Element | None:
        return elements.recipient(where, work.territory(where.territory))

    def is_location(where: Place) -> bool:
        made = make(where)
        return made is not None and made.tag == "location"

    locations, recipients = work.of("location"), work.of(*RECIPIENTS)
    old, now = work.before.places, work.now.places
    named = len(old) - len(locations)
    behind = [[part] for part in recipients] if len(recipients) == named else [[]] * named
    stated = zip(old[:named], behind, strict=True)
    work.patch(stated, [where for where in now if not is_location(where)], make, same_code)
    pairs = zip(old[named:], [[part] for part in locations], strict=True)
    work.patch(pairs, [where for where in now if is_location(where)], make, bytes_of)


def _sectors(work: Work) -> None:
    """Sectors with their shares, and goals, which are sectors or tags."""
    sectors, marked, tagged = _Behind(), _Behind(), _Behind()
    for part in work.of("sector", "tag"):
        said = work.alone(part).the(Initiative)
        sectors.add(said.sectors, part)
        (marked if part.tag == "sector" else tagged).add(said.goals, part)
    if not work.of("sector"):  # they were concluded from transactions
        sectors = _Behind({code: [] for code in work.before.sectors})
    _with_shares(work, sectors, dict.fromkeys(work.now.sectors))
    goals = dict.fromkeys(work.now.goals)
    _with_shares(work, marked, [code for code in goals if code in marked])
    rest = [code for code in goals if code in tagged or code not in marked]
    work.patch(tagged.items(), rest, elements.goal, same_code)


class _Behind(dict[Code, list[Element]]):
    """The elements behind each code."""

    def add(self, codes: Iterable[Code], part: Element) -> None:
        for code in codes:
            self.setdefault(code, []).append(part)


def _with_shares(work: Work, before: _Behind, now: Iterable[Code]) -> None:
    """Changes sectors, each with its share of the whole."""
    old, new_ones = _shares(work.before), _shares(work.now)
    work.patch(
        [((code, old.get(_key(code))), parts) for code, parts in before.items()],
        [(code, new_ones.get(_key(code))) for code in now],
        lambda one: elements.sector(*one),
        same_code,
    )


def _shares(initiative: Initiative) -> dict[tuple[str, str], Decimal | None]:
    return {_key(one.code): one.share for one in initiative.sector_shares}


def _key(code: Code) -> tuple[str, str]:
    return code.scheme, code.code


def _codes(work: Work) -> None:
    """Policy markers, other tags and defaults."""
    tags = ("tag", "policy-marker", *DEFAULTS)
    before = _Behind()
    for part in work.of(*tags):
        before.add(_facet(work.alone(part).the(Initiative)).codes, part)
    codes = list(dict.fromkeys(work.says.codes))
    work.patch(before.items(), codes, elements.classified, same_code)


def _scopes(work: Work) -> None:
    parts = [part for part in work.of("humanitarian-scope") if part.get("code", "").strip()]
    before = zip(work.facet.scopes, [[part] for part in parts], strict=True)
    work.patch(before, work.says.scopes, elements.scope, same_code)


def _conditions(work: Work) -> None:
    """Conditions, and whether any are attached."""
    old, now = work.facet, work.says
    holders = work.of("conditions")
    if not holders:
        place(work.element, new("conditions"), work.rule)
    first, *_ = holders = work.of("conditions")
    if old.attached != now.attached:
        set_or_drop(first, "attached", _truth(now.attached))
    parts = [part for holder in holders for part in holder.iterchildren("condition")]
    before = [
        Item(elements.condition(said), (part,))
        for said, part in zip(old.conditions, parts, strict=True)
    ]
    wanted = map(elements.condition, now.conditions)
    patch(first, before, wanted, work.rule.children["conditions"], work.language)
    if now.attached is None and not now.conditions:
        take_out(first)


def _documents(work: Work) -> None:
    parts = [[part] for part in work.of("document-link")]
    before = zip(work.facet.documents, parts, strict=True)
    work.patch(before, work.says.documents, elements.document)


def _updated(work: Work) -> None:
    set_or_drop(work.element, "last-updated-datetime", work.says.updated)


def _hierarchy(work: Work) -> None:
    set_or_drop(work.element, "hierarchy", work.says.hierarchy)


def _humanitarian(work: Work) -> None:
    set_or_drop(work.element, "humanitarian", _truth(work.says.humanitarian))


def _truth(value: bool | None) -> str | None:
    return None if value is None else str(int(value))


def _identifiers(work: Work) -> None:
    old, now = elements.identifier_of(work.before), elements.identifier_of(work.now)
    first = next(iter(work.of("iati-identifier")), None)
    if old != now and first is not None:
        first.text = None if now is None else legal(now)
    elif old != now and now is not None:
        place(work.element, new("iati-identifier", now), work.rule)
    parts = [part for part in work.of("other-identifier") if part.get("ref", "").strip()]
    others = [one for one in work.before.identifiers if one.scheme != "iati-identifier"]
    before = zip(others, [[part] for part in parts], strict=True)
    work.patch(before, work.now.identifiers, elements.other_identifier)


@attrs.frozen(slots=True)
class Field:
    """What is written together.

    Attributes:
        change: Changes the elements.
        core: The fields of the initiative that they say.
        facet: The fields of its facet that they say.
    """

    change: Callable[[Work], None]
    core: tuple[str, ...] = ()
    facet: tuple[str, ...] = ()

    def differs(self, work: Work) -> bool:
        """Whether the records say something else than the activity."""
        pairs = ((work.before, work.now, self.core), (work.facet, work.says, self.facet))
        return any(getattr(a, name) != getattr(b, name) for a, b, names in pairs for name in names)


FIELDS = (
    Field(_names, ("names",), ("titles",)),
    Field(_description, ("description",)),
    Field(_objectives, ("objectives",)),
    Field(_audience, ("audience",)),
    Field(_remarks, (), ("remarks",)),
    Field(_identifiers, ("identifiers",)),
    Field(_single("activity-status", "status"), ("status",)),
    Field(_single("activity-scope", "scope"), ("scope",)),
    Field(_dates, ("period",), ("dates",)),
    Field(_places, ("places",)),
    Field(_sectors, ("sectors", "sector_shares", "goals")),
    Field(_codes, (), ("codes",)),
    Field(_scopes, (), ("scopes",)),
    Field(_conditions, (), ("conditions", "attached")),
    Field(_documents, (), ("documents",)),
    Field(_updated, (), ("updated",)),
    Field(_hierarchy, (), ("hierarchy",)),
    Field(_humanitarian, (), ("humanitarian",)),
)
"""All fields of an initiative that IATI has elements for."""
