"""``net.plot()``: the map of a network, or its matrix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from jmdi import NotFound
from jmdi.graph.network import Network
from jmdi_report.layouts import SIDE, Layout
from jmdi_report.layouts.positions import Floats
from jmdi_report.palette import Look
from jmdi_report.plots.actors import (
    LARGEST,
    PLAIN,
    Actors,
    Values,
    arranged,
    grouped,
    is_number,
    scaled,
    values_of,
)
from jmdi_report.plots.marks import outline
from jmdi_report.plots.matrix import draw_matrix
from jmdi_report.plots.saying import drawn
from jmdi_report.plots.styles import Style, StyleName, axes, legend_beside, style_of
from jmdi_report.words import texts_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["LAYOUTS", "LayoutName", "plot"]

LayoutName: TypeAlias = Literal["territory", "force", "matrix"]
LAYOUTS: tuple[str, ...] = ("territory", "force", "matrix")

BANDS = 3000
"""Above so many tied pairs, territories are joined by bands and not by each tie."""

ARROWS = 300
"""Up to so many pairs that are tied one way have an arrow."""

Box: TypeAlias = tuple[float, float, float, float]
"""Left, right, bottom and top of a text in dots."""

LABELS = 8
"""How many nodes have a label when nobody says which."""


def plot(
    network: Network,
    ax: Axes | None = None,
    layout: LayoutName = "territory",
    *,
    color: Values = "type",
    size: Values | float = "degree",
    labels: bool | int | Iterable[str] = LABELS,
    style: StyleName = "light",
    language: str = "en",
    seed: int = 0,
    legend: bool = True,
) -> Axes:
    """Draws a network as the report page shows it.

    In the layout ``territory`` a disc is a country and each type has its sector, the best
    connected nearest to the centre; ``force`` puts tied nodes near each other; ``matrix`` shows
    each pair as a cell, and says which pairs nobody observed. Ties that were not observed are
    dashed, disputed ones dotted, and neither is drawn as present. A tie that goes one way has an
    arrow where there are not too many; above 3,000 pairs territories are joined by bands.

    Args:
        network: The network.
        ax: The axes to draw on; new ones if not given.
        layout: ``territory``, ``force`` or ``matrix``.
        color: What colours say: an attribute of nodes, a Result with a value for each node, a
            mapping by id, or a sequence. Numbers are shades, anything else has a colour for each
            of the eight most frequent values.
        size: What areas say, likewise, or a number for marks of one size (1 is the usual one).
        labels: How many of the best connected nodes have a label, which nodes by id, or whether
            all or none have one.
        style: ``light``, ``dark`` or ``print``.
        language: Language of names and of the legend.
        seed: Seed of the force layout.
        legend: Whether to explain shapes and colours beside the picture.

    Returns:
        The axes.

    Raises:
        NotFound: If there is no such layout, style, language, attribute or node.
        ValueError: If there is not a value for each node.
        NoFigure: If matplotlib is not installed.
    """
    if layout not in LAYOUTS:
        raise NotFound("layout", layout, LAYOUTS)
    texts_of(language)  # refuses one that there is not
    look = style_of(style)
    actors = Actors.of(network, language)
    new = axes(ax, look, (6.4, 6.4) if layout == "matrix" else (7.2, 5.2))
    if not len(network):
        new.set_axis_off()
        new.text(0.5, 0.5, "no nodes", color=look.muted, ha="center", transform=new.transAxes)
        return new
    if layout == "matrix":
        return draw_matrix(actors, new, look, legend=legend)
    new.set_axis_off()
    new.set_aspect("equal")
    at = arranged(actors, layout, seed)
    points = np.column_stack([at.x, at.y]).astype(float)
    margin = 0.03 * SIDE
    new.set_xlim(-margin, at.width + margin)
    new.set_ylim(at.height + margin, -margin - (0.03 * SIDE if at.circles else 0))
    taken = _discs(new, at, actors, look)
    if at.circles and len(actors.pairs) > BANDS:
        _bands(new, actors, at, look)
    else:
        _ties(new, actors, points, look)
    radii = _nodes(new, actors, at, points, color, size, look, legend)
    _labels(new, actors, points, radii, labels, at, look, taken)
    return new


def _discs(ax: Axes, at: Layout, actors: Actors, style: Style) -> list[Box]:
    """A disc for each place with its name above and how many nodes it has.

    Returns:
        The boxes of the names.
    """
    from matplotlib.patches import Circle

    ax.apply_aspect()
    boxes = []
    counts = np.bincount(actors.places, minlength=len(actors.place_codes))
    largest = max((circle.r for circle in at.circles), default=0)
    for circle in at.circles:
        ax.add_patch(
            Circle(
                (circle.x, circle.y),
                circle.r,
                facecolor=style.faint,
                edgecolor=style.muted,
                linewidth=0.6 * style.line,
                zorder=0,
            )
        )
        if len(at.circles) == 1 and not actors.place_codes[circle.place]:
            continue  # no node has a place: that needs no caption
        small = circle.r < 0.25 * largest
        name = actors.place_label(circle.place)
        text = name if small else f"{name} · {counts[circle.place]}"
        size = style.text * (0.75 if small else 0.9)
        top = (circle.x, circle.y - circle.r)
        boxes.append(_box(ax, text, size, top, 0.5))
        ax.annotate(
            text,
            top,
            xytext=(0, 1.5),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=size,
            color=style.ink,
            zorder=5,
            bbox={"boxstyle": "square,pad=0.05", "fc": style.paper, "ec": "none", "alpha": 0.6},
        )
    return boxes


def _ties(ax: Axes, actors: Actors, points: Floats, style: Style) -> None:
    """A line for each tied pair, dotted where reports disagree, dashed where nobody observed it."""
    from matplotlib.collections import LineCollection

    network = actors.network
    disputed = {tuple(sorted(pair)) for pair in network.disputed}
    unseen = {tuple(sorted(pair)) for pair in network.unobserved_ties if pair[0] != pair[1]}
    present = {tuple(pair) for pair in actors.pairs.tolist()}
    sure = sorted(present - disputed)
    many = max(1, len(present))
    for pairs, dashes in (
        (sure, "solid"),
        (sorted(disputed), (0, (1, 2))),
        (sorted(unseen - present - disputed), (0, (4, 3))),
    ):
        if not pairs:
            continue
        solid = dashes == "solid"
        ax.add_collection(
            LineCollection(
                list(points[np.array(pairs)]),
                colors=style.ink if solid else style.muted,
                alpha=float(np.clip(4 / np.sqrt(many), 0.015, 0.45)) if solid else 0.8,
                linewidths=style.line * (0.6 if many > 300 else 0.8),
                linestyles=[dashes],
                zorder=1,
            ),
            autolim=False,
        )


def _bands(ax: Axes, actors: Actors, at: Layout, style: Style) -> None:
    """A band between two territories, as wide as there are ties between them."""
    from matplotlib.collections import LineCollection

    centres = {circle.place: (circle.x, circle.y) for circle in at.circles}
    ends = np.sort(actors.places[actors.pairs], axis=1)
    joined, counts = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0, return_counts=True)
    if not len(joined):
        return
    ax.add_collection(
        LineCollection(
            [[centres[a], centres[b]] for a, b in joined.tolist()],
            colors=style.muted,
            alpha=0.5,
            linewidths=(0.4 + 11.6 * counts / counts.max()) * style.line,
            zorder=-1,
        ),
        autolim=False,
    )


def _arrows(ax: Axes, actors: Actors, points: Floats, radii: Floats, style: Style) -> None:
    """An arrowhead before the end of each tie that goes one way only."""
    from matplotlib.collections import PolyCollection

    network = actors.network
    if not network.directed:
        return
    tied = {tuple(pair) for pair in actors.pairs.tolist()}
    ends = set(zip(network.source, network.target, strict=True))
    one_way = sorted(
        (i, j) for i, j in ends if (min(i, j), max(i, j)) in tied and (j, i) not in ends
    )
    if not one_way or len(one_way) > ARROWS:
        return
    start, end = points[[i for i, _ in one_way]], points[[j for _, j in one_way]]
    along = (end - start) / np.maximum(np.hypot(*(end - start).T), 1.0)[:, None]
    across = np.column_stack([-along[:, 1], along[:, 0]])
    size = 0.012 * SIDE
    tip = end - along * radii[[j for _, j in one_way]][:, None]
    back = tip - along * size
    corners = np.stack([tip, back + across * size * 0.4, back - across * size * 0.4], axis=1)
    ax.add_collection(
        PolyCollection(list(corners), facecolors=style.muted, linewidths=0, zorder=2),
        autolim=False,
    )


def _nodes(
    ax: Axes,
    actors: Actors,
    at: Layout,
    points: Floats,
    color: Values,
    size: Values | float,
    style: Style,
    legend: bool,
) -> Floats:
    """The nodes; gives the radius of each."""
    n = len(actors.network)
    if isinstance(size, (int, float)):
        radii = np.full(n, 0.42 * min(at.spacing, LARGEST) * float(size))
    else:
        radii = scaled(values_of(actors, size), at.spacing, n)
    if not at.circles or len(actors.pairs) <= BANDS:
        _arrows(ax, actors, points, radii, style)
    if isinstance(color, str) and color == "type":
        kept, index = actors.looks, actors.types
    else:
        values = values_of(actors, color)
        known = [value for value in values if value is not None]
        if known and all(map(is_number, known)):
            _shaded(ax, actors, points, radii, values, color, style, legend)
            return radii
        kept, index = grouped(actors, values)
    for number, look in enumerate(kept):
        mine = np.flatnonzero(index == number)
        _marks(ax, look.shape, points[mine], radii[mine], style.colour(look), style)
    if legend and kept != (PLAIN,):
        counts = np.bincount(index, minlength=len(kept)).tolist()
        _legend(ax, kept, counts, style, actors.language)
    return radii


def _marks(ax: Axes, shape: str, points: Floats, radii: Floats, colours: Any, style: Style) -> None:
    from matplotlib.collections import PolyCollection

    if not len(points):
        return
    hollow = shape == "ring"
    corners = points[:, None, :] + outline(shape)[None] * radii[:, None, None]
    ax.add_collection(
        PolyCollection(
            list(corners),
            facecolors=style.paper if hollow else colours,
            edgecolors=colours if hollow else style.paper,
            linewidths=style.line * (1.2 if hollow else 0.4 if len(points) < 1000 else 0.0),
            zorder=3,
        ),
        autolim=False,
    )


def _shaded(
    ax: Axes,
    actors: Actors,
    points: Floats,
    radii: Floats,
    values: Sequence[Any],
    color: Values,
    style: Style,
    legend: bool,
) -> None:
    """Nodes in shades of their numbers; those without a number are rings."""
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import LinearSegmentedColormap, Normalize

    ends = ("#b4c0f0", style.mark) if style.theme == "light" else ("#2c3a66", style.mark)
    known = np.array([value is not None for value in values])
    numbers = np.array([float(value) if value is not None else np.nan for value in values])
    shades = LinearSegmentedColormap.from_list("jmdi", ends)
    scale = ScalarMappable(Normalize(np.nanmin(numbers), np.nanmax(numbers)), shades)
    for number, look in enumerate(actors.looks):
        mine = np.flatnonzero(known & (actors.types == number))
        shape = "circle" if look.shape == "ring" else look.shape
        _marks(ax, shape, points[mine], radii[mine], scale.to_rgba(numbers[mine]), style)
    lost = np.flatnonzero(~known)
    _marks(ax, "ring", points[lost], radii[lost], style.muted, style)
    if legend:
        bar = ax.figure.colorbar(scale, ax=ax, shrink=0.5, aspect=18, pad=0.02)
        bar.outline.set_visible(False)
        bar.ax.tick_params(colors=style.ink, labelsize=style.text * 0.9, width=0.5)
        said = color if isinstance(color, str) else getattr(color, "title", "") or ""
        unknown = f"\n○ {texts_of(actors.language)['unknown']}: {len(lost)}" if len(lost) else ""
        bar.set_label(f"{said}{unknown}", color=style.ink, fontsize=style.text * 0.9)


def _legend(
    ax: Axes, kept: Sequence[Look], counts: Sequence[int], style: Style, language: str
) -> None:
    """Shapes, colours and labels beside the picture, where they hide nothing."""
    from matplotlib.lines import Line2D
    from matplotlib.path import Path

    handles = []
    for look, count in zip(kept, counts, strict=True):
        if not count:
            continue
        colour, hollow = style.colour(look), look.shape == "ring"
        up = outline(look.shape) * np.array([1, -1])
        marker = Path(np.vstack([up, up[:1]]), closed=True)
        label = look.labels.get(language) or look.labels.get("en") or look.code
        handles.append(
            Line2D(
                [],
                [],
                linestyle="",
                marker=marker,
                markersize=style.text * 0.9,
                markerfacecolor=style.paper if hollow else colour,
                markeredgecolor=colour,
                markeredgewidth=1.2 if hollow else 0,
                label=f"{drawn(label)} ({count})",
            )
        )
    legend_beside(ax, handles, style)


def _labelled(actors: Actors, labels: bool | int | Iterable[str]) -> list[int]:
    """The nodes that have a label.

    Raises:
        NotFound: If there is no node of an id.
    """
    network = actors.network
    order: list[int] = np.argsort(-actors.degrees, kind="stable").tolist()
    if labels is True:
        return order
    if isinstance(labels, int):
        return [i for i in order[:labels] if actors.degrees[i] or len(order) <= labels]
    wanted = [labels] if isinstance(labels, str) else list(labels)
    return [network.place(id_) for id_ in wanted]


def _labels(
    ax: Axes,
    actors: Actors,
    points: Floats,
    radii: Floats,
    labels: bool | int | Iterable[str],
    at: Layout,
    style: Style,
    taken: list[Box],
) -> None:
    """Labels beside nodes; of those that nobody asked for by id, the ones that fit."""
    ax.apply_aspect()
    size = style.text * 0.75
    for i in _labelled(actors, labels):
        text = actors.label(i)
        text = text if len(text) <= 28 else f"{text[:27]}…"
        left = points[i, 0] > 0.6 * at.width
        beside = float(points[i, 0] - radii[i] if left else points[i, 0] + radii[i])
        box = _box(ax, text, size, (beside, float(points[i, 1])), 1.0 if left else 0.0)
        if isinstance(labels, int) and labels is not True and _meets(box, taken):
            continue
        taken.append(box)
        ax.annotate(
            text,
            (beside, float(points[i, 1])),
            xytext=(-2 if left else 2, 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            fontsize=size,
            color=style.ink,
            zorder=6,
            bbox={"boxstyle": "round,pad=0.12", "fc": style.paper, "ec": "none", "alpha": 0.75},
        )


def _box(ax: Axes, text: str, size: float, at: tuple[float, float], left: float) -> Box:
    """About where a text of some points is: what share of it is left of where it is at."""
    dots = size * ax.figure.dpi / 72
    x, y = ax.transData.transform(at)
    wide = 0.55 * dots * len(text)
    return (x - wide * left, x + wide * (1 - left), y - 0.75 * dots, y + 0.75 * dots)


def _meets(box: Box, taken: Iterable[Box]) -> bool:
    """Whether a box covers a part of one of some others."""
    return any(
        box[0] < other[1] and other[0] < box[1] and box[2] < other[3] and other[2] < box[3]
        for other in taken
    )
