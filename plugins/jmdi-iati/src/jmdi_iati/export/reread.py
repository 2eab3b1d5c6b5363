"""What the importer makes of an activity's own XML, to see what changed in the records since."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from jmdi import Initiative, Participates, Source, Vocabulary
from jmdi_iati.facets import Activity
from jmdi_iati.meaning.activity import fill
from jmdi_iati.meaning.draft import Draft, Run
from jmdi_iati.meaning.initiative import records
from jmdi_iati.problems.report import Report
from jmdi_iati.standard.xml import Element

__all__ = ["Reading", "reread"]


@attrs.frozen(slots=True)
class Reading:
    """An activity as it was imported.

    Attributes:
        initiative: The initiative.
        participants: The elements behind each participation, by its id.
    """

    initiative: Initiative
    participants: dict[str, list[Element]]


def reread(
    element: Element, facet: Activity, now: Initiative, vocabularies: Mapping[str, Vocabulary]
) -> Reading:
    """Reads an activity of 2.03 shape again.

    Args:
        element: The activity.
        facet: What was kept of it.
        now: The initiative as it is now; gives id and sources.
        vocabularies: The vocabularies of its model, by scheme.
    """
    run = Run(Report(), vocabularies, results=False)
    source = now.sources[0] if now.sources else Source()
    draft = Draft.of(element, now.id, source, run)
    fill(element, draft)
    found = list(records(draft, None, facet))
    (initiative,) = [r for r in found if isinstance(r, Initiative)]
    parts = [r for r in found if isinstance(r, Participates)]
    behind: dict[str, list[Element]] = {}
    for relation, mentions in zip(parts, draft.parts.values(), strict=True):
        behind[relation.id] = [mention.element for mention in mentions]
    return Reading(initiative, behind)
