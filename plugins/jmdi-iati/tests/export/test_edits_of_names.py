"""A name or type of an actor is written wherever it stood, and nowhere else, by lxml alone."""

from __future__ import annotations

import io
import random
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import jmdi

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ORGS = ("reporting-org", "participating-org", "provider-org", "receiver-org", "recipient-org")
REFS = ("GB-CHC-1", "GB-CHC-2", "XI-IATI-EXAMPLE", "")
NAMES = ("Trust", "The Trust", "Fonds", "Municipality A", "Comune B")
TYPES = ("21", "22", "60", "70", "")
NUMBERS = {"ingo": "21", "national_ngo": "22", "foundation": "60", "private_sector": "70"}


class Change(NamedTuple):
    """A narrative or type that differs, with the element that it belongs to."""

    org: etree._Element
    what: str
    old: str | None
    new: str | None


def write(dataset, format="iati:activities") -> bytes:
    stream = io.BytesIO()
    dataset.write(stream, format=format)
    return stream.getvalue()


def spoken(narrative) -> str:
    """The language of a narrative: its own, or that of the activity."""
    holder = narrative
    while holder is not None and holder.get(LANG) is None:
        holder = holder.getparent()
    return "und" if holder is None else holder.get(LANG)


def firsts(org) -> dict[str, str]:
    """The first narrative in each language."""
    found: dict[str, str] = {}
    for narrative in org.iterchildren("narrative"):
        if words := " ".join((narrative.text or "").split()):
            found.setdefault(spoken(narrative), words)
    return found


def differences(before: bytes, after: bytes) -> list[Change]:
    """What differs between two documents of one shape; fails if anything but names and types do."""
    found = []
    pairs = zip(etree.fromstring(before).iter(), etree.fromstring(after).iter(), strict=True)
    for one, other in pairs:
        assert (one.tag, one.tail) == (other.tag, other.tail)
        old, new = dict(one.attrib), dict(other.attrib)
        if one.tag in ORGS and old.get("type") != new.get("type"):
            found.append(Change(one, "type", old.pop("type", None), new.pop("type", None)))
        assert old == new
        if one.text != other.text:
            assert one.tag == "narrative" and one.getparent().tag in (*ORGS, "name")
            found.append(Change(one.getparent(), spoken(one), one.text, other.text))
    return found


def org(tag, draw, role="") -> str:
    ref, kind = draw.choice(REFS), draw.choice(TYPES)
    own = NAMES[:3] if ref else NAMES[3:]
    said = ""
    for _ in range(draw.randrange(3) if ref else 1):
        language = draw.choice(("", ' xml:lang="fr"'))
        said += f"<narrative{language}>{draw.choice(own)}</narrative>"
    attributes = "".join(
        f' {name}="{value}"' for name, value in (("ref", ref), ("type", kind)) if value
    )
    return f"<{tag}{role}{attributes}>{said}</{tag}>"


def activity(number: int, draw) -> str:
    parts = [org("participating-org", draw, f' role="{draw.choice("1234")}"') for _ in range(3)]
    for _ in range(draw.randrange(3)):
        sides = "".join(org(tag, draw) for tag in ("provider-org", "receiver-org"))
        parts.append(
            '<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/>'
            f'<value value-date="2020-01-01">{draw.randrange(99)}</value>{sides}</transaction>'
        )
    language = draw.choice(["", ' xml:lang="en"', ' xml:lang="fr"'])
    return (
        f'<iati-activity default-currency="USD"{language}><iati-identifier>A-{number}'
        '</iati-identifier><reporting-org ref="XM-DAC-41114" type="40"><narrative>Agency'
        f"</narrative></reporting-org>{''.join(parts)}</iati-activity>"
    )


def named(dataset):
    """The actors with a name that is of somebody, by id."""
    return {a.id: a for a in dataset.of(jmdi.Actor) if a.names and a.extra == {}}


def is_of(org, ref: str, old: dict[str, str]) -> bool:
    """Whether an element names an actor: by its reference, else by its first name."""
    if ref:
        return org.get("ref") == ref
    return not org.get("ref") and next(iter(firsts(org).values()), "") in old.values()


