"""Codebooks come back from every format as far as the format holds them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi import Theme
from jmdi.model.wellknown import CLUSTERS, CODEBOOK

FILES = Path(__file__).parents[4] / "examples" / "knowledge"
WHOLE = ("knowledge:skos", "knowledge:skos-json", "knowledge:codebook-csv")
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12
).filter(lambda text: text == text.strip())
TEXTS = st.dictionaries(st.sampled_from(["und", "en", "fr", "pt-BR", "zh-Hans", "ar"]), WORDS)


@st.composite
def codebooks(draw):
    """Themes with up to three parents, which come before them."""
    made = []
    for number in range(draw(st.integers(1, 8))):
        parents = (
            draw(st.lists(st.sampled_from([t.id for t in made]), unique=True, max_size=3))
            if made
            else []
        )
        made.append(
            Theme(
                id=f"theme/{number} é/{draw(st.sampled_from(['a', 'b']))}",
                names=draw(TEXTS) | {"en": f"name {number}"},
                definition=draw(TEXTS),
                codebook=draw(st.sampled_from(["Desk", "A b / é"])),
                code=draw(st.none() | WORDS),
                parent=parents[0] if parents else None,
                also_within=tuple(sorted(parents[1:])),
                codable=draw(st.sampled_from([None, True, False])),
                colour=draw(st.none() | st.just("#a0b1c2")),
                guid=draw(st.none() | st.uuids().map(str)),
            )
        )
    return made


def again(model, themes, format, **options):
    """The themes that a file of them holds, by id, without where they come from."""
    out = io.BytesIO()
    model.write(model.dataset(themes), out, format=format, **options)
    out.seek(0)
    out.name = "Desk.x"
    found = model.read(out, format=format)
    return found, {t.id: jmdi.evolve(t, sources=()) for t in found.of(Theme)}


@pytest.mark.parametrize("format", WHOLE)
@given(data=st.data())
def test_nothing_is_lost(model, format, data):
    themes = data.draw(codebooks())
    _, found = again(model, themes, format)
    assert found == {theme.id: theme for theme in themes}


@pytest.mark.parametrize("format", (*WHOLE, "knowledge:qdc"))
@given(data=st.data())
def test_the_same_themes_give_the_same_bytes(model, format, data):
    dataset = model.dataset(data.draw(codebooks()))
    first, second = io.BytesIO(), io.BytesIO()
    model.write(dataset, first, format=format)
    model.write(dataset, second, format=format)
    assert first.getvalue() == second.getvalue()


@given(data=st.data())
def test_refi_holds_a_tree_with_meanings_and_colours(model, data):
    themes = [
        jmdi.evolve(theme, names={"und": theme.names["en"]}, codable=theme.codable is not False)
        for theme in data.draw(codebooks())
    ]
    by_name = {theme.label(): theme for theme in themes}
    found = {theme.label(): theme for theme in again(model, themes, "knowledge:qdc")[0].of(Theme)}
    assert found.keys() == by_name.keys()
    labels = {theme.id: name for name, theme in found.items()}
    for name, theme in by_name.items():
        parent = found[name].parent
        was = next((t.label() for t in themes if t.id == theme.parent), None)
        assert (None if parent is None else labels[parent]) == was
        assert found[name].codable == theme.codable
        assert found[name].colour == theme.colour
        assert found[name].definition.get("und", "") == jmdi.pick(theme.definition)
        if theme.guid:
            assert found[name].guid == theme.guid


@pytest.mark.parametrize("format", WHOLE)
def test_the_seven_clusters_are_always_there(model, format):
    out = io.BytesIO()
    model.write(model.dataset([]), out, format=format, codebook=CODEBOOK)
    out.seek(0)
    found = model.read(out, format=format)
    assert {jmdi.evolve(t, sources=()) for t in found.of(Theme)} == set(CLUSTERS)


def test_a_codebook_that_is_not_there(model):
    for format in (*WHOLE, "knowledge:qdc"):
        with pytest.raises(jmdi.DataError, match="no theme"):
            model.write(model.dataset([]), io.BytesIO(), format=format)
        with pytest.raises(jmdi.DataError, match="Desk"):
            themes = [Theme(id="theme/1", names={"en": "One"}, codebook="Desk")]
            model.write(model.dataset(themes), io.BytesIO(), format=format, codebook="Other")


def test_a_codebook_of_a_tool(model):
    themes = {theme.label(): theme for theme in model.read(FILES / "desk.qdc").of(Theme)}
    assert themes["Training"].parent == themes["Economic inclusion"].id
    assert themes["Economic inclusion"].codable is False
    project = model.read(FILES / "desk.qdpx")
    assert {theme.id for theme in project.of(Theme)} == {theme.id for theme in themes.values()}


@pytest.mark.parametrize("space", ["codebook:1:0", "codebook:1.0", "project:1.0"])
def test_three_namespaces_and_sets(model, space):
    text = (
        f'<CodeBook xmlns="urn:QDA-XML:{space}"><Codes><Code guid="{{A0000000-0000-4000-8000-'
        '000000000003}" name="Économie &amp; emploi" isCodable="1" color="#f00" more="kept"/>'
        '</Codes><Sets><Set guid="a0000000-0000-4000-8000-000000000014" name="phase 2"><MemberCode '
        'guid="a0000000-0000-4000-8000-000000000003"/></Set></Sets></CodeBook>'
    )
    found = model.read(io.BytesIO(text.encode()), format="knowledge:qdc")
    [theme] = found.of(Theme)
    assert (theme.label(), theme.codable, theme.colour) == ("Économie & emploi", True, "#f00")
    assert theme.extra["qda"]["sets"][0]["name"] == "phase 2"
    out = io.BytesIO()
    model.write(found, out, format="knowledge:qdc")
    for part in (b"phase 2", b"MemberCode", b'more="kept"', b"{A0000000-", b"codebook:1.0"):
        assert part in out.getvalue()


def test_written_codebooks_are_valid(model):
    etree = pytest.importorskip("lxml.etree")
    schema = Path(__file__).parents[4].parent / "shared/data/schemas/refi-qda/Codebook.xsd"
    if not schema.exists():
        pytest.skip("no schema beside the repository")
    out = io.BytesIO()
    model.write(model.dataset([]), out, format="knowledge:qdc", codebook=CODEBOOK)
    etree.XMLSchema(file=str(schema)).assertValid(etree.fromstring(out.getvalue()))


SKOS = (
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix x: <http://example.org/> .\n"
)


def read_turtle(model, text, **options):
    data = io.BytesIO((SKOS + text).encode())
    return model.read(data, format="knowledge:skos", on_error="keep", **options)


def codes(dataset):
    return [problem.code.removeprefix("knowledge:") for problem in dataset.problems]


def test_what_other_tools_say_in_skos_comes_back(model):
    found = read_turtle(
        model,
        'x:s a skos:ConceptScheme ; skos:prefLabel "Scheme" ; skos:hasTopConcept x:a .\n'
        'x:a a skos:Concept ; skos:prefLabel "A"@en, "Ah"@en ; skos:altLabel "Alpha"@pt-br ;\n'
        " skos:exactMatch x:other ; skos:inScheme x:s ; skos:narrower x:b .\n"
        'x:b skos:inScheme x:s ; skos:broader x:c ; skos:notation "B" .\n'
        "x:c a skos:Concept ; skos:inScheme x:s .",
    )
    assert codes(found) == ["B105"]
    themes = {theme.identifiers[0].value[-1]: theme for theme in found.of(Theme)}
    assert themes["a"].codebook == "Scheme"
    assert (themes["b"].parent, themes["b"].also_within) == (themes["a"].id, (themes["c"].id,))
    _, back = again(model, list(found.of(Theme)), "knowledge:skos")
    assert back == {theme.id: jmdi.evolve(theme, sources=()) for theme in found.of(Theme)}


def test_circles_and_unknown_parents(model):
    found = read_turtle(
        model,
        "x:a a skos:Concept ; skos:broader x:b . x:b a skos:Concept ; skos:broader x:a .\n"
        "x:c a skos:Concept ; skos:broader x:a, x:nowhere .",
    )
    assert sorted(codes(found)) == ["B103", "B104"]
    by_end = {theme.identifiers[0].value[-1]: theme for theme in found.of(Theme)}
    assert by_end["a"].parent is by_end["b"].parent is None
    assert by_end["c"].parent == by_end["a"].id


@pytest.mark.parametrize(
    ("format", "text", "code"),
    [
        ("knowledge:skos", "<a> <b> ", "B101"),
        ("knowledge:skos", "[" * 5000, "B101"),
        ("knowledge:skos", "x:a a skos:Concept .", "B101"),
        ("knowledge:skos-xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "J502"),
        ("knowledge:skos-xml", "<RDF/>", "B101"),
        ("knowledge:skos-json", '{"@context": "http://example.org/c", "@id": "a"}', "B102"),
        ("knowledge:skos-json", '{"@context": {"@import": "http://example.org/c"}}', "B102"),
        ("knowledge:skos-json", "[" * 100_000, "B101"),
        ("knowledge:qdc", "<!DOCTYPE a [<!ENTITY b 'c'>]><CodeBook>&b;</CodeBook>", "B110"),
        ("knowledge:qdc", "<Project/>", "B101"),
        ("knowledge:qdc", "<CodeBook><Codes>", "B101"),
        ("knowledge:qdc", "", "B101"),
        ("knowledge:codebook-csv", "a,b\n1,2\n", "B101"),
        ("knowledge:codebook-csv", "", "B101"),
    ],
)
def test_hostile_codebooks_end_in_a_problem(model, format, text, code):
    found = model.read(io.BytesIO(text.encode()), format=format, on_error="keep")
    assert code in codes(found)
    assert not found.of(Theme)


@pytest.mark.parametrize("format", ["knowledge:skos", "knowledge:skos-json", "knowledge:qdc"])
@pytest.mark.parametrize("field", ["codebook", "code", "names", "guid"])
def test_control_characters_are_refused(model, format, field):
    text = {"en": "a\x01"} if field == "names" else "a\x01"
    theme = Theme(id="t", **{"names": {"en": "A"}, field: text})
    if format == "knowledge:qdc" and field in ("codebook", "code"):
        pytest.skip("REFI-QDA does not hold it")
    with pytest.raises(jmdi.DataError, match=r"U\+0001"):
        model.write(model.dataset([theme]), io.BytesIO(), format=format)


SPACE = "http://www.w3.org/2004/02/skos/core#"


@pytest.mark.parametrize(
    ("format", "text", "place"),
    [
        (
            "knowledge:skos",
            f'@prefix s: <{SPACE}> . # <a b>\n<http://x/a b> a s:Concept ; s:definition "<c d>" .',
            "line 2",
        ),
        ("knowledge:skos", f"<http://x/a\\u0020b> a <{SPACE}Concept> .", "line 1"),
        (
            "knowledge:skos-xml",
            '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"\n'
            f' xmlns:s="{SPACE}">\n<s:Concept r:about="http://x/a b"/></r:RDF>',
            "line 3",
        ),
        ("knowledge:skos-json", f'{{"@id": "http://x/a b", "@type": "{SPACE}Concept"}}', "/@id"),
        (
            "knowledge:skos-json",
            f'{{"@context": {{"id": "@id"}}, "id": "http://x/a b", "@type": "{SPACE}Concept"}}',
            "/id",
        ),
    ],
)
def test_what_is_no_iri_is_reported_and_the_log_is_silent(model, caplog, format, text, place):
    found = model.read(io.BytesIO(text.encode()), format=format)
    (problem,) = found.problems
    assert (problem.code, problem.where.cell) == ("knowledge:B111", place)
    assert [theme.identifiers[0].value for theme in found.of(Theme)] == ["http://x/a%20b"]
    assert not caplog.records


XSD = "http://www.w3.org/2001/XMLSchema#"
TYPED = {
    "knowledge:skos": f"""@prefix skos: <{SPACE}> .
