"""Names and types of actors, changed in each element that says what they were."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jmdi import Actor, Code, Text
from jmdi.model.vocabularies import match
from jmdi_iati.export.shared import Key, Said, carried, edits, plain, said_text, text
from jmdi_iati.export.trees import merge, set_or_drop
from jmdi_iati.export.work import Patch
from jmdi_iati.meaning.actors import actor_of
from jmdi_iati.standard.words import text_of
from jmdi_iati.standard.xml import XML_LANG, Element, narrated, sub

__all__ = ["change_actors"]

SIDES = ("provider-org", "receiver-org")
MONEY = ("transaction", "planned-disbursement")
TYPE = Key("type")


def change_actors(work: Patch) -> None:
    """Changes names and types of the actors that were edited."""
    edited = edits(work, Actor, lambda actor: _say(actor.names, actor.type), ("names", "type"))
    if not edited:
        return
    for mention in list(_mentions(work)):
        if mention.actor in edited:
            _change(mention, *edited[mention.actor], work)


def _say(names: Text, kind: Code | None) -> Said:
    said = dict(said_text("names", names))
    return said if kind is None else {**said, TYPE: plain(kind)}


class _Mention(NamedTuple):
    """An element that names an actor, and what it says of it."""

    element: Element
    actor: str
    said: Said


def _mentions(work: Patch) -> Iterator[_Mention]:
    """The elements that name actors; an organisation names itself in its own file."""
    draft = work.reading.draft
    if (name := work.element.find("name")) is not None:
        yield _Mention(name, work.id, _say(text_of(name, work.language), None))
    for org, party in draft.mentions.items():
        if org.tag in SIDES and not _is_side(org):
            continue
        said = _say(party.names, party.sort)
        yield _Mention(org, actor_of(org, draft), said)


def _is_side(org: Element) -> bool:
    """Whether an element is an end of money, and names somebody: no other is read."""
    parent = org.getparent()
    words = (org.get("ref", ""), *org.itertext())
    return parent is not None and parent.tag in MONEY and any(word.strip() for word in words)


def _change(mention: _Mention, before: Said, now: Said, work: Patch) -> None:
    element, said = mention.element, mention.said
    after = carried(said, before, now)
    if (old := text(said, "names")) != (new := text(after, "names")):
        if not len(element) and (element.text or "").strip():
            _narrate(element)
        was, made = narrated(element.tag, old), narrated(element.tag, new)
        merge(element, was, made, work.rule_for(element), work.language)
    may_say = "type" in work.rule_for(element).attributes
    if may_say and said.get(TYPE) != (kind := after.get(TYPE)):
        set_or_drop(element, "type", match(work.vocabularies, kind, "iati-organisation-type"))


def _narrate(element: Element) -> None:
    """Puts words that stand in an element itself into a narrative, where 2.03 has them."""
    narrative = sub(element, "narrative", element.text)
    element.text = None
    if (language := element.attrib.pop(XML_LANG, None)) is not None:
        narrative.set(XML_LANG, language)