def ref_of(actor) -> str:
    one = next(iter(actor.identifiers), None)
    return "" if one is None else f"{one.scheme}-{one.value}"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_a_name_is_written_where_the_old_one_stood(files, seed):
    draw = random.Random(seed)
    dataset, _ = files.read(files.document(*(activity(n, draw) for n in range(4))))
    before = write(dataset)
    actor = draw.choice(list(named(dataset).values()))
    language, old = draw.choice(list(actor.names.items()))
    edited = jmdi.evolve(actor, names={**actor.names, language: "Renamed"})
    found = differences(before, write(dataset.with_records(edited)))
    wanted = []
    for element in etree.fromstring(before).iter(*ORGS):
        if is_of(element, ref_of(actor), dict(actor.names)):
            wanted += [
                (element.tag, said, old)
                for said, words in firsts(element).items()
                if words == old and (said == language or said not in actor.names)
            ]
    assert [(c.org.tag, c.what, c.old) for c in found] == wanted
    assert {c.new for c in found} <= {"Renamed"}
    assert wanted


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), new=st.sampled_from(sorted(NUMBERS)))
def test_a_type_is_written_where_the_old_one_stood(files, seed, new):
    draw = random.Random(seed)
    dataset, _ = files.read(files.document(*(activity(n, draw) for n in range(4))))
    before = write(dataset)
    actors = [a for a in named(dataset).values() if ref_of(a) in REFS[:3]]
    if not actors:
        return
    actor = draw.choice(actors)
    old = None if actor.type is None else NUMBERS[actor.type.code]
    edited = jmdi.evolve(actor, type=jmdi.code("actor-type", new))
    found = differences(before, write(dataset.with_records(edited)))
    wanted = [
        (element.tag, "type", old, NUMBERS[new])
        for element in etree.fromstring(before).iter(*ORGS)
        if element.get("ref") == ref_of(actor) and element.get("type") == old != NUMBERS[new]
    ]
    assert [(c.org.tag, *c[1:]) for c in found] == wanted


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_what_was_read_elsewhere_changes_no_activity(files, seed):
    """Of some activities alone the actors say what others named them: that is no edit."""
    draw = random.Random(seed)
    dataset, _ = files.read(files.document(*(activity(n, draw) for n in range(5))))
    whole = {one[:99]: one for one in write(dataset).split(b"\n")}
    ids = {i.id for i in dataset.of(jmdi.Initiative) if draw.randrange(2)}
    some = dataset.where(jmdi.Initiative, lambda one: one.id in ids)
    some = some.where(jmdi.Transaction, lambda one: one.initiative in ids)
    for line in write(some).split(b"\n"):
        assert whole[line[:99]] == line


def test_a_name_that_was_first_said_elsewhere_is_written_too(files):
    """An actor of which the activity that named it first was left out can still be renamed."""
    one, other = (
        files.activity(
            f'<participating-org role="{n}" ref="GB-CHC-1"><narrative>Trust</narrative>'
            "</participating-org>",
            id=f"XM-DAC-41114-{n}",
        )
        for n in "14"
    )
    dataset, _ = files.read(files.document(one, other))
    dataset = dataset.where(jmdi.Initiative, lambda i: i.identifiers[0].value.endswith("4"))
    (actor,) = (a for a in dataset.of(jmdi.Actor) if "Trust" in a.names.values())
    assert b"Trust" in write(dataset)
    edited = dataset.with_records(jmdi.evolve(actor, names={"en": "Fund"}))
    assert b"Trust" not in write(edited)
    assert b"Fund" in write(edited)


