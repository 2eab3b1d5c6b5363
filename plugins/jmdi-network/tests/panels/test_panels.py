"""What a report shows of networks, by hand on small ones."""

from __future__ import annotations

import pytest

import jmdi
from jmdi.datasets import load
from jmdi.panels import Link, Range, in_language
from jmdi_network.panels.best_connected import best_connected
from jmdi_network.panels.brokerage import brokerage
from jmdi_network.panels.corridors import corridors
from jmdi_network.panels.mixing import mixing

KINDS = {"t": "local_authority", "c": "cooperative", "u": None}


def actor(id):
    kind = KINDS[id[0]]
    type_ = None if kind is None else jmdi.code("actor-type", kind)
    return jmdi.Actor(id=id, names={"en": id.upper()}, type=type_, country="PH")


def tied(*pairs, actors=("t1", "t2", "c1", "c2", "u1"), **more):
    ties = [jmdi.Tie(id=f"{a}-{b}", source=a, target=b, **more) for a, b in pairs]
    return jmdi.dataset([*map(actor, actors), *ties])


def english(texts):
    return [in_language(text, "en") for text in texts]


def test_ties_are_counted_between_kinds_and_unknown_is_a_kind_of_its_own():
    found = mixing(tied(("t1", "t2"), ("t1", "c1"), ("t2", "c1"), ("u1", "c2")))
    assert english(found.rows) == ["Cooperative", "Local authority", "Type not stated"]
    assert found.values == ((0, 2, 1), (2, 1, 0), (1, 0, 0))
    directed = mixing(tied(("t1", "c1"), ("c2", "c1"), directed=True))
    assert english(directed.rows) == ["Cooperative", "Local authority"]
    assert directed.values == ((1, 0), (1, 0))


def test_partners_are_counted_and_those_that_nobody_knows_of_make_a_range():
    ds = tied(("t1", "t2"), ("t1", "c1"), ("t1", "t1"))
    maybe = jmdi.Tie(id="m", source="t1", target="c2", state=jmdi.code("presence", "unobserved"))
    assert [row[3] for row in best_connected(ds).rows] == [2, 1, 1]
    open_ = best_connected(jmdi.dataset([*ds, maybe])).rows
    assert open_[0][0] == Link("t1", {"en": "T1"})
    assert in_language(open_[0][1], "fr") == "Collectivité locale"
    assert in_language(open_[0][2], "en").startswith("Philippines")
    assert open_[0][3] == Range(None, 2, 3) and [row[3] for row in open_[1:]] == [1, 1]


def test_who_stands_between_two_others_is_counted_by_role():
    found = brokerage(tied(("t1", "c1"), ("t1", "c2"), ("t1", "t2")))
    (row,) = found.rows
    roles = dict(zip(english([c.title for c in found.columns])[1:], row[1:], strict=True))
    assert row[0].id == "t1"
    assert roles == {
        "All": 6,
        "Within one type": 0,
        "Towards its own type": 2,
        "For its own type": 2,
        "Between two of another type": 2,
        "Among three types": 0,
    }


def test_corridors_of_the_bundled_programmes_say_at_least():
    real = corridors(load("jmdi"))
    assert english(real.rows)[0] == "Cape Verde" and english(real.columns)[-1] == "Portugal"
    assert real.values[0] == (None, None, None, 1)
    assert sum(n or 0 for row in real.values for n in row) == 12
    assert "do not say both places: 27" in real.note["en"]
    invented = corridors(load("sample"))
    assert sum(n or 0 for row in invented.values for n in row) == 170


def test_the_best_connected_of_the_bundled_programme():
    found = best_connected(load("jmdi"))
    assert english([found.rows[0][0].label]) == ["European Union"]
    assert found.rows[0][3] == 73 and found.left_out == 66 and len(found.rows) == 15


@pytest.mark.parametrize("make", [mixing, corridors, best_connected, brokerage])
def test_without_ties_there_is_nothing(make):
    assert make(jmdi.dataset([actor("t1")])) is None
    assert make(jmdi.dataset()) is None
