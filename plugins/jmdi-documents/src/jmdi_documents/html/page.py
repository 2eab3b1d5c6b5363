"""Web pages (.html): tables as grids with their spans and colours, the rest as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
from lxml import etree  # type: ignore[import-untyped]

from jmdi.errors import Severity
from jmdi_documents.content.grid import Block, Paragraph
from jmdi_documents.content.listing import shown_number
from jmdi_documents.html.tables import WebTable
from jmdi_documents.office.xml import Element, local, small
from jmdi_documents.reading import Reading

__all__ = ["WebReader", "read_html"]

SILENT = {"script", "style", "template", "title", "colgroup", "col"}
INLINE = {
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "label",
    "mark",
    "q",
    "rb",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
    "img",
    "input",
    "button",
    "select",
    "nobr",
}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
CROSSED = {"s", "strike"}
HIDDEN = re.compile(
    r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE
)
BLANKS = re.compile(r"[ \t\n\r\f]+")
RULE = re.compile(r"\.([\w-]{1,64})\s{0,9}\{([^{}]{0,2000})\}")
# Style sheets may be embedded whole; more than this is not searched for colours.
STYLES = 2_000_000


def read_html(text: str, reading: Reading) -> tuple[Block, ...]:
    """Paragraphs and tables of a page in order.

    Raises:
        FormatError: If the page cannot be read, or not safely.
    """
    return tuple(WebReader(reading).read(text))


@attrs.define(slots=True)
class _Line:
    """A paragraph in the making."""

    kept: list[str] = attrs.field(factory=list)
    struck: list[str] = attrs.field(factory=list)
    made: Paragraph = attrs.field(factory=lambda: Paragraph(""))


class WebReader:
    """Reads a page, or a part of one that lies in another text.

    Attributes:
        reading: Where problems go.
        tables: Number of tables so far.
        paragraphs: Number of paragraphs so far.
        title: The nearest words before the next table.
        classes: Declarations of the classes of the page's own style sheet.
    """

    def __init__(
        self, reading: Reading, *, tables: int = 0, paragraphs: int = 0, title: str = ""
    ) -> None:
        self.reading = reading
        self.tables = tables
        self.paragraphs = paragraphs
        self.title = title
        self.classes: dict[str, str] = {}

    def read(self, text: str) -> Iterator[Block]:
        """The blocks of a page.

        Raises:
            FormatError: If it cannot be read, or not safely.
        """
        parser = etree.HTMLParser(
            no_network=True,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
            encoding="utf-8",
        )
        try:
            root = etree.fromstring(text.encode("utf-8"), parser)
        except (etree.LxmlError, ValueError) as error:
            self.reading.fail("D106", f"the page is damaged: {error}")
        if root is None:
            return
        self._stop_where_cut(parser)
        sheet = "".join(s.text or "" for s in root.iter("style"))[:STYLES]
        self.classes = dict(RULE.findall(sheet))
        for title in root.iter("title"):
            if (title.text or "").strip():
                yield Paragraph(title.text.strip(), style="title", heading=0, place="title")
        yield from self.flow(root, "")

    def _stop_where_cut(self, parser: etree.HTMLParser) -> None:
        """Refuses a page that the parser did not read to its end; what browsers repair is fine."""
        for error in parser.error_log:
            if error.level_name == "FATAL":
                deep = "depth" in error.message
                code = "D108" if deep else "D105"
                self.reading.fail(code, f"the page cannot be read to its end: {error.message}")

    def leaves_out(self, item: Element, place: str) -> bool:
        """Whether an element is hidden or struck out by hand; then its words are reported."""
        hidden = item.get("hidden") is not None or HIDDEN.search(item.get("style") or "")
        if self.reading.hidden or not (hidden or local(item) in CROSSED):
            return False
        words = " ".join(" ".join(item.itertext()).split())
        self.reading.left_out("D134" if hidden else "D135", words, place)
        return True

    def flow(
        self, element: Element, place: str, depth: int = 0, *, whole: bool = False
    ) -> list[Block]:
        """Paragraphs and tables inside an element, or of it as a whole.

        Those of a cell all have its place.
        """
        flow = _Flow(self, place)
        if whole:
            flow.take(element, depth)
        else:
            flow.walk(element, depth)
        flow.end()
        return flow.blocks

    def table(self, element: Element, place: str, depth: int) -> Iterator[Block]:
        """A table, after the words in it that are in none of its cells."""
        if not place:
            self.tables += 1
            name = f"table {self.tables}"
        else:
            name = place
        table = WebTable(self, element, name, depth)
        yield from table.stray
        title = self.title if not place else ""
        yield table.grid(table.title or title)
        if not place:
            self.title = ""


class _Flow:
    """The paragraphs and tables of one container, in the making."""

    def __init__(self, reader: WebReader, place: str) -> None:
        self.reader = reader
        self.place = place
        self.blocks: list[Block] = []
        self._line = _Line()
        self._lists: list[tuple[str, int, str]] = []
        self._nested = 0

    def end(self) -> None:
        """Ends the paragraph."""
        line, self._line = self._line, _Line()
        text, deleted = "".join(line.kept).strip(" \n"), "".join(line.struck).strip()
        text = re.sub(r" {2,}", " ", text)
        if not text and not deleted:
            return
        if deleted:
            self.reader.reading.problem(
                "D131",
                "words are struck out",
                severity=Severity.INFO,
                place=self.place or None,
                value=deleted,
            )
        place = self.place
        if not place:
            self.reader.paragraphs += 1
            place = f"paragraph {self.reader.paragraphs}"
            self.reader.title = text or self.reader.title
        self.blocks.append(attrs.evolve(line.made, text=text, deleted=deleted, place=place))

    def words(self, text: str | None, *, struck: bool = False, as_typed: bool = False) -> None:
        """Adds text; line breaks in it are blanks unless the page shows them."""
        if not text:
            return
        pieces = text.split("\n") if as_typed else [BLANKS.sub(" ", text)]
        for number, piece in enumerate(pieces):
            if number:
                self.end()
            (self._line.struck if struck else self._line.kept).append(piece)

    def walk(
        self, element: Element, depth: int, *, struck: bool = False, as_typed: bool = False
    ) -> None:
        """Takes the words of an element and of all that is inside it."""
        self.reader.reading.check_depth(depth, self.place or None)
        self.words(element.text, struck=struck, as_typed=as_typed)
        for item in element:
            self.take(item, depth, struck=struck, as_typed=as_typed)
            self.words(item.tail, struck=struck, as_typed=as_typed)

    def take(
        self, item: Element, depth: int, *, struck: bool = False, as_typed: bool = False
    ) -> None:
        """Takes the words of one element, without those after it."""
        name = local(item)
        if self.reader.leaves_out(item, self.place):
            return
        if name == "table":
            self._table(item, depth)
        elif name == "br":
            self.end()
        elif name in INLINE:
            self._inline(item, name, depth, struck, as_typed)
        elif name and name not in SILENT:
            self._block(item, name, depth, struck, as_typed)

    def _table(self, item: Element, depth: int) -> None:
        self.end()
        self._nested += 1
        place = f"{self.place}, table {self._nested}" if self.place else ""
        self.blocks += self.reader.table(item, place, depth + 1)

    def _inline(self, item: Element, name: str, depth: int, struck: bool, as_typed: bool) -> None:
        if name == "input":
            sort = (item.get("type") or "text").lower()
            ticked = "☒" if item.get("checked") is not None else "☐"
            self.words(ticked if sort in ("checkbox", "radio") else item.get("value"))
            return
        if name == "select":
            options = list(item.iter("option"))
            chosen = [one for one in options if one.get("selected") is not None]
            if not chosen and item.get("multiple") is None:
                chosen = options[:1]  # which a page shows then
            self.words("; ".join(" ".join(" ".join(one.itertext()).split()) for one in chosen))
            return
        self.walk(item, depth + 1, struck=struck or name == "del", as_typed=as_typed)

    def _block(self, item: Element, name: str, depth: int, struck: bool, as_typed: bool) -> None:
        self.end()
        if name in ("ul", "ol", "menu", "dir"):
            start = small(item.get("start"), 1)
            self._lists.append((name, start, FORMS.get(item.get("type") or "", "decimal")))
            self.walk(item, depth + 1, struck=struck)
            self.end()
            self._lists.pop()
            return
        if name == "li":
            self._item(item)
        elif name in HEADINGS:
            self._line.made = Paragraph("", style=name, heading=HEADINGS[name])
        self.walk(item, depth + 1, struck=struck, as_typed=as_typed or name in ("pre", "textarea"))
        self.end()

    def _item(self, item: Element) -> None:
        """Begins an item of a list, with the number that the page shows."""
        sort, number, form = self._lists[-1] if self._lists else ("ul", 1, "decimal")
        level = max(0, len(self._lists) - 1)
        if sort == "ol":
            number = small(item.get("value"), number)
            label = f"{shown_number(number, form)}."
            self._lists[-1] = (sort, number + 1, form)
            self._line.made = Paragraph("", "number", level, label)
        else:
            self._line.made = Paragraph("", "bullet", level, "•")
