"""The two ways to compress ties by rows give the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jmdi_network.arrays import sorted_by_numpy, sorted_by_scipy

ENTRIES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.floats(-1e6, 1e6, width=32)), max_size=40
)


@given(ENTRIES)
def test_both_sort_alike(entries: list[tuple[int, int, float]]) -> None:
    rows, columns, values = (np.array([entry[i] for entry in entries]) for i in range(3))
    given_ = (rows.astype(np.int32), columns.astype(np.int32), values.astype(float), 7)
    few, many = sorted_by_numpy(*given_), sorted_by_scipy(*given_)
    assert few.indptr.tolist() == many.indptr.tolist()
    assert few.indices.tolist() == many.indices.tolist()
    np.testing.assert_allclose(few.weight, many.weight, atol=1e-6)
