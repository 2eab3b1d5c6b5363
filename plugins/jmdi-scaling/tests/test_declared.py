"""Metrics are declared at their functions: listing them is light, and each says what it is."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from scaling_helpers import CSO, LAND, LG, actor, part, reached, whole

import jmdi
from jmdi import Money, Place

METRICS = jmdi.metrics_of("jmdi_scaling.metrics")


def test_listing_imports_no_numpy():
    listing = (
        "import sys, jmdi_scaling.plugin as p\n"
        "found = [(m.name, m.doc, m.parameters) for m in p.jmdi_metrics()]\n"
        "names = {'numpy', 'scipy', 'numba', 'graspologic_native', 'matplotlib'}\n"
        "heavy = names & set(sys.modules)\n"
        "assert found and not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_each_says_what_its_number_is(metric):
    assert metric.value_is and metric.citation and metric.convention
    assert all(parameter.doc for parameter in metric.parameters)


def test_the_sentence_follows_the_parameters(measure):
    records = [
        *(actor(x) for x in "abc"),
        jmdi.Tie(id="t", source="a", target="b"),
        jmdi.Practice(id="practice/p"),
    ]
    plain = measure(records, "cascade", replicates=2)
    other = measure(records, "cascade", replicates=2, direction="in", reversible=True, valued=True)
    assert "ties taken both ways" in plain.convention and "for good" in plain.convention
    for words in (
        "exposed to those who name ego",
        "strengths weigh, the highest of several reports",
        "given up",
    ):
        assert words in other.convention and words not in plain.convention
    assert repr(plain).endswith("(mean share; n = 3 actors)")


def gift(source, target, amount):
    return jmdi.Contributes(
        id=f"g/{source}-{target}", source=source, target=target, amount=Money(amount, "EUR")
    )


OWNED = [
    *LAND,
    actor("home", LG, territory="t0"),
    actor("away", CSO, territory="t1"),
    whole("i0", places=(Place("t0"),)),
    whole("i1"),
    part("home", "i0", role="accountable"),
    gift("home", "i0", 60),
    gift("away", "i0", 40),
]


def test_an_initiative_without_a_place_may_be_anywhere(measure):
    found = measure([*OWNED, gift("away", "i1", 100)], "ownership")
    assert found.value == pytest.approx(0.6)
    assert (found.lower, found.upper) == (pytest.approx(0.3), pytest.approx(0.8))
    assert found.n_used == 2 and found.notes["without_value"] == 1
    here = measure([*OWNED, gift("away", "i1", 100)], "ownership", territory="t0")
    assert here.value == pytest.approx(0.6) and here.values["t0"]["upper"] == pytest.approx(0.8)


def test_where_no_initiative_has_a_place_the_territory_asked_for_is_theirs(measure):
    records = [*OWNED[:10], gift("home", "i1", 60), gift("away", "i1", 40)]
    assert measure(records, "ownership", initiative="i1", territory="t0").value == 0.6


def test_groups_of_two_dimensions_count_nobody_twice(measure):
    records = [
        jmdi.Indicator(id="ind"),
        reached("actual", 30, "sex: women"),
        reached("actual", 20, "sex: men"),
        reached("actual", 45, "age: young"),
        reached("target", 40, "sex: women"),
        reached("target", 60, "sex: men"),
        reached("target", 80, "age: young"),
        reached("target", 20, "age: old"),
    ]
    found = measure(records, "reach")
    assert (found.values["reached"], found.values["target"]) == (50, 100)
    assert found.value == 0.5
    # Nobody says how many old people were reached; in a closed world none were.
    assert found.values["dissimilarity"] is None
    closed = measure(records, "reach", closed_world=True)
    assert closed.values["dissimilarity"] == pytest.approx((0.2 + 0.2) / 2)
    crossed = reached("actual", 10, "sex: women; age: young", name="c")
    assert measure([*records, crossed], "reach").values["reached"] == 50


def test_weights_of_criteria_are_checked_by_their_type(measure):
    for odd in ({"plan": "x"}, {"plan": -1}, {"plan": Decimal("NaN")}):
        with pytest.raises(jmdi.BadParameter, match="takes weights as a mapping"):
            measure(LAND, "institutionalization", targets="t1", weights=odd)
