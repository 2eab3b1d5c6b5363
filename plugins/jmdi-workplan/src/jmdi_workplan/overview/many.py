"""Many plans in one overview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from unicodedata import category, decimal

from jmdi import Dataset, Money, Table, WorkPlan, evolve
from jmdi_workplan.export.layout import money_words, timeline_words
from jmdi_workplan.overview import tables
from jmdi_workplan.overview.facts import Planned, facts_of

__all__ = ["overview"]


def overview(*datasets: Dataset) -> dict[str, Table]:
    """Compiles plans: who addresses whom, where, when, with what money, and what is unknown.

    The datasets are not merged, so that plans of different offices may have the same title. A
    plan that two of them hold is counted twice; ``plans`` says in how many it is.

    Args:
        *datasets: The plans, each with its actions.

    Returns:
        The tables ``plans``, ``actions``, ``targets``, ``who_where``, ``when``, ``money`` and
        ``unknown``. What is not known is ``None`` there, never 0.
    """
    parts = [facts_of(dataset) for dataset in datasets]
    actions = [one for part in parts for one in part]
    return {
        "plans": _plans(datasets, parts),
        "actions": Table(
            (
                "plan",
                "action",
                "level",
                "audience",
                "who",
                "where",
                "when",
                "start",
                "end",
                "finance",
            ),
            map(_row, actions),
        ),
        "targets": tables.targets(actions),
        "who_where": tables.who_where(actions),
        "when": tables.when(actions),
        "money": tables.money(actions),
        "unknown": Table(
            ("plan", "action", "what", "reason", "words"),
            (
                (one.plan_name, one.action.label(), *what)
                for one in actions
                for what in one.unknown()
            ),
        ),
    }


def _plans(datasets: Sequence[Dataset], parts: Sequence[Sequence[Planned]]) -> Table:
    """Each plan, and for how many of its actions date, place, amount and audience are known."""
    times = Counter(plan.id for dataset in datasets for plan in dataset.of(WorkPlan))
    rows = []
    for dataset, actions in zip(datasets, parts, strict=True):
        for plan in dataset.of(WorkPlan):
            planned = [one for one in actions if one.action.workplan == plan.id]
            gaps = [{what for what, *_ in one.unknown()} for one in planned]
            gaps = [gap | {"audience size"} if "audience" in gap else gap for gap in gaps]
            known = (
                sum(what not in unknown for unknown in gaps)
                for what in ("timeline", "place", "finance", "audience", "audience size")
            )
            names = (dataset.find(author) for author in plan.authors)
            authors = "; ".join(name.label() for name in names if name is not None) or None
            files = "; ".join(dict.fromkeys(s.title for s in plan.sources if s.title)) or None
            period = plan.period.edtf if plan.period else None
            row = (plan.label(), plan.country, authors, period, len(planned), *known)
            rows.append((*row, files, times[plan.id]))
    heads = ("dated", "placed", "funded", "addressed", "sized", "source", "inputs")
    return Table(("plan", "country", "author", "period", "actions", *heads), rows)


def _row(one: Planned) -> tuple[object, ...]:
    action = one.action
    period = action.timeline
    return (
        one.plan_name,
        action.label(),
        action.level.code if action.level else None,
        "; ".join(one.audience()) or None,
        "; ".join(one.who()) or None,
        "; ".join(one.where()) or None,
        timeline_words(period, "en") or None,
        period.start if period else None,
        period.end if period else None,
        "; ".join(_stated(money) for _, money in one.money()) or None,
    )


def _stated(money: Money) -> str:
    """An amount as stated, after its figure where the head of its column says what that counts in.

    ``150`` under *in thousand GHS* is ``GHS 150,000 (150)``.
    """
    words = money_words(money, "en")
    if money.amount is None:
        return words
    figures = "".join(str(part) for part in (money.amount, money.upper) if part is not None)
    if _digits(figures) != _digits(words):
        return f"{money_words(evolve(money, words=None), 'en')} ({words})"
    bare = money.currency and not any(c.isalpha() or category(c) == "Sc" for c in words)
    return f"{money.currency} {words}" if bare else words


def _digits(words: str) -> str:
    """The digits of words, of any script, as one number; there may be more than `int` reads."""
    return "".join(str(decimal(c)) for c in words if c.isdecimal()).lstrip("0")
