"""Random Datasets: what they keep, and which null model a metric gets."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_helpers import MODEL

import jmdi
from jmdi import Dataset, Period, code
from jmdi.errors import BadParameter, NotFound
from jmdi.model.relations import Participates, Tie
from jmdi.plugins.specs import Metric
from jmdi_network import record_null
from jmdi_network.nulls.measuring import measure_of
from jmdi_network.nulls.records import names_in, record_model, without
from jmdi_network.nulls.suiting import suiting
from jmdi_network.randomness import stream

TYPES = ("local_authority", "cso", "academia", None)
STATES = (None, None, "present", "absent", "unobserved")


@st.composite
def programmes(draw: Any) -> Dataset:
    """Actors of known and unknown types, their ties and the initiatives they take part in."""
    n = draw(st.integers(2, 6))
    actors = [f"a{k}" for k in range(n)]
    records: list[jmdi.Record] = [
        jmdi.Actor(id=id, type=None if kind is None else code("actor-type", kind))
        for id in actors
        if (kind := draw(st.sampled_from(TYPES))) or True
    ]
    records += [jmdi.Initiative(id=f"i{k}") for k in range(4)]
    pairs = st.tuples(st.sampled_from(actors), st.sampled_from(actors))
    for k, (a, b) in enumerate(draw(st.lists(pairs, max_size=10, unique_by=frozenset))):
        state = draw(st.sampled_from(STATES))
        records.append(
            Tie(
                id=f"t{k}",
                source=a,
                target=b,
                directed=draw(st.sampled_from([None, False, True])),
                reported_by=draw(st.sampled_from([None, a, b])),
                state=code("presence", state) if state else None,
            )
        )
    parts = st.tuples(st.sampled_from(actors), st.sampled_from(["i0", "i1", "i2", "i3"]))
    for k, (a, b) in enumerate(draw(st.lists(parts, max_size=12, unique=True))):
        side = draw(st.sampled_from([None, "origin", "destination"]))
        records.append(
            Participates(id=f"p{k}", source=a, target=b, side=code("side", side) if side else None)
        )
    return MODEL.dataset(records)


def held(dataset: Dataset, name: str) -> dict[str, Any]:
    """The value of a field of each record."""
    kind, _, field = name.partition(".")
    return {r.id: getattr(r, field) for r in dataset if r.kind == kind}


@given(programmes(), st.sampled_from(["actor.type", "participates.side"]))
def test_a_field_is_exchanged_and_what_is_unknown_stays(made: Dataset, name: str) -> None:
    if name not in names_in(made):
        return
    drawn = record_model(made, name).draw(stream(2, 0)).dataset
    before, after = held(made, name), held(drawn, name)
    assert Counter(map(str, before.values())) == Counter(map(str, after.values()))
    assert {k for k, v in before.items() if v is None} == {k for k, v in after.items() if v is None}
    field = name.partition(".")[2]
    rest = [without(each, name) for each in (made, drawn)]
    assert rest[0] == rest[1] and all(getattr(r, field, None) is None for r in rest[0])
    every = record_model(made, name).every(100)
    if every is not None:
        states = [str(held(each.dataset, name)) for each in every]
        assert len(states) == len(set(states)) and str(after) in states


@given(programmes())
def test_rewiring_keeps_how_many_each_has(made: Dataset) -> None:
    for kind, cls in (("participates", Participates), ("tie", Tie)):
        if kind not in names_in(made):
            continue
        drawn = record_model(made, kind).draw(stream(2, 0)).dataset
        one, two = (
            [r for r in each.of(cls) if getattr(r, "directed", True)] for each in (made, drawn)
        )
        for end in ("source", "target"):
            assert Counter(getattr(r, end) for r in one if present(r)) == Counter(
                getattr(r, end) for r in two if present(r)
            )
        both = [
            Counter(e for r in each.of(cls) if present(r) for e in (r.source, r.target))
            for each in (made, drawn)
        ]
        assert both[0] == both[1]
        assert {r.id for r in made.of(cls) if present(r)} == {
            r.id for r in drawn.of(cls) if present(r)
        }


def present(relation: jmdi.Relation) -> bool:
    state = getattr(relation, "state", None)
    return state is None or state.code == "present"


@given(programmes())
def test_rewired_ties_leave_out_pairs_that_were_not_observed(made: Dataset) -> None:
    if "tie" not in names_in(made):
        return
    drawn = record_model(made, "tie").draw(stream(2, 0)).dataset
    for way in (True, False):
        ties = [t for t in drawn.of(Tie) if (t.directed is True) == way]
        pairs: dict[str, set[Any]] = {"tied": set(), "unobserved": set(), "absent": set()}
        for tie in ties:
            ends = (tie.source, tie.target)
            state = "tied" if present(tie) else tie.state.code  # type: ignore[union-attr]
            pairs[state].add(ends if way else frozenset(ends))
            assert tie.reported_by in (None, *ends)
        loops = {t.id for t in ties if t.source == t.target}
        assert loops or not pairs["tied"] & (pairs["unobserved"] | pairs["absent"])


def sides() -> list[jmdi.Record]:
    """Two initiatives of three, with a local government on the one side or on the other."""
    kinds = {"a": "local_authority", "b": "local_authority", "c": "cso", "d": "cso", "e": None}
    records: list[jmdi.Record] = [
        jmdi.Actor(id=id, type=None if kind is None else code("actor-type", kind))
        for id, kind in kinds.items()
    ]
    records += [jmdi.Initiative(id=id) for id in "ijk"]
    for a, i, side in ("aio", "bid", "cjo", "djd", "cko", "ako", "eid"):
        name = {"o": "origin", "d": "destination"}[side]
        records.append(Participates(id=a + i, source=a, target=i, side=code("side", name)))
    return records


def anchored(dataset: Dataset) -> int:
    """How many initiatives have a local government on either side."""
    found: dict[str, set[str]] = {"origin": set(), "destination": set()}
    for part in dataset.of(Participates):
        actor = dataset.get(part.source, jmdi.Actor)
        if part.side is not None and actor.type == code("actor-type", "local_authority"):
            found[part.side.code].add(part.target)
    return len(found["origin"] & found["destination"])


def test_the_first_model_that_changes_the_metric_is_the_default() -> None:
    made = MODEL.dataset(sides())
    found = record_null(made, anchored, draws=40)
    assert found.parameters["model"] == "participates" and found.seed == 1
    assert found.n_used == 40 and found.of == "datasets"
    measure = measure_of(made, anchored)
    assert set(suiting(measure, made, [1.0])) == {"participates", "actor.type", "participates.side"}
    exact = record_null(made, anchored, model="actor.type")
    assert exact.notes["exact"] and exact.n_used == 6 and exact.seed is None
    # of the six pairs of actors that may be local, a with b and c with d anchor one initiative
    assert exact.values is not None and exact.values["mean"] == pytest.approx(2 / 6)


def test_a_model_that_cannot_change_the_metric_says_why_p_is_one() -> None:
    records = [*sides(), Tie(id="t", source="a", target="b"), Tie(id="u", source="c", target="d")]
    made = MODEL.dataset(records)
    found = record_null(made, anchored, model="tie")
    assert found.value == 1 and found.notes["fixed"] == "p is 1: without tie the metric is the same"

    def count(dataset: Dataset) -> int:
        return len(dataset)

    none = record_null(MODEL.dataset(records[:5]), count)
    assert none.undefined == "degenerate_null" and "exchanged" in none.why


def test_order_of_records_and_number_of_workers_do_not_matter() -> None:
    spec = Metric("other:origin", anchored, on="dataset")
    one, two = (
        record_null(MODEL.dataset(records), spec, draws=20, workers=workers)
        for records, workers in ((sides(), 1), (sides()[::-1], 2))
    )
    assert one.values == two.values and one.notes == two.notes


def test_models_that_are_none_are_refused_with_those_there_are() -> None:
    made = MODEL.dataset(sides())
    with pytest.raises(NotFound, match="did you mean 'participates'"):
        record_null(made, anchored, model="participate")
    with pytest.raises(BadParameter, match=r"choose from .*'actor\.type'"):
        record_null(made, anchored, model="actor.tipe")
    with pytest.raises(BadParameter, match="no field"):
        record_null(made, anchored, model="actor")


def test_a_metric_of_networks_gets_the_null_of_its_projection_or_of_records() -> None:
    made = MODEL.dataset([*sides(), *(Tie(id=a + b, source=a, target=b) for a, b in ("ab", "bc"))])
    found = made.null("network:transitivity", draws=20)
    same = made.project("actors").null("network:transitivity", draws=20)
    assert found.values == same.values and found.parameters["model"] == "edges"
    records = made.null("density", model="participates", draws=20)
    assert records.of == "datasets" and records.parameters["projection"] == "actors"
    modes = made.null("network:redundancy", projection="actors-initiatives", draws=20)
    assert modes.parameters["model"] == "curveball"


def test_times_of_adoption_are_exchanged() -> None:
    actors = [jmdi.Actor(id=id) for id in "abcd"]
    times = {"a": "2010", "b": "2012", "c": None, "d": "2014"}
    adopted = [
        jmdi.Adopts(id=f"x{k}", source=k, target="p", period=Period(y) if y else None)
        for k, y in times.items()
    ]
    made = MODEL.dataset([*actors, jmdi.Practice(id="p"), *adopted])
    every = record_model(made, "adopts.period").every(10)
    assert every is not None
    found = [[a.period for a in drawn.dataset.of(jmdi.Adopts)] for drawn in every]
    assert len(found) == 6 and all(periods[2] is None for periods in found)
