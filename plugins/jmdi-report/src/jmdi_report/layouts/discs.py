"""Discs that do not overlap, as near to their places on the map as they can be."""

from __future__ import annotations

import numpy as np

from jmdi_report.layouts.positions import Floats

__all__ = ["GAP", "placed"]

GAP = 1.08
"""The centres of two discs are at least this many times the sum of their radii apart."""

MOST_PUSHED = 300
"""Above so many discs, pushing each from each takes too long: they stand in rows."""

GOLDEN_ANGLE = np.pi * (3 - 5**0.5)


def placed(radii: Floats, centres: Floats) -> Floats:
    """The centre of each disc, float64 of shape (discs, 2), y down.

    Args:
        radii: float64, the radius of each disc, above 0.
        centres: float64 of shape (discs, 2), where each disc is on the map in any unit, y down;
            NaN where it is on none.
    """
    at = np.zeros((len(radii), 2))
    if not len(radii):
        return at
    on_map = ~np.isnan(centres).any(axis=1)
    if len(radii) > MOST_PUSHED:
        return _rows(radii, 1.3 * float(np.sqrt((4 * radii**2).sum())))
    if not on_map.any():
        return _pushed(_sunflower(radii), radii)
    at[on_map] = _pushed(_scaled(centres[on_map], radii[on_map]), radii[on_map])
    if not on_map.all():
        r = radii[on_map]
        low = (at[on_map] - r[:, None]).min(axis=0)
        high = (at[on_map] + r[:, None]).max(axis=0)
        others = radii[~on_map]
        rows = _rows(others, float(max(high[0] - low[0], 2 * GAP * others.max())))
        below = high[1] + (GAP - 1) * (r.max() + others.max())
        at[~on_map] = rows + np.array([low[0], below])
    return at


def _scaled(centres: Floats, radii: Floats) -> Floats:
    """Places on the map in the unit of the radii, so that there is room for all discs."""
    span = np.ptp(centres, axis=0).max() if len(centres) > 1 else 0.0
    room = 2 * float(np.sqrt((4 * radii**2).sum()))
    scale: float = room / span if span > 0 else 1.0
    return np.asarray((centres - centres.mean(axis=0)) * scale)


def _sunflower(radii: Floats) -> Floats:
    """Discs around the largest one, smaller ones further out."""
    rank = np.empty(len(radii), np.int64)
    rank[np.argsort(-radii, kind="stable")] = np.arange(len(radii))
    turn, out = rank * GOLDEN_ANGLE, np.sqrt(rank) * 2 * radii.max()
    return np.asarray(np.column_stack([np.cos(turn), np.sin(turn)]) * out[:, None])


def _pushed(at: Floats, radii: Floats) -> Floats:
    """Discs drawn together and pushed apart in turns until they are close and none overlaps."""
    n = len(radii)
    if n == 1:
        return np.zeros((1, 2))
    near = GAP * (radii[:, None] + radii[None, :])
    np.fill_diagonal(near, 0)
    # Discs on one spot part in directions that differ, and that no chance draws.
    turn = np.arange(n) * GOLDEN_ANGLE
    at = at + np.column_stack([np.cos(turn), np.sin(turn)]) * (1e-3 * radii.min())
    share = radii[None, :] ** 2 / (radii[:, None] ** 2 + radii[None, :] ** 2)
    rounds = 30 if n > 100 else 120
    middle = np.average(at, axis=0, weights=radii**2)
    for step in range(rounds):
        if step < rounds // 2:
            at = middle + (at - middle) * 0.96
        apart = at[:, None, :] - at[None, :, :]
        far = np.hypot(apart[..., 0], apart[..., 1])
        np.fill_diagonal(far, 1)
        push = np.maximum(near - far, 0) * share / far
        at = at + np.einsum("ijk,ij->ik", apart, push)
    apart = at[:, None, :] - at[None, :, :]
    far = np.hypot(apart[..., 0], apart[..., 1])
    np.fill_diagonal(far, 1)
    return at * max(1.0, float((near / far).max()))  # what is still too near is spread apart


def _rows(radii: Floats, width: float) -> Floats:
    """Discs in rows from the top left, the largest first; no row is wider than it may be."""
    at = np.empty((len(radii), 2))
    x = y = 0.0
    height = 0.0
    for i in np.argsort(-radii, kind="stable").tolist():
        wide = 2 * GAP * float(radii[i])
        if x and x + wide > width:
            x, y, height = 0.0, y + height, 0.0
        height = max(height, wide)
        at[i] = x + wide / 2, y + height / 2
        x += wide
    return at
