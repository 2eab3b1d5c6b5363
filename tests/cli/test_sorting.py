"""Lines come back in order of their keys, from memory or from disk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.cli import sorting
from jmdi.cli.sorting import Sorter, key_of

parts = st.lists(
    st.text(st.sampled_from("\0\x01ab\x7fé\ud800\U0001f600"), max_size=3), min_size=1, max_size=3
)


@given(parts, parts)
def test_keys_sort_as_tuples_of_texts_do(one, other):
    assert (key_of(one) < key_of(other)) == (one < other)


@pytest.mark.parametrize(("held", "runs"), [(1 << 20, 100), (200, 100), (40, 3), (1, 2)])
def test_lines_come_in_order_and_stay_in_order_under_one_key(monkeypatch, held, runs):
    monkeypatch.setattr(sorting, "IN_MEMORY", held)
    monkeypatch.setattr(sorting, "MOST_RUNS", runs)
    pairs = [(b"%d" % (n * 7919 % 50), b"line %d" % n) for n in range(300)]
    sorter = Sorter()
    for key, line in pairs:
        sorter.put(key, line)
    assert list(sorter.lines()) == [line for _, line in sorted(pairs, key=lambda pair: pair[0])]
