"""What ``jmdi explain`` says of this plugin's problem codes."""

from __future__ import annotations

from jmdi import ProblemCode
from jmdi_documents import problem_codes

__all__ = ["PROBLEM_CODES"]

_PLAN = (
    ProblemCode(
        "workplan:W201",
        "no table of actions",
        "A table of actions has a header with a column for the action and at least one other "
        "that is understood, in English, French, Spanish, Portuguese or Arabic.",
        "Check that the document has such a header; a picture of a table cannot be read.",
    ),
    ProblemCode(
        "workplan:W202",
        "a column was not understood",
        "Columns are found by the words of their header. What stands under this one is kept on "
        "each action, in its cells, but not read further.",
        "Name the column in the usual words, or leave it.",
    ),
    ProblemCode(
        "workplan:W203",
        "a timeline was not understood",
        "The words can mean several dates, or none that is known. Nothing is guessed: the words "
        "are kept, and the date is unknown.",
        "Write the date with its year, such as 19 October 2015; for 03/04/2015 say which number is "
        "the day: --option day_first=true, or day_first=True in Python.",
    ),
    ProblemCode(
        "workplan:W204",
        "an amount or its currency was not understood",
        "The figure can mean several things, such as 1.500, or the currency can, such as $. Only "
        "what the message names is unknown; what is known is kept, and so are the words.",
        "Write the figure without marks, such as 1500, and the currency's code, such as USD. A "
        "sign that the plan's own country uses is known once the title block, or the option "
        "country, names that country.",
    ),
    ProblemCode(
        "workplan:W205",
        "contact data was left out",
        "E-mail addresses and telephone numbers of persons are not kept unless asked for.",
        "Pass contacts=True to keep them.",
    ),
    ProblemCode(
        "workplan:W206",
        "a header was typed almost right",
        "A word of the header is one or two letters from a word that names a column, or is cut by "
        "a hyphen. The column was read as the message says.",
        "Correct the header if that is not what the column holds.",
    ),
    ProblemCode(
        "workplan:W207",
        "numbered rows without words were left out",
        "A template often has rows that are numbered beforehand. One that holds nothing but its "
        "number is no action.",
        "Nothing needs to be done; an action needs at least a title.",
    ),
    ProblemCode(
        "workplan:W208",
        "a calendar says nothing",
        "Columns for months, quarters or weeks were understood, but none is marked, or nothing "
        "says which year they are in: not their heads, the heading or sheet of the table, nor the "
        "title of the plan; or that they count from the start of a project, which nothing says. "
        "What is marked is kept as words, and the date is unknown.",
        "Write the year above the columns or in the title, or pass default_year; write when the "
        "project begins above the table. A mark is any "
        "sign or colour but an empty box, a dash, and a colour that a whole row or column has.",
    ),
    ProblemCode(
        "workplan:W209",
        "a total is not the sum of its actions",
        "A row for a total states another figure than the actions of its section, of its table and "
        "of the plan sum up to. Neither figure is changed; the message has both. Amounts that are "
        "not known, ranges and amounts for each of something were not added.",
        "Look which of both is right, and correct the other in the document.",
    ),
    ProblemCode(
        "workplan:W210",
        "a header names no action",
        "The header stands where the option header_row says, but none of its columns is known to "
        "hold the actions. What each row says is kept in its cells.",
        "Say which column holds them, such as columns={'Espacio': 'action'}.",
    ),
    ProblemCode(
        "workplan:W211",
        "no such header row",
        "The option header_row names a row that is no row with words of the plan, or is written in "
        "a way that is not known.",
        "Give the row as jmdi explain-file prints it, such as header_row=5 or "
        "header_row='table 2, row 5'.",
    ),
    ProblemCode(
        "workplan:W212",
        "dates without a year",
        "Dates of these actions name a day or month but no year, and neither the title, a heading "
        "nor the column says it. The words are kept.",
        "Write the year in the title of the plan, or say it with the option default_year.",
    ),
    ProblemCode(
        "workplan:W213",
        "a table was kept as text",
        "A row of the table names columns of a work plan, but none for the action, so that it was "
        "not read as a table of actions. Its words are among the notes of the plan.",
        "Say where its header is and which column has the actions, as the message does.",
    ),
    ProblemCode(
        "workplan:W214",
        "a column is supposed to hold something that its head does not say",
        "No word of its head is known. Its cells are dates, amounts with a currency or parts of a "
        "country; or no head names the actions, and this column alone has texts that differ from "
        "row to row.",
        "Say that it is so, such as columns={'Espacio': 'action'}, or what it is.",
    ),
    ProblemCode(
        "workplan:W215",
        "an organisation has no label",
        "A line above the tables, or in the header or footer of the pages, is the name of an "
        "organisation by its words. It takes part in the plan; whether it wrote it, carries it out "
        "or pays for it is not said.",
        "Write what it is before its name, such as 'Author:' or 'Organisation:'.",
    ),
    ProblemCode(
        "workplan:W216",
        "no such country",
        "The option country names a country that no list has, so that places and currencies cannot "
        "be read as its own.",
        "Give its name in English, French, Spanish or Arabic, or its code, such as PH.",
    ),
)

PROBLEM_CODES: tuple[ProblemCode, ...] = (*problem_codes("workplan"), *_PLAN)
