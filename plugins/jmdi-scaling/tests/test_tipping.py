"""Fits and the tipping metrics on a dataset."""

from __future__ import annotations

from decimal import Decimal

import attrs
import networkx as nx
import numpy as np
import pytest
from scaling_helpers import LG, actor, adopts, practice, tie, whole

import jmdi
from jmdi import Money, Period, Place, code
from jmdi.metrics.result import UndefinedResult
from jmdi_scaling.contagion.spread import Spread
from jmdi_scaling.contagion.tipping import vulnerability
from jmdi_scaling.diffusion.fitting import bass, fit, logistic

T = np.arange(1, 16)


def test_bass_is_found_again():
    found = fit(bass(T, 0.03, 0.4, 0.9).tolist())
    assert found.parameters["p"] == pytest.approx(0.03, rel=1e-3)
    assert found.parameters["q"] == pytest.approx(0.4, rel=1e-3)
    assert found.inflection == pytest.approx(np.log(0.4 / 0.03) / 0.43, rel=1e-3)
    low, high = found.inflection_interval
    assert low <= found.inflection <= high


def test_logistic_is_found_again():
    found = fit(logistic(T, 0.8, 6.0, 0.7).tolist(), "logistic")
    assert found.inflection == pytest.approx(6, rel=1e-3)
    assert found.parameters["m"] == pytest.approx(0.7, rel=1e-3)


def test_no_inflection_and_too_few_periods():
    assert fit(bass(T, 0.4, 0.05, 0.9).tolist()).inflection is None
    with pytest.raises(UndefinedResult) as error:
        fit([0.1, 0.2, 0.3, 0.4])
    assert error.value.reason == "not_enough_periods"


def karate():
    graph = nx.karate_club_graph()
    yield from (jmdi.Actor(id=str(k)) for k in graph)
    yield from (jmdi.Tie(id=f"tie/{a}/{b}", source=str(a), target=str(b)) for a, b in graph.edges)


def taken(name, year):
    return jmdi.Adopts(id=f"ad/{name}", source=name, target="p", period=Period(str(year)))


def test_margin_on_a_dataset(measure):
    found = measure(karate(), "tipping-margin", thresholds=0.5, q=1)
    assert found.value == 3
    assert found.notes["exact"]
    assert len(found.contributing) == 3
    more = [
        *karate(),
        practice("p"),
        taken(found.contributing[0], 2012),
    ]
    assert measure(more, "tipping-margin", thresholds=0.5, q=1, practice="p").value == 2
    bounds = measure(karate(), "tipping-margin", thresholds=0.5, q=1, limit=0)
    assert bounds.value is None
    assert bounds.lower <= 3 <= bounds.upper


def test_cascade_on_a_dataset(measure):
    found = measure(karate(), "cascade", thresholds=0.25, seeds="0", replicates=2)
    other = measure(reversed(list(karate())), "cascade", thresholds=0.25, seeds="0", replicates=2)
    assert found.value == other.value
    draws = measure(karate(), "cascade", thresholds=("uniform", 0, 1), replicates=50, seed=3)
    assert draws.seed == 3
    assert sum(draws.notes["sizes"].values()) == 50
    assert measure(karate(), "vulnerability").values["largest_cluster"] == 5
    with pytest.raises(jmdi.NotFound):
        measure(karate(), "cascade", seeds="nobody")
    assert measure([jmdi.Actor(id="a")], "cascade").undefined == "no_ties"
    assert measure([], "cascade").undefined == "empty_graph"


def test_ways_of_contagion_on_a_dataset(measure):
    def share(**more):
        return measure(karate(), "cascade", thresholds=0.25, seeds="0,33", replicates=3, **more)

    once = share()
    assert share(update="asynchronous").value == once.value
    assert share(reversible=True).value == once.value
    assert share(reversible=True, committed=False).value <= once.value
    assert share(reversible=True, committed=False).notes["stopped"] == 0
    assert set(once.contributing) == {"0", "33"}
    with pytest.raises(jmdi.BadParameter):
        share(update="never")


