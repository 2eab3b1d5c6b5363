"""Figures: what is drawn is what the result says."""

from __future__ import annotations

import pytest

import jmdi
from jmdi import Period
from jmdi.metrics.result import Result, UndefinedResult, undefined
from jmdi_scaling.plotting import plot, plot_adoption, plot_thresholds, plot_vectors

pytest.importorskip("matplotlib")


@pytest.fixture
def found(measure):
    names = "abcd"
    ds = [*(jmdi.Actor(id=x) for x in names), jmdi.Practice(id="p"),
          *(jmdi.Tie(id=f"t{a}{b}", source=a, target=b) for a, b in ("ba", "ca", "db")),
          *(jmdi.Adopts(id=f"ad{k}", source=x, target="p", period=Period(str(2001 + k)))
            for k, x in enumerate(names[:3]))]  # fmt: skip
    return lambda name, **more: measure(ds, name, **more)


def test_curves(found):
    axes = plot(found("adoption-curve"))
    assert axes.lines[0].get_ydata().tolist() == [0.25, 0.5, 0.75]
    sizes = plot_adoption(found("adoption-curve"), categories=found("adopter-categories"))
    assert len(sizes.get_legend().get_texts()) == 4
    assert len(plot(found("sensitivity")).lines) == 2
    assert len(plot(found("cascade", replicates=3)).lines) == 1


def test_thresholds(found):
    axes = plot_thresholds(found("threshold"), exposures=found("exposure"))
    assert len(axes.collections[0].get_offsets()) == 2
    assert len(plot(found("threshold")).lines) == 1


def test_vectors_leave_the_undefined_open():
    vector = Result(metric="scaling:vector", values={"reach": None, "out": 0.5, "functional": 7.0})
    axes = plot(vector)
    assert [bar.get_height() for bar in axes.patches] == [0.5, 1]
    assert len(plot_vectors({"2013": vector, "2014": vector}).patches) == 4


def test_what_cannot_be_drawn():
    with pytest.raises(UndefinedResult):
        plot(undefined("no_ties", metric="scaling:cascade"))
    with pytest.raises(ValueError, match="no figure"):
        plot(Result(metric="density", value=1))
