"""The rules for activities: identity, dates, text, places, codes, links, results."""

from __future__ import annotations

from decimal import Decimal

import pytest
from iati_helpers import only, org, transaction

import jmdi
from jmdi_iati.facets import Activity, Measured, Mention

# 3 one shape for 1.x and 2.x


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


# 4 identity of activities


def test_identifier_loses_outer_space_only(files):
    dataset, _ = files.read(files.document(files.activity(id=" A/1, #2 ")))
    assert only(dataset, jmdi.Initiative).identifiers[0].value == "A/1, #2"


def test_second_occurrence(files):
    first = files.activity("<title><narrative>A</narrative></title>")
    other = files.activity("<title><narrative>Longer</narrative></title>")
    same, codes = files.read(files.document(first, first))
    assert len(same.of(jmdi.Initiative)) == 1
    assert "I202" in codes
    for pair in ((first, other), (other, first)):
        differs, codes = files.read(files.document(*pair))
        assert only(differs, jmdi.Initiative).names == {"en": "Longer"}
        assert "I203" in codes


def test_no_identifier(files):
    bare = "<iati-activity><title><narrative>{}</narrative></title></iati-activity>"
    dataset, codes = files.read(files.document(bare.format("A"), bare.format("B")))
    assert len(dataset.of(jmdi.Initiative)) == 2
    assert "I201" in codes


# 12 dates


@pytest.mark.parametrize(
    ("attributes", "words", "edtf", "code"),
    [
        ('iso-date="2017-02-06+08:00"', "", "2017-02-06/", None),
        ('iso-date="2014-09-30Z"', "", "2014-09-30/", None),
        ("", "31 March 2010", "2010-03-31/", "I302"),
        ('iso-date="31/03/2010"', "", "2010-03-31/", None),
        ("", "31-Mar-2010", "2010-03-31/", "I302"),
        ("", "31 de marzo de 2010", "2010-03-31/", "I302"),
        ("", "1º de março de 2010", "2010-03-01/", "I302"),
        ("", "1er mars 2010", "2010-03-01/", "I302"),
        ("", "2010/03/31", "2010-03-31/", "I302"),
        ("", "20100331", "2010-03-31/", "I302"),
        ("", "March of 2010", "2010-03/", "I302"),
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


@pytest.mark.parametrize("version", ['"1.03"', '"2.03"'])
@pytest.mark.parametrize(
    ("written", "right"),
    [("2010-03-31", "2010-03-31"), ("March 2010", "2010-03"), ("03/04/2010", None)],
)
def test_dates_of_money_in_words(files, version, written, right):
    def dated(name):
        words = f"<narrative>{written}</narrative>" if version == '"2.03"' else written
        return f"<{name}>{words}</{name}>"

    dataset, codes = files.of(
        f"<budget>{dated('period-start')}<value>5</value></budget>",
        f'<transaction><transaction-type code="3"/>{dated("transaction-date")}<value>7</value>'
        "</transaction>",
        version=version,
    )
    assert only(dataset, jmdi.Transaction).date.edtf == right
    assert only(dataset, jmdi.Budget).period.edtf == (right and f"{right}/")
    assert right is not None or "I301" in codes


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


def test_sectors_and_places_of_transactions(files):
    inner = transaction("3").replace(
        "</transaction>", '<sector code="15190"/><recipient-country code="NP"/></transaction>'
    )
    dataset, codes = files.of(inner, inner)
    initiative = only(dataset, jmdi.Initiative)
    assert [c.code for c in initiative.sectors] == ["15190"]
    assert len(initiative.places) == 1
    assert "I311" in codes


def test_own_vocabularies_of_publishers_do_not_mix(files):
    dataset, _ = files.of(
        '<sector vocabulary="99" code="A"/><sector vocabulary="8" code="10.7"/>'
        '<tag vocabulary="3" code="10.C"/>'
    )
    initiative = only(dataset, jmdi.Initiative)
    assert initiative.sectors == (jmdi.code("iati-sector-99:XM-DAC-41114", "A"),)
    assert [str(g) for g in initiative.goals] == ["sdg-target:10.7", "sdg-target:10.c"]


# 17 links


def test_links(files):
    parent = files.activity('<related-activity ref="A-2" type="2"/>', id="A-1")
    child = files.activity(
        '<related-activity ref="A-1" type="1"/>'
        '<related-activity ref="A-2" type="3"/>'
        '<related-activity ref="A-9" type="1"/>',
        id="A-2",
    )
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


def test_references_to_an_activity_are_the_same_however_they_are_broken(files):
    named = (
        '<related-activity ref="A&#10; 1" type="3"/>',
        org("A", more='activity-id=" A 1 "'),
        '<transaction><transaction-type code="3"/><value>1</value><provider-org '
        'provider-activity-id="A  1"><narrative>A</narrative></provider-org></transaction>',
    )
    other = files.activity(id="<![CDATA[A\n 1]]>")
    dataset, _ = files.read(files.document(files.activity(*named, id="B"), other))
    assert len(dataset.of(jmdi.Initiative)) == 2
    one, another = (i for i in dataset.of(jmdi.Initiative))
    assert {i.identifiers[0].value for i in (one, another)} == {"A 1", "B"}
    ends = {end for link in dataset.of(jmdi.Relates) for end in (link.source, link.target)}
    assert ends == {one.id, another.id}
    assert only(dataset, jmdi.Transaction).provider_activity in ends


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
    assert (
        len(files.of('<result type="1"><indicator/></result>', results=False)[0].of(jmdi.Indicator))
        == 0
    )


def test_publications(files):
    link = (
        '<document-link url="{}" format="application/pdf"><title><narrative>T</narrative></title>'
        '<category code="{}"/><language code="fr"/><document-date iso-date="2015-02-01"/>'
        "</document-link>"
    )
    dataset, codes = files.of(
        link.format("http://example.org/a b.pdf", "A07"),
        link.format("http://example.org/c.pdf", "A10"),
        link.format("no address", "A07"),
    )
    product = only(dataset, jmdi.KnowledgeProduct)
    assert product.url == "http://example.org/a%20b.pdf"
    assert (product.languages, product.published.edtf) == (("fr",), "2015-02-01")
    assert "I504" in codes


def test_other_codes_are_kept(files):
    dataset, _ = files.of(
        '<policy-marker code="1" significance="2"/><default-flow-type code="10"/>'
    )
    codes = [str(c) for c in only(dataset, jmdi.Initiative).facet(Activity).codes]
    assert codes == ["iati-policy-marker:1", "iati-flow-type:10"]


def test_what_an_activity_says_twice_is_reported_and_the_first_counts(files):
    dataset, _ = files.of(
        '<activity-status code="2"/><activity-status code="4"/>'
        '<activity-scope code="1"/><activity-scope code="4"/>'
        '<activity-date type="1" iso-date="2019-01-01"/>'
        '<activity-date type="1" iso-date="2018-01-01"/>'
        '<reporting-org ref="GB-CHC-1"/>'
    )
    found = only(dataset, jmdi.Initiative)
    assert (found.status.code, found.period.start.year) == ("implementation", 2019)
    (problem,) = (p for p in dataset.problems if p.code == "iati:I507")
    for element in ("activity-status", "activity-scope", "activity-date", "reporting-org"):
        assert f"another {element}" in problem.message
