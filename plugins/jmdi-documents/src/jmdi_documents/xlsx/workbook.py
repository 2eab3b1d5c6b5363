"""Excel workbooks (.xlsx, .xlsm): every sheet as one grid, read without any other library.

openpyxl makes an object for each cell that a merge claims and follows what a file says of its own
size, so a small hostile file can exhaust the memory; here only cells that are there cost anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from jmdi.errors import Severity
from jmdi_documents.content.build import typed_draft
from jmdi_documents.content.grid import Block, Paragraph
from jmdi_documents.office.numbers import NotADate, number_text
from jmdi_documents.office.ooxml import Package, alternative, main_part
from jmdi_documents.office.sheet import DERIVED, Merge, SheetDrafts, cell_name, report_derived
from jmdi_documents.office.xml import (
    Element,
    attribute,
    child,
    children,
    local,
    small,
    stream_xml,
)
from jmdi_documents.reading import Reading
from jmdi_documents.xlsx.styles import SheetStyles, is_crossed

__all__ = ["read_xlsx"]

REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
FOOTING = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|K\d\d[+-]\d{3}|[0-9]{1,3}|[A-Z])', re.IGNORECASE)
ROWS, COLUMNS = 1_048_576, 16_384
TAGS = ("row", "col", "mergeCell", "conditionalFormatting", "headerFooter")
HIDDEN = {"hidden", "veryHidden"}
TRUE = {"1", "true"}


@attrs.frozen(slots=True)
class RichText:
    """A text, and those of its words that a line goes through, which it does not hold."""

    text: str
    crossed: str = ""


@attrs.frozen(slots=True)
class _Workbook:
    package: Package
    styles: SheetStyles
    strings: tuple[RichText, ...]
    from_1904: bool

    @property
    def reading(self) -> Reading:
        return self.package.reading


def read_xlsx(package: Package) -> tuple[Block, ...]:
    """A grid for each sheet, and its notes, drawn text and page headers as paragraphs after it.

    Raises:
        FormatError: If the workbook cannot be read, or not safely.
    """
    main = main_part(package) or "xl/workbook.xml"
    root = package.xml(main)
    targets = {relation.id: relation for relation in package.relations(main)}
    book = _Workbook(
        package,
        _styles(package, main),
        _strings(package, main),
        attribute(child(root, "workbookPr"), "date1904") in TRUE,
    )
    made = {
        small(attribute(name, "localSheetId"), -1)
        for name in children(child(root, "definedNames"), "definedName")
        if attribute(name, "name") == DERIVED
    }
    blocks: list[Block] = []
    for number, sheet in enumerate(children(child(root, "sheets"), "sheet"), 1):
        name = attribute(sheet, "name") or f"Sheet {number}"
        relation = targets.get(_relation_id(sheet))
        if relation is None or relation.target not in package.archive:
            package.reading.problem(
                "D111", "the sheet is missing", place=f"[{name}]", severity=Severity.ERROR
            )
        elif relation.type != "worksheet":
            package.reading.problem("D133", f"a {relation.type} is not read", place=f"[{name}]")
        elif number - 1 in made:
            report_derived(package.reading, name)
        else:
            hidden = attribute(sheet, "state") in HIDDEN
            blocks += _Sheet(book, name, relation.target).blocks(hidden)
    return tuple(blocks)


def _relation_id(sheet: Element) -> str:
    """Its relation: the ``id`` that has a namespace, unlike ``sheetId``."""
    return next((str(v) for k, v in sheet.items() if k.startswith("{") and k.endswith("}id")), "")


def _styles(package: Package, main: str) -> SheetStyles:
    parts = [next(package.related(main, kind), None) for kind in ("styles", "theme")]
    styles, theme = (None if part is None else package.xml(part) for part in parts)
    return SheetStyles(styles, theme)


def _strings(package: Package, main: str) -> tuple[RichText, ...]:
    part = next(package.related(main, "sharedStrings"), None)
    if part is None:
        return ()
    items = stream_xml(package.archive.read(part), part, ("si",), package.reading)
    return tuple(_rich_text(item, package.reading) for item in items)


def _rich_text(item: Element | None, reading: Reading) -> RichText:
    """A text in one piece or in runs; readings of Asian characters are apart from it."""
    pieces: list[str] = []
    crossed: list[str] = []
    for part in () if item is None else item:
        name = local(part)
        if name == "t":
            pieces.append(part.text or "")
        elif name == "r":
            gone = not reading.hidden and is_crossed(child(part, "rPr"))
            (crossed if gone else pieces).extend(t.text or "" for t in children(part, "t"))
    texts = (ESCAPE.sub(_unescaped, "".join(words)) for words in (pieces, crossed))
    return RichText(*texts)


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return chr(code) if code in (9, 10, 13) or 32 <= code < 0xD800 else found[0]


def _position(name: str | None) -> tuple[int, int] | None:
    """Row and column of a name such as ``E22``, from 0."""
    found = REFERENCE.fullmatch(name or "")
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    return (row - 1, column - 1) if 0 < row <= ROWS and column <= COLUMNS else None


class _Sheet:
    """One worksheet."""

    def __init__(self, book: _Workbook, name: str, part: str) -> None:
        self.book = book
        self.reading = book.reading
        self.name = name
        self.part = part
        self.drafts = SheetDrafts(self.reading, name)
        self._row = -1
        self._column = -1
        self._shared: dict[str, str] = {}
        self._after: list[Paragraph] = []

    def blocks(self, hidden: bool) -> Iterator[Block]:
        data = self.book.package.archive.read(self.part)
        for item in stream_xml(data, self.part, TAGS, self.reading):
            getattr(self, f"_{local(item).lower()}_read")(item)
        yield self.drafts.grid(hidden)
        yield from self._notes()
        yield from self._drawings()
        yield from self._after

    def _col_read(self, item: Element) -> None:
        if attribute(item, "hidden") in TRUE:
            first, last = small(attribute(item, "min")), small(attribute(item, "max"))
            if 0 < first <= last:
                self.drafts.hidden_columns.update(range(first - 1, min(last, COLUMNS)))

    def _row_read(self, item: Element) -> None:
        number = small(attribute(item, "r"), self._row + 2)
        self._row = number - 1 if 0 < number <= ROWS else self._row + 1
        self._column = -1
        if attribute(item, "hidden") in TRUE:
            self.drafts.hidden_rows.add(self._row)
        for cell in children(item, "c"):
            self._cell(cell)

    def _mergecell_read(self, item: Element) -> None:
        first, _, last = (attribute(item, "ref") or "").partition(":")
        start, end = _position(first), _position(last or first)
        if start is None or end is None or end[0] < start[0] or end[1] < start[1]:
            self.reading.problem(
                "D121",
                "a merge names no cells",
                place=f"[{self.name}]",
                value=attribute(item, "ref"),
            )
        else:
            self.drafts.merges.append(Merge(*start, end[0] - start[0] + 1, end[1] - start[1] + 1))

    def _conditionalformatting_read(self, item: Element) -> None:
        if any(attribute(rule, "dxfId") is not None for rule in children(item, "cfRule")):
            self.reading.problem(
                "D144",
                "cells are coloured by a rule",
                severity=Severity.INFO,
                place=f"[{self.name}]!{(attribute(item, 'sqref') or '')[:40]}",
            )

    def _headerfooter_read(self, item: Element) -> None:
        for part in item:
            name = local(part)
            words = FOOTING.sub(" ", (part.text or "").replace("&&", "＆")).replace("＆", "&")
            if any(map(str.isalnum, words)):
                style = "footer" if name.endswith("Footer") else "header"
                place = f"[{self.name}] {style}"
                self._after.append(Paragraph(words.strip(), style=style, place=place))

    def _cell(self, item: Element) -> None:
        name = attribute(item, "r")
        at = _position(name)
        row, self._column = at or (self._row, min(self._column + 1, COLUMNS - 1))
        place = f"[{self.name}]!{cell_name(row, self._column)}"
        if name and not at:
            self.reading.problem("D121", "no cell has this name", place=place, value=name)
        formula = self._formula(item, place)
        text, fill = self._value(item, place, formula)
        if text and not self.reading.hidden and self.book.styles.is_crossed(attribute(item, "s")):
            self.reading.left_out("D135", text, place)
            text = ""
        if text or formula is not None or fill is not None:
            self.reading.spend_cells()
            draft = typed_draft(row, self._column, place, text)
            draft.formula, draft.fill = formula, fill
            self.drafts.add(draft)

    def _formula(self, item: Element, place: str) -> str | None:
        """The formula of a cell; one filled down from elsewhere names its origin."""
        element = child(item, "f")
        if element is None:
            return None
        words, shared = (element.text or "").strip(), attribute(element, "si")
        if words and shared:
            self._shared[shared] = f"={words} as in {place.rpartition('!')[2]}"
        return f"={words}" if words else self._shared.get(shared or "", "=")

    def _value(self, item: Element, place: str, formula: str | None) -> tuple[str, str | None]:
        """Text and fill of a cell."""
        form, fill = self.book.styles.get(attribute(item, "s"))
        sort = attribute(item, "t") or "n"
        element = child(item, "v")
        raw = "" if element is None else element.text or ""
        if sort == "inlineStr":
            return self._rich(_rich_text(child(item, "is"), self.reading), place), fill
        if not raw:
            if formula is not None and sort != "str":
                self.reading.problem("D141", "the formula has no value", place=place, value=formula)
            return "", fill
        if sort == "s":
            return self._string(raw, place), fill
        if sort == "b":
            return "TRUE" if raw in TRUE else "FALSE", fill
        if sort == "e":
            self.reading.problem("D142", "the value is an error", place=place, value=raw)
        if sort != "n":
            return ESCAPE.sub(_unescaped, raw), fill
        try:
            return form.text(raw, from_1904=self.book.from_1904), fill
        except NotADate:
            self.reading.problem("D143", "no date has this number", place=place, value=raw)
            return number_text(float(raw)), fill

    def _rich(self, rich: RichText, place: str) -> str:
        self.reading.left_out("D135", rich.crossed, place)
        return rich.text

    def _string(self, raw: str, place: str) -> str:
        at = small(raw)
        if 0 <= at < len(self.book.strings):
            return self._rich(self.book.strings[at], place)
        self.reading.problem(
            "D111",
            "the text of the cell is missing",
            place=place,
            value=raw,
            severity=Severity.ERROR,
        )
        return ""

    def _notes(self) -> Iterator[Paragraph]:
        """Notes and threads of comments, without the note that copies a thread."""
        package = self.book.package
        threads: dict[str, list[str]] = {}
        for part in package.related(self.part, "threadedComment"):
            for item in children(package.xml(part), "threadedComment"):
                text = child(item, "text")
                words = "" if text is None else text.text or ""
                threads.setdefault(attribute(item, "ref") or "", []).append(words)
        for part in package.related(self.part, "comments"):
            for item in children(child(package.xml(part), "commentList"), "comment"):
                ref = attribute(item, "ref") or ""
                words = _rich_text(child(item, "text"), self.reading).text
                threads.setdefault(ref, [words])
        for ref, comments in threads.items():
            for comment in comments:
                if comment.strip():
                    place = f"[{self.name}]!{ref}, comment"
                    yield Paragraph(comment, style="comment", place=place)

    def _drawings(self) -> Iterator[Paragraph]:
        package = self.book.package
        for part in package.related(self.part, "drawing"):
            texts = _drawn(package.xml(part), self.reading, 0)
            for number, text in enumerate(texts, 1):
                place = f"[{self.name}], text box {number}"
                yield Paragraph(text, style="text box", place=place)


def _drawn(parent: Element, reading: Reading, depth: int) -> Iterator[str]:
    """Text of each shape of a drawing."""
    reading.check_depth(depth)
    for item in parent:
        name = local(item)
        if name == "txBody":
            lines = [
                "".join(t.text or "" for t in p.iter() if local(t) == "t")
                for p in children(item, "p")
            ]
            if any(line.strip() for line in lines):
                yield "\n".join(lines)
        elif name == "AlternateContent":
            chosen = alternative(item)
            if chosen is not None:
                yield from _drawn(chosen, reading, depth + 1)
        elif name:
            yield from _drawn(item, reading, depth + 1)
