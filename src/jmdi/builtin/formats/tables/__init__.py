"""Tidy tables: a folder of CSV files, one for each kind, in and out."""

from __future__ import annotations

from typing import Annotated

from jmdi.files.delimited import IsDelimiter
from jmdi.files.mapping import MAPPING
from jmdi.metrics.types import Ids
from jmdi.plugins.specs import Exporter, Importer, Parameter, ProblemCode

__all__ = ["EXPORTERS", "IMPORTERS", "PROBLEM_CODES"]


_OPTIONS = (
    Parameter(
        "delimiter",
        "what stands between cells; found out from the header if not given",
        type=Annotated[str | None, IsDelimiter()],
    ),
    Parameter(
        "encoding",
        "encoding of the text; UTF-8, or UTF-16 with a byte order mark",
        type=str | None,
    ),
    Parameter(
        "missing",
        "what cells say that means that nothing is known, such as NA; one text or several",
        type=Ids | None,
    ),
)
_KIND = Parameter(
    "kind", "kind of the rows, where neither file name nor header says it", type=str | None
)

IMPORTERS: tuple[Importer, ...] = (
    Importer(
        "tables",
        (),
        "jmdi.builtin.formats.tables.read:read_tables",
        doc="A folder of CSV files, one for each kind of record.",
        folder=True,
        options=_OPTIONS,
    ),
    Importer(
        "table",
        (".csv", ".tsv", ".tab"),
        "jmdi.builtin.formats.tables.read:read_table",
        sniff="jmdi.builtin.formats.tables.read:sniff_table",
        doc="One CSV file of records of one kind, an edge list with names as ends, or any CSV file "
        "or list of JSON objects by a mapping.",
        options=(_KIND, MAPPING, *_OPTIONS),
        survey="jmdi.builtin.formats.tables.together:survey",
    ),
)
"""The importers of tables."""

EXPORTERS: tuple[Exporter, ...] = (
    Exporter(
        "tables",
        (),
        "jmdi.builtin.formats.tables.write:write_tables",
        lossless=True,
        doc="A folder of CSV files, one for each kind of record.",
        folder=True,
    ),
)
"""The exporter of tables."""

PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "J520",
        "not a readable table",
        "The file or folder is not a table in the encoding that it should have.",
        "Save it as CSV UTF-8, or say which encoding it has.",
    ),
    ProblemCode(
        "J521",
        "table of an unknown name",
        "A file of the folder is named after no kind, so its rows mean nothing.",
        "Rename it as the cure says.",
    ),
    ProblemCode(
        "J522",
        "table too large",
        "It is larger than the limit, which protects against hostile files.",
        "Split it, or raise the limit.",
    ),
    ProblemCode(
        "J523",
        "quote without end",
        "A cell begins with a quote that is never closed, so rows run into each other.",
        "Close the quote, or double quotes within a cell.",
    ),
    ProblemCode(
        "J524",
        "a column is duplicated",
        "Two columns have one name; the second is kept under a name with its number.",
        "Rename or delete one of them.",
    ),
    ProblemCode(
        "J525",
        "unknown column",
        "The kind has no such field. The cells are kept as members of the record.",
        "Rename the column if it is misspelt; else nothing needs to be done.",
    ),
    ProblemCode(
        "J526",
        "ragged row",
        "A row has more or fewer cells than the header, often after an unquoted comma.",
        "Quote cells that hold the delimiter.",
    ),
    ProblemCode(
        "J527",
        "unknown kind of row",
        "Neither the name of the file nor its header says what kind the rows are.",
        "Name the file after its kind, as in actors.csv, or give the option kind.",
    ),
    ProblemCode(
        "J528",
        "a text that may mean that nothing is known",
        "Only an empty cell is not known. NA, as R writes it, is a text like any other in a column "
        "of your own, and would be a group of its own.",
        "Say what it means: the option missing=NA; or leave it, if it is a value.",
    ),
    ProblemCode(
        "J529",
        "NUL character in a cell",
        "Other programs stop reading there; it is often a sign of a damaged file.",
        "Remove it if it is not meant.",
    ),
    ProblemCode(
        "J530",
        "an id is duplicated",
        "Two rows have one id, so references to it are ambiguous.",
        "Give each record an id of its own.",
    ),
    ProblemCode(
        "J531",
        "party without partnership",
        "A row of parties.csv names no partnership that exists, or no actor.",
        "Add the partnership to partnerships.csv, or correct its id.",
    ),
    ProblemCode(
        "J532",
        "ids were made",
        "Rows had no id. It was made from the name, so that it is the same on every run.",
        "Add a column id if the records should be referred to.",
    ),
    ProblemCode(
        "J533",
        "edge without end",
        "A row of an edge list has no source or no target.",
        "Fill in the cell, or delete the row.",
    ),
    ProblemCode(
        "J534",
        "records were made from names",
        "An end of an edge list is a name that no table has. A record was made for it; equal names "
        "give one record.",
        "Correct misspelt names; list the others in actors.csv, to say more of them.",
    ),
    ProblemCode(
        "J535",
        "ambiguous name",
        "An end of an edge list is the name of several records.",
        "Write the id instead of the name.",
    ),
    ProblemCode(
        "J536",
        "half-replaced folder",
        "An export that replaces tables was interrupted, or is not done yet: some tables are of "
        "it and some of the one before.",
        "Write the folder again; what was read is of two exports.",
    ),
)
"""What can be wrong with tables."""
