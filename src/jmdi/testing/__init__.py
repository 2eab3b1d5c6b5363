"""Tools for testing what uses or extends jmdi; needs Hypothesis.

>>> import jmdi
>>> from hypothesis import given
>>> from jmdi.testing import records
>>> @given(records(jmdi.Actor))
... def test_label(actor):
...     assert actor.label()
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jmdi.testing.basics import (
        decimals,
        edtf_texts,
        ids,
        json_objects,
        json_values,
        texts,
        unknown_members,
        words,
    )
    from jmdi.testing.strategies import datasets, facets, field_values, records, values

_HOMES = {
    "basics": "decimals edtf_texts ids json_objects json_values texts unknown_members words",
    "strategies": "datasets facets field_values records values",
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = [
    "datasets",
    "decimals",
    "edtf_texts",
    "facets",
    "field_values",
    "ids",
    "json_objects",
    "json_values",
    "records",
    "texts",
    "unknown_members",
    "values",
    "words",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
