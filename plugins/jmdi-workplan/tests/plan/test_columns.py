from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmdi_workplan.plan.columns import is_plan_table, match_columns
from jmdi_workplan.plan.gantt import read_period
from jmdi_workplan.plan.header_rows import header_rows, join_headers
from jmdi_workplan.plan.rows import row_role

# Header rows as plans have them: "header text = meaning", "-" for a column not understood.
ROWS = Path(__file__).with_name("header_rows.txt").read_text(encoding="utf-8")
TABLES = [
    [tuple(part.strip() for part in cell.rsplit(" = ", 1)) for cell in line.split(" | ")]
    for line in ROWS.strip().splitlines()
]


def meant(cells: list[tuple[str, ...]]) -> list[str]:
    return [column.meaning or "-" for column in match_columns([text for text, _ in cells])]


def test_there_are_sixty_header_rows() -> None:
    assert len(TABLES) >= 60
    assert len({str(cells) for cells in TABLES}) == len(TABLES)


@pytest.mark.parametrize("cells", TABLES, ids=lambda cells: cells[0][0])
def test_real_headers(cells: list[tuple[str, ...]]) -> None:
    columns = match_columns([text for text, _ in cells])
    assert [column.meaning or "-" for column in columns] == [meaning for _, meaning in cells]
    assert is_plan_table(columns)
    assert header_rows([[text for text, _ in cells], ["x"] * len(cells)]) == 1


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_order_of_columns_changes_nothing(data: st.DataObject) -> None:
    cells = data.draw(st.permutations(data.draw(st.sampled_from(TABLES))))
    assert meant(cells) == [meaning for _, meaning in cells]


@pytest.mark.parametrize("cells", TABLES, ids=lambda cells: cells[0][0])
def test_case_breaks_and_footnotes_change_nothing(cells: list[tuple[str, ...]]) -> None:
    for before, after in (("{}", "{}*"), (" {}", "{} :"), ("{}", "{} (2)")):
        typed = [(after.format(before.format(text)), meaning) for text, meaning in cells]
        assert meant(typed) == meant(cells)
    for change in (str.upper, str.lower, lambda text: text.replace(" ", "\n")):
        assert meant([(change(text), meaning) for text, meaning in cells]) == meant(cells)


@pytest.mark.parametrize(
    ("header", "unit", "period"),
    [
        ("2015 / Jan", "month", "2015-01"),
        ("Timeline / 2015 / Feb", "month", "2015-02"),
        ("Enero de 2016", "month", "2016-01"),
        ("août 2015", "month", "2015-08"),
        ("01/2015", "month", "2015-01"),
        ("2015 / M3", "month", "2015-03"),
        ("2015 / Q1", "quarter", "2015-33"),
        ("T4 2015", "quarter", "2015-36"),
        ("1er trimestre 2015", "quarter", "2015-33"),
        ("II Trimestre 2015", "quarter", "2015-34"),
        ("Second semester 2015", "semester", "2015-41"),
        ("S1 2016", "semester", "2016-40"),
        ("2015", "year", "2015"),
        ("2015-2016", "year", "2015/2016"),
        ("Oct–Dec 2015", "month", "2015-10/2015-12"),
        ("2015 / Q1 / Planned", "quarter", "2015-33"),
        ("Year 1 (2015)", "year", "2015"),
        ("Année 2 : 2016 / T1", "quarter", "2016-33"),
        ("2015 / ر1", "quarter", "2015-33"),
        ("Jan", "month", None),
        ("Q1", "quarter", None),
        ("Jan-15", "month", None),
        ("FY 2015 / Q1", "quarter", None),
        ("Year 1 / M3", "relative-month", None),
        ("Année 1 / T2", "relative-quarter", None),
        ("Y1Q1", "relative-quarter", None),
        ("Año 1", "relative-year", None),
        ("Month / 3", "relative-month", None),
        ("M14", "relative-month", None),
        ("Semaine 12", "week", None),
    ],
)
def test_calendar_columns(header: str, unit: str, period: str | None) -> None:
    _, column = match_columns(["Activity", header])
    assert (column.meaning, column.period, column.header) == (unit, period, header)


@pytest.mark.parametrize(
    "header",
    [
        "Budget 2015",
        "Month",
        "Timeline",
        "Objective",
        "3",
        "",
        "October 19, 2015",
        "05 Oct 2015",
        "19 octobre 2015",
        "15 Jan 16",
    ],
)
def test_not_calendar_columns(header: str) -> None:
    assert read_period(header) is None


def test_neighbours_decide() -> None:
    months = [f"{name}-15" for name in ("Jan", "Feb", "Mar")]
    found = match_columns(["Task", *months])
    assert [column.period for column in found[1:]] == ["2015-01", "2015-02", "2015-03"]
    found = match_columns(["Task", *(f"2015 / {letter}" for letter in "JFMAMJJASOND")])
    assert [column.period for column in found[1:]] == [f"2015-{n:02d}" for n in range(1, 13)]
    found = match_columns(["Task", *(f"2016 / {n}" for n in range(1, 13))])
    assert [column.period for column in found[1:]] == [f"2016-{n:02d}" for n in range(1, 13)]
    found = match_columns(["Task", "S1", "S2", "S3", "S4"])
    assert {column.meaning for column in found[1:]} == {"week"}


