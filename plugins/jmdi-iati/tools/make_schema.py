"""Makes the package's table of the elements of IATI 2.03 from the schemas that IATI publishes.

    python tools/make_schema.py FOLDER

FOLDER holds the XML schemas of activities and organisations. Each line of ``data/schema.tsv`` is
an element by its path, the children of each in the order of the schema: how often it may occur,
what its text is, what of other namespaces may be in it, and its attributes: ``!`` marks those
that it must have.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

DATA = Path(__file__).parent.parent / "src" / "jmdi_iati" / "standard" / "data"
XSD = "{http://www.w3.org/2001/XMLSchema}"
HEAD = (
    "# The elements of the International Aid Transparency Initiative (IATI), version 2.03, as in "
    "its schemas; made by tools/make_schema.py, not edited by hand\n"
    "path\toccurs\ttext\tother\tattributes"
)
ROOTS = {
    "iati-activities-schema.xsd": "iati-activity",
    "iati-organisations-schema.xsd": "iati-organisation",
}
OTHERS = {f"{XSD}any": "elements", f"{XSD}anyAttribute": "attributes"}
PARTS = (f"{XSD}sequence", f"{XSD}complexContent", f"{XSD}simpleContent")


class Schema:
    """The declarations of a schema and of the one that it includes."""

    def __init__(self, folder: Path, name: str) -> None:
        trees = [etree.parse(folder / part).getroot() for part in (name, "iati-common.xsd")]
        self.elements = {e.get("name"): e for t in trees for e in t.iterchildren(f"{XSD}element")}
        self.attributes = {
            e.get("name"): e for t in trees for e in t.iterchildren(f"{XSD}attribute")
        }
        self.types = {e.get("name"): e for t in trees for e in t.iterchildren(f"{XSD}complexType")}

    def lines(self, declared: Any, before: str = "") -> Iterator[str]:
        """The line of an element, and those of all that may be in it."""
        element = self.elements[name] if (name := declared.get("ref")) else declared
        path = f"{before}/{element.get('name')}".lstrip("/")
        text, others, attributes, children = "", [], {}, []
        for part in self.parts(element):
            base = part.get("base", "")
            if part.tag == f"{XSD}attribute" and part.get("ref") != "xml:lang":
                said = self.attributes.get(part.get("ref"), part)
                kind = said.get("type", "xsd:string").removeprefix("xsd:")
                mark = "!" if part.get("use") == "required" else ""
                attributes[said.get("name")] = f"{said.get('name')}{mark}:{kind}"
            elif part.tag == f"{XSD}element":
                children.append(part)
            elif part.tag in OTHERS:
                others.append(OTHERS[part.tag])
            elif part.tag == f"{XSD}extension" and base.startswith("xsd:"):
                text = base.removeprefix("xsd:")
        if (simple := element.get("type", "")).startswith("xsd:"):
            text = simple.removeprefix("xsd:")
        elif not simple and element.find(f"{XSD}complexType") is None:  # it may be anything
            text, others = "string", list(OTHERS.values())
        low = "0" if declared.get("minOccurs") == "0" else "1"
        many = declared.get("maxOccurs") == "unbounded"
        occurs = {"00": "?", "01": "*", "10": "1", "11": "+"}[f"{low}{int(many)}"]
        fields = (path, occurs, text, " ".join(others), " ".join(attributes.values()))
        yield "\t".join(fields).rstrip()
        for child in children:
            yield from self.lines(child, path)

    def parts(self, element: Any) -> Iterator[Any]:
        """What a type is made of, that of the types that it extends first."""
        named = self.types.get(element.get("type") or element.get("base"))
        if named is not None:
            yield from self.parts(named)
        for part in element:
            if part.tag == f"{XSD}complexType":
                yield from self.parts(part)
            elif part.tag in PARTS or part.tag == f"{XSD}extension":
                yield part
                yield from self.parts(part)
            elif part.tag in (f"{XSD}attribute", f"{XSD}element", *OTHERS):
                yield part


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    lines = [HEAD]
    for file, root in ROOTS.items():
        schema = Schema(folder, file)
        lines += schema.lines(schema.elements[root])
    (DATA / "schema.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
