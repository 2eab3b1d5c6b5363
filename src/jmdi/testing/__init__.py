"""Tools for testing what uses or extends jmdi; needs Hypothesis and pytest.

A plugin is proven by a class of a few lines:

>>> from jmdi.testing import PluginConformance
>>> class TestAcme(PluginConformance):
...     plugin = "acme"

Records for tests of one's own are drawn from the declared fields:

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
    from jmdi.testing.conformance import PluginConformance
    from jmdi.testing.format_suites import ExporterSuite, ImporterSuite
    from jmdi.testing.kind_suite import KindSuite, assert_round_trip
    from jmdi.testing.metric_suite import MetricSuite
    from jmdi.testing.strategies import datasets, facets, field_values, records, values
    from jmdi.testing.suite import jmdi_xfail
    from jmdi.testing.table_suite import TableSuite

_HOMES = {
    "basics": "decimals edtf_texts ids json_objects json_values texts unknown_members words",
    "conformance": "PluginConformance",
    "format_suites": "ExporterSuite ImporterSuite",
    "kind_suite": "KindSuite assert_round_trip",
    "metric_suite": "MetricSuite",
    "table_suite": "TableSuite",
    "strategies": "datasets facets field_values records values",
    "suite": "jmdi_xfail",
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = [
    "ExporterSuite",
    "ImporterSuite",
    "KindSuite",
    "MetricSuite",
    "PluginConformance",
    "TableSuite",
    "assert_round_trip",
    "datasets",
    "decimals",
    "edtf_texts",
    "facets",
    "field_values",
    "ids",
    "jmdi_xfail",
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
