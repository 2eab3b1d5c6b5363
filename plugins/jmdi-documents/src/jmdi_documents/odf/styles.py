"""Styles of an OpenDocument file: fills, what is hidden or struck out, how a date is shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from jmdi_documents.content.colours import css_colour
from jmdi_documents.office.xml import Element, attribute, child, local

__all__ = ["Look", "OdfStyles"]

BOX = "table-cell-properties"
STEPS = 20
"""How far a chain of styles that build on each other is followed."""


NAME_CODE = re.compile(r"_([0-9a-f]{1,4})_")
"""A sign in the name of a style: ``List_20_Bullet``."""


@attrs.frozen(slots=True)
class Look:
    """Whether words are hidden, and whether they are struck out."""

    hidden: bool = False
    crossed: bool = False


class OdfStyles:
    """The styles of a document by name.

    Args:
        roots: Roots of the parts that hold styles, the weakest first.

    Attributes:
        lists: The list styles by name.
    """

    def __init__(self, roots: Sequence[Element]) -> None:
        self._families: dict[str, dict[str, Element]] = {}
        self._automatic: set[str] = set()
        self._dates: dict[str, Element] = {}
        self.lists: dict[str, Element] = {}
        for root in roots:
            for group in root:
                if local(group) in ("styles", "automatic-styles"):
                    self._take(group)
        self._fills: dict[str, str | None] = {}
        self._looks: dict[tuple[str, str], Look] = {}

    def _take(self, group: Element) -> None:
        for item in group:
            name = attribute(item, "name") or ""
            sort = local(item)
            if sort == "date-style":
                self._dates[name] = item
            elif sort == "list-style":
                self.lists[name] = item
            elif sort == "style":
                if local(group) == "automatic-styles":
                    self._automatic.add(name)
                self._families.setdefault(attribute(item, "family") or "", {})[name] = item

    def fill(self, name: str | None) -> str | None:
        """Background of the cells with this style."""
        if name is None:
            return None
        if name not in self._fills:
            colour = self._inherited(
                "table-cell", name, "table-cell-properties", "background-color"
            )
            self._fills[name] = css_colour(colour)[0] if colour else None
        return self._fills[name]

    def is_hidden(self, name: str | None) -> bool:
        """Whether sheets with this style are hidden."""
        return self._inherited("table", name or "", "table-properties", "display") == "false"

    def look(self, family: str, name: str | None) -> Look:
        """Whether words with a style are hidden, and whether they are struck out."""
        key = (family, name or "")
        if key not in self._looks:
            line = self._inherited(*key, "text-properties", "text-line-through-style")
            hidden = self._inherited(*key, "text-properties", "display") == "none"
            self._looks[key] = Look(hidden, line not in (None, "none"))
        return self._looks[key]

    def paragraph(self, name: str | None, wanted: str) -> str | None:
        """An attribute of a paragraph style, or of one it builds on."""
        return self._inherited("paragraph", name or "", "paragraph-properties", wanted)

    def shown_name(self, name: str | None) -> str:
        """Name of the paragraph style that an automatic one, such as P4, was made from."""
        style = self._families.get("paragraph", {}).get(name or "")
        parent = attribute(style, "parent-style-name") if name in self._automatic else None
        return NAME_CODE.sub(lambda m: chr(int(m[1], 16)), parent or name or "")

    def date(self, style: str | None, value: str | None) -> str:
        """A date or time as precise as it is shown: no day where the sheet shows none."""
        text = (value or "").removesuffix("T00:00:00")
        name = self._inherited("table-cell", style or "", "", "data-style-name")
        shown = self._dates.get(name or "")
        if shown is None or len(text) != 10 or not text.endswith("-01"):
            return text
        parts = {local(item) for item in shown}
        if "day" in parts or "day-of-week" in parts:
            return text
        return text[:4] if "month" not in parts and text.endswith("-01-01") else text[:7]

    def _inherited(self, family: str, name: str, properties: str, wanted: str) -> str | None:
        """An attribute of a style or of its properties, or of a style it builds on."""
        step: str | None = name
        for _ in range(STEPS):
            style = self._families.get(family, {}).get(step or "")
            if style is None:
                return None
            found = attribute(style, wanted)
            if found is None:
                found = attribute(child(style, properties), wanted)
            if found is not None:
                return found
            step = attribute(style, "parent-style-name")
        return None
