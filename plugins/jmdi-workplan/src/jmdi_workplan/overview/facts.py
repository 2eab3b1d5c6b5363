"""Who acts, where, when and with what money, for each action of a dataset."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from jmdi import (
    Action,
    Contributes,
    Dataset,
    Money,
    Observation,
    Participates,
    Record,
    WorkPlan,
    pick,
)
from jmdi.words.placeholders import says_something
from jmdi_workplan.export.events import place_words

__all__ = ["Facts", "Planned", "facts_of"]

NOT_ACTING = frozenset({"target_audience", "author", "funding"})
SHARED, SOURCE = "shared", "funding-source"


@attrs.frozen(eq=False)
class Facts:
    """What the relations and observations of a dataset say of its actions, found once.

    Attributes:
        dataset: The dataset.
        parties: For each action or plan, the actors that take part and their roles.
        gifts: For each action, who gives what amount to it.
        seen: For each action, the observations of it or of its indicators.
    """

    dataset: Dataset
    parties: dict[str, list[tuple[str, str | None]]] = attrs.field(factory=dict)
    gifts: dict[str, list[tuple[str, Money]]] = attrs.field(factory=dict)
    seen: dict[str, list[Observation]] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        for part in self.dataset.of(Participates):
            role = part.role.code if part.role else None
            self.parties.setdefault(part.target, []).append((self.label(part.source), role))
        for gift in self.dataset.of(Contributes):
            if gift.amount is not None:
                named = (self.label(gift.source), gift.amount)
                self.gifts.setdefault(gift.target, []).append(named)
        for seen in self.dataset.of(Observation):
            of = seen.of or self._indicated(seen.indicator)
            if of is not None:
                self.seen.setdefault(of, []).append(seen)

    def label(self, identity: str) -> str:
        """The name of a record; its id if it is not there."""
        record = self.dataset.find(identity, Record)
        return record.label() if record is not None else identity

    def _indicated(self, indicator: str | None) -> str | None:
        record = self.dataset.find(indicator, Record) if indicator else None
        of = getattr(record, "of", None)
        return of if isinstance(of, str) else None


@attrs.frozen(eq=False)
class Planned:
    """One action, with the plan that it stands in.

    Attributes:
        action: The action.
        plan: Its plan, if it has one.
        facts: What the dataset says of its actions.
    """

    action: Action
    plan: WorkPlan | None
    facts: Facts

    @property
    def plan_name(self) -> str | None:
        """The name of the plan."""
        return self.plan.label() if self.plan else None

    def who(self) -> tuple[str, ...]:
        """Who carries the action out: those that take part in it, else the authors of the plan."""
        parties = self.facts.parties.get(self.action.id, ())
        acting = [name for name, role in parties if role not in NOT_ACTING]
        if not acting and self.plan is not None:
            acting = [self.facts.label(author) for author in self.plan.authors]
        return tuple(dict.fromkeys(acting))

    def where(self) -> tuple[str, ...]:
        """The territories of its places, else their words."""
        found = []
        for place in self.action.places:
            territory = place.territory
            known = territory and self.facts.dataset.find(territory, Record)
            words = place_words([place], self.facts.dataset)
            found += [self.facts.label(territory)] if territory and known else words
        return tuple(dict.fromkeys(found))

    def audience(self) -> tuple[str, ...]:
        """The groups that it addresses."""
        return tuple(dict.fromkeys(filter(None, (pick(a.who) for a in self.action.audience))))

    def year(self) -> str | None:
        """The year that it falls in, or the years that it runs over or may fall in."""
        period = self.action.timeline
        start, end = (period.start, period.end) if period else (None, None)
        if start is None and end is None:
            return None
        first, last = (str(day.year) if day else "…" for day in (start, end))
        return first if first == last else f"{first}–{last}"

    def money(self) -> Iterator[tuple[str | None, Money]]:
        """Its amounts and who gives each: a giver of that amount, else what stands beside it.

        An amount that is shared with an action above is not there: it is counted with that one.
        """
        gifts = self.facts.gifts.get(self.action.id, [])
        yield from gifts
        parties = self.facts.parties.get(self.action.id, ())
        funders = [*dict.fromkeys(name for name, role in parties if role == "funding")]
        stated = self._stated_sources() or funders
        for money in self.action.finance:
            if money.reason == SHARED or any(money == gift for _, gift in gifts):
                continue
            payer = money.extra.get("source")
            if isinstance(payer, str):
                yield payer, money
                continue
            beside = (money.note or "").split("; ")
            own = [source for source in stated if source in beside]
            yield "; ".join(own or stated) or None, money

    def shares(self) -> bool:
        """Whether an action above has an amount that is for this one too."""
        return any(money.reason == SHARED for money in self.action.finance)

    def _stated_sources(self) -> list[str]:
        """What stands in the column of the source, where amounts have a column too; not *N/A*."""
        number, cells = self.action.table, self.action.cells
        tables = self.plan.tables if self.plan else ()
        if number is None or not 0 < number <= len(tables):
            return []
        meanings = tables[number - 1].meanings
        if "finance" not in meanings or len(cells) != len(meanings):
            return []
        found = zip(meanings, cells, strict=True)
        lines = [line for what, cell in found if what == SOURCE for line in cell.split("\n")]
        return [*dict.fromkeys(line.strip() for line in lines if says_something(line))]

    def unknown(self) -> Iterator[tuple[str, str, str]]:
        """What is not known of it: of what, why (a code of ``unknown-reason``), and the words."""
        action = self.action
        period = action.timeline
        if period is None or period.edtf is None:
            words = period.words if period else None
            yield "timeline", (period and period.reason) or "not_stated", words or ""
        given = [money for _, money in self.money()]
        if not self.shares() and not any(money.known for money in given):
            for money in given or [Money(reason="not_stated")]:
                yield "finance", money.reason or "not_stated", money.words or ""
        if not action.audience:
            yield "audience", "not_stated", ""
        for part in action.audience:
            if part.size is None or part.size.value is None:
                reason = part.size.reason if part.size else None
                yield "audience size", reason or "not_stated", pick(part.who)
        if not action.places:
            yield "place", "not_stated", ""
        if action.level is None:
            yield "level", "not_stated", ""


def facts_of(dataset: Dataset) -> list[Planned]:
    """The actions of a dataset, plan by plan, in the order of each plan."""
    facts = Facts(dataset)
    plans = {plan.id: (at, plan) for at, plan in enumerate(dataset.of(WorkPlan))}
    found = []
    for action in dataset.of(Action):
        at, plan = plans.get(action.workplan or "", (len(plans), None))
        order = (at, action.position is None, action.position or 0, action.id)
        found.append((order, Planned(action, plan, facts)))
    return [one for _, one in sorted(found, key=lambda item: item[0])]
