"""Writes actors that were read from an organisation file as IATI organisations 2.03.

An organisation is written as its own XML, byte by byte while the records say the same. Where they
say something else, only the elements of those fields change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from jmdi import Actor, Dataset, Problem
from jmdi_iati.export.actors import change_actors
from jmdi_iati.export.context import Context
from jmdi_iati.export.document import document, root_of
from jmdi_iati.export.documents import change_documents, leave_out_documents
from jmdi_iati.export.kept import kept, written
from jmdi_iati.export.organisation_money import change_organisation_money
from jmdi_iati.export.reread import reread
from jmdi_iati.export.tally import Tally
from jmdi_iati.export.territories import change_territories
from jmdi_iati.export.trees import bytes_of, set_or_drop
from jmdi_iati.export.work import Patch
from jmdi_iati.facets import Organisation
from jmdi_iati.standard.schema import faults
from jmdi_iati.standard.xml import Element

__all__ = ["losses", "write"]

CHANGES = (
    change_actors,
    change_territories,
    leave_out_documents,  # first: what tells a document is its address, which may be edited
    change_documents,
    change_organisation_money,
)

UPDATED = "last-updated-datetime"


def write(dataset: Dataset, stream: BinaryIO) -> None:
    """Writes the organisation files that actors were read from, those of 1.x brought to 2.03.

    Names and types, budgets, expenditure, their lines and publications are written as the records
    have them. Actors that were not read from an organisation file are left out.

    Args:
        dataset: The records.
        stream: Where the bytes go.

    Raises:
        DataError: If what was kept of an organisation is not well-formed.
    """
    context = Context(dataset)
    root = root_of(facet for _, facet in _kept(dataset))
    with document("iati-organisations", root, stream) as put:
        for actor, facet in _kept(dataset):
            element, _ = kept(facet)
            before = bytes_of(element)
            _change(element, actor, facet, context)
            put(written(facet, element, changed=before != bytes_of(element)))


def losses(dataset: Dataset) -> list[Problem]:
    """What is left out of organisations of 1.x, and what they lack to be valid.

    What reading them again shows is not said here.

    Args:
        dataset: The records.
    """
    context = Context(dataset)
    lost, wrong = Tally("I602"), Tally("I603")
    for actor, facet in _kept(dataset):
        element, left_out = kept(facet)
        lost.add(left_out, actor.id)
        _change(element, actor, facet, context)
        wrong.add(Counter(faults(element)), actor.id)
    return [*lost.together("actor", "/iati:organisation/xml"), *wrong.each()]


def _kept(dataset: Dataset) -> Iterator[tuple[Actor, Organisation]]:
    for actor in dataset.of(Actor):
        facet = actor.facet(Organisation)
        if facet is not None and facet.xml:
            yield actor, facet


def _change(element: Element, actor: Actor, facet: Organisation, context: Context) -> None:
    """Brings an organisation to what the records say."""
    work = Patch(element, reread(element, actor.id, context.vocabularies), context)
    for change in CHANGES:
        change(work)
    if facet.updated != element.get(UPDATED):
        set_or_drop(element, UPDATED, facet.updated)
