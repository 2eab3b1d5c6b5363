"""Fills and number formats of an Excel workbook, with the colours of its theme."""

from __future__ import annotations

import math

from jmdi_documents.content.colours import INDEXED, hex_colour, mixed, tinted
from jmdi_documents.office.numbers import BUILT_IN, GENERAL, NumberFormat
from jmdi_documents.office.xml import Element, attribute, child, children, small

__all__ = ["SheetStyles", "is_crossed"]

THEME_ORDER = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
SHARES = {"gray0625": 6, "gray125": 12, "lightGray": 25, "mediumGray": 50, "darkGray": 75}


class SheetStyles:
    """What the style number of a cell means.

    Args:
        root: Root of the styles part.
        theme: Root of the theme part.
    """

    def __init__(self, root: Element | None, theme: Element | None) -> None:
        self._theme = _theme_colours(theme)
        palette = children(child(root, "colors", "indexedColors"), "rgbColor")
        custom = [hex_colour(attribute(item, "rgb")) or "000000" for item in palette]
        self._indexed = (*custom, *INDEXED[len(custom) :])
        codes = {
            small(attribute(item, "numFmtId")): attribute(item, "formatCode") or ""
            for item in children(child(root, "numFmts"), "numFmt")
        }
        fills = [self._fill(item) for item in children(child(root, "fills"), "fill")]
        fonts = [is_crossed(item) for item in children(child(root, "fonts"), "font")]
        forms = list(children(child(root, "cellXfs"), "xf"))
        self._cells = [
            (self._format(item, codes), _nth(fills, small(attribute(item, "fillId"))))
            for item in forms
        ]
        self._crossed = {
            at
            for at, item in enumerate(forms)
            if 0 <= small(attribute(item, "fontId")) < len(fonts)
            and fonts[small(attribute(item, "fontId"))]
        }
        self._formats: dict[str, NumberFormat] = {}

    def get(self, style: str | None) -> tuple[NumberFormat, str | None]:
        """Number format and fill of the cells with this style number."""
        at = small(style, 0)
        code, fill = self._cells[at] if at < len(self._cells) else ("General", None)
        if code not in self._formats:
            self._formats[code] = GENERAL if code == "General" else NumberFormat.parse(code)
        return self._formats[code], fill

    def is_crossed(self, style: str | None) -> bool:
        """Whether a line goes through the words of cells with this style number."""
        return small(style, 0) in self._crossed

    @staticmethod
    def _format(item: Element, codes: dict[int, str]) -> str:
        at = small(attribute(item, "numFmtId"), 0)
        return codes.get(at) or BUILT_IN.get(at, "General")

    def _fill(self, item: Element) -> str | None:
        """A plain fill, a pattern of two colours as they look together, the start of a gradient."""
        pattern = child(item, "patternFill")
        if pattern is None:
            return self._colour(child(item, "gradientFill", "stop", "color"))
        sort = attribute(pattern, "patternType") or "none"
        front = self._colour(child(pattern, "fgColor"))
        if sort in ("none", "solid"):
            return front if sort == "solid" else None
        back = self._colour(child(pattern, "bgColor")) or "FFFFFF"
        return mixed(front or "000000", back, SHARES.get(sort, 50))

    def _colour(self, item: Element | None) -> str | None:
        colour = hex_colour(attribute(item, "rgb"))
        colour = colour or _nth(self._theme, small(attribute(item, "theme")))
        colour = colour or _nth(self._indexed, small(attribute(item, "indexed")))
        try:
            tint = float(attribute(item, "tint") or "0")
        except ValueError:
            tint = 0.0
        return tinted(colour, tint) if colour and tint and math.isfinite(tint) else colour


def is_crossed(font: Element | None) -> bool:
    """Whether a line goes through words in a font."""
    line = child(font, "strike")
    return line is not None and (attribute(line, "val") or "1") not in ("0", "false")


def _nth(items: list[str | None] | tuple[str, ...], at: int) -> str | None:
    return items[at] if 0 <= at < len(items) else None


def _theme_colours(theme: Element | None) -> list[str | None]:
    scheme = child(theme, "themeElements", "clrScheme")
    colours: list[str | None] = []
    for name in THEME_ORDER:
        entry = child(scheme, name)
        colours.append(
            hex_colour(attribute(child(entry, "srgbClr"), "val"))
            or hex_colour(attribute(child(entry, "sysClr"), "lastClr"))
        )
    return colours
