"""Mentions of organisations to actors: one per identifier, else per exact name of a publisher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring

from jmdi import Actor, Claim, Code, Identifier, code, evolve, make_id
from jmdi.model.constructors import unchecked
from jmdi.model.frozen import freeze, owned
from jmdi_iati.meaning.codes import coded
from jmdi_iati.meaning.draft import Draft
from jmdi_iati.meaning.identity import Reference, is_placeholder, looks_plural, reference
from jmdi_iati.meaning.local_government import REGISTERS, is_local_name
from jmdi_iati.meaning.run import CACHE, Party, Run, Wording
from jmdi_iati.meaning.sameness import same
from jmdi_iati.standard.upgrade_tables import TYPES
from jmdi_iati.standard.words import text_of
from jmdi_iati.standard.xml import XML_LANG, Element

__all__ = ["actor_of", "actor_type", "claim_of", "meet", "mentioned", "publisher_of"]

LOCAL_AUTHORITY = "local_authority"
LOCAL = code("governance-level", "local", "Local Government")
"""The level of actors of type 11, in the words of IATI's list."""

MENTIONS = ("reporting-org", "participating-org", "provider-org", "receiver-org", "recipient-org")
PLACEHOLDER: Mapping[str, bool] = freeze({"placeholder": True})
make_actor = unchecked(Actor)


def actor_type(kind: str, found: Reference, names: Iterable[str], run: Run) -> Code | None:
    """What an organisation is, by its type in code or word, by its CRS channel or its name.

    IATI's code 10 is any government. One that a name, a register or a channel says to be local or
    national is that.
    """
    typed, channel = kind.strip(), found.channel
    known = run.codes["iati-organisation-type"].get(TYPES.get(typed.lower(), typed))
    by_channel = run.codes["crs-channel"].get(channel) if channel else None
    if known is not None:
        narrower = by_channel.code if by_channel else None
        if found.scheme in REGISTERS or any(map(is_local_name, names)):
            narrower = LOCAL_AUTHORITY
        if narrower and run.vocabularies["actor-type"].falls_under(narrower, {known.code}):
            return coded("actor-type", narrower, typed)
        return coded("actor-type", known.code, typed)
    if by_channel is not None:
        return coded("actor-type", by_channel.code, f"CRS channel {channel}")
    return coded("actor-type", typed, typed) if typed else None


def meet(element: Element, draft: Draft) -> None:
    """Understands all mentions of an activity or organisation before any becomes an actor.

    Args:
        element: The activity.
        draft: Its draft, in which the publisher is known.
    """
    run = draft.run
    mentions = draft.mentions = {org: _party(org, draft) for org in element.iter(*MENTIONS)}
    reporter = next((p for org, p in mentions.items() if org.tag == "reporting-org"), None)
    parties = tuple(dict.fromkeys(mentions.values()))
    known = run.same.get((reporter, *parties))
    if known is None:
        if len(run.same) >= CACHE:
            run.same.clear()
        known = run.same[(reporter, *parties)] = same(parties, reporter)
    draft.same, several = known
    for name in several:
        run.report.add("I409", value=name)


def mentioned(org: Element, draft: Draft) -> tuple[str, Party]:
    """The actor that an element names; its first mention makes the record.

    Args:
        org: An element with ``ref``, ``type`` and narratives.
        draft: The activity.

    Returns:
        The id of the actor, and how it was understood.
    """
    id, party = actor_of(org, draft), draft.mentions[org]
    known = draft.same.get(party.id, party)
    return id, party if known is party else evolve(party, id=known.id, found=known.found)


def actor_of(org: Element, draft: Draft) -> str:
    """The actor that an element names; its first mention makes the record."""
    party = draft.mentions[org]
    for problem, what, value in party.problems:
        draft.run.report.add(problem, what, value=value)
    if not party.id:
        return _placeholder(party, draft)
    known = draft.same.get(party.id, party)
    id = known.id
    if id not in known.noted:
        _note(known, id, draft)
    if id not in party.noted:
        _note(party, id, draft)
    return id


def _party(org: Element, draft: Draft) -> Party:
    """How an element is understood: the same wording once, since most repeat an earlier one."""
    ref, kind = org.get("ref"), org.get("type")
    key: Wording
    if len(org) == 1 and (only := org[0]).tag == "narrative":
        spoken = only.get(XML_LANG) if only.keys() else None  # to ask for it takes longest
        key = (ref, kind, draft.language, draft.publisher, only.text, spoken)
    else:
        parts = [(part.tag, part.text, part.get(XML_LANG)) for part in org]
        key = (ref, kind, draft.language, draft.publisher, org.text, org.get(XML_LANG), *parts)
    party = draft.run.parties.get(key)
    if party is None:
        party = _understood(org, ref or "", kind or "", draft)
        draft.run.remember(key, party)
    return party


