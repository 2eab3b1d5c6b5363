"""Workbooks that people changed, and hostile ones, end in problems with their place."""

from __future__ import annotations

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from workbook_helpers import changed, facts, file_with_all, read, sheet_of

import jmdi
from jmdi import code

DATA = (
    jmdi.Actor(id="a", names={"en": "Town"}, type=code("actor-type", "local_authority")),
    jmdi.Actor(id="b", names={"en": "Club"}),
    jmdi.Actor(id="c", names={"en": "Club"}),
    jmdi.Initiative(id="i", names={"en": "Help desk"}),
    jmdi.Participates(id="p", source="a", target="i", period=jmdi.Period("2015")),
    jmdi.Contributes(id="g", source="a", target="i", amount=jmdi.Money(10, "EUR")),
    jmdi.Theme(id="t1", names={"en": "Water"}),
    jmdi.Theme(id="t2", names={"en": "Land"}),
)


@pytest.fixture(scope="module")
def file(model):
    return file_with_all(model.dataset(DATA))


def put(file, table, column, value, row=3):
    def change(book):
        sheet, at = sheet_of(book, table)
        sheet.cell(row, at[column]).value = value

    return changed(file, change)


def found(dataset):
    """Code and place of each problem that matters."""
    return [
        (p.code, p.where.sheet, p.where.row, p.where.column)
        for p in dataset.problems
        if p.severity is not jmdi.Severity.INFO
    ]


def column(file, table, name):
    import openpyxl

    return sheet_of(openpyxl.load_workbook(io.BytesIO(file)), table)[1][name]


def test_renamed_and_reordered_sheets_are_read_all_the_same(model, file):
    def change(book):
        for number, sheet in enumerate(book.worksheets[:-1]):
            sheet.title = f"Mine {number}"
        book.move_sheet(book.worksheets[1], 2)

    after = read(model, changed(file, change))
    assert set(facts(after)) == {record.id for record in DATA}
    assert not found(after)


def test_deleted_columns_and_sheets_are_said(model, file):
    def change(book):
        sheet, at = sheet_of(book, "actor")
        sheet.delete_cols(at["type"])
        del book[sheet_of(book, "initiative/places")[0].title]

    after = read(model, changed(file, change))
    assert after.get("a").type is None
    messages = [p.message for p in after.problems if p.code == "workbook:W3"]
    assert "the column 'type' is not there any more" in messages
    assert any("initiative/places" in message for message in messages)


def test_a_word_that_is_not_in_the_list(model, file):
    after = read(model, put(file, "actor", "type", "Lokal authority"))
    assert found(after) == [("workbook:W4", "Actors", 3, column(file, "actor", "type"))]
    assert "Local authority" in after.problems[0].cure
    assert after.get("a").type is None
    assert after.get("a").extra["type.words"] == "Lokal authority"


def test_labels_codes_and_other_languages_are_understood(model, file):
    for words in (
        "Local authority",
        "local_authority",
        "Collectivité locale",
        "x [local_authority]",
    ):
        after = read(model, put(file, "actor", "type", words))
        assert after.get("a").type == code("actor-type", "local_authority")
        assert not found(after)


def test_an_id_that_does_not_exist(model, file):
    after = read(model, put(file, "participates", "source", "Nobody [zz]"))
    place = ("Participation", 3, column(file, "participates", "source"))
    assert found(after) == [("workbook:W5", *place)]


def test_a_name_of_several_records(model, file):
    after = read(model, put(file, "participates", "source", "Club"))
    assert ("workbook:W6", "Participation", 3) in [place[:3] for place in found(after)]


def test_an_id_that_is_doubled(model, file):
    after = read(model, put(file, "actor", "id", "a", row=4))
    assert [place[:3] for place in found(after)] == [("J530", "Actors", 4)]


def test_numbers_and_truth_that_are_none(model, file):
    after = read(model, put(file, "initiative", "participants_complete", "perhaps"))
    at = column(file, "initiative", "participants_complete")
    assert found(after) == [("workbook:W4", "Initiatives", 3, at)]
    assert after.get("i").participants_complete is None


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("2015-03-01", "2015-03-01"),
        (datetime.date(2015, 3, 1), "2015-03-01"),
        (2016, "2016"),
        (" 2015/2016\u00a0", "2015/2016"),
        ("\u0662\u0660\u0661\u0665", "2015"),
        ("01/03/2015", None),
        ("March 2015", None),
        ("2015-2016", None),
    ],
)
def test_dates_are_read_or_reported_and_never_guessed(model, file, typed, read_as):
    after = read(model, put(file, "participates", "period", typed))
    period = after.get("p").period
    if read_as is not None:
        assert (period, found(after)) == (jmdi.Period(read_as), [])
        return
    assert period == jmdi.Period(words=typed, reason="unreadable")
    at = column(file, "participates", "period")
    assert found(after) == [("workbook:W12", "Participation", 3, at)]
    assert "2015-03" in after.problems[0].cure


