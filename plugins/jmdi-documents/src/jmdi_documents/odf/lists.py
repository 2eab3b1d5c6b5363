"""The lists of an OpenDocument text: the bullet or number that each item shows."""

from __future__ import annotations

import attrs

from jmdi_documents.content.grid import Marker
from jmdi_documents.content.listing import shown_number
from jmdi_documents.odf.styles import OdfStyles
from jmdi_documents.office.symbols import is_symbol_font, symbols
from jmdi_documents.office.xml import Element, attribute, child, local, small

__all__ = ["OpenLists"]

FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@attrs.frozen(slots=True)
class Level:
    """One level of a list style: the sign of a bullet, or how its numbers look."""

    sign: str | None = "•"
    form: str = "decimal"
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1


class OpenLists:
    """Counts the items of lists as they go by.

    Args:
        styles: The styles of the document.
    """

    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles
        self._levels: dict[str, tuple[Level, ...]] = {}
        self._counts: dict[str, list[int]] = {}

    def begin(self, style: str, goes_on: bool) -> None:
        """Begins a list, which counts from the start unless it goes on."""
        if not goes_on:
            self._counts.pop(style, None)

    def item(self, style: str, depth: int, start: int | None) -> tuple[Marker, str]:
        """Marker and label of the next item of a list.

        Args:
            style: Name of the list style.
            depth: How many lists the item lies in beyond the first.
            start: The number that the item itself states.
        """
        levels = self._of(style)
        level = levels[depth] if depth < len(levels) else Level()
        if level.sign is not None:
            return "bullet", level.sign
        counts = self._counts.setdefault(style, [])
        counts += [at.start - 1 for at in levels[len(counts) : depth + 1]]
        counts[depth] = counts[depth] + 1 if start is None else start
        del counts[depth + 1 :]
        above = range(max(0, depth - level.shown + 1), depth + 1)
        numbers = ".".join(
            shown_number(counts[at], levels[at].form) for at in above if levels[at].sign is None
        )
        return "number", f"{level.before}{numbers}{level.after}"

    def _of(self, style: str) -> tuple[Level, ...]:
        if style not in self._levels:
            found = self._styles.lists.get(style)
            self._levels[style] = tuple(_level(item) for item in (() if found is None else found))
        return self._levels[style]


def _level(item: Element) -> Level:
    if local(item) == "list-level-style-number":
        form = attribute(item, "num-format")
        return Level(
            None if form else "",
            FORMS.get(form or "", "decimal"),
            attribute(item, "num-prefix") or "",
            attribute(item, "num-suffix") or "",
            small(attribute(item, "start-value"), 1),
            small(attribute(item, "display-levels"), 1),
        )
    font = attribute(child(item, "text-properties"), "font-name")
    sign = attribute(item, "bullet-char") or "•"
    return Level(symbols(sign, font if is_symbol_font(font) else None))
