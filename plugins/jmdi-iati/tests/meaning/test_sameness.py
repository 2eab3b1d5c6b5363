"""One organisation of an activity is one actor, however often and with whatever reference."""

from __future__ import annotations

import collections
import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from iati_helpers import org, transaction
from lxml import etree

import jmdi

OWN = ("Agency A", "XM-DAC-41114")
"""The publisher of the activities of `files`."""


def actors(dataset, name):
    return [a for a in dataset.of(jmdi.Actor) if name in a.names.values()]


def test_a_name_with_and_without_its_identifier(files):
    dataset, codes = files.of(org("Trust"), org("Trust", "GB-CHC-1", role="1"), org("Trust", "x-7"))
    (trust,) = actors(dataset, "Trust")
    assert trust.identifiers == (jmdi.Identifier("GB-CHC", "1"),)
    (claim,) = dataset.of(jmdi.Claim)
    assert (claim.about, claim.field, claim.value) == (trust.id, "/identifiers", '"iati-ref-x-7"')
    assert len(dataset.of(jmdi.Participates)) == 2
    assert "I409" not in codes


def test_money_is_of_the_same_actor(files):
    paid = transaction("3", receiver="Trust")
    dataset, _ = files.of(paid, org("Trust", "GB-CHC-1"), org("Town A", "SV-X-1"))
    (tie,) = dataset.of(jmdi.Tie)
    assert [tie.target] == [a.id for a in actors(dataset, "Trust")]


def test_two_identifiers_stay_apart_and_are_reported(files):
    dataset, codes = files.of(
        org("Trust", "GB-CHC-1"), org("Trust", "GB-CHC-2"), org("Trust", role="1")
    )
    known = {a.identifiers for a in actors(dataset, "Trust")}
    assert known == {(jmdi.Identifier("GB-CHC", "1"),), (jmdi.Identifier("GB-CHC", "2"),), ()}
    assert "I409" in codes


def test_one_identifier_with_two_names_joins_both(files):
    named = [org("Trust", "GB-CHC-1"), org("The Trust", "GB-CHC-1"), org("Trust"), org("The Trust")]
    dataset, _ = files.of(*named)
    assert len(dataset.of(jmdi.Actor)) == 2  # and the publisher


@pytest.mark.parametrize("ref", ["", "2", "US", "22000", "41114"])
def test_the_publisher_under_its_own_name(files, ref):
    dataset, _ = files.of(org(OWN[0], ref, role="1"))
    (agency,) = dataset.of(jmdi.Actor)
    assert agency.identifiers == (jmdi.Identifier("XM-DAC", "41114"),)


def test_the_publisher_under_a_number_that_is_no_longer_in_force(files):
    data = files.document(files.activity(org("Department", "GB-1", role="1"))).decode()
    for ref, name in (("GB-GOV-1", "Department"), ("GB-GOV-1", "Other")):
        named = data.replace(OWN[1], ref).replace(OWN[0], name)
        dataset, _ = files.read(named.encode())
        assert len(dataset.of(jmdi.Actor)) == (1 if name == "Department" else 2)
    # And the publisher itself under the older one.
    turned = data.replace("GB-1", "GB-GOV-1").replace(OWN[1], "GB-1").replace(OWN[0], "Department")
    (actor,) = files.read(turned.encode())[0].of(jmdi.Actor)
    assert actor.identifiers[0].scheme == "GB-GOV"


def test_an_old_number_of_somebody_else_stays_apart(files):
    dataset, _ = files.of(org("Ministry", "GB-1"), org("Ministry", "GB-CHC-1"))
    assert len(actors(dataset, "Ministry")) == 2


def test_names_of_nobody_join_nothing(files):
    dataset, _ = files.of(org("Various", "GB-CHC-1"), org("Various"), org("Various", type="21"))
    assert len(actors(dataset, "Various")) == 3


def test_other_activities_and_near_names_join_nothing(files):
    first = files.activity(org("Trust", "GB-CHC-1"), org("trust"), id="A-1")
    second = files.activity(org("Trust"), id="A-2")
    dataset, _ = files.read(files.document(first, second))
    assert len(actors(dataset, "Trust")) == 2
    assert len(actors(dataset, "trust")) == 1


def test_a_name_in_another_language_is_a_name(files):
    both = (
        '<participating-org ref="GB-CHC-1" role="1"><narrative>Trust</narrative>'
        '<narrative xml:lang="fr">Fonds</narrative></participating-org>'
    )
    dataset, _ = files.of(both, org("Fonds"))
    assert len(actors(dataset, "Fonds")) == 1


