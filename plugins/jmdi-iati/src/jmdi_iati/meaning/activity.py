"""The children of an activity of 2.03 shape into its draft, in one pass."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

from jmdi import Audience, Identifier
from jmdi.model.constructors import unchecked
from jmdi.model.frozen import owned
from jmdi_iati.meaning import contents, places, results
from jmdi_iati.meaning.actors import meet, mentioned, publisher_of
from jmdi_iati.meaning.aside import leave_aside
from jmdi_iati.meaning.codes import DEFAULTS, GOALS, TAG_SCHEMES, coded
from jmdi_iati.meaning.draft import Draft, Mention
from jmdi_iati.meaning.money import budgets
from jmdi_iati.meaning.money.shares import inherit
from jmdi_iati.meaning.money.transactions import aid_type, transaction
from jmdi_iati.meaning.sectors import goal, sector_of, sectors_of
from jmdi_iati.standard.dates import day
from jmdi_iati.standard.upgrade_tables import DATES, ROLES, STATUSES
from jmdi_iati.standard.words import identifier, text_of, texts_of
from jmdi_iati.standard.xml import Element, truth

__all__ = ["fill"]

NAMED = frozenset({"iati-identifier", "reporting-org", "contact-info"})
"""Elements that are read before the others, or that are reported where they are left out."""

make_identifier = unchecked(Identifier)

DATE_NAMES = {"1": "planned_start", "2": "actual_start", "3": "planned_end", "4": "actual_end"}


def _title(child: Element, draft: Draft) -> None:
    for text in texts_of(child, draft.language):
        if text.keys() & draft.said.names.keys():
            draft.said.titles.append(text)
        else:
            draft.said.names.update(text)


def _description(child: Element, draft: Draft) -> None:
    """What a description says, by its type; one without a type is general."""
    texts = texts_of(child, draft.language)
    kind = child.get("type", "").strip()
    if kind == "2":
        draft.said.objectives += texts
    elif kind == "3":
        draft.said.audience += [Audience(owned(text)) for text in texts]
    elif kind == "4":
        draft.said.remarks += texts
    else:
        for lang, words in (pair for text in texts for pair in text.items()):
            before = draft.said.description.get(lang)
            draft.said.description[lang] = f"{before}\n{words}" if before else words


def _participating(child: Element, draft: Draft) -> None:
    written = child.get("role", "")
    known = draft.run.codes["iati-organisation-role"]
    role = written if written in known else _role(written, draft)
    id, party = mentioned(child, draft)
    link = child.get("activity-id")
    draft.joined.parts.setdefault((id, role), []).append(Mention(party, child, written, link))
    if link:
        draft.joined.links.setdefault(
            identifier(link), "activity-id of a participating organisation"
        )


def _role(written: str, draft: Draft) -> str:
    """The code of a role that is written as a word."""
    role = ROLES.get(written.strip().lower(), written.strip())
    if role not in draft.run.codes["iati-organisation-role"]:
        draft.run.report.add("I309", "role", value=written)
    return role


def _other_identifier(child: Element, draft: Draft) -> None:
    if len(child):
        leave_aside(child, draft)
    if ref := child.get("ref", "").strip():
        kind = (child.get("type") or "none").strip()
        identifier = make_identifier(scheme=f"iati-other-{kind}", value=ref)
        draft.said.identifiers.append(identifier)


def _status(child: Element, draft: Draft) -> None:
    if draft.said.status is not None:
        draft.run.report.add("I507", "another activity-status", value=child.get("code"))
        return
    written = child.get("code", "").strip()
    number = STATUSES.get(written.lower(), written)
    draft.said.status = draft.code_of("iati-activity-status", number, written, child.tag)


def _scope(child: Element, draft: Draft) -> None:
    if draft.said.scope is not None:
        draft.run.report.add("I507", "another activity-scope", value=child.get("code"))
        return
    written = child.get("code", "").strip()
    draft.said.scope = draft.code_of("iati-activity-scope", written, written, child.tag)


@functools.lru_cache(maxsize=256)
def _date_kind(written: str) -> str | None:
    return DATE_NAMES.get(DATES.get(written.lower(), written))


def _date(child: Element, draft: Draft) -> None:
    said, report = draft.said, draft.run.report
    written, text, spoken = child.get("type", "").strip(), child.get("iso-date", ""), ""
    kind, read = _date_kind(written), day(text)
    if read.edtf is None and (spoken := next(iter(text_of(child, "und").values()), "")):
        read = day(spoken)
    if kind is None:
        report.add("I309", "activity-date", value=written)
    if read.edtf is None:
        report.add("I301", "activity-date", value=text or spoken)
        said.raw_dates.append(f"{kind or written}: {text or spoken}")
        return
    if spoken:
        report.add("I302", "activity-date", value=spoken)
    elif len(child):
        leave_aside(child, draft)
    if read.odd:
        report.add("I303", "activity-date", value=text or spoken)
    if kind is not None and said.dates.setdefault(kind, read.edtf) != read.edtf:
        report.add("I507", "another activity-date of one type", value=text or spoken)


def _sector(child: Element, draft: Draft) -> None:
    if (found := sector_of(child, draft)) is not None:
        draft.said.sectors.append(found)


def _tag(child: Element, draft: Draft) -> None:
    leave_aside(child, draft)
    written = child.get("code", "").strip()
    vocabulary = child.get("vocabulary", "").strip()
    if not written:
        return
    scheme = TAG_SCHEMES.get(vocabulary) or f"iati-tag-{vocabulary or 'none'}:{draft.publisher}"
    words = next(iter(draft.text(child).values()), None)
    found = coded(scheme, written, words) if words else goal(scheme, written)
    (draft.said.goals if scheme in GOALS else draft.said.codes).append(found)


def _marker(child: Element, draft: Draft) -> None:
    leave_aside(child, draft)
    written = child.get("code", "").strip()
    if not written:
        return
    vocabulary = (child.get("vocabulary") or "1").strip()
    scheme = "iati-policy-marker"
    if vocabulary != "1":
        scheme += f"-{vocabulary}:{draft.publisher}"
    significance = child.get("significance")
    words = None if significance is None else f"significance {significance}"
    draft.said.codes.append(coded(scheme, written, words))


def _simple(scheme: str) -> Callable[[Element, Draft], None]:
    def keep(child: Element, draft: Draft) -> None:
        if written := child.get("code", "").strip():
            draft.said.codes.append(coded(scheme, written))

    return keep


def _aid_type(child: Element, draft: Draft) -> None:
    if (found := aid_type(child)) is not None:
        draft.said.codes.append(found)


def _related(child: Element, draft: Draft) -> None:
    ref = identifier(child.get("ref", ""))
    if ref:
        draft.joined.related.append((ref, child.get("type", "").strip()))


TABLE: Mapping[str, Callable[[Element, Draft], None]] = {
    "title": _title,
    "description": _description,
    "participating-org": _participating,
    "other-identifier": _other_identifier,
    "activity-status": _status,
    "activity-scope": _scope,
    "activity-date": _date,
    "recipient-country": places.named,
    "recipient-region": places.named,
    "location": places.location,
    "sector": _sector,
    "tag": _tag,
    "policy-marker": _marker,
    "humanitarian-scope": contents.scope,
    **{tag: _simple(scheme) for tag, scheme in DEFAULTS.items()},
    "default-aid-type": _aid_type,  # which may be of another list
    "conditions": contents.conditions,
    "country-budget-items": budgets.items,
    "budget": budgets.budget,
    "planned-disbursement": budgets.planned,
    "transaction": transaction,
    "document-link": contents.document,
    "related-activity": _related,
    "result": results.result,
}


def fill(element: Element, draft: Draft) -> None:
    """Reads the children of an activity into its draft."""
    leave_aside(element, draft)
    children = list(element)
    # Who reports comes first: names identify within their publisher, and money is theirs.
    reporters = [child for child in children if child.tag == "reporting-org"]
    for reporter in reporters[:1]:
        draft.publisher = publisher_of(reporter, draft)
    meet(element, draft)
    for reporter in reporters[:1]:
        secondary = truth(reporter.get("secondary-reporter"))
        draft.reported_by(*mentioned(reporter, draft), secondary=secondary is True)
    for _ in reporters[1:]:
        draft.run.report.add("I507", "another reporting-org")
    readers = TABLE
    for child in children:
        tag = child.tag
        if tag in readers:
            readers[tag](child, draft)
        elif tag[:1] == "{":
            draft.run.report.add("I505", tag.rpartition("}")[2])
        elif tag not in NAMED:
            draft.run.report.add("I507", tag)
    draft.said.sector_shares = sectors_of(draft.said.sectors, draft).shares
    inherit(draft)
