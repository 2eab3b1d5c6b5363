"""Workbooks have only what metrics need, in five languages, with lists and questions."""

from __future__ import annotations

import io

import openpyxl
import pytest
from workbook_helpers import read, sheet_of

import jmdi
from jmdi_workbook.needs import needs
from jmdi_workbook.titles import LANGUAGES, WORDS


def written(dataset, metrics, **options):
    out = io.BytesIO()
    dataset.workbook(out, metrics, **options)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue())), out.getvalue()


@pytest.fixture(scope="module")
def programme(model):
    """Three initiatives of the published programme, with all that they are tied to."""
    whole = jmdi.datasets.load("jmdi", model=model)
    chosen = {record.id for record in whole.of(jmdi.Initiative)[:3]}
    parts = [p for p in whole.of(jmdi.Participates) if p.target in chosen]
    near = chosen | {part.source for part in parts}
    return model.dataset([*(r for r in whole if r.id in near), *parts])


@pytest.fixture(scope="module")
def anchorage(programme):
    return written(programme, "scaling:anchorage", questions=5)


def test_only_what_is_read_is_needed(model):
    found = needs(model.dataset(), {"scaling:institutionalization": {}})
    evidence = found[jmdi.Evidence]
    assert {"of", "criterion", "state", "period"} <= evidence
    assert jmdi.Tie not in found and jmdi.WorkPlan in found
    assert "budget" not in found[jmdi.Initiative]


def test_a_metric_that_needs_a_choice_says_which(model):
    practices = [jmdi.Practice(id="p"), jmdi.Practice(id="q")]
    towns = [jmdi.Actor(id="a"), jmdi.Actor(id="b")]
    took_up = [jmdi.Adopts(id=f"a{p.id}", source="a", target=p.id) for p in practices]
    data = model.dataset([*practices, *towns, *took_up])
    with pytest.raises(jmdi.BadParameter, match="practice="):
        needs(data, {"scaling:crossing": {}})
    assert jmdi.Adopts in needs(data, {"scaling:crossing": {"practice": "p"}})
    assert jmdi.Adopts in needs(model.dataset(), {"scaling:crossing": {}})


@pytest.mark.parametrize("name", ["cascade", "anchorage", "strategic-partnerships", "out"])
def test_the_workbook_alone_gives_the_same_result(model, name):
    data = jmdi.datasets.load("sample", model=model)
    after = read(model, written(data, f"scaling:{name}", questions=0)[1])
    one, other = (d.metric(f"scaling:{name}") for d in (data, after))
    assert (one.value, one.lower, one.upper) == (other.value, other.lower, other.upper)
    assert not [p for p in after.problems if p.is_error]


def test_what_is_known_is_filled_in_and_comes_back(model, programme, anchorage):
    book, file = anchorage
    after = read(model, file)
    assert not after.problems
    assert {r.id for r in after} == {r.id for r in programme}
    sheet, at = sheet_of(book, "participates")
    assert sheet.cell(3, at["side"]).value.endswith("]")


def test_the_metric_is_as_before(model, programme, anchorage):
    before = programme.metric("scaling:anchorage")
    after = read(model, anchorage[1]).metric("scaling:anchorage")
    assert (before.value, before.lower, before.upper) == (after.value, after.lower, after.upper)


def test_questions_are_coloured_and_have_a_note(anchorage, programme):
    book, _ = anchorage
    asked = [question.words for question in programme.ask("scaling:anchorage", top=5)]
    sheet, at = sheet_of(book, "initiative/absences")
    marked = [cell for row in sheet.iter_rows(min_row=3) for cell in row if cell.comment]
    assert [cell.comment.text for cell in marked] == asked
    assert {cell.column for cell in marked} == {at["answer"]}
    assert all(cell.fill.fgColor.rgb == "FFFFE699" for cell in marked)
    guide = [row[0].value for row in book.worksheets[0].iter_rows()]
    assert set(asked) <= set(guide)


def test_records_that_others_name_are_there_hidden(model):
    plan = jmdi.Programme(id="programme", names={"en": "Programme"})
    town = jmdi.Actor(id="town", names={"en": "Town"})
    part = jmdi.Participates(id="part", source="town", target="programme")
    book, file = written(model.dataset([plan, town, part]), "scaling:anchorage")
    sheet, at = sheet_of(book, "programme")
    assert sheet.sheet_state == "hidden"
    assert set(at) == {"id", "names.en"}
    assert read(model, file).check().ok


