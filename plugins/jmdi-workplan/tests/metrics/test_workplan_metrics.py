"""The metrics of work plans, and the worked example of the design."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi import metrics_of
from jmdi.app import Model
from jmdi.errors import BadParameter, NotFound
from jmdi.graph.dataset import Dataset
from jmdi.metrics.result import Result
from jmdi.model.kinds import Action, Indicator, Initiative, Observation, Territory, WorkPlan
from jmdi.model.records import Record
from jmdi.model.relations import Coded
from jmdi.model.values import Audience, Money, Period, Place, PlanTable, Quantity, code
from jmdi.model.vocabularies import Concept, Vocabulary
from jmdi.plugins.catalog import Catalog

CATALOG = Catalog(
    metrics={spec.name: spec for spec in metrics_of("jmdi_workplan.metrics")},
    vocabularies={
        "actor-type": Vocabulary("actor-type", [Concept("ngo"), Concept("lg"), Concept("bank")]),
        "governance-level": Vocabulary("governance-level", [Concept("4"), Concept("6")]),
    },
)


def compute(name: str, records: Iterable[Record], **parameters: Any) -> Result:
    return Dataset(records, model=Model(CATALOG)).metric(name, **parameters)


def stakeholders(value: int, per: str | None = None) -> Audience:
    return Audience({"en": "local stakeholders"}, size=Quantity(value, "stakeholders", per=per))


PLAN = WorkPlan(id="plan")
FIRST = Action(
    id="action/1",
    workplan="plan",
    names={"en": "Workshops"},
    objectives=({"en": "Form committees"},),
    audience=(stakeholders(40, "region"),),
    activity={"en": "Workshop in each region"},
    places=(Place(words="Region III"), Place(words="Region VII"), Place(words="Region XI")),
    timeline=Period("{2015-10-19,2015-10-21,2015-10-22}"),
    finance=(Money("1500", "USD"),),
)
SECOND = Action(
    id="action/2",
    workplan="plan",
    names={"en": "Roll-out"},
    objectives=({"en": "Spread"},),
    audience=(Audience({"en": "Local governments"}),),
    activity={"en": "Meetings"},
    timeline=Period("2015-11/2015-12?", "November and December 2015 (to be determined)"),
    finance=(Money(reason="embedded", words="Costs will be embedded in the budget"),),
)


def test_the_worked_example_comes_out_exactly() -> None:
    records = (PLAN, FIRST, SECOND)
    cost = compute("workplan:cost-per-participant", records)
    assert (cost.lower, cost.upper, cost.value) == (Decimal("12.50"), Decimal("37.50"), None)
    assert repr(cost) == (
        "workplan:cost-per-participant = 12.50–37.50 USD   coverage 50 %   "
        "(cost per person; n = 1 action)"
    )
    assert compute("workplan:known-budget", records).value == 0.5
    completeness = compute("workplan:completeness", records)
    assert completeness.values == {"action/1": 1, "action/2": 5 / 6}
    assert completeness.value == 11 / 12
    assert completeness.notes["unfilled"] == {"action/2": ("timeline",)}


@pytest.mark.parametrize(
    ("money", "size", "expected"),
    [
        (Money("1500", "USD", per="region"), stakeholders(40, "region"), ("37.50", "37.50")),
        (Money("1500", "USD", per="total"), stakeholders(40, "region"), ("12.50", "12.50")),
        (Money("1500", "USD", per="total"), stakeholders(40), ("12.50", "37.50")),
        (Money("1500", "USD"), stakeholders(40), ("12.50", "112.50")),
        (Money("20", "USD", per="participant"), stakeholders(40), ("20.00", "20.00")),
        (
            Money("1000", "USD", upper="2000", per="total"),
            stakeholders(100, "total"),
            ("10.00", "20.00"),
        ),
        (Money("100", "USD", per="total"), stakeholders(3, "total"), ("33.333333", "33.333333")),
    ],
)
def test_admissible_bases(money: Money, size: Audience, expected: tuple[str, str]) -> None:
    action = Action(id="a", places=FIRST.places, finance=(money,), audience=(size,))
    result = compute("workplan:cost-per-participant", [action])
    assert (str(result.lower), str(result.upper)) == expected
    assert (result.value is None) == (expected[0] != expected[1])


@pytest.mark.parametrize(
    "action",
    [
        Action(id="a", audience=(stakeholders(40),), finance=(Money(reason="in_kind"),)),
        Action(
            id="a", audience=(stakeholders(40),), finance=(Money("5", candidates=("USD", "CAD")),)
        ),
        Action(id="a", finance=(Money("5", "USD"),)),
        Action(id="a", audience=(stakeholders(0),), finance=(Money("5", "USD"),)),
        Action(id="a", audience=(stakeholders(4, "event"),), finance=(Money("5", "USD"),)),
        Action(id="a", audience=(stakeholders(4),), finance=(Money("5", "USD", per="month"),)),
        Action(id="a", audience=(stakeholders(4, "region"),), finance=(Money("5", "USD"),)),
    ],
)
def test_unknown_costs_and_sizes_are_undefined_and_never_0(action: Action) -> None:
    result = compute("workplan:cost-per-participant", [action])
    assert (result.undefined, result.value, result.lower) == ("missing_input", None, None)


def test_currencies_are_never_mixed() -> None:
    actions = [
        Action(
            id="a",
            audience=(stakeholders(10, "total"),),
            finance=(Money("100", "USD", per="total"), Money("50", "EUR", per="total")),
        ),
        Action(
            id="b",
            audience=(stakeholders(30, "total"),),
            finance=(Money("100", "USD", per="total"),),
        ),
    ]
    result = compute("workplan:cost-per-participant", actions)
    assert result.values == {
        "EUR": {"lower": 5, "upper": 5, "actions": 1},
        "USD": {"lower": 5, "upper": 5, "actions": 2},
    }
    assert (result.value, result.lower, result.unit) == (None, None, "")


@given(
    st.lists(
        st.tuples(
            st.integers(1, 50),
            st.integers(0, 500),
            st.sampled_from([None, "total", "region", "participant"]),
            st.sampled_from([None, "total", "region"]),
            st.integers(0, 3),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_the_interval_holds_every_reading(
    drawn: list[tuple[int, int, str | None, str | None, int]],
) -> None:
    import itertools
    from fractions import Fraction

    actions, readings = [], []
    for number, (people, cost, cost_per, people_per, places) in enumerate(drawn):
        actions.append(
            Action(
                id=f"a{number}",
                audience=(stakeholders(people, people_per),),
                finance=(Money(cost, "USD", per=cost_per),),
                places=tuple(Place(words=str(i)) for i in range(places)),
            )
        )
        factors = {None: {1, places or 1}, "total": {1}, "region": {places} - {0}}
        each = {None: {1}} if cost_per == "participant" else factors
        readings.append(
            [
                (cost * p * people if cost_per == "participant" else cost * c, people * p)
                for p in factors[people_per]
                for c in (each[None] if cost_per == "participant" else factors[cost_per])
            ]
        )
    readings = [options for options in readings if options]
    result = compute("workplan:cost-per-participant", actions)
    if not readings:
        assert result.undefined == "missing_input"
        return
    ratios = [
        Fraction(sum(c for c, _ in chosen), sum(p for _, p in chosen))
        for chosen in itertools.product(*readings)
    ]
    assert float(result.lower or 0) == pytest.approx(float(min(ratios)), abs=1e-6)
    assert float(result.upper or 0) == pytest.approx(float(max(ratios)), abs=1e-6)


@pytest.mark.parametrize(
    ("words", "filled"),
    [
        ("To be determined", False),
        ("TBD", False),
        ("à déterminer", False),
        ("Por definir", False),
        ("–", False),
        ("n/a", False),
        ("In every region", True),
        ("Venue TBC, Region V", True),
    ],
)
def test_placeholders_count_as_unfilled(words: str, filled: bool) -> None:
    result = compute("workplan:completeness", [Action(id="a", activity={"und": words})])
    assert result.value == (1 / 6 if filled else 0)


@pytest.mark.parametrize(
    ("period", "filled"),
    [
        (Period("2015"), True),
        (Period(words="every spring"), True),
        (Period(words="tbd"), False),
        (Period(reason="to_be_determined", words="later"), False),
        (Period(), False),
    ],
)
def test_timelines_without_a_settled_date_count_as_unfilled(period: Period, filled: bool) -> None:
    assert compute("workplan:completeness", [Action(id="a", timeline=period)]).value == (
        1 / 6 if filled else 0
    )


def test_one_plan_of_several_and_unknown_plans() -> None:
    records = (PLAN, FIRST, SECOND, WorkPlan(id="other"), Action(id="x", workplan="other"))
    assert compute("workplan:completeness", records, workplan="other").value == 0
    assert compute("workplan:completeness", records, workplan="plan").n_used == 2
    with pytest.raises(NotFound, match="plan"):
        compute("workplan:completeness", records, workplan="plann")
    assert compute("workplan:known-budget", []).not_applicable
    assert compute("workplan:known-budget", [PLAN, Action(id="x")], workplan="plan").undefined == (
        "missing_input"
    )


def test_audience_matrix_with_its_empty_cells() -> None:
    plan = WorkPlan(id="plan", tables=(PlanTable(level=code("governance-level", "6")),))
    types = [Audience(type=code("actor-type", t)) for t in ("ngo", "lg")]
    actions = (
        Action(id="a", workplan="plan", table=1, audience=(types[0],)),
        Action(id="b", workplan="plan", level=code("governance-level", "4"), audience=tuple(types)),
        Action(id="c", workplan="plan", audience=(types[0], Audience())),
    )
    result = compute("workplan:audience", (plan, *actions))
    assert result.values == {"lg": {"4": 1, "6": 0}, "ngo": {"4": 1, "6": 1}}
    assert result.value == 0.75
    assert (result.n_used, result.n_eligible) == (3, 5)
    assert result.notes["audiences_without_level"] == 2
    assert result.notes["empty_cells"] == 1
    # Two have no level: both may be of new ones, or one may fill the empty cell.
    assert (result.lower, result.upper) == (3 / (3 * 4), 1)
    whole = compute("workplan:audience", (plan, *actions), cells="vocabulary")
    assert whole.value == 0.5
    assert compute("workplan:audience", [Action(id="c", audience=(types[0],))]).undefined == (
        "no_known_group"
    )


@given(
    st.lists(
        st.tuples(st.sampled_from(["ngo", "lg", None]), st.sampled_from(["4", "6", None])),
        max_size=5,
    ),
    st.data(),
)
def test_audiences_of_which_type_or_level_is_not_known_make_the_bounds(
    rows: list[tuple[str | None, str | None]], data: st.DataObject
) -> None:
    def table(cells: list[tuple[str | None, str | None]]) -> Result:
        actions = [
            Action(
                id=f"a{k}",
                workplan="plan",
                level=code("governance-level", level) if level else None,
                audience=(Audience(type=code("actor-type", kind) if kind else None),),
            )
            for k, (kind, level) in enumerate(cells)
        ]
        return compute("workplan:audience", [PLAN, Action(id="z", workplan="plan"), *actions])

    kinds, levels = st.sampled_from(["ngo", "lg", "cso"]), st.sampled_from(["4", "6", "1"])
    found = table(rows)
    filled = table([(t or data.draw(kinds), level or data.draw(levels)) for t, level in rows])
    if found.lower is not None and found.upper is not None and filled.value is not None:
        assert found.lower <= filled.value <= found.upper


def test_codification_counts_objectives_or_actions() -> None:
    records = (
        Action(
            id="a", objectives=({"en": "1"}, {"en": "2"}, {"en": "3"}), clusters=("theme/data",)
        ),
        Action(id="b", objectives=({"en": "4"},)),
        Action(id="c"),
        Coded(id="k", source="c", target="theme/data"),
    )
    assert compute("workplan:codification", records).value == 0.75
    assert compute("workplan:codification", records, per="action").value == 2 / 3
    assert compute("workplan:codification", [Action(id="c")]).undefined == "zero_denominator"


def test_a_figure_without_currency_counts_in_the_upper_bound_only() -> None:
    records = [
        Action(id="a", finance=(Money("5"),)),
        Action(id="b", finance=(Money("5", "USD"),)),
        Action(id="c"),
    ]
    result = compute("workplan:known-budget", records)
    assert (result.value, result.lower, result.upper) == (1 / 3, 1 / 3, 2 / 3)
    assert result.contributing == ("b",)


def actual(of: str, edtf: str, **more: Any) -> Observation:
    return Observation(
        id=f"o/{of}", of=of, role=code("observation-role", "actual"), period=Period(edtf), **more
    )


def test_adherence_needs_a_day_and_records_of_what_was_done() -> None:
    actions = [
        Action(id=name, timeline=Period("2015-10")) for name in ("on", "late", "open", "vague")
    ]
    later = Action(id="later", timeline=Period("2020"))
    records = (
        *actions,
        later,
        Action(id="undated"),
        actual("on", "2015-10-19"),
        actual("late", "2015-11-02"),
        actual("vague", "2015"),
    )
    result = compute("workplan:adherence", records, as_of="2016-01-01")
    assert (result.value, result.lower, result.upper) == (0.5, 0.25, 0.75)
    assert (result.n_used, result.n_eligible, result.as_of) == (2, 4, "2016-01-01")
    assert result.notes["late"] == ("late",)
    assert (result.notes["not_yet_due"], result.notes["undated"]) == (1, 1)
    assert compute("workplan:adherence", actions, as_of="2016-01-01").undefined == "missing_input"
    before = compute("workplan:adherence", records, as_of="2015-11-01")
    assert (before.value, before.notes["late"]) == (1, ())
    with pytest.raises(BadParameter, match="as_of"):
        compute("workplan:adherence", records)
    with pytest.raises(BadParameter, match="a date such as"):
        compute("workplan:adherence", records, as_of="soon")


def test_an_actual_value_that_is_missing_is_no_completion() -> None:
    records = [
        Action(id="a", timeline=Period("2015-10")),
        actual("a", "2015-10-19", reason="withheld"),
    ]
    assert compute("workplan:adherence", records, as_of="2016-01-01").undefined == "missing_input"


@pytest.mark.parametrize("more", [{"indicator": "i", "value": "12"}, {"value": "0"}])
def test_what_was_reached_in_a_year_is_no_completion(more: dict[str, str]) -> None:
    indicator = Indicator(id="i", of="a", names={"en": "Teachers trained"})
    records = [Action(id="a", timeline=Period("2015")), indicator, actual("a", "2015", **more)]
    assert compute("workplan:adherence", records, as_of="2016-01-01").undefined == "missing_input"


def test_per_village_is_not_per_region() -> None:
    """The action names regions; how many villages they have is not known."""
    action = attrs.evolve(FIRST, finance=(Money("1500", "USD", per="village"),))
    result = compute("workplan:cost-per-participant", (PLAN, action))
    assert result.undefined == "missing_input"
    assert result.notes["costs_with_other_basis"] == 1


def test_a_stated_total_is_not_added_to_its_parts() -> None:
    amounts = (Money("300", "USD"), Money("200", "USD"), Money("500", "USD", per="total"))
    people = Audience(who={"en": "people"}, size=Quantity(value="10", per="total"))
    result = compute(
        "workplan:cost-per-participant", [Action(id="a", finance=amounts, audience=(people,))]
    )
    assert (str(result.lower), str(result.upper)) == ("50.00", "50.00")


@pytest.mark.parametrize(
    ("unit", "people"),
    [
        ("local stakeholders", True),
        ("mayors", True),
        ("mujeres retornadas", True),
        ("municipalities", False),
        ("provinces", False),
        ("associations de migrants", False),
        ("local governments", False),
        ("planning officers", True),
    ],
)
def test_organisations_are_no_participants(unit: str, people: bool) -> None:
    audience = Audience(who={"und": unit}, size=Quantity(value="10", unit=unit, per="total"))
    action = Action(id="a", finance=(Money("50", "USD", per="total"),), audience=(audience,))
    result = compute("workplan:cost-per-participant", [action])
    assert (str(result.lower) if people else result.undefined) == (
        "5.00" if people else "missing_input"
    )


def test_costs_of_some_plans_initiatives_and_territories() -> None:
    people = Audience({"en": "people"}, size=Quantity(100, per="total"))

    def action(number: int, plan: str, place: str, year: str) -> Action:
        return Action(
            id=f"a{number}",
            workplan=plan,
            audience=(people,),
            places=(Place(place),),
            finance=(Money(1000 * (number + 1), "EUR", per="total"),),
            timeline=Period(year),
        )

    records: list[Record] = [
        Territory(id="land"),
        Territory(id="t0", within="land"),
        Territory(id="t1", within="land"),
        Initiative(id="i0"),
        WorkPlan(id="w0", initiatives=("i0",)),
        WorkPlan(id="w1"),
        action(0, "w0", "t0", "2014"),
        action(1, "w1", "t1", "2016"),
        action(2, "w0", "t1", "2016"),
    ]
    name = "workplan:cost-per-participant"
    assert compute(name, records).upper == 20
    assert compute(name, records, initiative="i0").upper == 20
    assert compute(name, records, workplan="w1").upper == 20
    assert compute(name, records, workplan=["w0", "w1"], territory="t0").upper == 10
    assert compute(name, records, territory="land").n_used == 3
    assert compute(name, records, as_of="2015-06-01").upper == 10
    assert compute(name, records, workplan="w1", initiative="i0").undefined == "missing_input"
    with pytest.raises(NotFound):
        compute(name, records, territory="nowhere")