def test_status_under_a_quarter_keeps_both() -> None:
    found = match_columns(["Activity", "Q1 2015 / Planned", "Q1 2015 / Status"])
    assert [(one.meaning, one.period) for one in found[1:]] == [
        ("quarter", "2015-33"),
        ("status", "2015-33"),
    ]


def test_budget_by_year_is_finance() -> None:
    found = match_columns(["Activity", "Budget / 2015", "2016 / Budget"])
    assert found[2].meaning == "finance"
    assert found[2].period == "2016"


def test_running_numbers_without_a_header() -> None:
    rows = [["1", "A"], ["2", "B"], ["3", "C"]]
    assert match_columns(["", "Activity"], rows)[0].meaning == "number"
    assert match_columns(["", "Activity"], [["x", "A"], ["y", "B"]])[0].meaning is None


@pytest.mark.parametrize(
    "header",
    [
        ["Name", "Phone", "E-mail"],
        ["Item", "Unit"],
        ["", ""],
        [],
        ["Budget", "Timeline"],
        ["No.", "Activity"],
        ["Activity"],
    ],
)
def test_other_tables_are_no_plans(header: list[str]) -> None:
    assert not is_plan_table(match_columns(header))


@pytest.mark.parametrize(
    ("rows", "depth"),
    [
        ([["Activity", "Budget"], ["Training", "100"]], 1),
        ([["WORK PLAN", "", ""], ["Activity", "Place", "Budget"], ["a", "b", "c"]], 2),
        ([["Activity", "2015", "2015"], ["Activity", "Q1", "Q2"], ["Training", "x", ""]], 2),
        ([["Activity", "2015", ""], ["", "Q1", "Q2"], ["Training", "x", ""]], 2),
        ([["Activity", "Timeline", ""], ["", "Start", "End"], ["Training", "May", "June"]], 2),
        ([["Activity", "2015"], ["Activity", "Q1"], ["Training", "x"]], 2),
        ([["Activity", "2015", *[""] * 11], ["", *"JFMAMJJASOND"], ["Training", *"x" * 12]], 2),
        ([["Activity", "2015", "", ""], ["", "I", "II", "III"], ["Training", "x", "", ""]], 2),
        ([["Activity", "Timeline", "", "", ""], ["", "1", "2", "1", "2"], ["Training", "x"]], 2),
        ([["Activity", "2015", "", ""], ["", "Q1", "Q2", "Budget"], ["Training", "x"]], 2),
        ([["Activity", "Objective", "Timeline"], ["A", "B", "October 19, 2015"]], 1),
        ([["Activity", "Objective", "Timeline"], ["A", "B", "October 2015"]], 1),
        ([["Activity", "Objective", "Timeline", ""], ["A", "B", "Q1", "Q2"]], 1),
        ([["Activity", "", "Timeline", ""], ["A", "C", "2015", "2016"]], 1),
        ([["No.", "Activity", "Timeline", ""], ["1", "A", "May 2015", "June 2015"]], 1),
        ([["Activity", "Timeline", ""], ["", "19 October 2015", "21 October 2015"]], 1),
        ([["Activity", "Place", "Budget"], ["A", "PH", "5"], ["B", "IT", "6"]], 1),
        ([["Training", "Dakar"], ["Forum", "Thiès"], ["Activity", "Budget"]], 0),
        ([["Forum", "Region III", "Partners"], ["Activity", "Place", "Budget"]], 0),
        ([["Activity 1", "Region VII", "Partners"]], 0),
        ([["a", "b"], ["c", "d"]], 0),
        ([], 0),
    ],
)
def test_header_rows(rows: list[list[str]], depth: int) -> None:
    assert header_rows(rows) == depth


@given(st.data())
def test_rows_of_short_cells_are_data(data: st.DataObject) -> None:
    short = st.sampled_from(
        ["A", "B", "PH", "1", "12", "x", "2015", "Q1", "May 2015", "1 May 2015"]
    )
    row = data.draw(st.lists(short, min_size=3, max_size=3))
    assert header_rows([["Activity", "Objective", "Timeline"], row]) == 1


def test_headers_are_joined() -> None:
    rows = [["WORK PLAN", "", "", ""], ["Activity", "2015", "", "Budget"], ["", "Q1", "Q2", ""]]
    assert join_headers(rows, 3) == ("Activity", "2015 / Q1", "2015 / Q2", "Budget")
    assert join_headers([], 0) == ()
    rows = [["Activity", "2015", "", ""], ["", "I", "II", "III"]]
    assert join_headers(rows, 2)[1:] == ("2015 / I", "2015 / II", "2015 / III")


