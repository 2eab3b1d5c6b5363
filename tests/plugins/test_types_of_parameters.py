"""What a parameter takes is known at run time, not only to type checkers."""

from __future__ import annotations

import pytest

import jmdi

CATALOG = jmdi.default_model().catalog
SPECS = [
    (f"{sort[:-1]} {name}", spec.options if sort.endswith("porters") else spec.parameters)
    for sort in ("metrics", "projections", "importers", "exporters")
    for name, spec in sorted(getattr(CATALOG, sort).items())
]


@pytest.mark.parametrize(("what", "parameters"), SPECS, ids=[what for what, _ in SPECS])
def test_no_type_of_a_parameter_is_a_name_alone(what, parameters):
    named = parameters.values() if hasattr(parameters, "values") else parameters
    assert [one.name for one in named if isinstance(one.type, str)] == []