@pytest.mark.parametrize(
    ("typed", "amount", "code"),
    [
        (12.5, "12.5", None),
        (1000000, "1000000", None),
        ("\u0661\u066b\u0665", "1.5", None),
        ("12.000", "12", "workbook:W13"),
        ("1,5", None, "workbook:W13"),
        ("12 000", None, "workbook:W13"),
        ("\u20ac 10", None, "workbook:W13"),
    ],
)
def test_numbers_are_read_or_reported_and_never_guessed(model, file, typed, amount, code):
    after = read(model, put(file, "contributes", "amount.amount", typed))
    money = after.get("g").amount
    assert money.currency == "EUR"
    assert money.amount == (None if amount is None else Decimal(amount))
    assert money.words == (typed if amount is None else None)
    at = column(file, "contributes", "amount.amount")
    assert found(after) == ([(code, "Contributions", 3, at)] if code else [])


@pytest.mark.parametrize(
    ("table", "name", "typed", "code"),
    [
        ("actor", "country", "sn", None),
        ("actor", "country", "Senegal", "workbook:W14"),
        ("contributes", "amount.currency", "eur ", None),
        ("contributes", "amount.currency", "\u20ac", "workbook:W14"),
    ],
)
def test_codes_of_letters(model, file, table, name, typed, code):
    after = read(model, put(file, table, name, typed))
    value = after.get("a").country if table == "actor" else after.get("g").amount.currency
    assert value == (None if code else typed.strip().upper())
    assert [place[0] for place in found(after)] == ([code] if code else [])


@pytest.mark.parametrize(
    "typed", ["Water | Land", "Water, Land", "t1; t2", "Water [t1], Land [t2]", "water\nLAND"]
)
def test_several_in_one_cell_may_be_parted_by_commas(model, file, typed):
    after = read(model, put(file, "initiative", "themes", typed))
    assert (after.get("i").themes, found(after)) == (("t1", "t2"), [])


def test_several_in_a_cell_for_one_are_none(model, file):
    after = read(model, put(file, "participates", "side", "x [origin], y [destination]"))
    at = column(file, "participates", "side")
    assert found(after) == [("workbook:W16", "Participation", 3, at)]
    assert after.get("p").side is None


def add(table, row, **cells):
    def change(book):
        sheet, at = sheet_of(book, table)
        for name, value in cells.items():
            sheet.cell(row, at[name]).value = value

    return change


def test_names_are_found_whatever_their_case_and_blanks(model, file):
    new = add("participates", 4, source=" TOWN", target="help  desk")
    after = read(model, changed(file, new))
    added = [p for p in after.of(jmdi.Participates) if p.id != "p"]
    assert [(p.source, p.target) for p in added] == [("a", "i")]
    assert not found(after)


def test_a_record_of_another_kind_is_said(model, file):
    after = read(model, changed(file, add("participates", 4, source="Help desk", target="i")))
    at = column(file, "participates", "source")
    assert found(after) == [("workbook:W15", "Participation", 4, at)]


def test_new_rows_of_one_name_are_not_taken_for_one_record(model, file):
    def change(book):
        for row, country in ((6, "FR"), (7, "DE")):
            add("actor", row, **{"names.en": "New", "country": country})(book)

    after = read(model, changed(file, change))
    assert found(after) == [("workbook:W17", "Actors", 7, 1)]
    assert [a.country for a in after.of(jmdi.Actor) if a.label() == "New"] == ["FR"]


def test_rows_sorted_with_the_names_of_columns_are_said(model, file):
    def change(book):
        sheet, _ = sheet_of(book, "actor")
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=5)]
        for number, row in enumerate([*rows[1:], rows[0]], 2):
            for at, value in enumerate(row, 1):
                sheet.cell(number, at).value = value

    after = read(model, changed(file, change))
    assert ("workbook:W2", "Actors", 2, 1) in found(after)


