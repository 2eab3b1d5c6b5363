"""Totals, commitments and flows of money, each computed by hand."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.app import Model
from jmdi.builtin.money.rates import read_rates

ACTORS = [jmdi.Actor(id=name) for name in ("donor", "agency", "town")]
A, B = (
    jmdi.Initiative(
        id=name,
        places=(
            jmdi.Place("sn", share=Decimal("0.75")),
            jmdi.Place("ph", share=Decimal("0.25")),
            jmdi.Place("village"),
        ),
        sector_shares=(
            jmdi.Share(jmdi.code("iati-sector", "15190"), Decimal("0.6")),
            jmdi.Share(jmdi.code("iati-sector", "24050"), Decimal("0.4")),
            jmdi.Share(jmdi.code("own", "m"), Decimal(1)),
        ),
    )
    for name in ("a", "b")
)
PLACES = [
    jmdi.Territory(id="sn", code=jmdi.code("iso-3166-1", "SN"), country="SN"),
    jmdi.Territory(id="ph", code=jmdi.code("iso-3166-1", "PH"), country="PH"),
    jmdi.Territory(id="village", country="SN"),
]


@pytest.fixture(scope="module")
def core() -> Model:
    return Model.build([])


def move(
    id: str,
    amount: int | str | None = None,
    currency: str | None = "USD",
    *,
    kind: str | None = "disbursement",
    date: str | None = "2019-03-01",
    rate: str | None = None,
    **more: Any,
) -> jmdi.Transaction:
    day = None if rate is None else datetime.date.fromisoformat(rate)
    return jmdi.Transaction(
        id=id,
        initiative=more.pop("initiative", "a"),
        type=None if kind is None else jmdi.code("transaction-type", kind),
        date=None if date is None else jmdi.Period(date),
        value=jmdi.Money(amount, currency, date=day),
        **more,
    )


def budget(id: str, amount: int, period: str = "2020", *, version: str = "", **more: Any) -> Any:
    day = more.pop("day", None)
    return jmdi.Budget(
        id=id,
        initiative=more.pop("initiative", "a"),
        type=jmdi.code("budget-type", more.pop("kind", "budget")),
        version=jmdi.code("budget-version", version) if version else None,
        period=jmdi.Period(period),
        value=jmdi.Money(amount, "USD", date=day),
        **more,
    )


def rows(result: jmdi.Result) -> dict[str, Any]:
    return {key: row["amount"] for key, row in (result.values or {}).items()}


def bounds(result: jmdi.Result) -> dict[str, Any]:
    return {key: row["amount"] for key, row in result.bounds.items()}


# totals


def test_types_and_currencies_are_never_added(core: Model) -> None:
    ds = core.dataset(
        [A, move("1", 10), move("2", "0.5"), move("3", 7, "EUR"), move("4", 9, kind="expenditure")]
    )
    found = ds.metric("money-total")
    assert rows(found) == {
        "disbursement · EUR": 7,
        "disbursement · USD": Decimal("10.5"),
        "expenditure · USD": 9,
    }
    assert (found.value, found.n_used, found.n_eligible) == (None, 4, 4)
    one = ds.metric("money-total", types="expenditure")
    assert (one.value, one.unit, one.lower) == (9, "USD", None)


def test_shares_divide_an_amount_by_country_year_and_sector(core: Model) -> None:
    own = jmdi.Place("ph", share=Decimal(1))
    ds = core.dataset([A, *PLACES, move("1", 100), move("2", 8, date="2020-01-01", places=(own,))])
    assert rows(ds.metric("money-total", by=["country", "year"])) == {
        "disbursement · PH · 2019 · USD": 25,
        "disbursement · PH · 2020 · USD": 8,
        "disbursement · SN · 2019 · USD": 75,
    }
    assert rows(ds.metric("money-total", by=["sector"], during="2019-01-01/2020-01-01")) == {
        "disbursement · 15190 · USD": 60,
        "disbursement · 24050 · USD": 40,
    }
    assert rows(ds.metric("money-total", by=["sector"], sectors="own")) == {
        "disbursement · m · USD": 108
    }


def test_what_is_not_known_of_an_amount_opens_the_bounds(core: Model) -> None:
    ds = core.dataset(
        [
            A,
            move("1", 10),
            move("2", 5, date=None),
            move("3", 4, date="2020-05-05"),
            move("4", None),
        ]
    )
    found = ds.metric("money-total", by=["year"])
    assert rows(found) == {"disbursement · 2019 · USD": 10, "disbursement · 2020 · USD": 4}
    assert bounds(found) == {
        "disbursement · 2019 · USD": (10, 15),
        "disbursement · 2020 · USD": (4, 9),
    }
    assert (found.n_used, found.n_eligible) == (2, 4)
    assert found.no_bounds == "amounts that are not known: 1"


def test_money_of_an_unknown_type_may_be_of_the_type_in_question(core: Model) -> None:
    ends = {"provider": "donor", "receiver": "agency"}
    ds = core.dataset([A, *ACTORS, move("1", 10), move("2", 5, kind=None, **ends)])
    found = ds.metric("money-total", types="disbursement")
    assert (found.value, found.lower, found.upper) == (10, 10, 15)
    assert (found.n_used, found.n_eligible, found.notes["of_unknown_type"]) == (1, 2, 1)
    assert ds.project("flow").unobserved == ((0, 1),)


def test_a_period_across_years_may_be_of_those_years_only(core: Model) -> None:
    plans = [budget("1", 10, "2018"), budget("2", 6, "2019"), budget("3", 5, "2019-07/2020-06")]
    found = core.dataset([A, *plans]).metric("money-total", of="budgets", by=["year"])
    assert bounds(found) == {"budget · 2018 · USD": (10, 10), "budget · 2019 · USD": (6, 11)}


@pytest.mark.parametrize(
    ("hierarchy", "value", "upper"),
    [("lowest", 100, 200), ("highest", 100, 200), ("all", 200, None)],
)
def test_a_whole_and_its_parts_count_once(
    core: Model, hierarchy: str, value: int, upper: int | None
) -> None:
    parts = [jmdi.Initiative(id=name) for name in "cd"]
    ties = [
        jmdi.Relates(
            id="1", source="c", target="a", type=jmdi.code("initiative-relation", "parent")
        ),
        jmdi.Relates(
            id="2", source="a", target="d", type=jmdi.code("initiative-relation", "child")
        ),
    ]
    stated = [
        budget("x", 100),
        budget("y", 60, initiative="c"),
        budget("z", 40, initiative="d"),
    ]
    ds = core.dataset([A, *parts, *ties, *stated])
    found = ds.metric("money-total", of="budgets", hierarchy=hierarchy)
    assert (found.value, found.upper) == (value, upper)
    assert found.notes.get("of_another_level") == {"lowest": 1, "highest": 2}.get(hierarchy)


def test_initiatives_that_contain_each_other_are_both_counted(core: Model) -> None:
    parent = jmdi.code("initiative-relation", "parent")
    ties = [
        jmdi.Relates(id="1", source="a", target="b", type=parent),
        jmdi.Relates(id="2", source="b", target="a", type=parent),
    ]
    ds = core.dataset([A, B, *ties, budget("x", 5), budget("y", 7, initiative="b")])
    assert ds.metric("money-total", of="budgets").value == 12


def test_a_revised_budget_replaces_the_original(core: Model) -> None:
    early, late = datetime.date(2020, 1, 1), datetime.date(2020, 6, 1)
    cases: list[tuple[list[Any], int, int | None]] = [
        ([budget("1", 100, version="original"), budget("2", 130, version="revised")], 130, 230),
        # without a version it is an original; of another year it is another budget
        ([budget("1", 100), budget("2", 130, version="revised")], 130, 230),
        ([budget("1", 100, "2019"), budget("2", 130, version="revised")], 230, None),
        # of a part of the year
        ([budget("1", 100), budget("2", 130, "2020-07/2020-12", version="revised")], 130, 230),
        # the later revision counts; two of one day are two lines
        (
            [
                budget("1", 100, version="revised", day=early),
                budget("2", 130, version="revised", day=late),
            ],
            130,
            230,
        ),
        (
            [
                budget("1", 100, version="revised", day=late),
                budget("2", 130, version="revised", day=late),
            ],
            230,
            None,
        ),
        ([budget("1", 100), budget("2", 130)], 230, None),
    ]
    for plans, value, upper in cases:
        found = core.dataset([A, *plans]).metric("money-total", of="budgets")
        assert (found.value, found.upper) == (value, upper)


def test_lines_are_in_their_budget(core: Model) -> None:
    whole = budget("1", 100)
    line = jmdi.evolve(budget("2", 60), part_of="1")
    found = core.dataset([A, whole, line]).metric("money-total", of="budgets")
    assert (found.value, found.notes["budget_lines"]) == (100, 1)


def test_without_money_there_is_no_total(core: Model) -> None:
    assert core.dataset([A]).metric("money-total").undefined == "missing_input"


# rates


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "rates.csv"
    path.write_text("currency,date,rate\nEUR,2019-03-01,1.10\neur,2020,1.2\nGBP,2019-03,1.3\n")
    return str(path)


@pytest.mark.parametrize(
    ("currency", "day", "rate"),
    [
        ("EUR", "2019-03-01", "1.10"),
        ("EUR", "2019-03-08", "1.10"),  # up to seven days after
        ("EUR", "2019-03-09", None),
        ("EUR", "2020-12-31", "1.2"),
        ("GBP", "2019-03-31", "1.3"),
        ("GBP", "2019-04-01", None),
        ("USD", None, "1"),
        ("EUR", None, None),
    ],
)
def test_the_rate_of_a_day(table: str, currency: str, day: str | None, rate: str | None) -> None:
    on = None if day is None else datetime.date.fromisoformat(day)
    found = read_rates(table).rate(currency, on, "USD")
    assert found == (None if rate is None else Decimal(rate))


def test_money_is_converted_only_with_rates_and_says_so(core: Model, table: str) -> None:
    paid = [
        move("1", 100),
        move("2", 10, "EUR"),
        move("3", 10, "EUR", rate="2020-02-02"),
        move("4", 10, "CHF"),
    ]
    ds = core.dataset([A, *paid])
    assert rows(ds.metric("money-total")) == {
        "disbursement · CHF": 10,
        "disbursement · EUR": 20,
        "disbursement · USD": 100,
    }
    own = ds.metric("money-total", currency="USD")
    assert (own.value, own.notes["in_other_currencies"], own.n_eligible) == (100, 3, 1)
    found = ds.metric("money-total", currency="USD", rates=table)
    assert (found.value, found.unit) == (Decimal("123.0"), "USD")  # 100 + 11 + 12
    assert (found.n_used, found.n_eligible) == (3, 4)
    assert (found.notes["converted"], found.notes["without_rate"]) == (2, 1)
    assert found.notes["rates"] == "rates.csv"
    assert len(found.notes["rates_sha256"]) == 64
    assert "converted to USD at the rates supplied" in found.convention
    with pytest.raises(jmdi.BadParameter, match="give currency="):
        ds.metric("money-total", rates=table)
    with pytest.raises(jmdi.BadParameter, match="three capitals"):
        ds.metric("money-total", currency="usd", rates=table)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("currency,rate\n", 1, "there is no column date"),
        ("currency,date,rate\nEuro,2019,1\n", 2, "no currency"),
        ("currency,date,rate\nEUR,May 2019,1\n", 2, "no day, month or year"),
        ("currency,year,rate\nEUR,2019,1\nGBP,2019,0\n", 3, "no rate above 0"),
        ('currency,year,rate\nEUR,2019,"1,1"\n', 2, "no rate above 0"),
        ("currency,year,rate\nEUR,2019,1\nEUR,2019,2\n", 3, "two rates"),
    ],
)
def test_a_table_of_rates_that_is_wrong_says_where(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(text)
    with pytest.raises(jmdi.DataError, match=said) as caught:
        read_rates(str(path))
    (problem,) = caught.value.problems
    assert (problem.code, problem.where.line) == ("J120", line)


# flows


def flows(network: jmdi.Network) -> list[tuple[str, str, Any, Any]]:
    columns = network.edge_attributes
    return [
        (edge.source, edge.target, columns["amount"][edge.index], columns["currency"][edge.index])
        for edge in network.edges
    ]


def test_money_flows_from_provider_to_receiver(core: Model) -> None:
    ends = {"provider": "donor", "receiver": "agency"}
    ds = core.dataset(
        [
            A,
            *ACTORS,
            move("1", 10, **ends),
            move("2", -3, kind="expenditure", **ends),
            move("3", 99, kind="outgoing_commitment", **ends),
            move("4", 4, provider="agency", receiver="agency"),
            move("5", 4, receiver="town"),
            move("6", 5, receiver="town", reported_by="agency"),
        ]
    )
    network = ds.project("flow")
    assert flows(network) == [("donor", "agency", 7, "USD"), ("agency", "town", 5, "USD")]
    assert network.edge_attributes["inferred"] == (False, True)
    assert [edge.weight for edge in network.edges] == [7, 5]
    assert [record.id for record in network.records(0)] == ["1", "2"]
    assert (network.notes["side_unknown"], network.notes["to_oneself"]) == (1, 1)
    assert flows(ds.project("flow", publishers=False)) == [("donor", "agency", 7, "USD")]
    promised = ds.project("flow", types="outgoing_commitment")
    assert flows(promised) == [("donor", "agency", 99, "USD")]


def test_amounts_of_two_currencies_are_not_compared(core: Model, table: str) -> None:
    ends = {"provider": "donor", "receiver": "agency"}
    paid = [move("1", 10, **ends), move("2", 10, "EUR", **ends), move("3", None, **ends)]
    ds = core.dataset([A, *ACTORS, *paid])
    network = ds.project("flow")
    assert flows(network) == [("donor", "agency", 10, "EUR"), ("donor", "agency", 10, "USD")]
    assert all(math.isnan(edge.weight or math.nan) for edge in network.edges)
    assert network.notes["currencies"] == ("EUR", "USD")
    assert flows(ds.project("flow", currency="EUR")) == [("donor", "agency", 10, "EUR")]
    both = ds.project("flow", currency="USD", rates=table)
    assert flows(both) == [("donor", "agency", 21, "USD")]
    assert (both.edges[0].weight, both.edge_attributes["amounts_unknown"]) == (21, (1,))


def test_a_commitment_and_its_payment_are_not_added(core: Model) -> None:
    ends = {"provider": "donor", "receiver": "agency"}
    rows = [move("1", 10, **ends), move("2", 12, kind="outgoing_commitment", **ends)]
    rows += [move("3", 1, kind="expenditure", **ends), move("4", 2, kind="loan_repayment", **ends)]
    network = core.dataset([A, *ACTORS, *rows]).project("flow", types=None)
    assert sorted(amount for _, _, amount, _ in flows(network)) == [12, 13]
    assert sorted(network.edge_attributes["types"]) == [
        ("disbursement", "expenditure", "loan_repayment"),
        ("outgoing_commitment",),
    ]
    assert all(math.isnan(edge.weight or math.nan) for edge in network.edges)


def test_a_flow_of_an_unknown_day_is_not_observed(core: Model) -> None:
    ends = {"provider": "donor", "receiver": "agency"}
    ds = core.dataset(
        [
            A,
            *ACTORS,
            move("1", 1, date=None, **ends),
            move("2", 1, provider="agency", receiver="town"),
        ]
    )
    network = ds.project("flow", during="2019-01-01/2020-01-01")
    assert flows(network) == [("agency", "town", 1, "USD")]
    assert network.unobserved == ((0, 1),)
    assert ds.project("flow", during=("2020-01-01", "2021-01-01")).n_edges == 0


def test_planned_money_flows_too(core: Model) -> None:
    plan = budget("1", 3, kind="recipient_organisation_budget", initiative=None)
    plan = jmdi.evolve(plan, owner="donor", receiver="town")
    ds = core.dataset([*ACTORS, plan])
    network = ds.project("flow", types="recipient_organisation_budget")
    assert flows(network) == [("donor", "town", 3, "USD")]


# invariants

CORE = Model.build([])


@st.composite
def money(draw: st.DrawFn) -> list[jmdi.Record]:
    """Two initiatives, one perhaps a part of the other, with transactions of all sorts."""
    places = draw(st.sampled_from([(), A.places]))
    records: list[jmdi.Record] = [jmdi.evolve(A, places=places), B, *PLACES, *ACTORS]
    if draw(st.booleans()):
        parent = jmdi.code("initiative-relation", "parent")
        records.append(jmdi.Relates(id="r", source="b", target="a", type=parent))
    people = st.sampled_from([None, "donor", "agency", "town"])
    records += [
        move(
            str(number),
            draw(st.none() | st.integers(-50, 100)),
            draw(st.sampled_from(["USD", "EUR", None])),
            kind=draw(st.sampled_from(["disbursement", "expenditure", None])),
            date=draw(st.sampled_from(["2019-03-01", "2020", None, "2019-11/2020-02"])),
            initiative=draw(st.sampled_from("ab")),
            provider=draw(people),
            receiver=draw(people),
        )
        for number in range(draw(st.integers(1, 6)))
    ]
    return records


def sums(records: list[jmdi.Record], **given: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Amounts and bounds by type and currency, whatever else they are divided by."""
    found = CORE.dataset(records).metric("money-total", **given)
    amounts: dict[str, Any] = {}
    highest: dict[str, Any] = {}
    for key, row in (found.values or {}).items():
        sort = f"{row['type']} · {row['currency']}"
        amounts[sort] = amounts.get(sort, 0) + row["amount"]
        if key in found.bounds:
            highest[key] = found.bounds[key]["amount"]
    return amounts, highest


