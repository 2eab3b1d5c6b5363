from __future__ import annotations

import io
import warnings

import pytest
import rdflib
from knowledge_helpers import programme
from rdflib import RDF, Literal, Namespace, URIRef

import jmdi
from jmdi import Period, Source

PROV, DC = Namespace("http://www.w3.org/ns/prov#"), Namespace("http://purl.org/dc/terms/")
SCHEMA = Namespace("https://schema.org/")
MODEL = jmdi.Model.build(["knowledge"])


def graph(records, format, **options):
    stream = io.BytesIO()
    MODEL.dataset(records).write(stream, format=format, **options)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # within rdflib itself
        return rdflib.Graph().parse(data=stream.getvalue().decode(), format="json-ld")


def name(id: str) -> URIRef:
    return URIRef(f"urn:jmdi:{id}")


def test_the_trail_says_what_was_made_from_what_and_who_coded_it() -> None:
    found = graph(programme(), "knowledge:prov")
    made = {(str(a), str(b)) for a, b in found.subject_objects(PROV.wasDerivedFrom)}
    records = MODEL.dataset(programme())
    ends = [*records.of(jmdi.Derives)]
    expected = {(str(name(one.source)), str(name(one.target))) for one in ends}
    expected |= {(str(name(one.id)), str(name(one.source))) for one in records.of(jmdi.Coded)}
    assert made == expected
    coder = name("coder/ana")
    assert (coder, RDF.type, PROV.Agent) in found
    assert len([*found.subjects(PROV.wasAttributedTo, coder)]) == 2


def test_a_file_is_the_primary_source() -> None:
    source = Source(title="talk one.mbox", locator="message 3")
    found = graph([jmdi.KnowledgeItem(id="i", sources=(source,))], "knowledge:prov")
    (file,) = found.objects(name("i"), PROV.hadPrimarySource)
    assert (file, DC.title, Literal("talk one.mbox")) in found


def test_places_and_titles_of_one_address_stay_apart() -> None:
    url = "https://example.org/report"
    sources = [
        Source(title="Report", locator="page 1", url=url),
        Source(title="Report", locator="page 2", url=url),
        Source(title="Report page 1", url=url),
        Source(url=url),
    ]
    items = [jmdi.KnowledgeItem(id=f"i{n}", sources=(one,)) for n, one in enumerate(sources)]
    found = graph(items, "knowledge:prov")
    said = []
    for item in items:
        (place,) = found.objects(name(item.id), PROV.hadPrimarySource)
        members = (DC.title, DC.bibliographicCitation, DC.source)
        said.append([str(value) for m in members for value in found.objects(place, m)])
    assert said == [
        ["Report", "page 1", url],
        ["Report", "page 2", url],
        ["Report page 1", url],
        [],
    ]
    assert (name("i3"), PROV.hadPrimarySource, URIRef(url)) in found


def test_what_the_trail_does_not_say_is_reported() -> None:
    records = [
        jmdi.KnowledgeItem(id="i", text=None, date=Period("2015~"), sources=(Source(title="a"),)),
        jmdi.KnowledgeItem(id="j", sources=(Source(title="a", note="of the second day"),)),
        jmdi.Coded(id="c", source="i", target="theme/data", start=3),
    ]
    (lost,) = MODEL.dataset(records).losses("knowledge:prov")
    assert (lost.where.member, lost.examples) == ("/sources", ("j",))
    found = graph(records, "knowledge:prov")
    assert (name("i"), DC.date, Literal("2015~")) in found
    assert (name("c"), PROV.value, Literal("char=3,")) in found


def test_products_have_titles_by_language_and_dates_that_are_dates() -> None:
    product = jmdi.KnowledgeProduct(
        id="https://example.org/p",
        names={"en": "Guide", "fr": "Guide pratique"},
        published=Period("2015-10"),
        type=jmdi.code("product-type", "story"),
        languages=("en", "fr"),
    )
    vague = jmdi.KnowledgeProduct(id="a b", published=Period("2015~"))
    found = graph([product, vague], "knowledge:products")
    it = URIRef("https://example.org/p")
    assert (it, RDF.type, SCHEMA.Article) in found
    assert set(found.objects(it, DC.title)) == {
        Literal("Guide", lang="en"),
        Literal("Guide pratique", lang="fr"),
    }
    assert (it, DC.issued, Literal("2015-10")) in found
    assert (name("a%20b"), DC.date, Literal("2015~")) in found
    assert not [*found.objects(name("a%20b"), DC.issued)]


def test_the_base_of_names_can_be_chosen() -> None:
    found = graph(programme(), "knowledge:products", base="https://example.org/")
    assert (URIRef("https://example.org/p"), RDF.type, SCHEMA.CreativeWork) in found


def test_what_has_an_address_keeps_it() -> None:
    theme = jmdi.Theme(id="t", identifiers=(jmdi.Identifier("uri", "https://example.org/t"),))
    product = jmdi.KnowledgeProduct(id="p")
    coding = jmdi.Coded(id="c", source="p", target="t")
    found = graph([theme, product, coding], "knowledge:products")
    assert (name("p"), DC.subject, URIRef("https://example.org/t")) in found


@pytest.mark.parametrize("format", ["knowledge:products", "knowledge:prov"])
def test_control_characters_are_refused(format: str) -> None:
    product = jmdi.KnowledgeProduct(id="p", names={"en": "a\x01"})
    with pytest.raises(jmdi.DataError, match=r"U\+0001") as caught:
        MODEL.dataset([product]).write(io.BytesIO(), format=format)
    assert caught.value.problems[0].where.record == "p"
