"""What a format cannot keep is said, all of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import jmdi
from jmdi.graph.losses import differences
from jmdi.model.json_pointer import escape
from jmdi.testing.strategies import datasets

MODEL = jmdi.default_model()
PEOPLE = jmdi.dataset(
    [
        jmdi.Actor(id="a", names={"en": "Ada", "fr": "Ada"}, extra={"sector": "public"}),
        jmdi.Actor(id="b"),
        jmdi.Initiative(id="i", names={"en": "Work"}),
        jmdi.Tie(id="t", source="a", target="b", strength=3),
    ]
)


def said(problems):
    return {(p.code, p.where.kind, p.where.member, p.count, p.examples) for p in problems}


def test_a_projection_leaves_records_out():
    found = said(PEOPLE.losses("node-link", projection="actors"))
    assert ("J560", "initiative", None, 1, ("i",)) in found
    assert not any(kind == "tie" and code == "J560" for code, kind, *_ in found)


def test_jmdis_own_formats_lose_nothing():
    assert PEOPLE.losses("jsonl") == PEOPLE.losses("tables") == ()


def test_changes_show_before_and_after():
    old = jmdi.dataset([jmdi.Actor(id="a", names={"en": "Ada"})])
    new = jmdi.dataset([jmdi.Actor(id="a", names={"und": "Ada"})])
    (found,) = differences(old, new)
    assert found.code == "J562" and '{"en":"Ada"} becomes {"und":"Ada"}' in found.message


def test_records_with_new_ids_are_known_by_what_they_say():
    new = jmdi.dataset(
        [
            jmdi.Actor(id="1", names={"en": "Ada", "fr": "Ada"}, extra={"sector": "public"}),
            jmdi.Actor(id="b"),
            jmdi.Initiative(id="2", names={"en": "Work"}),
            jmdi.Tie(id="3", source="1", target="b", strength="3.0"),
        ]
    )
    assert {(p.code, p.where.member) for p in differences(PEOPLE, new)} == {("J562", "/id")}


def test_unknown_that_becomes_known_is_named():
    old = jmdi.dataset([jmdi.Tie(id="t", source="a", target="b")])
    new = jmdi.dataset([jmdi.Tie(id="t", source="a", target="b", directed=False)])
    assert said(differences(old, new)) == {("J563", "tie", "/directed", 1, ("t",))}


def test_a_network_is_asked_too():
    network = jmdi.Network.from_edges([("a", "b")])
    assert network.losses("graphml") == ()


def test_names_are_checked():
    with pytest.raises(jmdi.NotFound, match="graphml"):
        PEOPLE.losses("grapml")
    with pytest.raises(jmdi.NotFound):
        PEOPLE.losses("graphml", projektion="actors")


@settings(max_examples=40)
@given(one=datasets(MODEL, max_size=4), other=datasets(MODEL, max_size=4))
def test_what_is_not_named_is_the_same(one, other):
    named = {(p.where.kind, p.where.member) for p in differences(one, other)}
    assert not named or one != other
    assert named or [*one] == but_for_added_sources(one, other)
    again = {r.id: r for r in other}
    for record in one:
        if (record.kind, None) in named or (record.kind, "/id") in named:
            continue
        twin, mine = again[record.id].to_dict(), record.to_dict()
        for member in {*mine, *twin} - ({"sources"} - {*mine}):
            value = getattr(record, member, None)
            equal = value is not None and value == getattr(again[record.id], member, None)
            if not equal and mine.get(member) != twin.get(member):  # 3 and 3.0 are equal
                begin = f"/{escape(member)}"
                assert any(m and m.startswith(begin) for k, m in named if k == record.kind)


def but_for_added_sources(one, other):
    """The records of the other; what is read names its own file, where nothing was named."""
    unnamed = {record.id for record in one if not record.sources}
    return [jmdi.evolve(r, sources=()) if r.id in unnamed else r for r in other]
