"""Questions of an export: groups in their headers, and one column for each option."""

from __future__ import annotations

import re
from collections import Counter

import attrs

from jmdi.files.mapping import TableRow
from jmdi_surveys.answers.exports import Table

__all__ = ["SEVERAL", "with_questions"]

SEVERAL = "|"
"""Between the options of one answer; labels may have blanks."""

_AGAIN = re.compile(r" \(\d{1,6}\)$")
"""Behind a header that is there twice."""

CHOSEN = frozenset(("1", "true", "TRUE", "True"))
NOT = frozenset(("0", "false", "FALSE", "False", ""))
_PATH = re.compile(r"[A-Za-z_][\w.-]*(?:/[A-Za-z_][\w.-]*)+")
"""A question with its groups, by the names that it has in its form."""


def with_questions(table: Table) -> Table:
    """A table with one column for each question, and headers without their groups.

    The options of a question, *Sectors/Training* with 1 or 0, become one cell with ``|`` between
    those that were chosen. *Sectors* itself, where options with blanks run into each other, is
    replaced by it. A group is left out of a header unless two questions would be called the same.

    Args:
        table: The table.
    """
    header = list(table.header.cells)
    options = _options(table, header)
    taken = {number for numbers in options.values() for number, _ in numbers}
    columns = [
        (words, number)
        for number, words in enumerate(header)
        if number not in taken and words not in options
    ]
    asked = [(words, numbers) for words, numbers in options.items()]
    at = {words: number for number, words in enumerate(header)}
    order = {words: at.get(words, numbers[0][0]) for words, numbers in asked}
    both = sorted(
        [(number, words, None) for words, number in columns]
        + [(order[words], words, numbers) for words, numbers in asked],
        key=lambda one: one[0],
    )
    rows = []
    for row in table.rows:
        cells = []
        for number, words, numbers in both:
            if numbers is None:
                cells.append(row.cells[number])
                continue
            chosen = [option for n, option in numbers if row.cells[n] in CHOSEN]
            said = row.cells[at[words]] if words in at else ""
            cells.append(SEVERAL.join(chosen) or said)
        rows.append(TableRow(cells, row.where))
    names = _short([words for _, words, _ in both])
    places = [table.header.places[number] for number, _, _ in both]
    return attrs.evolve(table, header=TableRow(names, table.header.where, places), rows=rows)


def _options(table: Table, header: list[str]) -> dict[str, list[tuple[int, str]]]:
    """By question, its options, each with the number of its column."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, words in enumerate(header):
        question, mark, option = words.rpartition("/")
        again = _AGAIN.search(option)
        if again is not None and f"{question}{again[0]}" in header:
            question, option = f"{question}{again[0]}", option[: again.start()]
        cells = {row.cells[number] for row in table.rows}
        if mark and question and option and cells <= CHOSEN | NOT:
            found.setdefault(question, []).append((number, option))
    # Without a column of its own, a question has at least two options, and somebody chose one.
    return {
        question: numbers
        for question, numbers in found.items()
        if question in header
        or (
            len(numbers) > 1
            and any(row.cells[number] in CHOSEN for row in table.rows for number, _ in numbers)
        )
    }


def _short(header: list[str]) -> list[str]:
    """The last part of each header, where what is before it is a group and no other has it."""
    groups = Counter(words.partition("/")[0] for words in header if "/" in words)
    last = [
        words.rpartition("/")[2].strip()
        if _PATH.fullmatch(words) or groups[words.partition("/")[0]] > 1
        else words
        for words in header
    ]
    counts = Counter(last)
    return [
        short if short and counts[short] == 1 else full
        for short, full in zip(last, header, strict=True)
    ]