@prefix xsd: <{XSD}> .
<http://x/a> a skos:Concept ;
    <http://x/n> "01"^^xsd:integer, "maybe"^^xsd:boolean, "x"^^xsd:date .""",
    "knowledge:skos-xml": f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:x="http://x/" xmlns:skos="{SPACE}"><skos:Concept rdf:about="http://x/a">
    <x:n rdf:datatype="{XSD}integer">01</x:n>
    <x:n rdf:datatype="{XSD}boolean">maybe</x:n>
    <x:n rdf:datatype="{XSD}date">x</x:n></skos:Concept></rdf:RDF>""",
    "knowledge:skos-json": f"""{{"@context": {{"xsd": "http:\\/\\/www.w3.org/2001/XMLSchema#"}},
    "@id": "http://x/a", "@type": "{SPACE}Concept", "http://x/n": [
    {{"@value": "01", "@type": "xsd:integer"}}, {{"@value": "maybe", "@type": "xsd:boolean"}},
    {{"@value": "x", "@type": "{XSD}date"}}]}}""",
}


@pytest.mark.parametrize("format", TYPED)
def test_typed_values_stay_as_they_are_typed(model, format, capfd, recwarn):
    (theme,) = model.read(io.BytesIO(TYPED[format].encode()), format=format).of(Theme)
    kept = [(row["value"], row["datatype"][33:]) for row in theme.extra["skos"]["statements"]]
    assert kept == [("01", "integer"), ("maybe", "boolean"), ("x", "date")]
    assert capfd.readouterr() == ("", "")
    assert not recwarn.list


def read_table(model, text, **options):
    data = io.BytesIO(text.encode())
    return model.read(data, format="knowledge:codebook-csv", on_error="keep", **options)


def test_what_no_field_of_a_code_holds_is_kept(model):
    said = "name,codable,Notes\nDesk,perhaps,see memo,more\nTown,yes,\n"
    desk, town = read_table(model, said).of(Theme)
    assert desk.codable is None and town.codable is True and not town.extra
    kept = {"codable": "perhaps", "Notes": "see memo", "column 4": "more"}
    assert dict(desk.extra["columns"]) == kept


def test_what_taguette_exports(model):
    text = "tag,description\nin vivo: disclose,said so\nin vivo: hide,\nother,\n"
    flat = read_table(model, text)
    assert [theme.label() for theme in flat.of(Theme)] == [
        "in vivo: disclose",
        "in vivo: hide",
        "other",
    ]
    tree = {theme.label(): theme for theme in read_table(model, text, separator=":").of(Theme)}
    assert tree["disclose"].parent == tree["hide"].parent == tree["in vivo"].id
    assert tree["in vivo"].codable is False
    assert tree["disclose"].definition == {"und": "said so"}


def test_parents_by_code_or_name(model):
    text = (
        "code;name;name:fr;parent;also within;codable\n"
        "1;One;Un;;;no\n2;Two;;1;;\n3;Three;;One;2 | 9;\n;;;;;\n"
    )
    found = read_table(model, text)
    assert codes(found) == ["B103"]
    one, two, three = found.of(Theme)
    assert one.names == {"und": "One", "fr": "Un"}
    assert (two.parent, three.parent, three.also_within) == (one.id, one.id, (two.id,))


def test_formats_are_found_by_content(model, tmp_path):
    themes = list(CLUSTERS)
    for format, name in (
        ("knowledge:skos", "a.ttl"),
        ("knowledge:skos-json", "a.skos.jsonld"),
        ("knowledge:qdc", "a.qdc"),
        ("knowledge:codebook-csv", "a.codebook.csv"),
    ):
        model.write(model.dataset(themes), tmp_path / name, codebook=CODEBOOK)
        assert len(model.read(tmp_path / name).of(Theme)) == 7, format
    rdf = pytest.importorskip("rdflib").Graph().parse(tmp_path / "a.ttl").serialize(format="xml")
    (tmp_path / "a.rdf").write_text(rdf, encoding="utf-8")
    assert len(model.read(tmp_path / "a.rdf").of(Theme)) == 7
