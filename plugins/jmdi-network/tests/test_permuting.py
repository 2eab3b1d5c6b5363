from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from network_helpers import MODEL, karate, measure, net, random_net

from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.running.measuring import run
from jmdi_network import difference, logit_qap, mrqap, qap, same
from jmdi_network.nulls.permuting import matrix_of


def test_correlation_and_exact_p() -> None:
    first = net([(0, 1), (1, 2), (2, 3), (3, 0)], 5)
    second = net([(0, 1), (1, 2), (2, 4)], 5)
    found = qap(first, second)
    x, y = (matrix_of(each, first.nodes) for each in (first, second))
    upper = np.triu_indices(5, 1)
    assert found.value == pytest.approx(np.corrcoef(x[upper], y[upper])[0, 1])
    every = []
    for order in itertools.permutations(range(5)):
        moved = x[np.ix_(order, order)]
        every.append(np.corrcoef(moved[upper], y[upper])[0, 1])
    assert found.values is not None and found.notes["exact"]
    assert found.values["p_upper"] == pytest.approx(np.mean(np.array(every) >= found.value - 1e-9))


def test_workers_and_seed() -> None:
    first, second = random_net(1, 15, 0.3), random_net(2, 15, 0.3)
    one, two = (qap(first, second, draws=40, seed=9, workers=w) for w in (1, 2))
    assert one == two
    assert qap(first, first, draws=99).values["p"] == pytest.approx(2 / 100)  # type: ignore[index]


def test_a_constant_network_has_no_correlation() -> None:
    assert qap(net([], 4), net([(0, 1)], 4)).undefined == "zero_denominator"
    with pytest.raises(BadParameter, match="same nodes"):
        qap(net([], 4), net([(0, 1)], 5))


def test_mrqap_gives_the_coefficients_of_least_squares() -> None:
    y = random_net(1, 14, 0.4, directed=True, weights=True)
    x = random_net(2, 14, 0.4, directed=True)
    z = same(y, [i % 3 for i in range(14)])
    found = mrqap(y, {"x": x, "same": z}, draws=60, seed=4)
    off = ~np.eye(14, dtype=bool)
    design = np.column_stack([np.ones(off.sum()), matrix_of(x, y.nodes)[off], z[off]])
    beta = np.linalg.lstsq(design, matrix_of(y, y.nodes)[off], rcond=None)[0]
    assert found.values is not None
    coefficients = [found.values[k]["coefficient"] for k in ("(intercept)", "x", "same")]
    assert coefficients == pytest.approx(beta)
    assert 0 < found.values["x"]["p"] <= 1 and "p" not in found.values["(intercept)"]
    assert mrqap(y, {"x": x, "same": z}, draws=60, seed=4, workers=2) == found


def test_mrqap_finds_what_explains() -> None:
    made = karate()
    clubs = same(made, "club")
    noise = matrix_of(random_net(3, 34, 0.1), [str(i) for i in range(34)])
    found = mrqap(made, {"club": clubs, "noise": noise}, draws=199)
    assert found.values is not None
    assert found.values["club"]["p"] == pytest.approx(2 / 200)
    assert found.values["noise"]["p"] > 0.05


def test_predictors_that_follow_from_others_are_refused() -> None:
    made = random_net(1, 8, 0.4)
    matrix = matrix_of(made, made.nodes)
    found = mrqap(random_net(2, 8, 0.4), {"a": matrix, "b": 2 * matrix}, draws=5)
    assert found.undefined == "zero_denominator"
    with pytest.raises(BadParameter, match="not known"):
        mrqap(made, {"d": difference(made, [1, 2, 3, 4, 5, 6, 7, None])}, draws=5)


def test_difference() -> None:
    made = net([(0, 1)], 3)
    assert difference(made, [1, 4, 2]).tolist() == [[0, 3, 1], [3, 0, 2], [1, 2, 0]]


def test_matrices_of_another_size_and_no_draws_are_refused() -> None:
    made = net([(0, 1), (1, 2)], 4)
    for wrong in (
        lambda: qap(made, np.zeros((3, 3))),
        lambda: mrqap(made, {"x": np.zeros((3, 3))}),
    ):
        with pytest.raises(BadParameter, match=r"\(3, 3\).*4 nodes"):
            wrong()
    for name, given in (("qap", {"other": made}), ("mrqap", {"by": {"x": made}})):
        with pytest.raises(BadParameter, match="draws as a whole number, at least 1"):
            measure(made, name, draws=0, **given)


