"""The table of numbers behaves as a dict does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jmdi_iati.reading.seen import Seen

numbers = st.integers(-(2**63), 2**63 - 1) | st.integers(0, 50).map(lambda n: n << 40)


@given(st.lists(st.tuples(numbers, numbers), max_size=600))
def test_it_is_a_dict_of_numbers(pairs):
    table, expected = Seen(values=True), {}
    for key, value in pairs:
        new = key not in table
        assert new == ((key or 1) not in expected)
        table.put(key, value)
        expected[key or 1] = value
    assert len(table) == len(expected)
    assert all(table.get(key) == value for key, value in expected.items())
    assert table.add(1 << 62 | 7) == ((1 << 62 | 7) not in expected)


@given(st.lists(numbers, max_size=600))
def test_without_values_it_is_a_set(keys):
    table = Seen()
    assert [table.add(key) for key in keys] == [
        (key or 1) not in {k or 1 for k in keys[:place]} for place, key in enumerate(keys)
    ]
    assert all(key in table and table.get(key) == 0 for key in keys)
