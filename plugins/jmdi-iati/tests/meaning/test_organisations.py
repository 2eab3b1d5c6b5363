"""The rules for organisations: mentions, references, placeholders, roles, sides."""

from __future__ import annotations

import io

import pytest
from iati_helpers import only, org, transaction

import jmdi
from jmdi_iati.export.elements import organisation
from jmdi_iati.facets import Mention

# 3 words kept beside codes


def test_role_word_in_a_new_file_is_kept_as_typed(files):
    dataset, _ = files.of(org("A", role="Funding"))
    assert only(dataset, jmdi.Participates).role == jmdi.code(
        "organisation-role", "funding", "Funding"
    )


def test_unknown_role_is_kept_and_reported(files):
    dataset, codes = files.of(org("A", role="[]"))
    assert only(dataset, jmdi.Participates).role.code == "[]"
    assert "I309" in codes


# 5, 6, 8 mentions, references, names


def test_one_reference_with_several_names_is_one_actor_with_claims(files):
    dataset, codes = files.of(org("Trust", "GB-CHC-1"), org("The Trust", "GB-CHC-1", role="1"))
    actor = dataset.get(only(dataset, jmdi.Claim).about, jmdi.Actor)
    assert actor.names == {"en": "Trust"}
    assert actor.identifiers == (jmdi.Identifier("GB-CHC", "1"),)
    assert only(dataset, jmdi.Claim).value == '"The Trust"'
    assert "I406" in codes


def test_one_name_with_several_references_is_several_actors(files):
    dataset, _ = files.of(org("Trust", "GB-CHC-1"), org("Trust", "GB-CHC-2"))
    assert len(dataset.of(jmdi.Actor)) == 3  # and the reporting organisation


def test_name_identifies_within_its_publisher_only(files):
    one = files.document(files.activity(org("Municipality A")))
    other = one.replace(b"XM-DAC-41114", b"XM-DAC-41121")
    first, _ = files.read(one)
    second, _ = files.read(other)
    id = next(a.id for a in first.of(jmdi.Actor) if a.names == {"en": "Municipality A"})
    assert id not in second


@pytest.mark.parametrize("ref", ["SN", "12345", "TREA", "XX-YYY-1"])
def test_reference_of_no_register_does_not_identify(files, ref):
    dataset, codes = files.of(org("A", ref), org("B", ref))
    assert {a.label() for a in dataset.of(jmdi.Actor)} == {"Agency A", "A", "B"}
    assert "I403" in codes


def test_category_is_a_hint_of_the_type_only(files):
    dataset, codes = files.of(org("A", "22000"), org("B", "XM-DAC-22000"))
    found = {a.label(): a for a in dataset.of(jmdi.Actor)}
    assert found["A"].type.code == found["B"].type.code == "national_ngo"
    assert "I402" in codes


def test_malformed_references_are_corrected_by_rule(files):
    dataset, codes = files.of(org("A", "GB–CHC–254781"), org("A", "GB - CHC - 254781", role="1"))
    found = [a for a in dataset.of(jmdi.Actor) if a.label() == "A"]
    assert len(found) == 1
    assert found[0].identifiers[0].words == "GB–CHC–254781"
    assert "I401" in codes


# 7 placeholders


@pytest.mark.parametrize(
    "ref", ["gb-chc-7", " GB-CHC-7 ", "GB-CHC- 7", "GB-CHC -7", "GB - CHC - 7", "GB–CHC– 7"]
)
def test_a_reference_is_the_same_however_it_is_typed(files, ref):
    dataset, _ = files.of(org("Trust", "GB-CHC-7"), org("Trust", ref, role="1"))
    assert len(dataset.of(jmdi.Actor)) == 2  # and the reporting organisation


def test_placeholder_is_flagged_and_one_per_activity(files):
    vague = org("Enterprise - Non United States Other", type="70")
    data = files.document(files.activity(vague, id="A-1"), files.activity(vague, id="A-2"))
    dataset, codes = files.read(data)
    flagged = [a for a in dataset.of(jmdi.Actor) if a.extra.get("placeholder") is True]
    assert len(flagged) == 2
    assert "I404" in codes
    network = dataset.project("actors")
    assert network.notes["excluded_actors"] == 2
    assert not set(network.nodes) & {a.id for a in flagged}


def test_each_mention_of_a_placeholder_is_counted(files):
    nobody = org("Various", "22000")
    data = files.document(*(files.activity(nobody, id=f"A-{n}") for n in range(7)))
    problems = files.model.read(io.BytesIO(data), format="iati:xml", on_error="keep").problems
    for code in ("iati:I402", "iati:I404"):
        assert "(7 times" in next(p.message for p in problems if p.code == code)


def test_organisation_without_name_and_reference(files):
    dataset, codes = files.of(org())
    assert len(dataset.of(jmdi.Participates)) == 1
    assert "I405" in codes


# 9 several organisations in one name: kept as one, reported


def test_name_of_several_is_not_split(files):
    dataset, codes = files.of(org("City A; City B"))
    assert only(dataset, jmdi.Participates)
    assert "I407" in codes


