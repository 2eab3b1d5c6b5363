"""Value classes: the typed parts that records are made of.

What is not known is said to be unknown: the figure is ``None``, ``reason`` says why, as a
code of the vocabulary ``unknown-reason``, and ``words`` keeps what was typed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from jmdi.model.declare import value
from jmdi.model.edtf import Edtf, parse_or_none
from jmdi.model.fields import NOTHING_SAID, EdtfText, Exact, Ref, Text
from jmdi.model.frozen import EMPTY

if TYPE_CHECKING:
    from jmdi.model.kinds import Actor, Territory

__all__ = [
    "Absence",
    "Audience",
    "Code",
    "DatedPart",
    "Identifier",
    "Money",
    "Party",
    "Period",
    "Place",
    "PlanTable",
    "Quantity",
    "Share",
    "Source",
    "code",
]


@value
class Code:
    """A code of a vocabulary; codes that the vocabulary does not have are kept as they are.

    Attributes:
        scheme: Name of the vocabulary, such as ``actor-type`` or ``iati-sector``.
        code: The code in it.
        words: What was typed, where the code was read from words.
    """

    scheme: str
    code: str
    words: str | None = None
    extra: Mapping[str, Any] = EMPTY

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


def code(scheme: str, code: str, words: str | None = None) -> Code:
    """A code of a vocabulary: ``jmdi.code("actor-type", "local_authority")``."""
    return Code(scheme, code, words)


@value
class Identifier:
    """What a register outside calls a thing, in the style of org-id.guide.

    Attributes:
        scheme: The register, such as ``XI-IATI`` or ``iso-3166-2``.
        value: The identifier in that register, without the scheme.
        words: What was typed, where it differs.
    """

    scheme: str
    value: str
    words: str | None = None
    extra: Mapping[str, Any] = EMPTY


@value
class Source:
    """Where a fact comes from.

    Attributes:
        title: Name of the document or data set.
        url: Where it can be read.
        date: When it was published or recorded.
        locator: The place in it: a row, a cell, an XPath, a page.
        publisher: Who published it, as an id of an actor or as a name. The own attribute
            ``secondary`` is true where it only passes on what others published.
        method: What read it: importer and version, or the rule that derived the fact.
        accessed: The day it was read, for what may change or go.
        certainty: Whether it states the fact, or the fact was derived from it, or is unclear.
        note: What the reader has to say about it: what was derived, and how.
    """

    title: str | None = None
    url: str | None = None
    date: datetime.date | None = None
    locator: str | None = None
    publisher: str | None = None
    method: str | None = None
    accessed: datetime.date | None = None
    certainty: Annotated[Code, "certainty"] | None = None
    note: str | None = None
    extra: Mapping[str, Any] = EMPTY


@value
class DatedPart:
    """One date of several, with what it holds for.

    Attributes:
        of: What the date is for, as typed: a region, a step, a group.
        edtf: The date in EDTF.
    """

    of: str
    edtf: EdtfText
    extra: Mapping[str, Any] = EMPTY


@value
class Period:
    """A date, interval or set of dates in EDTF (ISO 8601-2), however vague, or a wave of a study.

    Attributes:
        edtf: The date in EDTF; ``None`` when it is not known or cannot be dated.
        words: What was typed.
        reason: Why ``edtf`` is missing.
        parts: A date per region or step, where several were given.
        wave: The wave of a study, counted in whole numbers, with or without a date.
    """

    edtf: EdtfText | None = None
    words: str | None = None
    reason: Annotated[str, "unknown-reason"] | None = None
    parts: tuple[DatedPart, ...] = ()
    wave: int | None = None
    extra: Mapping[str, Any] = EMPTY

    def parsed(self) -> Edtf | None:
        """The parsed date; ``None`` when there is none or it is not EDTF."""
        return None if self.edtf is None else parse_or_none(self.edtf)

    @property
    def start(self) -> datetime.date | None:
        """The first day it can mean; ``None`` when that is open or unknown."""
        parsed = self.parsed()
        return parsed.lower() if parsed else None

    @property
    def end(self) -> datetime.date | None:
        """The last day it can mean; ``None`` when that is open or unknown."""
        parsed = self.parsed()
        return parsed.upper() if parsed else None

    def covers(self, day: datetime.date) -> bool | None:
        """Whether a day lies in it; ``None`` when that is not known.

        An unknown end is not an open end: only ``..`` says that it goes on.
        """
        parsed = self.parsed()
        if parsed is None:
            return None
        start, end = parsed.lower(), parsed.upper()
        if (start is not None and day < start) or (end is not None and day > end):
            return False
        known = (start is not None or parsed.start_state == "open") and (
            end is not None or parsed.end_state == "open"
        )
        return True if known else None


@value
class Money:
    """An amount of money as stated, or the reason why there is no figure.

    Attributes:
        amount: The figure, or the lower end of a range.
        currency: ISO 4217 code; ``None`` when it is not said or ambiguous.
        upper: The upper end of a range.
        per: What the amount is for: ``total`` when the words say so, or what it is paid for
            each of (``region``, ``participant``, ``month``); ``None`` when they do not say.
        qualifier: ``approximate``, ``at_most`` or ``at_least``.
        words: What was typed.
        reason: Why amount or currency is missing: ``in_kind``, ``embedded``, …
        candidates: The currencies that an ambiguous sign can mean.
        date: Day of the value.
        note: What the words say besides: a line of the budget, who pays.
    """

    amount: Exact = NOTHING_SAID
    currency: str | None = None
    upper: Exact = NOTHING_SAID
    per: str | None = None
    qualifier: str | None = None
    words: str | None = None
    reason: Annotated[str, "unknown-reason"] | None = None
    candidates: tuple[str, ...] = ()
    date: datetime.date | None = None
    note: str | None = None
    extra: Mapping[str, Any] = EMPTY

    @property
    def known(self) -> bool:
        """Whether both figure and currency are known."""
        return self.amount is not None and self.currency is not None


@value
class Quantity:
    """A number of things with its basis, or the reason why there is none.

    Attributes:
        value: The number, or the lower end of a range.
        unit: What is counted, as typed: "local stakeholders".
        upper: The upper end of a range.
        per: The basis: ``total`` when the words say so, or what the number is for each of
            (``region``, ``event``); ``None`` when they do not say.
        qualifier: ``approximate``, ``at_most`` or ``at_least``.
        words: What was typed.
        reason: Why the number is missing.
    """

    value: Exact = NOTHING_SAID
    unit: str | None = None
    upper: Exact = NOTHING_SAID
    per: str | None = None
    qualifier: str | None = None
    words: str | None = None
    reason: Annotated[str, "unknown-reason"] | None = None
    extra: Mapping[str, Any] = EMPTY


@value
class Place:
    """Where something happens: a territory, the words for it, or both.

    Attributes:
        territory: The territory.
        words: What was typed.
        share: Share of the whole that falls here, 0 to 1.
    """

    territory: Ref["Territory"] | None = None
    words: str | None = None
    share: Exact = NOTHING_SAID
    extra: Mapping[str, Any] = EMPTY


@value
class Share:
    """A part of a whole that falls to a code, such as a sector.

    Attributes:
        code: The code.
        share: Share of the whole, 0 to 1.
    """

    code: Code
    share: Exact = NOTHING_SAID
    extra: Mapping[str, Any] = EMPTY


@value
class Party:
    """One party of a partnership.

    Attributes:
        actor: The actor.
        role: Its role.
        side: Its side in this partnership.
    """

    actor: Ref["Actor"]
    role: Annotated[Code, "organisation-role"] | None = None
    side: Annotated[Code, "side"] | None = None
    extra: Mapping[str, Any] = EMPTY


@value
class Absence:
    """Whom there are none of, beside those that are recorded.

    What is not said stands for any: an absence of which nothing is said is nobody else at all.

    Attributes:
        type: What they would be.
        side: On which side of a migration corridor they would take part.
        level: The governance level that they would be of.
    """

    type: Annotated[Code, "actor-type"] | None = None
    side: Annotated[Code, "side"] | None = None
    level: Annotated[Code, "governance-level"] | None = None
    extra: Mapping[str, Any] = EMPTY


@value
class Audience:
    """Whom an action addresses.

    Attributes:
        who: The group, in words.
        type: Its actor type, where the words determine it.
        size: How many, and per what.
    """

    who: Text = EMPTY
    type: Annotated[Code, "actor-type"] | None = None
    size: Quantity | None = None
    extra: Mapping[str, Any] = EMPTY


@value
class PlanTable:
    """One table of a work plan as it stood in the document.

    Attributes:
        title: The heading above it.
        level: The governance level that its actions are planned for.
        columns: The words of its header, left to right.
        meanings: What each column was read as; empty for a column that was not understood.
        notes: Rows and footnotes that are not actions, such as totals.
        locator: Where it stood.
    """

    title: Text = EMPTY
    level: Annotated[Code, "governance-level"] | None = None
    columns: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    locator: str | None = None
    extra: Mapping[str, Any] = EMPTY
