"""Unknown, not asked and no are three things; somebody who takes part becomes a record."""

from __future__ import annotations

import pytest
from workbook_helpers import changed, file_with_all, read, sheet_of

import jmdi
from jmdi import Absence, Money, Period, code
from jmdi_workbook.titles import LANGUAGES, Titles

PROGRAMME = (
    jmdi.Initiative(
        id="i", names={"en": "Help desk"}, absences=(Absence(side=code("side", "origin")),)
    ),
    jmdi.Actor(id="a", names={"en": "Town"}, type=code("actor-type", "local_authority")),
    jmdi.Participates(id="p", source="a", target="i", period=Period("2015")),
    jmdi.Contributes(id="c", source="a", target="i", amount=Money(10, "EUR")),
    jmdi.Observation(id="o", value=3),
)


@pytest.fixture(scope="module")
def file(model):
    return file_with_all(model.dataset(PROGRAMME))


def put(file, table, column, value, row=3):
    def change(book):
        sheet, at = sheet_of(book, table)
        sheet.cell(row, at[column]).value = value

    return changed(file, change)


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_answers_to_a_yes_or_no_question(model, file, language):
    said = {}
    for name in ("yes", "no", "unknown", "not_asked"):
        answer = Titles(language).answer(name)
        after = read(model, put(file, "initiative", "participants_complete", answer))
        one = after.get("i")
        said[name] = one.participants_complete, one.extra.get("participants_complete.reason")
        assert not after.problems
    assert said == {
        "yes": (True, None),
        "no": (False, None),
        "unknown": (None, "unknown"),
        "not_asked": (None, "not_asked"),
    }


def test_why_nothing_is_known_is_written_and_read_again(model, file):
    once = read(model, put(file, "initiative", "status", "(not asked)"))
    twice = read(model, file_with_all(once))
    assert twice.get("i").status is None
    assert twice.get("i").extra["status.reason"] == "not_asked"


@pytest.mark.parametrize(
    ("table", "column", "id", "reason"),
    [
        ("participates", "period", "p", lambda r: r.period.reason),
        ("contributes", "amount.amount", "c", lambda r: r.amount.reason),
        ("observation", "value", "o", lambda r: r.reason),
    ],
)
def test_values_with_a_reason_of_their_own_hold_it(model, file, table, column, id, reason):
    after = read(model, put(file, table, column, "(not known)"))
    assert reason(after.get(id)) == "unknown"


def calculated(book, page, row, shown):
    """What spreadsheet programs save: the hidden lists show a row that was added."""
    for cells in book["jmdi"].iter_rows():
        for cell in cells:
            if str(cell.value).startswith("=IF") and f"'{page.title}'!$A${row}" in cell.value:
                cell.value = shown


def who_else(file, answer, *, named=False, id=None):
    def change(book):
        sheet, at = sheet_of(book, "initiative/absences")
        row = 4
        sheet.cell(row, at["record"]).value = "Help desk"
        sheet.cell(row, at["type"]).value = "Migrant or diaspora association"
        sheet.cell(row, at["side"]).value = "destination"
        sheet.cell(row, at["answer"]).value = answer
        if named:
            actors, at = sheet_of(book, "actor")
            actors.cell(4, at["names.en"]).value = "Diaspora club"
            actors.cell(4, at["type"]).value = "migrant_association"
            calculated(book, actors, 4, "Diaspora club")
            parts, at = sheet_of(book, "participates")
            parts.cell(4, at["id"]).value = id
            parts.cell(4, at["source"]).value = "Diaspora club"
            parts.cell(4, at["target"]).value = "Help desk [i]"
            parts.cell(4, at["side"]).value = "Country of destination [destination]"

    return changed(file, change)


def test_nobody_else_takes_part(model, file):
    after = read(model, who_else(file, "no"))
    assert [(a.type and a.type.code, a.side.code) for a in after.get("i").absences] == [
        (None, "origin"),
        ("migrant_association", "destination"),
    ]


def test_somebody_takes_part_who_is_not_named(model, file):
    after = read(model, who_else(file, "yes"))
    made = [p for p in after.of(jmdi.Participates) if p.id != "p"]
    assert [(p.target, p.side.code) for p in made] == [("i", "destination")]
    assert after.get(made[0].source).type.code == "migrant_association"
    assert [p.code for p in after.problems] == ["workbook:W10"]


@pytest.mark.parametrize("id", [None, "our-own-id"])
def test_somebody_takes_part_whom_a_new_row_names(model, file, id):
    after = read(model, who_else(file, "yes", named=True, id=id))
    assert len(after.of(jmdi.Participates)) == 2
    assert {p.source for p in after.of(jmdi.Participates)} == set(after.of(jmdi.Actor).ids())
    assert "workbook:W10" not in [p.code for p in after.problems]


def test_asked_in_vain_whether_somebody_takes_part(model, file):
    for answer, reason in (("(not known)", "unknown"), ("(not asked)", "not_asked")):
        after = read(model, who_else(file, answer))
        assert after.get("i").extra["absences.asked"][0]["reason"] == reason
        assert len(after.get("i").absences) == 1
        again = read(model, file_with_all(after))
        assert again.get("i").extra["absences.asked"] == after.get("i").extra["absences.asked"]


def test_a_question_without_an_answer_says_nothing(model, file):
    after = read(model, who_else(file, None))
    assert after.get("i").absences == PROGRAMME[0].absences
    assert not after.get("i").extra


def test_an_answer_that_nobody_understands_is_kept_and_counts_as_none(model, file):
    after = read(model, who_else(file, "perhaps"))
    (asked,) = after.get("i").extra["absences.asked"]
    assert (asked["answer.words"], asked["reason"]) == ("perhaps", "unreadable")
    assert after.get("i").absences == PROGRAMME[0].absences
    assert [p.code for p in after.problems] == ["workbook:W4"]
    again = read(model, file_with_all(after))
    assert again.get("i").extra["absences.asked"] == after.get("i").extra["absences.asked"]


def test_a_sign_with_a_state_that_nobody_understands_is_kept(model):
    sign = jmdi.Evidence(id="e", of="t", criterion=code("institutionalisation", "plan"))
    empty = file_with_all(model.dataset([jmdi.Territory(id="t", names={"en": "Podor"}), sign]))

    def change(book):
        sheet, at = sheet_of(book, "evidence")
        for name, value in (("id", None), ("of", "Podor"), ("criterion", "unit"), ("state", "yes")):
            sheet.cell(4, at[name]).value = value

    after = read(model, changed(empty, change))
    (made,) = (one for one in after.of(jmdi.Evidence) if one.id != "e")
    assert (made.of, made.state, made.extra["state.words"]) == ("t", None, "yes")
    assert "workbook:W4" in [p.code for p in after.problems]
