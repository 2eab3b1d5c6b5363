"""What ties that were not observed leave open of the metrics that read ties."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

import jmdi
import jmdi_scaling.plugin
from jmdi import Actor, Adopts, Dataset, Period, Practice, Tie

MODEL = jmdi.Model.build([jmdi_scaling.plugin])
OPEN = (("a", "d"), ("b", "d"), ("e", "a"))
ENUMERATED = (
    *("exposure", "threshold", "infectiousness", "susceptibility"),
    *("equivalence-exposure", "moran"),
    *("sensitivity", "tipping-margin", "vulnerability"),
)
DRAWING = {
    "best-seeds": {"thresholds": 0.3},
    "cascade": {"thresholds": 0.3, "seeds": ["a"]},
    "tipping": {},
    "tipping-margin": {"thresholds": ("uniform", 0.1, 0.5)},
    "vulnerability": {"thresholds": ("uniform", 0.1, 0.5)},
}


def programme(states: Any) -> Dataset:
    known = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]
    pairs = [*((pair, "present") for pair in known), *zip(OPEN, states, strict=True)]
    return Dataset(
        [
            *(Actor(id=id) for id in "abcde"),
            *(
                Tie(id=f"t{a}{b}", source=a, target=b, state=jmdi.code("presence", state))
                for (a, b), state in pairs
            ),
            Practice(id="p"),
            *(
                Adopts(id=f"x{id}", source=id, target="p", period=Period(str(2010 + k)))
                for k, id in enumerate("abcd")
            ),
        ],
        model=MODEL,
    )


@pytest.mark.parametrize("name", ENUMERATED)
@pytest.mark.parametrize("direction", ["out", "in", None])
def test_bounds_are_those_of_all_completions(name: str, direction: str | None) -> None:
    directed = direction is not None and name in ("exposure", "threshold")
    given = {"direction": direction} if directed else {}
    found = programme(["unobserved"] * 3).metric(f"scaling:{name}", **given)
    wholes = [
        programme(states).metric(f"scaling:{name}", **given)
        for states in itertools.product(["present", "absent"], repeat=3)
    ]
    defined = [float(whole) for whole in wholes if whole.defined]
    assert (found.lower, found.upper) == pytest.approx((min(defined), max(defined)))
    assert found.value is None or len(set(defined)) == 1
    assert found.coverage is not None and found.coverage <= 7 / 10
    for id, (low, high) in found.bounds.items():
        numbers = [(whole.values or {}).get(id) for whole in wholes]
        known = [number for number in numbers if number is not None]
        assert (low, high) == pytest.approx((min(known), max(known)))


@pytest.mark.parametrize("direction", ["out", "in", "both"])
def test_bounds_of_categories_by_threshold_are_those_of_all_completions(direction: str) -> None:
    def measured(states: Any) -> jmdi.Result:
        whole = programme(states).with_records(Practice(id="p", adopters_complete=True))
        return whole.metric("scaling:threshold-categories", direction=direction)

    found = measured(["unobserved"] * 3)
    wholes = [measured(states) for states in itertools.product(["present", "absent"], repeat=3)]
    defined = [dict(whole.values or {}) for whole in wholes if whole.defined]
    assert found.or_undefined == next((w.undefined for w in wholes if w.undefined), None)
    assert defined and found.values is not None and not found.no_bounds
    for name, value in found.values.items():
        numbers = {each[name] for each in defined}
        assert found.bounds[name] == (min(numbers), max(numbers))
        assert value is None or numbers == {value}


@pytest.mark.parametrize("name", DRAWING)
def test_what_draws_random_numbers_says_that_bounds_are_not_known(name: str) -> None:
    found = programme(["unobserved", "absent", "absent"]).metric(f"scaling:{name}", **DRAWING[name])
    assert "bounds not known: it draws random numbers" in repr(found)
    assert found.coverage is not None and found.coverage < 1
    known = programme(["present", "absent", "absent"]).metric(f"scaling:{name}", **DRAWING[name])
    assert not known.no_bounds


def test_an_interval_whose_bounds_are_not_known_is_undefined() -> None:
    first = programme(["present", "unobserved", "absent"]).where(Adopts, lambda a: a.source == "a")
    given = {"q": 1.0, "limit": 0}
    assert first.metric("scaling:tipping-margin", thresholds=0.9, **given).interval
    drawn = first.metric("scaling:tipping-margin", thresholds=("uniform", 0.6, 1.0), **given)
    assert drawn.undefined == "missing_input" and "random numbers" in drawn.why


def reported(says: dict[str, str | None]) -> Dataset:
    """A programme in which a and b say whether they are tied; c names b, and b does not name c."""
    ties = [
        Tie(
            id=f"by-{who}",
            source="a",
            target="b",
            reported_by=who,
            state=None if state is None else jmdi.code("presence", state),
        )
        for who, state in says.items()
    ]
    return programme(["absent"] * 3).with_records(ties).without("tab")


@pytest.mark.parametrize("name", ENUMERATED)
def test_reports_that_differ_give_bounds_beside_the_value_by_the_rule(name: str) -> None:
    metric = f"scaling:{name}"
    found = reported({"a": None, "b": "absent"}).metric(metric)
    agreed, denied = (
        reported(dict.fromkeys("ab", state)).metric(metric) for state in (None, "absent")
    )
    assert found.notes["ties_disputed"] == 1 and "ties_unobserved" not in found.notes
    assert found.value == agreed.value and found.coverage == agreed.coverage
    if not found.no_bounds:
        ends = [float(one) for one in (agreed, denied) if one.defined]
        assert (found.lower, found.upper) == pytest.approx((min(ends), max(ends)))


def test_an_end_that_answered_and_does_not_report_the_tie_says_no() -> None:
    other = Tie(id="other", source="b", target="d", reported_by="b")
    alone = reported({"a": None}).metric("scaling:exposure")
    silent = reported({"a": None}).with_records(other).metric("scaling:exposure")
    assert "ties_disputed" not in alone.notes
    assert silent.notes["ties_disputed"] == 1 and silent.lower < silent.upper
