"""Ties as edges: which are there, which way they go, and what they weigh."""

from __future__ import annotations

import functools
import math
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import compress
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, get_args

import attrs

from jmdi.builtin.projections.sketch import AsOf
from jmdi.classes import frozen
from jmdi.errors import BadParameter
from jmdi.graph.columns import own_names, record_columns
from jmdi.graph.naming import known_tie_kinds
from jmdi.graph.pairs import AMOUNTS, State, state_of, unobserved_of
from jmdi.graph.reducing import agreed
from jmdi.graph.reported import Answers, Reports, Rule, settled
from jmdi.metrics.types import Ids
from jmdi.model.relations import Tie

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["SHARED", "Ties", "ties_between", "weights_of"]

SHARED = ("count", "newman", "jaccard")
"""What a shared activity can add to a weight; any other name says what a tie weighs."""


@frozen
class Ties:
    """Ties with the indices of their ends.

    Attributes:
        directed: Whether the network is directed.
        records: The ties, one for each edge.
        source: Index of the actor that each edge goes from, ``array('i')``.
        target: Index of the actor that each edge goes to, ``array('i')``.
        unobserved: Indices of actors of whose ties nobody knows whether they are there.
        one_answer: Those of them that are tied both ways or not at all, the smaller index first.
        reports: What several actors report of a tie, by the ``id`` of its object in ``records``.
        one_way: For each edge of a directed network whether it is the whole of its tie; others
            have a second half the other way.
    """

    directed: bool = False
    records: Sequence[Tie] = ()
    source: array[int] = attrs.field(factory=lambda: array("i"))
    target: array[int] = attrs.field(factory=lambda: array("i"))
    unobserved: Sequence[tuple[int, int]] = ()
    one_answer: Collection[tuple[int, int]] = ()
    reports: Mapping[int, Reports] = attrs.field(factory=dict)
    one_way: Sequence[bool] = ()

    def both_ways(self, *, unless: Collection[bool | None]) -> Ties:
        """The ties, each followed by one the other way, unless its direction is one of these."""
        records: list[Tie] = []
        source, target = array("i"), array("i")
        whole: list[bool] = []
        for tie, i, j in zip(self.records, self.source, self.target, strict=True):
            records.append(tie)
            source.append(i)
            target.append(j)
            whole.append(tie.directed in unless)
            if not whole[-1] and i != j:
                records.append(tie)
                source.append(j)
                target.append(i)
                whole.append(False)
        return attrs.evolve(self, records=records, source=source, target=target, one_way=whole)

    def halves(self, *, after: int) -> dict[str, tuple[bool | None, ...]]:
        """The attribute ``directed`` of a directed network: false for each half of a tie both ways.

        Args:
            after: How many edges come last, which are all such halves.
        """
        column = (*(None if whole else False for whole in self.one_way), *[False] * after)
        return {"directed": column} if self.directed and False in column else {}

    def behind(self, edge: int) -> tuple[Tie, ...]:
        """The ties that an edge stands for."""
        tie = self.records[edge]
        reports = self.reports.get(id(tie))
        return (tie,) if reports is None else reports.records

    def columns(self, number: Callable[[Tie], float], *, after: int) -> dict[str, Any]:
        """The attributes of the edges; see `record_columns`.

        Of a tie that several actors report, an attribute is the one that all say, or the tuple
        of what they say; ``state`` is by the rule; ``reports`` has who reports what, in pairs, and
        ``disputed`` whether some of them say that there is no tie.

        Args:
            number: What a tie weighs.
            after: How many edges come last that are no ties.
        """
        classes = dict.fromkeys(map(type, self.records))
        columns: dict[str, Any] = record_columns(self.records, classes, after=after)
        if not self.reports:
            return columns
        said = {edge: self.reports.get(id(tie)) for edge, tie in enumerate(self.records)}
        places = {edge: reports for edge, reports in said.items() if reports is not None}
        if not places:
            return columns

        @functools.cache
        def rows_of(edge: int, present: bool) -> dict[str, Any]:
            reports = places[edge]
            return record_columns(reports.present if present else reports.ties, classes)

        def maker(name: str, column: Callable[[], Sequence[Any]]) -> Callable[[], Sequence[Any]]:
            def make() -> Sequence[Any]:
                values = list(column())
                for edge in places:
                    # a 0 of whoever says that there is no tie would make the edge none
                    rows = rows_of(edge, name in AMOUNTS)
                    cells = rows[name]() if name in rows else ()
                    values[edge] = agreed(cells, [range(len(cells))])[0]
                return values

            return make

        def states(column: Callable[[], Sequence[Any]]) -> Sequence[Any]:
            values = list(column())
            for edge, reports in places.items():
                values[edge] = reports.state
            return values

        def reported() -> Sequence[Any]:
            given = [None if r is None else r.pairs(number) for r in said.values()]
            return (*given, *(None,) * after)

        state = columns["state"]
        made = {name: maker(name, column) for name, column in columns.items()}
        made |= {"state": lambda: states(state), "reports": reported}
        if any(reports.disputed for reports in places.values()):
            open_ = [r is not None and r.disputed for r in said.values()]
            made["disputed"] = lambda: (*open_, *(False,) * after)
        return made


