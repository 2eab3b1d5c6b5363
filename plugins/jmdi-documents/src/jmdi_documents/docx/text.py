"""The words of one Word paragraph: every wrapper is looked into, what is struck out kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import attrs

from jmdi_documents.office.ooxml import alternative
from jmdi_documents.office.symbols import is_symbol_font, symbol, symbols
from jmdi_documents.office.xml import Element, attribute, by_name, child, children, local
from jmdi_documents.reading import Reading

if TYPE_CHECKING:
    from jmdi_documents.docx.lists import Styles

__all__ = ["Inline", "is_off", "is_placeholder"]

STRUCK = {"del", "moveFrom"}
SILENT = {"instrText", "delInstrText", "fldData", "binData", "softHyphen"}
SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
OFF = {"0", "false", "off"}


def is_off(element: Element | None) -> bool:
    """Whether a switch such as ``w:checked`` is absent or says no."""
    return element is None or (attribute(element, "val") or "1").lower() in OFF


def is_placeholder(control: Element) -> bool:
    """Whether a content control shows its prompt because nobody filled it in."""
    return not is_off(child(control, "sdtPr", "showingPlcHdr"))


@attrs.define(slots=True)
class Inline:
    """Collects the words of a paragraph.

    Attributes:
        reading: Where problems go.
        place: Place of the paragraph.
        kept: Pieces of the text.
        struck: Pieces that a tracked change deletes or moves elsewhere.
        hidden: Pieces that are hidden.
        crossed: Pieces that are struck out by hand, not by a tracked change.
        boxes: Text boxes that are attached to the paragraph, and whether they are deleted.
        styles: The styles of the document.
        style: Id of the paragraph's style.
    """

    reading: Reading
    place: str
    styles: Styles | None = None
    style: str | None = None
    kept: list[str] = attrs.field(factory=list)
    struck: list[str] = attrs.field(factory=list)
    hidden: list[str] = attrs.field(factory=list)
    crossed: list[str] = attrs.field(factory=list)
    boxes: list[tuple[Element, bool]] = attrs.field(factory=list)

    @property
    def text(self) -> str:
        """The words that stand."""
        return "".join(self.kept)

    @property
    def deleted(self) -> str:
        """The words that a tracked change deletes."""
        return "".join(self.struck)

    def collect(
        self,
        items: Iterable[Element],
        struck: bool = False,
        depth: int = 0,
        font: str | None = None,
    ) -> None:
        """Takes the words of elements and of all that is inside them, in order."""
        self.reading.check_depth(depth, self.place)
        out = self.struck if struck else self.kept
        for item in items:
            name = local(item)
            if name == "t":
                text = item.text or ""
                out.append(symbols(text, font) if font else text)
            elif name == "delText":
                self.struck.append(item.text or "")
            elif name in SIGNS:
                out.append(SIGNS[name])
            elif name in SPECIAL:
                SPECIAL[name](self, item, struck, depth)
            elif name and name not in SILENT and not name.endswith("Pr"):
                self.collect(item, struck or name in STRUCK, depth + 1, font)

    def _run(self, item: Element, struck: bool, depth: int) -> None:
        properties = child(item, "rPr") if len(item) > 1 else None
        font = attribute(child(properties, "rFonts"), "ascii")
        out = None if struck or self.reading.hidden else self._unseen(properties)
        if out is None:
            self.collect(item, struck, depth + 1, font if is_symbol_font(font) else None)
        else:
            apart = Inline(self.reading, self.place)
            apart.collect(item, struck, depth + 1, font if is_symbol_font(font) else None)
            boxes = (t.text or "" for box, _ in apart.boxes for t in box.iter() if local(t) == "t")
            out.append(" ".join(filter(None, (apart.text, *boxes))))

    def _unseen(self, properties: Element | None) -> list[str] | None:
        """Where the words of a run go that is hidden or struck out."""
        switches = {} if properties is None else by_name(properties)
        named = attribute(switches.get("rStyle"), "val")
        for switch, out in (
            ("vanish", self.hidden),
            ("strike", self.crossed),
            ("dstrike", self.crossed),
        ):
            own = switches.get(switch)
            if own is not None:
                on = not is_off(own)
            else:
                on = self.styles is not None and switch in self.styles.switches(named, self.style)
            if on:
                return out
        return None

    def _break(self, item: Element, struck: bool, depth: int) -> None:
        if attribute(item, "type") in (None, "textWrapping"):
            (self.struck if struck else self.kept).append("\n")

    def _symbol(self, item: Element, struck: bool, depth: int) -> None:
        try:
            code = int(attribute(item, "char") or "", 16)
        except ValueError:
            code = 0xFFFD
        (self.struck if struck else self.kept).append(symbol(code, attribute(item, "font")))

    def _control(self, item: Element, struck: bool, depth: int) -> None:
        if is_placeholder(item):
            self.prompt(item)
        else:
            self.collect(children(item, "sdtContent"), struck, depth + 1)

    def prompt(self, control: Element) -> None:
        """Reports the prompt of a content control that nobody filled in."""
        words = "".join(t.text or "" for t in control.iter() if local(t) == "t")
        self.reading.problem("D132", "a form field is not filled in", place=self.place, value=words)

    def _alternatives(self, item: Element, struck: bool, depth: int) -> None:
        chosen = alternative(item)
        if chosen is not None:
            self.collect(chosen, struck, depth + 1)

    def _box(self, item: Element, struck: bool, depth: int) -> None:
        self.boxes.append((item, struck))

    def _ruby(self, item: Element, struck: bool, depth: int) -> None:
        self.collect(children(item, "rubyBase"), struck, depth + 1)
        above = Inline(self.reading, self.place)
        above.collect(children(item, "rt"), False, depth + 1)
        if above.text:
            (self.struck if struck else self.kept).append(f" ({above.text})")

    def _art(self, item: Element, struck: bool, depth: int) -> None:
        (self.struck if struck else self.kept).append(attribute(item, "string") or "")

    def _field(self, item: Element, struck: bool, depth: int) -> None:
        """Old boxes to tick and lists to choose from keep their state in the field."""
        data = child(item, "ffData")
        tick, choice = child(data, "checkBox"), child(data, "ddList")
        out = self.struck if struck else self.kept
        if tick is not None:
            state = child(tick, "checked")
            state = child(tick, "default") if state is None else state
            out.append("☐" if is_off(state) else "☒")
        elif choice is not None:
            entries = [attribute(entry, "val") or "" for entry in children(choice, "listEntry")]
            chosen = attribute(child(choice, "result"), "val") or "0"
            if chosen.isdecimal() and len(chosen) < 6 and int(chosen) < len(entries):
                out.append(entries[int(chosen)])

    def _object(self, item: Element, struck: bool, depth: int) -> None:
        self.reading.problem("D133", "an embedded object is not read", place=self.place)
        self.collect(item, struck, depth + 1)


SPECIAL: dict[str, Callable[[Inline, Element, bool, int], None]] = {
    "r": Inline._run,
    "br": Inline._break,
    "sym": Inline._symbol,
    "sdt": Inline._control,
    "AlternateContent": Inline._alternatives,
    "txbxContent": Inline._box,
    "ruby": Inline._ruby,
    "textpath": Inline._art,
    "fldChar": Inline._field,
    "OLEObject": Inline._object,
    "chart": Inline._object,
    "relIds": Inline._object,
}
