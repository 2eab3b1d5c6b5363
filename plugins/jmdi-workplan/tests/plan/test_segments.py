"""Where tables begin and end, and which rows are one action, in files as people type them."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import openpyxl
import pytest

from jmdi import Action, Dataset, Model, Territory, WorkPlan, pick

Merge = tuple[int, int, int, int]
HEADS = {
    "en": ("Action", "Objective", "Timeline", "Budget"),
    "fr": ("Action", "Objectif", "Calendrier", "Coût"),
    "es": ("Acción", "Objetivo", "Cronograma", "Presupuesto"),
    "pt": ("Ação", "Objetivo", "Prazo", "Orçamento"),
    "ar": ("النشاط", "الهدف", "الجدول الزمني", "الميزانية"),
}
CAPTIONS = {
    "en": ("Table 1: At the local level", "Table 2 – At the national level"),
    "fr": ("Tableau 1 : au niveau local", "Tableau 2. Niveau national"),
    "es": ("Cuadro 1: A nivel local", "Cuadro 2: A nivel nacional"),
    "pt": ("Quadro 1: Nível local", "Quadro 2: Nível nacional"),
    "ar": ("الجدول 1: المستوى المحلي", "الجدول 2: المستوى الوطني"),
}
FORUM = ("Forum", "Inform", "2016-03", "USD 500")
LAW = ("Law", "Vote", "2016-05", "USD 900")


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.build(["workplan"])


def typed(*rows: Sequence[str]) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()


def sheets(**rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook; a cell ``<`` is merged with the one to its left, ``^`` with the one above."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in rows.items():
        sheet = book.create_sheet(title)
        for number, line in enumerate(lines, 1):
            for column, cell in enumerate(line, 1):
                if cell not in ("<", "^", ""):
                    sheet.cell(number, column, cell)
        for first, left, last, right in merges(lines):
            sheet.merge_cells(
                start_row=first + 1, start_column=left + 1, end_row=last + 1, end_column=right + 1
            )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def merges(rows: Sequence[Sequence[object]]) -> list[Merge]:
    found = []
    for row, line in enumerate(rows):
        for column, cell in enumerate(line):
            if cell in ("<", "^"):
                continue
            right, last = column, row
            while right + 1 < len(line) and line[right + 1] == "<":
                right += 1
            while last + 1 < len(rows) and len(rows[last + 1]) > column:
                if rows[last + 1][column] != "^":
                    break
                last += 1
            if (right, last) != (column, row):
                found.append((row, column, last, right))
    return found


def document(*blocks: str | Sequence[Sequence[str]]) -> bytes:
    """A Word document of paragraphs and tables, which merge as in `sheets`; # is a heading."""
    made = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_heading(block[1:]) if block[0] == "#" else made.add_paragraph(block)
            continue
        fill(made.add_table(len(block), len(block[0])), block)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def fill(table: docx.table.Table, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell not in ("<", "^"):
                table.cell(number, column).text = cell
    for first, left, last, right in merges(rows):
        table.cell(first, left).merge(table.cell(last, right))


def read(model: Model, data: bytes, document: str = "csv", **options: object) -> Dataset:
    return model.read(io.BytesIO(data), format=f"workplan:{document}", **options)


def titles(found: Dataset) -> list[str]:
    return [pick(action.names) for action in found.of(Action)]


def levels(found: Dataset) -> list[str | None]:
    return [action.level.code if action.level else None for action in found.of(Action)]


def amounts(action: Action) -> list[tuple[str, str | None]]:
    return [(str(m.amount), m.currency) for m in action.finance if m.amount is not None]


@pytest.mark.parametrize("language", HEADS)
@pytest.mark.parametrize("apart", [True, False])
def test_captions_in_one_grid_give_the_levels(model: Model, language: str, apart: bool) -> None:
    (one, two), head = CAPTIONS[language], HEADS[language]
    blank = [("",) * 4] if apart else []
    rows = [("Plan 2016",), (one,), head, FORUM, *blank, (two,), head, LAW]
    for data, kind in ((typed(*rows), "csv"), (sheets(Plan=rows), "xlsx")):
        found = read(model, data, kind)
        assert titles(found) == ["Forum", "Law"]
        assert levels(found) == ["local", "national"]
        assert [pick(table.title) for table in found.of(WorkPlan)[0].tables] == [one, two]


@pytest.mark.parametrize("language", HEADS)
def test_captions_between_word_tables_give_the_levels(model: Model, language: str) -> None:
    (one, two), head = CAPTIONS[language], HEADS[language]
    found = read(model, document("Plan 2016", one, [head, FORUM], two, [head, LAW]), "docx")
    assert levels(found) == ["local", "national"]


def test_a_heading_above_the_caption_gives_the_level_of_all_its_tables(model: Model) -> None:
    head = HEADS["en"]
    data = document(
        "Plan 2016",
        "#National level",
        "Table 1: Laws",
        [head, LAW],
        "Table 2: Meetings",
        [head, FORUM],
        "Table 3: Local level",
        [head, FORUM],
        "Other actions",
        [head, FORUM],
    )
    assert levels(read(model, data, "docx")) == ["national", "national", "local", None]


def test_a_title_block_between_tables_is_no_action(model: Model) -> None:
    block = [("Country", "Nepal"), ("Prepared by", "Planning unit")]
    head = HEADS["en"]
    rows = [("Plan 2016",), *block, head, FORUM, ("",), ("Plan 2016",), *block, head, LAW]
    found = read(model, typed(*rows, ("",), ("Prepared by: Planning unit",)))
    assert titles(found) == ["Forum", "Law"]
    (plan,) = found.of(WorkPlan)
    assert plan.country == "NP"
    assert len(plan.authors) == 1


def test_a_heading_names_the_territory_of_what_follows(model: Model) -> None:
    head = HEADS["en"]
    rows = [("Plan 2016",), ("Country", "Philippines"), ("Actions in Region V",), head, FORUM]
    rows += [("",), ("Actions in Region XI",), head, LAW, ("Fair in Region I", "See", "", "")]
    found = read(model, typed(*rows))
    places = [[place.territory or "" for place in action.places] for action in found.of(Action)]
    codes = [[found.get(t, Territory).code for t in own] for own in places]
    assert [[code.code for code in own if code] for own in codes] == [
        ["PH-05"],
        ["PH-11"],
        ["PH-01"],
    ]


def test_each_sheet_has_its_own_title_block_and_header(model: Model) -> None:
    local = [("Plan 2016",), ("Pays", "Sénégal"), (), HEADS["fr"], FORUM]
    national = [("Plan 2016",), ("Pays", "Sénégal"), (), ("N°", *HEADS["fr"]), (1, *LAW), (2,)]
    found = read(model, sheets(**{"Niveau local": local, "Niveau national": national}), "xlsx")
    assert titles(found) == ["Forum", "Law"]
    assert levels(found) == ["local", "national"]
    assert found.of(WorkPlan)[0].country == "SN"
    assert [p.code for p in found.problems] == ["workplan:W207"]


def test_a_header_repeated_on_the_next_page_opens_no_table(model: Model) -> None:
    head = HEADS["en"]
    inside = typed(("Plan",), head, FORUM, head, LAW)
    pages = document("Plan", [head, FORUM], [head, LAW])
    bare = document("Plan", [head, FORUM], [LAW, ("", "", "2016-07", "")])
    for data, kind in ((inside, "csv"), (pages, "docx"), (bare, "docx")):
        found = read(model, data, kind)
        assert titles(found) == ["Forum", "Law"]
        assert len(found.of(WorkPlan)[0].tables) == 1


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_action_over_several_rows_is_one_action(model: Model, kind: str) -> None:
    rows = [
        HEADS["en"],
        ("Forum", "Inform", "Region III: October 19, 2015", "USD 1,500"),
        ("^", "^", "Region VII: October 21, 2015", "^"),
        ("^", "^", "Region XI: October 22, 2015", "^"),
        ("Law", "Vote", "May 2016", "USD 900"),
    ]
    found = read(model, document("Plan", rows) if kind == "docx" else sheets(Plan=rows), kind)
    assert titles(found) == ["Forum", "Law"]
    timeline = found.of(Action)[0].timeline
    assert timeline is not None
    assert timeline.edtf == "{2015-10-19,2015-10-21,2015-10-22}"
    assert [amounts(a) for a in found.of(Action)] == [[("1500", "USD")], [("900", "USD")]]


def test_blank_cells_below_the_first_go_on_with_it(model: Model) -> None:
    rows = [
        ("Objective", "Activity", "Responsible", "Start", "End", "Budget"),
        ("Inform", "Forum", "City", "2016-01", "2016-02", "USD 5"),
        ("", "", "Union", "2016-05", "2016-06", "USD 6"),
        ("", "Guide", "City", "2016-03", "2016-04", "USD 7"),
        ("", "", "", "2016-05", "2016-06", ""),
        ("Protect", "Desk", "City", "2016-07", "2016-08", "USD 8"),
        ("Train", "", "City", "2016-07", "2016-08", "USD 9"),
    ]
    found = read(model, typed(*rows))
    forum, guide, desk, unnamed = found.of(Action)
    assert amounts(forum) == [("5", "USD"), ("6", "USD")]
    assert forum.timeline is not None
    assert (forum.timeline.edtf, forum.timeline.reason) == (None, "ambiguous")
    assert [part.edtf for part in forum.timeline.parts] == ["2016-01/2016-02", "2016-05/2016-06"]
    assert guide.timeline is not None
    assert guide.timeline.edtf == "2016-03/2016-06"
    assert [pick(o) for o in guide.objectives] == ["Inform"]
    assert guide.cells[0] == ""
    assert [pick(o) for o in desk.objectives] == ["Protect"]
    assert unnamed.names == {}


def test_a_column_that_repeats_itself_is_no_group(model: Model) -> None:
    rows = [("Objective", "Activity", "Budget"), ("Inform", "Forum", "USD 5")]
    rows += [("Inform", "Guide", "USD 5"), ("", "Desk", "USD 5")]
    assert read(model, typed(*rows)).of(Action)[2].objectives == ()


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_amount_merged_over_two_actions_is_counted_once(model: Model, kind: str) -> None:
    rows = [
        HEADS["en"],
        FORUM,
        ("Law", "Vote", "2016-05", "^"),
        ("Fair", "See", "2016-06", "USD 7"),
    ]
    found = read(model, document("Plan", rows) if kind == "docx" else sheets(Plan=rows), kind)
    forum, law, fair = found.of(Action)
    assert amounts(forum) == [("500", "USD")]
    assert forum.finance[0].extra == {"shared": True}
    (shared,) = law.finance
    assert (shared.amount, shared.reason, shared.words) == (None, "shared", "USD 500")
    assert amounts(fair) == [("7", "USD")]
    assert not fair.finance[0].extra


UN = {
    "en": ("Expected outputs|Planned activities|Timeframe|Responsible party|Planned budget",
           "Funding source|Budget description|Amount (USD)"),
    "fr": ("Produits attendus|Activités planifiées|Calendrier|Partie responsable|Budget prévu",
           "Source de financement|Description du budget|Montant (USD)"),
    "es": ("Productos esperados|Actividades planificadas|Cronograma|Parte responsable|Presupuesto",
           "Fuente de financiamiento|Descripción del presupuesto|Monto (USD)"),
}  # fmt: skip


@pytest.mark.parametrize("language", UN)
@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv"])
def test_the_annual_work_plan_of_the_united_nations(model: Model, language: str, kind: str) -> None:
    names, below = (part.split("|") for part in UN[language])
    rows = [
        [*names[:2], names[2], "<", "<", "<", *names[3:], "<", "<"],
        ["^", "^", "Q1 2016", "Q2 2016", "Q3 2016", "Q4 2016", "^", *below],
        ["Plans", "Train", "X", "X", "", "", "Ministry", "TRAC", "Contracts", "12,000"],
        ["^", "^", "^", "^", "^", "^", "^", "SDC", "Travel", "3,500"],
        ["^", "Visit", "", "", "X", "", "City", "SDC", "Workshops", "8,000"],
        ["TOTAL", "<", "<", "<", "<", "<", "<", "<", "<", "23,500"],
    ]  # fmt: skip
    if kind == "csv":
        data = typed(*([{"<": "", "^": ""}.get(cell, cell) for cell in row] for row in rows))
    else:
        data = document("Plan", rows) if kind == "docx" else sheets(Plan=rows)
    found = read(model, data, kind)
    train, visit = found.of(Action)
    assert [pick(train.names), pick(visit.names)] == ["Train", "Visit"]
    assert amounts(train) == [("12000", "USD"), ("3500", "USD")]
    notes = [(money.note or "").split("; ")[-2:] for money in train.finance]
    assert notes == [["TRAC", "Contracts"], ["SDC", "Travel"]]
    assert amounts(visit) == [("8000", "USD")]
    assert train.timeline is not None
    assert train.timeline.edtf == "2016-33/2016-34"
    assert visit.timeline is not None
    assert visit.timeline.edtf == "2016-35"
    assert len(found.of(WorkPlan)[0].tables[0].notes) == 1


def test_headings_in_a_table_stand_below_each_other(model: Model) -> None:
    rows = [
        ("No", "Activity", "Responsible", "Budget"),
        ("1", "Better services", "", ""),
        ("1.1", "Training", "", ""),
        ("1.1.1", "Train the desk", "City", "USD 5"),
        ("1.2", "Guides", "", ""),
        ("1.2.1", "Print", "City", "USD 6"),
        ("2", "Networks", "", ""),
        ("2.1", "Forum", "Union", "USD 7"),
        ("", "Outcome 3: Nothing yet", "", ""),
        ("", "Outcome 4: Work", "", ""),
        ("", "Fair", "City", "USD 8"),
    ]
    found = read(model, typed(*rows))
    assert titles(found) == ["Train the desk", "Print", "Forum", "Fair"]
    assert [action.section for action in found.of(Action)] == [
        "1 | Better services / 1.1 | Training",
        "1 | Better services / 1.2 | Guides",
        "2 | Networks",
        "Outcome 4: Work",
    ]
    assert found.of(WorkPlan)[0].tables[0].notes == ("Outcome 3: Nothing yet",)


def test_a_heading_inside_a_table_gives_the_level(model: Model) -> None:
    over = ("<", "<", "<")
    rows = [HEADS["en"], ("LOCAL LEVEL", *over), FORUM, ("Niveau national", *over), LAW]
    rows.append(("Prepared by: Planning unit", *over))
    found = read(model, document("Plan 2016", rows), "docx")
    assert titles(found) == ["Forum", "Law"]
    assert levels(found) == ["local", "national"]
    assert len(found.of(WorkPlan)[0].authors) == 1


@pytest.mark.parametrize("heads", [("A. Training", "B. Laws"), ("TRAINING", "LAWS")])
def test_lone_rows_are_headings_by_their_letters(model: Model, heads: tuple[str, str]) -> None:
    rows = [HEADS["en"], (heads[0], "", "", ""), FORUM, (heads[1], "", "", ""), LAW]
    found = read(model, typed(*rows))
    assert [action.section for action in found.of(Action)] == list(heads)


def test_three_rows_of_a_header(model: Model) -> None:
    rows = [
        ("No", "Activity", "Schedule", "", "", "", "Budget"),
        ("", "", "2016", "", "2017", "", ""),
        ("", "", "Q1", "Q2", "Q1", "Q2", ""),
        ("1", "Forum", "X", "", "", "", "USD 5"),
        ("2", "", "", "", "", "", ""),
        ("3", "Guide", "", "", "x", "x", "USD 6"),
    ]
    found = read(model, typed(*rows))
    times = [action.timeline.edtf for action in found.of(Action) if action.timeline]
    assert times == ["2016-33", "2017-33/2017-34"]


def test_a_table_in_frames_is_read(model: Model) -> None:
    made = docx.Document()
    frame = made.add_table(1, 2).cell(0, 0)
    frame.text = "Plan de trabajo 2016"
    inner = frame.add_table(1, 1).cell(0, 0)
    inner.text = "País: Ecuador"
    fill(inner.add_table(2, 4), [HEADS["es"], FORUM])
    file = io.BytesIO()
    made.save(file)
    found = read(model, file.getvalue(), "docx")
    assert titles(found) == ["Forum"]
    assert found.of(WorkPlan)[0].country == "EC"


@pytest.mark.parametrize(
    ("label", "value", "place"),
    [
        ("Territoire", "régions de Kolda et Sédhiou", "Calendrier"),
        ("Territorio", "provincia de Pichincha", "Cronograma"),
        ("Location", "districts of Kaski", "Timeline"),
    ],
)
def test_the_last_line_of_a_title_block_is_no_header(
    model: Model, label: str, value: str, place: str
) -> None:
    head = next(head for head in HEADS.values() if place in head)
    found = read(model, typed(("Plan 2016",), (label, value), head, FORUM))
    assert found.of(WorkPlan)[0].tables[0].columns == head


def test_a_plan_without_a_title_has_the_same_ids_in_any_folder(model: Model, tmp_path) -> None:
    data = typed(HEADS["en"], FORUM)
    plans = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        file = tmp_path / folder / "plan.csv"
        file.write_bytes(data)
        plans.append(model.read(file))
    assert [plan.id for plan in plans[0].of(WorkPlan)] == [
        plan.id for plan in plans[1].of(WorkPlan)
    ]
    assert plans[0].of(WorkPlan)[0].names == {}


def test_a_figure_with_more_digits_than_python_reads_counts_no_columns():
    text = f"Action,Budget,Place\n{'9' * 5000},1,2\nFair,5000,Bo\n"
    stream = io.BytesIO(text.encode())
    dataset = Model.build(["workplan"]).read(stream, format="workplan:csv", on_error="keep")
    assert "Fair" in [action.label() for action in dataset.of(Action)]
