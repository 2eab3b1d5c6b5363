"""The problem codes of the readers, with what ``jmdi explain`` says of them."""

from __future__ import annotations

import attrs

from jmdi import ProblemCode

__all__ = ["CODES", "problem_codes"]

_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "D101",
        "empty file",
        "The file has no bytes, or nothing but blanks, so there is nothing to read.",
        "Save the document again, and check that it was copied or downloaded whole.",
    ),
    ProblemCode(
        "D102",
        "format that is not read",
        "The content is none of .docx, .odt, .xlsx, .xls, .ods, .csv, .tsv, .md and .html. A "
        ".doc, .rtf or .pdf file, and one with a password, hides its content in a form that is "
        "not read.",
        "Open the file in its program, remove the password, and save it as .docx, .xlsx or .csv. "
        "LibreOffice converts files, too: soffice --headless --convert-to docx FILE.",
    ),
    ProblemCode(
        "D103",
        "damaged archive",
        "Office files are zip archives; this one is cut short or damaged.",
        "Open it in its program, let it repair the file, and save it again.",
    ),
    ProblemCode(
        "D104",
        "unsafe archive",
        "The archive has names that lead out of it, two members of one name, encrypted members, "
        "or an unusual compression. Office programs never write such files.",
        "Ask where the file comes from; save it again in an office program before you use it.",
    ),
    ProblemCode(
        "D105",
        "too large",
        "The file, or what its archive unpacks to, is larger than any typed document is.",
        "Split the document, or remove pictures and attached data, and save it again.",
    ),
    ProblemCode(
        "D106",
        "damaged XML",
        "A part of the document is not well-formed XML.",
        "Open it in its program, let it repair the file, and save it again.",
    ),
    ProblemCode(
        "D107",
        "document type declaration",
        "A part of the document declares a document type or an unusual encoding. Such "
        "declarations can name other files and expand without end; office programs never write "
        "them.",
        "Ask where the file comes from; save it again in an office program before you use it.",
    ),
    ProblemCode(
        "D108",
        "nested too deep",
        "Tables or containers lie inside each other deeper than any typed document has them.",
        "Save the document again in an office program, or copy the table to a new document.",
    ),
    ProblemCode(
        "D109",
        "encoding taken as Windows-1252",
        "The text is not UTF-8 and says nothing of its encoding. It was read as Windows-1252; "
        "bytes that mean nothing there are kept as \\xNN.",
        "Save the file as UTF-8, or name its encoding with the option 'encoding'.",
    ),
    ProblemCode(
        "D110",
        "too many cells, rows or columns",
        "The tables have, or claim by their spans, more of them than are read.",
        "Delete empty rows, columns and sheets, or undo the giant merged cells.",
    ),
    ProblemCode(
        "D111",
        "part missing",
        "The document refers to a part that its archive does not hold.",
        "Open it in its program, let it repair the file, and save it again.",
    ),
    ProblemCode(
        "D112",
        "option not understood",
        "An option of the reader names a format, an encoding or a delimiter that is not known.",
        "Use one of the names in the message.",
    ),
    ProblemCode(
        "D121",
        "impossible span",
        "A cell says that it covers a number of rows or columns that the table cannot have.",
        "Undo and redo the merge of this cell.",
    ),
    ProblemCode(
        "D122",
        "merge without a first cell",
        "A cell continues a vertical merge that no cell above it begins; it was read by itself.",
        "Undo and redo the merge of this cell.",
    ),
    ProblemCode(
        "D123",
        "overlapping cells",
        "Two merged cells claim the same place; the first one has it.",
        "Undo one of the two merges.",
    ),
    ProblemCode(
        "D124",
        "words under a merged cell",
        "Words lie under a merged cell, where programs do not show them; they were put after the "
        "words that are shown.",
        "Undo the merge, look at the words, and delete or keep them.",
    ),
    ProblemCode(
        "D131",
        "deleted words",
        "A tracked change deletes or moves these words; they are kept apart from the text.",
        "Accept or reject the tracked changes before you read the document.",
    ),
    ProblemCode(
        "D132",
        "form field not filled in",
        "The words are the prompt of a form field that nobody filled in; they are not read.",
        "Fill in the field, or delete it.",
    ),
    ProblemCode(
        "D133",
        "embedded content not read",
        "The document embeds another document, a chart or an object whose words are not read.",
        "Copy the words into the document itself.",
    ),
    ProblemCode(
        "D134",
        "hidden content left out",
        "A sheet, rows, columns or words are hidden, so that nobody who opens the document sees "
        "them. They are left out: they may be an old version, or a list for a menu.",
        "Show them in the document if they belong to it, or read them with the option hidden=true.",
    ),
    ProblemCode(
        "D135",
        "struck-out words left out",
        "A line goes through these words, as people mark what is no longer true. They are left "
        "out.",
        "Delete the words, or take the line away; the option hidden=true reads them.",
    ),
    ProblemCode(
        "D141",
        "formula without a value",
        "The file holds the formula but not its result, as programs leave it that never "
        "calculated it. Formulas are never run here.",
        "Open the file in a spreadsheet program and save it, or type the value.",
    ),
    ProblemCode(
        "D142",
        "formula with an error",
        "The result of the formula is an error, which is kept as the text.",
        "Correct the formula or type the value.",
    ),
    ProblemCode(
        "D143",
        "not a date",
        "The number is formatted as a date but no date has it; the number is kept as the text.",
        "Type the date again, or change the number format of the cell.",
    ),
    ProblemCode(
        "D144",
        "colours by rule",
        "The sheet colours cells by rules (conditional formatting). Rules are not run, so these "
        "colours are not seen.",
        "Where a colour means something, fill the cell with it, or type a mark.",
    ),
    ProblemCode(
        "D145",
        "a sheet made from the others",
        "jmdi wrote this sheet, such as a summary or a chart of the timeline, from what the other "
        "sheets say. It is made anew with each export, so it is not read.",
        "Nothing is to be done. To have what you typed there read, move it to another sheet.",
    ),
    ProblemCode(
        "D151",
        "ragged row",
        "The row has more or fewer cells than the other rows; all its cells are kept.",
        "Quote fields that hold the delimiter or a line break.",
    ),
    ProblemCode(
        "D152",
        "quote not closed",
        "A field begins with a quote that nothing closes; the quote was read as a character.",
        "Close the quote, or double it where it is part of the text.",
    ),
    ProblemCode(
        "D153",
        "character that is no text",
        "The text holds NUL characters; each was replaced by U+FFFD.",
        "Save the file again as text in UTF-8.",
    ),
    ProblemCode(
        "D161",
        "colour not understood",
        "The colour of the cell is written in a way that is not known, so it is not seen.",
        "Give the colour as six hexadecimal digits.",
    ),
    ProblemCode(
        "D171",
        "pages without text",
        "The page of a PDF file holds no letters: it is empty, or a picture of a page.",
        "Let a program that recognises letters in pictures (OCR) make a new PDF file of it.",
    ),
)

CODES: dict[str, ProblemCode] = {entry.code: entry for entry in _CODES}
"""All codes of this package, such as ``D101``."""


def problem_codes(plugin: str) -> tuple[ProblemCode, ...]:
    """The codes as a plugin that reads documents registers them, such as ``workplan:D101``.

    Args:
        plugin: Name of the plugin.
    """
    return tuple(attrs.evolve(entry, code=f"{plugin}:{entry.code}") for entry in _CODES)
