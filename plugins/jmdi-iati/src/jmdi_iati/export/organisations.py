"""Writes actors that were read from an organisation file as IATI organisations 2.03."""

from __future__ import annotations

from typing import BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from jmdi import Actor, Dataset
from jmdi_iati.export.kept import kept
from jmdi_iati.facets import Organisation

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
                if facet is not None and facet.xml:
                    out.write("\n", kept(facet)[0])
            out.write("\n")
