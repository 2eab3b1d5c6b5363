"""Pillar 4: whom products reached."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import missing, share
from jmdi.metrics.types import Ids
from jmdi.model.kinds import Actor, KnowledgeProduct
from jmdi.model.relations import Disseminated
from jmdi_knowledge.facts.applies import has_products
from jmdi_knowledge.facts.lists import Fact, incomplete_products
from jmdi_knowledge.metrics.connecting import GUIDE

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["dissemination_equity", "dissemination_reach", "people_reached", "recipient_matrix"]

OPEN = "not all products say that their recipients are all on record"


def _products(dataset: Dataset, product: Ids | None) -> list[str]:
    if product is None:
        return sorted(dataset.of(KnowledgeProduct).ids())
    names = [product] if isinstance(product, str) else list(product)
    return [dataset.get(name, KnowledgeProduct).id for name in dict.fromkeys(names)]


def _targets(dataset: Dataset, target: Ids | None) -> dict[str, Actor]:
    if target is None:
        return {actor.id: actor for actor in dataset.of(Actor)}
    names = [target] if isinstance(target, str) else list(target)
    return {name: dataset.get(name, Actor) for name in names}


def _recipients(dataset: Dataset, products: list[str]) -> set[str]:
    return {sent.target for product in products for sent in dataset.out(product, Disseminated)}


def _open(dataset: Dataset, products: list[str], closed_world: bool) -> list[Fact]:
    return [] if closed_world else incomplete_products(dataset, "recipients_complete", products)


@jmdi.metric(
    "knowledge:dissemination-reach",
    "Dissemination reach",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of actors",
    citation=GUIDE,
    convention="an actor is reached when a product is on record as disseminated to it; what went "
    "to its territory is not counted",
    accepts=has_products,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def dissemination_reach(
    dataset: Dataset,
    *,
    product: Ids | None = None,
    target: Ids | None = None,
    closed_world: bool = False,
) -> Result:
    """Target actors that received at least one product over all target actors: pillar 4.

    Args:
        dataset: The records.
        product: Only these products.
        target: The actors that were to be reached; all on record if not given.
        closed_world: Whether lists of recipients are read as complete.
    """
    products, targets = _products(dataset, product), _targets(dataset, target)
    if not products:
        return undefined("zero_denominator", "there is no product", of="actors")
    open_ = _open(dataset, products, closed_world)
    reached = _recipients(dataset, products)
    states = {id: True if id in reached else (None if open_ else False) for id in targets}
    return share(
        states,
        "actors",
        open_=OPEN,
        empty=("zero_denominator", "there is no target actor"),
        complete=() if open_ else None,
        contributing=tuple(sorted(id for id, state in states.items() if state)),
        notes={"products": len(products), "missing": missing(open_)},
    )


@jmdi.metric(
    "knowledge:dissemination-equity",
    "Equity of dissemination",
    on="dataset",
    range=(0, 1),
    polarity="lower",
    value_is="dissimilarity",
    citation=f"Duncan & Duncan 1955, American Sociological Review 20:210; {GUIDE}",
    convention="half the sum of differences between the shares of actor types among those reached "
    "and among all targets",
    accepts=has_products,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def dissemination_equity(
    dataset: Dataset,
    *,
    product: Ids | None = None,
    target: Ids | None = None,
    closed_world: bool = False,
) -> Result:
    """D = ½ Σ |r_t / R − n_t / N| over actor types: 0 when all types are reached alike: pillar 4.

    ``values`` counts targets and those reached by type. Actors without a type are left out; with
    one there, or with lists of recipients that are not complete, D may be anything.

    Args:
        dataset: The records.
        product: Only these products.
        target: The actors that were to be reached; all on record if not given.
        closed_world: Whether lists of recipients are read as complete.
    """
    products, targets = _products(dataset, product), _targets(dataset, target)
    open_ = _open(dataset, products, closed_world)
    reached = _recipients(dataset, products)
    types = {id: actor.type.code for id, actor in targets.items() if actor.type is not None}
    all_, got = Counter(types.values()), Counter(t for id, t in types.items() if id in reached)
    n, r = len(types), sum(got.values())
    untyped = sorted(targets.keys() - types.keys())
    facts = [*open_, *((id, "type") for id in untyped)]
    basis: dict[str, Any] = {
        "n_used": n,
        "n_eligible": len(targets),
        "of": "actors",
        "notes": {"reached": r, "missing": missing(facts)},
    }
    if not n or not r:
        what = (
            "no target actor has a type" if not n else "no actor of a type is on record as reached"
        )
        return undefined("missing_input" if untyped or open_ else "zero_denominator", what, **basis)
    values = {t: {"targets": all_[t], "reached": got[t]} for t in sorted(all_)}
    found = sum(abs(got[t] / r - all_[t] / n) for t in sorted(all_)) / 2
    if open_:
        return Result(why=OPEN, values=values, lower=0.0, upper=1.0, **basis)
    if untyped:
        return Result(value=found, values=values, lower=0.0, upper=1.0, **basis)
    return Result(value=found, values=values, **basis)


@jmdi.metric(
    "knowledge:people-reached",
    "People reached",
    on="dataset",
    range=(0, None),
    polarity="higher",
    value_is="count of people",
    citation=GUIDE,
    convention="the sum of what disseminations state; one person may be counted several times, and "
    "downloads are not people",
    accepts=has_products,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def people_reached(
    dataset: Dataset, *, product: Ids | None = None, closed_world: bool = False
) -> Result:
    """How many people disseminations reached, as they state it: pillar 4.

    One that states no number, or a negative one, may have reached any: then there is only a lowest
    number.

    Args:
        dataset: The records.
        product: Only these products.
        closed_world: Whether lists of recipients are read as complete.
    """
    products = _products(dataset, product)
    open_ = _open(dataset, products, closed_world)
    sent = [relation for name in products for relation in dataset.out(name, Disseminated)]
    known = [one.reach for one in sent if one.reach is not None and one.reach >= 0]
    silent = sorted(one.id for one in sent if one.reach is None or one.reach < 0)
    basis: dict[str, Any] = {
        "n_used": len(known),
        "n_eligible": len(sent),
        "of": "disseminations",
        "notes": {"missing": missing([*open_, *((id, "reach") for id in silent)])},
    }
    if not products:
        return undefined("zero_denominator", "there is no product", **basis)
    total = sum(known)
    if open_ or silent:
        why = OPEN if open_ else f"disseminations that state no number of people: {len(silent)}"
        return Result(why=why, lower=total, **basis)
    return Result(value=total, **basis)


@jmdi.metric(
    "knowledge:recipient-matrix",
    "Recipient matrix",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of cells with a recipient",
    citation=GUIDE,
    convention="actor type × product, of the types of actors on record",
    accepts=has_products,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def recipient_matrix(
    dataset: Dataset, *, product: Ids | None = None, closed_world: bool = False
) -> Result:
    """Cells with a recipient over all cells of actor types and products: pillar 4.

    ``values`` counts the recipients of each cell. The value is over products whose recipients are
    all on record; recipients without a type make the bounds.

    Args:
        dataset: The records.
        product: Only these products.
        closed_world: Whether lists of recipients are read as complete.
    """
    products = _products(dataset, product)
    open_ = _open(dataset, products, closed_world)
    unlisted = {id for id, _ in open_}
    types = sorted({a.type.code for a in dataset.of(Actor) if a.type is not None})
    cells = {(kind, name): 0 for kind in types for name in products}
    untyped: set[str] = set()
    loose: Counter[str] = Counter()
    for name in products:
        for id in sorted(_recipients(dataset, [name])):
            actor = dataset.find(id, Actor)
            if actor is not None and actor.type is not None:
                cells[actor.type.code, name] += 1
            elif actor is not None:
                untyped.add(id)
                loose[name] += 1
    filled = Counter(name for (_, name), number in cells.items() if number)
    n, k = len(cells), len(types)
    listed = [name for name in products if name not in unlisted]
    basis: dict[str, Any] = {
        "n_used": k * len(listed),
        "n_eligible": n,
        "of": "cells",
        "notes": {"missing": missing([*open_, *((id, "type") for id in sorted(untyped))])},
    }
    if not n:
        what = "product" if not products else "actor with a type"
        reason = "missing_input" if products and dataset.of(Actor) else "zero_denominator"
        return undefined(reason, f"there is no {what}", **basis)
    most = [k if name in unlisted else min(k, filled[name] + loose[name]) for name in products]
    lower, upper = sum(filled.values()) / n, sum(most) / n
    here = sum(filled[name] for name in listed) / (k * len(listed)) if listed else None
    value = here if here is not None and lower <= here <= upper else None
    values = {f"{kind} – {name}": number for (kind, name), number in sorted(cells.items())}
    why = "" if value is not None else OPEN
    return Result(value=value, why=why, values=values, lower=lower, upper=upper, **basis)
