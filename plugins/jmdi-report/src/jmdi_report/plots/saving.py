"""Figures as files with the same bytes every time."""

from __future__ import annotations

import io
import os
from pathlib import PurePath
from typing import TYPE_CHECKING

from jmdi import NotFound
from jmdi.files.paths import atomic_write

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FORMATS", "image", "save"]

FORMATS = ("svg", "png", "pdf")

_NO_CLOCK: dict[str, dict[str, None]] = {
    "svg": {"Date": None},
    "pdf": {"CreationDate": None, "ModDate": None},
    "png": {"Software": None},
}


def image(ax: Axes, format: str, dpi: float = 200) -> bytes:
    """The figure of some axes as the bytes of a file.

    Args:
        ax: The axes.
        format: ``svg``, ``png`` or ``pdf``.
        dpi: Dots per inch of a PNG.

    Raises:
        NotFound: If it is another format.
    """
    if format not in FORMATS:
        raise NotFound("format of a figure", format, FORMATS)
    import matplotlib as mpl

    figure, held = ax.figure, io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "jmdi", "svg.fonttype": "path", "pdf.fonttype": 42}):
        figure.savefig(  # type: ignore[union-attr]
            held,
            format=format,
            dpi=dpi,
            metadata=_NO_CLOCK[format],
            facecolor=figure.get_facecolor(),
        )
    return held.getvalue()


def save(ax: Axes, path: str | os.PathLike[str], dpi: float = 200) -> None:
    """Writes the figure of some axes; the file appears whole or not at all.

    There is no date in it and no id that chance drew: the same figure is the same bytes.

    Args:
        ax: The axes.
        path: The file, whose ending says its format: ``.svg``, ``.png`` or ``.pdf``.
        dpi: Dots per inch of a PNG.

    Raises:
        NotFound: If it is another format.
        FormatError: If the file cannot be written.
    """
    data = image(ax, PurePath(path).suffix.lower().lstrip("."), dpi)
    with atomic_write(path) as stream:
        stream.write(data)