def test_a_name_in_another_language_is_added_where_the_first_one_stands(files):
    dataset, _ = files.of(
        '<participating-org role="1" ref="GB-CHC-1"><narrative>Trust</narrative>'
        '</participating-org><participating-org role="2" ref="GB-CHC-1"/>'
        '<participating-org role="3" ref="GB-CHC-1"><narrative>The Trust</narrative>'
        "</participating-org>"
    )
    (actor,) = (a for a in dataset.of(jmdi.Actor) if "Trust" in a.names.values())
    edited = jmdi.evolve(actor, names={**actor.names, "fr": "Fonds"})
    first, second, third = etree.fromstring(write(dataset.with_records(edited))).iter(
        "participating-org"
    )
    assert [(n.get(LANG), n.text) for n in first] == [(None, "Trust"), ("fr", "Fonds")]
    assert len(second) == 0
    assert [n.text for n in third] == ["The Trust"]


def test_a_claimed_name_can_be_made_the_name(files):
    dataset, _ = files.of(
        '<participating-org role="1" ref="GB-CHC-1"><narrative>Trust</narrative>'
        '</participating-org><participating-org role="3" ref="GB-CHC-1"><narrative>The Trust'
        "</narrative></participating-org>"
    )
    (actor,) = (a for a in dataset.of(jmdi.Actor) if "Trust" in a.names.values())
    edited = jmdi.evolve(actor, names={"en": "The Trust"})
    names = etree.fromstring(write(dataset.with_records(edited))).findall(
        ".//participating-org/narrative"
    )
    assert [n.text for n in names] == ["The Trust", "The Trust"]


def test_words_outside_of_a_narrative_are_renamed_into_one(files):
    dataset, _ = files.of('<participating-org role="1" ref="GB-CHC-1">Trust</participating-org>')
    (actor,) = (a for a in dataset.of(jmdi.Actor) if "Trust" in a.names.values())
    edited = dataset.with_records(jmdi.evolve(actor, names={"en": "Fund"}))
    (element,) = etree.fromstring(write(edited)).iter("participating-org")
    assert (element.text, element.findtext("narrative")) == (None, "Fund")


def test_an_end_of_money_outside_of_money_is_not_read_and_not_renamed(files):
    org = '<receiver-org ref="GB-CHC-1"><narrative>Trust</narrative></receiver-org>'
    dataset, _ = files.of(f"{org.replace('receiver-org', 'participating-org')}{org}")
    (actor,) = (a for a in dataset.of(jmdi.Actor) if "Trust" in a.names.values())
    edited = dataset.with_records(jmdi.evolve(actor, names={"en": "Fund"}))
    after = etree.fromstring(write(edited))
    assert after.findtext(".//participating-org/narrative") == "Fund"
    assert after.findtext(".//receiver-org/narrative") == "Trust"


@pytest.mark.parametrize("through", ["file", "jsonl", "inputs"])
def test_names_in_published_files(files, real, real_names, through, tmp_path):
    """The actor that is named most often in each file."""
    for file in real_names:
        data = real(f"iati/{file}")
        most = 1_000_000 if through == "file" else 500_000
        if b"<iati-activit" not in data or len(data) > most:
            continue
        dataset, _ = files.read(data)
        if through == "jsonl":
            dataset = files.model.read(io.BytesIO(write(dataset, "jsonl")), format="jsonl")
        elif through == "inputs":
            (tmp_path / file).write_bytes(data)
            dataset = files.model.read([tmp_path / file, tmp_path / file], on_error="keep")
        check(dataset, file)


def check(dataset, file):
    before = write(dataset)
    orgs = [
        (element.get("ref"), words)
        for element in etree.fromstring(before).iter(*ORGS)
        for words in firsts(element).values()
    ]
    actors = [a for a in named(dataset).values() if a.identifiers]
    counts = {
        a.id: sum(ref == ref_of(a) and words in a.names.values() for ref, words in orgs)
        for a in actors
    }
    if not counts or not max(counts.values()):
        return
    actor = max(actors, key=lambda a: counts[a.id])
    language, old = next(iter(actor.names.items()))
    edited = jmdi.evolve(actor, names={**actor.names, language: "Renamed"})
    found = differences(before, write(dataset.with_records(edited)))
    assert {(" ".join(c.old.split()), c.new) for c in found} == {(old, "Renamed")}, file
    assert len(found) >= counts[actor.id], file
