"""What is written back is the same plan when it is read again."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
from pathlib import Path

import icalendar
import openpyxl
import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

import jmdi
from jmdi import (
    Action,
    DataError,
    Dataset,
    DatedPart,
    Model,
    Money,
    Period,
    Place,
    PlanTable,
    WorkPlan,
    code,
)
from jmdi.words.tables import LANGUAGES
from jmdi_workplan.export.labels import date_words, label
from jmdi_workplan.export.layout import COLUMNS
from jmdi_workplan.plan.columns import match_columns
from jmdi_workplan.timeline import read_timeline
from jmdi_workplan.words.lexicon import words_of

EXAMPLE = Path(__file__).parents[4] / "examples" / "workplan" / "workplan.docx"
FORMATS = ("docx", "xlsx", "csv", "markdown")


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.build(["workplan"])


def written(model: Model, ds: Dataset, name: str, **options: object) -> bytes:
    stream = io.BytesIO()
    model.write(ds, stream, format=f"workplan:{name}", **options)
    return stream.getvalue()


@pytest.mark.parametrize("name", [*FORMATS, "icalendar"])
def test_actions_whose_plan_is_not_there_are_written(model: Model, name: str) -> None:
    actions = [Action(id=one, names={"en": one}, workplan="workplan/gone") for one in ("a", "b")]
    data = written(model, Dataset([*actions, WorkPlan(id="workplan/p", names={"en": "P"})]), name)
    if name == "icalendar":
        assert data.count(b"BEGIN:VTODO") == 2
        return
    again = model.read(io.BytesIO(data), format=f"workplan:{name}", on_error="keep")
    assert [one.label() for one in again.of(Action)] == ["a", "b"]


@pytest.mark.parametrize("name", FORMATS)
def test_the_example_read_again_is_the_same_plan(model: Model, name: str) -> None:
    ds = model.read(EXAMPLE)
    again = model.read(io.BytesIO(written(model, ds, name)), format=f"workplan:{name}")
    assert str(ds.diff(again, sources=False)) == "no difference"


@pytest.mark.parametrize("name", [*FORMATS, "icalendar"])
def test_the_same_plan_gives_the_same_bytes(model: Model, name: str) -> None:
    ds = model.read(EXAMPLE)
    assert written(model, ds, name) == written(model, ds, name)


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    script = (
        "import jmdi, sys\n"
        f"ds = jmdi.read({str(EXAMPLE)!r})\n"
        f"for name in ('docx', 'xlsx', 'csv', 'md', 'ics'):\n"
        "    ds.write(sys.argv[1] + '.' + name)\n"
    )
    for seed in "012":
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / seed)],
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        )
    for ending in ("docx", "xlsx", "csv", "md", "ics"):
        first, *others = [(tmp_path / f"{seed}.{ending}").read_bytes() for seed in "012"]
        assert all(other == first for other in others), ending


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co")),
    min_size=1,
    max_size=20,
).map(lambda text: "W" + " ".join(text.split()).rstrip(":"))


@settings(max_examples=25, deadline=None)
@given(
    rows=st.lists(
        st.tuples(WORDS, WORDS, WORDS, WORDS).filter(lambda row: len(set(row)) > 1),
        min_size=1,
        max_size=4,
    ),
    name=st.sampled_from(FORMATS),
)
def test_any_words_come_back(
    model: Model, rows: list[tuple[str, str, str, str]], name: str
) -> None:
    columns = ("Action / space", "Objective", "Target audience", "Financial resources")
    plan = WorkPlan(
        id="plan",
        names={"und": "Work plan"},
        tables=(
            PlanTable(
                title={"und": "Local level"},
                columns=columns,
                meanings=("action", "objective", "audience", "finance"),
            ),
        ),
    )
    actions = [
        Action(id=str(n), workplan="plan", position=n, table=1, cells=cells)
        for n, cells in enumerate(rows, start=1)
    ]
    ds = model.dataset([plan, *actions])
    note(f"{name}: {rows}")
    again = model.read(io.BytesIO(written(model, ds, name)), format=f"workplan:{name}")
    assert [action.cells for action in again.of(Action)] == rows


@pytest.mark.parametrize("name", FORMATS)
def test_the_title_of_a_second_plan_is_no_action(model: Model, name: str) -> None:
    plans = [WorkPlan(id=letter, names={"en": f"Plan of {letter}"}) for letter in "AB"]
    actions = [
        Action(
            id=f"action/{p.id}", workplan=p.id, names={"en": "Meet"}, objectives=({"en": "Agree"},)
        )
        for p in plans
    ]
    data = written(model, model.dataset([*plans, *actions]), name)
    again = model.read(io.BytesIO(data), format=f"workplan:{name}").of(Action)
    assert [action.label() for action in again] == ["Meet", "Meet"]


def test_a_plan_made_by_hand_gets_the_six_columns(model: Model) -> None:
    plan = WorkPlan(id="plan", names={"en": "Plan of Municipality A"}, country="SN")
    action = Action(
        id="a",
        workplan="plan",
        names={"en": "Open a desk"},
        objectives=({"en": "Advise"}, {"en": "Refer"}),
        timeline=Period("2016-03"),
        finance=(Money("1200.50", "EUR"), Money(reason="in_kind")),
    )
    text = written(model, model.dataset([plan, action]), "csv").decode("utf-8-sig")
    assert "Action / space,Objective,Target audience" in text
    assert 'Open a desk,"• Advise\n• Refer",,,March 2016,"EUR 1,200.50\nIn kind"' in text
    again = model.read(io.BytesIO(text.encode()), format="workplan:csv")
    (back,) = again.of(Action)
    assert back.timeline is not None and back.timeline.edtf == "2016-03"
    assert back.objectives == ({"und": "Advise"}, {"und": "Refer"})
    assert [m.reason for m in back.finance] == [None, "in_kind"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "=HYPERLINK(0)"])
def test_a_formula_is_never_run(model: Model, text: str) -> None:
    columns = ("Activity", "Objective")
    plan = WorkPlan(id="plan", tables=(PlanTable(columns=columns),))
    action = Action(id="a", workplan="plan", table=1, cells=("Meet", text))
    ds = model.dataset([plan, action])
    assert f"'{text}" in written(model, ds, "csv").decode("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(written(model, ds, "xlsx"))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert [cell.data_type for cell in cells] == ["s"]
    for name in FORMATS:
        again = model.read(io.BytesIO(written(model, ds, name)), format=f"workplan:{name}")
        assert again.of(Action)[0].cells == ("Meet", text), name


def test_the_calendar_is_read_by_others(model: Model) -> None:
    ds = model.read(EXAMPLE)
    calendar = icalendar.Calendar.from_ical(written(model, ds, "icalendar"))
    events = list(calendar.walk("VEVENT"))
    first = [e for e in events if "regional development" in str(e["SUMMARY"])]
    assert [e["DTSTART"].dt for e in first] == [datetime.date(2015, 10, d) for d in (19, 21, 22)]
    assert [e["DTEND"].dt for e in first] == [datetime.date(2015, 10, d) for d in (20, 22, 23)]
    assert [e["LOCATION"] for e in first] == [
        "Regions III (Central Luzon)",
        "VII (Central Visayas)",
        "XI (Davao)",
    ]
    assert {e["STATUS"] for e in first} == {"CONFIRMED"}
    vague = next(e for e in events if "Financial education" in str(e["SUMMARY"]))
    assert vague["STATUS"] == "TENTATIVE"
    assert vague["DTEND"].dt == datetime.date(2016, 1, 1)
    assert not any("Exchange" in str(e["SUMMARY"]) for e in events)
    (undated,) = calendar.walk("VTODO")
    assert "Exchange" in str(undated["SUMMARY"])
    assert str(undated["DESCRIPTION"]).endswith("After Holy Week 2016")
    assert not {"DTSTART", "DUE"} & set(undated)
    lines = written(model, ds, "icalendar").split(b"\r\n")
    assert max(map(len, lines)) <= 75


@pytest.mark.parametrize(
    ("edtf", "parts", "places"),
    [
        ("2016-03-01", (), ["A", "B"]),
        ("{2016-03-01,2016-03-02}", (), ["A; B", "A; B"]),
        ("{2016-03-01,2016-03-02}", ("City B", "A"), ["B", "A"]),
        ("{2016-03-01,2016-03-02}", ("Training", "Forum"), ["A; B", "A; B"]),
        ("2016-03-01", ("B",), ["B"]),
    ],
)
def test_an_event_is_where_its_date_is_for(
    model: Model, edtf: str, parts: tuple[str, ...], places: list[str]
) -> None:
    days = [f"2016-03-0{number}" for number in (1, 2)]
    dated = tuple(DatedPart(of, day) for of, day in zip(parts, days, strict=False))
    action = Action(
        id="a", timeline=Period(edtf, parts=dated), places=(Place(words="A"), Place(words="B"))
    )
    calendar = icalendar.Calendar.from_ical(written(model, model.dataset([action]), "icalendar"))
    assert [str(event["LOCATION"]) for event in calendar.walk("VEVENT")] == places


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_exports_are_read_back_in_every_language(language: str) -> None:
    keys = [word.meaning for word in words_of("written") if word.language == "en"]
    assert [word.meaning for word in words_of("written") if word.language == language] == keys
    heads = [label(f"column-{column}", language) for column in COLUMNS]
    meanings = [column.meaning for column in match_columns(heads)]
    assert [(meaning or "").split("+")[0] for meaning in meanings] == list(COLUMNS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "level", ["global", "multinational", "national", "single_location", "local"]
)
def test_the_level_of_a_table_is_read_back(model: Model, language: str, level: str) -> None:
    levelled = code("governance-level", level)
    plan = WorkPlan(id="p", names={language: "P"})
    action = Action(id="a", workplan="p", names={language: "Meet"}, level=levelled)
    data = written(model, model.dataset([plan, action]), "csv")
    (again,) = model.read(io.BytesIO(data), format="workplan:csv").of(Action)
    assert again.level is not None and again.level.code == level


@given(
    first=st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31)),
    days=st.integers(1, 3000),
    cut=st.sampled_from([4, 7, 10]),
    doubt=st.sampled_from(["", "?"]),
    language=st.sampled_from(LANGUAGES),
)
def test_the_words_of_a_date_are_that_date(
    first: datetime.date, days: int, cut: int, doubt: str, language: str
) -> None:
    start, end = ((first + datetime.timedelta(days=n)).isoformat()[:cut] + doubt for n in (0, days))
    for edtf in {start, f"{start}/{end}" if start != end else start}:
        words = date_words(edtf, language)
        assert words != edtf or cut == 4
        assert read_timeline(words).edtf == edtf


def test_an_empty_dataset_is_a_valid_file(model: Model) -> None:
    for name in (*FORMATS, "icalendar"):
        assert written(model, model.dataset(), name)


@pytest.mark.parametrize(
    "edtf",
    [
        "2015",
        "2015-10",
        "2015-10-19",
        "2015-35",
        "2015-41",
        "2016-03/2016-06",
        "2016-03/",
        "2015-03/..",
        "2015-11?/2015-12?",
        "{2015-10-19,2015-10-21}",
        "2015~",
        "[2015-10,2015-12]",
    ],
)
def test_a_date_made_by_hand_comes_back(model: Model, edtf: str) -> None:
    action = Action(id="a", names={"en": "Meet"}, timeline=Period(edtf))
    data = written(model, model.dataset([action]), "csv")
    (again,) = model.read(io.BytesIO(data), format="workplan:csv").of(Action)
    assert again.timeline is not None
    assert again.timeline.edtf == edtf


def plan_of(words: str) -> list[WorkPlan | Action]:
    timeline = Period("2015-10-19")
    plan = WorkPlan(id="workplan/1", names={"en": "P"})
    return [
        plan,
        Action(id="action/1", workplan=plan.id, names={"en": words}, timeline=timeline),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_formula_behind_a_semicolon_is_guarded(model: Model, delimiter: str) -> None:
    ds = model.dataset(plan_of("a;=cmd|'/c calc'!A0;b"))
    data = written(model, ds, "csv", delimiter=delimiter)
    assert b"\"'a;'=cmd|'/c calc'!A0;b\"" in data
    again = model.read(io.BytesIO(data), format="workplan:csv")
    (action,) = again.of(Action)
    assert action.label() == "a;=cmd|'/c calc'!A0;b"


@pytest.mark.parametrize("name", [*FORMATS, "icalendar"])
def test_half_a_character_is_refused(model: Model, name: str) -> None:
    with pytest.raises(DataError) as caught:
        written(model, model.dataset(plan_of("a\ud800b")), name)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.record) == ("J208", "action/1")
    assert problem.path == "/names/en"


@pytest.mark.parametrize("name", ["docx", "xlsx"])
@pytest.mark.parametrize("character", ["\x00", "\x0b", "\ufffe"])
def test_an_office_document_refuses_what_xml_forbids(
    model: Model, name: str, character: str
) -> None:
    with pytest.raises(DataError) as caught:
        written(model, model.dataset(plan_of(f"a{character}b")), name)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.record) == ("J208", "action/1")
    assert "write jsonl" in str(problem.cure)


def test_a_calendar_has_no_control_characters(model: Model) -> None:
    words = "a" + "".join(map(chr, [*range(10), *range(11, 32), *range(127, 160)])) + "b"
    data = written(model, model.dataset(plan_of(words)), "icalendar").decode()
    assert "SUMMARY:ab" in data
    assert not [c for c in data.replace("\r\n", "") if ord(c) < 32 or 127 <= ord(c) < 160]


def test_a_total_is_written_under_the_money_that_it_sums_up(tmp_path: Path) -> None:
    plan = (
        b"Work plan 2025\nActivity,Budget,Remarks\nFair,USD 5,\nForum,USD 7,late\nTotal,USD 12,\n"
    )
    dataset = jmdi.read(io.BytesIO(plan), format="workplan:csv")
    dataset.write(tmp_path / "plan.md", format="workplan:markdown")
    assert "| Total | USD 12 |  |" in (tmp_path / "plan.md").read_text(encoding="utf-8")


def test_what_an_added_action_says_besides_has_columns_of_its_own():
    read = jmdi.read(io.BytesIO(b"Action,Objective\nFair,Inform\n"), format="workplan:csv")
    plan = read.of(jmdi.WorkPlan)[0]
    paid = jmdi.Money(amount=500, currency="EUR", words="EUR 500")
    more = jmdi.Action(
        id="more",
        names={"en": "Open a desk"},
        workplan=plan.id,
        table=1,
        position=2,
        finance=(paid,),
        places=(jmdi.Place(words="Kolda"),),
    )
    out = io.BytesIO()
    jmdi.write(jmdi.Dataset([*read, more]), out, format="workplan:csv")
    again = jmdi.read(io.BytesIO(out.getvalue()), format="workplan:csv")
    fair, desk = again.of(jmdi.Action)
    assert (fair.label(), fair.cells[2:]) == ("Fair", ("", ""))
    assert [str(money.amount) for money in desk.finance] == ["500"]
    assert "Kolda" in desk.cells
