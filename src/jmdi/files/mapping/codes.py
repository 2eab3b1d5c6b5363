"""The problem codes of mappings, for ``jmdi explain``."""

from __future__ import annotations

from jmdi.plugins.specs import ProblemCode

__all__ = ["PROBLEM_CODES"]

PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "J540",
        "mapping that cannot be read",
        "A mapping is a TOML file; a key of it is unknown or has a value that it cannot have.",
        "Correct the key that the problem names; the page of mappings lists all keys.",
    ),
    ProblemCode(
        "J541",
        "mapping of an unknown field",
        "The mapping names a kind, field, member or record that there is not, or that no cell "
        "can be read as.",
        "Take one of the names that the cure proposes; jmdi schema KIND lists the fields.",
    ),
    ProblemCode(
        "J542",
        "mapped column that the table lacks",
        "The mapping says what a column means, and the table has no column of that header.",
        "Correct the header in the mapping, or say optional = true.",
    ),
    ProblemCode(
        "J543",
        "column without a meaning",
        "The mapping says nothing about a column. Its cells are kept under its header.",
        "Map it to a field, or say that it is to be kept (extra) or left out (drop).",
    ),
    ProblemCode(
        "J544",
        "row longer than the header",
        "A row has more cells than the header, often after a delimiter that is not quoted.",
        "Quote cells that hold the delimiter.",
    ),
    ProblemCode(
        "J545",
        "cell that is not what its field holds",
        "A cell cannot be read as its column is mapped, or can be read in two ways. Its words are "
        "kept, the field is not known.",
        "Say in the mapping what the words mean: values, date, decimal, no, unknown, not_asked.",
    ),
    ProblemCode(
        "J546",
        "row without an end of a relation",
        "A relation joins two records, and the row names only one. Its words are kept.",
        "Fill in the cell, or link another record of the row in the mapping.",
    ),
    ProblemCode(
        "J547",
        "row without a record",
        "No record could be made from a row, such as a note or a sum below a table.",
        "Take the row out, or map the column that names what it is about.",
    ),
    ProblemCode(
        "J548",
        "column dropped",
        "The mapping says that a column is left out, such as addresses; its cells are counted.",
        "Nothing needs to be done.",
    ),
    ProblemCode(
        "J549",
        "no table to map",
        "The file has no header or no list of objects, or words above its header.",
        "Say in the mapping which row is the header: header_row.",
    ),
    ProblemCode(
        "J550",
        "rows that contradict each other",
        "Several rows are about one record, such as a territory of one code, and say different "
        "things of it. What the first says stands in the record; all of it is kept as claims.",
        "Correct the rows; or say in the mapping what else identifies the record: key.",
    ),
    ProblemCode(
        "J551",
        "too many pairs that nobody mentioned",
        "The mapping says what silence of a reporter means. The ties that say so are too many to "
        "write down, so that networks take these pairs for no ties.",
        "Read a part of the table, or leave out silence in the mapping.",
    ),
)
"""What can be wrong with mappings, and with tables that are read by one."""
