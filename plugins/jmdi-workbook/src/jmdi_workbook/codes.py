"""The problem codes of the plugin, with what ``jmdi explain`` says of them."""

from __future__ import annotations

from jmdi import ProblemCode
from jmdi_documents import problem_codes

__all__ = ["PROBLEM_CODES"]

PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "workbook:W1",
        "no sheet to read",
        "The row of grey names under the titles says what each column is. No sheet has it.",
        "Copy your rows into a new workbook from `jmdi workbook`, or fill in this one again.",
    ),
    ProblemCode(
        "workbook:W2",
        "sheet or column that is not read",
        "It has no grey name in the second row, so nobody can say what it means.",
        "Nothing needs to be done if it is your own; else copy the grey name from a new workbook.",
    ),
    ProblemCode(
        "workbook:W3",
        "column was deleted",
        "A column that the workbook was written with is not there. What it said is not known now.",
        "Nothing needs to be done if that is meant; else undo it.",
    ),
    ProblemCode(
        "workbook:W4",
        "word that is not in the list",
        "The cell has none of the words of its list, in any language. It is kept as words, and "
        "counts as not known.",
        "Choose from the list of the cell; a new code is written in brackets, such as [code].",
    ),
    ProblemCode(
        "workbook:W5",
        "no record of this id or name",
        "The cell names a record that the workbook does not have. It is kept as it is.",
        "Choose from the list of the cell, or add the record on its own sheet.",
    ),
    ProblemCode(
        "workbook:W6",
        "name of several records",
        "The cell names several records, so nobody can say which one is meant.",
        "Choose from the list of the cell, which has the id in brackets.",
    ),
    ProblemCode(
        "workbook:W7",
        "formula in a cell",
        "Formulas are never run. What the file holds as its last value was read.",
        "Replace the formula by its value, or look whether the value is right.",
    ),
    ProblemCode(
        "workbook:W8",
        "merged cells",
        "One cell covers several. Its words count for the first of them only.",
        "Undo the merge, and write the words into each cell that they hold for.",
    ),
    ProblemCode(
        "workbook:W9",
        "row that belongs to no record",
        "The row says something of a record that its own sheet does not have, or names none.",
        "Correct the name of the record in the first column, or add the record.",
    ),
    ProblemCode(
        "workbook:W10",
        "somebody who is not named",
        "The answer is that somebody of this sort takes part, or has adopted, and no row that was "
        "added says who. An actor without a name was made, so that the answer counts.",
        "Nothing needs to be done; better, add who it is on the sheets of actors and of "
        "participation or adoptions.",
    ),
    ProblemCode(
        "workbook:W11",
        "too much for a workbook",
        "A text is longer than a cell can be, or there are more cells than can be read back.",
        "Write a workbook for fewer metrics, or for a part of the data.",
    ),
    *problem_codes("workbook"),
)
"""What can be wrong with a workbook."""
