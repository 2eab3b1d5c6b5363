"""Lines are the same bytes, whoever encodes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.files.fast import fast_encoder
from jmdi.files.lines import MANY, LineEncoder
from jmdi.model.writing import dumps, unstructure

NUMBERS = (
    st.floats(allow_nan=False, allow_infinity=False)
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.dictionaries(st.text(min_size=1).map("x:{}".format), VALUES, max_size=4))
def test_msgspec_writes_what_the_standard_library_writes(extra):
    pytest.importorskip("msgspec")
    encode = fast_encoder()
    record = jmdi.Actor(id="a", extra=extra, identifiers=(jmdi.Identifier("s", "v", extra=extra),))
    members = unstructure(record)
    assert encode(members) == dumps(members).encode()


def test_floats_with_an_exponent_are_read_back_from_a_dict(core):
    record = jmdi.Actor(id="a", extra={"x": {"y": 1e64, "z": [1e-7, 0.5]}})
    assert core.record(record.to_dict()) == record


def test_many_lines_are_the_same_with_and_without_msgspec(monkeypatch):
    records = [
        jmdi.Actor(id=f"a/{n}", names={"fr": "Ñ\u2028", "en": f"{n}"}, extra={"x": n / 7})
        for n in range(MANY + 10)
    ]
    fast = list(map(LineEncoder(), records))
    monkeypatch.setattr("jmdi.files.lines.fast_encoder", lambda: None)
    assert list(map(LineEncoder(), records)) == fast
