"""Pillar 1: ties across countries and territories.

The share of actors in the largest component is ``largest_share`` of the core's ``components``.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import jmdi
from jmdi.graph.pairs import state_of
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import missing
from jmdi.model.edtf import parse_or_none
from jmdi.model.kinds import Actor
from jmdi.model.relations import Tie

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["international_ties", "new_cross_territory_ties"]

GUIDE = "Ohkubo, Sullivan & Harlan 2013, Guide to M&E of knowledge management in global health"


def _pairs(dataset: Dataset) -> dict[tuple[str, str], list[Tie]]:
    """The pairs of actors that are tied, or may be, with their ties."""
    found: dict[tuple[str, str], list[Tie]] = {}
    for tie in dataset.of(Tie):
        if tie.source != tie.target:
            pair = (min(tie.source, tie.target), max(tie.source, tie.target))
            found.setdefault(pair, []).append(tie)
    states = {pair: {state_of(tie) for tie in ties} for pair, ties in found.items()}
    return {pair: found[pair] for pair, said in states.items() if said != {"absent"}}


def _actor(dataset: Dataset, id: str, member: str) -> str | None:
    actor = dataset.find(id, Actor)
    value = None if actor is None else getattr(actor, member)
    return value if isinstance(value, str) else None


@jmdi.metric(
    "knowledge:international-ties",
    "International tie share",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of tied pairs",
    citation=GUIDE,
    convention="a pair counts once, however many ties it has; over pairs that are known to be tied "
    "and whose countries are known",
    count="jmdi_knowledge.facts.picks:looked_at",
)
def international_ties(dataset: Dataset) -> Result:
    """Tied pairs of actors of two countries over all tied pairs: pillar 1.

    Where each pair has one tie it is (1 + E-I index) / 2 of the groups by country. Actors
    without a country, and pairs that nobody observed, make the bounds.

    Args:
        dataset: The records.
    """
    across: Counter[tuple[bool, bool | None]] = Counter()
    open_: list[tuple[str, str]] = []
    for (one, other), ties in _pairs(dataset).items():
        here, there = (_actor(dataset, id, "country") for id in (one, other))
        sure = any(state_of(tie) == "present" for tie in ties)
        abroad = None if here is None or there is None else here != there
        across[sure, abroad] += 1
        open_ += [(id, "country") for id, c in ((one, here), (other, there)) if c is None]
    n = sum(across.values())
    known = across[True, True] + across[True, False]
    certain = known + across[True, None]
    basis: dict[str, Any] = {
        "n_used": known,
        "n_eligible": n,
        "of": "tied pairs",
        "notes": {
            "pairs_without_country": across[True, None] + across[False, None],
            "pairs_not_observed": n - certain,
            "missing": missing(sorted(open_)),
        },
    }
    if not n:
        return undefined("no_ties", "no two actors are tied", **basis)
    top = certain + across[False, True] + across[False, None]
    low = certain + across[False, False] + across[False, None]
    yes = across[True, True]
    return Result(
        value=yes / known if known else None,
        why="" if known else "no tied pair has two known countries",
        lower=yes / low if low else 0.0,
        upper=(top - across[True, False]) / top if top else 1.0,
        or_undefined=None if certain else "no_ties",
        **basis,
    )


@jmdi.metric(
    "knowledge:new-cross-territory-ties",
    "New cross-territory ties",
    on="dataset",
    range=(0, None),
    polarity="higher",
    value_is="count of pairs",
    citation=GUIDE,
    convention="a pair is new in the year in which its first tie began",
    count="jmdi_knowledge.facts.picks:looked_at",
)
def new_cross_territory_ties(dataset: Dataset) -> Result:
    """How many pairs of actors of two territories became tied, and in which year: pillar 1.

    ``values`` counts them by the year in which the first tie of the pair began; one that is not
    dated to a year may belong to any year, and is in the bounds of each. Actors without a
    territory and pairs that nobody observed make the bounds.

    Args:
        dataset: The records.
    """
    by_year: Counter[str] = Counter()
    undated = doubtful = used = 0
    pairs = _pairs(dataset)
    for (one, other), ties in pairs.items():
        here, there = (_actor(dataset, id, "territory") for id in (one, other))
        if here is not None and here == there:
            used += 1
            continue
        if here is None or there is None or all(state_of(tie) != "present" for tie in ties):
            doubtful += 1
            continue
        used += 1
        year = _first_year(ties)
        if year is None:
            undated += 1
        else:
            by_year[year] += 1
    value = sum(by_year.values()) + undated
    basis: dict[str, Any] = {
        "n_used": used,
        "n_eligible": len(pairs),
        "of": "tied pairs",
        "notes": {"undated": undated, "doubtful": doubtful},
    }
    if not pairs:
        return undefined("no_ties", "no two actors are tied", **basis)
    more = undated + doubtful
    years = sorted(by_year)
    return Result(
        value=value if used else None,
        why="" if used else "no tied pair has two known territories",
        values=dict(sorted(by_year.items())),
        lower=value,
        upper=value + doubtful,
        bounds={year: (by_year[year], by_year[year] + more) for year in years} if more else {},
        **basis,
    )


def _first_year(ties: list[Tie]) -> str | None:
    """The year in which the first of some ties began; ``None`` if one may have begun before."""
    here = [_year(tie) for tie in ties if state_of(tie) == "present"]
    perhaps = [_year(tie) for tie in ties if state_of(tie) == "unobserved"]
    if None in here or None in perhaps:
        return None
    first = min(filter(None, here), default=None)
    return first if first == min(filter(None, [*here, *perhaps]), default=None) else None


def _year(tie: Tie) -> str | None:
    """The year in which a tie began; ``None`` if it is not known."""
    text = "" if tie.period is None or tie.period.edtf is None else tie.period.edtf
    begin = parse_or_none(text.partition("/")[0])
    first, last = (None, None) if begin is None else (begin.lower(), begin.upper())
    return f"{first.year:04}" if first and last and first.year == last.year else None
