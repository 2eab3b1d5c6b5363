"""Metrics: what they return, and which there are."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jmdi.metrics.choices import NeedsChoice
    from jmdi.metrics.result import (
        REASONS,
        Members,
        NoFigure,
        Result,
        Status,
        UndefinedResult,
        not_applicable,
        undefined,
    )

__all__ = [
    "REASONS",
    "Members",
    "NeedsChoice",
    "NoFigure",
    "Result",
    "Status",
    "UndefinedResult",
    "list",
    "not_applicable",
    "undefined",
]


def list() -> dict[str, str]:
    """The metrics of the default model: name to title, in alphabetical order."""
    from jmdi.graph.doer import default_doer

    metrics = default_doer().catalog.metrics
    return {name: metrics[name].title for name in sorted(metrics)}


if not TYPE_CHECKING:  # else type checkers would take any name, however misspelt

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = "choices" if name == "NeedsChoice" else "result"
        return getattr(importlib.import_module(f"jmdi.metrics.{module}"), name)


def __dir__() -> Any:
    return sorted({*globals(), *__all__})