def test_layers_on_a_dataset(measure):
    def records():
        yield from (jmdi.Actor(id=x) for x in "abcd")
        for kind, a, b in (("advocacy", "a", "b"), ("funding", "a", "c"), ("funding", "a", "d")):
            yield jmdi.Tie(id=f"{a}{b}", source=a, target=b, type=code("tie-kind", kind))

    given = {"thresholds": 0.6, "seeds": "b", "replicates": 1}
    assert measure(records(), "cascade", **given).value == 0.25
    assert measure(records(), "cascade", layers="any", **given).value == 1
    assert measure(records(), "cascade", tie_kinds="advocacy", **given).value == 0.5


def test_best_seeds_on_a_dataset(measure):
    found = measure(karate(), "best-seeds", count=2, replicates=50)
    assert set(found.contributing) == {"0", "33"}
    assert "1/e" in found.notes["guarantee"]


def test_crossing_and_sensitivity(measure):
    ds = [
        *karate(),
        practice("p"),
        *(taken(str(k), 2010 + k // 3) for k in range(12)),
    ]
    found = measure(ds, "crossing", practice="p")
    assert found.notes["crossed"]["0.1"] == "2011"
    assert found.notes["crossed"]["0.4"] is None
    assert found.value == 0.35
    curve = measure(ds, "sensitivity", practice="p")
    assert list(curve.values.values()) == sorted(curve.values.values(), reverse=True)


def territories():
    for k in range(2):
        yield jmdi.Territory(id=f"t{k}")
        yield jmdi.Actor(id=f"l{k}", territory=f"t{k}")
        yield whole(f"i{k}", places=(Place(f"t{k}"),))
        yield jmdi.Participates(
            id=f"part{k}",
            source=f"l{k}",
            target=f"i{k}",
            role=code("organisation-role", "accountable"),
            period=Period("2010/.."),
        )
        yield jmdi.Contributes(
            id=f"gift{k}",
            source=f"l{k}",
            target=f"i{k}",
            amount=Money(10, "EUR"),
            period=Period("2010/.."),
        )
        yield jmdi.Evidence(
            id=f"e{k}",
            of=f"t{k}",
            criterion=code("institutionalisation", "plan"),
            state=code("presence", "present" if k else "absent"),
        )
    yield jmdi.Evidence(
        id="unit",
        of="t1",
        criterion=code("institutionalisation", "unit"),
        state=code("presence", "absent"),
    )


def test_joint_test(measure):
    found = measure(territories(), "tipping-joint")
    assert found.value == 0.5
    assert found.notes["tipped"] is True
    assert measure(territories(), "tipping-joint", tau=0.9).notes["tipped"] is False
    assert measure([], "tipping-joint").undefined == "missing_input"


def test_bounds_of_the_joint_test(measure):
    vague = [
        *territories(),
        jmdi.Contributes(id="more", source="l1", target="i1", amount=Money(reason="in_kind")),
    ]
    found = measure(vague, "tipping-joint")
    assert (found.value, found.lower, found.upper) == (0.5, 0, 1)
    nothing = measure([*territories()][:1], "tipping-joint", targets="t0")
    assert (nothing.status, nothing.lower, nothing.upper) == ("interval", 0, 1)


def test_not_reached_is_not_undefined(measure):
    ds = [
        *karate(),
        practice("p"),
        taken("0", 2010),
        taken("1", 2011),
    ]
    found = measure(ds, "crossing", practice="p")
    assert (found.value, found.undefined) == (0, None)
    assert set(found.notes["crossed"].values()) == {None}
    assert measure(karate(), "crossing").undefined == "missing_input"
    assert measure(ds, "diffusion-fit", practice="p").undefined == "not_enough_periods"
    slower = [2010] * 12 + [2011] * 6 + [2012] * 3 + [2013, 2014, 2015]
    early = [
        *karate(),
        practice("p"),
        *(taken(str(k), y) for k, y in enumerate(slower)),
    ]
    assert measure(early, "diffusion-fit", practice="p").undefined == "scaling:no_inflection"


def test_parameters_as_text(model, measure):
    read = {p.name: p.wanted.read for p in model.catalog.metric("scaling:sensitivity").parameters}
    grid = read["grid"]("0.1,0.2")
    assert measure(karate(), "sensitivity", grid=grid, replicates=5).values.keys() == {
        "0.1",
        "0.2",
    }
    read = {p.name: p.wanted.read for p in model.catalog.metric("scaling:cascade").parameters}
    drawn = read["thresholds"]("uniform, 0, 1")
    one = measure(karate(), "cascade", thresholds=drawn, replicates=9)
    assert (
        one.value == measure(karate(), "cascade", thresholds=("uniform", 0, 1), replicates=9).value
    )
    for bad in ({"grid": "low"}, {"grid": ()}, {"grid": [float("nan")]}):
        with pytest.raises(jmdi.BadParameter):
            measure(karate(), "sensitivity", **bad)
    with pytest.raises(jmdi.BadParameter):
        measure(karate(), "cascade", thresholds=("uniform", "low", "high"))
    with pytest.raises(jmdi.BadParameter):
        measure(karate(), "institutionalization", weights="plan")


def test_margin_over_scenarios(measure):
    found = measure(karate(), "tipping-margin", thresholds=("uniform", 0.2, 0.6), q=0.5, seed=2)
    assert len(found.notes["scenarios"]) == 20
    assert found.lower <= found.value <= found.upper
    assert found.seed == 2
    far = measure(karate(), "tipping-margin", thresholds=1.5, q=1, limit=10)
    assert far.upper == 34


def test_all_tests_side_by_side(measure):
    ds = [
        *karate(),
        *territories(),
        practice("p"),
        *(taken(str(k), 2010 + k // 3) for k in range(15)),
    ]
    found = measure(ds, "tipping", practice="p", as_of="2014-12-31")
    assert found.value is None
    assert found.values["joint"]["value"] == 0.5
    assert found.values["hazard"]["value"] > 0
    assert found.values["margin"]["lower"] is not None
    nothing = measure([], "tipping")
    assert nothing.undefined == "missing_input"


def test_adopters_without_a_date_bound_the_crossing(measure):
    records = [
        practice(),
        *(actor(f"a{k}", LG) for k in range(10)),
    ]
    records += [adopts(f"a{k}", year=2010 + k) for k in range(4)]
    plain = measure(records, "crossing", taus=(0.2, 0.4, 0.5))
    assert (plain.value, plain.lower, plain.upper) == (0.4, 0.4, 0.4)
    found = measure([*records, adopts("a9")], "crossing", taus=(0.2, 0.4, 0.5))
    assert (found.value, found.lower, found.upper) == (0.4, 0.4, 0.5)
    assert found.notes["crossed"] == {"0.2": "2011", "0.4": "2013", "0.5": None}
    assert found.notes["crossed_between"] == {
        "0.2": ("2010", "2011"),
        "0.4": ("2012", "2013"),
        "0.5": ("2013", None),
    }


STAR = [*(actor(f"a{k}", LG) for k in range(5)), *(tie("a0", f"a{k}") for k in range(1, 5))]


def test_vulnerability_under_a_distribution_of_thresholds(measure):
    # The centre has four ties, the others one: P(φ ≤ 1/4) and P(φ ≤ 1) of each distribution.
    for thresholds, chance in (
        (("uniform", 0, 1), 0.25),
        (("uniform", 0.25, 0.25), 1),
        (("normal", 0.25, 0.1), 0.5),
        (("beta", 1, 1), 0.25),
        (("normal", 0.3, 0), 0),
    ):
        found = measure(STAR, "vulnerability", thresholds=thresholds, seed=4)
        assert found.value == pytest.approx((4 + chance) / 5)
        assert found.values["kappa"] == pytest.approx(4 * 3 * chance / 5 / 1.6)
        assert 1 <= found.values["largest_cluster"] <= 5
        assert found.seed == 4
    assert measure(STAR, "vulnerability", thresholds=0.25).seed is None
    side_by_side = measure(STAR, "tipping", thresholds=("uniform", 0, 1))
    assert side_by_side.values["vulnerability"]["value"] == pytest.approx(0.85)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("crossing", {"hold": 0}),
        ("crossing", {"taus": (0, 2)}),
        ("best-seeds", {"replicates": 0}),
        ("cascade", {"replicates": 0}),
        ("cascade", {"rounds": 0, "reversible": True}),
        ("sensitivity", {"q": 5}),
        ("tipping-joint", {"theta": 5}),
        ("tipping-joint", {"tau": -1}),
        ("vulnerability", {"thresholds": "abc"}),
        ("vulnerability", {"thresholds": float("nan")}),
        ("cascade", {"thresholds": {f"a{k}": "x" for k in range(5)}}),
    ],
)
def test_parameters_that_mean_nothing_are_refused_by_name(measure, name, given):
    with pytest.raises(jmdi.JmdiError) as refused:
        measure(
            [
                *STAR,
                practice(),
                adopts("a1", year=2010),
            ],
            name,
            **given,
        )
    assert type(refused.value).__name__ == "BadParameter"
    assert next(iter(given)) in str(refused.value)


@pytest.mark.parametrize(
    "shares", [[0, 0, 0, 0.5, 0.5, 0.5], [0.1, 0.2, 0.2, 0.2, 0.2, 0.2], [0, 0, 0, 0, 1]]
)
def test_a_single_step_determines_no_curve(shares):
    # Any steep curve fits; an interval would be next to nothing, and mean nothing.
    with pytest.raises(UndefinedResult, match="one step"):
        fit(shares, "logistic")


def test_vulnerability_counts_ties_not_their_strength(measure):
    layered = [
        tie("a0", f"a{k}", strength=Decimal(9), type=code("tie-kind", kind))
        for k in range(1, 5)
        for kind in ("funding", "advocacy")
    ]
    layered = [attrs.evolve(t, id=f"{t.id}/{t.type.code}") for t in layered]
    records = [*STAR[:5], *layered]
    plain = measure(STAR, "vulnerability", thresholds=0.3)
    assert measure(records, "vulnerability", thresholds=0.3).values == plain.values
    strong = Spread.of("ab", [("a", "b", 9.0)], valued=True)
    assert vulnerability(strong, 0.5).share == 1


@pytest.mark.parametrize("name", ["tipping-margin", "sensitivity", "crossing", "tipping"])
def test_adopters_of_several_practices_are_not_mixed(measure, name):
    records = [
        *STAR,
        *(jmdi.Practice(id=f"practice/{x}") for x in "pq"),
        adopts("a1", year=2010),
        adopts("a2", "practice/q", year=2010),
    ]
    mixed = measure(records, name)
    assert mixed.undefined == "needs_choice"
    assert mixed.why == "there are 2 practices: name one as practice="
    assert mixed.notes["choices"] == {"practice": ("practice/p", "practice/q")}
    assert measure(records, name, practice="practice/q").undefined is None


def test_all_tests_read_ties_and_practices_in_one_way(measure):
    records = [*STAR[:5], *(tie("a0", f"a{k}", directed=True) for k in range(1, 5)), practice()]
    records += [adopts(f"a{k}", year=2010 + k) for k in range(1, 3)]
    for direction in ("out", "in", "both"):
        found = measure(records, "tipping", direction=direction)
        given = {"direction": direction, "thresholds": 0.25}
        for name in ("vulnerability", "tipping-margin"):
            own = measure(records, name, **given)
            assert found.values[name.removeprefix("tipping-")]["value"] == own.value
        assert found.values["sensitivity"]["value"] == (
            measure(records, "sensitivity", direction=direction).value
        )
