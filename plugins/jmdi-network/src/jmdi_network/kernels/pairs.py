"""What pairs of rows of a matrix have in common."""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Floats, Ints
from jmdi_network.kernels.jit import reading_kernel

__all__ = ["common"]


@reading_kernel
def common(
    indptr: Ints, indices: Ints, across: Ints, rows: Ints, share: Floats
) -> tuple[int, Ints, Ints, Floats]:
    """The pairs of rows i < j with a column in common, sorted, and the sum of their shares.

    Args:
        indptr: Index pointers of the rows, int32.
        indices: Their columns, int32.
        across: Index pointers of the columns, int32.
        rows: Their rows, int32, sorted within each column.
        share: What each column counts, float64.

    Returns:
        How many pairs there are; ``i`` and ``j`` of each, int32, and its sum, float64, with room
        for more at the end.
    """
    n = len(indptr) - 1
    most = 0  # pairs if no two columns joined the same two rows
    for c in range(len(across) - 1):
        d = across[c + 1] - across[c]
        most += d * (d - 1) // 2
    first, second = np.empty(most, np.int32), np.empty(most, np.int32)
    total = np.empty(most)
    sums = np.zeros(n)
    seen = np.full(n, -1, np.int32)
    place = across[:-1].copy()
    found = 0
    for i in range(n):
        begin = found
        for k in range(indptr[i], indptr[i + 1]):
            c = indices[k]
            # rows come in order, so that i is the next one of each of its columns
            place[c] += 1
            for r in range(place[c], across[c + 1]):
                j = rows[r]
                if seen[j] != i:
                    seen[j] = i
                    sums[j] = 0.0
                    second[found] = j
                    found += 1
                sums[j] += share[c]
        second[begin:found] = np.sort(second[begin:found])
        for p in range(begin, found):
            first[p] = i
            total[p] = sums[second[p]]
    return found, first, second, total
