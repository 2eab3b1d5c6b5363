"""The line of a text file that a problem is about, and which part of it to underline."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from jmdi.cli.layout import clean, width
from jmdi.errors import Problem
from jmdi.model.json_pointer import segments

__all__ = ["fetch", "underline"]

LINE_FORMATS = (".jsonl", ".csv", ".tsv", ".tab", ".md", ".txt")
"""Endings of files whose problems name lines; a JSON document counts records instead."""

LONGEST = 1 << 20
WINDOW = 88
MARGIN = 24


def fetch(problems: Iterable[Problem]) -> Mapping[tuple[str, int], str]:
    """The lines that problems are about, by file and line; what cannot be read is left out.

    Args:
        problems: The problems; each file is read once, to the last line that is wanted.
    """
    wanted: dict[str, set[int]] = {}
    for problem in problems:
        where = problem.where
        if where.file and where.line and where.file.lower().endswith(LINE_FORMATS):
            wanted.setdefault(where.file, set()).add(where.line)
    lines: dict[tuple[str, int], str] = {}
    for name, numbers in wanted.items():
        lines.update(((name, number), line) for number, line in _lines(Path(name), numbers))
    return lines


def _lines(path: Path, numbers: set[int]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    try:
        if not path.is_file():
            return []
        with path.open("rb") as stream:
            for number in range(1, max(numbers) + 1):
                raw = stream.readline(LONGEST)
                if not raw or (len(raw) == LONGEST and not raw.endswith(b"\n")):
                    break
                if number in numbers and b"\0" not in raw:
                    text = raw.decode("utf-8-sig" if number == 1 else "utf-8", "replace")
                    found.append((number, text.rstrip("\r\n")))
    except OSError:
        return []
    return found


def underline(problem: Problem, line: str) -> tuple[str, str]:
    """The part of a line to show and the carets under it; no carets if the place is not known."""
    span = _span(problem, line)
    if span is None:
        return clean(line[:WINDOW]) + ("…" if len(line) > WINDOW else ""), ""
    start, end = span
    first = max(0, start - MARGIN) if len(line) > WINDOW else 0
    last = first + WINDOW
    before, marked = line[first:start], line[start : min(end, last)]
    head = "…" if first else ""
    shown = head + clean(before) + clean(line[start:last]) + ("…" if len(line) > last else "")
    return shown, " " * width(head + clean(before)) + "^" * max(1, width(clean(marked)))


def _span(problem: Problem, line: str) -> tuple[int, int] | None:
    """Where in the line the problem is."""
    if problem.path and line.lstrip().startswith("{"):
        return span_of(line, problem.path)
    value = _words(problem.value)
    if value and line.count(value) == 1:
        start = line.index(value)
        return start, start + len(value)
    return None


def _words(value: str | None) -> str | None:
    """The value as it was typed: without the quotes of Python."""
    if value and len(value) > 2 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value


def span_of(text: str, pointer: str) -> tuple[int, int] | None:
    """Begin and end of the value at a JSON pointer in a JSON text; ``None`` if it is not there."""
    scanner = json.JSONDecoder()
    try:
        position = _skip(text, 0)
        for part in segments(pointer):
            found = _member(text, position, part, scanner)
            if found is None:
                return None
            position = found
        _, end = scanner.raw_decode(text, position)
    except (ValueError, RecursionError, IndexError):
        return None
    return position, end


def _member(text: str, position: int, name: str, scanner: json.JSONDecoder) -> int | None:
    """Where a member of the object, or an item of the array, at a position begins."""
    opening = text[position]
    if opening not in "{[":
        return None
    position = _skip(text, position + 1)
    index = 0
    while text[position] not in "}]":
        key = str(index)
        if opening == "{":
            key, position = scanner.raw_decode(text, position)
            position = _skip(text, _skip(text, position) + 1)
        if key == name:
            return position
        _, position = scanner.raw_decode(text, position)
        position = _skip(text, position)
        if text[position] == ",":
            position = _skip(text, position + 1)
        index += 1
    return None


def _skip(text: str, position: int) -> int:
    while text[position] in " \t\r\n":
        position += 1
    return position