@pytest.mark.parametrize(
    ("written", "same"),
    [
        (("XI-DUNS-068512610", "XI-DUNS-68512610", "XI-DUNS-06-851-2610"), True),
        (("GB-COH-01234567", "GB-COH-1234567"), True),
        (("XI-DUNS-68512610", "XI-DUNS-68512611"), False),
        (("GB-CHC-1234567", "GB-CHC-01234567"), False),
    ],
)
def test_leading_zeros(files, written, same):
    dataset, codes = files.of(*(org(f"Name {n}", ref) for n, ref in enumerate(written)))
    assert len(dataset.of(jmdi.Actor)) == (2 if same else len(written) + 1)
    assert ("I401" in codes) == ("XI-DUNS-68512610" in written or same)


def test_recipients_in_an_organisation_file(files):
    budget = (
        "<recipient-org-budget><recipient-org {}><narrative>Group</narrative></recipient-org>"
        '<value value-date="2015-01-01">50</value></recipient-org-budget>'
    )
    dataset, _ = files.read(
        b'<iati-organisations version="2.03"><iati-organisation default-currency="EUR">'
        b"<organisation-identifier>GB-CHC-1</organisation-identifier>"
        + budget.format('ref="NP-SWC-2"').encode()
        + budget.format("").encode()
        + b"</iati-organisation></iati-organisations>"
    )
    assert len(actors(dataset, "Group")) == 1


mentions = st.lists(
    st.tuples(
        st.sampled_from(["Trust", "Fund", "Agency A", "Other"]),
        st.sampled_from(["", "GB-CHC-1", "GB-CHC-2", "7", "22000"]),
        st.sampled_from(["1", "4"]),
    ),
    max_size=6,
)


@given(mentions, st.randoms())
def test_the_order_of_mentions_joins_the_same(files, named, random):
    def joined(mentions):
        dataset, _ = files.of(*(org(name, ref, role=role) for name, ref, role in mentions))
        return sorted((p.source, p.role.code) for p in dataset.of(jmdi.Participates))

    turned = list(named)
    random.shuffle(turned)
    assert joined(turned) == joined(named)


# Published files, read once more by other means


def identifying(shared):
    """A test of references by the published lists, which shares no code with the importer."""
    lists = shared / "data" / "codelists"
    if not lists.is_dir():
        pytest.skip("no code lists beside the repository")
    agencies = etree.parse(str(lists / "non-embedded" / "OrganisationRegistrationAgency.xml"))
    prefixes = {code.text.strip() for code in agencies.iter("code")}
    with (lists / "iati-publishers.csv").open(encoding="utf-8") as rows:
        known = {cell for row in csv.reader(rows) for cell in row}
    for name in ("OrganisationIdentifier", "CRSChannelCode"):
        for path in lists.rglob(f"{name}.xml"):
            known |= {code.text.strip() for code in etree.parse(str(path)).iter("code")}

    def identifies(ref):
        parts = ref.split("-")
        begins = ("-".join(parts[:n]) for n in range(1, len(parts)))
        return ref in known or any(begin in prefixes for begin in begins)

    return identifies


def test_published_activities_have_one_actor_for_each_name(files, real, real_names, shared):
    identifies = identifying(shared)
    several = alone = 0
    for file in real_names:
        data = real(f"iati/{file}")
        tree = etree.fromstring(data, etree.XMLParser(recover=True, huge_tree=True)) if data else []
        dataset, _ = files.read(data)
        names = collections.defaultdict(set)
        for actor in dataset.of(jmdi.Actor):
            if not actor.extra.get("placeholder"):
                names[actor.id].update(actor.names.values())
        for claim in dataset.of(jmdi.Claim):
            if claim.field.startswith("/names/"):
                names[claim.about].add(json.loads(claim.value))
        members = collections.defaultdict(set)
        for initiative in dataset.of(jmdi.Initiative):
            members[initiative.identifiers[0].value].add(initiative.sources[0].publisher)
        for part in dataset.of(jmdi.Participates):
            of = dataset.get(part.target, jmdi.Initiative).identifiers
            members[of[0].value].add(part.source)
        for activity in tree.iter("iati-activity") if len(tree) else ():
            given_with = collections.defaultdict(set)
            for one in activity.iter("reporting-org", "participating-org"):
                words = " ".join(" ".join(one.itertext()).split())
                given_with[words].add((one.get("ref") or "").strip())
            here = members[(activity.findtext("iati-identifier") or "").strip()]
            for name, refs in given_with.items():
                found = sum(name in names[actor] for actor in here if actor)
                if found > 1:
                    several += 1
                    assert len([ref for ref in refs if identifies(ref)]) > 1, (file, name, refs)
                alone += found == 1
    assert alone > 4000
    assert several < 10
