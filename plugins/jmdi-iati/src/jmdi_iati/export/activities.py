"""Writes initiatives as IATI activities of version 2.03.

An initiative that was read from IATI is written as its own XML, byte by byte while the records say
the same. Where they say something else, only the elements of those fields change. One of 1.x is
brought to 2.03 first. An initiative of another origin is made of its records; what IATI requires
and they do not say is not invented.
"""

from __future__ import annotations

from collections import Counter
from typing import BinaryIO, Literal

from jmdi import Actor, DataError, Dataset, Initiative, Losses, Problem
from jmdi_iati.export.actors import change_actors
from jmdi_iati.export.context import Context
from jmdi_iati.export.document import document, root_of
from jmdi_iati.export.documents import change_documents
from jmdi_iati.export.fields import FIELDS, Work
from jmdi_iati.export.kept import kept, written
from jmdi_iati.export.money import change_money
from jmdi_iati.export.relations import change_participants, change_related, reporter
from jmdi_iati.export.reread import reread
from jmdi_iati.export.results import change_results
from jmdi_iati.export.tally import Tally, problem
from jmdi_iati.export.territories import change_territories
from jmdi_iati.export.trees import bytes_of
from jmdi_iati.facets import Activity, Organisation
from jmdi_iati.importer import EXTERNAL
from jmdi_iati.standard.schema import faults
from jmdi_iati.standard.xml import Element, new

__all__ = ["losses", "write"]

CHANGES = (
    change_actors,
    change_territories,
    change_documents,
    change_money,
    change_results,
    change_participants,
)
"""What is found by its place among the elements that were read; the fields come after."""

NO_PERIOD = "because IATI asks for the period of each budget: make it a Budget record that has one"


def write(
    dataset: Dataset, stream: BinaryIO, *, missing: Literal["refuse", "skip"] = "refuse"
) -> None:
    """Writes the initiatives of a Dataset.

    Args:
        dataset: The records. Initiatives that are only referred to are left out.
        stream: Where the bytes go.
        missing: ``refuse`` to write nothing when an initiative that was not read from IATI
            lacks what IATI requires; ``skip`` to leave it out.

    Raises:
        DataError: With a problem for each such initiative, or if there is none but
            organisation files, which have their own exporter.
    """
    found = [one for one in dataset.of(Initiative) if not _is_external(one)]
    if not found and any(actor.facet(Organisation) for actor in dataset.of(Actor)):
        cure = "write them with --to iati:organisations, or format='iati:organisations'"
        raise DataError(
            [problem("I601", "there are organisation files and no activity", cure=cure)]
        )
    context = Context(dataset)
    made = {one.id: _activity(one, context) for one in found if _facet(one) is None}
    lacking = {id: lacks for id, element in made.items() if (lacks := list(faults(element)))}
    if lacking and missing == "refuse":
        raise DataError([problem("I601", ", ".join(lacks), id) for id, lacks in lacking.items()])
    root = root_of(facet for one in found if (facet := _facet(one)) is not None)
    with document("iati-activities", root, stream) as put:
        for one in found:
            if (facet := _facet(one)) is not None:
                put(_patched(one, facet, context))
            elif one.id not in lacking:
                put(bytes_of(made[one.id]))


def losses(dataset: Dataset, *, missing: Literal["refuse", "skip"] = "refuse") -> list[Problem]:
    """What is left out of activities of 1.x, and what activities lack to be valid.

    What reading them again shows is not said here.

    Args:
        dataset: The records.
        missing: What is done with initiatives that cannot be written.
    """
    context = Context(dataset)
    lost, wrong, undated = Tally("I602"), Tally("I603"), Losses()
    for one in dataset.of(Initiative):
        if one.budget:
            undated.member(one, "/budget", NO_PERIOD)
        facet = _facet(one)
        if _is_external(one) or facet is None:
            continue
        element, left_out = kept(facet)
        lost.add(left_out, one.id)
        _change(element, one, context)
        wrong.add(Counter(faults(element)), one.id)
    return [
        *lost.together("initiative", "/iati:activity/xml"),
        *wrong.each(),
        *undated.problems(),
    ]


def _is_external(initiative: Initiative) -> bool:
    """Whether only its identifier is known, because others refer to it."""
    return bool(initiative.sources) and all(s.method == EXTERNAL for s in initiative.sources)


def _facet(initiative: Initiative) -> Activity | None:
    """What IATI said of it; ``None`` if it was not read from IATI."""
    facet = initiative.facet(Activity)
    return facet if facet is not None and facet.xml else None


def _patched(initiative: Initiative, facet: Activity, context: Context) -> bytes:
    """The activity as it was read, with what changed in the records since."""
    element, _ = kept(facet)
    before = bytes_of(element)
    _change(element, initiative, context)
    return written(facet, element, changed=before != bytes_of(element))


def _activity(initiative: Initiative, context: Context) -> Element:
    """An activity of what the records say."""
    element = new("iati-activity")
    if (made := reporter(initiative, context.dataset)) is not None:
        element.append(made)
    _change(element, initiative, context)
    return element


def _change(element: Element, now: Initiative, context: Context) -> None:
    """Brings an activity to what the records say."""
    facet = now.facet(Activity) or Activity()
    reading = reread(element, now.id, context.vocabularies, facet.unread)
    work = Work(element, reading, context, now)
    for change in CHANGES:
        change(work)
    for field in FIELDS:
        if field.differs(work):
            field.change(work)
    change_related(work)