def ties_between(
    dataset: Dataset,
    index: Mapping[str, int],
    on: AsOf,
    *,
    tie_kinds: Ids | None,
    directed: bool | None,
    reports: Rule,
) -> tuple[Ties, dict[str, Any]]:
    """The ties that are there between these actors, and counts of those left out.

    Of some kinds, a tie whose kind is not known may be one of them or not: its pair was not
    observed. So it is with a tie of which nobody knows whether it is in force.

    Args:
        dataset: The records.
        index: The index of each actor by its id.
        on: When they must be in force.
        tie_kinds: Codes of tie-kind; all ties if not given.
        directed: Whether the network is directed; by default when any tie of the dataset is, of
            these kinds, so that all days have networks that can be compared.
        reports: What counts when several actors report a tie.
    """
    if reports not in get_args(Rule):
        raise BadParameter(f"reports is one of {', '.join(get_args(Rule))}, not {reports!r}")
    wanted = known_tie_kinds(dataset, tie_kinds)
    notes: dict[str, Any] = {}
    ties: Sequence[Tie] = dataset.of(Tie)
    unseen: list[Tie] = []
    if wanted:
        unseen = [tie for tie in ties if tie.type is None and state_of(tie) != "absent"]
        if unseen:
            notes["ties_of_unknown_kind"] = len(unseen)
        ties = [tie for tie in ties if tie.type is not None and tie.type.code in wanted]
    one_way: Collection[bool | None] = {None: (True,), True: (True, None), False: ()}[directed]
    directed = any(map(attrgetter("directed"), ties)) if directed is None else directed
    said: dict[int, Reports] = {}
    if _may_be_absent(ties) or any(map(attrgetter("reported_by"), ties)):
        answers = Answers.of((tie for tie in dataset.of(Tie) if on.same_wave(tie)), one_way)
        ties, more, said, counts = _told(ties, on, reports, one_way, answers)
        notes.update(counts)
        unseen += more
    elif on.moment is not None:
        held = [on.holds(tie) for tie in ties]
        unseen += [tie for tie, there in zip(ties, held, strict=True) if there is None]
        ties = list(compress(ties, held))
    unseen = [tie for tie in unseen if on.covers(tie) is not False]
    unobserved = tuple(unobserved_of(unseen, index, directed=directed, one_way=one_way))
    one_answer = _one_answer(unseen, index, one_way) if directed else set[tuple[int, int]]()
    try:
        ends = _ends(ties, index)
    except KeyError:
        inside = [tie for tie in ties if tie.source in index and tie.target in index]
        notes["ties_outside"] = len(ties) - len(inside)
        ties, ends = inside, _ends(inside, index)
    found = Ties(directed, ties, *ends, unobserved, one_answer, said)
    return found.both_ways(unless=one_way) if directed else found, notes


def _told(
    ties: Sequence[Tie], on: AsOf, rule: Rule, one_way: Collection[bool | None], answers: Answers
) -> tuple[list[Tie], list[Tie], dict[int, Reports], dict[str, Any]]:
    """What ties with states and reports say, by the rule.

    Args:
        ties: The ties.
        on: When they must be in force.
        rule: What counts when several actors report a tie.
        one_way: Which values of `Tie.directed` mean from source to target only.
        answers: Who answered.

    Returns:
        The ties that are there or may be, those that were not observed, what several actors
        report, and counts for the notes.
    """
    notes: dict[str, Any] = {}
    states: list[State] = [state_of(tie) for tie in ties]
    if absent := len(states) - states.count("present"):
        notes["ties_not_present"] = absent
    if on.moment is not None:
        ties, states = _then(ties, states, on)
    ties, states, said, counts = settled(ties, states, rule, one_way, answers)
    if said:
        notes |= {"reports": rule, **counts}
    unseen = [t for t, s in zip(ties, states, strict=True) if s == "unobserved"]
    there = [
        tie
        for tie, state in zip(ties, states, strict=True)
        if state == "present" or (id(tie) in said and said[id(tie)].any_tie)
    ]
    return there, unseen, said, notes