@pytest.mark.parametrize(
    ("texts", "role"),
    [
        (["Training", "Dakar", "May"], "action"),
        (["", " ", ""], "empty"),
        (["TOTAL GENERAL", "", "1 500"], "total"),
        (["Sous-total niveau local", "", "1 500"], "total"),
        (["Total", "1 500"], "total"),
        (["Grand total:", "USD 3,000"], "total"),
        (["", "Subtotal", "10"], "total"),
        (["Total quality management training for municipal staff of the region", "x"], "action"),
        (["Phase 2: consolidation", "", ""], "section"),
        (["Outcome 1", "Outcome 1", "Outcome 1"], "section"),
        (["Training"] * 3, "section"),
        (["Niveau local", "", ""], "section"),
        (["Eje 2: gobernanza", "", ""], "section"),
        (["Training of trainers", "", ""], "action"),
        (["* to be confirmed", "", ""], "note"),
        (["Note: subject to funds", ""], "note"),
        (["Action", "Objective", "Target audience"], "repeat-header"),
    ],
)
def test_row_roles(texts: list[str], role: str) -> None:
    assert row_role(texts) == role


def test_a_repeated_header_is_known_by_the_header() -> None:
    header = ["Foo", "2015 / Q1"]
    assert row_role(["Foo", "Q1"], header) == "repeat-header"
    assert row_role(["Foo", "x"], header) == "action"


WORDS = st.sampled_from(
    [
        "Action",
        "of",
        "de la",
        "/",
        " / ",
        "Budget",
        "2015",
        "Q1",
        "Jan",
        "(",
        ")",
        "*",
        "1.",
        "Q",
        "S3",
        "and",
        "objectif",
        "J",
        "F",
        "-15",
        "\n",
        "Year 1",
        "trimestre",
        "³",
        "№",
        "#",
        "",
    ]
)
HEADERS = st.lists(
    st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=8).map(" ".join)), max_size=20
)


@given(HEADERS, st.lists(HEADERS, max_size=6))
@settings(max_examples=250, deadline=None)
def test_anything_is_read(header: list[str], rows: list[list[str]]) -> None:
    columns = match_columns(header, rows)
    assert [column.index for column in columns] == list(range(len(header)))
    for column in columns:
        assert 0 <= column.score <= 1
        assert (column.meaning is None) == (column.score == 0)
        assert column.period is None or column.meaning is not None
    is_plan_table(columns)
    depth = header_rows([header, *rows])
    assert 0 <= depth <= len(rows) + 1
    join_headers([header, *rows], depth)
    for row in rows:
        assert row_role(row, header) in (
            "action",
            "section",
            "total",
            "note",
            "repeat-header",
            "empty",
        )


@pytest.mark.parametrize("unit", ["a ", "Action ", "/ ", "(", "* ", "2015 ", "1. ", "Q1", " / "])
def test_long_and_wide_headers_are_bounded(unit: str) -> None:
    match_columns([unit * 20_000, unit * 100])
    columns = match_columns([unit + str(number) for number in range(2_000)])
    assert len(columns) == 2_000
    header_rows([[unit * 50] * 2_000] * 20)
    row_role([unit * 20_000] * 3)


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("Projet | Objectifs | Lieu", "action objective place"),
        ("Project | Activities | Budget", "section action finance"),
        ("المشروع | المكان | الكلفة", "action place finance"),
        ("Activity | Time frame / From | Time frame / To", "action start end"),
        ("Activity | Budget / Donor | USD", "action funding-source finance"),
        ("Activity | Lead | Collaborating", "action responsible partner"),
    ],
)
def test_columns_that_depend_on_others(header, meant):
    columns = match_columns(header.split(" | "))
    assert " ".join(column.meaning or "?" for column in columns) == meant


def test_a_row_of_labels_is_no_header():
    assert header_rows([["Country", "Project", "Period"], ["Mali", "Retour", "2016"]]) == 0


def test_a_currency_is_a_name_below_a_budget():
    rows = ["Activity", "Time frame 2023", "", "Budget", ""], ["", "Q1", "Q2", "Donor", "USD"]
    assert header_rows([*rows, ["Forum", "x", "", "Town Hall", "500"]]) == 2


@pytest.mark.parametrize(
    "heads",
    [
        ("Strategy", "Programs / projects", "Office", "Budget"),
        ("Stratégies", "Programmes / projets", "Service", "Budget"),
        ("Estrategias", "Programas y proyectos", "Unidad responsable", "Presupuesto"),
        ("Estratégia", "Programas/Projectos/Actividades", "Responsável", "Orçamento"),
        ("الاستراتيجية", "البرامج والمشاريع", "الجهة المسؤولة", "الميزانية"),
    ],
)
def test_a_strategy_is_no_action_beside_projects(heads: tuple[str, ...]) -> None:
    meant = [column.meaning for column in match_columns(heads)]
    assert meant[0] != "action"
    assert meant[1] == "action"
