"""The flow of money: from those who provide it to those who receive it."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.builtin.money.counted import PAID, Hierarchy, Row, select
from jmdi.builtin.money.purse import Purse
from jmdi.builtin.projections.sketch import Nodes, actors_of, node_columns
from jmdi.graph.network import Network
from jmdi.metrics.types import Ids, Window
from jmdi.model.amounts import EXACT, ends_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["flow"]


@attrs.define(slots=True)
class _Stream:
    """What flows from one actor to another in one currency.

    Attributes:
        rows: The transactions and budgets behind it.
        amount: The sum of the known amounts.
        known: How many are known.
        inferred: Whether an end is the reporting actor, which the data does not name.
    """

    rows: list[Row] = attrs.field(factory=list)
    amount: Decimal = Decimal()
    known: int = 0
    inferred: bool = False

    def add(self, row: Row, amount: Decimal | None, *, inferred: bool) -> None:
        """Adds a row; its amount may not be known."""
        self.rows.append(row)
        self.inferred |= inferred
        if amount is not None:
            self.amount = EXACT.add(self.amount, amount)
            self.known += 1


def flow(
    dataset: Dataset,
    *,
    nodes: Nodes = None,
    types: Ids | None = PAID,
    during: Window | None = None,
    currency: str | None = None,
    rates: str | None = None,
    hierarchy: Hierarchy = "lowest",
    publishers: bool = True,
    exclude_flagged: bool = True,
) -> Network:
    """Actors, and the money that goes from one to another.

    Each pair of actors is an edge for each currency, from the provider to the receiver; its weight
    is the sum of the amounts. Commitments, pledges, incoming money and budgets state money that is
    paid too, so each of these types that is asked for has edges of its own. Where money is in
    several currencies and none is chosen, or of such types and others, the weights are not known,
    since they cannot be compared; ``amount``, ``currency`` and ``types`` of each edge are.

    Money without a known provider or receiver makes no edge and is counted in the notes. So is
    money that an actor gives itself. Money of an unknown type, or of an unknown day where
    ``during`` is given, leaves its pair unobserved, if nothing else is known to go there.

    Args:
        dataset: The records.
        nodes: The class or kind of the actors that become nodes; all actors if not given.
        types: Codes of the types of transactions and budgets that count, of which the same money
            may have several: what was disbursed and spent, if not given.
        during: The days in question.
        currency: The currency that counts; with rates, the one that all is converted to.
        rates: Path of a CSV file of rates; see the metric ``money-total``.
        hierarchy: Whose amounts count where an initiative and parts of it state both.
        publishers: Whether who reports is taken for the provider of outgoing money, and for the
            receiver of incoming money, where no other is named; such edges are ``inferred``.
        exclude_flagged: Whether actors marked as placeholders are left out.

    Raises:
        BadParameter: If rates are given without a currency, or the currency is no code of one.
        FormatError: If the table of rates cannot be used.
    """
    purse = Purse(currency, rates)
    records, notes = actors_of(dataset, nodes, exclude_flagged)
    found = select(
        dataset,
        transactions=True,
        budgets=True,
        types=types,
        during=during,
        hierarchy=hierarchy,
        asked=purse.asks_for,
    )
    index = {record.id: place for place, record in enumerate(records)}
    streams = _Streams(index, purse, publishers)
    for row in found.rows:
        streams.add(row)
    for row in (*found.undated, *found.untyped):
        streams.add_perhaps(row)
    notes |= {**found.notes, **streams.notes(), **purse.notes()}
    return _network(dataset, records, streams, notes)


@attrs.define(slots=True)
class _Streams:
    """What flows between actors, by pair and currency.

    Attributes:
        index: The place of each actor among the nodes.
        purse: What amounts are worth.
        publishers: Whether who reports stands in for an end that is not named.
        found: The streams.
        unsure: Pairs between which something may flow.
        counts: How many rows make no edge, by why.
    """

    index: Mapping[str, int]
    purse: Purse
    publishers: bool
    found: dict[tuple[int, int, str, str], _Stream] = attrs.field(factory=dict)
    unsure: set[tuple[int, int]] = attrs.field(factory=set)
    counts: Counter[str] = attrs.field(factory=Counter)

    def add(self, row: Row) -> None:
        """Adds a row to the stream of its pair and currency."""
        giver, taker, inferred = ends_of(row, publishers=self.publishers)
        if giver is None or taker is None:
            self.counts["side_unknown"] += 1
        elif giver == taker:
            self.counts["to_oneself"] += 1
        elif giver not in self.index or taker not in self.index:
            self.counts["outside"] += 1
        else:
            amount, currency = self.purse.worth(row)
            key = (self.index[giver], self.index[taker], currency or "", _apart(row))
            self.found.setdefault(key, _Stream()).add(row, amount, inferred=inferred)

    def add_perhaps(self, row: Row) -> None:
        """Notes the pair of a row that may count or not."""
        *ends, _ = ends_of(row, publishers=self.publishers)
        giver, taker = (None if end is None else self.index.get(end) for end in ends)
        if giver is not None and taker is not None and giver != taker:
            self.unsure.add((giver, taker))

    def notes(self) -> dict[str, int]:
        """How many rows make no edge."""
        why = ("side_unknown", "to_oneself", "outside")
        return {name: self.counts[name] for name in why if self.counts[name]}


MOVED = frozenset(
    {
        "disbursement",
        "expenditure",
        "interest_payment",
        "loan_repayment",
        "reimbursement",
        "purchase_of_equity",
        "sale_of_equity",
        "credit_guarantee",
    }
)
"""Types of transactions that are different money."""


def _apart(row: Row) -> str:
    """The type of a row that may state what others state too; empty if it states its own money."""
    kind = "" if row.type is None else row.type.code
    return "" if kind in MOVED else kind or "unknown"


def _network(
    dataset: Dataset,
    records: Sequence[Any],
    streams: _Streams,
    notes: dict[str, Any],
) -> Network:
    """The network of these streams, in the order of its nodes."""
    keys = sorted(streams.found)
    every = [streams.found[key] for key in keys]
    currencies = sorted({currency for _, _, currency, _ in keys if currency})
    apart = {sort for *_, sort in keys}
    notes = {**notes, "currencies": tuple(currencies)}
    amounts = [stream.amount if stream.known else None for stream in every]
    one = len(currencies) <= 1 and len(apart) <= 1
    weights = [math.nan if amount is None or not one else float(amount) for amount in amounts]
    if missing := sum(map(math.isnan, weights)):
        notes["weights_missing"] = missing
    there = {(i, j) for i, j, *_ in keys}
    return Network(
        "flow",
        [record.id for record in records],
        array("i", [i for i, *_ in keys]),
        array("i", [j for _, j, *_ in keys]),
        directed=True,
        weight=array("d", weights),
        unobserved=sorted(streams.unsure - there),
        node_attributes=node_columns(records, dict.fromkeys(map(type, records))),
        edge_attributes={
            "kind": ("flow",) * len(keys),
            "amount": tuple(amounts),
            "currency": tuple(currency or None for _, _, currency, _ in keys),
            "n": tuple(len(stream.rows) for stream in every),
            "amounts_unknown": tuple(len(s.rows) - s.known for s in every),
            "inferred": tuple(stream.inferred for stream in every),
            "types": tuple(map(_types, every)),
            "initiatives": tuple(map(_initiatives, every)),
        },
        behind=lambda edge: tuple(every[edge].rows),
        dataset=dataset,
        notes=notes,
    )


def _types(stream: _Stream) -> tuple[str, ...]:
    return tuple(sorted({row.type.code for row in stream.rows if row.type is not None}))


def _initiatives(stream: _Stream) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.initiative for row in stream.rows if row.initiative is not None))
