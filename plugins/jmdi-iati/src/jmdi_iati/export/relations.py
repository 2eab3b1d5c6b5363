"""Participating organisations and related activities, which are relations of an initiative."""

from __future__ import annotations

from jmdi import Actor, Dataset, Initiative, Participates, Relates
from jmdi.files.safe_xml import legal
from jmdi_iati.export import elements
from jmdi_iati.export.fields import Work
from jmdi_iati.export.parts import is_same
from jmdi_iati.export.trees import merge, place, take_out
from jmdi_iati.facets import Mention
from jmdi_iati.standard.xml import Element

__all__ = ["change_participants", "change_related", "reporter"]


def reporter(initiative: Initiative, dataset: Dataset) -> Element | None:
    """The reporting organisation of an initiative that was not read from IATI."""
    publisher = next((s.publisher for s in initiative.sources if s.publisher), None)
    actor = dataset.find(publisher, Actor) if publisher else None
    if actor is None:
        return None
    vocabularies = dataset.model.catalog.vocabularies
    return elements.organisation("reporting-org", actor, vocabularies=vocabularies)


def change_participants(work: Work) -> None:
    """Changes, adds and removes participating organisations."""
    before = {relation.id: relation for relation in work.reading.of(Participates)}
    now = {relation.id: relation for relation in work.dataset.in_(work.id, Participates)}
    behind = work.reading.participants
    for id in before.keys() - now.keys():
        for part in behind[id]:
            take_out(part)
    for id, relation in now.items():
        old = before.get(id)
        if old is not None and is_same(old, relation):
            continue
        made = _participation(relation, work.actor(relation.source), work)
        if old is None and made is not None:
            place(work.element, made, work.rule)
        elif old is not None:
            said = _participation(old, work.actor(old.source), work)
            for part in behind[id]:
                if made is None:
                    take_out(part)
                elif said is not None:
                    merge(part, said, made, work.rule_for(part), work.language)


def _participation(relation: Participates, actor: Actor | None, work: Work) -> Element | None:
    made = elements.participation(relation, actor, work.vocabularies)
    mention = relation.facet(Mention)
    if made is not None and mention is not None:
        said = {"activity-id": mention.activity, "crs-channel-code": mention.channel}
        for name, text in said.items():
            if text is not None:
                made.set(name, legal(text))
    return made


def change_related(work: Work) -> None:
    """Changes, adds and removes related activities."""
    relations = (*work.dataset.out(work.id, Relates), *work.dataset.in_(work.id, Relates))
    now = {relation.id: relation for relation in relations}
    before = {relation.id: relation for relation in work.reading.of(Relates)}
    if {id: r.type for id, r in before.items()} == {id: r.type for id, r in now.items()}:
        return
    for part in work.of("related-activity"):
        for old in work.alone(part).of(Relates):
            relation = now.get(old.id)
            made = None if relation is None else elements.related(relation, work.now, work.dataset)
            said = elements.related(old, work.now, work.dataset)
            if made is None and (relation is None or relation.type != old.type):
                take_out(part)
            elif made is not None and said is not None:
                merge(part, said, made, work.rule_for(part), work.language)
    for id, relation in now.items():
        other = relation.target if relation.source == work.id else relation.source
        if id in before or id in work.context.stated_by(other):
            continue
        if (made := elements.related(relation, work.now, work.dataset)) is not None:
            place(work.element, made, work.rule)
