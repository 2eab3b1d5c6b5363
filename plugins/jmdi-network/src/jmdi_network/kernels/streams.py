"""Random bits inside compiled loops, where a generator of numpy cannot go."""

from __future__ import annotations

import numpy as np

from jmdi_network.arrays import Whole
from jmdi_network.kernels.jit import kernel

__all__ = ["random_bits"]


@kernel
def random_bits(key: Whole, count: Whole) -> Whole:
    """The 64 bits of a stream at a place: SplitMix64, a counter and a mixer.

    Any place can be asked for in any order, so that a loop needs no state and two loops that
    ask for the same places draw the same bits (Steele, Lea & Flood 2014).

    Args:
        key: The key of the stream, uint64.
        count: The place, 0 or more, of any whole type.
    """
    # uint64 + int64 is a float in numba: both must be uint64 before they are added
    z = key + (np.uint64(count) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