def test_logit_finds_what_explains() -> None:
    made = karate()
    clubs = same(made, "club")
    noise = matrix_of(random_net(3, 34, 0.1), [str(i) for i in range(34)])
    found = logit_qap(made, {"club": clubs, "noise": noise}, draws=99)
    assert found.values is not None
    assert found.values["club"]["p"] == found.values["club"]["p_absolute"] * 2 == 2 / 100
    assert found.values["noise"]["p"] > 0.05
    assert found == logit_qap(made, {"club": clubs, "noise": noise}, draws=99, workers=2)


def test_logit_of_one_binary_predictor_is_the_odds_ratio() -> None:
    made = karate()
    found = logit_qap(made, {"club": same(made, "club")}, draws=9).values or {}
    ratio = (measure(made, "yule-q", groups="club").values or {})["odds_ratio"]
    assert found["club"]["odds_ratio"] == pytest.approx(ratio)


def test_predictors_that_separate_ties_have_no_coefficient() -> None:
    made = net([(0, 1), (1, 2), (2, 3), (3, 4)])
    found = logit_qap(made, {"itself": made}, draws=9)
    assert found.undefined == "zero_denominator" and "infinite" in found.why
    # the only pair of one group is tied: of that group alone the odds are infinite
    group = same(made, ["a", "a", "b", "c", "d"])
    assert logit_qap(made, {"group": group}, draws=9).undefined == "zero_denominator"


def test_logit_of_predictors_far_from_zero() -> None:
    made = random_net(4, 12, 0.4, directed=True)
    number = np.random.default_rng(1).integers(0, 9, (12, 12)).astype(float)
    near = logit_qap(made, {"x": number}, draws=9).values or {}
    far = logit_qap(made, {"x": 2000 + number / 1000}, draws=9).values or {}
    assert far["x"]["coefficient"] == pytest.approx(1000 * near["x"]["coefficient"])
    assert far["x"]["z"] == pytest.approx(near["x"]["z"])
    steep = logit_qap(made, {"x": 100 * (matrix_of(made, made.nodes) + number)}, draws=9)
    assert steep.defined


@pytest.mark.parametrize("seed", range(5))
def test_pairs_that_were_not_observed_are_left_out(seed: int) -> None:
    random = np.random.default_rng(seed)
    ids = [f"a{i}" for i in range(7)]
    ties = np.array(random.random((2, 7, 7)) < 0.4, float)
    ties[:, range(7), range(7)] = 0
    hidden = ties[0].copy()
    hidden[3, :3] = np.nan
    full, half, other = (
        Network.from_matrix(cells.tolist(), ids, directed=True, model=MODEL)
        for cells in (ties[0], hidden, ties[1])
    )
    seen = ~np.isnan(hidden) & ~np.eye(7, dtype=bool)
    wanted = np.corrcoef(hidden[seen], ties[1][seen])[0, 1]
    for one, two in ((half, other), (other, half)):
        found = measure_plainly("network:qap", one, other=two)
        assert found == pytest.approx(wanted, abs=1e-9)
    x, y = ties[1][seen], hidden[seen]
    slope = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
    plain = run(MODEL, "network:mrqap", half, {"by": {"x": other}, "draws": 1}, completions=0)
    assert plain.values["x"]["coefficient"] == pytest.approx(slope, abs=1e-9)
    with pytest.raises(BadParameter, match="not known"):
        full.metric("network:mrqap", by={"x": half}, draws=1)


def measure_plainly(name: str, network: Network, **parameters: Any) -> float | None:
    """A metric without the completions of its network."""
    value = run(MODEL, name, network, {**parameters, "draws": 9, "exact": 0}, completions=0).value
    return None if value is None else float(value)


def test_an_attribute_is_no_matrix() -> None:
    made = net([(0, 1), (1, 2)], 4)
    for name, given in (("qap", {"other": "type"}), ("mrqap", {"by": {"same": "type"}})):
        with pytest.raises(BadParameter, match=r"'type' is neither a network nor a matrix.*same"):
            measure(made, name, **given)
