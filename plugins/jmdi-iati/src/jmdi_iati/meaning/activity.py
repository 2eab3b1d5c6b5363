"""An activity of 2.03 shape to records, in one pass over its children."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from jmdi import (
    Code,
    Identifier,
    Initiative,
    Participates,
    Period,
    Place,
    Record,
    Relates,
    evolve,
    make_id,
)
from jmdi.model.frozen import EMPTY
from jmdi_iati.facets import Activity
from jmdi_iati.facets import Mention as Mentioned
from jmdi_iati.meaning import money, places, results
from jmdi_iati.meaning.actors import mentioned, publisher_of
from jmdi_iati.meaning.codes import LISTS, coded
from jmdi_iati.meaning.draft import Draft, Mention
from jmdi_iati.meaning.publications import publication
from jmdi_iati.meaning.sides import side_of
from jmdi_iati.standard.dates import day, interval
from jmdi_iati.standard.numbers import percentage
from jmdi_iati.standard.upgrade_tables import DATES, ROLES, STATUSES
from jmdi_iati.standard.words import text_of
from jmdi_iati.standard.xml import Element

__all__ = [
    "GOALS",
    "SCHEMES",
    "TAGS",
    "fill",
    "records",
    "unique",
]

DATE_NAMES = {"1": "planned_start", "2": "actual_start", "3": "planned_end", "4": "actual_end"}
SCHEMES: Mapping[str, str] = {
    "1": "iati-sector",
    "2": "iati-sector-category",
    "3": "cofog",
    "4": "nace",
    "5": "ntee",
    "6": "adt",
    "7": "sdg-goal",
    "8": "sdg-target",
    "9": "sdg-indicator",
    "10": "humanitarian-global-cluster",
    "11": "naics",
    "12": "un-system-function",
}
"""Sector vocabularies as schemes."""

TAGS: Mapping[str, str] = {"1": "agrovoc", "2": "sdg-goal", "3": "sdg-target", "4": "team-europe"}
GOALS = frozenset({"sdg-goal", "sdg-target", "sdg-indicator"})
PARENT = Code("initiative-relation", "parent")
CROWD = 100


def _title(child: Element, draft: Draft) -> None:
    draft.names.update(text_of(child, draft.language))


def _description(child: Element, draft: Draft) -> None:
    for lang, words in text_of(child, draft.language).items():
        before = draft.description.get(lang)
        draft.description[lang] = f"{before}\n{words}" if before else words


def _participating(child: Element, draft: Draft) -> None:
    written = child.get("role") or ""
    known = draft.run.codes["iati-organisation-role"]
    role = written if written in known else _role(written, draft)
    id, party = mentioned(child, draft)
    link = child.get("activity-id")
    draft.parts.setdefault((id, role), []).append(Mention(party, child, written, link))
    if link:
        draft.links.setdefault(link.strip(), "activity-id of a participating organisation")


def _role(written: str, draft: Draft) -> str:
    """The code of a role that is written as a word."""
    role = ROLES.get(written.strip().lower(), written.strip())
    if role not in draft.run.codes["iati-organisation-role"]:
        draft.run.report.add("I309", "role", value=written)
    return role


def _other_identifier(child: Element, draft: Draft) -> None:
    if ref := (child.get("ref") or "").strip():
        kind = (child.get("type") or "none").strip()
        draft.identifiers.append(Identifier(f"iati-other-{kind}", ref))


def _status(child: Element, draft: Draft) -> None:
    written = (child.get("code") or "").strip()
    draft.status = _known("activity-status", STATUSES.get(written.lower(), written), written, draft)


def _scope(child: Element, draft: Draft) -> None:
    written = (child.get("code") or "").strip()
    draft.scope = _known("activity-scope", written, written, draft)


def _known(element: str, number: str, written: str, draft: Draft) -> Code | None:
    """The code of an element of that list; one that the list lacks is kept and reported."""
    name = f"iati-{element}"
    known = draft.run.codes[name].get(number)
    if known is None and written:
        draft.run.report.add("I309", element, value=written)
        known = Code(LISTS[name], written, written)
    return known


def _date(child: Element, draft: Draft) -> None:
    written = (child.get("type") or "").strip()
    kind = DATE_NAMES.get(DATES.get(written.lower(), written))
    text = child.get("iso-date")
    spoken = ""
    if not text or day(text).edtf is None:
        spoken = next(iter(text_of(child, "und").values()), "")
    read = day(text or spoken)
    if read.edtf is None and spoken and text:
        read = day(spoken)
    report = draft.run.report
    if kind is None:
        report.add("I309", "activity-date", value=written)
    if read.edtf is None:
        report.add("I301", "activity-date", value=text or spoken)
        draft.raw_dates.append(f"{kind or written}: {text or spoken}")
        return
    if spoken:
        report.add("I302", "activity-date", value=spoken)
    if read.odd:
        report.add("I303", "activity-date", value=text or spoken)
    if kind is not None:
        draft.dates.setdefault(kind, read.edtf)


def _sector(child: Element, draft: Draft) -> None:
    written = (child.get("code") or "").strip()
    vocabulary = (child.get("vocabulary") or "1").strip()
    if not written:
        draft.run.report.add("I309", "sector")
        return
    scheme = SCHEMES.get(vocabulary)
    if scheme is None:
        scheme = f"iati-sector-{vocabulary}:{draft.publisher}"
    words = None
    if vocabulary in ("98", "99"):
        words = next(iter(text_of(child, draft.language).values()), None)
    found = coded(scheme, written, words) if words else _goal(scheme, written)
    draft.sectors.append(found)
    if share := child.get("percentage"):
        draft.shares.setdefault(vocabulary, []).append(share)


def _goal(scheme: str, written: str) -> Code:
    """A code; the letters of SDG targets are small, whatever was typed."""
    if scheme == "sdg-target" and written != written.lower():
        return coded(scheme, written.lower(), written)
    return coded(scheme, written)


def _tag(child: Element, draft: Draft) -> None:
    written = (child.get("code") or "").strip()
    vocabulary = (child.get("vocabulary") or "").strip()
    if not written:
        return
    scheme = TAGS.get(vocabulary) or f"iati-tag-{vocabulary or 'none'}:{draft.publisher}"
    found = _goal(scheme, written)
    (draft.goals if scheme in GOALS else draft.codes).append(found)


def _marker(child: Element, draft: Draft) -> None:
    written = (child.get("code") or "").strip()
    if not written:
        return
    vocabulary = (child.get("vocabulary") or "1").strip()
    scheme = "iati-policy-marker"
    if vocabulary != "1":
        scheme += f"-{vocabulary}:{draft.publisher}"
    significance = child.get("significance")
    words = None if significance is None else f"significance {significance}"
    draft.codes.append(coded(scheme, written, words))


def _humanitarian(child: Element, draft: Draft) -> None:
    if written := (child.get("code") or "").strip():
        vocabulary = child.get("vocabulary") or "none"
        draft.codes.append(coded(f"iati-humanitarian-scope-{vocabulary}", written))


def _simple(scheme: str) -> Callable[[Element, Draft], None]:
    def keep(child: Element, draft: Draft) -> None:
        if written := (child.get("code") or "").strip():
            draft.codes.append(coded(scheme, written))

    return keep


def _conditions(child: Element, draft: Draft) -> None:
    for part in child.iterchildren("condition"):
        if written := (part.get("type") or "").strip():
            draft.codes.append(coded("iati-condition-type", written))


def _related(child: Element, draft: Draft) -> None:
    ref = (child.get("ref") or "").strip()
    if ref:
        draft.related.append((ref, (child.get("type") or "").strip()))


def _document(child: Element, draft: Draft) -> None:
    product = publication(child, draft.id, draft.sources, draft.language, draft.run)
    if product is not None:
        draft.after.append(product)


TABLE: Mapping[str, Callable[[Element, Draft], None]] = {
    "title": _title,
    "description": _description,
    "participating-org": _participating,
    "other-identifier": _other_identifier,
    "activity-status": _status,
    "activity-scope": _scope,
    "activity-date": _date,
    "recipient-country": places.country,
    "recipient-region": places.region,
    "location": places.location,
    "sector": _sector,
    "tag": _tag,
    "policy-marker": _marker,
    "humanitarian-scope": _humanitarian,
    "collaboration-type": _simple("iati-collaboration-type"),
    "default-flow-type": _simple("iati-flow-type"),
    "default-finance-type": _simple("iati-finance-type"),
    "default-aid-type": _simple("iati-aid-type"),
    "default-tied-status": _simple("iati-tied-status"),
    "conditions": _conditions,
    "budget": money.budget,
    "planned-disbursement": money.planned,
    "transaction": money.transaction,
    "document-link": _document,
    "related-activity": _related,
    "result": results.result,
}


def fill(element: Element, draft: Draft) -> None:
    """Reads the children of an activity into its draft."""
    readers = TABLE
    # Who reports comes first: names identify within their publisher, and money is theirs.
    if (reporter := element.find("reporting-org")) is not None:
        draft.publisher = publisher_of(reporter, draft)
        draft.reported_by(*mentioned(reporter, draft))
    for child in element:
        tag = child.tag
        if tag in readers:
            readers[tag](child, draft)
        elif tag[:1] == "{":
            draft.run.report.add("I505", tag.rpartition("}")[2])
    if draft.late:
        _from_transactions(draft)


def _from_transactions(draft: Draft) -> None:
    """Sectors and recipients of transactions, where the activity itself names none."""
    sectors, recipients = not draft.sectors, not draft.countries
    if not (sectors or recipients):
        return
    seen: set[tuple[str, str | None, str | None]] = set()
    for part in (part for parent in draft.late for part in parent):
        tag = part.tag
        if not (tag in money.INHERITED and (sectors if tag == "sector" else recipients)):
            continue
        key = (tag, part.get("code"), part.get("vocabulary"))
        if key not in seen:
            seen.add(key)
            TABLE[tag](part, draft)
    if sectors and draft.sectors:
        draft.run.report.add("I311", "sectors")
    if recipients and draft.countries:
        draft.run.report.add("I311", "recipients")


def records(draft: Draft, identifier: str | None, facet: Activity) -> list[Record]:
    """The records of an activity: what others point at, the initiative, relations."""
    where = places.places(draft)
    if draft.shares:
        _check_shares(draft)
    out = draft.out
    out.append(_initiative(draft, identifier, facet, where))
    out += draft.after
    out += _participations(draft)
    out += money.ties(draft)
    if draft.related or draft.links:
        out += _relations(draft)
    return out


def unique(codes: Sequence[Code]) -> tuple[Code, ...]:
    """Codes in order, each once."""
    if len(codes) < 2:
        return tuple(codes)
    # Cheaper than the hash of a code, which takes in what else may stand in it.
    known = {(found.code, found.scheme, found.words): found for found in codes}
    return tuple(known.values()) if len(known) < len(codes) else tuple(codes)


def _check_shares(draft: Draft) -> None:
    """Shares of sectors add up to 100 in each vocabulary, where any are given."""
    for stated in draft.shares.values():
        known = [percentage(share) or 0 for share in stated]
        if abs(sum(known) - places.HUNDRED) > places.TOLERANCE:
            draft.run.report.add("I310", "sectors")


def _initiative(
    draft: Draft, identifier: str | None, facet: Activity, where: tuple[Place, ...]
) -> Initiative:
    own = () if identifier is None else (Identifier("iati-identifier", identifier),)
    sectors = [found for found in draft.sectors if found.scheme not in GOALS]
    goals = [found for found in draft.sectors if found.scheme in GOALS]
    return Initiative(
        id=draft.id,
        names=draft.names,
        description=draft.description,
        identifiers=(*own, *draft.identifiers),
        period=_period(draft),
        status=draft.status,
        scope=draft.scope,
        places=where,
        sectors=unique(sectors),
        goals=unique((*goals, *draft.goals)),
        budget=tuple(draft.budgets),
        sources=draft.sources,
        facets={"iati:activity": facet},
    )


def _period(draft: Draft) -> Period | None:
    """Actual dates before planned ones; turned ones are not known."""
    dates = draft.dates
    start = dates.get("actual_start") or dates.get("planned_start")
    end = dates.get("actual_end") or dates.get("planned_end")
    words = "; ".join(draft.raw_dates) or None
    if start and end and start > end:
        draft.run.report.add("I304")
        return Period(None, f"{start} to {end}", "ambiguous")
    edtf = interval(start, end)
    if edtf is None:
        return Period(None, words, "not_dated") if words else None
    return Period(edtf, words)


def _participations(draft: Draft) -> Iterator[Record]:
    if len(draft.parts) > CROWD:
        draft.run.report.add("I408", str(CROWD))
    recipient = places.sole_recipient(draft)
    roles = draft.run.codes["iati-organisation-role"]
    for (actor, role), mentions in draft.parts.items():
        party, element, written, activity = mentions[0]
        channel = element.get("crs-channel-code")
        known = roles.get(role)
        if known is not None and written != role:
            known = coded("organisation-role", known.code, written)
        elif known is None and role:
            known = coded("organisation-role", role, written)
        facets: Mapping[str, Mentioned] = EMPTY
        if activity or channel or len(mentions) > 1:
            facets = {
                "iati:mention": Mentioned(
                    activity=activity,
                    channel=channel,
                    type=party.type or None,
                    count=len(mentions) if len(mentions) > 1 else None,
                )
            }
        yield Participates(
            id=make_id("participates", actor, draft.id, role),
            source=actor,
            target=draft.id,
            role=known,
            side=side_of(party, channel, recipient, draft),
            sources=draft.sources,
            facets=facets,
        )


def _relations(draft: Draft) -> Iterator[Record]:
    """Links to other activities, each once; a child's link is its parent's turned round."""
    for ref, kind in draft.related:
        known = draft.run.codes["iati-related-activity-type"].get(kind)
        if known is None:
            draft.run.report.add("I309", "related-activity", value=kind)
            known = Code("initiative-relation", kind, kind) if kind else None
        yield from _link(ref, known, draft)
        draft.links.pop(ref, None)
    for ref, how in draft.links.items():
        if ref:
            yield from _link(ref, None, draft, how)


def _link(ref: str, kind: Code | None, draft: Draft, how: str = "") -> Iterator[Record]:
    other = make_id("initiative", "iati", ref)
    if other == draft.id:
        draft.run.report.add("I503")
        return
    source, target = draft.id, other
    if kind is not None and kind.code == "child":
        source, target, kind = other, draft.id, PARENT
    elif kind is not None and kind.code == "sibling":
        source, target = sorted((source, target))
    id = make_id("relates", source, target, kind.code if kind else None)
    if draft.run.first(id):
        if hash(other) not in draft.run.activities:
            draft.run.awaited.setdefault(other, ref)
        said = draft.sources
        if how:
            said = (evolve(draft.source, method=f"{draft.source.method}; {how}"),)
        yield Relates(id=id, source=source, target=target, type=kind, sources=said)
