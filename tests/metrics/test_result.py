"""The Result: never NaN, never a silent 0, always a reason."""

from __future__ import annotations

import copy
import datetime
import json
import math
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.errors import NotFound
from jmdi.metrics.members import Digest
from jmdi.metrics.result import REASONS, Result, UndefinedResult, not_applicable, undefined


@given(st.floats() | st.decimals() | st.integers(-(10**300), 10**300) | st.fractions())
def test_a_value_is_a_finite_number_or_refused(value: Any) -> None:
    finite = value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)
    if finite:
        assert float(Result(value=value)) == pytest.approx(float(value))
    else:
        with pytest.raises(ValueError, match="never"):
            Result(value=value)


@pytest.mark.parametrize("value", [True, "1", [1]])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        Result(value=value)


@pytest.mark.parametrize("values", [{"a": math.nan}, {"a": {"b": [math.inf]}}])
def test_values_are_finite_too(values: Any) -> None:
    with pytest.raises(ValueError, match=r"never|finite"):
        Result(values=values)


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"value": 1, "undefined": "no_ties"},
        {"not_applicable": True, "undefined": "no_ties"},
        {"value": 1, "lower": 2, "upper": 1},
        {"value": 1, "lower": 2, "upper": 3},
        {"value": 1, "upper": 0.5},
        {"value": Decimal("0.1"), "lower": 0.2},
    ],
)
def test_contradictions_are_refused(members: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"result|bounds"):
        Result(**members)


def test_reasons_come_from_the_list() -> None:
    for reason, why in REASONS.items():
        result = undefined(reason)
        assert (result.undefined, result.why) == (reason, why)
        with pytest.raises(UndefinedResult) as error:
            float(result)
        assert error.value.reason == reason
        assert pickle.loads(pickle.dumps(error.value)).reason == reason
    assert undefined("acme:too_old", "because").undefined == "acme:too_old"
    with pytest.raises(NotFound, match="no_ties"):
        undefined("no_tie")


def test_a_result_is_neither_true_nor_false() -> None:
    with pytest.raises(TypeError, match=r"\.defined"):
        bool(Result(value=0))


def test_rounding_does_not_carry_a_value_over_its_bounds() -> None:
    assert Result(value=0.1 + 0.2, lower=0, upper=0.3).value == 0.1 + 0.2
    assert Result(value=Decimal("0.3"), lower=0.1 + 0.2).value == Decimal("0.3")


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [(0, 1, "0–1"), (-0.5, 0.25, "-0.5 to 0.25"), (2, 2, "2"), (0.5, None, "0.5 or more")],
)
def test_an_interval_is_said_with_what_is_open(lower: Any, upper: Any, said: str) -> None:
    members: dict[str, Any] = {"why": "no list is complete", "n_eligible": 36, "of": "initiatives"}
    result = Result(metric="m", lower=lower, upper=upper, **members)
    assert result.status == "interval"
    assert repr(result) == f"m = {said}   (no list is complete; 36 initiatives)"
    for closed, read in (
        ({"value": 0}, "0"),
        ({"lower": 0, "upper": 0.5}, "0–0.5"),
        ({"undefined": "no_ties", "why": "no tie"}, "undefined (no tie)"),
    ):
        result = Result(metric="m", lower=0, why="it is open", notes={"closed_world": closed})
        assert repr(result) == f"m = 0 or more   (it is open; read as complete: {read})"


