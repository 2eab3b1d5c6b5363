"""How a table becomes records: columns to fields, values to codes, asked or not asked.

A mapping is a TOML file, or the same as a dict. It is read, held against the kinds of a model,
and applied to rows from any format: delimited text, a sheet, a list of JSON objects.
"""

from __future__ import annotations

from jmdi.files.mapping.apply import TableRow, records_of_rows
from jmdi.files.mapping.read import mapping_of, read_mapping
from jmdi.files.mapping.rules import CellRule, ColumnRule, RecordRule, TableMapping, TableRule

__all__ = [
    "CellRule",
    "ColumnRule",
    "RecordRule",
    "TableMapping",
    "TableRow",
    "TableRule",
    "mapping_of",
    "read_mapping",
    "records_of_rows",
]
