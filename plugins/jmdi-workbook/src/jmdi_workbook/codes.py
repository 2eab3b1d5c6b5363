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
        "sheet, column or row that is not read",
        "It has no grey name in the second row, so nobody can say what it means; or it stands "
        "above these names, as after sorting the whole sheet.",
        "Nothing needs to be done if it is your own; else copy the grey names from a new workbook, "
        "and move them to the second row.",
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
    ProblemCode(
        "workbook:W12",
        "no date",
        "Dates are written in one way only, so that nobody has to guess whether 01/03/2015 is in "
        "January or in March. The words are kept, and the date counts as not known.",
        "Write 2015, 2015-03, 2015-03-21, or two of them with a slash: 2015-03/2016-12.",
    ),
    ProblemCode(
        "workbook:W13",
        "no number, or one with two readings",
        "12,000 and 12.000 are twelve in some languages, and twelve thousand in others. A dot is "
        "read as the decimal sign; words that are no number are kept, and count as not known.",
        "Write digits alone, with a dot before decimals: 12000 or 1.5.",
    ),
    ProblemCode(
        "workbook:W14",
        "no code of a country or currency",
        "Countries have two letters (ISO 3166-1) and currencies three (ISO 4217). The words are "
        "kept, and count as not known.",
        "Write the letters, such as SN or EUR.",
    ),
    ProblemCode(
        "workbook:W15",
        "record of another kind",
        "The cell names a record of a kind that its column does not take. It is kept as it is.",
        "Choose from the list of the cell.",
    ),
    ProblemCode(
        "workbook:W16",
        "several in a cell for one",
        "The cell names several records or codes, and its column takes one. The words are kept, "
        "and count as not known.",
        "Choose one of them, or add a row for each.",
    ),
    ProblemCode(
        "workbook:W17",
        "row that is there twice",
        "It has no id, and the name of another row, or the same cells, so nobody can say whether "
        "it is another record. It was not read.",
        "Delete it if it is the same; else give it an id of your own in its first column.",
    ),
    *problem_codes("workbook"),
)
"""What can be wrong with a workbook."""
