"""The words for types of values, the same for records made in Python, files and parameters."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

__all__ = [
    "BOOL",
    "DECIMAL",
    "FLOAT",
    "INT",
    "LIST",
    "MAPPING",
    "STR",
    "TYPE_NAMES",
    "brief",
    "shown",
]

STR, INT, FLOAT, BOOL = "text", "whole number", "number", "yes or no"
LIST, MAPPING, DECIMAL = "list", "mapping", "decimal number"

TYPE_NAMES: Mapping[type, str] = {
    str: STR,
    int: INT,
    float: FLOAT,
    Decimal: DECIMAL,
    datetime.date: "date",
    datetime.datetime: "time",
    dict: MAPPING,
    list: LIST,
    tuple: LIST,
}


def brief(value: object) -> str:
    """A value as Python writes it, cut to 60 characters; one that cannot say it by its class."""
    try:
        text = repr(value)
    except Exception as error:
        text = f"<{type(value).__name__}, whose repr raises {type(error).__name__}>"
    return text if len(text) <= 60 else f"{text[:57]}…"


def shown(value: object) -> str:
    """A value with its type, as an error shows it; what speaks for itself, without.

    >>> shown("3"), shown(3), shown(True), shown(None)
    ("text '3'", 'whole number 3', 'True', 'None')
    """
    text = brief(value)
    if value is None or isinstance(value, bool):
        return text
    return f"{TYPE_NAMES.get(type(value), type(value).__name__)} {text}"
