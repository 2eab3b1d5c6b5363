"""Where a plan says in what its amounts are, whose they are, and what a quantity counts."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi_workplan.plan.cells.names import names
from jmdi_workplan.plan.columns import match_columns


def read(text: str) -> jmdi.Dataset:
    """The plan of a Markdown text."""
    return jmdi.read(io.BytesIO(text.encode()), format="workplan:markdown", on_error="keep")


def paid(text: str) -> list[tuple[str, str | None, object]]:
    """Amount, currency and source of all money."""
    money = [one for action in read(text).of(jmdi.Action) for one in action.finance]
    return [(str(one.amount), one.currency, one.extra.get("source")) for one in money]


def table(*rows: str) -> str:
    head, *others = rows
    line = "|".join("-" for _ in head.split("|"))
    return "\n".join(f"|{row}|" for row in (head, line, *others))


@pytest.mark.parametrize(
    ("line", "amount", "currency"),
    [
        ("All figures are given in euros", "250", "EUR"),
        ("(en milliers de FCFA BCEAO, XOF)", "250000", "XOF"),
        ("Los valores se expresan en pesos argentinos", "250", "ARS"),
        ("Montantes em milhares de USD", "250000", "USD"),
        ("The budget rose to 4 million euros", "250", None),  # a figure may say anything
        ("We thank the donors for their euros", "250", None),
    ],
)
def test_a_line_above_says_the_unit_of_all_amounts(line, amount, currency):
    plan = f"{line}\n\n" + table("Activity|Lead|Budget", "Open a desk|Town|250")
    assert paid(plan) == [(amount, currency, None)]


def test_the_line_right_above_a_table_is_for_it_alone():
    one = table("Activity|Lead|Budget", "Train|Town|250")
    plan = f"Figures are in USD\n\n{one}\n\nAmounts are in EUR\n\n{one}"
    assert paid(plan) == [("250", "USD", None), ("250", "EUR", None)]


@pytest.mark.parametrize(
    ("head", "currency"), [("Monto en Gs.", "PYG"), ("Valor (MT)", "MZN"), ("Costo (R)", None)]
)
def test_a_sign_of_one_currency_needs_no_country_in_a_head(head, currency):
    assert paid(table(f"Actividad|Plazo|{head}", "Feria|2020|900")) == [("900", currency, None)]


@pytest.mark.parametrize("head", ["currency", "Devise", "Moneda", "Moeda", "العملة"])
def test_a_column_says_the_currency_of_each_row(head):
    text = f"Activity,Budget,{head}\nTrain,5,USD\nBuild,7,EUR\nPlant,9,\nSow,5,GNF\nDig,5,XOF\n"
    found = jmdi.read(io.BytesIO(text.encode()), format="workplan:csv", on_error="keep")
    money = [action.finance[0] for action in found.of(jmdi.Action)]
    assert [one.currency for one in money] == ["USD", "EUR", None, "GNF", "XOF"]


@pytest.mark.parametrize(
    ("head", "typed", "amount", "currency"),
    [
        ("Budget (CHF)", "80'000.–", "80000", "CHF"),
        ("Presupuesto (Bs)", "45.300", "45300", None),  # of Bolivia or Venezuela
        ("Cost (lei)", "1,200", "1200", None),
    ],
)
def test_figures_are_read_by_what_their_currency_can_be(head, typed, amount, currency):
    assert paid(table(f"Activity|Lead|{head}", f"Dig|A|{typed}")) == [(amount, currency, None)]


def test_parts_of_a_sum_have_its_scale():
    plan = table("Action|Lead|Cost (thousand USD)|State|Town", "Dig|A|5|3|2", "Sow|A|7|3|4")
    assert [int(amount) // 1000 for amount, _, _ in paid(plan)] == [5, 3, 2, 7, 3, 4]


def test_a_dash_is_no_audience():
    (action,) = read(table("Activity|Target group|When", "Dig|-|2020")).of(jmdi.Action)
    assert action.audience == ()


@pytest.mark.parametrize("above", ["", "Budget / ", "Sources of funding / "])
def test_heads_with_a_currency_say_who_pays(above):
    plan = table(f"Activity|Lead|{above}Yvelines (€)|{above}Podor (€)", "Dig|A|10|5", "Sow|A|7|")
    assert paid(plan) == [
        ("10", "EUR", "Yvelines"),
        ("5", "EUR", "Podor"),
        ("7", "EUR", "Yvelines"),
    ]


@pytest.mark.parametrize(
    ("heads", "meaning"),
    [
        (["Activity", "Unit", "Quantity", "Lead"], "indicator"),
        (["Actividad", "Unidad de medida", "Meta", "Responsable"], "indicator"),
        (["Activité", "Indicateur", "Unité de mesure", "Cible"], "remarks"),
        (["Atividade", "Unidade", "Prazo", "Custo"], "responsible"),
        (["Activity", "Unit", "Lead agency", "When"], "indicator"),
    ],
)
def test_a_unit_is_what_is_counted_or_an_office(heads, meaning):
    units = next(n for n, head in enumerate(heads) if head.startswith("Uni"))
    assert match_columns(heads)[units].meaning == meaning


@pytest.mark.parametrize(
    ("heads", "meaning"),
    [
        (["Activity", "Budget", "Source"], "funding-source"),
        (["Activity", "Indicator", "Source"], "verification"),
        (["Atividade", "Custo", "Receitas"], "funding-source"),
        (["Actividad", "¿Cuándo?", "¿Quiénes?"], "responsible"),
        (["Actividad", "¿Quién?", "¿Quiénes?"], "audience"),
        (["Task", "Start", "Resource Names"], "responsible"),
        (["Activity", "Lead", "Support needed"], "remarks"),
        (["Activité", "Valeur cible", "Cible"], "audience"),
    ],
)
def test_heads_say_what_the_others_leave(heads, meaning):
    assert match_columns(heads)[2].meaning == meaning


def test_a_heading_inside_the_table_hides_no_figures():
    plan = table(
        "Activity|Unit rate (NPR)|Total", "A. Training|A. Training|A. Training", "Teach|85000|90000"
    )
    assert paid(plan) == [("85000", "NPR", None), ("90000", "NPR", None)]
    assert not read(plan).of(jmdi.Participates)


@pytest.mark.parametrize(
    "text", ["WFP, City Councils", "SEMAS e Exército", "State Employment Agency, regional centres"]
)
def test_names_are_parted(text):
    assert len(names(text)) == 2


def test_an_acronym_is_parted_from_a_ministry_alone():
    assert names("GIZ and Ministry of Labour and Employment") == (
        "GIZ",
        "Ministry of Labour and Employment",
    )


def test_a_source_without_an_amount_is_no_amount_that_cannot_be_read():
    found = read(table("Action|Lead|Source of funding", "Train|Town|Caribbean Development Bank"))
    (action,) = found.of(jmdi.Action)
    (money,) = action.finance
    assert (money.words, money.reason) == ("Caribbean Development Bank", "not_stated")
    assert not found.problems


@pytest.mark.parametrize(
    ("typed", "amount"), [("180.000$00", "180000.00"), ("1500$50", "1500.50"), ("$500$20", None)]
)
def test_escudos_have_their_sign_before_cents(typed, amount):
    (action,) = read(table("Atividade|Local|Custo (CVE)", f"Curso|Praia|{typed}")).of(jmdi.Action)
    assert [str(one.amount) for one in action.finance if one.currency == "CVE"] == [
        amount for amount in [amount] if amount
    ]


@pytest.mark.parametrize(
    "words", ["every Saturday", "toda sexta-feira", "tous les lundis", "los martes", "كل يوم سبت"]
)
def test_days_of_the_week_are_a_frequency(words):
    (action,) = read(table("Action|When|Lead", f"Meet|{words}|Town")).of(jmdi.Action)
    assert action.timeline is not None
    assert action.timeline.extra["every"] == "week"