def test_an_interval_has_no_single_value() -> None:
    result = Result(metric="cost", lower=Decimal("12.50"), upper=Decimal("37.50"), unit="USD")
    assert result.defined
    assert result.interval
    assert repr(result) == "cost = 12.50–37.50 USD"
    with pytest.raises(UndefinedResult, match="interval"):
        float(result)


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (
            Result(metric="density", value=0.04123, n_used=94, n_eligible=100, of="actors"),
            "density = 0.04123   coverage 94 %   (n = 94 actors)",
        ),
        (Result(metric="x", value=3, lower=1, upper=4, unit="ties"), "x = 3 ties   [1, 4]"),
        (undefined("no_ties", metric="x"), "x undefined: no_ties (the network has no ties)"),
        (not_applicable("it has two modes", metric="x"), "x not applicable: it has two modes"),
        (Result(metric="x", values={"a": 1, "b": 2}), "x = 2 values"),
        (Result(value=123456.789), "result = 123,456.8"),
    ],
)
def test_the_repr_is_short(result: Result, text: str) -> None:
    assert repr(result) == text


def test_html_is_safe() -> None:
    page = Result(metric="<b>", value=1, convention="<script>")._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_to_dict_has_the_same_keys_and_only_json_values() -> None:
    full = Result(
        metric="m",
        value=Decimal("1.50"),
        values={"a": {"b": (1, None)}},
        as_of=datetime.date(2015, 1, 2),
        notes={"day": datetime.date(2015, 1, 1), "half": Fraction(1, 2)},
        parameters={"k": 1},
        n_used=1,
        n_eligible=2,
    ).to_dict()
    assert list(full) == list(undefined("no_ties").to_dict())
    again = json.loads(json.dumps(full, allow_nan=False))
    assert again["value"] == "1.50"
    assert again["as_of"] == "2015-01-02"
    assert again["coverage"] == 0.5
    assert again["notes"] == {"day": "2015-01-01", "half": 0.5}


def test_a_result_can_be_compared_hashed_and_pickled() -> None:
    result = Result(value=1, values={"a": [1]}, notes={"b": {"c": 1}})
    assert pickle.loads(pickle.dumps(result)) == result
    assert hash(result) == hash(pickle.loads(pickle.dumps(result)))


def test_citing_names_definition_convention_and_parameters() -> None:
    result = Result(
        metric="density",
        title="Density",
        value=1,
        citation="Wasserman & Faust 1994",
        convention="loops dropped",
        parameters={"a": 1, "b": None},
        seed=7,
        as_of="2015-01-01",
        subject="network actors",
    )
    assert result.cite() == (
        "Density. Wasserman & Faust 1994. Convention: loops dropped. Parameters: a=1. "
        "As of 2015-01-01. Seed 7. Computed on network actors."
    )


def test_values_as_a_table() -> None:
    table = Result(values={"ngo": {"4": 1, "6": 0}, "lg": {"6": 2}}).table()
    assert table.columns == ("element", "4", "6")
    assert list(table.rows) == [("ngo", 1, 0), ("lg", None, 2)]
    plain = Result(values={"a": 1, "sizes": [2, 1]}).table()
    assert list(plain.rows) == [("a", 1), ("sizes", [2, 1])]
    with pytest.raises(UndefinedResult):
        Result(value=1).table()


@pytest.mark.parametrize(
    ("number", "things", "said"),
    [
        (1, "actions", "action"),
        (1, "actions due", "action due"),
        (1, "tied pairs", "tied pair"),
        (1, "territories", "territory"),
        (1, "ties", "tie"),
        (1, "series", "series"),
        (1, "", ""),
        (0, "actors", "actors"),
        (2, "actors", "actors"),
    ],
)
def test_one_thing_is_counted_as_one(number, things, said):
    found = repr(Result(metric="m", value=0.5, n_used=number, of=things))
    assert found == f"m = 0.5   (n = {number} {said})".replace(" )", ")")


def test_a_digest_is_found_when_it_is_asked_for_and_is_text_elsewhere() -> None:
    asked = []

    def digest() -> str:
        asked.append(1)
        return "d1"

    result = Result(value=1, digest=Digest(digest))
    again = attrs.evolve(result, value=2)
    assert not asked
    assert result.digest == again.digest == result.to_dict()["digest"] == "d1"
    assert copy.deepcopy(result).digest == pickle.loads(pickle.dumps(result)).digest == "d1"
    assert len(asked) == 1
