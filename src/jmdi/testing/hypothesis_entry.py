"""What Hypothesis runs when it is imported: tells it how to draw records."""

from __future__ import annotations

import sys

__all__ = ["register"]

_MODEL = "jmdi.model.relations"


def register() -> None:
    """Lets ``st.from_type(jmdi.Actor)`` draw actors, if the kinds of jmdi were loaded already.

    Loading them here would make every program that uses Hypothesis wait. The plugin of pytest
    calls this once more when all tests were collected.
    """
    if _MODEL not in sys.modules:
        return
    from hypothesis import strategies as st

    from jmdi.model import kinds, money, relations, values

    for module in (kinds, money, relations):
        for name in module.__all__:
            st.register_type_strategy(getattr(module, name), _records)
    for name in values.__all__:
        cls = getattr(values, name)
        if "__jmdi_value__" in getattr(cls, "__dict__", {}):
            st.register_type_strategy(cls, _values)


def _records(cls):  # type: ignore[no-untyped-def]
    from jmdi.testing.strategies import records

    return records(cls)


def _values(cls):  # type: ignore[no-untyped-def]
    from jmdi.testing.strategies import values

    return values(cls)
