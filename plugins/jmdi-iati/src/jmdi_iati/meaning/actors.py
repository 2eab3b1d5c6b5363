"""Mentions of organisations to actors: one per identifier, else per exact name of a publisher."""

from __future__ import annotations

from collections.abc import Mapping
from json.encoder import encode_basestring

from jmdi import Actor, Claim, Code, Identifier, code, make_id
from jmdi_iati.meaning.codes import coded
from jmdi_iati.meaning.draft import Draft, Party, Run, Wording
from jmdi_iati.meaning.identity import Reference, is_placeholder, looks_plural, reference
from jmdi_iati.standard.upgrade_tables import TYPES
from jmdi_iati.standard.words import text_of
from jmdi_iati.standard.xml import XML_LANG, Element

__all__ = ["actor_type", "claim_of", "mentioned", "publisher_of"]

LOCAL = code("governance-level", "local", "Local Government")
"""The level of actors of type 11, in the words of IATI's list."""

PLACEHOLDER = {"placeholder": True}


def actor_type(written: str, channel: str | None, run: Run) -> Code | None:
    """The actor type that an organisation type, in code or word, or a CRS channel says."""
    typed = written.strip()
    if known := run.codes["iati-organisation-type"].get(TYPES.get(typed.lower(), typed)):
        return coded("actor-type", known.code, typed)
    if channel is not None and (known := run.codes["crs-channel"].get(channel)):
        return coded("actor-type", known.code, f"CRS channel {channel}")
    return coded("actor-type", typed, typed) if typed else None


def mentioned(org: Element, draft: Draft) -> tuple[str, Party]:
    """The actor that an element names; its first mention makes the record.

    The same wording is understood once, since most mentions repeat an earlier one.

    Args:
        org: An element with ``ref``, ``type`` and narratives.
        draft: The activity.

    Returns:
        The id of the actor, and how it was understood.
    """
    ref, kind = org.get("ref"), org.get("type")
    key: Wording
    if len(org) == 1 and (only := org[0]).tag == "narrative":
        key = (ref, kind, draft.language, draft.publisher, only.text, only.get(XML_LANG))
    else:
        parts = [(part.tag, part.text, part.get(XML_LANG)) for part in org]
        key = (ref, kind, draft.language, draft.publisher, org.text, org.get(XML_LANG), *parts)
    party = draft.run.parties.get(key)
    if party is None:
        party = _understood(org, ref or "", kind or "", draft)
        draft.run.remember(key, party)
    for problem, what, value in party.problems:
        draft.run.report.add(problem, what, value=value)
    return party.id or _placeholder(party, draft), party


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
    if key:
        party = _actor(key, names, found, kind, draft)
    else:
        party = Party("", name, names, kind, channel=found.channel)
    party.problems = problems
    return party


def _sort(ref: str) -> str:
    """What kind of reference is not registered, so that problems can be counted by kind."""
    if ref.isdecimal():
        return "a bare number"
    if len(ref) == 2 and ref.isalpha():
        return "a country code"
    return "no registered prefix" if "-" in ref else "no prefix"


def _actor(
    key: tuple[str, ...], names: Mapping[str, str], found: Reference, kind: str, draft: Draft
) -> Party:
    """An actor; its first mention makes the record, what later ones add are claims."""
    run = draft.run
    id = make_id("actor", *key)
    what = actor_type(kind, found.channel, run)
    identifiers: tuple[Identifier, ...] = ()
    if found.identifies:
        identifiers = (Identifier(found.scheme, found.value, found.words),)
    elif found.kind != "none":
        identifiers = (Identifier("iati-ref", found.value),)
    if run.first(id):
        draft.out.append(
            Actor(
                id=id,
                names=names,
                identifiers=identifiers,
                type=what,
                country=found.country,
                level=LOCAL if what is not None and what.code == "local_authority" else None,
                sources=draft.sources,
            )
        )
        _note(names, what, identifiers, id, draft, claim=False)
    else:
        _note(names, what, identifiers, id, draft, claim=True)
    return Party(id, "", names, kind, found.country, found.channel)


def _note(
    names: Mapping[str, str],
    what: Code | None,
    identifiers: tuple[Identifier, ...],
    id: str,
    draft: Draft,
    *,
    claim: bool,
) -> None:
    """Remembers what was said of an actor; if ``claim``, what is new becomes a claim."""
    said = [(f"/names/{lang}", name, "") for lang, name in names.items()]
    if what is not None:
        said.append(("/type", what.code, what.scheme))
    said += [("/identifiers", i.words or f"{i.scheme}-{i.value}", "") for i in identifiers]
    for pointer, value, scheme in said:
        if draft.run.said.add(hash((id, pointer, value))) and claim:
            text = encode_basestring(value)
            if scheme:
                text = f'{{"scheme":{encode_basestring(scheme)},"code":{text}}}'
            draft.run.report.add("I406", value=value)
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
    key = (party.name, party.type)
    found = draft.placeholders.get(key)
    if found is None:
        found = make_id("actor", "placeholder", draft.id, *key)
        draft.placeholders[key] = found
        draft.out.append(
            Actor(
                id=found,
                names=party.names,
                type=actor_type(party.type, party.channel, draft.run),
                sources=draft.sources,
                extra=PLACEHOLDER,
            )
        )
    return found
