"""Of what is not dated nobody knows whether it holds on a day: bounds contain every dating."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scaling_helpers import CSO, LG, actor

import jmdi
import jmdi_scaling.plugin
from jmdi import Initiative, Participates, Partnership, Party, Period, Rates, Tie, code

MODEL = jmdi.Model.build([jmdi_scaling.plugin])
DAY = "2015-06-01"
DATED = [Period("2015/.."), Period("2016"), Period("2010/2014"), Period("2000/2020")]
PERIODS = st.sampled_from([None, None, *DATED])
METRICS: list[tuple[str, dict[str, Any]]] = [
    ("anchorage", {}),
    ("cross-sector-density", {}),
    ("isolation", {}),
    ("strategic-partnerships", {"criteria": 1}),
    ("strategic-partnerships", {"criteria": 2}),
    ("outreach", {}),
    ("trust", {}),
    ("goal-consensus", {"variant": "ratings", "dimension": "trust", "draws": 0}),
    ("goal-consensus", {"goals": {"c1": "1,2", "c2": "2", "l1": "2,3"}, "draws": 0}),
]


def measure(records: list[jmdi.Record], name: str, **options: Any) -> jmdi.Result:
    return MODEL.dataset(records).metric(f"scaling:{name}", **options)


@st.composite
def programme(draw: st.DrawFn) -> list[jmdi.Record]:
    found: list[jmdi.Record] = [
        actor("c1", CSO),
        actor("c2", CSO),
        actor("l1", LG),
        actor("l2", LG),
    ]
    whole = draw(st.sampled_from([True, True, None]))
    found += [Initiative(id=f"i{k}", participants_complete=whole) for k in range(3)]
    names = st.sampled_from(["c1", "c2", "l1", "l2"])
    for number in range(draw(st.integers(0, 6))):
        side = code("side", draw(st.sampled_from(["origin", "destination", "both"])))
        more: dict[str, Any] = {"target": draw(st.sampled_from(["i0", "i1", "i2"])), "side": side}
        if role := draw(st.sampled_from([None, "target_audience"])):
            more["role"] = code("organisation-role", role)
        found.append(
            Participates(id=f"p{number}", source=draw(names), period=draw(PERIODS), **more)
        )
    for number in range(draw(st.integers(0, 4))):
        found.append(
            Tie(
                id=f"t{number}",
                source=draw(names),
                target=draw(names),
                intensity=draw(st.sampled_from([None, 1, 4])),
                formality=draw(st.sampled_from([None, code("tie-formality", "mou")])),
                period=draw(PERIODS),
            )
        )
    for number in range(draw(st.integers(0, 4))):
        found.append(
            Rates(
                id=f"r{number}",
                source=draw(names),
                target=draw(names),
                dimension=code("rating-dimension", draw(st.sampled_from(["trust", "openness"]))),
                score=draw(st.sampled_from([None, 1, 2, 4])),
                period=draw(PERIODS),
            )
        )
    for number in range(draw(st.integers(0, 2))):
        parties = (Party(actor=draw(names)), Party(actor=draw(names)))
        more = {"initiatives": draw(st.sampled_from([(), ("i0",)]))}
        found.append(Partnership(id=f"q{number}", parties=parties, period=draw(PERIODS), **more))
    return found


@pytest.mark.parametrize(("name", "options"), METRICS)
@given(records=programme(), data=st.data())
def test_bounds_contain_every_dating(
    name: str, options: dict[str, Any], records: list[jmdi.Record], data: st.DataObject
) -> None:
    def dated(record: jmdi.Record) -> jmdi.Record:
        if isinstance(record, (Participates, Rates, Tie, Partnership)) and record.period is None:
            return jmdi.evolve(record, period=data.draw(st.sampled_from(DATED)))
        return record

    found = measure(records, name, as_of=DAY, **options)
    filled = measure(list(map(dated, records)), name, as_of=DAY, **options)
    if found.lower is not None and filled.value is not None:
        assert found.lower - 1e-9 <= filled.value <= found.upper + 1e-9
        if found.value is not None:
            assert found.lower - 1e-9 <= found.value <= found.upper + 1e-9
