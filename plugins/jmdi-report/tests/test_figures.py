"""Figures of results: every metric has one, or it is said why not."""

from __future__ import annotations

import pytest

import jmdi
from jmdi.metrics.result import NoFigure, UndefinedResult

matplotlib = pytest.importorskip("matplotlib")

from jmdi_report.plots.results import figure  # noqa: E402
from jmdi_report.plots.saving import image  # noqa: E402

NEEDS = {
    "network:assortativity": {"groups": "type"},
    "network:bootstrap": {"metric": "density", "draws": 20},
    "network:brokerage": {"groups": "type"},
    "network:coleman-homophily": {"groups": "type"},
    "network:criticality": {"metric": "density"},
    "network:ei-index": {"groups": "type"},
    "network:heterogeneity": {"groups": "type"},
    "network:mixing": {"groups": "type"},
    "network:modularity": {"groups": "type"},
    "network:null": {"metric": "network:transitivity", "draws": 20},
    "network:yule-q": {"groups": "type"},
    "workplan:adherence": {"as_of": "2016-06-30"},
}
SLOW = {"network:best-ties", "scaling:best-seeds", "scaling:partner-criticality"}
NAMES = sorted(set(jmdi.default_model().catalog.metrics) - SLOW)


@pytest.fixture(scope="module")
def sample():
    return jmdi.datasets.load("sample")


def texts(axes):
    return " ".join(t.get_text() for t in axes.figure.findobj(matplotlib.text.Text))


@pytest.mark.parametrize("name", NAMES)
def test_every_metric_has_a_figure_or_says_why_not(sample, name):
    try:
        result = sample.metric(name, **NEEDS.get(name, {}))
    except jmdi.BadParameter:
        pytest.skip("it needs a choice that no other metric needs")
    if not result.defined:
        with pytest.raises(UndefinedResult):
            result.plot()
        return
    spec = sample.model.catalog.metrics[name]
    axes = result.plot()
    assert spec.plot is not None or (result.title or name) in texts(axes)


def dots(axes):
    return [line for line in axes.lines if line.get_marker() == "o"]


def test_values_are_sorted_and_open_ones_have_no_dot():
    values = {"a": 1, "b": None, "c": 3}
    result = jmdi.Result(metric="m", values=values, bounds={"b": (2, 4)}, value_is="ties")
    axes = figure(result)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["b", "c", "a"]
    assert list(dots(axes)[0].get_xdata()) == [3, 1]
    assert "bar: what the unknown allows" in axes.get_xlabel()


def test_years_keep_their_order():
    axes = figure(jmdi.Result(metric="m", values={"2014": 1, "2015": 9, "2016": 3}))
    assert [label.get_text() for label in axes.get_yticklabels()] == ["2014", "2015", "2016"]


def test_pairs_are_a_matrix_in_which_unknown_is_hatched():
    values = {"a → x": 1, "a → y": None, "b → x": 2, "b → y": 0}
    result = jmdi.Result(metric="m", values=values, bounds={"a → y": (0, 5)})
    axes = figure(result)
    grid = axes.images[0].get_array()
    assert grid.mask.tolist() == [[False, True], [False, False]]
    assert [patch.get_hatch() for patch in axes.patches] == ["////"]
    assert "0–5" in texts(axes) and "hatched: not known" in texts(axes)


def test_a_null_distribution_shows_the_observed_value(sample):
    net = sample.project("actors").simple()
    result = net.metric("network:null", metric="network:transitivity", draws=20, seed=1)
    axes = result.plot()
    observed = [line for line in axes.lines if line.get_marker() == "D"]
    rows = [row["observed"] for row in result.values.values()]
    assert [line.get_xdata()[0] for line in observed[: len(rows)]] == rows
    assert "20 draws" in axes.get_xlabel() and "p = " in texts(axes)


def test_one_comparison_that_kept_its_draws_is_a_histogram(sample):
    net = sample.project("actors").simple()
    ei = {"groups": "country"}
    axes = net.null("network:ei-index", parameters=ei, model="labels", draws=50, keep=True).plot()
    assert len(axes.patches) >= 8
    assert [label.get_text() for label in axes.get_yticklabels()] == []


def test_a_curve_is_drawn_though_its_median_is_not_reached(sample):
    net = sample.project("actors").simple()
    result = net.metric("network:survival", as_of="2016-12-31")
    assert not result.defined
    axes = result.plot()
    assert list(axes.lines[0].get_ydata()) == [float(y) for y in result.values.values()]
    assert axes.get_xlabel().startswith("days")


def test_one_value_stands_in_its_range_with_its_bounds():
    result = jmdi.Result(metric="m", value=0.5, lower=0.25, upper=0.75, range=(0, 1))
    axes = figure(result)
    assert axes.get_xlim() == pytest.approx((-0.03, 1.03))
    segments = [c.get_segments()[0][:, 0].tolist() for c in axes.collections]
    assert segments == [[0, 1], [0.25, 0.75]]
    open_ = jmdi.Result(metric="m", lower=180, range=(0, None))
    assert any(line.get_marker() == ">" for line in figure(open_).lines)


def test_what_is_drawn_can_be_chosen_and_what_is_missing_is_said():
    rows = {"a": {"density": 0.5, "why": "x"}, "b": {"density": 1.0, "why": "y"}}
    result = jmdi.Result(metric="m", values=rows)
    assert "density" in figure(result).get_xlabel()
    with pytest.raises(NoFigure, match="no numbers 'why' to draw; it has: density"):
        figure(result, column="why")
    with pytest.raises(NoFigure, match="its values are no numbers"):
        figure(jmdi.Result(metric="m", values={"a": "x"}))


def test_only_the_highest_are_drawn_and_people_have_no_name():
    values = {f"person/{i}": i for i in range(100)}
    axes = figure(jmdi.Result(metric="m", values=values), most=5)
    assert {label.get_text() for label in axes.get_yticklabels()} == {"(hidden)"}
    assert "5 of 100" in axes.get_xlabel()


def test_the_same_result_is_the_same_bytes(sample):
    result = sample.metric("network:degree")
    assert image(result.plot(style="print"), "svg") == image(result.plot(style="print"), "svg")


def test_the_core_says_what_to_install_for_a_figure():
    core = jmdi.Model.build([])
    result = core.dataset([]).metric("components")
    with pytest.raises(NoFigure, match="pip install jmdi-report"):
        jmdi.Result(metric="x", value=1, model=core).plot()
    assert result.undefined
