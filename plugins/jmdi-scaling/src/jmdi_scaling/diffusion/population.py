"""Adoption records and dated ties of a dataset, as arrays."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import numpy as np

from jmdi.graph.naming import known_tie_kinds
from jmdi.graph.pairs import state_of
from jmdi.graph.reported import about
from jmdi.metrics.choices import NeedsChoice
from jmdi.metrics.result import UndefinedResult
from jmdi.metrics.types import Day, Ids, Window
from jmdi.model.kinds import Practice, Territory
from jmdi.model.relations import Adopts, Tie
from jmdi.model.values import Period
from jmdi_network.arrays import Floats, Sparse
from jmdi_scaling.diffusion.adoption import NEVER, Adoption, matrix_of
from jmdi_scaling.facts.codes import code_of
from jmdi_scaling.facts.lists import adopters_complete
from jmdi_scaling.facts.parameters import Direction, Unit, chosen, names_of
from jmdi_scaling.facts.places import Places, actors_of
from jmdi_scaling.facts.timing import When, start_of, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = [
    "Observed",
    "Ties",
    "adoptions_of_one",
    "must_weigh",
    "observed",
    "present_ties",
    "ties_of",
]

Span: TypeAlias = tuple[int | None, int | None]

MOST_PERIODS = 10_000
"""Most periods; a longer series is refused."""


@attrs.frozen(slots=True, eq=False)
class Observed:
    """What a dataset says about an adoption.

    Attributes:
        adoption: The arrays.
        records: The adoptions.
        undated: Actors that adopted at a time that is not known to the period; they are no
            actors of ``adoption``, and their ties are left out.
        perhaps: How many actors may be of the territory, for theirs is not known; these are no
            actors of ``adoption`` either.
        before: Actors that had adopted before the first period.
        notes: Counts of what was left out.
        labels: The periods as text.
        at: The day or window that was asked for.
        complete: Whether who is not recorded as an adopter has not adopted.
    """

    adoption: Adoption
    records: tuple[str, ...]
    undated: tuple[str, ...]
    perhaps: int
    before: tuple[str, ...]
    notes: dict[str, Any]
    labels: tuple[str, ...]
    at: When
    complete: bool

    def shares(self) -> list[float]:
        """The share that had adopted by the end of each period, over those not undated."""
        n = len(self.adoption.nodes)
        return [float(x) / n if n else 0.0 for x in self.adoption.adopters()]

    def bounds(self) -> list[tuple[float, float]]:
        """The lowest and the highest share of each period.

        They are made by those of which no date is known, those who may be of the territory, and
        those who may have adopted without being recorded.
        """
        late = len(self.undated) + self.perhaps
        total = len(self.adoption.nodes) + late
        numbers = self.adoption.adopters().tolist()
        return [(x / total, (x + late) / total if self.complete else 1.0) for x in numbers]


@attrs.frozen(slots=True)
class Ties:
    """Which ties expose an actor.

    Attributes:
        kinds: Their kinds; all if not given.
        direction: Whom an actor is exposed to: those it names, those who name it, or both.
        valued: Whether strengths weigh.
    """

    kinds: Ids | None = None
    direction: Direction = "out"
    valued: bool = False


ALL_TIES = Ties()


def adoptions_of_one(dataset: Dataset, practice: Ids | None = None) -> list[Adopts]:
    """The adoptions of a practice, or of the only one that is adopted.

    Raises:
        NeedsChoice: If several practices are adopted and none is named.
    """
    practices = chosen(dataset, practice, Practice)
    found = [a for a in dataset.of(Adopts) if not practices or a.target in practices]
    adopted = sorted({a.target for a in found})
    if len(adopted) > 1:
        raise NeedsChoice("practice", adopted, "practices")
    return found


def must_weigh(*strengths: Sequence[float] | Floats) -> None:
    """Checks that strengths can be used as weights.

    Raises:
        UndefinedResult: If one is negative, or NaN because it is not known.
    """
    if any((np.asarray(found) < 0).any() for found in strengths):
        why = "a tie has a negative strength, which cannot weigh it: leave valued out"
        raise UndefinedResult("scaling:negative_strength", why)
    if any(np.isnan(found).any() for found in strengths):
        why = "a tie has no strength, so that nobody knows what it weighs: leave valued out"
        raise UndefinedResult("missing_input", why)


def _number(day: datetime.date, period: Unit) -> int:
    if period == "year":
        return day.year
    return day.year * 12 + day.month - 1 if period == "month" else day.toordinal()


def _label(number: int, period: Unit) -> str:
    if period == "year":
        return f"{number:04d}"
    if period == "month":
        return f"{number // 12:04d}-{number % 12 + 1:02d}"
    return datetime.date.fromordinal(number).isoformat()


def observed(
    dataset: Dataset,
    practice: Ids | None = None,
    territory: Ids | None = None,
    period: Unit = "year",
    as_of: Day | None = None,
    window: Window | None = None,
    *,
    ties: Ties = ALL_TIES,
    closed_world: bool = False,
) -> Observed:
    """Who of the actors adopted a practice in which period, with their ties.

    Ties without a date hold in all periods. ``as_of`` and ``window`` say where observation
    ends and begins, to the day; before the first adoption nobody has adopted. Actors that have
    not adopted by then are censored, not late; actors of which this is not known are undated.

    Raises:
        UndefinedResult: If there are no actors, no adoption has a date, or a negative strength
            should weigh.
        NeedsChoice: If several practices are adopted and none is named.
    """
    adoptions = adoptions_of_one(dataset, practice)
    areas, places = chosen(dataset, territory, Territory), Places(dataset)
    actors = actors_of(dataset, areas)
    if not actors:
        raise UndefinedResult("empty_graph", "there are no actors")
    seats = [places.has_home_in(name, areas) for name in actors_of(dataset)] if areas else []
    at = when(as_of, window)
    first_day, last_day = (None if at.as_of else at.first), at.last
    times, undated, records = _times(adoptions, set(actors), period, at)
    if not times and (last_day is None or not records or undated):
        raise _unseen([a for a in adoptions if a.source in actors], undated, period)
    end = None if last_day is None else _number(last_day, period)
    high = max(times.values()) if end is None else end
    low = min(times.values(), default=high) if first_day is None else _number(first_day, period)
    if high - low >= MOST_PERIODS:
        why = f"{high - low + 1:,} periods, more than {MOST_PERIODS:,}: take a longer period"
        raise UndefinedResult("not_enough_periods", why)
    nodes = tuple(sorted(name for name in actors if name not in undated))
    before = tuple(name for name in nodes if times.get(name, low) < low)
    time = [max(times[n] - low, 0) if n in times and times[n] <= high else NEVER for n in nodes]
    index = {name: k for k, name in enumerate(nodes)}
    rows, dated, notes = _rows(dataset, index, period, ties)
    adoption = Adoption(
        nodes,
        tuple(range(low, high + 1)),
        np.array(time, np.int64),
        _ties_by_period(rows, index, low, high, dated),
    )
    if ties.valued:
        must_weigh(*(matrix.data for matrix in adoption.ties))
    labels = tuple(_label(t, period) for t in adoption.periods)
    notes |= {"adopters_undated": len(undated), "adopted_before": len(before)}
    complete = adopters_complete(dataset, {a.target for a in adoptions}, closed_world)
    return Observed(
        adoption,
        tuple(records),
        tuple(sorted(undated)),
        seats.count(None),
        before,
        notes,
        labels,
        at,
        complete,
    )


def _unseen(adoptions: list[Adopts], undated: set[str], period: Unit) -> UndefinedResult:
    """Why no adoption by an actor is seen in any period."""
    why = "no adoption by an actor has a known date"
    if any(start_of(a.period)[0] for a in adoptions if a.source in undated):
        why = (
            f"no adoption by an actor is dated to the {period} by the day asked for: "
            "take a longer period or a later day"
        )
    return UndefinedResult("missing_input", why)


def _ties_by_period(
    rows: list[tuple[str, str, float, Span]],
    index: dict[str, int],
    low: int,
    high: int,
    dated: bool,
) -> tuple[Sparse, ...]:
    """One matrix for each period where some ties are dated, else one for all."""
    if not dated:
        return (matrix_of([row[:3] for row in rows], index, True),)
    spans = [_clipped(span, low, high) for *_, span in rows]
    return tuple(
        matrix_of(
            [row[:3] for row, (a, b) in zip(rows, spans, strict=True) if a <= t <= b], index, True
        )
        for t in range(high - low + 1)
    )


def _times(
    adoptions: list[Adopts], actors: set[str], period: Unit, at: When
) -> tuple[dict[str, int], set[str], list[str]]:
    """The first period in which each actor adopted, those for which it is not known, records.

    The first of several adoptions is between the earliest day on which one of them can have
    happened and the earliest by which one has. An adoption after the last day has not happened;
    where the dates do not say whether it is, its time is not known.
    """
    spans: dict[str, list[tuple[datetime.date | None, datetime.date | None]]] = {}
    records = []
    for adoption in adoptions:
        if adoption.source in actors:
            records.append(adoption.id)
            spans.setdefault(adoption.source, []).append(start_of(adoption.period))
    times: dict[str, int] = {}
    vague: set[str] = set()
    for name, found in spans.items():
        earliest = min((day or datetime.date.min for day, _ in found))
        latest = min((day or datetime.date.max for _, day in found))
        if at.stop is not None and earliest >= at.stop:
            continue
        number = _number(earliest, period)
        late = at.stop is not None and latest >= at.stop
        if late or number != _number(latest, period):
            vague.add(name)
        else:
            times[name] = number
    return times, vague, records


def _span(period: Period | None, unit: Unit) -> Span:
    if period is None or period.edtf is None:
        return None, None
    start, end = period.start, period.end
    return (_number(start, unit) if start else None), (_number(end, unit) if end else None)


def _clipped(span: Span, low: int, high: int) -> tuple[int, int]:
    start = low if span[0] is None else span[0]
    end = high if span[1] is None else span[1]
    return start - low, end - low


def _rows(
    dataset: Dataset,
    index: dict[str, int],
    unit: Unit,
    wanted: Ties,
) -> tuple[list[tuple[str, str, float, Span]], bool, dict[str, Any]]:
    """The ties among these actors, whether some are dated, and counts.

    A tie that is not directed is one of either end to the other; where all ties are taken both
    ways it counts once, as the others do.
    """
    there, disputed = present_ties(dataset, wanted.kinds)
    rows: list[tuple[str, str, float, Span]] = []
    loops = ties = 0
    for tie, strength in there:
        if tie.source == tie.target:
            loops += 1
        elif tie.source in index and tie.target in index:
            ties += 1
            for ego, other in (
                ways(tie) if wanted.direction != "both" else [(tie.source, tie.target)]
            ):
                weight = strength if wanted.valued else 1.0
                rows.append((ego, other, weight, _span(tie.period, unit)))
    dated = any(span != (None, None) for *_, span in rows)
    left_out = len(dataset.of(Tie)) - len(there)
    notes = {"ties_left_out": left_out, "loops_dropped": loops, "ties": ties}
    if wanted.valued and disputed:
        notes["reports_disputed"] = disputed
    return rows, dated, notes


def present_ties(dataset: Dataset, tie_kinds: Ids | None) -> tuple[list[tuple[Tie, float]], int]:
    """The ties that are there, of some kinds, each with its strength; NaN where nobody knows it.

    What several report of one tie is one tie of the highest strength that is reported, as in the
    projections of the core; of how many ties reports give different ones is counted.
    """
    kinds = known_tie_kinds(dataset, names_of(tie_kinds))
    found: dict[object, tuple[Tie, list[float]]] = {}
    for tie in dataset.of(Tie):
        if state_of(tie) != "present" or (kinds and code_of(tie.type) not in kinds):
            continue
        same = about(tie, (True,)) if tie.reported_by else tie.id
        strengths = found.setdefault(same, (tie, []))[1]
        strengths += [] if tie.strength is None else [float(tie.strength)]
    disputed = sum(len(set(strengths)) > 1 for _, strengths in found.values())
    ties = [(tie, max(strengths, default=math.nan)) for tie, strengths in found.values()]
    return ties, disputed


def ways(tie: Tie) -> list[tuple[str, str]]:
    """The ends of a tie as it goes, both ways unless it is directed."""
    there, back = (tie.source, tie.target), (tie.target, tie.source)
    return [there] if tie.directed else [there, back]


def ties_of(
    dataset: Dataset,
    *,
    territory: Ids | None = None,
    as_of: Day | None = None,
    tie_kinds: Ids | None = None,
    directed: bool = False,
) -> tuple[tuple[str, ...], dict[str, list[tuple[str, str, float]]]]:
    """The actors, and the ties among them by kind, as of a day.

    Where direction counts, a tie that is not directed is one of either end to the other.
    """
    at = when(as_of)
    names = tuple(sorted(actors_of(dataset, chosen(dataset, territory, Territory))))
    inside = set(names)
    layers: dict[str, list[tuple[str, str, float]]] = {}
    for tie, strength in present_ties(dataset, tie_kinds)[0]:
        inner = tie.source in inside and tie.target in inside and tie.source != tie.target
        if inner and at.holds(tie.period) is not False:
            layer = layers.setdefault(code_of(tie.type) or "unknown", [])
            for ego, other in ways(tie) if directed else [(tie.source, tie.target)]:
                layer.append((ego, other, strength))
    return names, {kind: layers[kind] for kind in sorted(layers)}
