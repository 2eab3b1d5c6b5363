"""Writes actors that were read from an organisation file as IATI organisations 2.03."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from jmdi import Actor, Dataset, Problem
from jmdi_iati.export.document import document
from jmdi_iati.export.kept import kept, written
from jmdi_iati.export.told import Told
from jmdi_iati.facets import Organisation
from jmdi_iati.standard.schema import faults

__all__ = ["losses", "write"]


def write(dataset: Dataset, stream: BinaryIO) -> None:
    """Writes the organisation files that actors were read from, those of 1.x brought to 2.03.

    Actors that were not read from one are left out. What changed in the records is not written.

    Args:
        dataset: The records.
        stream: Where the bytes go.

    Raises:
        DataError: If what was kept of an organisation is not well-formed.
    """
    with document("iati-organisations", {}, stream) as put:
        for _, facet in _kept(dataset):
            put(written(facet, kept(facet)[0]))


def losses(dataset: Dataset) -> list[Problem]:
    """What is left out of organisations of 1.x, and what they lack to be valid.

    What reading them again shows is not said here.

    Args:
        dataset: The records.
    """
    lost, wrong = Told("I602"), Told("I603")
    for actor, facet in _kept(dataset):
        element, left_out = kept(facet)
        lost.add(left_out, actor.id)
        wrong.add(Counter(faults(element)), actor.id)
    return [*lost.together("actor", "/iati:organisation/xml"), *wrong.each()]


def _kept(dataset: Dataset) -> Iterator[tuple[Actor, Organisation]]:
    for actor in dataset.of(Actor):
        facet = actor.facet(Organisation)
        if facet is not None and facet.xml:
            yield actor, facet
