"""What Word and Excel files share: parts, the relations between them, text of drawings."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

import attrs

from jmdi_documents.office.archive import Archive
from jmdi_documents.office.xml import Element, attribute, child, children, local, parse_xml
from jmdi_documents.reading import Reading

__all__ = ["Package", "Relation", "alternative", "has_words", "main_part"]

WORDS = {"t", "txbxContent", "textpath", "delText"}


@attrs.frozen(slots=True)
class Relation:
    """A link from one part to another.

    Attributes:
        id: Its id in the part it comes from.
        type: The last step of its type, such as ``header``.
        target: Name of the part it leads to; empty if it leads out of the document.
    """

    id: str
    type: str
    target: str


@attrs.frozen(slots=True)
class Package:
    """The parts of an Office file.

    Attributes:
        archive: Its archive.
        reading: Where problems go.
    """

    archive: Archive
    reading: Reading

    def xml(self, name: str) -> Element:
        """The root of a part.

        Raises:
            FormatError: If the part is missing, damaged or unsafe.
        """
        return parse_xml(self.archive.read(name), name, self.reading)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """The relations of a part in the order of the file; ``""`` for those of the package."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self.archive:
            return ()
        root = self.xml(listing)
        return tuple(_relation(item, folder) for item in children(root, "Relationship"))

    def related(self, part: str, kind: str) -> Iterator[str]:
        """Names of the parts that a part has relations of this type with."""
        for relation in self.relations(part):
            if relation.type == kind and relation.target in self.archive:
                yield relation.target


def _relation(item: Element, folder: str) -> Relation:
    kind = (attribute(item, "Type") or "").rpartition("/")[2]
    target = attribute(item, "Target") or ""
    if attribute(item, "TargetMode") == "External":
        target = ""
    elif target.startswith("/"):
        target = target[1:]
    elif target:
        target = posixpath.normpath(posixpath.join(folder, target))
    return Relation(attribute(item, "Id") or "", kind, target)


def main_part(package: Package) -> str | None:
    """Name of the part that the package is about, if it says so."""
    return next(package.related("", "officeDocument"), None)


def has_words(element: Element) -> bool:
    """Whether an element holds text of any kind."""
    return any(local(item) in WORDS for item in element.iter())


def alternative(element: Element) -> Element | None:
    """The one of several renderings of the same thing that is read.

    Word writes a text box twice, for itself and for older programs: the first that has words.
    """
    options = [*children(element, "Choice"), *children(element, "Fallback")]
    return next((option for option in options if has_words(option)), child(element, "Choice"))
