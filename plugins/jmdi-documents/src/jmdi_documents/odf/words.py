"""The words of a paragraph of an OpenDocument file, those that nobody is shown kept apart."""

from __future__ import annotations

import attrs

from jmdi_documents.odf.styles import Look, OdfStyles
from jmdi_documents.office.xml import Element, attribute, local, small
from jmdi_documents.reading import Reading

__all__ = ["Words"]

APART = {"note", "annotation", "annotation-end", "text-box", "deletion", "ruby-text"}
"""What lies in a paragraph and is no part of its words."""

HIDDEN = {"hidden-text", "hidden-paragraph"}


@attrs.define(slots=True)
class Words:
    """Collects the words of a paragraph.

    Attributes:
        reading: Where problems go, and whether hidden words are read.
        styles: The styles of the document.
        kept: Pieces of the text.
        hidden: Pieces that are hidden.
        crossed: Pieces that are struck out.
        apart: Notes, comments and text boxes in the paragraph, in order.
    """

    reading: Reading
    styles: OdfStyles
    kept: list[str] = attrs.field(factory=list)
    hidden: list[str] = attrs.field(factory=list)
    crossed: list[str] = attrs.field(factory=list)
    apart: list[Element] = attrs.field(factory=list)

    def of(self, paragraph: Element, place: str, outer: Look | None = None) -> str:
        """The words of a paragraph; those that are left out are reported.

        Args:
            paragraph: A ``text:p`` or ``text:h``.
            place: Where it stands.
            outer: How the words around it look, such as those of a cell.
        """
        look = self.styles.look("paragraph", attribute(paragraph, "style-name"))
        self._take(paragraph, _joined(look, outer) if outer else look, 0)
        text = "".join(self.kept)
        self.reading.left_out("D134", "".join(self.hidden), place)
        self.reading.left_out("D135", "".join(self.crossed), place)
        self.kept, self.hidden, self.crossed = [], [], []
        return text

    def _take(self, parent: Element, look: Look, depth: int) -> None:
        self.reading.check_depth(depth)
        out = self._out(look)
        out.append(parent.text or "")
        for item in parent:
            name = local(item)
            if name == "s":
                out.append(" " * min(1000, small(attribute(item, "c"), 1)))
            elif name in ("tab", "line-break"):
                out.append("\t" if name == "tab" else "\n")
            elif name in APART:
                self.apart.append(item)
            elif name in HIDDEN:
                self.hidden.append(attribute(item, "string-value") or item.text or "")
            elif name == "span":
                own = self.styles.look("text", attribute(item, "style-name"))
                self._take(item, _joined(look, own), depth + 1)
            elif name:
                self._take(item, look, depth + 1)
            out.append(item.tail or "")

    def _out(self, look: Look) -> list[str]:
        if self.reading.hidden:
            return self.kept
        return self.hidden if look.hidden else self.crossed if look.crossed else self.kept


def _joined(one: Look, other: Look) -> Look:
    return Look(one.hidden or other.hidden, one.crossed or other.crossed)
