"""How much of each layer of knowledge is made into the next one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import jmdi
from jmdi.errors import BadParameter
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import missing, share
from jmdi.metrics.types import Ids
from jmdi.model.kinds import KnowledgeProduct, Practice
from jmdi.model.relations import Derives
from jmdi_knowledge.facts.applies import has_items
from jmdi_knowledge.facts.items import pieces
from jmdi_knowledge.facts.lists import Fact, incomplete_origins

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["conversion"]


def _convention(layers: Ids) -> str:
    names = [layers] if isinstance(layers, str) else list(layers)
    return f"layers {' → '.join(names)}; what skips a layer does not count for the one it skips"


@jmdi.metric(
    "knowledge:conversion",
    "Knowledge conversion",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="product of shares",
    citation="Rowley 2007, Journal of Information Science 33:163 (contested: Frické 2019, "
    "ISKO Encyclopedia of Knowledge Organization)",
    convention=_convention,
    accepts=has_items,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def conversion(
    dataset: Dataset,
    *,
    layers: Ids = ("item", "practice", "product"),
    closed_world: bool = False,
) -> Result:
    """The product of c_l = #{x in l with an edge to l + 1} / #l over the layers.

    ``values`` gives each step; ``notes`` counts derivations that skip a layer, that lead down or
    within a layer, and elements that reach a higher layer only by skipping. Undefined when a layer
    is empty.

    Args:
        dataset: The records.
        layers: The layers from the lowest: a kind (item, practice, product), or a layer that
            products name in ``layer``.
        closed_world: Whether lists of origins are read as complete.
    """
    names = tuple(dict.fromkeys([layers] if isinstance(layers, str) else layers))
    if len(names) < 2:
        raise BadParameter("layers needs two layers or more, the lowest first")
    at = _layers(dataset, names)
    sizes = Counter(at.values())
    steps = _steps(dataset, at)
    notes: dict[str, Any] = _odd(steps, at)
    unnamed = [p.id for p in dataset.of(KnowledgeProduct) if p.layer is None and p.id not in at]
    basis: dict[str, Any] = {
        "n_used": len(at),
        "n_eligible": len(at) + len(unnamed),
        "of": "elements",
        "no_bounds": "some products do not say which layer they are of" if unnamed else "",
    }
    if empty := [name for k, name in enumerate(names) if not sizes[k]]:
        why = f"there is nothing in the layer {', '.join(empty)}"
        return undefined("zero_denominator", why, notes=notes, **basis)
    found: dict[str, Result] = {}
    facts: list[Fact] = []
    for k, (low, high) in enumerate(pairwise(names)):
        above = [id for id, layer in at.items() if layer == k + 1]
        open_ = [] if closed_world else incomplete_origins(dataset, above)
        step = _step(at, steps, k, low, closed=not open_)
        found[f"{low} → {high}"] = step
        facts += open_ if step.lower != step.upper else []
    values = {name: {"share": step.value, "of": step.n_eligible} for name, step in found.items()}
    known = [step.value for step in found.values() if step.value is not None]
    lower = math.prod(float(step.lower or 0) for step in found.values())
    upper = math.prod(float(step.upper or 0) for step in found.values())
    value = math.prod(map(float, known)) if len(known) == len(found) else None
    if value is None and lower == upper:
        value = lower
    return Result(
        value=value,
        why="" if value is not None else "not all lists of origins are complete",
        values=values,
        bounds={name: {"share": (step.lower, step.upper)} for name, step in found.items()},
        lower=lower,
        upper=upper,
        notes={**notes, "missing": missing(sorted(facts))},
        **basis,
    )


def _layers(dataset: Dataset, names: Sequence[str]) -> dict[str, int]:
    """The layer of each element that is in one."""
    place = {name: k for k, name in enumerate(names)}
    found = {}
    elements = (*pieces(dataset), *dataset.of(Practice), *dataset.of(KnowledgeProduct))
    for record in elements:
        own = record.layer if isinstance(record, KnowledgeProduct) else None
        name = own.code if own is not None and own.code in place else record.kind
        if name in place:
            found[record.id] = place[name]
    return found


def _steps(dataset: Dataset, at: dict[str, int]) -> set[tuple[str, str]]:
    """The derivations between elements: what something was made from, and what was made."""
    return {(d.target, d.source) for d in dataset.of(Derives) if d.target in at and d.source in at}


def _step(
    at: dict[str, int], steps: set[tuple[str, str]], k: int, name: str, *, closed: bool
) -> Result:
    """The share of a layer that is made into the next one; the rest may be where lists are open."""
    up = {low for low, high in steps if at[low] == k and at[high] == k + 1}
    otherwise = False if closed else None
    states = {id: True if id in up else otherwise for id, layer in at.items() if layer == k}
    return share(states, name, open_="open", complete=None if closed else ())


def _odd(steps: set[tuple[str, str]], at: dict[str, int]) -> dict[str, int]:
    """How many derivations do not lead one layer up, and how many elements only skip."""
    rise = {step: at[step[1]] - at[step[0]] for step in steps}
    up = {low for (low, _), by in rise.items() if by == 1}
    return {
        "skipping": sum(by > 1 for by in rise.values()),
        "downward": sum(by < 0 for by in rise.values()),
        "within_a_layer": sum(by == 0 for by in rise.values()),
        "elements_that_only_skip": len({low for (low, _), by in rise.items() if by > 1} - up),
    }
