"""Any sheet by a mapping: the sheet that is named, merged cells, places as data."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

import jmdi
from jmdi import Actor, DataError, KnowledgeItem

MAPPING = {
    "kind": "item",
    "table": {"sheet": "Log", "header_row": 2},
    "columns": {"Title": "names", "Place": "territory", "Date": "date", "Mail": "drop"},
}


def book() -> io.BytesIO:
    made = openpyxl.Workbook()
    made.active.title = "Notes"
    sheet = made.create_sheet("Log")
    for row in (
        ["What we collected"],
        ["Title", "Place", "Date", "Mail"],
        ["A", "Alba", datetime.date(2026, 3, 4), "a@example.org"],
        ["B", None, "soon", None],
    ):
        sheet.append(row)
    sheet.merge_cells("B3:B4")
    file = io.BytesIO()
    made.save(file)
    file.seek(0)
    return file


def test_a_sheet_becomes_records() -> None:
    data = jmdi.read(book(), format="workbook:table", mapping=MAPPING)
    items = data.of(KnowledgeItem)
    assert [i.label() for i in items] == ["A", "B"]
    assert items[0].territory == items[1].territory is not None
    assert items[0].date is not None
    assert (items[0].date.edtf, items[1].date.words) == ("2026-03-04", "soon")
    assert items[1].sources[0].locator == "[Log] row 4"
    (unread,) = [p for p in data.problems if p.code == "J545"]
    assert (unread.where.sheet, unread.where.row, unread.where.column) == ("Log", 4, 3)
    assert [p.value for p in data.problems if p.code == "J549"] == ["What we collected"]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({**MAPPING, "table": {"sheet": "Logs"}}, "did you mean 'Log'"),
        ({**MAPPING, "columns": {"Titel": "names"}}, "did you mean 'Title'"),
        ({**MAPPING, "kind": "itme"}, "did you mean item"),
        (None, "jmdi mapping FILE"),
    ],
)
def test_what_does_not_fit_says_its_cure(mapping: dict[str, object] | None, said: str) -> None:
    with pytest.raises(DataError, match=said):
        jmdi.read(book(), format="workbook:table", mapping=mapping)


def test_the_option_says_which_importer_it_is(tmp_path) -> None:
    file = tmp_path / "log.xlsx"
    file.write_bytes(book().getvalue())
    table = {"sheet": "Log", "header_row": 2}
    columns = {"Title": "names", "Mail": "drop"}
    mapping = {"kind": "actor", "table": table, "columns": columns}
    data = jmdi.read(file, mapping=mapping)  # whatever is installed
    assert [actor.label() for actor in data.of(Actor)] == ["A", "B"]