# 10 roles


def test_roles_of_one_organisation(files):
    twice = org("A", "GB-CHC-1")
    dataset, _ = files.of(twice, twice, org("A", "GB-CHC-1", role="1"))
    relations = dataset.of(jmdi.Participates)
    assert len({r.source for r in relations}) == 1
    assert [r.facet(Mention).count if r.facet(Mention) else None for r in relations] == [2, None]


# 11 crowds are reported


def test_crowd_is_reported(files):
    _, codes = files.of(*(org(f"Partner {n}") for n in range(101)))
    assert "I408" in codes


# sides and levels


@pytest.mark.parametrize(
    ("partner", "side", "rule"),
    [
        (org("A", more='crs-channel-code="11002"'), "destination", "crs-channel"),
        (org("A", more='crs-channel-code="12002"'), "origin", "crs-channel"),
        (org("A", type="72"), "origin", "organisation-type"),
        (org("A", "SN-1-1"), "unknown", None),
        (org("A", type="11"), "unknown", None),
    ],
)
def test_sides(files, partner, side, rule):
    dataset, _ = files.of(partner, '<recipient-country code="SN"/>')
    found = only(dataset, jmdi.Participates).side
    assert found.code == side
    assert found.words == (f"rule: {rule}" if rule else None)


def test_side_by_countries_of_registers(files):
    here, there = org("A", "GB-CHC-1"), org("B", "NP-SWC-1", role="1")
    data = files.document(files.activity(here, there, '<recipient-country code="NP"/>'))
    dataset, _ = files.read(data.replace(b"XM-DAC-41114", b"GB-GOV-1"))
    found = {dataset.get(r.source).label(): r.side for r in dataset.of(jmdi.Participates)}
    assert found["A"] == jmdi.code("side", "destination", "rule: reporting-country")
    assert found["B"] == jmdi.code("side", "origin", "rule: recipient-country")


def test_local_government(files):
    dataset, _ = files.of(org("Municipality A", type="11"))
    actor = next(a for a in dataset.of(jmdi.Actor) if a.label() == "Municipality A")
    assert (actor.type.code, actor.level.code) == ("local_authority", "local")


@pytest.mark.parametrize(
    ("name", "ref", "type", "right"),
    [
        ("Government of A", "", "10", "government"),
        ("Ministry of Health", "", "10", "government"),
        ("Ministry of Local Government", "", "10", "government"),
        ("Ministry of Municipality", "", "10", "government"),
        ("Association of Municipalities of A", "", "10", "government"),
        ("Municipality of A", "", "10", "local_authority"),
        ("A Municipality", "", "10", "local_authority"),
        ("Alcaldía Municipal de A", "", "10", "local_authority"),
        ("Mairie d'A", "", "10", "local_authority"),
        ("Câmara Municipal de A", "", "10", "local_authority"),
        ("بلدية أ", "", "10", "local_authority"),
        ("Birmingham", "GB-LAE-BIR", "10", "local_authority"),
        ("A", "11001", "10", "national_government"),
        ("A", "12002", "10", "local_authority"),
        ("A", "12002", "", "local_authority"),
        ("A", "12000", "", "government"),
        ("Municipality of A", "", "22", "national_ngo"),
    ],
)
def test_governments(files, name, ref, type, right):
    dataset, _ = files.of(org(name, ref, type=type))
    actor = next(a for a in dataset.of(jmdi.Actor) if a.label() == name)
    assert actor.type.code == right
    assert (actor.level is not None) == (right == "local_authority")


@pytest.mark.parametrize(
    ("kind", "number"),
    [("government", "10"), ("national_government", "10"), ("local_authority", "11")],
)
def test_governments_leave_by_their_codes(files, kind, number):
    actor = jmdi.Actor(id="a", names={"en": "A"}, type=jmdi.code("actor-type", kind))
    vocabularies = files.model.catalog.vocabularies
    element = organisation("participating-org", actor, vocabularies=vocabularies, role="4")
    assert element.get("type") == number


# who reports


@pytest.mark.parametrize(("secondary", "known"), [("1", False), ("true", False), ("0", True)])
def test_who_only_passes_on_data_gives_no_money(files, secondary, known):
    paid = transaction("3", receiver="Municipality A")
    data = files.document(files.activity(paid))
    dataset, _ = files.read(
        data.replace(
            b"<reporting-org ", f'<reporting-org secondary-reporter="{secondary}" '.encode()
        )
    )
    assert bool(only(dataset, jmdi.Transaction).reported_by) == known
    source = only(dataset, jmdi.Initiative).sources[0]
    assert dataset.get(source.publisher).label() == "Agency A"
    assert source.extra.get("secondary", False) != known


def test_who_reports_does_not_take_part_but_may_be_counted(files):
    dataset, _ = files.of(org("Municipality A"))
    assert len(dataset.of(jmdi.Participates)) == 1
    assert not len(dataset.project("co-participation").edges)
    network = dataset.project("co-participation", publishers=True)
    assert list(network.edge_attributes["inferred"]) == [True]
