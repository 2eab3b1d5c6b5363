"""Datasets stand side by side without touching each other, and random ones are like a sample."""

from __future__ import annotations

import jmdi
from jmdi.model.records import Relation
from jmdi.testing.samples import strange_dataset
from jmdi.testing.side_by_side import random_datasets, side_by_side

MODEL = jmdi.Model.build([])
TOWN = MODEL.dataset(
    [
        jmdi.Actor(id="a", country="SN", territory="t"),
        jmdi.Actor(id="b"),
        jmdi.Territory(id="t"),
        jmdi.Tie(id="ab", source="a", target="b", intensity=3),
        jmdi.Tie(id="bx", source="b", target="x"),
    ]
)


def test_each_keeps_what_it_refers_to():
    both = side_by_side([TOWN, strange_dataset(MODEL), TOWN])
    assert len(both) == len(both.by_id) == 2 * len(TOWN) + len(strange_dataset(MODEL))
    assert {actor.territory for actor in both.of(jmdi.Actor)} == {"0/t", "2/t", None}
    ends = [(tie.source, tie.target) for tie in both.of(jmdi.Tie)]
    assert sorted(ends) == [
        ("0/a", "0/b"),
        ("0/b", "x"),
        ("1/absent/1", "1/absent/2"),
        ("2/a", "2/b"),
        ("2/b", "x"),
    ]
    assert "absent:cooperative" in both.header["kinds"]


def test_random_datasets_are_the_same_each_time():
    assert random_datasets(TOWN, 9) == random_datasets(TOWN, 9)
    assert random_datasets(TOWN, 5) == random_datasets(TOWN, 9)[:5]


def test_random_datasets_are_of_many_shapes():
    found = random_datasets(TOWN, 200)
    ties = [(dataset, tie) for dataset in found for tie in dataset.of(jmdi.Tie)]
    assert any(not len(dataset) for dataset in found)
    assert any(tie.source == tie.target for _, tie in ties), "no loop"
    assert any(tie.target not in dataset for dataset, tie in ties), "nothing points nowhere"
    assert any({tie.intensity for tie in d.of(jmdi.Tie)} == {3} for d, _ in ties), "none parallel"
    countries = {actor.country for d in found for actor in d.of(jmdi.Actor) if actor.id == "a"}
    assert countries == {"SN", None}


def test_a_random_relation_joins_what_it_may_join():
    for dataset in random_datasets(TOWN, 50):
        for relation in dataset.of(Relation):
            ends = {dataset.find(relation.source), dataset.find(relation.target)} - {None}
            assert all(isinstance(end, jmdi.Actor) for end in ends)
