"""How a table becomes records: columns to fields, values to codes, asked or not asked.

A mapping is a TOML file, or the same as a dict. It is read, held against the kinds of a model,
and applied to rows from any format: delimited text, a sheet, a list of JSON objects.

Its parts are imported when they are asked for, since every model lists the option ``MAPPING``
and few processes read a table.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from jmdi.files.mapping.option import MAPPING

if TYPE_CHECKING:
    from jmdi.files.mapping.apply import TableRow, records_of_rows
    from jmdi.files.mapping.guessing import Proposal, guess
    from jmdi.files.mapping.importing import FirstRows, given_mapping, records_by_mapping
    from jmdi.files.mapping.read import mapping_of, read_mapping
    from jmdi.files.mapping.rules import CellRule, ColumnRule, RecordRule, TableMapping, TableRule
    from jmdi.files.mapping.write import write_mapping

__all__ = [
    "MAPPING",
    "CellRule",
    "ColumnRule",
    "FirstRows",
    "Proposal",
    "RecordRule",
    "TableMapping",
    "TableRow",
    "TableRule",
    "given_mapping",
    "guess",
    "mapping_of",
    "read_mapping",
    "records_by_mapping",
    "records_of_rows",
    "write_mapping",
]

_PARTS = {
    "apply": ("TableRow", "records_of_rows"),
    "guessing": ("Proposal", "guess"),
    "importing": ("FirstRows", "given_mapping", "records_by_mapping"),
    "read": ("mapping_of", "read_mapping"),
    "rules": ("CellRule", "ColumnRule", "RecordRule", "TableMapping", "TableRule"),
    "write": ("write_mapping",),
}
_HOME_OF = {name: part for part, names in _PARTS.items() for name in names}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
