"""A kind with a field of each form, and values that each takes and refuses."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

import jmdi
from jmdi.model.frozen import EMPTY


class Colour(enum.Enum):
    RED = "red"


@jmdi.define("test:every")
class Every(jmdi.Entity):
    """A kind with a field of each form."""

    a_str: str | None = None
    an_int: int | None = None
    a_float: float | None = None
    a_bool: bool | None = None
    a_decimal: Decimal | None = None
    a_date: datetime.date | None = None
    a_datetime: datetime.datetime | None = None
    an_enum: Colour | None = None
    a_literal: Literal["x", "y"] | None = None
    a_ref: jmdi.Ref[jmdi.Actor] | None = None
    a_text: jmdi.Text = EMPTY
    a_value: jmdi.Money | None = None
    a_tuple: tuple[int, ...] = ()
    a_mapping: Mapping[str, int] = EMPTY


class plugin:
    """The plugin with that kind."""

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Every]


RIGHT = {
    "a_str": ["", "x", "\u0000", "🤝"],
    "an_int": [0, -1, 10**30],
    "a_float": [0.5, -1.0],
    "a_bool": [True, False],
    "a_decimal": ["0", "-12.50", "1" * 1000],
    "a_date": ["2015-10-19", "0001-01-01"],
    "a_datetime": ["2015-10-19T08:00:00Z", "2015-10-19T08:00:00.5+05:30".replace(".5", ".500000")],
    "an_enum": ["red"],
    "a_literal": ["x", "y"],
    "a_ref": ["a/1", "anything"],
    "a_text": [{"en": "x"}],
    "a_value": [{}, {"amount": "1", "currency": None}],
    "a_tuple": [[1, 2]],
    "a_mapping": [{"": 1}],
}
WRONG = {
    "a_decimal": ["1,5", "1e3", "+1", ".5", "1.", " 1", "01", "NaN", "١", "1" * 1003, 1],
    "a_date": ["2015-1-1", "20151019", "2015-02-30", "2015-10-19T00:00", "٢٠١٥-١٠-١٩"],
    "a_datetime": ["2015-10-19", "2015-10-19T08:00:00", "2015-10-19 08:00:00Z", "T08:00Z"],
    "an_enum": ["RED", "Colour.RED"],
    "a_literal": ["z", "X"],
    "a_text": ["words", {"en": 1}, {"en": None}, [["en", "x"]]],
    "a_tuple": [{"0": 1}, "12", [None], [True]],
    "a_mapping": [[["a", 1]], {"a": None}, {"a": "1"}],
    "a_value": [[], "1 EUR", {"amount": 1}],
}


def every(**fields):
    return {"kind": "test:every", "id": "e/1", "test:every": fields}
