"""The form that answers were given on: names and labels of its questions and choices."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from jmdi import ImportContext
from jmdi.files.mapping import TableRow
from jmdi.files.paths import open_input
from jmdi.files.strict_json import parse_json
from jmdi.words.folding import fold
from jmdi_surveys.answers.exports import Table
from jmdi_surveys.answers.questions import SEVERAL
from jmdi_surveys.answers.sheets import read_sheets
from jmdi_surveys.codes import refused

__all__ = ["Form", "Question", "named", "read_form"]

_SELECT = re.compile(
    r"(?:select[ _](?:one|multiple)|select all that apply|rank)(?:[ _]from)?\s+(\S+)"
)
OTHER = ("or_other", "or specify other")
_AGAIN = re.compile(r" \((\d{1,6})\)$")
LARGEST = 20_000_000


@attrs.frozen
class Question:
    """One question.

    Attributes:
        name: Its name.
        path: The names of the groups and repeats that it is in, with its own.
        repeat: The name of the innermost repeat that it is in; empty for none.
        labels: Its labels, in all languages.
        choices: The list that answers are chosen from; empty for none.
        several: Whether several can be chosen.
    """

    name: str
    path: str
    repeat: str
    labels: tuple[str, ...]
    choices: str = ""
    several: bool = False


@attrs.frozen
class Form:
    """A form.

    Attributes:
        questions: Its questions, in order.
        choices: By list, the labels of each choice by its name.
    """

    questions: tuple[Question, ...]
    choices: Mapping[str, Mapping[str, tuple[str, ...]]]

    def question(self, header: str, repeat: str) -> Question | None:
        """The question that a header stands for, by its name or a label, with or without groups.

        Of several questions with one label, whose headers have a number, that of the number.
        """
        again = _AGAIN.search(header)
        found = self._question(header, repeat)
        if again is None or found is not None:
            return found
        bare = fold(header[: again.start()])
        alike = [q for q in self.questions if q.repeat == repeat and bare in map(fold, q.labels)]
        number = int(again[1])
        return alike[number - 1] if number <= len(alike) else None

    def first(self, header: str, repeat: str) -> Question | None:
        """The first of several questions with one label."""
        words = fold(header)
        alike = (q for q in self.questions if q.repeat == repeat and words in map(fold, q.labels))
        return next(alike, None)

    def _question(self, header: str, repeat: str) -> Question | None:
        inside = [one for one in self.questions if one.repeat == repeat]
        last = header.rpartition("/")[2]
        for words in (header, last):
            found = [q for q in inside if words in (q.name, q.path)]
            found = found or [q for q in inside if fold(words) in map(fold, q.labels)]
            if len(found) == 1:
                return found[0]
        return None


def read_form(path: str, context: ImportContext) -> Form:
    """The form in an XLSForm, or as Kobo gives it in JSON.

    Raises:
        FormatError: If it is none.
        OSError: If it cannot be opened.
    """
    inner = ImportContext(name=path, limits=context.limits)
    with open_input(Path(path), limit=LARGEST) as stream:
        data = stream.read(LARGEST + 1)
    if data.lstrip()[:1] in (b"{", b"["):
        content = _of_json(data, path)
    else:
        content = {
            sheet.name: [
                dict(zip([_plain(c) for c in sheet.rows[0].cells], row.cells, strict=False))
                for row in sheet.rows[1:]
            ]
            for sheet in read_sheets(io.BytesIO(data), inner)
            if sheet.rows
        }
    if not content.get("survey"):
        message = "is no form: it has no sheet or list 'survey'"
        cure = "give the XLSForm, or the form that Kobo's API gives as JSON"
        raise refused("S1", message, path, cure)
    return _form(content["survey"], content.get("choices", []))


def _of_json(data: bytes, path: str) -> dict[str, Any]:
    """The lists of a form in JSON by name, such as ``survey`` and ``choices``."""
    try:
        value = parse_json(data)
    except ValueError as error:
        raise refused("S1", f"is not JSON: {error}", path) from None
    for _ in range(4):  # an asset, its versions, the content of one
        if not isinstance(value, dict) or "survey" in value:
            break
        versions = value.get("versions")
        if isinstance(versions, dict):  # a page of the API
            versions = versions.get("results")
        last = versions[0] if isinstance(versions, list) and versions else None
        value = value.get("content") or last
    found = value if isinstance(value, dict) else {}
    return {
        key: [r for r in rows if isinstance(r, dict)]
        for key, rows in found.items()
        if isinstance(rows, list)
    }


def _plain(header: str) -> str:
    """A column of an XLSForm; ``list name`` and ``label::Français (fr)`` are as others."""
    return header.strip() if ":" in header else header.strip().lower().replace(" ", "_")


def _labels(row: Mapping[str, Any]) -> tuple[str, ...]:
    found: list[str] = []
    for key, value in row.items():
        if key == "label" or key.lower().startswith("label:"):
            several = value if isinstance(value, list) else [value]
            found += [str(one) for one in several if one]
    return tuple(dict.fromkeys(found))


def _form(survey: Iterable[Mapping[str, Any]], choices: Iterable[Mapping[str, Any]]) -> Form:
    lists: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in choices:
        name, listed = str(row.get("name") or ""), str(row.get("list_name") or "")
        if name and listed:
            lists.setdefault(listed, {})[name] = _labels(row)
    questions: list[Question] = []
    groups: list[tuple[str, bool]] = []
    for row in survey:
        kind = str(row.get("type") or "").strip()
        name = str(row.get("name") or "").strip()
        plain = kind.lower().replace("_", " ")
        if plain.startswith(("begin group", "begin repeat", "begin loop")):
            groups.append((name, plain != "begin group"))
        elif (
            plain.startswith("end ") and groups and plain.split()[1] in ("group", "repeat", "loop")
        ):
            groups.pop()
        elif name:
            path = "/".join([*(group for group, _ in groups), name])
            repeat = next((group for group, repeats in reversed(groups) if repeats), "")
            found = _SELECT.match(kind.replace("select_", "select "))
            listed = found[1] if found else ""
            listed = str(row.get("select_from_list_name") or listed)
            several = "multiple" in plain or "all that apply" in plain
            question = Question(name, path, repeat, _labels(row), listed, several)
            questions.append(question)
            if any(words in kind for words in OTHER):
                other = Question(f"{name}_other", f"{path}_other", repeat, ())
                questions.append(other)
    return Form(tuple(questions), lists)


def named(table: Table, form: Form, repeat: str) -> Table:
    """A table whose headers are names of questions and whose chosen answers are names of choices.

    Labels can be translated and repeated, names cannot: exports of one form by names and by labels
    of any language become the same table.

    Args:
        table: The table.
        form: The form.
        repeat: The repeat that the table is of; empty for the answers themselves.
    """
    headers = list(table.header.cells)
    asked = [
        form.first(header, repeat) if f"{header} (2)" in headers else form.question(header, repeat)
        for header in headers
    ]
    header = [q.name if q else words for q, words in zip(asked, table.header.cells, strict=True)]
    words = [_names(form, question) for question in asked]
    rows = [
        TableRow(
            [_chosen(cell, names) for cell, names in zip(row.cells, words, strict=True)], row.where
        )
        for row in table.rows
    ]
    return attrs.evolve(table, header=attrs.evolve(table.header, cells=header), rows=rows)


def _names(form: Form, question: Question | None) -> tuple[dict[str, str], bool] | None:
    """The choices of a question, by their labels and names; and whether several can be chosen."""
    if question is None or question.choices not in form.choices:
        return None
    found: dict[str, str] = {}
    for name, labels in form.choices[question.choices].items():
        for words in (name, *labels):
            found.setdefault(words, name)
    return found, question.several


def _chosen(cell: str, names: tuple[dict[str, str], bool] | None) -> str:
    if names is None or not cell or cell in names[0]:
        return cell if names is None else names[0].get(cell, cell)
    known, several = names
    if not several:
        return cell
    parts: Sequence[str] = cell.split(SEVERAL if SEVERAL in cell else None)
    return SEVERAL.join(known.get(part, part) for part in parts)