@given(money(), st.sampled_from(["year", "country", "sector", "receiver"]))
def test_parts_and_what_is_not_known_of_them_make_the_whole(
    records: list[jmdi.Record], by: str
) -> None:
    whole, _ = sums(records, hierarchy="all")
    divided, limits = sums(records, hierarchy="all", by=[by])
    for low, high in limits.values():
        assert low <= high
    paid = [r.value for r in records if isinstance(r, jmdi.Transaction)]
    if all(one is None or (one.amount or 0) >= 0 for one in paid):
        assert all(divided[sort] <= whole[sort] for sort in divided)


@given(money(), st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(records: list[jmdi.Record], order: Any) -> None:
    other = list(records)
    order.shuffle(other)
    assert sums(records, by=["year"]) == sums(other, by=["year"])


@given(money())
def test_each_payment_is_an_edge_or_counted_in_the_notes(records: list[jmdi.Record]) -> None:
    network = CORE.dataset(records).project("flow", hierarchy="all")
    paid = [r for r in records if isinstance(r, jmdi.Transaction) and r.type is not None]
    edges = sum(network.edge_attributes["n"])
    notes = network.notes
    assert edges + notes.get("side_unknown", 0) + notes.get("to_oneself", 0) == len(paid)


@given(money())
def test_a_level_alone_is_within_the_bounds_of_the_other(records: list[jmdi.Record]) -> None:
    ds = CORE.dataset(records)
    both = rows(ds.metric("money-total", hierarchy="all"))
    lowest = ds.metric("money-total")
    for key, (low, high) in bounds(lowest).items():
        assert low <= both[key] <= high


def test_sums_and_what_is_not_spent_of_the_sample_by_a_loop():
    ds = jmdi.datasets.load("sample")
    sums: dict[tuple[str, str], Decimal] = {}
    by_initiative: dict[str, dict[str, Decimal]] = {}
    for row in ds.of(jmdi.Transaction):
        kind, currency = row.type.code, row.value.currency
        sums[kind, currency] = sums.get((kind, currency), Decimal(0)) + row.value.amount
        mine = by_initiative.setdefault(row.initiative, {})
        mine[kind] = mine.get(kind, Decimal(0)) + row.value.amount
    found = ds.metric("money-total").values.values()
    assert {(row["type"], row["currency"]): row["amount"] for row in found} == sums
    promised = {id: mine for id, mine in by_initiative.items() if "outgoing_commitment" in mine}
    idle = {id for id, mine in promised.items() if not {"disbursement", "expenditure"} & {*mine}}
    nothing = ds.metric("undisbursed")
    assert set(nothing.values) == idle and nothing.value == len(idle) / len(promised)