@pytest.mark.parametrize("typed", ["not known", "Inconnu", "(no se sabe)"])
def test_nobody_knows_without_brackets_too(model, file, typed):
    after = read(model, put(file, "initiative", "participants_complete", typed))
    assert after.get("i").extra["participants_complete.reason"] == "unknown"
    assert read(model, put(file, "initiative", "names.en", "not known")).get("i").names


def test_a_formula_is_said_and_never_run(model, file):
    at = column(file, "actor", "country")
    unrun = put(file, "actor", "country", '="C"&"H"')
    after = read(model, unrun)
    assert found(after) == [("workbook:D141", "Actors", 3, at)]
    assert after.get("a").country is None
    after = read(model, replaced(unrun, b"<v></v>", b"<v>CH</v>"))
    assert found(after) == [("workbook:W7", "Actors", 3, at)]
    assert after.get("a").country == "CH"


def test_merged_cells_count_once(model, file):
    at = column(file, "actor", "country")

    def change(book):
        sheet, _ = sheet_of(book, "actor")
        sheet.cell(3, at).value = "CH"
        sheet.merge_cells(start_row=3, end_row=5, start_column=at, end_column=at)

    after = read(model, changed(file, change))
    assert found(after) == [("workbook:W8", "Actors", 3, at)]
    assert [actor.country for actor in after.of(jmdi.Actor)] == ["CH", None, None]


def test_a_part_of_no_record(model, file):
    def change(book):
        sheet, at = sheet_of(book, "initiative/places")
        sheet.cell(3, at["words"]).value = "Upala"
        sheet.cell(4, at["record"]).value = "gone"
        sheet.cell(4, at["words"]).value = "Dakar"

    after = read(model, changed(file, change))
    assert {p.code for p in after.problems} == {"workbook:W9", "workbook:W5"}
    assert all(p.where.row in (3, 4) for p in after.problems)


def test_wrong_values_of_parts_have_their_own_place(model, file):
    def change(book):
        sheet, at = sheet_of(book, "initiative/places")
        sheet.cell(5, at["record"]).value = "i"
        sheet.cell(5, at["share"]).value = "a lot"

    after = read(model, changed(file, change))
    at = column(file, "initiative/places", "share")
    assert [place[1:] for place in found(after)] == [("Initiatives – Places", 5, at)]


def test_own_columns_and_sheets_are_said_to_be_unread(model, file):
    def change(book):
        sheet, at = sheet_of(book, "actor")
        sheet.cell(1, len(at) + 1).value = "My notes"
        sheet.cell(3, len(at) + 1).value = "call again"
        book.create_sheet("Mine", 1).cell(1, 1).value = "anything"

    after = read(model, changed(file, change))
    assert [p.code for p in after.problems] == ["workbook:W2"] * 2


def test_without_the_names_of_columns_there_is_nothing_to_read(model, file):
    def change(book):
        for sheet in book.worksheets[:-1]:
            sheet.delete_rows(2)

    with pytest.raises(jmdi.FormatError) as error:
        read(model, changed(file, change), on_error="raise")
    assert [p.code for p in error.value.problems] == ["workbook:W1"]


def replaced(file, old, new):
    """The file with other bytes on the sheet of actors, which is the second."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "xl/worksheets/sheet2.xml":
                assert old in data
                data = data.replace(old, new)
            after.writestr(name, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def rows(file, number):
    """The file with many rows more on the sheet of actors."""
    cell = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>id{0}</t></is></c></row>'
    more = "".join(cell.format(n) for n in range(10, number + 10))
    return replaced(file, b"</sheetData>", more.encode() + b"</sheetData>")


def test_a_million_rows_are_refused_with_the_sheet(model, file):
    with pytest.raises(jmdi.FormatError) as error:
        read(model, rows(file, 1_000_000), on_error="raise")
    assert [p.code for p in error.value.problems] in (["workbook:D105"], ["workbook:D110"])


def test_a_thousand_rows_are_read(model, file):
    assert len(read(model, rows(file, 1000)).of(jmdi.Actor)) == 1003


def test_a_zip_bomb_is_refused(model, file):
    bomb = replaced(file, b"</sheetData>", b" " * 50_000_000 + b"</sheetData>")
    with pytest.raises(jmdi.FormatError) as error:
        read(model, bomb, on_error="raise")
    assert [p.code for p in error.value.problems] == ["workbook:D105"]
