"""Word and Excel files as a ministry would send them."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from jmdi import (
    Action,
    Actor,
    Audience,
    Dataset,
    Model,
    Money,
    Observation,
    Participates,
    Period,
    Place,
    Territory,
    WorkPlan,
    code,
)
from jmdi_workplan.export.gantt import chart_of
from jmdi_workplan.export.widths import column_widths

WORDS = {
    "en": ("Work plan", "Open a desk", ("Advise", "Refer"), "Municipality A", "Region III"),
    "fr": (
        "Plan de travail",
        "Ouvrir un guichet",
        ("Conseiller", "Orienter"),
        "Commune A",
        "Dakar",
    ),
    "ar": ("خطة عمل", "فتح مكتب", ("إرشاد", "إحالة"), "البلدية أ", "تونس"),
}
DATES = ("2016-03-05/2016-03-09", "2016-03/2016-06", "2016-35", None)


def plan(model: Model, language: str, actions: int = 7) -> Dataset:
    """A plan of that many actions; each fourth is undated, and each third national."""
    title, name, objectives, author, place = WORDS[language]
    records = [
        Actor(id="actor/a", names={language: author}),
        Actor(id="actor/b", names={language: f"{author} B"}),
        Territory(id="territory/a", names={language: place}),
        WorkPlan(id="workplan/1", names={language: title}, country="SN", authors=("actor/a",)),
        Observation(
            id="observation/1",
            of="action/000",
            role=code("observation-role", "actual"),
            period=Period("2016-04"),
        ),
        Participates(
            id="participates/1",
            source="actor/b",
            target="action/000",
            role=code("organisation-role", "funding"),
        ),
    ]
    for number in range(actions):
        date = DATES[number % 4]
        records.append(
            Action(
                id=f"action/{number:03}",
                workplan="workplan/1",
                position=number + 1,
                names={language: f"{name} {number + 1}"},
                level=code("governance-level", "national" if number % 3 == 2 else "local"),
                objectives=tuple({language: words} for words in objectives),
                audience=(Audience(who={language: author}),),
                places=(Place(territory="territory/a"),),
                timeline=Period(date) if date else Period(reason="to_be_determined"),
                finance=(Money("1500", "EUR") if number % 2 else Money(reason="in_kind"),),
            )
        )
    return model.dataset(records)


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.build(["workplan"])


def written(model: Model, ds: Dataset, name: str) -> io.BytesIO:
    stream = io.BytesIO()
    model.write(ds, stream, format=f"workplan:{name}")
    stream.seek(0)
    return stream


@pytest.mark.parametrize("name", ["docx", "xlsx", "csv", "markdown"])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_plan_made_by_hand_comes_back_in_its_language(
    model: Model, language: str, name: str
) -> None:
    ds = plan(model, language)
    again = model.read(written(model, ds, name), format=f"workplan:{name}")

    def facts(dataset: Dataset) -> list[object]:
        actions = sorted(dataset.of(Action), key=lambda a: (a.level and a.level.code, a.label()))
        return [
            (
                a.label(),
                a.level and a.level.code,
                [pick for objective in a.objectives for pick in objective.values()],
                a.timeline and (a.timeline.edtf, a.timeline.reason),
                [(m.amount, m.currency, m.reason) for m in a.finance],
            )
            for a in actions
        ]

    assert facts(again) == facts(ds)
    assert again.of(WorkPlan)[0].label() == ds.of(WorkPlan)[0].label()
    twice = model.read(written(model, again, name), format=f"workplan:{name}")
    assert str(again.diff(twice, sources=False)) == "no difference"


def test_a_word_table_is_fit_to_be_sent(model: Model) -> None:
    document = docx.Document(written(model, plan(model, "en", 60), "docx"))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((297, 210), abs=0.1)
    footer = section.footer._element.xml
    assert "PAGE" in footer and "NUMPAGES" in footer
    captions = [p.text for p in document.paragraphs if p.style.name == "Table caption"]
    assert captions == ["Local level", "National level"]
    for table in document.tables:
        rows = [row._tr.trPr for row in table.rows]
        assert rows[0].find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
        room = section.page_width - section.left_margin - section.right_margin
        assert sum(column.width for column in table.columns) == pytest.approx(room, rel=0.001)
        assert table.columns[0].width < table.columns[3].width
        lists = [p for p in table.rows[1].cells[1].paragraphs if p._p.pPr.numPr is not None]
        assert [p.text for p in lists] == ["Advise", "Refer"]


def test_arabic_is_written_from_right_to_left(model: Model) -> None:
    ds = plan(model, "ar")
    document = docx.Document(written(model, ds, "docx"))
    table = document.tables[0]
    assert table._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    paragraphs = [*document.paragraphs, *(p for c in table.rows[1].cells for p in c.paragraphs)]
    assert all(p._p.pPr.find(qn("w:bidi")) is not None for p in paragraphs if p.text)
    book = openpyxl.load_workbook(written(model, ds, "xlsx"))
    assert all(sheet.sheet_view.rightToLeft for sheet in book)
    english = openpyxl.load_workbook(written(model, plan(model, "en"), "xlsx"))
    assert not any(sheet.sheet_view.rightToLeft for sheet in english)


def test_a_sheet_prints_on_one_page_width(model: Model) -> None:
    book = openpyxl.load_workbook(written(model, plan(model, "fr", 60), "xlsx"))
    assert book.sheetnames == ["Niveau local", "Niveau national", "Chronogramme", "Synthèse"]
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage  # one page wide unless said otherwise
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
        assert "&P" in sheet.oddFooter.center.text
    first = book["Niveau local"]
    head = next(row[0].row for row in first.iter_rows() if row[0].value == "Action / espace")
    assert first.freeze_panes == f"A{head + 1}"
    assert first.print_title_rows == f"${head}:${head}"
    assert first.row_dimensions[head + 1].height > 25  # two objectives, two lines


def test_the_chart_and_the_summary_are_not_read_again(model: Model) -> None:
    ds = plan(model, "en")
    data = written(model, ds, "xlsx")
    again = model.read(data, format="workplan:xlsx")
    problems = [p for p in again.problems if p.code == "workplan:D145"]
    assert len(again.of(Action)) == 7
    assert len(problems) == 2
    book = openpyxl.load_workbook(data)
    cells = [[cell.value for cell in row] for row in book["Timeline"].iter_rows(min_row=4)]
    assert cells[0][2:] == ["3", "4", "5", "6", "7", "8", "9"]
    fills = [cell.fill.fill_type for cell in book["Timeline"][6]]
    assert fills[2:] == ["solid", "solid", "solid", "solid", None, None, None]
    assert cells[1][3] == "✓"
    assert cells[4][:2] == ["Open a desk 4", "To be determined"]
    summary = [[cell.value for cell in row] for row in book["Summary"].iter_rows()]
    assert summary[3][:5] == ["Not stated", "2016", "EUR", 2, 3000]
    assert ["Municipality A", 7] in [row[:2] for row in summary]


def test_the_chart_takes_coarser_columns_for_longer_plans(model: Model) -> None:
    def steps(*dates: str) -> tuple[int, int]:
        actions = [Action(id=d, timeline=Period(d)) for d in dates]
        chart = chart_of(actions, model.dataset(actions))
        return chart.step, chart.columns

    assert steps("2015-11", "2016-02") == (1, 4)
    assert steps("2015", "2020") == (3, 24)
    assert steps("2000", "2020") == (12, 21)
    assert steps("0001", "9999") == (12 * 209, 48)
    assert steps() == (1, 0)


def test_a_long_title_block_has_a_sheet_of_its_own(model: Model) -> None:
    notes = tuple(f"Line {number}" for number in range(20))
    whole = WorkPlan(id="workplan/1", names={"en": "Plan"}, notes=notes)
    ds = plan(model, "en").without("workplan/1").with_records(whole)
    book = openpyxl.load_workbook(written(model, ds, "xlsx"))
    assert book.sheetnames[:2] == ["Plan", "Local level"]
    assert book["Local level"].freeze_panes == "A3"


@given(
    rows=st.integers(1, 6).flatmap(
        lambda n: st.lists(st.lists(st.text(max_size=60), min_size=n, max_size=n), max_size=5)
    )
)
def test_columns_fit_the_page_and_hold_what_stands_in_them(rows: list[list[str]]) -> None:
    widths = column_widths(rows, 100)
    assert sum(widths) <= 100 + 1e-9 or len(widths) > 1
    assert all(width > 0 for width in widths)
    if rows and len(rows[0]) > 1:
        assert len(widths) == len(rows[0])
