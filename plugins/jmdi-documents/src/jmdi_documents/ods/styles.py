"""Styles of an OpenDocument spreadsheet: fills, hidden sheets, how precise a date is shown."""

from __future__ import annotations

from collections.abc import Sequence

from jmdi_documents.content.colours import css_colour
from jmdi_documents.office.xml import Element, attribute, child, local

__all__ = ["OdsStyles"]

STEPS = 20
"""How far a chain of styles that build on each other is followed."""


class OdsStyles:
    """The styles of a document by name.

    Args:
        roots: Roots of the parts that hold styles, the weakest first.
    """

    def __init__(self, roots: Sequence[Element]) -> None:
        self._cells: dict[str, Element] = {}
        self._tables: dict[str, Element] = {}
        self._dates: dict[str, Element] = {}
        for root in roots:
            for group in root:
                if local(group) in ("styles", "automatic-styles"):
                    self._take(group)
        self._fills: dict[str, str | None] = {}

    def _take(self, group: Element) -> None:
        for item in group:
            name = attribute(item, "name") or ""
            family = attribute(item, "family")
            if local(item) == "date-style":
                self._dates[name] = item
            elif family == "table-cell":
                self._cells[name] = item
            elif family == "table":
                self._tables[name] = item

    def fill(self, name: str | None) -> str | None:
        """Background of the cells with this style."""
        if name is None:
            return None
        if name not in self._fills:
            colour = self._inherited(name, "background-color")
            self._fills[name] = css_colour(colour)[0] if colour else None
        return self._fills[name]

    def is_hidden(self, name: str | None) -> bool:
        """Whether sheets with this style are hidden."""
        properties = child(self._tables.get(name or ""), "table-properties")
        return attribute(properties, "display") == "false"

    def date(self, style: str | None, value: str | None) -> str:
        """A date or time as precise as it is shown: no day where the sheet shows none."""
        text = (value or "").removesuffix("T00:00:00")
        name = self._inherited(style or "", "data-style-name")
        shown = self._dates.get(name or "")
        if shown is None or len(text) != 10 or not text.endswith("-01"):
            return text
        parts = {local(item) for item in shown}
        if "day" in parts or "day-of-week" in parts:
            return text
        return text[:4] if "month" not in parts and text.endswith("-01-01") else text[:7]

    def _inherited(self, name: str, wanted: str) -> str | None:
        """An attribute of a style or of its cell properties, or of a style it builds on."""
        step: str | None = name
        for _ in range(STEPS):
            style = self._cells.get(step or "")
            if style is None:
                return None
            found = attribute(style, wanted)
            if found is None:
                found = attribute(child(style, "table-cell-properties"), wanted)
            if found is not None:
                return found
            step = attribute(style, "parent-style-name")
        return None