def publisher_of(org: Element, draft: Draft) -> str:
    """What names a reporting organisation: a reference that identifies it, else its name."""
    ref = org.get("ref", "")
    only = org[0].text if len(org) else org.text
    known = draft.run.publishers.get((ref, only))
    if known is None:
        found = reference(ref)
        words = next(iter(text_of(org, draft.language).values()), "")
        known = f"{found.scheme}-{found.value}" if found.identifies else words or found.value
        draft.run.publishers[ref, only] = known
    return known


def _understood(org: Element, ref: str, kind: str, draft: Draft) -> Party:
    names = text_of(org, draft.language)
    found = reference(ref)
    problems: list[tuple[str, str, str]] = []
    if found.words and found.words != found.value:
        problems.append(("I401", "", f"{found.words:.60} as {found.scheme}-{found.value:.60}"))
    name = next(iter(names.values()), "")
    key: tuple[str, ...] = ()
    if found.identifies:
        key = ("org-id", found.scheme, found.value)
    else:
        if found.kind == "category":
            problems.append(("I402", "", ref))
        elif found.kind != "none":
            problems.append(("I403", _sort(found.value), found.value))
        if name and not is_placeholder(name):
            key = ("iati-name", draft.publisher, name)
            if looks_plural(name):
                problems.append(("I407", "", name))
        elif not name and found.kind == "malformed":
            key = ("iati-ref", draft.publisher, found.value)
        else:
            known = name or found.kind != "none"
            problems.append(("I404" if known else "I405", "", name or ref))
    naming = [one for one in names.values() if not is_placeholder(one)]
    id = make_id("actor", *key) if key else ""
    sort = actor_type(kind, found, names.values(), draft.run)
    return Party(id, owned(names), naming, found, kind, sort, problems)


def _sort(ref: str) -> str:
    """What kind of reference is not registered, so that problems can be counted by kind."""
    if ref.isdecimal():
        return "a bare number"
    if len(ref) == 2 and ref.isalpha():
        return "a country code"
    return "no registered prefix" if "-" in ref else "no prefix"


def _note(party: Party, id: str, draft: Draft) -> None:
    """Makes the record of an actor when it is first met; what is new of it later are claims."""
    party.noted.add(id)
    run, found, what = draft.run, party.found, party.sort
    identifiers: tuple[Identifier, ...] = ()
    if found.identifies:
        identifiers = (Identifier(found.scheme, found.value, found.words),)
    elif found.kind != "none":
        identifiers = (Identifier("iati-ref", found.value),)
    first = run.first(id)
    if first:
        draft.out.append(
            make_actor(
                id=id,
                names=party.names,
                identifiers=identifiers,
                type=what,
                country=found.country,
                level=LOCAL if what is not None and what.code == LOCAL_AUTHORITY else None,
                sources=draft.sources,
            )
        )
    said = [(f"/names/{lang}", name, "") for lang, name in party.names.items()]
    if what is not None:
        said.append(("/type", what.code, what.scheme))
    said += [("/identifiers", i.words or f"{i.scheme}-{i.value}", "") for i in identifiers]
    for pointer, value, scheme in said:
        if run.told.add(hash((id, pointer, value))) and not first:
            text = encode_basestring(value)
            if scheme:
                text = f'{{"scheme":{encode_basestring(scheme)},"code":{text}}}'
            run.report.add("I406", value=value)
            draft.out.append(claim_of(id, pointer, text, draft))


def claim_of(about: str, pointer: str, value: str, draft: Draft) -> Claim:
    """What an activity says of an actor beyond its record; the value is JSON."""
    return Claim(
        id=make_id("claim", about, pointer, value),
        about=about,
        field=pointer,
        value=value,
        sources=draft.sources,
    )


def _placeholder(party: Party, draft: Draft) -> str:
    """The unknown actor of this activity, one per name and type, flagged."""
    key = (next(iter(party.names.values()), ""), party.type)
    found = draft.placeholders.get(key)
    if found is None:
        found = make_id("actor", "placeholder", draft.id, *key)
        draft.placeholders[key] = found
        draft.out.append(
            make_actor(
                id=found,
                names=party.names,
                type=party.sort,
                sources=draft.sources,
                extra=PLACEHOLDER,
            )
        )
    return found
