"""The force layout: tied actors near each other, all others apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jmdi_report.layouts.positions import Floats, Integers, Layout, quantised

__all__ = ["force"]

EXACT = 500
"""Up to so many actors each one pushes each other one; above, a grid sums up who pushes."""

STEPS = 150
PULL = 3.0
"""How strongly all the ties of an actor of mean degree pull it, where 1 is as all others push."""


def force(
    n: int,
    source: Sequence[int] | Integers,
    target: Sequence[int] | Integers,
    seed: int = 0,
) -> Layout:
    """Positions of actors by their ties, after Jacomy, Venturini, Heymann and Bastian (2014).

    Ties pull with their length; actors push each other with the inverse of their distance, the
    well connected more; all are drawn to the middle, and steps become smaller. Actors without
    ties stand in rows below the others. Weights are not used.

    Args:
        n: How many actors there are.
        source: Index of the actor at one end of each tie.
        target: Index of the actor at its other end.
        seed: Seed of the positions that it starts from.
    """
    ends = np.column_stack([np.asarray(source, np.int64), np.asarray(target, np.int64)])
    ends = ends[ends[:, 0] != ends[:, 1]]
    tied = np.zeros(n, bool)
    tied[ends.ravel()] = True
    number = np.cumsum(tied) - 1
    at = np.zeros((n, 2))
    at[tied] = _settled(int(tied.sum()), number[ends], seed)
    low = at[tied].min(axis=0) if tied.any() else np.zeros(2)
    high = at[tied].max(axis=0) if tied.any() else np.zeros(2)
    alone = int(n - tied.sum())
    across = max(1, int(high[0] - low[0]) if tied.any() else int(np.ceil(np.sqrt(alone))))
    place = np.arange(alone)
    at[~tied] = np.column_stack([low[0] + place % across, high[1] + 1.5 + place // across])
    spacing = 0.4 * float(np.sqrt(np.ptp(at, axis=0).prod() / n)) if n else 0.0
    return quantised(at, np.zeros((0, 3)), np.zeros(0, np.int64), spacing)


def _settled(n: int, ends: Integers, seed: int) -> Floats:
    """The positions after all steps, float64 of shape (n, 2); the unit is the distance wanted.

    Args:
        n: How many actors there are, each with a tie.
        ends: int64 of shape (ties, 2), the actors of each tie.
        seed: Seed of the start.
    """
    if not n:
        return np.zeros((0, 2))
    random = np.random.default_rng(seed)
    radius, turn = np.sqrt(n * random.random(n)), 2 * np.pi * random.random(n)
    at = np.column_stack([np.cos(turn), np.sin(turn)]) * radius[:, None]
    degree = np.bincount(ends.ravel(), minlength=n)
    mass = (degree + 1) / (degree.mean() + 1)  # what an actor pushes with
    tension = PULL / degree.mean()
    repel = _pairs if n <= EXACT else _Grid(n)
    heat = max(1.0, np.sqrt(n) / 5)
    for step in range(STEPS):
        move = repel(at, mass) - at  # without ties all would fill a disc of radius √n
        pull = (at[ends[:, 0]] - at[ends[:, 1]]) * tension
        for axis in (0, 1):
            move[:, axis] -= np.bincount(ends[:, 0], pull[:, axis], n) / mass
            move[:, axis] += np.bincount(ends[:, 1], pull[:, axis], n) / mass
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)
        most = heat * (1 - step / STEPS) ** 2
        at = at + move * (np.minimum(0.2 * length, most) / length)[:, None]
    return np.asarray(at - at.mean(axis=0))


def _pairs(at: Floats, mass: Floats) -> Floats:
    """How each actor is pushed by each other one, float64 of shape (n, 2).

    Args:
        at: float64 of shape (n, 2), where each is.
        mass: float64, how strongly each pushes.
    """
    apart = at[:, None, :] - at[None, :, :]
    square = (apart**2).sum(axis=2) + 1e-2
    return np.asarray((apart * (mass / square)[..., None]).sum(axis=1))


class _Grid:
    """Pushes as `_pairs` sums them, with actors spread over the cells of a grid.

    The sum over all cells is a convolution, which costs as much for many actors as for few.
    """

    def __init__(self, n: int) -> None:
        self.cells = int(np.clip(2 ** np.ceil(np.log2(2 * np.sqrt(n))), 32, 128))
        offset = np.fft.fftfreq(2 * self.cells, 1 / (2 * self.cells))
        dx, dy = np.meshgrid(offset, offset, indexing="ij")
        square = dx**2 + dy**2 + 0.25
        self.kernels = np.fft.rfft2(np.stack([dx / square, dy / square]))

    def __call__(self, at: Floats, mass: Floats) -> Floats:
        g = self.cells
        low = at.min(axis=0)
        size = max(float(np.ptp(at, axis=0).max()), 1e-9) / (g - 1.001)
        cell = (at - low) / size
        corner = np.floor(cell).astype(np.int64)
        part = cell - corner
        parts = [(corner[:, 0] + i) * (2 * g) + corner[:, 1] + j for i in (0, 1) for j in (0, 1)]
        shares = [
            np.abs(1 - i - part[:, 0]) * np.abs(1 - j - part[:, 1]) for i in (0, 1) for j in (0, 1)
        ]
        spread = np.concatenate([share * mass for share in shares])
        held = np.bincount(np.concatenate(parts), spread, 4 * g * g).reshape(2 * g, 2 * g)
        field = np.fft.irfft2(np.fft.rfft2(held) * self.kernels)
        flat = field.reshape(2, -1) / size
        pushed = sum(flat[:, part] * share for part, share in zip(parts, shares, strict=True))
        return np.asarray(pushed).T.copy()
