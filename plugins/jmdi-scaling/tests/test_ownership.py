"""Ownership by hand and with unknowns."""

from __future__ import annotations

import pytest
from scaling_helpers import CSO, LAND, LG, actor, part, whole

import jmdi
from jmdi import Money, Place


def gift(a, amount, currency="EUR", **more):
    return jmdi.Contributes(
        id=f"gift/{a}-{amount}-{currency}",
        source=a,
        target="i",
        amount=Money(amount, currency, **more),
    )


def test_ownership(measure):
    base = [
        *LAND,
        actor("home", LG, territory="t0"),
        actor("away", CSO, territory="t1"),
        whole("i", places=(Place("t0"),)),
        part("home", "i", role="accountable"),
    ]
    found = measure([*base, gift("home", 60), gift("away", 40)], "ownership")
    assert found.value == pytest.approx(0.6)
    assert found.values["t0"] == {
        "share": 0.6,
        "lower": 0.6,
        "upper": 0.6,
        "stewardship": True,
        "owned": True,
    }
    open_ended = [
        *base,
        gift("home", 60),
        gift("away", 40),
        gift("away", None, None, reason="in_kind"),
    ]
    unknown = measure(open_ended, "ownership")
    assert (unknown.value, unknown.lower, unknown.upper) == (0.6, 0, 0.6)
    assert unknown.notes["in_kind_without_value"] == 1
    abroad = [
        *LAND[1:],
        jmdi.Territory(id="land", country="SN"),
        *base[len(LAND) :],
        actor("far", LG, country="IT"),
        actor("lost", LG),
        gift("home", 60),
    ]
    assert measure([*abroad, gift("far", 40)], "ownership").value == pytest.approx(0.6)
    assert measure([*abroad, gift("lost", 40)], "ownership").lower == pytest.approx(0.6)
    mixed = measure([*base, gift("home", 60), gift("away", 40, "USD")], "ownership")
    assert mixed.undefined == "scaling:mixed_currencies"
    assert measure(base, "ownership").undefined == "missing_input"


def placed():
    return [
        *LAND,
        actor("h", LG, territory="t1"),
        actor("f", LG, territory="t2"),
        whole("i0", places=(Place(territory="t1"),)),
        whole("i1", places=(Place(territory="t2"),)),
    ]


def paid(source, target, amount):
    return jmdi.Contributes(
        id=f"g/{source}-{target}", source=source, target=target, amount=Money(amount, "EUR")
    )


def test_ownership_is_of_the_places_of_the_initiative_itself(measure):
    # f is local to i1 and not to i0, though both places are looked at.
    records = [
        *placed(),
        paid("h", "i0", "100"),
        paid("f", "i0", "300"),
        paid("f", "i1", "100"),
        part("f", "i0", role="accountable"),
    ]
    found = measure(records, "ownership")
    assert found.value == pytest.approx(200 / 500)
    assert found.notes["stewardship"] is False
    assert found.values["t1"]["share"] == 0.25
    assert measure(records, "ownership", territory="land").value == 1
    nothing = measure([*placed(), paid("h", "i0", "0")], "ownership")
    assert nothing.undefined == "zero_denominator" and "add up to 0" in nothing.why
    back = measure([*placed(), paid("h", "i0", "-5"), paid("f", "i0", "9")], "ownership")
    assert back.undefined == "scaling:negative_amounts" and "given back" in back.why
