"""The rules for importers, one test or more for each."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest

import jmdi
from jmdi_iati.facets import Activity, Location, Measured, Mention


def only(dataset, cls):
    (found,) = dataset.of(cls)
    return found


def org(name="", ref="", role="4", type="", tag="participating-org", more=""):
    said = "".join(
        f' {key}="{text}"' for key, text in (("ref", ref), ("role", role), ("type", type)) if text
    )
    words = f"<narrative>{name}</narrative>" if name else ""
    return f"<{tag}{said} {more}>{words}</{tag}>"


# 1 bytes, encodings, control characters


def test_empty_file_is_a_warning(files):
    dataset, codes = files.read(b"")
    assert len(dataset) == 0
    assert codes == ["I101"]


def test_control_character_does_not_cost_the_file(files):
    bad = files.activity("<title><narrative>A\x02B</narrative></title>", id="X-1")
    dataset, codes = files.read(files.document(bad, files.activity(id="X-2")))
    assert [i.names.get("en") for i in dataset.of(jmdi.Initiative)] == ["AB", None]
    assert codes.count("I107") == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1", "windows-1252"])
def test_encodings(files, encoding):
    text = files.document(files.activity("<title><narrative>Été</narrative></title>")).decode()
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{text}'
    dataset, codes = files.read(declared.encode(encoding))
    assert only(dataset, jmdi.Initiative).names == {"en": "Été"}
    assert "I106" not in codes


def test_lying_encoding_is_read_and_reported(files):
    text = files.document(files.activity("<title><narrative>Été</narrative></title>")).decode()
    dataset, codes = files.read(b'<?xml version="1.0" encoding="UTF-8"?>' + text.encode("latin-1"))
    assert only(dataset, jmdi.Initiative).names == {"en": "Été"}
    assert "I106" in codes


# 2 roots and versions


@pytest.mark.parametrize("shape", ["{}", "<envelope><result>{}</result></envelope>"])
def test_other_roots(files, shape):
    inner = files.activity("<title><narrative>A</narrative></title>")
    dataset, codes = files.read(shape.format(inner).encode())
    assert only(dataset, jmdi.Initiative).facet(Activity).version == "2.0x"
    assert "I111" in codes


def test_version_is_inferred_from_words(files):
    dataset, codes = files.read(
        files.document(
            "<iati-activity><iati-identifier>A-1</iati-identifier><title>Old</title>"
            '<participating-org role="Funding">Donor A</participating-org></iati-activity>',
            version="",
        )
    )
    assert only(dataset, jmdi.Initiative).facet(Activity).version == "1.0x"
    assert only(dataset, jmdi.Participates).role.code == "funding"
    assert "I111" in codes


def test_something_else_is_refused(files):
    _, codes = files.read(b"<html><body/></html>")
    assert codes == ["I102"]


# 3 one shape for 1.x and 2.x, words kept beside codes


def test_old_and_new_read_alike(files):
    old = """<title>Water</title><title xml:lang="fr">Eau</title>
        <description>Wells</description>
        <participating-org role="Implementing" type="21" ref="GB-CHC-1">Trust</participating-org>
        <activity-status code="2">Implementation</activity-status>
        <activity-date type="start-actual" iso-date="2010-01-01"/>
        <activity-date type="end-planned">2011-12-31</activity-date>
        <recipient-country code="SN">Senegal</recipient-country>
        <sector code="15190" vocabulary="DAC">Migration</sector>"""
    new = """<title><narrative>Water</narrative><narrative xml:lang="fr">Eau</narrative></title>
        <description><narrative>Wells</narrative></description>
        <participating-org role="4" type="21" ref="GB-CHC-1"><narrative>Trust</narrative>
        </participating-org><activity-status code="2"/>
        <activity-date type="2" iso-date="2010-01-01"/>
        <activity-date type="3" iso-date="2011-12-31"/>
        <recipient-country code="SN"/><sector code="15190" vocabulary="1"/>"""
    one, _ = files.of(old, version='"1.03"')
    other, _ = files.of(new)
    a, b = only(one, jmdi.Initiative), only(other, jmdi.Initiative)
    for field in ("names", "description", "status", "period", "places", "sectors"):
        assert getattr(a, field) == getattr(b, field), field
    assert a.names == {"en": "Water", "fr": "Eau"}
    assert a.period.edtf == "2010-01-01/2011-12-31"


def test_role_word_in_a_new_file_is_kept_as_typed(files):
    dataset, _ = files.of(org("A", role="Funding"))
    assert only(dataset, jmdi.Participates).role == jmdi.code(
        "organisation-role", "funding", "Funding"
    )


def test_unknown_role_is_kept_and_reported(files):
    dataset, codes = files.of(org("A", role="[]"))
    assert only(dataset, jmdi.Participates).role.code == "[]"
    assert "I309" in codes


# 4 identity of activities


def test_identifier_loses_outer_space_only(files):
    dataset, _ = files.read(files.document(files.activity(id=" A/1, #2 ")))
    assert only(dataset, jmdi.Initiative).identifiers[0].value == "A/1, #2"


def test_second_occurrence(files):
    first = files.activity("<title><narrative>A</narrative></title>")
    other = files.activity("<title><narrative>B</narrative></title>")
    same, codes = files.read(files.document(first, first))
    assert len(same.of(jmdi.Initiative)) == 1
    assert "I202" in codes
    differs, codes = files.read(files.document(first, other))
    assert only(differs, jmdi.Initiative).names == {"en": "A"}
    assert "I203" in codes


def test_no_identifier(files):
    bare = "<iati-activity><title><narrative>{}</narrative></title></iati-activity>"
    dataset, codes = files.read(files.document(bare.format("A"), bare.format("B")))
    assert len(dataset.of(jmdi.Initiative)) == 2
    assert "I201" in codes


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


def test_malformed_references_are_mended_by_rule(files):
    dataset, codes = files.of(org("A", "GB–CHC–254781"), org("A", "GB - CHC - 254781", role="1"))
    found = [a for a in dataset.of(jmdi.Actor) if a.label() == "A"]
    assert len(found) == 1
    assert found[0].identifiers[0].words == "GB–CHC–254781"
    assert "I401" in codes


# 7 placeholders


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
    _, problems = files.model.read(io.BytesIO(data), format="iati:xml", on_error="collect")
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


# 11 no ties to oneself; crowds are reported


def test_money_to_oneself_is_no_tie(files):
    dataset, codes = files.of(transaction("3", provider="Agency A", ref="XM-DAC-41114",
                                          receiver="Agency A"))  # fmt: skip
    assert not dataset.of(jmdi.Tie)
    assert "I501" in codes


def test_crowd_is_reported(files):
    _, codes = files.of(*(org(f"Partner {n}") for n in range(101)))
    assert "I408" in codes


def transaction(kind, provider="", receiver="", ref="", value="100", currency=""):
    date = "2015-01-01"
    said = f' currency="{currency}"' if currency else ""
    parts = "".join(
        f'<{tag} ref="{ref}"><narrative>{name}</narrative></{tag}>'
        for tag, name in (("provider-org", provider), ("receiver-org", receiver)) if name
    )  # fmt: skip
    return (
        f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date="{date}"/>'
        f'<value value-date="{date}"{said}>{value}</value>{parts}</transaction>'
    )


# 12 dates


@pytest.mark.parametrize(
    ("attributes", "words", "edtf", "code"),
    [
        ('iso-date="2017-02-06+08:00"', "", "2017-02-06/", None),
        ('iso-date="2014-09-30Z"', "", "2014-09-30/", None),
        ("", "31 March 2010", "2010-03-31/", "I302"),
        ('iso-date="31/03/2010"', "", "2010-03-31/", None),
        ('iso-date="1900-01-01"', "", "1900-01-01/", "I303"),
        ('iso-date="03/04/2010"', "", None, "I301"),
        ('iso-date="5000000"', "", None, "I301"),
    ],
)
def test_dates(files, attributes, words, edtf, code):
    text = f"<narrative>{words}</narrative>" if words else ""
    dataset, codes = files.of(f'<activity-date type="2" {attributes}>{text}</activity-date>')
    period = only(dataset, jmdi.Initiative).period
    assert period.edtf == edtf
    if edtf is None:
        assert period.words
        assert period.reason == "not_dated"
    assert code is None or code in codes


def test_turned_dates_are_not_known(files):
    dataset, codes = files.of(
        '<activity-date type="2" iso-date="2012-01-01"/>'
        '<activity-date type="4" iso-date="2010-01-01"/>'
    )
    assert only(dataset, jmdi.Initiative).period.edtf is None
    assert "I304" in codes
    assert not [p for p in dataset.check().problems if p.code in ("J306", "J307")]


# 13, 14 languages and text


def test_languages(files):
    dataset, _ = files.of(
        '<title><narrative xml:lang="EN">A</narrative><narrative xml:lang="FRA">B</narrative>'
        "<narrative>C</narrative></title>"
    )
    assert only(dataset, jmdi.Initiative).names == {"en": "A", "fr": "B"}
    bare = "<iati-activity><title><narrative>A</narrative></title></iati-activity>"
    dataset, _ = files.read(files.document(bare))
    assert only(dataset, jmdi.Initiative).names == {"und": "A"}


def test_text_is_cleaned_and_the_original_kept(files):
    dataset, _ = files.of(
        "<title><narrative>Bill &amp;amp; Ann&#160; Fund</narrative></title>"
        "<description><narrative>&lt;p&gt;One&lt;/p&gt;\r\nTwo</narrative></description>"
    )
    initiative = only(dataset, jmdi.Initiative)
    assert initiative.names == {"en": "Bill & Ann Fund"}
    assert initiative.description == {"en": "One Two"}
    assert "&amp;amp;" in initiative.facet(Activity).xml


# 15 place and sector


def test_shares(files):
    half = '<recipient-country code="SN" percentage="60"/><recipient-country code="{}" {}/>'
    right, _ = files.of(half.format("TN", 'percentage="40"'))
    shares = [place.share for place in only(right, jmdi.Initiative).places]
    assert shares == [Decimal("0.6"), Decimal("0.4")]
    for wrong in ('percentage="60"', ""):
        dataset, codes = files.of(half.format("TN", wrong))
        assert [p.share for p in only(dataset, jmdi.Initiative).places] == [None, None]
        assert "I310" in codes


def test_sectors_and_places_of_transactions(files):
    inner = transaction("3").replace(
        "</transaction>",
        '<sector code="15190"/><recipient-country code="NP"/></transaction>',
    )
    dataset, codes = files.of(inner, inner)
    initiative = only(dataset, jmdi.Initiative)
    assert [c.code for c in initiative.sectors] == ["15190"]
    assert len(initiative.places) == 1
    assert "I311" in codes


def test_own_vocabularies_of_publishers_do_not_mix(files):
    dataset, _ = files.of('<sector vocabulary="99" code="A"/><sector vocabulary="8" code="10.7"/>'
                          '<tag vocabulary="3" code="10.C"/>')  # fmt: skip
    initiative = only(dataset, jmdi.Initiative)
    assert initiative.sectors == (jmdi.code("iati-sector-99:XM-DAC-41114", "A"),)
    assert [str(g) for g in initiative.goals] == ["sdg-target:10.7", "sdg-target:10.c"]


def test_locations(files):
    dataset, _ = files.of(
        '<location><location-id vocabulary="G1" code="2253354"/><name><narrative>Dakar</narrative>'
        '</name><administrative vocabulary="A4" level="0" code="SN"/>'
        "<point><pos>14.69 -17.44</pos></point></location>"
        "<location><point><pos>40.70917 43.82833N</pos></point></location>"
    )
    first, second = dataset.of(jmdi.Territory)
    assert first.code == jmdi.code("geonames", "2253354")
    assert first.country == "SN"
    assert first.facet(Location).longitude == Decimal("-17.44")
    assert second.facet(Location).latitude is None
    assert second.facet(Location).point == "40.70917 43.82833N"


# 16 money


@pytest.mark.parametrize(
    ("text", "currency", "amount", "code"),
    [
        ("8,702", "", Decimal(8702), "I306"), ("-5.50", "", Decimal("-5.50"), None),
        ("0", "", Decimal(0), None), ("about 5", "", None, "I305"), ("", "", None, "I305"),
        ("5", "Eur ", Decimal(5), None), ("5", "17934", Decimal(5), "I307"),
        ("1e999999999", "", None, "I305"), ("NaN", "", None, "I305"),
    ],
)  # fmt: skip
def test_amounts(files, text, currency, amount, code):
    said = f'currency="{currency}"' if currency else ""
    dataset, codes = files.of(
        '<budget><period-start iso-date="2015-01-01"/><period-end iso-date="2015-12-31"/>'
        f"<value {said}>{text}</value></budget>"
    )
    (money,) = only(dataset, jmdi.Initiative).budget
    assert money.amount == amount
    assert (money.reason is None) == (amount is not None and currency != "17934")
    assert code is None or code in codes


def test_ties_add_up_by_sort_currency_and_day(files):
    one = transaction("3", receiver="Municipality A", value="0.10")
    other = transaction("3", receiver="Municipality A", value="5", currency="EUR")
    promised = transaction("2", receiver="Municipality A", value="100")
    dataset, _ = files.of(one, one, one, other, promised)
    tie = only(dataset, jmdi.Tie)
    assert tie.type.code == "funding"
    assert dataset.get(tie.target).label() == "Municipality A"
    assert [(m.note, m.amount, m.currency) for m in tie.amounts] == [
        ("disbursement", Decimal("0.30"), "USD"), ("disbursement", Decimal(5), "EUR"),
        ("commitment", Decimal(100), "USD"),
    ]  # fmt: skip


def test_second_party_is_not_invented(files):
    dataset, codes = files.of(transaction("3"))
    assert not dataset.of(jmdi.Tie)
    assert "I502" in codes


# 17 links


def test_links(files):
    parent = files.activity('<related-activity ref="A-2" type="2"/>', id="A-1")
    child = files.activity('<related-activity ref="A-1" type="1"/>'
                           '<related-activity ref="A-2" type="3"/>'
                           '<related-activity ref="A-9" type="1"/>', id="A-2")  # fmt: skip
    dataset, codes = files.read(files.document(parent, child))
    by_name = {i.identifiers[0].value: i for i in dataset.of(jmdi.Initiative)}
    links = {(r.source, r.target, r.type.code) for r in dataset.of(jmdi.Relates)}
    assert links == {
        (by_name["A-2"].id, by_name["A-1"].id, "parent"),
        (by_name["A-2"].id, by_name["A-9"].id, "parent"),
    }
    assert by_name["A-9"].sources[0].method.endswith("external: only referred to")
    assert "I503" in codes
    assert not dataset.check().problems


def test_activity_ids_of_partners_are_links(files):
    dataset, _ = files.of(org("A", more='activity-id="B-1"'))
    assert only(dataset, jmdi.Relates).type is None
    assert only(dataset, jmdi.Participates).facet(Mention).activity == "B-1"


# 18 other namespaces, comments


def test_other_namespaces_are_kept_and_counted(files):
    data = files.document(
        files.activity('<x:own xmlns:x="urn:x"><x:part a="1"/></x:own><!-- note --><?pi x?>',
                       attributes='xmlns:d="urn:d" d:dataset="some-file"')
    )  # fmt: skip
    dataset, codes = files.read(data)
    initiative = only(dataset, jmdi.Initiative)
    assert 'x:part a="1"' in initiative.facet(Activity).xml
    assert initiative.sources[0].title == "some-file"
    assert "I505" in codes


# 19 contact persons


def test_contacts(files):
    contact = "<contact-info><email>someone@example.org</email></contact-info>"
    dataset, codes = files.of(contact)
    assert "example.org" not in only(dataset, jmdi.Initiative).facet(Activity).xml
    assert "I205" in codes
    dataset, codes = files.of(contact, contacts=True)
    assert "example.org" in only(dataset, jmdi.Initiative).facet(Activity).xml
    assert "I205" not in codes


# 20 the report


def test_problems_are_grouped_with_places(files):
    many = [files.activity(org("A", role="?"), id=f"A-{n}") + "\n" for n in range(50)]
    _, problems = files.model.read(
        io.BytesIO(files.document(*many)), format="iati:xml", on_error="collect"
    )
    (roles,) = [p for p in problems if p.code == "iati:I309"]
    assert "50 times" in roles.message
    assert roles.message.count("activity") == 3
    assert roles.where.line == 1


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


# results, documents, codes


def test_results(files):
    dataset, _ = files.of(
        '<result type="1"><title><narrative>R</narrative></title><indicator measure="2"'
        ' ascending="0"><title><narrative>I</narrative></title><baseline year="2010" value="5"/>'
        '<period><period-start iso-date="2011-01-01"/><period-end iso-date="2011-12-31"/>'
        '<target value="many"/><actual value="7"><dimension name="sex" value="female"/></actual>'
        "<actual/></period></indicator></result>"
    )
    indicator = only(dataset, jmdi.Indicator)
    assert (indicator.unit, indicator.polarity.code) == ("percent", "lower")
    assert indicator.facet(Measured).result == {"en": "R"}
    baseline, target, actual, nothing = dataset.of(jmdi.Observation)
    assert (baseline.value, baseline.period.edtf) == (Decimal(5), "2010")
    assert (target.value, target.text) == (None, "many")
    assert (actual.value, actual.group) == (Decimal(7), {"und": "sex: female"})
    assert (nothing.value, nothing.reason) == (None, "not_stated")
    assert len(files.of('<result type="1"><indicator/></result>', results=False)[0].of(
        jmdi.Indicator)) == 0  # fmt: skip


def test_publications(files):
    link = (
        '<document-link url="{}" format="application/pdf"><title><narrative>T</narrative></title>'
        '<category code="{}"/><language code="fr"/><document-date iso-date="2015-02-01"/>'
        "</document-link>"
    )
    dataset, codes = files.of(link.format("http://example.org/a b.pdf", "A07"),
                              link.format("http://example.org/c.pdf", "A10"),
                              link.format("no address", "A07"))  # fmt: skip
    product = only(dataset, jmdi.KnowledgeProduct)
    assert product.url == "http://example.org/a%20b.pdf"
    assert (product.languages, product.published.edtf) == (("fr",), "2015-02-01")
    assert "I504" in codes


def test_other_codes_are_kept(files):
    dataset, _ = files.of('<policy-marker code="1" significance="2"/><default-flow-type code="10"/>'
                          '<humanitarian-scope type="1" vocabulary="1-2" code="EQ-2015"/>'
                          '<conditions><condition type="2"/></conditions>')  # fmt: skip
    codes = [str(c) for c in only(dataset, jmdi.Initiative).facet(Activity).codes]
    assert codes == ["iati-policy-marker:1", "iati-flow-type:10",
                     "iati-humanitarian-scope-1-2:EQ-2015", "iati-condition-type:2"]  # fmt: skip


def test_organisation_file(files):
    data = b"""<iati-organisations version="2.03"><iati-organisation default-currency="EUR">
        <organisation-identifier>GB-CHC-1</organisation-identifier>
        <name><narrative xml:lang="en">Trust</narrative></name>
        <recipient-org-budget><recipient-org ref="NP-SWC-2"><narrative>Group</narrative>
        </recipient-org><value value-date="2015-01-01">50</value></recipient-org-budget>
        <document-link url="http://example.org/r.pdf"><category code="B01"/></document-link>
        </iati-organisation></iati-organisations>"""
    dataset, _ = files.read(data)
    tie = only(dataset, jmdi.Tie)
    assert dataset.get(tie.source).label() == "Trust"
    assert tie.amounts[0].amount == 50
    assert len(dataset.of(jmdi.KnowledgeProduct)) == 1
