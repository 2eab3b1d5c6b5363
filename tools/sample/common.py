"""What all parts of the invented programme share: its source, its random numbers, its codes."""

from __future__ import annotations

import random
from typing import Any

from jmdi import Code, Period, Source, code

__all__ = ["SEED", "SOURCES", "chance", "codes", "maybe", "partners", "period", "stream"]

SEED = 14
TITLE = "invented for jmdi"
SOURCES = (Source(title=TITLE, method=f"tools/make_sample.py with seed {SEED}"),)
"""What every record says of where it comes from."""


def stream(part: str) -> random.Random:
    """Random numbers of one part, so that a change of one does not change the others."""
    return random.Random(f"{SEED} {part}")


def chance(draw: random.Random, share: float) -> bool:
    """True in this share of cases."""
    return draw.random() < share


def maybe(draw: random.Random, share: float, value: Any) -> Any:
    """A value in this share of cases, else nothing."""
    return value if draw.random() < share else None


def codes(scheme: str, *names: str) -> tuple[Code, ...]:
    """Several codes of one vocabulary."""
    return tuple(code(scheme, name) for name in names)


def period(edtf: str, wave: int | None = None) -> Period:
    """A period in EDTF, which is of a wave of the survey, if that is given."""
    return Period(edtf, wave=wave)


def partners(country: str) -> str:
    """The country at the other end of a country's main corridor."""
    return {**OTHER_END, **{there: here for here, there in OTHER_END.items()}}[country]


OTHER_END = {"XA": "XE", "XB": "XF", "XC": "XG", "XD": "XH"}
"""Countries of origin with the country that most of their migrants went to."""
