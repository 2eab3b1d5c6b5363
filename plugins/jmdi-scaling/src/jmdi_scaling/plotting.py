"""Figures of results; needs the extra ``plot``.

Each function draws on the axes that it is given, or on new ones, and returns them. It changes
no setting of matplotlib, and leaves showing and saving to the caller.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import Any

from jmdi.metrics.result import Result, UndefinedResult

__all__ = ["plot", "plot_adoption", "plot_cascade", "plot_sensitivity", "plot_thresholds",
           "plot_vectors"]  # fmt: skip


def _axes(axes: Any) -> Any:
    if axes is not None:
        return axes
    try:
        figures = importlib.import_module("matplotlib.figure")
    except ImportError as error:
        raise ImportError("figures need matplotlib: install jmdi-scaling[plot]") from error
    return figures.Figure(layout="constrained").subplots()


def _values(result: Result) -> Mapping[str, Any]:
    if result.values is None:
        raise UndefinedResult(result.undefined, f"{result.metric} has nothing to draw")
    return result.values


def plot(result: Result, axes: Any = None, **more: Any) -> Any:
    """The figure that suits a result, by its metric.

    Raises:
        ValueError: If there is none for this metric.
        UndefinedResult: If the result has no values.
        ImportError: If matplotlib is missing.
    """
    figures = {
        "scaling:adoption-curve": plot_adoption,
        "scaling:threshold": plot_thresholds,
        "scaling:sensitivity": plot_sensitivity,
        "scaling:cascade": plot_cascade,
    }
    if result.metric == "scaling:vector":
        return plot_vectors({result.as_of or "": result}, axes)
    if result.metric not in figures:
        known = ", ".join([*figures, "scaling:vector"])
        raise ValueError(f"there is no figure of {result.metric or 'this result'}: only of {known}")
    return figures[result.metric](result, axes, **more)


def _labelled(axes: Any, x: str, y: str, top: float | None = 1.0) -> Any:
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    if top is not None:
        axes.set_ylim(0, top * 1.02)
    return axes


def plot_adoption(result: Result, axes: Any = None, *, categories: Result | None = None) -> Any:
    """The adoption curve; with the result of ``adopter-categories``, their sizes beside it."""
    axes = _axes(axes)
    values = _values(result)
    axes.plot(range(len(values)), list(values.values()), marker="o", color="black")
    step = max(1, len(values) // 10)
    axes.set_xticks(range(0, len(values), step), list(values)[::step], rotation=45)
    if categories is not None:
        n = result.n_used or 1
        done = 0.0
        for shade, (name, count) in enumerate(_values(categories).items()):
            axes.axhspan(done, done + count / n, color=str(0.95 - 0.08 * shade),
                         label=f"{name} ({count})", zorder=0)  # fmt: skip
            done += count / n
        axes.legend(loc="upper left", frameon=False)
    return _labelled(axes, "period", "share of actors that have adopted")


def plot_thresholds(result: Result, axes: Any = None, *, exposures: Result | None = None) -> Any:
    """Threshold against exposure at the end, or the thresholds in order of size."""
    axes = _axes(axes)
    values = _values(result)
    if exposures is not None:
        at_end = _values(exposures)
        both = [name for name in values if name in at_end]
        axes.scatter([at_end[n] for n in both], [values[n] for n in both], alpha=0.5, color="black")
        axes.axline((0, 0), (1, 1), linestyle=":", color="grey")
        return _labelled(axes, "exposure in the last period", "threshold")
    axes.step(range(1, len(values) + 1), sorted(values.values()), where="mid", color="black")
    return _labelled(axes, "adopters in order of threshold", "threshold")


def plot_sensitivity(result: Result, axes: Any = None) -> Any:
    """Final share against the threshold, with the goal."""
    axes = _axes(axes)
    values = _values(result)
    axes.plot([float(x) for x in values], list(values.values()), marker="o", color="black")
    if (goal := result.notes.get("goal")) is not None:
        axes.axhline(goal, linestyle=":", color="grey")
    return _labelled(axes, "threshold", "final share of adopters")


def plot_cascade(result: Result, axes: Any = None) -> Any:
    """Share of adopters by round: mean, and the band from the 5th to the 95th percentile."""
    axes = _axes(axes)
    values = _values(result)
    rounds = range(len(values["mean"]))
    axes.fill_between(rounds, values["q05"], values["q95"], color="0.85", label="5–95 %")
    axes.plot(rounds, values["mean"], color="black", label="mean")
    axes.legend(frameon=False)
    return _labelled(axes, "round", "share of adopters")


def plot_vectors(results: Mapping[str, Result], axes: Any = None) -> Any:
    """Scaling vectors side by side, by initiative or over time; what is undefined is left open.

    Args:
        results: Results of ``scaling:vector`` by name or date.
        axes: Where to draw.
    """
    axes = _axes(axes)
    names: Sequence[str] = list(_values(next(iter(results.values()))))
    for number, (label, result) in enumerate(results.items()):
        scaled = dict(_values(result))
        if scaled.get("functional") is not None:
            scaled["functional"] = min(scaled["functional"] / 7, 1.0)
        known = [(k, scaled[n]) for k, n in enumerate(names) if scaled.get(n) is not None]
        shift = (number - (len(results) - 1) / 2) * 0.8 / len(results)
        axes.bar([k + shift for k, _ in known], [v for _, v in known], 0.8 / len(results),
                 label=label, color=str(0.2 + 0.6 * number / max(len(results), 1)))  # fmt: skip
    axes.set_xticks(range(len(names)), names)
    if len(results) > 1:
        axes.legend(frameon=False)
    return _labelled(axes, "", "share (functional: clusters over seven)", None)
