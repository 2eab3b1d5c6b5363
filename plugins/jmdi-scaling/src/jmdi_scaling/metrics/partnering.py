"""Civil society and local government: how densely and how strategically they are tied."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import any_of, missing, share
from jmdi.metrics.types import Counts, Day, Ids, Window
from jmdi.model.kinds import Actor, Partnership
from jmdi.model.records import Record
from jmdi.model.relations import Contributes, Tie
from jmdi.model.values import Period
from jmdi.model.wellknown import CIVIL_SOCIETY, LOCAL_GOVERNMENT
from jmdi.plugins.argument_types import Within
from jmdi_scaling.facts.codes import PROJECT, code_of
from jmdi_scaling.facts.parameters import TIED, Through, Years, is_of_type, types_of
from jmdi_scaling.facts.relations import (
    Pair,
    bounded_by,
    outsiders,
    pairs_of,
    population,
    unsure_of,
)
from jmdi_scaling.facts.timing import When, when

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["cross_sector_density", "sides_of", "strategic_partnerships"]

FORMALITY = ("informal", "letter", "mou", "contract", "joint_body")
YEAR = 365.25


def sides_of(
    dataset: Dataset,
    actors: dict[str, Actor],
    civil_society: Ids | None = None,
    local_government: Ids | None = None,
) -> tuple[set[str], set[str], set[str], dict[str, Any]]:
    """The actors of civil society, those of local government, and those that may be either.

    Returns:
        The three sets, and notes on the others.
    """
    x_types = set(types_of(dataset, civil_society)) or CIVIL_SOCIETY
    y_types = set(types_of(dataset, local_government)) or LOCAL_GOVERNMENT
    x, y = (
        {name: is_of_type(dataset, actor, types) for name, actor in actors.items()}
        for types in (x_types, y_types)
    )
    both = sorted(name for name in actors if x[name] and y[name])
    only_x = {name for name in actors if x[name] and not y[name]}
    only_y = {name for name in actors if y[name] and not x[name]}
    untyped = {n for n in actors if None in (x[n], y[n]) and not (x[n] or y[n])}
    return only_x, only_y, untyped, {"in_both_sets": both, "type_unknown": len(untyped)}


def _density_convention(through: Through) -> str:
    return (
        f"{TIED[through]}; actors of both sets are left out; over observed pairs; a tie whose "
        "time is not known was not observed"
    )


@jmdi.metric(
    "scaling:cross-sector-density",
    "Cross-sector tie density",
    on="dataset",
    range=(0, 1),
    value_is="share of pairs",
    citation="Wasserman & Faust 1994",
    convention=_density_convention,
    count="jmdi_scaling.metrics.crossing_sectors:count_in_tables",
    finish="jmdi_scaling.metrics.partnering:cross_sector_density_of",
)
def cross_sector_density(
    dataset: Dataset,
    *,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    through: Through = "ties+partnerships",
    civil_society: Ids | None = None,
    local_government: Ids | None = None,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Tied pairs of civil society (X) and local government (Y) over all such pairs.

    ``L_XY / (n_X n_Y)``; ``values`` has ``density``, ``lift`` (over the density of all actors;
    ``None`` without any tie), ``coverage_x`` and ``coverage_y`` (share of X tied to some Y, and
    the reverse). Pairs recorded as unobserved are left out of the value and make the bounds,
    those of coverage in ``notes["coverage_bounds"]``.

    Args:
        dataset: The records.
        initiative: Only actors that take part in these initiatives.
        territory: Only actors of this territory and those within it.
        through: What ties actors.
        civil_society: Actor types that count as civil society; the core's set if not given.
        local_government: Actor types that count as local government; local authorities if not
            given.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    actors = population(dataset, at, initiative, territory)
    x, y, untyped, notes = sides_of(dataset, actors, civil_society, local_government)
    pairs, everyone = pairs_of(dataset, at, through), set(actors)
    tied, unknown, records = _tied(pairs, x, y)
    m, m_unknown, _ = _tied(pairs, everyone, everyone)
    ends = {end for pair in tied for end in pair}
    most = ends.union(*unknown)
    counts = {
        "actors": {"n": len(actors), "x": len(x), "y": len(y), "u": len(untyped)},
        "typed": any(actor.type for actor in actors.values()),
        "pairs": {
            "tied": len(tied),
            "unknown": len(unknown),
            # Actors of which the type is not known may be of either side, with all their ties.
            "perhaps": len(_touching(pairs, untyped, x | y | untyped)),
            "all_tied": len(m),
            "all_unknown": len(m_unknown),
        },
        "covered": {"x": (len(ends & x), len(most & x)), "y": (len(ends & y), len(most & y))},
        "records": records,
        "notes": notes,
    }
    result = cross_sector_density_of(counts, as_of=as_of, window=window)
    if not result.defined:
        return result
    return bounded_by(result, outsiders(dataset, at, initiative, territory), (0, 1))


def cross_sector_density_of(
    counts: Counts, *, as_of: Day | None, window: Window | None, **parameters: object
) -> Result:
    """The density, from how many actors and pairs there are of each side."""
    actors, pairs, notes = counts["actors"], counts["pairs"], counts["notes"]
    n, x, y, untyped = (actors[name] for name in ("n", "x", "y", "u"))
    basis: dict[str, Any] = {"of": "pairs", **when(as_of, window).members()}
    if not x or not y:
        why = f"{x} actors of civil society and {y} of local government"
        reason = "zero_denominator" if counts["typed"] else "no_known_group"
        return undefined(reason, why, notes=notes, **basis)
    tied, unknown, possible = pairs["tied"], pairs["unknown"], x * y
    observed = possible - unknown
    basis.update(
        lower=tied / ((x + untyped) * (y + untyped)),
        upper=min(1.0, (tied + unknown + pairs["perhaps"]) / possible),
        n_used=observed,
        n_eligible=possible,
        contributing=counts["records"],
        notes={**notes, "n_x": x, "n_y": y, "pairs_unobserved": unknown},
    )
    if not observed:
        return undefined("missing_input", "no pair was observed", **basis)
    rho = tied / observed
    overall = pairs["all_tied"] / max(n * (n - 1) // 2 - pairs["all_unknown"], 1)
    covered = {"coverage_x": (counts["covered"]["x"], x), "coverage_y": (counts["covered"]["y"], y)}
    basis["notes"]["coverage_bounds"] = {
        name: [least / size, most / size] for name, ((least, most), size) in covered.items()
    }
    values = {
        "density": rho,
        "lift": rho / overall if pairs["all_tied"] else None,
        **{name: least / size for name, ((least, _), size) in covered.items()},
    }
    return Result(value=rho, values=values, **basis)


def _touching(
    pairs: dict[Pair, list[tuple[Record, bool | None]]], untyped: set[str], others: set[str]
) -> list[Pair]:
    """The pairs that are or may be tied of which the type of one end is not known."""
    return [
        (a, b)
        for (a, b), facts in pairs.items()
        if ((a in untyped and b in others) or (b in untyped and a in others))
        and any_of(state for _, state in facts) is not False
    ]


def _tied(
    pairs: dict[Pair, list[tuple[Record, bool | None]]], x: set[str], y: set[str]
) -> tuple[list[Pair], list[Pair], tuple[str, ...]]:
    """The tied pairs between two sets, those not observed, and the records of the first."""
    tied, unknown = [], []
    records: dict[str, None] = {}
    for (a, b), facts in pairs.items():
        if (a in x and b in y) or (a in y and b in x):
            state = any_of(state for _, state in facts)
            if state:
                tied.append((a, b))
                records.update((record.id, None) for record, there in facts if there)
            elif state is None:
                unknown.append((a, b))
    return tied, unknown, tuple(records)


def _strategic_convention(criteria: int, years: float, through: Through) -> str:
    return (
        f"{criteria} or more of: memorandum or more; intensity 3 or more; a duration of {years:g} "
        f"or more years; 2 or more kinds; shared resources; {TIED[through]}; the bounds take what "
        "is unknown for no and for yes"
    )


@jmdi.metric(
    "scaling:strategic-partnerships",
    "Strategic partnership share",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of tied pairs",
    citation=f"{PROJECT}, after Frey et al. 2006 and Provan & Sebastian 1998",
    convention=_strategic_convention,
    count="jmdi_scaling.facts.picks:of_named",
)
def strategic_partnerships(
    dataset: Dataset,
    *,
    initiative: Ids | None = None,
    territory: Ids | None = None,
    criteria: Annotated[int, Within(1, 5)] = 3,
    years: Years = 1.0,
    through: Through = "ties+partnerships",
    civil_society: Ids | None = None,
    local_government: Ids | None = None,
    as_of: Day | None = None,
    window: Window | None = None,
) -> Result:
    """Share of the ties of civil society and local government that meet enough criteria of five.

    The criteria: formality of a memorandum of understanding or more; intensity 3
    (coordination) or more; a duration of ``years``; two or more kinds of tie; shared resources.
    An open period counts up to the day, or to the end of the window; without either, its
    length is unknown. A tie is known when as many criteria as are needed are known, or the
    rest cannot change the outcome. ``values`` gives, for each tie, the state of each criterion,
    and ``notes["missing"]`` the facts that leave some of them open.

    Args:
        dataset: The records.
        initiative: Only actors that take part in these initiatives.
        territory: Only actors of this territory and those within it.
        criteria: How many of the five criteria must be met.
        years: How long a tie must last.
        through: What ties actors.
        civil_society: Actor types that count as civil society; the core's set if not given.
        local_government: Actor types that count as local government; local authorities if not
            given.
        as_of: The day that it is computed for.
        window: The window of days that it is computed for.
    """
    at = when(as_of, window)
    actors = population(dataset, at, initiative, territory)
    x, y, untyped, notes = sides_of(dataset, actors, civil_society, local_government)
    pairs = pairs_of(dataset, at, through)
    tied, unseen, records = _tied(pairs, x, y)
    certain = set(tied)
    joint = _joint_givers(dataset, at)
    states: dict[str, bool | None] = {}
    detail: dict[str, Any] = {}
    unknown: list[tuple[str, str]] = []
    sure, possible, idle = 0, 0, 0
    for pair in sorted([*tied, *unseen]):
        facts = [record for record, there in pairs[pair] if there]
        every = [record for record, there in pairs[pair] if there is not False]
        both = bool(joint.get(pair[0], set()) & joint.get(pair[1], set()))
        least = _criteria(facts, years, both, at)
        most = least if every == facts else _criteria(every, years, both, at)
        # what a fact adds of which nobody knows whether it holds is not known either
        found = {k: s if s or s == most[k] else None for k, s in least.items()}
        met = sum(state is True for state in found.values())
        known = sum(state is not None for state in found.values())
        reachable = met + 5 - known >= criteria
        there = pair in certain
        sure += there and met >= criteria
        possible += reachable
        idle += not there and not reachable
        name = f"{pair[0]} – {pair[1]}"
        detail[name] = {**found, "met": met}
        settled = there and (known >= criteria or not reachable)
        states[name] = (met >= criteria) if settled else None
        if reachable and not (there and met >= criteria):
            unknown += _unknown_of(pairs[pair], found, years, at)
    touching = _touching(pairs, untyped, x | y | untyped)
    perhaps = len(touching)
    unknown += [(name, "type") for name in sorted(untyped)] if perhaps else []
    unknown += [fact for pair in touching for fact in unsure_of(pairs[pair])]
    notes["missing"] = missing(unknown)
    basis: dict[str, Any] = {"contributing": records, "notes": notes, **at.members()}
    if not states:
        why = "no tie of civil society and local government is on record"
        return undefined("no_ties", why, n_used=0, n_eligible=0, of="ties", **basis)
    result = share(
        states,
        "ties",
        open_=f"no such tie has {criteria} known criteria",
        or_undefined=None if tied else "no_ties",
        ends=(
            sure / (len(states) + perhaps),
            (possible + perhaps) / max(len(states) + perhaps - idle, 1),
        ),
        values=detail,
        **basis,
    )
    return bounded_by(result, outsiders(dataset, at, initiative, territory), (0, 1))


def _unknown_of(
    facts: Sequence[tuple[Record, bool | None]],
    found: Mapping[str, bool | None],
    years: float,
    at: When,
) -> Iterator[tuple[str, str]]:
    """The facts of the records of a pair that could say whether it is tied, and how.

    Args:
        facts: The records, and whether each ties the pair.
        found: The state of each criterion.
        years: How long a tie must last.
        at: The day or window.
    """
    yield from unsure_of(facts)
    for record, there in facts:
        if not isinstance(record, (Tie, Partnership)) or there is False:
            continue
        kinds = ("type", record.type) if isinstance(record, Tie) else ("kinds", record.kinds)
        resources = isinstance(record, Tie) or bool(record.shared_resources)
        for criterion, name, known in (
            ("formality", "formality", _formality(record) is not None),
            ("intensity", "intensity", record.intensity is not None),
            ("duration", "period", _lasts(record.period, years, at.last) is not None),
            ("multiplexity", kinds[0], bool(kinds[1])),
            ("resources", "shared_resources", resources),
        ):
            if found[criterion] is None and not known:
                yield record.id, name


def _criteria(
    facts: Sequence[Record], years: float, joint: bool, at: When
) -> dict[str, bool | None]:
    """The five criteria of one pair, over all records that tie it."""
    ties = [r for r in facts if isinstance(r, (Tie, Partnership))]
    kinds: set[str] = set()
    for record in ties:
        codes = record.kinds if isinstance(record, Partnership) else (record.type,)
        kinds.update(code.code for code in codes if code is not None)
    kindless = any((r.type is None) if isinstance(r, Tie) else not r.kinds for r in ties)
    shared = any(isinstance(r, Partnership) and r.shared_resources for r in ties)
    return {
        "formality": any_of(_at_least(_formality(r), 2) for r in ties),
        "intensity": any_of(_at_least(r.intensity, 3) for r in ties),
        "duration": any_of(_lasts(r.period, years, at.last) for r in ties),
        "multiplexity": True if len(kinds) >= 2 else (None if kindless else False),
        "resources": True if shared or joint else None,
    }


def _formality(record: Tie | Partnership) -> int | None:
    code = code_of(record.formality)
    return FORMALITY.index(code) if code in FORMALITY else None


def _at_least(value: int | None, least: int) -> bool | None:
    return None if value is None else value >= least


def _lasts(period: Period | None, years: float, last: datetime.date | None) -> bool | None:
    """Whether a period is that long; an open one counts up to the last day, if there is one."""
    parsed = None if period is None else period.parsed()
    if period is None or parsed is None or period.start is None:
        return None
    end = last if period.end is None and parsed.end_state == "open" else period.end
    if end is None:
        return None
    long = ((end - period.start).days + 1) >= years * YEAR - 1
    return True if long else (None if period.end is None else False)


def _joint_givers(dataset: Dataset, at: When) -> dict[str, set[str]]:
    """What each actor contributes to."""
    found: dict[str, set[str]] = {}
    for gift in dataset.of(Contributes):
        if at.holds(gift.period) is False:
            continue
        found.setdefault(gift.source, set()).add(gift.target)
    return found
