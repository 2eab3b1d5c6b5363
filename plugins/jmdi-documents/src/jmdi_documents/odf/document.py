"""OpenDocument texts (.odt): paragraphs, lists and tables in the order of the document."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from jmdi.errors import Severity
from jmdi_documents.content.grid import Block, Grid, Marker, Paragraph
from jmdi_documents.content.listing import with_typed_bullet
from jmdi_documents.odf.lists import OpenLists
from jmdi_documents.odf.styles import OdfStyles
from jmdi_documents.odf.tables import OpenTable
from jmdi_documents.odf.words import Words
from jmdi_documents.office.archive import Archive
from jmdi_documents.office.xml import Element, attribute, child, children, local, parse_xml, small
from jmdi_documents.reading import Reading

__all__ = ["OpenText", "read_odt"]

MARGINS = {"header": "header", "header-first": "header", "header-left": "header"} | {
    "footer": "footer",
    "footer-first": "footer",
    "footer-left": "footer",
}
TITLES = {"title", "titre", "título", "titulo"}
FRAMES = {"frame", "custom-shape", "g", "a", "rect", "ellipse"}


@attrs.frozen(slots=True)
class Listed:
    """The item of a list that a paragraph lies in.

    Attributes:
        style: Name of the list style.
        depth: How many lists it lies in beyond the first.
        start: The number that the item states.
        first: Whether the paragraph is the first of the item, which has its bullet or number.
    """

    style: str
    depth: int = 0
    start: int | None = None
    first: bool = True


def read_odt(archive: Archive, reading: Reading) -> tuple[Block, ...]:
    """All paragraphs and tables of a text: headers, body, footers, notes and comments.

    Raises:
        FormatError: If the document cannot be read, or not safely.
    """
    names = [name for name in ("styles.xml", "content.xml") if name in archive]
    roots = {name: parse_xml(archive.read(name), name, reading) for name in names}
    body = child(roots.get("content.xml"), "body", "text")
    if body is None:
        reading.fail("D111", "the document holds no text")
    text = OpenText(reading, OdfStyles(list(roots.values())))
    margins = list(text.margins(child(roots.get("styles.xml"), "master-styles")))
    blocks = list(text.blocks(body, ""))
    return (
        *(b for b in margins if not isinstance(b, Grid) and b.style == "header"),
        *map(with_typed_bullet, blocks),
        *(b for b in margins if isinstance(b, Grid) or b.style != "header"),
        *text.notes,
    )


class OpenText:
    """Reads the containers of a text one after the other.

    Attributes:
        reading: Where problems go.
        styles: The styles of the document.
        notes: Footnotes, endnotes and comments so far.
    """

    def __init__(self, reading: Reading, styles: OdfStyles) -> None:
        self.reading = reading
        self.styles = styles
        self.notes: list[Paragraph] = []
        self._lists = OpenLists(styles)

    def blocks(self, parent: Element, place: str, depth: int = 0) -> Iterator[Block]:
        """Paragraphs and tables of a container; text boxes after the paragraph that has them.

        Places begin with ``place``, which is empty for the body of the document.
        """
        prefix = f"{place}, " if place else ""
        paragraphs = tables = 0
        title = ""
        for item, listed in self._flow(parent, None, depth):
            if local(item) == "table":
                tables += 1
                yield OpenTable(self, f"{prefix}table {tables}", title, depth).read(item)
                title = ""
            else:
                paragraphs += 1
                for block in self._paragraph(
                    item, listed, f"{prefix}paragraph {paragraphs}", depth
                ):
                    title = block.text if isinstance(block, Paragraph) and block.text else title
                    yield block

    def margins(self, masters: Element | None) -> Iterator[Block]:
        """Headers and footers of all kinds of pages, each text once."""
        seen: set[str] = set()
        for page in () if masters is None else masters:
            for margin in page:
                style = MARGINS.get(local(margin))
                for block in self.blocks(margin, local(margin)) if style else ():
                    texts = block.texts() if isinstance(block, Grid) else [(block.text, "")]
                    words = "\n".join(text for text, _ in texts)
                    if words not in seen and any(map(str.isalnum, words)):
                        yield _marked(block, style or "")
                    seen.add(words)

    def _flow(
        self, parent: Element, listed: Listed | None, depth: int
    ) -> Iterator[tuple[Element, Listed | None]]:
        """The paragraphs and tables below an element, whatever they lie in."""
        self.reading.check_depth(depth)
        for item in parent:
            name = local(item)
            if name in ("p", "h", "table"):
                yield item, listed
                listed = attrs.evolve(listed, first=False) if listed else None
            elif name == "list":
                yield from self._list(item, listed, depth)
            elif name == "tracked-changes":
                self._deleted(item)
            elif name == "section" and attribute(item, "display") == "none":
                if self.reading.hidden:
                    yield from self._flow(item, listed, depth + 1)
                else:
                    words = "\n".join(t for t in _all_words(item) if t.strip())
                    self.reading.left_out("D134", words, attribute(item, "name") or "")
            elif name in ("sequence-decls", "variable-decls", "user-field-decls", "forms"):
                continue
            elif name in FRAMES:
                for box in item.iter():
                    if local(box) == "text-box":
                        yield from self._flow(box, None, depth + 1)
            elif name:
                yield from self._flow(item, listed, depth + 1)

    def _list(
        self, item: Element, outer: Listed | None, depth: int
    ) -> Iterator[tuple[Element, Listed | None]]:
        level = 0 if outer is None else outer.depth + 1
        style = attribute(item, "style-name") or (outer.style if outer else "")
        if outer is None:
            goes_on = attribute(item, "continue-numbering") == "true"
            self._lists.begin(style, goes_on or attribute(item, "continue-list") is not None)
        for entry in item:
            start = attribute(entry, "start-value")
            own = Listed(style, level, small(start, 1) if start else None)
            header = local(entry) == "list-header"
            for found, listed in self._flow(entry, own, depth + 1):
                yield found, None if header and listed is own else listed

    def _deleted(self, changes: Element) -> None:
        """Reports the words of tracked changes that delete them; those inserted stand."""
        for change in changes.iter():
            if local(change) == "deletion":
                words = "\n".join(_all_words(change)).strip()
                if words:
                    self.reading.problem(
                        "D131",
                        "words are deleted by a tracked change",
                        severity=Severity.INFO,
                        value=words,
                    )

    def _paragraph(
        self, item: Element, listed: Listed | None, place: str, depth: int
    ) -> Iterator[Block]:
        words = Words(self.reading, self.styles)
        text = words.of(item, place)
        style = self.styles.shown_name(attribute(item, "style-name"))
        heading = 0 if style.lower() in TITLES else None
        if local(item) == "h":
            heading = small(attribute(item, "outline-level"), 1)
        marker, label = self._mark(listed)
        if text.strip():
            level = listed.depth if listed else 0
            yield Paragraph(text, marker, level if marker else 0, label, style, heading, place)
        for number, apart in enumerate(words.apart, 1):
            if local(apart) == "text-box":
                yield from self.blocks(apart, f"{place}, text box {number}", depth + 1)
            else:
                self._note(apart, place)

    def _mark(self, listed: Listed | None) -> tuple[Marker | None, str]:
        """The bullet or number of the first paragraph of an item."""
        if listed is None or not listed.first:
            return None, ""
        return self._lists.item(listed.style, listed.depth, listed.start)

    def _note(self, item: Element, place: str) -> None:
        style = "comment" if local(item) == "annotation" else "footnote"
        if attribute(item, "note-class") == "endnote":
            style = "endnote"
        inside = item if style == "comment" else child(item, "note-body")
        for p in children(inside, "p"):
            here = f"{place}, {style}"
            text = Words(self.reading, self.styles).of(p, here)
            if text.strip():
                self.notes.append(Paragraph(text, style=style, place=here))


def _marked(block: Block, style: str) -> Block:
    return block if isinstance(block, Grid) else attrs.evolve(block, style=style)


def _all_words(parent: Element) -> Iterator[str]:
    """The words of all paragraphs in an element."""
    for p in parent.iter():
        if local(p) in ("p", "h"):
            yield "".join((t.text or "") + (t.tail or "" if t is not p else "") for t in p.iter())
