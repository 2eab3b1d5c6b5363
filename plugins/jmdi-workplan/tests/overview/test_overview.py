"""Overviews of plans: what is added, what is counted as unknown, what changed, what was done."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi import (
    Action,
    Actor,
    Audience,
    Contributes,
    Dataset,
    Indicator,
    Model,
    Money,
    Observation,
    Participates,
    Period,
    Place,
    PlanTable,
    Quantity,
    Record,
    WorkPlan,
    code,
)
from jmdi.cli.root import cli
from jmdi_workplan.export.labels import cell_words
from jmdi_workplan.overview import compare, overview, progress
from jmdi_workplan.overview.rounds import MOST, _candidates

EXAMPLE = Path(__file__).parents[4] / "examples" / "workplan" / "workplan.docx"


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.build(["workplan"])


def action(number: int, words: str = "", **fields: Any) -> Action:
    names = {"en": words or f"Action {number}"}
    return Action(id=f"action/{number}", workplan="plan", position=number, names=names, **fields)


def planned(model: Model, *records: Record) -> Dataset:
    return model.dataset([WorkPlan(id="plan", names={"en": "Plan"}), *records])


def money_of(model: Model, *records: Record) -> list[tuple[Any, ...]]:
    return list(overview(planned(model, *records))["money"].rows)


def test_currencies_and_unknown_amounts_are_never_added(model: Model) -> None:
    when = Period("2016")
    rows = money_of(
        model,
        action(1, timeline=when, finance=(Money("100", "USD"), Money("5", "EUR"))),
        action(2, timeline=when, finance=(Money("50", "USD", upper="80"),)),
        action(3, timeline=when, finance=(Money("70", reason="ambiguous"),)),
        action(4, timeline=when, finance=(Money(reason="in_kind"),)),
        action(5, timeline=when),
        action(6, timeline=when, finance=(Money("9", "USD", per="region"),)),
    )
    assert rows == [
        (None, "2016", "EUR", 1, Decimal(5), None, 0, 0, None),
        (None, "2016", "USD", 3, Decimal(150), Decimal(180), 1, 0, None),
        (None, "2016", None, 3, None, None, 0, 3, "ambiguous 1; in_kind 1; not_stated 1"),
    ]


def test_an_amount_is_shown_with_its_currency(model: Model) -> None:
    amounts = (Money("5", "USD", words="5"), Money("6", "PHP", words="₱ 6"))
    actions = overview(planned(model, action(1, finance=amounts)))["actions"]
    assert actions.column("finance") == ("USD 5; ₱ 6",)


def test_a_total_is_not_added_to_its_parts_and_a_shared_amount_counts_once(model: Model) -> None:
    rows = money_of(
        model,
        action(1, finance=(Money("60", "USD"), Money("100", "USD", per="total"))),
        action(2, finance=(Money("7", "EUR", extra={"shared": True}),)),
        action(3, finance=(Money(reason="shared"),)),
    )
    assert [row[2:8] for row in rows] == [
        ("EUR", 1, Decimal(7), None, 0, 0),
        ("USD", 1, Decimal(100), None, 0, 0),
    ]


def test_money_has_the_source_that_gives_it(model: Model) -> None:
    columns = ("Action", "Source", "Budget")
    table = PlanTable(columns=columns, meanings=("action", "funding-source", "finance"))
    funding = code("organisation-role", "funding")
    ds = model.dataset(
        [
            WorkPlan(id="plan", names={"en": "Plan"}, tables=(table,)),
            Actor(id="actor/a", names={"en": "Fund A"}),
            Actor(id="actor/b", names={"en": "Fund B"}),
            action(1, finance=(Money("1", "USD"),)),
            Participates(id="p/1", source="actor/a", target="action/1", role=funding),
            Participates(id="p/2", source="actor/b", target="action/1", role=funding),
            action(2, finance=(Money("2", "USD"), Money("3", "USD"))),
            Contributes(id="c/1", source="actor/a", target="action/2", amount=Money("2", "USD")),
            action(3, table=1, cells=("A", "Ministry", "4"), finance=(Money("4", "USD"),)),
            action(
                4,
                table=1,
                cells=("A", "Ministry\nFund A", "5\n6"),
                finance=(Money("5", "USD", note="Ministry"), Money("6", "USD", note="Fund A")),
            ),
        ]
    )
    money = overview(ds)["money"]
    assert [(row[0], row[4]) for row in money] == [
        ("Fund A", Decimal(8)),
        ("Fund A; Fund B", Decimal(1)),
        ("Ministry", Decimal(9)),
        (None, Decimal(3)),
    ]


@pytest.mark.parametrize(
    ("edtf", "year"),
    [
        ("2016-03", "2016"),
        ("2016-11/2017-02", "2016–2017"),
        ("2016/..", "2016–…"),
        (None, None),
    ],
)
def test_money_falls_in_the_years_of_its_action(
    model: Model, edtf: str | None, year: str | None
) -> None:
    (row,) = money_of(model, action(1, timeline=Period(edtf), finance=(Money("1", "USD"),)))
    assert row[1] == year


@given(
    st.lists(
        st.tuples(st.sampled_from(["USD", "EUR", None]), st.integers(0, 10**15) | st.none()),
        max_size=8,
    )
)
def test_every_amount_is_added_once_or_counted_as_unknown(
    model: Model, amounts: list[tuple[str | None, int | None]]
) -> None:
    finance = [Money(a, c, reason=None if a and c else "not_stated") for c, a in amounts]
    rows = money_of(model, *(action(n, finance=(m,)) for n, m in enumerate(finance, 1)))
    for currency in ("USD", "EUR"):
        known = [m.amount for m in finance if m.currency == currency and m.amount is not None]
        sums = [row[4] for row in rows if row[2] == currency and row[4] is not None]
        assert sum(sums) == sum(known)
        assert bool(sums) == bool(known)
    assert sum(row[7] for row in rows) == sum(not m.known for m in finance)


def test_who_acts_where(model: Model) -> None:
    ds = model.dataset(
        [
            Actor(id="actor/a", names={"en": "Author"}),
            Actor(id="actor/b", names={"en": "Partner"}),
            WorkPlan(id="plan", names={"en": "Plan"}, authors=("actor/a",)),
            action(1, places=(Place(words="North"), Place(words="South"))),
            action(2, places=(Place(words="North"),)),
            action(3),
            Participates(id="p/1", source="actor/b", target="action/2"),
        ]
    )
    assert overview(ds)["who_where"].rows == (
        ("Author", "North", 1),
        ("Author", "South", 1),
        ("Author", None, 1),
        ("Partner", "North", 1),
    )


def test_people_are_added_and_organisations_and_bases_are_not(model: Model) -> None:
    def group(value: str | None, unit: str | None = None, per: str | None = None) -> Audience:
        return Audience(who={"en": "Group"}, size=Quantity(value, unit=unit, per=per))

    groups = (group("30"), group("20"), group("5", unit="municipalities"), group("9", per="region"))
    ds = planned(model, *(action(n, audience=(g,)) for n, g in enumerate((*groups, group(None)))))
    assert overview(ds)["targets"].rows == (("Plan", "Group", None, 5, Decimal(50), None, 2, 1),)


def test_plans_of_one_title_stay_apart(model: Model) -> None:
    one, two = planned(model, action(1)), planned(model, action(1), action(2))
    plans = overview(one, two)["plans"]
    assert plans.column("actions") == (1, 2)
    assert plans.column("inputs") == (2, 2)


def test_what_is_unknown_is_listed_with_its_reason(model: Model) -> None:
    period = Period(reason="to_be_determined", words="TBD")
    ds = planned(model, action(1, timeline=period, finance=(Money("1", "USD"),)))
    assert [row[2:] for row in overview(ds)["unknown"]] == [
        ("timeline", "to_be_determined", "TBD"),
        ("audience", "not_stated", ""),
        ("place", "not_stated", ""),
        ("level", "not_stated", ""),
    ]


def test_rounds_are_compared_action_by_action(model: Model) -> None:
    before = planned(
        model,
        action(1, "Open a desk", timeline=Period("2016-03"), finance=(Money("10", "USD"),)),
        action(2, "Train local officials on migration"),
        action(3, "Annual forum"),
        action(4, "Handbook", finance=(Money(reason="in_kind"),)),
    )
    after = planned(
        model,
        action(1, "Open a desk", timeline=Period("2016-05"), finance=(Money("12", "USD"),)),
        action(12, "Train local officials on the migration"),
        action(14, "Handbook", finance=(Money(reason="in_kind"),)),
        action(15, "Radio show", finance=(Money("3", "EUR"),)),
    )
    found = compare(before, after)
    assert found["changes"].rows == (
        ("changed", "Open a desk", "id", "timeline", "March 2016", "May 2016"),
        ("changed", "Open a desk", "id", "finance", "USD 10", "USD 12"),
        (
            "changed",
            "Train local officials on the migration",
            "words alike by 94%",
            "action",
            "Train local officials on migration",
            "Train local officials on the migration",
        ),
        ("removed", "Annual forum", None, None, None, None),
        ("added", "Radio show", None, None, None, None),
    )
    assert found["same"].rows == (("Handbook", "words"),)
    assert found["money"].rows == (
        ("EUR", None, Decimal(3), None, 0, 0),
        ("USD", Decimal(10), Decimal(12), Decimal(2), 0, 0),
        (None, None, None, None, 3, 2),
    )
    assert not compare(before, before)["changes"].rows


@pytest.mark.parametrize(
    ("timeline", "done", "status"),
    [
        ("2016-03", "2016-03-20", "done on time"),
        ("2016-03", "2016-04", "done late"),
        ("2016-03-15", "2016-03", "done, perhaps late"),
        ("2016-03", "2016-02/..", "under way"),
        ("2016-03", None, "due, nothing on record"),
        ("2016-12", None, "not due"),
        (None, None, "no planned date"),
        (None, "2016-03", "done, no planned end"),
        ("2016-03", "2016-09", "due, nothing on record"),  # after the day that is asked for
    ],
)
def test_planned_beside_done(
    model: Model, timeline: str | None, done: str | None, status: str
) -> None:
    seen = Observation(
        id="o", of="action/1", role=code("observation-role", "actual"), period=Period(done)
    )
    ds = planned(model, action(1, timeline=Period(timeline)), *([seen] if done else []))
    (row,) = progress(ds, as_of="2016-06-30")["actions"].to_dicts()
    assert row["status"] == status


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (["Completed"], "done, date not known"),
        (["En cours"], "under way"),
        (["No iniciado"], "due, not begun"),
        (["Adiada"], "postponed"),
        (["ملغى"], "cancelled"),
        (["100 %"], "done, date not known"),
        (["0 %", "Postponed to 2017"], "postponed"),
        (["60%"], "under way"),
        (["See annex"], "on record without a date"),
        (["Completed", "Ongoing"], "on record without a date"),
    ],
)
def test_a_status_without_a_date(model: Model, said: list[str], status: str) -> None:
    role = code("observation-role", "actual")
    number = {text: text.split("%")[0].strip() for text in said if "%" in text}
    seen = [
        Observation(id=f"o{n}", of="action/1", role=role, text=text, value=number.get(text))
        for n, text in enumerate(said)
    ]
    ds = planned(model, action(1, timeline=Period("2016-03")), *seen)
    (row,) = progress(ds, as_of="2016-06-30")["actions"].to_dicts()
    assert (row["status"], row["said"]) == (status, "; ".join(said))


def test_indicators_of_an_action(model: Model) -> None:
    def value(role: str, number: str) -> Observation:
        role_code = code("observation-role", role)
        return Observation(id=f"o/{role}", indicator="i", role=role_code, value=number)

    indicator = Indicator(id="i", names={"en": "People trained"}, unit="people", of="action/1")
    values = [value("baseline", "0"), value("target", "40"), value("actual", "30")]
    (row,) = progress(planned(model, action(1), indicator, *values), as_of="2016-12-31")[
        "indicators"
    ]
    assert row == (
        "Action 1",
        "People trained",
        None,
        "people",
        Decimal(0),
        Decimal(40),
        Decimal(30),
        Decimal("0.75"),
    )


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["plans", *map(str, arguments)])


def test_the_command_writes_a_workbook_that_is_no_plan(tmp_path: Path) -> None:
    out = tmp_path / "overview.xlsx"
    done = run("overview", EXAMPLE, "-o", out, "--language", "fr")
    assert done.exit_code == 0, done.output
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[:2] == ["Plans", "Actions"]
    assert [cell.value for cell in book["Plans"][1]][:3] == ["Plan", "Pays", "Auteur"]
    assert book["Plans"]["E2"].value == 7
    assert run("overview", EXAMPLE, "-o", out).exit_code == 3  # it is there already
    assert run("overview", EXAMPLE, "-o", out, "--force").exit_code == 0
    assert run("overview", EXAMPLE, "-o", tmp_path / "a.pdf").exit_code == 2
    assert run("overview", out).exit_code == 1  # nothing in it is a plan


def test_the_same_overview_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        run("overview", EXAMPLE, "-o", tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_command_compares_and_follows_up() -> None:
    same = run("compare", EXAMPLE, EXAMPLE.with_suffix(".xlsx"), "--json")
    tables = json.loads(same.stdout)
    assert tables["changes"] == []
    assert len(tables["same"]) == 7
    followed = run("progress", EXAMPLE, "--as-of", "2016-01-01")
    assert "Due, nothing on record" in followed.stdout
    followed = run("progress", EXAMPLE, "--as-of", "2016-01-01", "--language", "fr")
    assert "Échu, rien de consigné" in followed.stdout
    assert run("progress", EXAMPLE).exit_code == 2
    assert run("progress", EXAMPLE, "--as-of", "2016").exit_code == 2
    assert run("compare", EXAMPLE, "no.docx").exit_code == 3


def test_a_plan_given_twice_is_reported() -> None:
    done = run("overview", EXAMPLE, EXAMPLE.with_suffix(".csv"))
    assert "is in 2 inputs and is counted in each" in done.stderr


def test_statuses_have_words_in_every_language():
    statuses = (
        *("done on time", "done late", "done, perhaps late", "done, no planned end", "under way"),
        *("on record without a date", "no planned date", "due, nothing on record", "not due"),
        *("done, date not known", "not begun", "due, not begun", "postponed", "cancelled"),
        *("added", "removed", "changed"),
    )
    for language in ("fr", "es", "pt", "ar"):
        words = [cell_words("status", status, language) for status in statuses]
        assert len({*words, *statuses}) == 2 * len(statuses)
    assert cell_words("status", "another", "fr") == "another"


@pytest.mark.parametrize("place", ["", "Region V; Region XI; Region VI"])
def test_people_per_region_count_in_each_region_of_the_action_or_the_plan(place: str) -> None:
    lines = (
        "Work plan",
        "Country: Philippines",
        "Territory: Region V; Region XI; Region VI",
        "",
        "Action,Target audience,Place,Budget",
        f'Forum,40 planners per region,"{place}","PHP 2,400"',
    )
    plan = io.BytesIO("\n".join(lines).encode())
    dataset = jmdi.read(plan, format="workplan:csv", on_error="keep")
    (row,) = overview(dataset)["targets"].to_dicts()
    assert (row["people"], row["not_added"]) == (120, 0)
    cost = dataset.metric("workplan:cost-per-participant")
    assert (cost.lower, cost.upper) == (20, 60)


def test_an_amount_is_shown_with_its_scale_and_no_audience_has_no_known_size(model: Model) -> None:
    scaled = Money(amount=Decimal(150000), currency="GHS", words="150")
    typed = Money(amount=Decimal("15000.00"), currency="PEN", words="15.000,00")
    tables = overview(planned(model, action(1, finance=(scaled, typed))))
    assert tables["actions"].to_dicts()[0]["finance"] == "GHS 150,000 (150); PEN 15.000,00"
    assert tables["plans"].to_dicts()[0]["sized"] == 0


def test_a_source_that_does_not_apply_is_no_source() -> None:
    plan = b"Activity,Source of funds,Budget\nFair,N/A,USD 5\nForum,Own funds,USD 7\n"
    rows = overview(jmdi.read(io.BytesIO(plan), format="workplan:csv"))["money"].to_dicts()
    assert {row["source"] for row in rows} == {None, "Own funds"}


def test_reworded_actions_are_found_among_many_without_comparing_all():
    ours = [f"train the {n} midwives of ward {n * 7}" for n in range(300)]
    theirs = [text.replace("midwives", "midwifes") for text in ours]
    found = list(_candidates(ours, theirs))
    assert all(number in others for number, others in enumerate(found))
    assert max(map(len, found)) <= MOST
