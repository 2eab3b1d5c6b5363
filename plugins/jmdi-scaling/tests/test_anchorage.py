"""Local governments on both sides: by hand, and by trying all that unknown sides can be."""

from __future__ import annotations

from itertools import product

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scaling_helpers import CSO, LG, actor, anchored, part, whole

import jmdi


def test_anchorage(measure):
    found = measure(anchored(), "anchorage")
    # i0 is anchored; i1 and i3 have nobody who could be a local government of destination.
    assert found.value == pytest.approx(1 / 3)
    assert (found.n_used, found.n_eligible) == (3, 5)
    assert found.values["origin_only"] == 0.5
    assert found.values["balance"] == 0.5
    assert found.notes["unknown"] == ("i2", "i4")
    assert found.notes["missing"] == (
        {"about": "part/l1-i2-None-None", "field": "/side"},
        {"about": "i4", "field": "/participants_complete"},
    )
    assert (found.lower, found.upper) == (0.2, 0.6)
    assert measure(anchored(), "anchorage", strong=True).value == pytest.approx(1 / 3)
    assert measure(anchored(), "anchorage", initiative="i4").status == "interval"
    assert measure([], "anchorage").undefined == "missing_input"


def test_a_list_that_may_be_incomplete_says_nothing_of_those_who_are_not_in_it(measure):
    cut = [
        attrs.evolve(r, participants_complete=False) if isinstance(r, jmdi.Initiative) else r
        for r in anchored()
    ]
    found = measure(cut, "anchorage")
    assert (found.status, found.value, found.lower, found.upper) == ("interval", None, 0.2, 1)
    assert repr(found) == (
        "scaling:anchorage = 0.2–1   (no list of participants is complete; 5 initiatives; "
        "read as complete: 0.3333)"
    )
    assert found.bounds["none"] == (0, pytest.approx(0.6))
    closed = measure(cut, "anchorage", closed_world=True)
    assert (closed.value, closed.lower, closed.upper) == (pytest.approx(1 / 3), 0.2, 0.6)
    assert "lists are read as complete" in closed.convention
    assert "closed_world" not in closed.notes


def test_complete_lists_that_cannot_stand_for_all_give_no_value(measure):
    # The only complete list has none, and two of three cut ones have both: 0 is impossible.
    records = [actor("l", LG), actor("c", CSO), whole("i"), part("c", "i", "origin")]
    for k in range(3):
        records.append(jmdi.Initiative(id=f"cut{k}"))
        records += [part("l", f"cut{k}", "both")] if k else []
    found = measure(records, "anchorage")
    assert (found.value, found.lower, found.upper) == (None, 0.5, 0.75)
    assert "cannot stand for all" in found.why


def test_sides_of_which_nothing_is_known_are_no_finding(measure):
    records = [actor("a", CSO), jmdi.Initiative(id="i"), part("a", "i")]
    found = measure(records, "anchorage")
    assert (found.status, found.lower, found.upper) == ("interval", 0, 1)
    assert (found.n_used, found.n_eligible) == (0, 1)


def test_a_government_of_any_level_may_be_a_local_one(measure):
    records = [
        actor("a", LG),
        actor("g", "government"),
        whole("i"),
        part("a", "i", "origin"),
        part("g", "i", "destination"),
    ]
    found = measure(records, "anchorage")
    assert (found.value, found.lower, found.upper) == (None, 0, 1)
    assert {"about": "g", "field": "/type"} in found.notes["missing"]
    every = measure(records, "anchorage", local_government=["government"])
    assert every.value == 1


def test_internal_migration_is_flagged(measure):
    records = [
        actor("a", LG, country="PH"),
        actor("b", LG, country="PH"),
        whole("i"),
        part("a", "i", "origin"),
        part("b", "i", "destination"),
    ]
    assert measure(records, "anchorage").notes["internal_migration"] == ("i",)


def initiative_of(*parts):
    """One initiative whose participants have these types and sides, and no others."""
    records = [whole("i")]
    for number, (kind, side) in enumerate(parts):
        records += [actor(f"a{number}", kind), part(f"a{number}", "i", side)]
    return jmdi.dataset(records)


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        ([(LG, "origin"), (LG, "destination")], 1),
        ([(LG, "both")], 1),
        ([(LG, "origin"), (CSO, "destination")], 0),
        ([(CSO, "origin")], 0),
        ([(CSO, "third"), (CSO, None)], 0),
        ([(LG, "origin"), (None, "destination")], None),
        ([(LG, "origin"), (LG, "unknown")], None),
        ([(LG, "origin"), (LG, "destination"), (None, None)], 1),
        ([(LG, None), (LG, None)], None),
        ([(CSO, None)], 0),
        ([], 0),
    ],
)
def test_what_is_not_known_of_a_side_is_not_no(parts, value):
    found = initiative_of(*parts).metric("scaling:anchorage")
    assert found.value == value
    if value is None:
        assert (found.status, found.lower, found.upper) == ("interval", 0, 1)


KINDS = (LG, CSO)
SIDES = ("origin", "destination", "both", "third")


@given(
    st.lists(
        st.tuples(st.sampled_from([*KINDS, None]), st.sampled_from([*SIDES, "unknown", None])),
        max_size=4,
    )
)
def test_a_side_is_known_when_all_that_it_can_be_agree(parts):
    possible = [
        [(k, s) for k in KINDS for s in SIDES if kind in (k, None) and side in (s, "unknown", None)]
        for kind, side in parts
    ]
    seen = {
        side: {any(k == LG and s in (side, "both") for k, s in case) for case in product(*possible)}
        for side in ("origin", "destination")
    }
    both = {
        all(any(k == LG and s in (side, "both") for k, s in case) for side in seen)
        for case in product(*possible)
    }
    each = [states == {True} for states in seen.values()]
    found = initiative_of(*parts).metric("scaling:anchorage")
    # A side that cannot be settles it; else both sides must be settled, each on its own.
    if {False} in seen.values():
        assert (found.value, both) == (0, {False})
    else:
        assert found.value == (1 if all(each) else None)
        assert found.lower <= min(both) and max(both) <= found.upper


def test_the_parties_of_a_partnership_take_part_in_its_initiatives():
    records = [
        *initiative_of((LG, "destination")),
        actor("b", LG),
        jmdi.Partnership(
            id="p",
            parties=(jmdi.Party("b", side=jmdi.code("side", "origin")),),
            initiatives=("i",),
        ),
    ]
    assert jmdi.dataset(records).metric("scaling:anchorage").value == 1


def test_where_nothing_is_open_there_is_a_value_though_a_list_is_not_complete(measure):
    none = jmdi.Absence(type=jmdi.code("actor-type", LG), side=jmdi.code("side", "destination"))
    records = [
        actor("l", LG),
        whole("i0"),
        part("l", "i0", "both"),
        jmdi.Initiative(id="i1", absences=(none,)),
        part("l", "i1", "origin"),
    ]
    found = measure(records, "anchorage")
    assert (found.value, found.lower, found.upper, found.n_used) == (0.5, 0.5, 0.5, 2)
    assert (found.values["rate"], found.values["origin_only"]) == (0.5, 0.5)
