"""Surveys of other shapes: long, wide, several partners in a cell, ids, archives, traps."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter

import pytest
from survey_helpers import MODEL, codes, mapping_of, named, proposed, read, ties, workbook

import jmdi
from jmdi import Actor, Initiative, Rates, Tie
from jmdi.files.mapping import write_mapping

LONG = """respondent,partner,strength,trust,kind,answered
Alta,Bela,4,3,advocacy,yes
Alta,Casa,0,,,yes
Bela,Alta,3,2,funding,yes
Bela,Casa,,,,yes
Casa,,,,,no
"""


def archive(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in members.items():
            packed.writestr(f"{name.replace('_', '-')}.csv", text)
    return file.getvalue()


def silent(data):
    """The pairs of which nobody said anything, and which are not observed."""
    names = named(data)
    return {
        (names[t.source], names[t.target])
        for t in data.of(Tie)
        if t.state and t.state.code == "unobserved" and "strength.answer" not in t.extra
    }


def test_a_long_table_knows_who_did_not_answer():
    data = read(LONG)
    assert sorted(tie[:3] for tie in ties(data)) == [
        ("Alta", "Bela", "present"),
        ("Alta", "Casa", "absent"),
        ("Bela", "Alta", "present"),
        ("Bela", "Casa", "unobserved"),
    ]
    assert silent(data) == {("Casa", "Alta"), ("Casa", "Bela")}
    assert {t.type.code for t in data.of(Tie) if t.type} == {"advocacy", "funding"}
    assert data.project("actors").directed
    assert [str(r.score) for r in data.of(Rates)] == ["3", "2"]


def test_without_noes_silence_is_no():
    """Whoever could name anybody did not name the others."""
    data = read("Organisation;Partner\nAlta;Bela\nBela;Alta\nCasa;Alta\n")
    assert silent(data) == set() and len(data.of(Tie)) == 3
    assert silent(read("Organisation;Partner\nAlta;Bela\n")) == {("Bela", "Alta")}


@pytest.mark.parametrize(
    "header",
    ["Organisation,Partner", "Répondant,Partenaire", "Su organización,Socio", "ego,alter"],
)
def test_header_words_of_three_languages(header):
    assert [t[:2] for t in ties(read(f"{header}\nAlta,Bela\n"))] == [("Alta", "Bela")]


def test_a_wide_table_with_names_in_its_headers():
    data = read(
        "Organisation,Type,Alta,Bela,Casa,E-mail\nAlta,municipality,,3,0,a@example.org\n"
        "Bela,NGO,2,,n/a,b@example.org\nCasa,University,don't know,,,c@example.org\n"
    )
    assert sorted(tie[:3] for tie in ties(data)) == [
        ("Alta", "Bela", "present"),
        ("Alta", "Casa", "absent"),
        ("Bela", "Alta", "present"),
        ("Bela", "Casa", "unobserved"),
        ("Casa", "Alta", "unobserved"),
        ("Casa", "Bela", "unobserved"),
    ]
    answers = Counter(t.extra.get("strength.answer") for t in data.of(Tie))
    assert answers == {"unknown": 1, "not_asked": 2, None: 3}
    assert "example.org" not in repr(data)


def test_a_matrix_of_partners_and_questions():
    data = read(
        "Répondant;Alta_fréquence;Alta_confiance;Bela_fréquence;Bela_confiance;Dura_fréquence\n"
        "Alta;;;3;4;0\nBela;2;1;;;jamais\n"
    )
    assert Counter(state for _, _, state, _ in ties(data)) == {"present": 2, "absent": 2}
    scored = [r for r in data.of(Rates) if r.score is not None]
    assert [str(r.score) for r in scored] == ["4", "1"]
    assert "Dura" in named(data).values()


def test_several_partners_in_a_cell():
    data = read(
        "Su organización,Socio\nAlta,'Bela, Casa'\nBela,Alta\nCasa,Alta\n".replace("'", '"')
    )
    assert ("Alta", "Casa") in {tie[:2] for tie in ties(data)} and len(data.of(Actor)) == 3


def test_ratings_in_the_style_of_partner_have_its_scale():
    text = (
        "Respondent Name,Partner Name,Frequency of Interaction,Power / Influence,Reliability,"
        "Trust (0-10)\nAlta,Bela,Weekly,3,4,7\nBela,Alta,Monthly,1,{},\n"
    )
    data = read(text.format(3))
    found = {r.dimension.code: (r.low, r.high) for r in data.of(Rates)}
    assert found == {"power": (1, 4), "reliability": (1, 4), "trust": (0, 10)}
    assert len(data.of(Rates)) == 5
    wider = read(text.format(9)).of(Rates)
    assert {r.low for r in wider if r.dimension.code == "reliability"} == {None}


def test_ids_are_resolved_by_a_list_of_members():
    content = workbook(
        Answers=[["Respondent ID", "Partner ID"], [1, 2], [2, 1]],
        Members=[["ID", "Organisation", "Type"], [1, "Alta", "NGO"], [2, "Bela", ""], [3, "Casa"]],
    )
    data = read(content, "x.xlsx")
    assert sorted(named(data).values()) == ["Alta", "Bela", "Casa"]
    assert {tie[:2] for tie in ties(data)} == {("Alta", "Bela"), ("Bela", "Alta")}
    assert silent(data) == {("Casa", "Alta"), ("Casa", "Bela")}


def test_an_archive_of_odk_is_joined_by_its_keys():
    content = archive(
        survey="SubmissionDate,start,respondent-organisation,n_partners,KEY\n"
        "2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,alta,1,uuid:1\n"
        "2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,bela,2,uuid:2\n",
        survey_partner="partner_org,trust,PARENT_KEY,KEY\nbela,3,uuid:1,uuid:1/partner[1]\n",
        survey_partner_activity="activity_name,PARENT_KEY,KEY\n"
        "Fair,uuid:1/partner[1],uuid:1/partner[1]/activity[1]\n",
    )
    data = read(content, "x.zip")
    assert [tie[:3] for tie in ties(data)] == [
        ("alta", "bela", "present"),
        ("bela", "alta", "absent"),
    ]
    assert len(data.of(Initiative)) == 1 and len(data.of(jmdi.Participates)) == 2
    assert codes(data).count("surveys:S7") == 1


def test_answers_of_odata():
    answer = {
        "__id": "uuid:1",
        "__system": {"submissionDate": "2026"},
        "respondent": {"organisation": "alta"},
        "partner@odata.navigationLink": "Submissions('1')/partner",
        "partner": [{"partner_org": "bela", "trust": 3, "__Submissions-id": "uuid:1"}],
    }
    data = read(json.dumps({"value": [answer]}), "x.json")
    assert [tie[:3] for tie in ties(data)] == [("alta", "bela", "present")]


KOBO = [
    [
        *("Your organisation", "Sectors", "Sectors/A b", "Sectors/C"),
        *("Sectors", "Sectors/A b", "Sectors/C", "_id", "_uuid", "_submission_time", "_index"),
    ],
    ["Alta", "A b C", "1", "1", "C", "0", "1", 1, "u", "2026", 1],
    ["Bela", "", "", "", "", "", "", 2, "v", "2026", 2],
]
REPEAT = [
    ["Partner organisation", "Other, name it", "_index", "_parent_table_name", "_parent_index"],
    ["Other", "=cmd|'/c calc'!A1", 1, "A form of a name that is longer than any sheet", 1],
    ["Bela", None, 2, "A form of a name that is longer than any sheet", 7],
]


def test_duplicate_headers_options_and_lost_parents():
    content = workbook(**{"A form of a name that is longer": KOBO, "partner": REPEAT})
    data = read(content, "x.xlsx")
    (alta,) = [a for a in data.of(Actor) if "Alta" in a.names.values()]
    assert alta.extra == {"Sectors": "A b|C", "Sectors (2)": "C"}
    found = codes(data)
    assert {"surveys:S4", "surveys:S5"} <= set(found)
    formula = [t for t in ties(data) if t[1].startswith("=cmd")]
    assert formula and "Other" not in named(data).values()


def test_problems_of_an_export_have_their_places():
    """A column that is left out, or is one of several for a question, does not move the others."""
    repeat = [
        ["_index", "Partner organisation", "Trust (1-4)", "_parent_index"],
        [1, "Bela", "very much", 1],
    ]
    data = read(workbook(Form=KOBO, partner=repeat), "x.xlsx")
    (problem,) = [one for one in data.problems if one.code == "J545"]
    where = problem.where
    assert (where.sheet, where.row, where.column) == ("partner", 2, 3)


def test_a_form_tells_questions_of_one_label_apart():
    form = {
        "survey": [
            {"type": "text", "name": "org", "label": ["Your organisation"]},
            {"type": "begin_group", "name": "a"},
            {"type": "select_multiple s", "name": "first", "label": ["Sectors"]},
            {"type": "end_group"},
            {"type": "select_multiple s", "name": "second", "label": ["Sectors"]},
            {"type": "begin_repeat", "name": "partner"},
            {"type": "select_one o or_other", "name": "partner_org", "label": ["Who?"]},
            {"type": "end_repeat"},
        ],
        "choices": [
            {"list_name": "s", "name": "ab", "label": ["A b"]},
            {"list_name": "s", "name": "c", "label": ["C"]},
        ],
    }
    from jmdi_surveys.answers.exports import tables_of_export
    from jmdi_surveys.answers.form import _form
    from jmdi_surveys.answers.form import named as by_form
    from jmdi_surveys.answers.questions import with_questions
    from jmdi_surveys.answers.sheets import read_sheets

    context = jmdi.ImportContext(name="x.xlsx")
    sheets = read_sheets(io.BytesIO(workbook(Form=KOBO)), context)
    table = with_questions(tables_of_export(sheets, context)[0])
    made = by_form(table, _form(form["survey"], form["choices"]), "")
    assert list(made.header.cells) == ["org", "first", "second"]
    assert made.rows[0].cells == ["Alta", "ab|c", "c"]


def test_it_says_what_a_file_looks_like():
    for content, name, words in (
        (workbook(Form=KOBO), "x.xlsx", "an export of answers"),
        ("Org,Sector\n#org,#sector\nA,B\n", "x.csv", "hashtags"),
    ):
        stream = io.BytesIO(content if isinstance(content, bytes) else content.encode())
        stream.name = name
        with pytest.raises(jmdi.FormatError, match=words) as caught:
            MODEL.read(stream)
        assert "jmdi mapping" in caught.value.problems[0].cure


def test_a_preset_that_is_named_is_applied_and_reported(tmp_path):
    data = MODEL.read(io.BytesIO(LONG.encode()), format="surveys:table", preset="survey")
    assert len(data.of(Tie)) == 6
    (said,) = [p for p in data.problems if p.code == "surveys:S9"]
    assert "'partner': tie.target" in said.message
    own = tmp_path / "own.toml"
    own.write_text(
        'kind = "actor"\n[columns]\n"Name".to = "names"\n"Name".also = ["Gremium", "Verein"]\n'
        '"Ort".to = "extra"\n"Ort".optional = true\n'
    )
    text = "Verein;Ort\nAlta e.V.;Bela\n"
    found = mapping_of(text, preset=str(own))
    assert found["columns"] == {"Verein": "actor.names", "Ort": "extra"}
    with pytest.raises(jmdi.NotFound, match="survy"):
        proposed(text, preset="survy")


def test_a_proposal_comes_back_from_its_file():
    from jmdi.files.mapping import mapping_of as parsed

    found = proposed(LONG)
    assert parsed(mapping_of(LONG), None) == found.mapping
    assert "# taken for 'Respondent'" in write_mapping(found.mapping, found.notes)


@pytest.mark.parametrize(
    "header", ["Producto;Organización;Fecha;Lectores", "Name;Country", "Organisation;Text;Date"]
)
def test_other_tables_are_no_surveys(header):
    """`jmdi mapping` proposes for them what it proposes without this plugin."""
    with pytest.raises(AssertionError):
        proposed(f"{header}\nAlta;b;c;d\nBela;e;f;g\n")


def test_a_text_of_excel_is_read_by_the_core_too(tmp_path):
    content = "Répondant;Partenaire\nAlta;Été\n".encode("cp1252")
    mapping = mapping_of(content)
    assert mapping["table"] == {"encoding": "cp1252"}
    for format in ("table", "surveys:table"):
        data = MODEL.read(io.BytesIO(content), format=format, mapping=mapping)
        assert "Été" in named(data).values()


@pytest.mark.parametrize("above", [[], [["Org", "Sector"]], [["A title"], [], ["Org", "Sector"]]])
def test_tags_stand_in_any_of_the_first_rows(above):
    tags = [["#org +name", "#sector/en"], ["Alta", "Health"], ["No partner", "Health"]]
    cover = [["# of people", "#org"], ["3", "x"]]
    data = read(workbook(Cover=cover, Data=[*above, *tags]), "x.xlsx")
    assert list(named(data).values()) == ["Alta"]
    assert {s.code for i in data.of(Initiative) for s in i.sectors} == {"Health"}


def test_a_header_below_a_title():
    rows = [["Partners of 2026"], [], ["Organisation", "Partner", "Strength"], ["Alta", "Bela", 3]]
    assert [t[:2] for t in ties(read(workbook(Survey=rows), "x.xlsx"))] == [("Alta", "Bela")]


def test_the_command_line_takes_a_row_a_sheet_and_a_mapping(tmp_path):
    from click.testing import CliRunner

    from jmdi.cli.root import cli

    file, mapping = tmp_path / "x.xlsx", tmp_path / "m.toml"
    rows = [["Organisation", "Partner"], ["of 2025", ""], ["Ego", "Alter"], ["Alta", "Bela"]]
    file.write_bytes(workbook(Other=[["a"]], Survey=rows))
    command = ["mapping", str(file), "--sheet", "Survey", "--header-row", "3", "-o", str(mapping)]
    result = CliRunner().invoke(cli, ["-q", *command])
    assert result.exit_code == 0, result.output
    assert (
        "header_row = 3" in mapping.read_text() and '"Alter" = "tie.target"' in mapping.read_text()
    )
    out = tmp_path / "out.jsonl"
    command = ["convert", str(file), "--mapping", str(mapping), "-o", str(out)]
    assert CliRunner().invoke(cli, ["-q", *command]).exit_code == 0
    assert sorted(named(jmdi.read(out)).values()) == ["Alta", "Bela"]
    lost = tmp_path / "lost.csv"
    lost.write_text("Your organisation,How many partners?,_uuid,_submission_time\nAlta,3,u,2026\n")
    assert "surveys:S6" in CliRunner().invoke(cli, ["-q", "mapping", str(lost)]).stderr
