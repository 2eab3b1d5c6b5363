"""Texts of an activity, humanitarian scope, conditions, documents, and values of a part."""

from __future__ import annotations

from iati_helpers import only

import jmdi
from jmdi_iati.facets import Activity, Condition, Link, Measured, Scope


def activity(files, *children):
    dataset, problems = files.of(*children)
    return only(dataset, jmdi.Initiative).facet(Activity), problems


def test_descriptions_are_told_apart_by_their_type(files):
    words = "".join(
        f"<description{said}><narrative>{text}</narrative></description>"
        for said, text in (
            ("", "General"),
            (' type="1"', "more"),
            (' type="2"', "One objective"),
            (' type="2"', "Another"),
            (' type="3"', "Returning migrants"),
            (' type="4"', "A remark"),
        )
    )
    dataset, _ = files.of(words)
    initiative = only(dataset, jmdi.Initiative)
    assert initiative.description == {"en": "General\nmore"}
    assert initiative.objectives == ({"en": "One objective"}, {"en": "Another"})
    assert [audience.who for audience in initiative.audience] == [{"en": "Returning migrants"}]
    assert initiative.facet(Activity).remarks == ({"en": "A remark"},)


def test_several_narratives_in_one_language_are_kept_or_reported(files):
    two = "<narrative>A</narrative><narrative>B</narrative>"
    dataset, problems = files.of(
        f"<title>{two}</title><description>{two}</description>",
        f'<location ref="L"><name>{two}</name></location>',
    )
    initiative = only(dataset, jmdi.Initiative)
    assert initiative.names == {"en": "A"}
    assert initiative.facet(Activity).titles == ({"en": "B"},)
    assert initiative.description == {"en": "A\nB"}
    assert problems.count("I506") == 1


def test_humanitarian_scope_and_conditions(files):
    facet, _ = activity(
        files,
        '<humanitarian-scope type="1" vocabulary="1-2" code="EQ-2015"><narrative>Quake'
        '</narrative></humanitarian-scope><conditions attached="1"><condition type="2">'
        "<narrative>A plan</narrative></condition></conditions>",
    )
    scope = jmdi.code("iati-humanitarian-scope-1-2", "EQ-2015")
    kind = jmdi.code("iati-humanitarian-scope-type", "1")
    assert facet.scopes == (Scope(scope, kind, {"en": "Quake"}),)
    sort = jmdi.code("iati-condition-type", "2")
    assert (facet.attached, facet.conditions) == (True, (Condition(sort, {"en": "A plan"}),))


def test_tags_keep_their_words(files):
    facet, _ = activity(
        files, '<tag vocabulary="99" code="x"><narrative>Diaspora</narrative></tag>'
    )
    assert [code.words for code in facet.codes] == ["Diaspora"]


def test_every_document_is_data(files):
    link = (
        '<document-link url="https://a.example/b" format="text/html"><title><narrative>T'
        '</narrative></title><category code="A12"/><language code="fr"/>'
        '<document-date iso-date="2020-01-02"/></document-link>'
    )
    facet, _ = activity(files, link)
    (found,) = facet.documents
    assert isinstance(found, Link)
    assert (found.url, found.title, found.languages) == (
        "https://a.example/b",
        {"en": "T"},
        ("fr",),
    )
    assert (str(found.date), found.categories[0].code) == ("2020-01-02", "A12")


def test_values_of_places_and_groups_are_told_apart(files):
    values = "".join(
        f'<actual value="{n}"><location ref="{ref}"/><dimension name="sex" value="f"/></actual>'
        for n, ref in ((10, "L1"), (7, "L2"), (1, "none"))
    )
    dataset, _ = files.of(
        '<location ref="L1"/><location ref="L2"/>',
        "<result type='1'><description><narrative>What</narrative></description><indicator>"
        f"<period>{values}</period></indicator></result>",
    )
    first, second, third = dataset.of(jmdi.Observation)
    locations = [territory.id for territory in dataset.of(jmdi.Territory)]
    assert [o.places[0].territory for o in (first, second)] == locations
    assert third.places == (jmdi.Place(None, "none"),)
    assert dict(first.group) == {"und": "sex: f"}
    assert only(dataset, jmdi.Indicator).facet(Measured).about == {"en": "What"}


def test_what_is_no_data_is_listed(files):
    dataset, _ = files.of("<crs-add/><fss/><crs-add/>", "<result type='1'/>")
    (problem,) = [p for p in dataset.problems if p.code == "iati:I507"]
    assert "crs-add (2)" in problem.message
    assert "result without indicators" in problem.message


def test_elements_of_old_versions_that_say_one_thing_in_two_languages_are_one_text(files):
    def both(tag):
        return f'<{tag}>One</{tag}><{tag} xml:lang="fr">Un</{tag}>'

    words = both("title") + both("description")
    actual = f'<period><actual value="1">{both("comment")}</actual></period>'
    document = f'<document-link url="http://example.org">{words}<category code="A01"/>'
    dataset, problems = files.of(
        f"<location>{both('name')}{both('description')}</location>",
        f"{document}</document-link>",
        f"<result>{words}<indicator>{words}{actual}</indicator></result>",
        f"<transaction>{both('description')}</transaction>",
        version='"1.04"',
    )
    again, _ = files.read(files.write(dataset))
    for read in (dataset, again):
        indicator, product = only(read, jmdi.Indicator), only(read, jmdi.KnowledgeProduct)
        place, value = only(read, jmdi.Territory), only(read, jmdi.Observation)
        measured = indicator.facet(Measured)
        paid = only(read, jmdi.Transaction)
        (link,) = only(read, jmdi.Initiative).facet(Activity).documents
        texts = [measured.result, measured.about, link.title, link.description]
        texts += [value.description, paid.description]
        texts += [
            text for one in (indicator, product, place) for text in (one.names, one.description)
        ]
        assert texts == [{"en": "One", "fr": "Un"}] * len(texts)
    assert "I506" not in problems
