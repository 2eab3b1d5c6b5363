"""Word documents (.docx): every word in them, as paragraphs and grids in document order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import attrs

from jmdi.errors import Severity
from jmdi_documents.content.grid import Block, Grid, Paragraph
from jmdi_documents.content.listing import with_typed_bullet
from jmdi_documents.docx.lists import ListItem, Lists, Styles
from jmdi_documents.docx.tables import read_table
from jmdi_documents.docx.text import Inline, is_placeholder
from jmdi_documents.office.ooxml import Package, alternative, main_part
from jmdi_documents.office.xml import Element, attribute, child, children, local
from jmdi_documents.reading import Reading

__all__ = ["Context", "read_docx"]

Found: TypeAlias = tuple[str, Element, bool]
"""Name of an element, the element, and whether a tracked change deletes it."""

STRUCK = {"del", "moveFrom"}
FOREIGN = {"altChunk", "subDoc"}
INLINE = {"r", "t", "hyperlink", "fldSimple", "oMath", "oMathPara"}
NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment"))


@attrs.define(slots=True)
class Context:
    """What is the same for all parts of one document.

    Attributes:
        reading: Where problems go.
        styles: Its paragraph styles.
        lists: Its automatic lists.
    """

    reading: Reading
    styles: Styles
    lists: Lists

    def content(
        self,
        parent: Element,
        wanted: frozenset[str],
        place: str,
        struck: bool = False,
        depth: int = 0,
    ) -> Iterator[Found]:
        """The wanted elements below an element, in order, whatever wraps them."""
        self.reading.check_depth(depth, place)
        for item in parent:
            name = local(item)
            if name in wanted:
                yield name, item, struck
            elif name in FOREIGN:
                message = "an embedded document is not read"
                self.reading.problem("D133", message, place=place)
            elif name == "sdt" and is_placeholder(item):
                Inline(self.reading, place).prompt(item)
            elif name == "AlternateContent":
                chosen = alternative(item)
                if chosen is not None:
                    yield from self.content(chosen, wanted, place, struck, depth + 1)
            elif name in INLINE and "p" in wanted:
                yield "stray", item, struck
            elif name and not name.endswith("Pr") and len(item):
                gone = struck or name in STRUCK
                yield from self.content(item, wanted, place, gone, depth + 1)

    def blocks(
        self, parent: Element, place: str, struck: bool = False, depth: int = 0
    ) -> Iterator[Block]:
        """Paragraphs and tables of a container, text boxes after the paragraph that has them.

        Places begin with ``place``, which is empty for the body of the document.
        """
        self.reading.check_depth(depth, place or None)
        prefix = f"{place}, " if place else ""
        tables = paragraphs = 0
        title = ""
        for name, item, gone in self.content(parent, BLOCKS, place, struck):
            if name == "tbl":
                tables += 1
                grid = read_table(self, item, f"{prefix}table {tables}", title, gone, depth)
                yield from _caption(item, grid)
                yield grid
                title = ""
                continue
            paragraphs += 1
            here = f"{prefix}paragraph {paragraphs}"
            for block in self._paragraph(item, name, here, gone, depth):
                title = block.text if isinstance(block, Paragraph) and block.text else title
                yield block

    def _paragraph(
        self, item: Element, name: str, place: str, struck: bool, depth: int
    ) -> Iterator[Block]:
        style = attribute(child(item, "pPr", "pStyle"), "val")
        inline = Inline(self.reading, place, self.styles, style)
        inline.collect([item] if name == "stray" else item, struck)
        if inline.deleted.strip():
            message = "words are deleted by a tracked change"
            self.reading.problem(
                "D131", message, severity=Severity.INFO, place=place, value=inline.deleted
            )
        self.reading.left_out("D134", "".join(inline.hidden), place)
        self.reading.left_out("D135", "".join(inline.crossed), place)
        yield self._made(item, inline)
        for number, (box, gone) in enumerate(inline.boxes, 1):
            yield from self.blocks(box, f"{place}, text box {number}", gone, depth + 1)

    def _made(self, item: Element, inline: Inline) -> Paragraph:
        properties = child(item, "pPr")
        style = self.styles.get(inline.style)
        made = Paragraph(
            inline.text,
            style=style.name,
            heading=style.heading,
            place=inline.place,
            deleted=inline.deleted,
        )
        listed = self._list_item(properties, style.list, style.level)
        if listed is None:
            return made
        return attrs.evolve(made, marker=listed.marker, level=listed.level, label=listed.label)

    def _list_item(
        self, properties: Element | None, list: str | None, level: int
    ) -> ListItem | None:
        numbered = child(properties, "numPr")
        own = attribute(child(numbered, "numId"), "val")
        depth = attribute(child(numbered, "ilvl"), "val")
        if depth is not None and len(depth) == 1 and depth.isdecimal():
            level = int(depth)
        return self.lists.item(list if own is None else own, level)


BLOCKS = frozenset({"p", "tbl"})


def _caption(table: Element, grid: Grid) -> Iterator[Paragraph]:
    """The alternative text of a table, which somebody typed too."""
    for name in ("tblCaption", "tblDescription"):
        words = attribute(child(table, "tblPr", name), "val")
        if words:
            yield Paragraph(words, style="caption", place=f"{grid.place}, caption")


def read_docx(package: Package) -> tuple[Block, ...]:
    """All paragraphs and tables of a Word document: headers, body, footers, notes, comments.

    Raises:
        FormatError: If the document cannot be read, or not safely.
    """
    main = main_part(package) or "word/document.xml"
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        package.reading.fail("D111", "the document has no body")
    context = Context(
        package.reading,
        Styles(_optional(package, main, "styles")),
        Lists(_optional(package, main, "numbering")),
    )
    blocks = [
        *_margins(context, package, main, "header"),
        *context.blocks(body, ""),
        *_margins(context, package, main, "footer"),
    ]
    for kind, name in NOTES:
        blocks += _notes(context, package, main, kind, name)
    return tuple(
        with_typed_bullet(b) for b in blocks if isinstance(b, Grid) or b.text.strip() or b.deleted
    )


def _optional(package: Package, main: str, kind: str) -> Element | None:
    part = next(package.related(main, kind), None)
    return None if part is None else package.xml(part)


def _marked(block: Block, style: str) -> Block:
    return block if isinstance(block, Grid) else attrs.evolve(block, style=style)


def _margins(context: Context, package: Package, main: str, kind: str) -> Iterator[Block]:
    """Headers or footers, each text once: first, even and odd pages often repeat it.

    What stands between the fields of page numbers, such as a dash or a slash, is no text.
    """
    seen: set[tuple[str, ...]] = set()
    for number, part in enumerate(package.related(main, kind), 1):
        blocks = [*context.blocks(package.xml(part), f"{kind} {number}")]
        texts = tuple(
            text
            for b in blocks
            for text in ([t for t, _ in b.texts()] if isinstance(b, Grid) else [b.text])
        )
        if texts not in seen and any(map(str.isalnum, "".join(texts))):
            yield from (_marked(block, kind) for block in blocks)
        seen.add(texts)


def _notes(context: Context, package: Package, main: str, kind: str, name: str) -> Iterator[Block]:
    for part in package.related(main, kind):
        number = 0
        for note in children(package.xml(part), name):
            if attribute(note, "type") in (None, "normal"):
                number += 1
                blocks = context.blocks(note, f"{name} {number}")
                yield from (_marked(block, name) for block in blocks)
