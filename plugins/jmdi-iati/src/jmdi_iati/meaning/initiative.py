"""The records of an activity, made of its draft: what others point at first, then relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jmdi import (
    Code,
    Identifier,
    Initiative,
    Participates,
    Period,
    Place,
    Record,
    Relates,
    make_id,
)
from jmdi.model.constructors import unchecked
from jmdi.model.frozen import EMPTY, owned
from jmdi_iati.facets import Activity, Mention
from jmdi_iati.meaning import places
from jmdi_iati.meaning.codes import GOALS, coded
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.meaning.money.ties import ties
from jmdi_iati.meaning.sides import side_of
from jmdi_iati.standard.dates import interval
from jmdi_iati.standard.words import identifier
from jmdi_iati.standard.xml import Element, truth

__all__ = ["facet_of", "records"]

PARENT = Code("initiative-relation", "parent")
UPSTREAM = Code("initiative-relation", "upstream")
DOWNSTREAM = Code("initiative-relation", "downstream")
TURNED = {"child": PARENT, "downstream": UPSTREAM}
"""What is recorded from the other end."""

make_initiative, make_participates = unchecked(Initiative), unchecked(Participates)
make_relates, make_period = unchecked(Relates), unchecked(Period)
make_activity = unchecked(Activity)

CROWD = 100
"""Activities with more participants than this are reported."""


def records(draft: Draft, identifier: str | None, facet: Activity) -> list[Record]:
    """The records of an activity: what others point at, the initiative, relations."""
    where = places.places(draft)
    out = draft.out
    out.append(_initiative(draft, identifier, facet, where))
    out += draft.after
    out += _participations(draft)
    out += ties(draft)
    if (
        draft.joined.related
        or draft.joined.links
        or draft.joined.upstream
        or draft.joined.downstream
    ):
        out += _relations(draft)
    return out


def facet_of(
    element: Element,
    draft: Draft,
    version: str | None = None,
    xml: str | None = None,
    root: Mapping[str, str] = EMPTY,
) -> Activity:
    """What an activity says beyond the core's fields.

    Args:
        element: The activity.
        draft: Its draft.
        version: The version of the standard.
        xml: What is kept of its text.
        root: Attributes of its document's root.
    """
    stated = truth(element.get("humanitarian"))
    said = draft.said
    return make_activity(
        version=version,
        xml=xml,
        root=root,
        updated=element.get("last-updated-datetime"),
        hierarchy=element.get("hierarchy"),
        humanitarian=said.humanitarian if stated is None else stated,
        dates=owned(said.dates),
        codes=unique(said.codes),
        titles=tuple(map(owned, said.titles)),
        remarks=tuple(map(owned, said.remarks)),
        scopes=tuple(said.scopes),
        conditions=tuple(said.conditions),
        attached=said.attached,
        documents=tuple(said.documents),
        unread=draft.run.unread,
    )


def unique(codes: Sequence[Code]) -> tuple[Code, ...]:
    """Codes in order, each once."""
    if len(codes) < 2:
        return tuple(codes)
    # Faster than to hash codes, which have more fields.
    known = {(found.code, found.scheme, found.words): found for found in codes}
    return tuple(known.values()) if len(known) < len(codes) else tuple(codes)


def _initiative(
    draft: Draft, identifier: str | None, facet: Activity, where: tuple[Place, ...]
) -> Initiative:
    said = draft.said
    own = () if identifier is None else (Identifier("iati-identifier", identifier),)
    sectors = [one.code for one in said.sectors]
    goals = [found for found in sectors if found.scheme in GOALS]
    if goals:
        sectors = [found for found in sectors if found.scheme not in GOALS]
    return make_initiative(
        id=draft.id,
        names=owned(said.names),
        description=owned(said.description),
        identifiers=(*own, *said.identifiers),
        period=_period(draft),
        status=said.status,
        scope=said.scope,
        objectives=tuple(map(owned, said.objectives)),
        audience=tuple(said.audience),
        places=where,
        sectors=unique(sectors),
        sector_shares=said.sector_shares,
        goals=unique((*goals, *said.goals)),
        sources=draft.sources,
        facets=owned({"iati:activity": facet}),
    )


def _period(draft: Draft) -> Period | None:
    """Actual dates before planned ones; not known if it ends before it starts."""
    dates, raw = draft.said.dates, draft.said.raw_dates
    start = dates.get("actual_start") or dates.get("planned_start")
    end = dates.get("actual_end") or dates.get("planned_end")
    words = "; ".join(raw) or None
    if start and end and start > end:
        draft.run.report.add("I304")
        return Period(None, f"{start} to {end}", "ambiguous")
    edtf = interval(start, end)
    if edtf is None:
        return Period(None, words, "not_dated") if words else None
    return make_period(edtf=edtf, words=words)


def _participations(draft: Draft) -> Iterator[Record]:
    if len(draft.joined.parts) > CROWD:
        draft.run.report.add("I408", str(CROWD))
    recipient = places.sole_recipient(draft)
    roles = draft.run.codes["iati-organisation-role"]
    for (actor, role), mentions in draft.joined.parts.items():
        party, element, written, activity = mentions[0]
        channel = element.get("crs-channel-code")
        known = roles.get(role)
        if known is not None and written != role:
            known = coded("organisation-role", known.code, written)
        elif known is None and role:
            known = coded("organisation-role", role, written)
        facets: Mapping[str, Mention] = EMPTY
        if activity or channel or len(mentions) > 1:
            mention = Mention(
                activity=activity,
                channel=channel,
                type=party.type or None,
                count=len(mentions) if len(mentions) > 1 else None,
            )
            facets = owned({"iati:mention": mention})
        yield make_participates(
            id=make_id("participates", actor, draft.id, role),
            source=actor,
            target=draft.id,
            role=known,
            side=side_of(party, channel, recipient, draft),
            sources=draft.sources,
            facets=facets,
        )


def _relations(draft: Draft) -> Iterator[Record]:
    """Relations to other activities, each once.

    Publishers name a relation at both ends, as a parent here and as a child there: both become one
    relation, with the parent as target. So do both ends of a stream of money, with the end that it
    comes from as target.
    """
    for ref, kind in draft.joined.related:
        known = draft.run.codes["iati-related-activity-type"].get(kind)
        if known is None:
            draft.run.report.add("I309", "related-activity", value=kind)
            known = Code("initiative-relation", kind, kind) if kind else None
        yield from _link(ref, known, draft)
        draft.joined.links.pop(ref, None)
    for ref in draft.joined.upstream:
        yield from _link(ref, UPSTREAM, draft)
        draft.joined.links.pop(ref, None)
    for ref in draft.joined.downstream:
        yield from _link(ref, DOWNSTREAM, draft)
        draft.joined.links.pop(ref, None)
    for ref, how in draft.joined.links.items():
        if ref:
            yield from _link(ref, None, draft, how)


def _link(ref: str, kind: Code | None, draft: Draft, how: str = "") -> Iterator[Record]:
    ref = identifier(ref)
    other = make_id("initiative", "iati", ref)
    if other == draft.id:
        draft.run.report.add("I503")
        return
    source, target = draft.id, other
    if kind is not None and kind.code in TURNED:
        source, target, kind = other, draft.id, TURNED[kind.code]
    elif kind is not None and kind.code == "sibling":
        source, target = sorted((source, target))
    id = make_id("relates", source, target, kind.code if kind else None)
    if draft.run.first(id):
        if hash(other) not in draft.run.activities:
            draft.run.awaited.setdefault(other, ref)
        said = draft.sources
        if how:
            said = (draft.derived(method=f"{draft.source.method}; {how}"),)
        yield make_relates(id=id, source=source, target=target, type=kind, sources=said)
