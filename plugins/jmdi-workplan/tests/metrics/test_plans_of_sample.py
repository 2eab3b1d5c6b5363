"""Metrics of the invented programme's two plans beside plain loops over their records."""

from __future__ import annotations

import datetime

import pytest

import jmdi
from jmdi import Action, Observation

DS = jmdi.datasets.load("sample")
ACTIONS = DS.of(Action)
DAY = datetime.date(2015, 6, 30)


def measured(name, **given):
    return DS.metric(f"workplan:{name}", **given)


def amounts(action):
    return [money.amount for money in action.finance if money.amount is not None]


def test_completeness():
    shares = {}
    for action in ACTIONS:
        money = [m for m in action.finance if m.reason != "to_be_determined"]
        dated = action.timeline.edtf is not None
        fields = (action.names, action.objectives, action.audience, action.activity, dated, money)
        shares[action.id] = sum(map(bool, fields)) / 6
    found = measured("completeness")
    assert found.value == pytest.approx(sum(shares.values()) / len(shares))
    assert found.values == pytest.approx(shares)


def test_codification():
    aims = [(action, aim) for action in ACTIONS for aim in action.objectives]
    coded = {coding.source for coding in DS.of(jmdi.Coded)}
    themed = [action for action, _ in aims if action.clusters or action.id in coded]
    assert measured("codification").value == len(themed) / len(aims)


def test_budget_and_cost():
    known = [action for action in ACTIONS if amounts(action)]
    assert measured("known-budget").value == len(known) / len(ACTIONS)
    people = sum(someone.size.value for action in known for someone in action.audience)
    assert measured("cost-per-participant").value == sum(map(sum, map(amounts, known))) / people


def test_audience():
    cells = {(who.type.code, action.level.code) for action in ACTIONS for who in action.audience}
    types, levels = (len({cell[k] for cell in cells}) for k in (0, 1))
    assert measured("audience").value == len(cells) / (types * levels)


def test_adherence():
    due = {a.id: a.timeline.end for a in ACTIONS if a.timeline.edtf and a.timeline.end < DAY}
    done: dict[str, datetime.date] = {}
    for seen in DS.of(Observation):
        if seen.of in due and seen.role.code == "actual" and seen.text:
            done[seen.of] = seen.period.end
    on_time = [name for name, day in done.items() if day <= due[name]]
    found = measured("adherence", as_of=DAY.isoformat())
    assert found.value == len(on_time) / len(done)
    late = len(due) - len(done)
    assert (found.lower, found.upper) == (
        len(on_time) / len(due),
        (len(on_time) + late) / len(due),
    )
