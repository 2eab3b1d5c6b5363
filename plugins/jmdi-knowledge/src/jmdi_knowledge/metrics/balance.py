"""How the pillars balance, and whether the first one spans the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import missing, share
from jmdi.model.kinds import Action, Actor, KnowledgeItem, KnowledgeProduct, Practice
from jmdi.model.relations import Contributes, Derives, Disseminated, Participates
from jmdi.model.wellknown import PILLARS
from jmdi_knowledge.facts.evenness import evenness, evenness_if_each_of_any
from jmdi_knowledge.facts.items import pieces

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["overarching_coverage", "pillar_balance"]

Element: TypeAlias = Action | KnowledgeItem | Practice | KnowledgeProduct
Kind: TypeAlias = Literal["all", "action", "item", "practice", "product"]

KINDS: dict[str, type[Element]] = {
    "action": Action,
    "item": KnowledgeItem,
    "practice": Practice,
    "product": KnowledgeProduct,
}

NAMES = tuple(pillar.id for pillar in PILLARS)
FIRST, OTHERS = NAMES[0], frozenset(NAMES[1:])


def _elements(dataset: Dataset, kind: Kind) -> Iterator[Element]:
    for name, cls in KINDS.items():
        if kind in ("all", name):
            yield from pieces(dataset) if cls is KnowledgeItem else dataset.of(cls)


@jmdi.metric(
    "knowledge:pillar-balance",
    "Balance of the pillars",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="Pielou's evenness",
    citation="Pielou 1966, Journal of Theoretical Biology 13:131",
    convention=lambda kind: (
        f"H / ln 5 over {'all kinds' if kind == 'all' else f'each {kind}'}; "
        "an element counts in each pillar that it serves"
    ),
    count="jmdi_knowledge.facts.picks:looked_at",
)
def pillar_balance(dataset: Dataset, *, kind: Kind = "all") -> Result:
    """J′ = H / ln 5 of actions, items, practices and products by pillar; 0 if one pillar has all.

    Those that name no pillar may serve any number of them, which makes the bounds.

    Args:
        dataset: The records.
        kind: Which elements are counted.
    """
    counts: Counter[str] = Counter(dict.fromkeys(NAMES, 0))
    silent, used = [], 0
    for element in _elements(dataset, kind):
        served = [pillar for pillar in dict.fromkeys(element.pillars) if pillar in counts]
        used += bool(served)
        counts.update(served)
        if not element.pillars:
            silent.append(element.id)
    basis: dict[str, Any] = {
        "n_used": used,
        "n_eligible": used + len(silent),
        "of": "elements",
        "notes": {"missing": missing((id, "pillars") for id in sorted(silent))},
    }
    if not used:
        reason = "missing_input" if silent else "zero_denominator"
        return undefined(reason, "nothing says which pillar it serves", **basis)
    numbers = [counts[name] for name in NAMES]
    lower, upper = evenness_if_each_of_any(numbers, len(silent))
    return Result(value=evenness(numbers), values=dict(counts), lower=lower, upper=upper, **basis)


@jmdi.metric(
    "knowledge:overarching-coverage",
    "Overarching coverage",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of elements",
    citation="Operationalisation by the JMDI Toolkit project, of the pillar that overarches",
    convention="linked: it serves the first pillar too, derives from or into something that does, "
    "or shares an actor with it as participant, contributor or recipient",
    count="jmdi_knowledge.facts.picks:of_elements",
)
def overarching_coverage(dataset: Dataset, *, closed_world: bool = False) -> Result:
    """Elements of pillars 2 to 5 that are linked to one of pillar 1 over all of them.

    Nothing says whether all links are on record: without ``closed_world`` an element without a
    link may have one. Elements that name no pillar may be of any, and make the bounds too.

    Args:
        dataset: The records.
        closed_world: Whether the links on record are read as all that there are.
    """
    elements = {element.id: element for element in _elements(dataset, "all")}
    hubs = {id for id, element in elements.items() if FIRST in element.pillars}
    silent = {id for id, element in elements.items() if not element.pillars}
    linked, may_be = (_linked_to(dataset, ids) for ids in (hubs, silent))
    states = {
        id: True if linked(id) else (False if closed_world and not may_be(id) else None)
        for id, element in elements.items()
        if OTHERS.intersection(element.pillars)
    }
    sure, n, k = sum(state is True for state in states.values()), len(states), len(silent)
    basis: dict[str, Any] = {
        "contributing": tuple(sorted(id for id, state in states.items() if state)),
        "notes": {
            "elements_without_pillar": k,
            "missing": missing((id, "pillars") for id in sorted(silent)),
        },
    }
    if not n:
        what = "nothing serves one of the pillars 2 to 5"
        return undefined("missing_input" if silent else "zero_denominator", what, n_used=0, **basis)
    possible = sum(state is not False for state in states.values())
    return share(
        states,
        "elements",
        open_="nothing says that all links are on record",
        complete=None if closed_world else (),
        ends=(sure / (n + k), (possible + k) / (n + k)),
        **basis,
    )


def _linked_to(dataset: Dataset, ids: set[str]) -> Callable[[str], bool]:
    """Whether an element is one of some, derives from or into one, or shares an actor with it."""
    met = {actor for id in ids for actor in _actors(dataset, id)}
    return lambda id: id in ids or bool(met & _actors(dataset, id)) or bool(ids & _kin(dataset, id))


def _actors(dataset: Dataset, id: str) -> set[str]:
    """The actors that take part in an element, contribute to it, or received it."""
    return {
        *(relation.source for relation in dataset.in_(id, Participates)),
        *(relation.source for relation in dataset.in_(id, Contributes)),
        *(
            relation.target
            for relation in dataset.out(id, Disseminated)
            if dataset.find(relation.target, Actor) is not None
        ),
    }


def _kin(dataset: Dataset, id: str) -> set[str]:
    """What an element derives from, and what derives from it."""
    return {
        *(relation.target for relation in dataset.out(id, Derives)),
        *(relation.source for relation in dataset.in_(id, Derives)),
    }