def test_a_sign_that_nobody_spoke_of_is_a_new_row(model):
    town = jmdi.Territory(id="t", names={"en": "Podor"})
    signs = [
        jmdi.Evidence(
            id=name,
            of="t",
            criterion=jmdi.code("institutionalisation", name),
            state=jmdi.code("presence", "present"),
        )
        for name in ("plan", "budget_line", "unit")
    ]
    data = model.dataset([town, *signs])
    book, file = written(data, {"scaling:institutionalization": {"targets": "t"}})
    sheet, at = sheet_of(book, "evidence")
    marked = [cell for row in sheet.iter_rows(min_row=6) for cell in row if cell.comment]
    assert [cell.column for cell in marked] == [at["state"]] * 4
    assert len(read(model, file)) == len(data)  # no answer, no record
    marked[0].value = "absent"
    out = io.BytesIO()
    book.save(out)
    answer = read(model, out.getvalue()).of(jmdi.Evidence)[3]
    assert (answer.of, answer.state.code) == ("t", "absent")
    assert answer.criterion is not None


def test_lists_work_without_macros(anchorage):
    book, _ = anchorage
    sheet, at = sheet_of(book, "participates")
    lists = {
        next(iter(v.sqref.ranges)).min_col: v.formula1
        for v in sheet.data_validations.dataValidation
    }
    hidden = book["jmdi"]
    assert hidden.sheet_state == "hidden"
    for name, first in (("side", "Country of origin [origin]"), ("role", "Funding [funding]")):
        column = lists[at[name]].split("$")[1]
        assert hidden[f"{column}2"].value == first
    assert hidden[f"{lists[at['source']].split('$')[1]}2"].value.startswith("=IF(")


@pytest.mark.parametrize("language", LANGUAGES)
def test_five_languages(model, language):
    book, file = written(model.dataset(), ["scaling:anchorage"], language=language)
    assert book.worksheets[0].sheet_view.rightToLeft is (language == "ar") or language != "ar"
    assert not read(model, file).problems
    title = {"en": "Actors", "fr": "Acteurs", "es": "Actores", "pt": "Atores", "ar": "الجهات"}
    assert title[language] in book.sheetnames


def test_a_large_workbook_is_recognised_whichever_program_saved_it(model, tmp_path):
    data = jmdi.datasets.load("jmdi", model=model)
    book, _ = written(data, "scaling:up", questions=0)
    book.save(tmp_path / "saved.xlsx")  # openpyxl writes the part with the names of sheets last
    after = model.read(tmp_path / "saved.xlsx")
    assert len(after.of(jmdi.Practice)) == len(data.of(jmdi.Practice))


def test_every_word_has_every_language():
    for words in WORDS.topics.values():
        known = {}
        for word in words:
            known.setdefault(word.meaning, set()).add(word.language)
        assert all(languages == set(LANGUAGES) for languages in known.values())


def test_every_kind_and_field_has_a_title(model):
    from jmdi.model.declare import fields_of, spec_of

    sheets = {word.meaning for word in WORDS.topics["sheet"]}
    columns = {word.meaning for word in WORDS.topics["column"]}
    for name, cls in model.catalog.kinds.items():
        if not spec_of(cls).abstract and ":" not in name:
            assert name in sheets
            assert {field.name for field in fields_of(cls)} - {"sources"} <= columns


def test_a_metric_or_language_that_is_not_there(model):
    for metrics, language in ((["nope"], "en"), (["scaling:anchorage"], "xx")):
        with pytest.raises(jmdi.NotFound):
            written(model.dataset(), metrics, language=language)


def test_what_no_cell_can_hold_is_refused(model):
    data = model.dataset([jmdi.Actor(id="a", names={"en": "x" * 40_000})])
    with pytest.raises(jmdi.FormatError) as error:
        written(data, ["scaling:anchorage"], questions=0)
    assert error.value.problems[0].code == "workbook:W11"
    assert error.value.problems[0].where.record == "a"
