"""Numbers kept as an array are the mapping that a dict of them is."""

from __future__ import annotations

import copy
import math
import pickle
from array import array

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.metrics.numbers import Numbers
from jmdi.metrics.result import Result
from jmdi.model.frozen import FrozenMap

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
INTEGERS = st.integers(-(2**63), 2**63 - 1)


def numbers(plain: dict[str, float | int | None], form: str) -> Numbers:
    missing = bytes(x is None for x in plain.values())
    buffer = array(form, [x or 0 for x in plain.values()]).tobytes()
    return Numbers(tuple(plain), buffer, form, missing if any(missing) else b"")


@given(
    st.one_of(
        st.tuples(st.just("d"), st.dictionaries(st.text(), st.none() | FLOATS)),
        st.tuples(st.just("q"), st.dictionaries(st.text(), st.none() | INTEGERS)),
    )
)
def test_they_are_the_same_mapping(made: tuple[str, dict[str, float | int | None]]) -> None:
    form, plain = made
    found = numbers(plain, form)
    known = [x for x in plain.values() if x is not None]
    assert len(found) == len(plain)
    assert list(found) == list(plain)
    assert found.extremes == ((min(known), max(known)) if known else (None, None))
    assert found == plain
    assert FrozenMap(plain) == found
    assert hash(found) == hash(FrozenMap(plain))
    assert [type(x) for x in found.values()] == [
        type(x) if x is None or form == "q" else float for x in plain.values()
    ]
    for other in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):
        assert other == found
        assert other.ids == found.ids


def test_a_result_keeps_the_array() -> None:
    found = numbers({"a": 1.5, "b": None}, "d")
    result = attrs.evolve(Result(values=found), metric="m")
    assert result.values is found
    assert result.to_dict()["values"] == {"a": 1.5, "b": None}
    assert found.array.readonly


@pytest.mark.parametrize("wrong", [math.nan, math.inf])
def test_what_is_not_finite_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="b: a result is never"):
        numbers({"a": 1.0, "b": wrong}, "d")
    Numbers(("a", "b"), array("d", [1.0, wrong]).tobytes(), "d", b"\0\1")
    numbers({"a": 1.7e308, "b": 1.7e308}, "d")  # whose sum is infinite


def test_lengths_and_formats_are_checked() -> None:
    with pytest.raises(ValueError, match="2 numbers for 1 ids"):
        Numbers(("a",), array("d", [1, 2]).tobytes(), "d")
    with pytest.raises(ValueError, match="not 'f'"):
        Numbers(("a",), array("f", [1]).tobytes(), "f")


def test_they_cannot_change() -> None:
    with pytest.raises(AttributeError):
        numbers({"a": 1.0}, "d").ids = ()
