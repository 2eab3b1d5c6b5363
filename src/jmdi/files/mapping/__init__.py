"""How a table becomes records: columns to fields, values to codes, asked or not asked.

A mapping is a TOML file, or the same as a dict. It is read, held against the kinds of a model,
and applied to rows from any format: delimited text, a sheet, a list of JSON objects.
"""

from __future__ import annotations

from jmdi.files.mapping.apply import TableRow, records_of_rows
from jmdi.files.mapping.guess import Proposal, guess
from jmdi.files.mapping.importing import MAPPING, FirstRows, given_mapping, records_by_mapping
from jmdi.files.mapping.read import mapping_of, read_mapping
from jmdi.files.mapping.rules import CellRule, ColumnRule, RecordRule, TableMapping, TableRule
from jmdi.files.mapping.write import write_mapping

__all__ = [
    "MAPPING",
    "FirstRows",
    "CellRule",
    "ColumnRule",
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
