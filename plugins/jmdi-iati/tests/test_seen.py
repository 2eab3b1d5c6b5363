"""The table of numbers behaves as a dict does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jmdi_iati.seen import Seen

numbers = st.integers(-(2**63), 2**63 - 1) | st.integers(0, 50).map(lambda n: n << 40)


@given(st.lists(st.tuples(numbers, numbers), max_size=600))
def test_it_is_a_dict_of_numbers(pairs):
    table, expected = Seen(), {}
    for key, value in pairs:
        new = key not in table
        assert new == ((key or 1) not in expected)
        table.put(key, value)
        expected[key or 1] = value
    assert len(table) == len(expected)
    assert all(table.get(key) == value for key, value in expected.items())
    assert table.add(1 << 62 | 7) == ((1 << 62 | 7) not in expected)
