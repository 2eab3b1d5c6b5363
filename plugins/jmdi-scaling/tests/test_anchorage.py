"""Local governments on both sides: by hand, and by trying all that unknown sides can be."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scaling_helpers import CSO, LG, actor, anchored, part

import jmdi


def test_anchorage(measure):
    found = measure(anchored(), "anchorage")
    assert found.value == 0.5
    assert (found.n_used, found.n_eligible) == (2, 5)
    assert found.values["origin_only"] == 0.5
    assert found.values["balance"] == 0.5
    assert found.notes["unknown"] == ("i2", "i3", "i4")
    assert (found.lower, found.upper) == (0.2, 0.8)
    assert measure(anchored(), "anchorage", strong=True).value == 1
    assert measure(anchored(), "anchorage", initiative="i4").undefined == "missing_input"
    assert measure([], "anchorage").undefined == "missing_input"


def test_sides_of_which_nothing_is_known_are_no_finding(measure):
    records = [actor("a", CSO), jmdi.Initiative(id="i"), part("a", "i")]
    found = measure(records, "anchorage")
    assert found.undefined == "missing_input"
    assert (found.n_used, found.n_eligible) == (0, 1)


def test_internal_migration_is_flagged(measure):
    records = [
        actor("a", LG, country="PH"),
        actor("b", LG, country="PH"),
        jmdi.Initiative(id="i"),
        part("a", "i", "origin"),
        part("b", "i", "destination"),
    ]
    assert measure(records, "anchorage").notes["internal_migration"] == ("i",)


def initiative_of(*parts):
    """One initiative whose participants have these types and sides."""
    records = [jmdi.Initiative(id="i")]
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
        ([(CSO, None)], None),
        ([], None),
    ],
)
def test_what_is_not_known_of_a_side_is_not_no(parts, value):
    found = initiative_of(*parts).metric("scaling:anchorage")
    assert found.value == value
    if value is None:
        assert (found.undefined, found.lower, found.upper) == ("missing_input", 0, 1)


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
    placed = any(side not in ("unknown", None) for _, side in parts)
    known = placed and all(len(states) == 1 for states in seen.values())
    both = all(states == {True} for states in seen.values())
    found = initiative_of(*parts).metric("scaling:anchorage")
    assert found.value == (float(both) if known else None)
    assert (found.lower, found.upper) == ((both, both) if known else (0, 1))


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
