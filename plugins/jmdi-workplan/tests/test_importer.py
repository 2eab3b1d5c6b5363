"""The whole way from a document to records, on the example plan and on plans made here."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from jmdi import (
    Action,
    Actor,
    Claim,
    Dataset,
    JmdiError,
    Model,
    Participates,
    Severity,
    Source,
    Territory,
    Where,
    WorkPlan,
    pick,
)
from jmdi_documents import read_document

EXAMPLES = Path(__file__).parents[3] / "examples" / "workplan"
FORMATS = ("docx", "xlsx", "csv")


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.build(["workplan"])


@pytest.fixture(scope="module", params=FORMATS)
def plan(request: pytest.FixtureRequest, model: Model) -> Dataset:
    return model.read(EXAMPLES / f"workplan.{request.param}")


def read_csv(model: Model, text: str, **options: object) -> Dataset:
    stream = io.BytesIO(text.encode())
    return model.read(stream, format="workplan:csv", **options)


def test_the_example_has_one_plan_and_seven_actions(plan: Dataset) -> None:
    (workplan,) = plan.of(WorkPlan)
    assert pick(workplan.names) == "Policy work plan: migration in local development"
    assert workplan.country == "PH"
    levels = [table.level.code for table in workplan.tables if table.level]
    assert levels == ["local", "national"]
    actions = plan.of(Action)
    assert [action.position for action in actions] == [1, 2, 3, 4, 5, 6, 7]
    assert [action.table for action in actions] == [1, 1, 1, 1, 2, 2, 2]
    assert workplan.period is not None
    assert workplan.period.edtf == "2015-10/2017-12"


def test_the_header_names_six_regions(plan: Dataset) -> None:
    (workplan,) = plan.of(WorkPlan)
    codes = [plan.get(t, Territory).code for t in workplan.territories]
    assert [c.code for c in codes if c] == ["PH-01", "PH-40", "PH-05", "PH-06", "PH-11", "PH-00"]
    assert all(plan.get(t, Territory).within for t in workplan.territories)


def test_a_date_per_region_is_a_set_with_its_parts(plan: Dataset) -> None:
    timeline = plan.of(Action)[0].timeline
    assert timeline is not None
    assert timeline.edtf == "{2015-10-19,2015-10-21,2015-10-22}"
    assert [part.edtf for part in timeline.parts] == ["2015-10-19", "2015-10-21", "2015-10-22"]
    assert ["III" in part.of for part in timeline.parts] == [True, False, False]


def test_a_date_to_be_determined_is_uncertain_and_keeps_its_words(plan: Dataset) -> None:
    timeline = plan.of(Action)[1].timeline
    assert timeline is not None
    assert timeline.edtf == "2015-11?/2015-12?"
    assert timeline.words == "November and December 2015 (to be determined)"


def test_a_feast_is_no_date(plan: Dataset) -> None:
    timeline = plan.of(Action)[6].timeline
    assert timeline is not None
    assert timeline.edtf is None
    assert timeline.reason == "not_dated"
    assert timeline.words == "After Holy Week 2016"


def test_money_is_read_or_has_a_reason(plan: Dataset) -> None:
    finance = [action.finance for action in plan.of(Action)]
    assert (str(finance[0][0].amount), finance[0][0].currency) == ("1500", "USD")
    assert finance[0][0].per is None
    assert finance[1][0].amount is None
    assert finance[1][0].reason == "embedded"
    assert (str(finance[2][0].amount), finance[2][0].currency) == ("350000", "PHP")
    assert finance[2][1].reason == "in_kind"
    assert finance[3][0].reason == "in_kind"
    assert (str(finance[4][0].amount), str(finance[4][0].upper)) == ("12000", "15000")
    assert finance[5][0].reason == "to_be_determined"
    assert (str(finance[6][0].amount), finance[6][0].qualifier) == ("18000.00", "at_most")


def test_an_audience_has_its_basis(plan: Dataset) -> None:
    (audience,) = plan.of(Action)[0].audience
    assert audience.size is not None
    assert (str(audience.size.value), audience.size.per) == ("40", "region")


def test_places_have_codes_or_words(plan: Dataset) -> None:
    first = plan.of(Action)[0].places
    codes = [plan.get(p.territory, Territory).code for p in first if p.territory]
    assert [c.code for c in codes if c] == ["PH-03", "PH-07", "PH-11"]
    abroad = [p for p in plan.of(Action)[6].places if p.territory]
    assert {plan.get(p.territory or "", Territory).country for p in abroad} == {"IT", "ES"}


def test_the_author_is_an_actor_that_takes_part(plan: Dataset) -> None:
    (workplan,) = plan.of(WorkPlan)
    (author,) = workplan.authors
    assert "working group" in plan.get(author, Actor).label()
    (relation,) = plan.out(author, Participates)
    assert relation.target == workplan.id


def test_the_example_passes_all_checks(plan: Dataset) -> None:
    assert [p for p in plan.check().problems if p.is_error] == []


def test_every_format_of_the_example_says_the_same(model: Model) -> None:
    def said(name: str) -> list[object]:
        ds = model.read(EXAMPLES / f"workplan.{name}")
        return [
            (
                a.id,
                a.names,
                a.objectives,
                a.audience,
                a.places,
                a.finance,
                a.timeline and (a.timeline.edtf, a.timeline.reason, a.timeline.parts),
            )
            for a in ds.of(Action)
        ]

    assert said("docx") == said("xlsx") == said("csv")


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_typed_is_lost(model: Model, name: str) -> None:
    path = EXAMPLES / f"workplan.{name}"
    ds = model.read(path)
    (workplan,) = ds.of(WorkPlan)
    kept = [pick(workplan.names), *workplan.notes]
    for table in workplan.tables:
        kept += [pick(table.title), *table.columns, *table.notes]
    for action in ds.of(Action):
        kept += [*action.cells, action.section or ""]
    whole = " ".join("\n".join(kept).split())
    with path.open("rb") as stream:
        document = read_document(stream, name=name, plugin="workplan", problem=lambda _: None)
    for text, place in document.texts():
        for line in text.split("\n"):
            assert " ".join(line.split()) in whole, f"{place}: {line!r} is lost"


def test_marks_and_colours_under_months_are_a_timeline(model: Model) -> None:
    ds = read_csv(
        model,
        "Activity,Responsible,Jan 2016,Feb 2016,Mar 2016,Apr 2016\n"
        "Train the desks,Municipality A,x,x,,\n"
        "Print the guide,Municipality B,x,,,x\n"
        "Meet,Municipality A; Municipality B,,,,\n",
    )
    first, second, third = (action.timeline for action in ds.of(Action))
    assert first is not None and first.edtf == "2016-01/2016-02"
    assert second is not None and second.edtf == "{2016-01,2016-04}"
    assert third is not None and third.reason == "not_stated"
    names = sorted(actor.label() for actor in ds.of(Actor))
    assert names == ["Municipality A", "Municipality B"]


def test_a_shaded_cell_in_word_is_a_timeline(model: Model) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=4)
    for cell, words in zip(
        table.rows[0].cells, ("Activity", "Budget", "Jan 2016", "Feb 2016"), strict=True
    ):
        cell.text = words
    table.rows[1].cells[0].text = "Train the desks"
    table.rows[1].cells[1].text = "EUR 100"
    for cell, colour in zip(table.rows[1].cells[2:], ("auto", "A6A6A6"), strict=True):
        shading = docx.oxml.OxmlElement("w:shd")
        shading.set(docx.oxml.ns.qn("w:val"), "clear")
        shading.set(docx.oxml.ns.qn("w:fill"), colour)
        cell._tc.get_or_add_tcPr().append(shading)
    buffer = io.BytesIO()
    document.save(buffer)
    buffer.seek(0)
    (action,) = model.read(buffer, format="workplan:docx").of(Action)
    assert action.timeline is not None
    assert action.timeline.edtf == "2016-02"


def test_start_and_end_columns_are_an_interval(model: Model) -> None:
    ds = read_csv(
        model,
        "Activité;Début;Fin;Coût\n"
        "Former les agents;mars 2016;juin 2016;1 500,000 DT\n"
        "Publier;mars 2016;;à déterminer\n",
    )
    first, second = ds.of(Action)
    assert first.timeline is not None and first.timeline.edtf == "2016-03/2016-06"
    assert second.timeline is not None and second.timeline.edtf == "2016-03/"
    assert (str(first.finance[0].amount), first.finance[0].currency) == ("1500.000", "TND")
    assert second.finance[0].reason == "to_be_determined"


@pytest.mark.parametrize("country", ["PH", "ph", "PHL", "Philippines", "Filipinas"])
def test_a_country_may_be_named(model: Model, country: str) -> None:
    data = read_csv(model, "Action,Budget\nTrain 20 officers,100 pesos\n", country=country)
    assert [territory.country for territory in data.of(Territory)] == ["PH"]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"country": "Phillipines"}, r"W216 no country .*did you mean Philippines"),
        ({"language": "english"}, r"the code of a language, such as en, .*not 'english'"),
        ({"columns": "Was:action"}, r"there is no such file \(a mapping is a file in TOML .*dict"),
    ],
)
def test_options_that_say_nothing_known_are_refused(
    model: Model, option: dict[str, str], message: str
) -> None:
    with pytest.raises(JmdiError, match=message):
        read_csv(model, "Action,Budget\nTrain 20 officers,100\n", **option)


def test_columns_in_any_order_and_language(model: Model) -> None:
    ds = read_csv(
        model,
        "Recursos financieros,Cronograma,Público meta,Objetivo,Actividad\n"
        'USD 300,octubre de 2015,25 mujeres retornadas,Informar,"Feria en San Salvador"\n',
        country="SV",
        language="es",
    )
    (action,) = ds.of(Action)
    assert action.names == {"es": "Feria en San Salvador"}
    assert action.objectives == ({"es": "Informar"},)
    assert action.timeline is not None and action.timeline.edtf == "2015-10"
    assert action.audience[0].size is not None and action.audience[0].size.value == 25


def test_an_action_keeps_its_id_when_a_row_is_put_before_it(model: Model) -> None:
    header = "Activity,Objective,Budget\n"
    row = "Train the desks,Better advice,EUR 100\n"
    before = read_csv(model, header + row).of(Action)[0]
    after = read_csv(model, header + "Print,Inform,EUR 5\n" + row).of(Action)[1]
    assert before.id == after.id
    assert (before.position, after.position) == (1, 2)


def test_two_equal_rows_are_two_actions(model: Model) -> None:
    ds = read_csv(model, "Activity,Budget\nMeet,EUR 5\nMeet,EUR 5\n")
    assert len({action.id for action in ds.of(Action)}) == 2


def test_rows_of_short_cells_are_actions(model: Model) -> None:
    ds = read_csv(model, 'Activity,Objective,Timeline\nA,B,"October 19, 2015"\nC,D,2016\n')
    dates = [a.timeline.edtf for a in ds.of(Action) if a.timeline]
    assert dates == ["2015-10-19", "2016"]


def test_territories_say_which_plan_they_come_from(plan: Dataset) -> None:
    (title,) = {source.title for a in plan.of(Action) for source in a.sources}
    for territory in plan.of(Territory):
        assert territory.sources == (Source(title=title, method="jmdi-workplan"),)


def test_a_place_in_two_plans_is_one_record_with_both_sources(model: Model, tmp_path: Path) -> None:
    plans = []
    for name, action in (("one.csv", "Feria"), ("two.csv", "Taller")):
        path = tmp_path / name
        path.write_text(f"Actividad,Lugar,Responsable\n{action},Ahuachapán,Alcaldía A\n")
        plans.append(model.read(path, country="SV"))
    merged = model.read([tmp_path / "one.csv", tmp_path / "two.csv"], country="SV")
    assert merged == plans[0].merge(plans[1])
    assert len(merged.of(Territory)) == len(plans[0].of(Territory)) == 2
    assert len(merged.of(Action)) == 2
    assert not merged.of(Claim)
    for record in (*merged.of(Territory), *merged.of(Actor)):
        assert [source.title for source in record.sources] == ["one.csv", "two.csv"]


def test_placeholders_are_no_actors(model: Model) -> None:
    cells = ("TBD", "N/A", "-", "à préciser", "por definir", "a definir", "Ministry of Labour; tbc")
    rows = "".join(f"Action {n},Teach,{cell}\n" for n, cell in enumerate(cells))
    found = read_csv(model, "Activity,Objective,Responsible\n" + rows)
    assert [pick(actor.names) for actor in found.of(Actor)] == ["Ministry of Labour"]


def test_hyphens_without_a_blank_are_bullets_where_each_line_has_one(model: Model) -> None:
    cells = ("-Advocate\n-Network", "–Advocate –Network", "Well-being of all -and none")
    rows = "".join(f'Action {n},"{cell}"\n' for n, cell in enumerate(cells))
    actions = read_csv(model, "Action,Objective\n" + rows).of(Action)
    assert [[pick(text) for text in action.objectives] for action in actions] == [
        ["Advocate", "Network"],
        ["Advocate", "Network"],
        ["Well-being of all -and none"],
    ]


@pytest.mark.parametrize(
    ("head", "cell", "amount", "currency"),
    [
        ("Budget (in thousand USD)", "350", "350000", "USD"),
        ("Coût (milliers d'euros)", '"1,5"', "1500", "EUR"),
        ("Presupuesto (millones de USD)", "0.25", "250000", "USD"),
        ("Orçamento (milhares de R$)", "12", "12000", "BRL"),
        ("الميزانية (ألف دولار أمريكي)", "12", "12000", "USD"),
        ("Budget", '"350,000"', "350000", None),
    ],
)
def test_bare_figures_are_in_the_unit_of_their_head(
    model: Model, head: str, cell: str, amount: str, currency: str | None
) -> None:
    found = read_csv(model, f"Activity,Objective,{head}\nFair,Inform,{cell}\n")
    ((money,),) = [action.finance for action in found.of(Action)]
    assert (money.amount, money.currency) == (Decimal(amount), currency)


PLAN_OF_SUMS = (
    "Activity,Participants,Budget (in thousand USD)\n"
    "Phase 1,,\nFair,40,1\nGuide,20,2.5\nSubtotal,60,{}\n"
    "Phase 2,,\nDesk,5,4\nGrand total,65,{}\n"
)


@pytest.mark.parametrize(
    ("sums", "found"),
    [
        (("3.5", "7.5"), []),
        (("USD 3.5 thousand", ""), []),
        (("3.5", "9"), ["the total is 9000 USD, the actions sum up to 7500 USD"]),
    ],
)
def test_totals_are_checked(model: Model, sums: tuple[str, str], found: list[str]) -> None:
    stream = io.BytesIO(PLAN_OF_SUMS.format(*sums).encode())
    problems = model.read(stream, format="workplan:csv", on_error="keep").problems
    assert [p.message.split(";")[0] for p in problems if p.code == "workplan:W209"] == found


def test_a_difference_says_how_many_amounts_are_not_known(model: Model) -> None:
    text = "Action,Objective,Budget\nFair,Inform,USD 5\nGuide,Teach,TBD\nTotal,,USD 8\n"
    problems = model.read(
        io.BytesIO(text.encode()), format="workplan:csv", on_error="keep"
    ).problems
    (message,) = [p.message for p in problems if p.code == "workplan:W209"]
    assert "8 USD, the actions sum up to 5 USD; 1 amount(s) could not be added" in message


DOUBTS = (
    "Work plan of Municipality A,,\n"
    "Action,Timeline,Budget\n"
    '"A desk\nfor women",03/04/2015,$ 1.500\n'
    'Forum,Nov 2015,"EUR 1.500,000"\n'
    "Fair,Nov 2015,1.500\n"
)


def doubts(model: Model, data: bytes, name: str) -> dict[str, Where]:
    problems = model.read(io.BytesIO(data), format=f"workplan:{name}", on_error="keep").problems
    return {p.message.split(";")[0]: p.where for p in problems if p.code[-4:] in ("W203", "W204")}


def test_a_doubt_is_said_with_what_is_unknown_and_the_cell(model: Model) -> None:
    found = doubts(model, DOUBTS.encode(), "csv")
    assert {message: (w.line, w.column, w.cell) for message, w in found.items()} == {
        "the timeline '03/04/2015' is ambiguous": (4, 2, None),
        "the currency of '$ 1.500' is ambiguous": (4, 3, None),
        "the amount of 'EUR 1.500,000' is ambiguous": (5, 3, None),
        "neither amount nor currency of '1.500' is known (ambiguous)": (6, 3, None),
    }


def test_a_doubt_in_markdown_has_its_line(model: Model) -> None:
    text = "# Plan\n\n| Action | Start | End |\n| - | - | - |\n| A | May 2015 | 03/04/2015 |\n"
    ((message, where),) = doubts(model, text.encode(), "markdown").items()
    assert "ambiguous" in message
    assert (where.line, where.column) == (5, 3)


def test_a_doubt_in_a_document_has_its_cell(model: Model) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    words = ("Activity", "Place", "Budget", "Train", "", "$ 1.500")
    for cell, text in zip((c for row in table.rows for c in row.cells), words, strict=True):
        cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    (where,) = doubts(model, buffer.getvalue(), "docx").values()
    assert (where.line, where.cell) == (None, "table 1, row 2, cell 3")
    assert (where.table, where.row, where.column) == (1, 2, 3)


def test_contact_data_is_left_out_and_said_to_be(model: Model) -> None:
    text = (
        "Work plan of Region A,,\n"
        "Contact: desk@example.org,,\n"
        "Activity,Objective,Budget\nMeet,Agree,EUR 5\n"
    )
    ds = model.read(io.BytesIO(text.encode()), format="workplan:csv", on_error="keep")
    problems = ds.problems
    assert "example.org" not in "".join(ds.of(WorkPlan)[0].notes)
    assert [p.code for p in problems if p.severity is Severity.INFO] == ["workplan:W205"]
    kept = model.read(io.BytesIO(text.encode()), format="workplan:csv", contacts=True)
    assert "desk@example.org" in "".join(kept.of(WorkPlan)[0].notes)


def test_a_document_without_a_plan_is_an_error_with_a_cure(model: Model) -> None:
    stream = io.BytesIO(b"name,age\nA,1\n")
    ds = model.read(stream, format="workplan:csv", on_error="keep")
    problems = ds.problems
    assert len(ds) == 0
    assert [p.code for p in problems] == ["workplan:W201"]


def test_section_rows_belong_to_the_actions_below(model: Model) -> None:
    ds = read_csv(
        model,
        "Activity,Objective,Budget\n"
        "Phase 1: prepare,,\nMeet,Agree,EUR 5\n"
        "Phase 2: do,,\nTrain,Learn,EUR 6\nTotal,,EUR 11\n",
    )
    assert [a.section for a in ds.of(Action)] == ["Phase 1: prepare", "Phase 2: do"]
    assert ds.of(WorkPlan)[0].tables[0].notes == ("Total | EUR 11",)


def test_places_are_found_in_the_action_when_there_is_no_column_for_them(model: Model) -> None:
    ds = read_csv(
        model, "Actividad,Presupuesto\nFeria en Ahuachapán,USD 5\nTaller,USD 6\n", country="SV"
    )
    first, second = ds.of(Action)
    codes = [ds.get(p.territory or "", Territory).code for p in first.places]
    assert [c.code for c in codes if c] == ["SV-AH"]
    assert second.places == ()


def test_a_currency_in_the_header_holds_for_the_column(model: Model) -> None:
    ds = read_csv(model, "Activité,Budget (TND)\nGuichet,1500\nForum,USD 20\n")
    figures = [(str(a.finance[0].amount), a.finance[0].currency) for a in ds.of(Action)]
    assert figures == [("1500", "TND"), ("20", "USD")]


@pytest.mark.parametrize("name", ["plan.md", "plan.csv"])
def test_a_sniffer_finds_the_columns_of_a_plan_in_text(name: str) -> None:
    from jmdi_workplan import sniff

    words = ("Action", "Objective", "Timeline"), ("Fair", "Inform", "May 2016")
    if name == "plan.csv":
        assert sniff.csv("\n".join(",".join(row) for row in words).encode()) is True
    else:
        head, row = ("| " + " | ".join(cells) + " |" for cells in words)
        assert sniff.markdown(f"{head}\n| --- | --- | --- |\n{row}\n".encode()) is True


def test_the_currency_of_the_title_block_is_that_of_bare_amounts(model: Model) -> None:
    text = "Currency: EUR\nAction,Objective,Budget\nForum,Inform,500\nFair,Inform,USD 5\n"
    finance = [action.finance[0] for action in read_csv(model, text).of(Action)]
    assert [(str(money.amount), money.currency) for money in finance] == [
        ("500", "EUR"),
        ("5", "USD"),
    ]
