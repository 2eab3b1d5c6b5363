"""Which kinds of organisations are named in which roles."""

from __future__ import annotations

from collections import Counter

from jmdi import Actor, Code, Dataset, Participates
from jmdi.panels import Matrix, label_of
from jmdi_iati.panels import say
from jmdi_iati.panels.published import published

__all__ = ["roles"]


def roles(dataset: Dataset) -> Matrix | None:
    """Numbers of mentions by kind of organisation and role.

    Args:
        dataset: The records.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for activity in published(dataset):
        for part in dataset.in_(activity.id, Participates):
            actor = dataset.find(part.source, Actor)
            kind = actor.type.code if actor is not None and actor.type is not None else ""
            counts[kind, part.role.code if part.role else ""] += 1
    if not counts:
        return None
    vocabularies = dataset.model.catalog.vocabularies
    ranked: list[list[str]] = [[], []]
    words = []
    for end, scheme in enumerate(("actor-type", "organisation-role")):
        there = {pair[end] for pair in counts}
        known = [code for code in vocabularies[scheme].codes() if code in there]
        ranked[end] = [*known, *sorted(there - {"", *known}), *[""] * ("" in there)]
        none = say("kind_unknown") if end == 0 else say("role_unknown")
        words.append(
            [label_of(Code(scheme, code), vocabularies) if code else none for code in ranked[end]]
        )
    return Matrix(
        rows=words[0],
        columns=words[1],
        values=[[counts[kind, role] for role in ranked[1]] for kind in ranked[0]],
        unit=say("mentions"),
        row_title=say("kind"),
        column_title=say("role"),
        note=say("roles_note"),
    )
