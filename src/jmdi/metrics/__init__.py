"""Metrics: what they return, and which there are."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jmdi.metrics.result import (
        REASONS,
        NoFigure,
        Result,
        UndefinedResult,
        not_applicable,
        undefined,
    )

__all__ = [
    "REASONS",
    "NoFigure",
    "Result",
    "UndefinedResult",
    "list",
    "not_applicable",
    "undefined",
]

_HOMES = {
    "NoFigure": "result",
    "REASONS": "result",
    "Result": "result",
    "UndefinedResult": "result",
    "not_applicable": "result",
    "undefined": "result",
}


def list() -> dict[str, str]:
    """The metrics of the default model: name to title, in alphabetical order."""
    from jmdi.context import default_catalog

    metrics = default_catalog().metrics
    return {name: metrics[name].title for name in sorted(metrics)}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)


def __dir__() -> Any:
    return sorted({*globals(), *__all__})
