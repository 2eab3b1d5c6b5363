"""Figures: what is drawn is what the result says, and nothing else is touched."""

from __future__ import annotations

import io

import attrs
import pytest
from scaling_helpers import practice

import jmdi
from jmdi import Period
from jmdi.metrics.result import NoFigure, Result, UndefinedResult
from jmdi_scaling import plotting

matplotlib = pytest.importorskip("matplotlib")

DRAWN = [
    spec.name.removeprefix("scaling:")
    for spec in jmdi.metrics_of("jmdi_scaling.metrics")
    if spec.plot
]


def records():
    names = "abcdef"
    yield from (jmdi.Actor(id=x) for x in names)
    yield practice("p")
    yield jmdi.Territory(id="land")
    for a, b in ("ba", "ca", "cb", "db", "ed"):
        yield jmdi.Tie(id=f"t{a}{b}", source=a, target=b, directed=True)
    for k, x in enumerate(names[:4]):
        yield jmdi.Adopts(id=f"ad{k}", source=x, target="p", period=Period(str(2001 + k)))


@pytest.fixture
def found(measure):
    more = {
        "vector": {"targets": "land"},
        "cascade": {"replicates": 9},
        "best-seeds": {"replicates": 5, "count": 2},
        "threshold-categories": {"lag": 0, "no_ties": 0},
    }
    return lambda name, **given: measure(
        [*records(), jmdi.Adopts(id="late", source="f", target="p")],
        name,
        **{**more.get(name, {}), **given},
    )


@pytest.mark.parametrize("name", DRAWN)
def test_every_declared_figure_is_labelled_and_always_the_same(found, name):
    before = dict(matplotlib.rcParams)
    result = found(name)
    pictures = []
    for _ in range(2):
        axes = result.plot()
        assert axes.get_ylabel()
        with matplotlib.rc_context({"svg.hashsalt": "jmdi"}):
            out = io.StringIO()
            axes.figure.savefig(out, format="svg", metadata={"Date": None})
        pictures.append(out.getvalue())
    assert pictures[0] == pictures[1]
    assert dict(matplotlib.rcParams) == before


def test_adoption_curve(found):
    axes = found("adoption-curve").plot(color="red")
    (line,) = axes.lines
    assert line.get_ydata().tolist() == pytest.approx([0.2, 0.4, 0.6, 0.8])
    assert line.get_color() == "red"
    words = [text.get_text() for text in axes.get_legend().get_texts()]
    assert "early adopters (1)" in words
    assert "if undated and unrecorded adopters are counted" in words


def test_threshold_exposure(found):
    axes = found("threshold").plot()
    points = {tuple(p) for c in axes.collections for p in c.get_offsets().tolist()}
    assert points == {(1.0, 1.0)}
    assert axes.get_xlabel().startswith("exposure")
    numbers = found("threshold", normalized=False).plot()
    assert numbers.get_ylim()[1] > 2
    assert found("exposure", normalized=False).plot().get_ylabel() == "mean number of adopters"


def test_axes_are_those_given(found):
    from matplotlib.figure import Figure

    axes = Figure().subplots()
    assert found("hazard").plot(axes) is axes


def vector(**values):
    return Result(
        metric="scaling:vector",
        values=values,
        notes={"bounds": {name: [0.1, 1.0] for name in values}},
    )


def test_vectors_say_what_is_not_known():
    one, other = vector(reach=None, out=0.5, functional=7.0), vector(reach=0.2, out=None)
    axes = plotting.vectors({"i1": one, "i2": other})
    assert axes.lines[0].get_ydata().tolist() == [0.5, 1]
    assert [text.get_text() for text in axes.texts] == ["?", "?", "?"]
    over_time = plotting.vectors_over_time({"2013": one, "2014": other})
    assert over_time.lines[1].get_ydata().tolist() == [0.5]
    assert [t.get_text() for t in over_time.get_xticklabels()] == ["2013", "2014"]


def test_what_cannot_be_drawn(found, measure):
    with pytest.raises(UndefinedResult, match="empty_graph"):
        measure([], "cascade").plot()
    with pytest.raises(NoFigure, match="scaling:adoption-curve"):
        found("reach").plot()


def test_without_matplotlib_the_extra_is_named(found, monkeypatch):
    result = found("hazard")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(NoFigure, match=r"pip install 'jmdi-scaling\[plot\]'"):
        result.plot()


def test_a_result_is_the_same_without_its_figure(found):
    result = found("hazard")
    assert result == attrs.evolve(result, model=None)
