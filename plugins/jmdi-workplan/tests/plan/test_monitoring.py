"""Status, indicators, baselines, targets, results and actual dates, in five languages."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

import jmdi
from jmdi_workplan.overview import progress


def read(*rows):
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    stream = io.BytesIO(file.getvalue().encode())
    return jmdi.read(stream, format="workplan:csv", on_error="keep")


def values(dataset):
    """Indicator, role, number, words and reason of every value."""
    return [
        (
            dataset.get(one.indicator).label() if one.indicator else None,
            one.role.code,
            one.value,
            one.text,
            one.reason,
        )
        for one in dataset.of(jmdi.Observation)
    ]


def done(dataset):
    """When and with which words it is said that actions were done."""
    seen = dataset.of(jmdi.Observation)
    return [(o.period.edtf, o.text) for o in seen if o.period is not None]


@pytest.mark.parametrize(
    "heads",
    [
        ("Activity", "Indicator", "Baseline", "Target", "Actual", "% complete"),
        (
            "Activité",
            "Indicateur",
            "Situation de référence",
            "Valeur cible",
            "Valeur atteinte",
            "Taux d'exécution",
        ),
        ("Actividad", "Indicador", "Línea base", "Meta", "Resultado alcanzado", "Avance"),
        ("Atividade", "Indicador", "Linha de base", "Meta", "Resultados alcançados", "Progresso"),
        ("النشاط", "المؤشر", "خط الأساس", "القيمة المستهدفة", "القيمة الفعلية", "نسبة الإنجاز"),
    ],
)
def test_values_of_an_indicator(heads):
    dataset = read(heads, ["A", "Planners", "0", "≥ 40 people", "TBD", "60 %"])
    assert values(dataset) == [
        ("Planners", "baseline", Decimal(0), "0", None),
        ("Planners", "target", Decimal(40), "≥ 40 people", None),
        ("Planners", "actual", None, "TBD", "to_be_determined"),
        (heads[-1], "actual", Decimal(60), "60 %", None),
    ]
    assert [i.unit for i in dataset.of(jmdi.Indicator)] == [None, "%"]
    assert {i.of for i in dataset.of(jmdi.Indicator)} == {a.id for a in dataset.of(jmdi.Action)}


def test_values_belong_to_their_indicators_only_where_that_is_known():
    head = ["Activity", "Indicator", "Target"]
    paired = values(read(head, ["A", "- Plans\n- Towns", "3\n5"]))
    assert paired == [
        ("Plans", "target", Decimal(3), "3", None),
        ("Towns", "target", Decimal(5), "5", None),
    ]
    assert values(read(head, ["A", "- Plans\n- Towns", "3"])) == [
        (None, "target", Decimal(3), "3", None)
    ]


@pytest.mark.parametrize(
    ("words", "value", "reason"),
    [
        ("1,500 people", Decimal(1500), None),
        ("12.5 %", Decimal("12.5"), None),
        ("2015", None, "ambiguous"),
        ("3 workshops of 25 people", None, None),
        ("a plan is adopted", None, None),
        ("N/A", None, "not_applicable"),
    ],
)
def test_numbers(words, value, reason):
    (found,) = values(read(["Activity", "Indicator", "Target"], ["A", "People", words]))
    assert found[2:] == (value, words, reason)


def test_planned_and_actual_dates_are_apart():
    head = ["Activity", "Planned start", "Planned end", "Actual start", "Actual end", "Status"]
    row = ["A", "1 March 2016", "30 June 2016", "02/07/2016", "28/07/2016", "Completed"]
    dataset = read(head, row)
    (action,) = dataset.of(jmdi.Action)
    assert action.timeline.edtf == "2016-03-01/2016-06-30"
    assert done(dataset) == [("2016-07-02/2016-07-28", "Completed")]
    assert dataset.metric("workplan:adherence", as_of="2016-12-31").value == 0

    two_rows = ["Activity", "Planned", "", "Actual", ""], ["", "Start", "End", "Start", "End"]
    dataset = read(*two_rows, ["A", "March 2016", "June 2016", "April 2016", ""])
    assert dataset.of(jmdi.Action)[0].timeline.edtf == "2016-03/2016-06"
    assert done(dataset) == [("2016-04/", None)]


def test_a_value_of_a_year_is_not_when_the_action_was_done():
    head = ["Activity", "Timeline", "Indicator", "Target 2016", "Actual 2016", "Spent 2016 (USD)"]
    dataset = read(head, ["A", "Jan - Jun 2016", "People trained", "100", "12", "500"])
    assert dataset.metric("workplan:adherence", as_of="2017-01-01").undefined == "missing_input"
    (row,) = progress(dataset, as_of="2017-01-01")["actions"].to_dicts()
    assert (row["status"], row["done_end"]) == ("on record without a date", None)

    head = ["Activity", "Planned end", "Actual end", "Actual"]
    dataset = read(head, ["A", "30 June 2016", "28 June 2016", "45"])
    assert values(dataset) == [
        (None, "actual", Decimal(45), "45", None),
        (None, "actual", None, None, None),
    ]
    assert dataset.metric("workplan:adherence", as_of="2017-01-01").value == 1


def test_planned_and_actual_marks_are_apart():
    head = [f"Q{n} 2016 / {what}" for n in (1, 2) for what in ("Planned", "Actual")]
    dataset = read(["Activity", *head], ["A", "X", "", "X", "X"])
    assert dataset.of(jmdi.Action)[0].timeline.edtf == "2016-33/2016-34"
    assert done(dataset) == [("2016-34", "X")]


def test_a_status_in_words_is_said_of_the_action():
    assert values(read(["Activity", "Objective", "Status"], ["A", "Inform", "On track"])) == [
        (None, "actual", None, "On track", None)
    ]


def test_a_dash_or_an_empty_box_says_nothing():
    head = ["Activity", "Objective", "Status", "Q1 2016 / Planned", "Q1 2016 / Actual"]
    assert values(read(head, ["A", "Inform", "-", "X", "☐"])) == []


@pytest.mark.parametrize("cell", ["TBD", "à définir", "por definir", "A confirmar"])
def test_a_calendar_with_a_date_to_be_determined_says_so(cell):
    (action,) = read(["Activity", "Q1 2016", "Q2 2016"], ["A", "", cell]).of(jmdi.Action)
    assert (action.timeline.words, action.timeline.reason) == (cell, "to_be_determined")


def test_marks_date_words_such_as_quarterly():
    rows = ["Activity", "Timeline", "Q1 2016", "Q2 2016"], ["A", "quarterly", "X", "X"]
    (action,) = read(*rows).of(jmdi.Action)
    assert action.timeline.edtf == "2016-33/2016-34"
    assert action.timeline.words.startswith("quarterly")


@pytest.mark.parametrize(
    ("budget", "spent", "currency"),
    [
        ("Planned budget (GHS)", "Actual expenditure (GHS)", "GHS"),
        ("Budget (USD)", "Expenditures (USD)", "USD"),
        ("Budget prévu (EUR)", "Dépenses (EUR)", "EUR"),
        ("Presupuesto (USD)", "Gasto ejecutado (USD)", "USD"),
        ("Orçamento (MZN)", "Despesa realizada (MZN)", "MZN"),
        ("الميزانية (EGP)", "الإنفاق الفعلي (EGP)", "EGP"),
    ],
)
def test_what_was_spent_is_no_budget(budget, spent, currency):
    dataset = read(["Activity", budget, spent], ["A", "250 000", "275 000"])
    (action,) = dataset.of(jmdi.Action)
    assert [(m.amount, m.currency) for m in action.finance] == [(Decimal(250_000), currency)]
    assert values(dataset) == [(spent, "actual", Decimal(275_000), "275 000", None)]
    assert [one.unit for one in dataset.of(jmdi.Indicator)] == [currency]


def test_expenditure_alone_is_the_budget():
    dataset = read(["Activity", "Expenditures (USD)"], ["A", "500"])
    (action,) = dataset.of(jmdi.Action)
    assert [m.amount for m in action.finance] == [Decimal(500)]


@pytest.mark.parametrize(
    ("aimed", "reached"),
    [
        ("# of beneficiaries targeted", "# of beneficiaries reached"),
        ("Nombre de bénéficiaires", "Nombre de bénéficiaires atteints"),
        ("Beneficiarios previstos", "Beneficiarios alcanzados"),
        ("N.º de beneficiários", "Beneficiários alcançados"),
        ("عدد المستفيدين", "عدد المستفيدين الفعليين"),
    ],
)
def test_figures_of_people_who_were_reached(aimed, reached):
    """Beside them, those of other people are the target; words stay an audience."""
    rows = ["Forum", "40", "38"], ["Fair", "200", "120"]
    dataset = read(["Activity", aimed, reached], *rows)
    assert [(role, value) for _, role, value, *_ in values(dataset)] == [
        ("target", 40),
        ("actual", 38),
        ("target", 200),
        ("actual", 120),
    ]
    named = read(["Activity", aimed, reached], ["Forum", "youth", "women"])
    assert values(named) == []


@pytest.mark.parametrize(
    "head",
    [
        "Annual plan",
        "Life of project target",
        "Quarterly target",
        "Meta vigencia",
        "Meta del periodo",
        "Meta semestral",
        "Cible fin de projet",
        "Cible 2024",
        "Prévision annuelle",
        "Meta para o trimestre",
    ],
)
def test_targets_by_when(head):
    rows = ["Train clerks", "clerks trained", "40"], ["Hold a fair", "fairs held", "2"]
    dataset = read(["Activity", "Indicator", head], *rows)
    assert [(role, value) for _, role, value, *_ in values(dataset)] == [
        ("target", 40),
        ("target", 2),
    ]


def test_a_date_that_is_aimed_at_is_no_target():
    dataset = read(["Acción", "Indicador", "Fecha meta"], ["Feria", "ferias", "mayo de 2024"])
    (action,) = dataset.of(jmdi.Action)
    assert (action.timeline.edtf, values(dataset)) == ("2024-05", [])
