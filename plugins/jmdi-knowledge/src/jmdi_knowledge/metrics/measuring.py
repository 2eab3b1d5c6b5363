"""Pillar 5: what is measured, and what is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jmdi
from jmdi.metrics.result import Result, undefined
from jmdi.metrics.shares import missing, share
from jmdi.model.kinds import Action, KnowledgeItem, KnowledgeProduct, Observation
from jmdi.model.relations import Derives, Disseminated
from jmdi_knowledge.facts.applies import has_actions, has_observations, has_products
from jmdi_knowledge.metrics.connecting import GUIDE
from jmdi_knowledge.trails.walks import reached

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["loop_closure", "measured_actions", "use_rate"]

ROLES = ("baseline", "target", "actual")


@jmdi.metric(
    "knowledge:measured-actions",
    "Measured actions",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of actions",
    citation=GUIDE,
    convention="an action is measured when one indicator has a baseline, a target and an actual "
    "value for it",
    accepts=has_actions,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def measured_actions(dataset: Dataset, *, closed_world: bool = False) -> Result:
    """Actions with a baseline, a target and an actual value over all actions: pillar 5.

    Nothing says whether all observations of an action are on record: without ``closed_world`` an
    action without them may be measured. An observation that has no value, or no role, may be any.

    Args:
        dataset: The records.
        closed_world: Whether the observations on record are read as all that there are.
    """
    said: dict[str, dict[str | None, dict[str, bool]]] = {}
    unsaid = {seen.of for seen in dataset.of(Observation) if seen.role is None}
    for seen in dataset.of(Observation):
        if seen.of is not None and seen.role is not None and seen.role.code in ROLES:
            known = seen.value is not None or bool(seen.text)
            roles = said.setdefault(seen.of, {}).setdefault(seen.indicator, {})
            roles[seen.role.code] = roles.get(seen.role.code, False) or known
    states: dict[str, bool | None] = {}
    for action in dataset.of(Action):
        by_indicator = said.get(action.id, {})
        whole = [roles for roles in by_indicator.values() if len(roles) == len(ROLES)]
        states[action.id] = any(all(roles.values()) for roles in whole)
        if not states[action.id] and (whole or action.id in unsaid or not closed_world):
            states[action.id] = None
    return share(
        states,
        "actions",
        open_="nothing says that all observations are on record",
        empty=("zero_denominator", "there is no action"),
        complete=None if closed_world else (),
        contributing=tuple(sorted(id for id, state in states.items() if state)),
    )


@jmdi.metric(
    "knowledge:use-rate",
    "Use rate",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of products",
    citation=GUIDE,
    convention="a use is documented when a dissemination states it; a download is no use",
    accepts=has_products,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def use_rate(dataset: Dataset, *, closed_world: bool = False) -> Result:
    """Products with a documented use over products that were disseminated: pillar 5.

    A use that nobody documented is not known. A product that is not on record as disseminated may
    have been, unless it says that its recipients are all on record.

    Args:
        dataset: The records.
        closed_world: Whether lists of recipients are read as complete, and what is documented as
            all uses.
    """
    used, silent, perhaps, facts = 0, 0, 0, []
    contributing = []
    for product in dataset.of(KnowledgeProduct):
        sent = dataset.out(product.id, Disseminated)
        if any(relation.use for relation in sent):
            used += 1
            contributing.append(product.id)
        elif sent:
            silent += 1
            facts += [(relation.id, "use") for relation in sent]
        elif not closed_world and product.recipients_complete is not True:
            perhaps += 1
            facts.append((product.id, "recipients_complete"))
    n = used + silent
    basis: dict[str, Any] = {
        "n_used": n if closed_world else 0,
        "n_eligible": n + perhaps,
        "of": "products",
        "contributing": tuple(sorted(contributing)),
        "notes": {"disseminated": n, "missing": missing([] if closed_world else sorted(facts))},
    }
    if not n + perhaps:
        return undefined("zero_denominator", "no product is on record as disseminated", **basis)
    if closed_world:
        return Result(value=used / n, **basis)
    lower, upper = used / (n + perhaps), 1.0
    none = None if n else "zero_denominator"
    if lower == upper:
        return Result(value=1.0, lower=lower, upper=upper, or_undefined=none, **basis)
    why = "a use that nobody documented is not known"
    return Result(why=why, lower=lower, upper=upper, or_undefined=none, **basis)


@jmdi.metric(
    "knowledge:loop-closure",
    "Loop closure",
    on="dataset",
    range=(0, 1),
    polarity="higher",
    value_is="share of findings",
    citation=GUIDE,
    convention="a finding is an observation on record of what happened; it leads on when an item "
    "or action derives from it, directly or through practices and products",
    accepts=has_observations,
    count="jmdi_knowledge.facts.picks:looked_at",
)
def loop_closure(dataset: Dataset, *, closed_world: bool = False) -> Result:
    """Findings that led to a new item or action over all findings: pillar 5.

    Nothing says whether all that followed from a finding is on record: without ``closed_world``
    one that led to nothing on record may have led to something.

    Args:
        dataset: The records.
        closed_world: Whether what is on record is read as all that followed.
    """
    states: dict[str, bool | None] = {}
    unsaid = []
    for seen in dataset.of(Observation):
        if seen.role is not None and seen.role.code != "actual":
            continue
        if seen.role is None or not (seen.text or seen.value is not None):
            unsaid.append((seen.id, "role" if seen.role is None else "value"))
        else:
            states[seen.id] = _led_on(dataset, seen.id) or (False if closed_world else None)
    n, perhaps = len(states), len(unsaid)
    basis: dict[str, Any] = {"notes": {"missing": missing(sorted(unsaid))}}
    if not n:
        reason = "missing_input" if perhaps else "zero_denominator"
        return undefined(reason, "no observation says what happened", of="findings", **basis)
    sure = sum(state is True for state in states.values())
    possible = sum(state is not False for state in states.values())
    return share(
        states,
        "findings",
        open_="nothing says that all that followed is on record",
        complete=None if closed_world else (),
        ends=(sure / (n + perhaps), (possible + perhaps) / (n + perhaps)),
        contributing=tuple(sorted(id for id, state in states.items() if state)),
        **basis,
    )


def _led_on(dataset: Dataset, id: str) -> bool:
    """Whether an item or action derives from something, however long the way."""
    above = reached(id, lambda at: (step.source for step in dataset.in_(at, Derives)))
    return any(dataset.find(one, Action) or dataset.find(one, KnowledgeItem) for one in above)
