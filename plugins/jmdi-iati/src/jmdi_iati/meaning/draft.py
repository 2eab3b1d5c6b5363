"""One activity in the making: who speaks, what it says of itself, what it is joined with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import attrs

from jmdi import (
    Audience,
    Code,
    Identifier,
    Record,
    Share,
    Source,
    Transaction,
)
from jmdi.model.constructors import unchecked
from jmdi.model.frozen import EMPTY, freeze, owned
from jmdi_iati.facets import Condition, Link, Scope
from jmdi_iati.meaning.codes import LISTS, coded
from jmdi_iati.meaning.run import Party, Run
from jmdi_iati.standard.numbers import currency_of
from jmdi_iati.standard.words import language, texts_of
from jmdi_iati.standard.xml import XML_LANG, Element

__all__ = ["Draft", "Joined", "Mention", "Movement", "Recipient", "Said", "Sectors", "Stated"]

SECONDARY: Mapping[str, bool] = freeze({"secondary": True})
make_source = unchecked(Source)


class Mention(NamedTuple):
    """A participating organisation of an activity.

    Attributes:
        party: How it was understood.
        element: The element.
        role: Its role as written.
        activity: Identifier of the organisation's own activity.
    """

    party: Party
    element: Element
    role: str
    activity: str | None


class Recipient(NamedTuple):
    """A recipient country or region of an activity.

    Attributes:
        id: Its territory; ``None`` if its code is on no list.
        written: Its code, or its words where it has none.
        vocabulary: That of a region; empty for a country.
        percentage: Its share as written.
    """

    id: str | None
    written: str
    vocabulary: str
    percentage: str | None


@attrs.frozen(slots=True, eq=False)
class Stated:
    """A sector of an activity or transaction; it is compared as an object, which is fast.

    Attributes:
        code: Its code.
        vocabulary: The vocabulary of the code, as IATI numbers it.
        percentage: Its share as written.
    """

    code: Code
    vocabulary: str
    percentage: str | None


@attrs.frozen(slots=True, eq=False)
class Sectors:
    """Sectors with their shares; one object for all transactions that state the same.

    Attributes:
        stated: As stated.
        codes: Their codes.
        shares: Their shares, where these are known.
        each: The share of each, ``None`` where it is not known.
        unclear: How many vocabularies have percentages that settle no shares.
    """

    stated: tuple[Stated, ...] = ()
    codes: tuple[Code, ...] = ()
    shares: tuple[Share, ...] = ()
    each: tuple[Decimal | None, ...] = ()
    unclear: int = 0


class Movement(NamedTuple):
    """A transaction, with what it says of sectors and recipients.

    Attributes:
        record: Its record.
        sectors: Its sectors.
        recipients: Its recipient countries and regions.
    """

    record: Transaction
    sectors: Sectors
    recipients: Sequence[Recipient]


@attrs.define(slots=True)
class Said:
    """What an activity says of itself.

    Attributes:
        names: Its title.
        titles: Further titles in a language that has one already.
        dates: The first day of planned and actual start and end, in EDTF.
        raw_dates: Dates that were not understood, as written.
        countries: Recipient countries and regions.
        by_amount: Their shares by the amounts of the transactions that they were taken from.
        locations: Ids of the territories of its locations.
        refs: The same, by what the activity calls them.
        sector_shares: Shares of its sectors, where these are known.
        humanitarian: Whether some transaction is humanitarian; ``None`` if none says so.
    """

    names: dict[str, str] = attrs.field(factory=dict)
    titles: list[dict[str, str]] = attrs.field(factory=list)
    description: dict[str, str] = attrs.field(factory=dict)
    objectives: list[dict[str, str]] = attrs.field(factory=list)
    audience: list[Audience] = attrs.field(factory=list)
    remarks: list[dict[str, str]] = attrs.field(factory=list)
    identifiers: list[Identifier] = attrs.field(factory=list)
    status: Code | None = None
    scope: Code | None = None
    dates: dict[str, str] = attrs.field(factory=dict)
    raw_dates: list[str] = attrs.field(factory=list)
    countries: list[Recipient] = attrs.field(factory=list)
    by_amount: list[Decimal | None] | None = None
    locations: list[str] = attrs.field(factory=list)
    refs: dict[str, str] = attrs.field(factory=dict)
    sectors: list[Stated] = attrs.field(factory=list)
    sector_shares: tuple[Share, ...] = ()
    goals: list[Code] = attrs.field(factory=list)
    codes: list[Code] = attrs.field(factory=list)
    scopes: list[Scope] = attrs.field(factory=list)
    conditions: list[Condition] = attrs.field(factory=list)
    attached: bool | None = None
    documents: list[Link] = attrs.field(factory=list)
    humanitarian: bool | None = None


@attrs.define(slots=True)
class Joined:
    """What an activity is joined with: participants, money, other activities.

    Attributes:
        parts: The mentions of each participant, by actor and role.
        movements: Its transactions, with what they say of sectors and recipients.
        upstream: Identifiers of the activities that its money comes from, as a set in order.
        downstream: Identifiers of the activities that its money goes to, as a set in order.
        links: Identifiers of other activities, with what refers to them.
        related: Identifier and type of each related activity.
    """

    parts: dict[tuple[str, str], list[Mention]] = attrs.field(factory=dict)
    movements: list[Movement] = attrs.field(factory=list)
    upstream: dict[str, None] = attrs.field(factory=dict)
    downstream: dict[str, None] = attrs.field(factory=dict)
    links: dict[str, str] = attrs.field(factory=dict)
    related: list[tuple[str, str]] = attrs.field(factory=list)


@attrs.define(slots=True)
class Draft:
    """One activity or organisation file in the making: who speaks, and what was made of it.

    Attributes:
        run: The run.
        id: Id of its record.
        language: Its default language.
        currency: Its default currency.
        source: Where it comes from.
        sources: The same, as records have it.
        publisher: Key of the organisation that reports it.
        reporter: Id of the actor whose money and work it reports: the reporting organisation,
            unless that only passes on what others report.
        reporter_party: How that actor was understood.
        out: Actors, territories and claims that are new; they come before the initiative.
        after: Other entities that belong to it.
        said: What it says of itself.
        joined: What it is joined with.
        mentions: How each element that names an organisation was understood.
        same: The party whose actor another party is, by the id of that other party.
        placeholders: Ids of its unknown actors, by name and type.
        alike: How many transactions or budgets had the same content so far.
        results: How many results were read.
        id_of: What makes the ids of its transactions and budgets, by kind.
    """

    run: Run
    id: str
    language: str
    currency: str | None
    source: Source
    sources: tuple[Source, ...] = attrs.field(init=False)
    publisher: str = ""
    reporter: str | None = None
    reporter_party: Party | None = None
    out: list[Record] = attrs.field(factory=list)
    after: list[Record] = attrs.field(factory=list)
    said: Said = attrs.field(factory=Said)
    joined: Joined = attrs.field(factory=Joined)
    mentions: Mapping[Element, Party] = attrs.field(factory=dict)
    same: Mapping[str, Party] = EMPTY
    placeholders: dict[tuple[str, str], str] = attrs.field(factory=dict)
    alike: dict[tuple[str | None, ...], int] = attrs.field(factory=dict)
    results: int = 0
    id_of: dict[str, Callable[..., str]] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.sources = (self.source,)

    @classmethod
    def of(cls, element: Element, id: str, source: Source, run: Run) -> Draft:
        """The draft of an element, with its default language and currency."""
        spoken = language(element.get(XML_LANG), "und")
        return cls(run, id, spoken, currency_of(element.get("default-currency", "")), source)

    def reported_by(self, id: str, party: Party, *, secondary: bool) -> None:
        """Sets who reports the activity, in its source too.

        Args:
            id: The actor.
            party: How it was understood.
            secondary: Whether it only passes on what others report: then nothing in the
                activity is its own.
        """
        if not secondary:
            self.reporter, self.reporter_party = id, party
        self.source = self.derived(publisher=id, extra=SECONDARY if secondary else EMPTY)
        self.sources = (self.source,)

    def derived(self, **changes: object) -> Source:
        """The source with some members changed to others that are known to fit."""
        one = self.source
        members = {
            "title": one.title,
            "date": one.date,
            "locator": one.locator,
            "publisher": one.publisher,
            "method": one.method,
            "extra": one.extra,
        }
        return make_source(**members | changes)

    def code_of(self, list_: str, number: str, written: str, what: str) -> Code | None:
        """The code of a list; one that the list lacks is kept and reported.

        Args:
            list_: The list, such as ``iati-transaction-type``.
            number: The code in it; empty if there is none.
            written: What the file has.
            what: The element, for the report.
        """
        known = self.run.codes[list_].get(number)
        if known is None and written:
            self.run.report.add("I309", what, value=written)
            return coded(LISTS[list_], written, written)
        return known

    def text(self, element: Element) -> Mapping[str, str]:
        """The words of an element by language; further ones in a language are reported."""
        texts = texts_of(element, self.language)
        if len(texts) > 1:
            words = next(iter(texts[1].values()))
            self.run.report.add("I506", element.tag, value=words, times=len(texts) - 1)
        return owned(texts[0]) if texts else EMPTY

    def joined_text(self, elements: Sequence[Element]) -> Mapping[str, str]:
        """The words of elements of one name by language: 1.x has one for each language.

        Of several in one language the first stays; the others are reported.
        """
        first, *others = map(self.text, elements)
        if not others:
            return first
        text = dict(first)
        for other in others:
            for spoken, words in other.items():
                if text.setdefault(spoken, words) != words:
                    self.run.report.add("I506", elements[0].tag, value=words)
        return owned(text)

    def text_in(self, parent: Element, tag: str) -> Mapping[str, str]:
        """The words of all children of a name by language."""
        found = list(parent.iterchildren(tag))
        return self.joined_text(found) if found else EMPTY
