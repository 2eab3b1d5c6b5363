"""How figures look: light, dark and print, by arguments and never by settings of matplotlib."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from jmdi import NotFound
from jmdi.metrics.result import NoFigure
from jmdi_report.palette import BACKGROUND, Look

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["STYLES", "Style", "StyleName", "axes", "legend_beside", "style_of", "titled"]

StyleName: TypeAlias = Literal["light", "dark", "print"]


@attrs.frozen
class Style:
    """Colours and sizes of a figure.

    Attributes:
        name: Its name.
        theme: Which of both colours of a look it takes: ``light`` or ``dark``.
        paper: Colour of the background.
        ink: Colour of text and of what counts.
        muted: Colour of axes, of discs and of what stands back.
        faint: Colour of areas behind other things.
        mark: Colour of values that belong to no type.
        accent: Colour of what is compared with them, such as an observed value.
        text: Size of text in points.
        line: Width of lines in points.
    """

    name: StyleName
    theme: Literal["light", "dark"]
    paper: str
    ink: str
    muted: str
    faint: str
    mark: str
    accent: str
    text: float
    line: float

    def colour(self, look: Look) -> str:
        """The colour of a look."""
        return look.light if self.theme == "light" else look.dark


STYLES: dict[str, Style] = {
    style.name: style
    for style in (
        Style(
            "light",
            "light",
            paper=BACKGROUND["light"],
            ink="#1b1f24",
            muted="#767c85",
            faint="#eceef1",
            mark="#080a8c",
            accent="#c2185b",
            text=9.0,
            line=1.0,
        ),
        Style(
            "dark",
            "dark",
            paper=BACKGROUND["dark"],
            ink="#eceff3",
            muted="#8d959f",
            faint="#232a34",
            mark="#728ffd",
            accent="#e47b9e",
            text=9.0,
            line=1.0,
        ),
        Style(
            "print",
            "light",
            paper="#ffffff",
            ink="#000000",
            muted="#6b6b6b",
            faint="#efefef",
            mark="#080a8c",
            accent="#b0003a",
            text=7.0,
            line=0.6,
        ),
    )
}
"""By name: ``print`` has the smaller text and finer lines of a column of a journal."""


def style_of(name: str) -> Style:
    """A style by its name.

    Raises:
        NotFound: If there is none of that name.
    """
    if name not in STYLES:
        raise NotFound("style", name, STYLES)
    return STYLES[name]


def axes(ax: Axes | None, style: Style, size: tuple[float, float]) -> Axes:
    """The axes to draw on, coloured by the style.

    Inside IPython the figure belongs to ``pyplot``, so that a notebook shows it after the cell;
    everywhere else nobody but the caller holds it.

    Args:
        ax: Those that were given; new ones are made if it is ``None``.
        style: The style.
        size: Width and height of a new figure in inches.

    Raises:
        NoFigure: If matplotlib is not installed.
    """
    if importlib.util.find_spec("matplotlib") is None:
        why = "figures need matplotlib, which is not installed: pip install 'jmdi-report[plot]'"
        raise NoFigure(why)
    if ax is None:
        given = {"figsize": size, "layout": "constrained", "facecolor": style.paper}
        ax = _figure(given).subplots()
    ax.set_facecolor(style.paper)
    ax.tick_params(colors=style.ink, labelsize=style.text, width=style.line * 0.8)
    for label in (ax.xaxis.label, ax.yaxis.label, ax.title):
        label.set_color(style.ink)
        label.set_fontsize(style.text)
    for name, spine in ax.spines.items():
        spine.set_visible(name in ("left", "bottom"))
        spine.set_color(style.muted)
        spine.set_linewidth(style.line * 0.8)
    return ax


OWN = "jmdi"
"""The label of figures that are made here."""


def _figure(given: dict[str, Any]) -> Figure:
    made = _new_figure(given)
    made.set_label(OWN)
    return made


def _new_figure(given: dict[str, Any]) -> Figure:
    if getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)() is not None:
        from matplotlib import pyplot

        return pyplot.figure(**given)
    from matplotlib.figure import Figure

    return Figure(**given)


def legend_beside(ax: Axes, handles: Sequence[Artist], style: Style) -> None:
    """Explains what is drawn to the right of the axes, where it hides nothing.

    On a figure that was made for these axes alone it takes part in the layout.
    """
    alone = _alone(ax)
    owner = ax.figure if alone else ax
    place: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": (1.0, 1.0)}
    if alone:
        place = {"loc": "outside right upper"}
    owner.legend(
        handles=handles,
        frameon=False,
        fontsize=style.text * 0.9,
        labelcolor=style.ink,
        handletextpad=0.3,
        borderaxespad=0.2,
        **place,
    )


def titled(ax: Axes, title: str, style: Style) -> None:
    """Puts a title above the axes, from the left edge of the figure where it is theirs alone."""
    given: dict[str, Any] = {"fontsize": style.text * 1.1, "color": style.ink}
    if _alone(ax):
        ax.figure.suptitle(title, x=0.01, ha="left", **given)
    else:
        ax.set_title(title, loc="left", pad=10, **given)


def _alone(ax: Axes) -> bool:
    """Whether the figure was made here for these axes, so that its layout makes room."""
    return ax.figure.get_label() == OWN
