"""Styles and automatic lists of a Word document: names, headings, bullets and numbers."""

from __future__ import annotations

import re

import attrs

from jmdi_documents.content.grid import Marker
from jmdi_documents.content.listing import shown_number
from jmdi_documents.docx.text import is_off
from jmdi_documents.office.symbols import is_symbol_font, symbols
from jmdi_documents.office.xml import Element, attribute, child, children, local, small

__all__ = ["ListItem", "Lists", "Styles"]

# Word has nine levels in a list.
LEVELS = 9
NOT_BEGUN = -1
STEPS = 20
"""How far a chain of styles that build on each other is followed."""

HEADING = re.compile(r"(?:heading|titre|título|titulo|überschrift)\s*(\d)", re.IGNORECASE)
TITLES = {"title", "titre", "título", "titulo"}


@attrs.frozen(slots=True)
class Style:
    """A paragraph style.

    Attributes:
        name: Its name.
        heading: Level of the heading, 0 for a title.
        list: Id of its list.
        level: Level in its list.
    """

    name: str = ""
    heading: int | None = None
    list: str | None = None
    level: int = 0


class Styles:
    """The paragraph styles of a document by id."""

    def __init__(self, root: Element | None) -> None:
        self._raw = {attribute(item, "styleId") or "": item for item in children(root, "style")}
        self._done: dict[str, Style] = {}
        self._switches: dict[str | None, frozenset[str]] = {None: frozenset()}

    def get(self, id: str | None) -> Style:
        """The style with this id, with what it takes from the styles it builds on."""
        if id is None or id not in self._raw:
            return Style(name=id or "")
        if id not in self._done:
            self._done[id] = self._resolve(id)
        return self._done[id]

    def switches(self, *ids: str | None) -> frozenset[str]:
        """Which of ``vanish``, ``strike`` and ``dstrike`` the styles with these ids turn on."""
        return frozenset[str]().union(*(self._switches_of(id) for id in ids))

    def _switches_of(self, id: str | None) -> frozenset[str]:
        if id not in self._switches:
            found: dict[str, bool] = {}
            step: str | None = id
            for _ in range(STEPS):
                raw = self._raw.get(step or "")
                if raw is None:
                    break
                properties = child(raw, "rPr")
                for item in () if properties is None else properties:
                    if local(item) in ("vanish", "strike", "dstrike"):
                        found.setdefault(local(item), not is_off(item))
                step = attribute(child(raw, "basedOn"), "val")
            self._switches[id] = frozenset(name for name, on in found.items() if on)
        return self._switches[id]

    def _resolve(self, id: str) -> Style:
        name = attribute(child(self._raw[id], "name"), "val") or id
        heading: int | None = None
        list_: str | None = None
        level: int | None = None
        step: str | None = id
        for _ in range(STEPS):
            raw = self._raw.get(step or "")
            if raw is None:
                break
            properties = child(raw, "pPr")
            heading = _heading(raw, properties) if heading is None else heading
            numbered = child(properties, "numPr")
            list_ = attribute(child(numbered, "numId"), "val") if list_ is None else list_
            depth = attribute(child(numbered, "ilvl"), "val")
            level = small(depth, 0) if level is None and depth else level
            step = attribute(child(raw, "basedOn"), "val")
        return Style(name, heading, list_, min(level or 0, LEVELS - 1))


def _heading(raw: Element, properties: Element | None) -> int | None:
    name = attribute(child(raw, "name"), "val") or ""
    if name.lower() in TITLES:
        return 0
    named = HEADING.match(name)
    if named:
        return int(named[1])
    outline = attribute(child(properties, "outlineLvl"), "val")
    return small(outline) + 1 if outline and small(outline, LEVELS) < LEVELS else None


@attrs.frozen(slots=True)
class ListItem:
    """That a paragraph is an item of an automatic list: marker, level and what is shown."""

    marker: Marker
    level: int
    label: str


@attrs.frozen(slots=True)
class Level:
    """One level of a list: form of its numbers, pattern of its label, first number."""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1


class Lists:
    """The automatic lists of a document; it counts as paragraphs go by."""

    def __init__(self, root: Element | None) -> None:
        self._abstract = {
            attribute(item, "abstractNumId"): item for item in children(root, "abstractNum")
        }
        self._numbers = {attribute(item, "numId"): item for item in children(root, "num")}
        self._levels: dict[str, tuple[Level, ...]] = {}
        self._counts: dict[str, list[int]] = {}

    def item(self, list: str | None, level: int) -> ListItem | None:
        """The item that comes next in a list; ``None`` if there is no such list."""
        if list is None or list not in self._numbers:
            return None
        level = min(level, LEVELS - 1)
        levels = self._levels_of(list)
        counts = self._counts.setdefault(self._counter(list), [NOT_BEGUN] * LEVELS)
        at = levels[level]
        counts[level] = at.start if counts[level] == NOT_BEGUN else counts[level] + 1
        counts[level + 1 :] = [NOT_BEGUN] * (LEVELS - level - 1)
        if at.form == "none" and not at.pattern:
            return None
        if at.form in ("bullet", "none") or "%" not in at.pattern:
            return ListItem("bullet", level, at.pattern)
        label = re.sub(r"%([1-9])", lambda m: _shown(int(m[1]) - 1, levels, counts), at.pattern)
        return ListItem("number", level, label)

    def _counter(self, list: str) -> str:
        """Lists with one definition share a counter, unless one of them restarts it."""
        number = self._numbers[list]
        if child(number, "lvlOverride", "startOverride") is not None:
            return f"list {list}"
        return f"definition {attribute(child(number, 'abstractNumId'), 'val')}"

    def _levels_of(self, list: str) -> tuple[Level, ...]:
        if list not in self._levels:
            number = self._numbers[list]
            found = [Level()] * LEVELS
            abstract = self._abstract.get(attribute(child(number, "abstractNumId"), "val"))
            self._read_levels(self._linked(abstract), found)
            for override in children(number, "lvlOverride"):
                self._read_levels(override, found)
                at = small(attribute(override, "ilvl"), LEVELS)
                start = attribute(child(override, "startOverride"), "val")
                if at < LEVELS and start:
                    found[at] = attrs.evolve(found[at], start=small(start, 1))
            self._levels[list] = tuple(found)
        return self._levels[list]

    def _linked(self, abstract: Element | None) -> Element | None:
        """A definition may refer to a list style: the definition of that style."""
        link = attribute(child(abstract, "numStyleLink"), "val")
        if link is None:
            return abstract
        return next(
            (
                other
                for other in self._abstract.values()
                if attribute(child(other, "styleLink"), "val") == link
            ),
            abstract,
        )

    @staticmethod
    def _read_levels(parent: Element | None, into: list[Level]) -> None:
        for item in children(parent, "lvl"):
            at = small(attribute(item, "ilvl"), LEVELS)
            if at < LEVELS:
                into[at] = _level(item)


def _level(item: Element) -> Level:
    form = attribute(child(item, "numFmt"), "val") or "decimal"
    pattern = attribute(child(item, "lvlText"), "val") or ""
    font = attribute(child(item, "rPr", "rFonts"), "ascii")
    if form == "bullet":
        pattern = symbols(pattern, font if is_symbol_font(font) else None)
    return Level(form, pattern, small(attribute(child(item, "start"), "val"), 1))


def _shown(at: int, levels: tuple[Level, ...], counts: list[int]) -> str:
    value = levels[at].start if counts[at] == NOT_BEGUN else counts[at]
    return shown_number(value, levels[at].form)
