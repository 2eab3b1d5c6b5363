"""Writes actors that have an organisation file of their own as IATI organisations 2.03."""

from __future__ import annotations

from typing import BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from jmdi import Actor, Dataset
from jmdi_iati.export.activities import parsed
from jmdi_iati.facets import Organisation
from jmdi_iati.standard.upgrade import is_old, upgrade

__all__ = ["write"]


def write(dataset: Dataset, stream: BinaryIO) -> None:
    """Writes the organisation files that actors were read from, upgraded to 2.03.

    Actors that were not read from one are left out: their budgets are not in the records.

    Args:
        dataset: The records.
        stream: Where the bytes go.

    Raises:
        DataError: If what was kept of an organisation is not well-formed.
    """
    with etree.xmlfile(stream, encoding="utf-8") as out:
        out.write_declaration()
        with out.element("iati-organisations", version="2.03"):
            for actor in dataset.of(Actor):
                facet = actor.facet(Organisation)
                if facet is None or not facet.xml:
                    continue
                element = parsed(facet.xml)
                if is_old(facet.version or "2"):
                    for old in element.findall("iati-identifier"):
                        old.tag = "organisation-identifier"
                    upgrade(element)
                etree.cleanup_namespaces(element)
                out.write("\n", element)
            out.write("\n")
