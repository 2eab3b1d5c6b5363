"""The matrix of a network: each pair of nodes is a cell, places are blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from jmdi_report.layouts import matrix
from jmdi_report.plots.actors import Actors
from jmdi_report.plots.styles import Style
from jmdi_report.words import texts_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["MOST_NAMED", "draw_matrix"]

MOST_NAMED = 45
"""Up to so many nodes each row has the name of its node; above, blocks have that of the place."""

TIED, DISPUTED, UNOBSERVED = 1, 2, 3


def draw_matrix(actors: Actors, ax: Axes, style: Style, *, legend: bool = True) -> Axes:
    """Rows and columns by place, type and degree; a cell of what nobody observed is not empty.

    Args:
        actors: What is drawn.
        ax: The axes to draw on.
        style: How.
        legend: Whether to explain the shades.
    """
    from matplotlib.colors import ListedColormap
    from matplotlib.patches import Patch

    network = actors.network
    n = len(network)
    blocks = matrix(actors.types, actors.places, actors.degrees)
    row = np.empty(n, np.int64)
    row[blocks.order] = np.arange(n)
    cells = np.zeros((n, n), np.int8)
    both = not network.directed
    seen = [(i, j) for i, j in zip(network.source, network.target, strict=True)] if not both else []
    tied = {tuple(pair) for pair in actors.pairs.tolist()}
    directed = [(i, j) for i, j in seen if tuple(sorted((i, j))) in tied]
    for value, pairs, mirrored in (
        (UNOBSERVED, network.unobserved, both),
        (TIED, directed if network.directed else sorted(tied), both),
        (DISPUTED, network.disputed, both),
    ):
        for i, j in pairs:
            cells[row[i], row[j]] = value
            if mirrored:
                cells[row[j], row[i]] = value
    shades = [style.faint, style.mark, style.accent, style.muted]
    ax.imshow(cells, cmap=ListedColormap(shades), vmin=0, vmax=3, interpolation="none", zorder=0)
    names = [_short(actors.label(i)) for i in blocks.order.tolist()] if n <= MOST_NAMED else None
    if names is not None:
        size = style.text * (0.9 if n <= 25 else 0.65)
        ax.set_yticks(range(n), names, fontsize=size)
        ax.set_xticks(range(n), names, rotation=90, fontsize=size)
    else:
        wide = [block for block in blocks.blocks if block[2] - block[1] >= max(2, n / 45)]
        middles = [(first + end - 1) / 2 for _, first, end in wide]
        places = [_short(actors.place_label(place)) for place, _, _ in wide]
        ax.set_yticks(middles, places)
        ax.set_xticks(middles, places, rotation=90)
    ax.tick_params(length=0)
    for _, first, _ in blocks.blocks[1:]:
        for line in (ax.axhline, ax.axvline):
            line(first - 0.5, color=style.paper, linewidth=1.5 * style.line)
    ax.spines[:].set_visible(False)
    if network.directed:
        ax.set_ylabel("from")
        ax.set_xlabel("to")
    if legend:
        texts = texts_of(actors.language)
        words = {TIED: texts["state.present"], DISPUTED: texts["map.disputed"]}
        words[UNOBSERVED] = texts["map.unobserved"]
        there = set(np.unique(cells).tolist())
        handles = [Patch(color=shades[v], label=w) for v, w in words.items() if v in there]
        ax.legend(
            handles=handles,
            loc="lower right",
            bbox_to_anchor=(1.0, 1.0),
            ncols=3,
            frameon=False,
            fontsize=style.text * 0.9,
            labelcolor=style.ink,
        )
    return ax


def _short(text: str) -> str:
    return text if len(text) <= 26 else f"{text[:25]}…"
