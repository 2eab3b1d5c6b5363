"""What a whole run remembers: ids and hashes, and how organisations were understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import attrs

from jmdi import Code, Vocabulary
from jmdi_iati.meaning.codes import Codes, codes_of
from jmdi_iati.meaning.identity import Reference
from jmdi_iati.problems.report import Report
from jmdi_iati.reading.seen import Seen

__all__ = ["CACHE", "Party", "Run", "Same", "Wording"]

CACHE = 8192
"""How many wordings of organisations are remembered, and how many sets of them."""

Wording: TypeAlias = tuple[object, ...]
"""All that an element says of an organisation."""


@attrs.define(slots=True, eq=False)
class Party:
    """An organisation as one way of naming it was understood; compared as an object, which is fast.

    Attributes:
        id: The actor; empty for a placeholder, which is another one in each activity.
        names: Its names by language.
        naming: Those of its names that do not name nobody.
        found: What its reference was found to be.
        type: Its organisation type as written.
        sort: What it is.
        problems: What is said of each mention: code, what sets it apart, what is written.
        noted: Ids of the actors of which it was remembered what this wording says.
    """

    id: str
    names: Mapping[str, str]
    naming: Sequence[str]
    found: Reference
    type: str
    sort: Code | None
    problems: Sequence[tuple[str, str, str]] = ()
    noted: set[str] = attrs.field(factory=set)


Same: TypeAlias = tuple[Mapping[str, Party], Sequence[str]]
"""Parties that are another one, by id, and names of which it is not known whose they are."""


@attrs.define(slots=True)
class Run:
    """What is remembered over all documents of a run, never records.

    Attributes:
        report: Where problems go.
        vocabularies: The vocabularies of the model that is read for, by scheme.
        contacts: Whether contact persons are kept.
        results: Whether indicators are read.
        money: Whether transactions and budgets are read.
        elsewhere: Activities that are read from other inputs, by the keys of their identifiers.
        emitted: Hashes of the ids of actors, territories, products and links that were given.
        told: Hashes of what was said of actors.
        parties: How organisations were understood, by their wording; bounded.
        publishers: The keys of reporting organisations, by reference and name; bounded.
        same: Which of some parties are one organisation, by the parties; bounded.
        activities: Hash of the content of each activity, by the hash of its id.
        awaited: Identifiers of activities that were referred to and not met yet, by id.
        codes: What the codes of IATI's lists mean in the model.
    """

    report: Report
    vocabularies: Mapping[str, Vocabulary]
    contacts: bool = False
    results: bool = True
    money: bool = True
    elsewhere: Mapping[bytes, tuple[str, bool]] = attrs.field(factory=dict)
    emitted: Seen = attrs.field(factory=Seen)
    told: Seen = attrs.field(factory=Seen)
    parties: dict[Wording, Party] = attrs.field(factory=dict)
    publishers: dict[tuple[str, str | None], str] = attrs.field(factory=dict)
    same: dict[tuple[Party | None, ...], Same] = attrs.field(factory=dict)
    activities: Seen = attrs.field(factory=lambda: Seen(values=True))
    awaited: dict[str, str] = attrs.field(factory=dict)
    codes: Codes = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.codes = codes_of(self.vocabularies)

    @property
    def unread(self) -> tuple[str, ...]:
        """What is not to be read."""
        return ("money",) * (not self.money) + ("results",) * (not self.results)

    def first(self, id: str) -> bool:
        """Whether a record of this id is given for the first time."""
        return self.emitted.add(hash(id))

    def remember(self, wording: Wording, party: Party) -> None:
        """Keeps how an organisation was understood; when there are many, forgets all before."""
        if len(self.parties) >= CACHE:
            self.parties.clear()
            self.publishers.clear()
            self.same.clear()
        self.parties[wording] = party
