"""Random numbers: a stream for each replicate, whatever process draws it."""

from __future__ import annotations

import numpy as np

__all__ = ["stream"]


def stream(seed: int, replicate: int) -> np.random.Generator:
    """The random numbers of one replicate: Philox, a counter keyed by seed and replicate."""
    key = np.array([seed % 2**64, replicate % 2**64], np.uint64)
    return np.random.Generator(np.random.Philox(key=key))