def _one_answer(
    unseen: Iterable[Tie], index: Mapping[str, int], one_way: Collection[bool | None]
) -> set[tuple[int, int]]:
    """The pairs of which only ties without direction say that they were not observed."""
    pairs: dict[bool, set[tuple[int, int]]] = {True: set(), False: set()}
    for tie in unseen:
        found = unobserved_of([tie], index, directed=False, one_way=one_way)
        pairs[tie.directed in one_way].update((min(pair), max(pair)) for pair in found)
    return pairs[False] - pairs[True]


def _then(ties: Sequence[Tie], states: Sequence[State], on: AsOf) -> tuple[list[Tie], list[State]]:
    """The ties that may hold on a day; one of which that is not known was not observed."""
    kept: list[Tie] = []
    found: list[State] = []
    for tie, state in zip(ties, states, strict=True):
        holds = on.holds(tie) if state == "present" else on.covers(tie)
        if holds is not False:
            kept.append(tie)
            found.append("unobserved" if holds is None and state == "present" else state)
    return kept, found


def _may_be_absent(ties: Iterable[Tie]) -> bool:
    """Whether any tie says something about its state; at the speed of C, as most do not."""
    return (
        any(map(attrgetter("state"), ties))
        or 0 in map(attrgetter("intensity"), ties)
        or 0 in map(attrgetter("strength"), ties)
    )


def _ends(ties: Sequence[Tie], index: Mapping[str, int]) -> tuple[array[int], array[int]]:
    """The indices of sources and targets."""
    if len(ties) < 2:  # of which no getter gives a tuple
        return array("i", [index[t.source] for t in ties]), array(
            "i", [index[t.target] for t in ties]
        )
    # A getter of many keys looks them up in one loop of C, in half the time of any other loop.
    sources, targets = (itemgetter(*map(attrgetter(end), ties)) for end in ("source", "target"))
    return array("i", sources(index)), array("i", targets(index))


def weights_of(
    tied: Ties, weight: str | None
) -> tuple[array[float] | None, Callable[[Tie], float], dict[str, Any]]:
    """What each tie weighs, ``None`` when each weighs 1; how that is found, and what was taken.

    Args:
        tied: The ties.
        weight: ``count``, or the name of a field or own attribute; ``strength`` by default.

    Raises:
        BadParameter: If no tie has numbers of that name; it names those that there are.
    """
    name = "strength" if weight is None or weight in SHARED else weight
    every, reports = tied.records, []
    if tied.reports:
        reports = [r for tie in tied.records if (r := tied.reports.get(id(tie))) is not None]
        every = [*tied.records, *(tie for r in reports for tie in r.present)]
    none_have = not any(map(attrgetter("strength"), every))
    if weight == "count" or (name != weight and none_have):
        chosen = {} if none_have else {"tie_weight": "count"}
        if not any(r.rule == "mean" and r.disputed for r in reports):
            return None, _one, chosen
        return _weighed(tied, _one), _one, chosen
    number = partial(_number, name)
    values = _weighed(tied, number)
    missing = sum(map(math.isnan, values))
    if missing == len(values):
        if name in ("strength", "intensity"):
            return values, number, {}
        known = ", ".join(["strength", "intensity", *own_names(every)])
        raise BadParameter(
            f"no tie has numbers named {weight!r}: weight is count, newman, jaccard, or of ties "
            f"one of {known}"
        )
    notes = {"tie_weight": name}
    return values, number, {**notes, "weights_missing": missing} if missing else notes


def _weighed(tied: Ties, number: Callable[[Tie], float]) -> array[float]:
    """What each edge weighs; of a tie that several actors report by their rule."""
    if not tied.reports:
        return array("d", map(number, tied.records))
    said = [(tie, tied.reports.get(id(tie))) for tie in tied.records]
    return array("d", [number(t) if r is None else r.value(number) for t, r in said])


def _one(tie: Tie) -> float:
    """What a tie weighs where each counts 1."""
    return 1.0


def _number(name: str, tie: Tie) -> float:
    """A field or own attribute of a tie as a number; NaN where it has none.

    Raises:
        BadParameter: If it is beyond a number of eight bytes, which would hold infinity or 0.
    """
    value = tie.extra.get(name, getattr(tie, name, None))
    if not isinstance(value, (int, float, Decimal)) or isinstance(value, bool):
        return math.nan
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if math.isinf(number) or (number == 0 and value != 0):
        what = f"{name} of the tie {tie.id!r} is {Decimal(value):.3e}"
        raise BadParameter(
            f"{what}, which is too {'large' if number else 'small'} for a weight: write it in "
            "another unit, or say weight=count"
        )
    return number
