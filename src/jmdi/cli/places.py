"""The place in a file of a record about which a check reports a problem."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from jmdi.errors import Problem

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["located"]

_ID = re.compile(rb'"id"\s*:\s*("(?:[^"\\]|\\.)*")')
LONGEST = 64_000_000


def located(problems: Iterable[Problem], dataset: Dataset, name: str) -> list[Problem]:
    """Problems with their place in the file, as far as it is known.

    For a problem of a check that is the line of the record in JSON Lines, and in other
    formats what the record's source says. For a file of a folder it is the whole path.

    Args:
        problems: What was found while reading and by the checks.
        dataset: What was read from the file.
        name: The file.
    """
    problems = list(problems)
    ids = {p.where.record for p in problems if p.where.record and p.where.line is None}
    lines = _lines(Path(name), ids) if ids and name.lower().endswith(".jsonl") else {}
    return [_placed(problem, dataset, name, lines) for problem in problems]


def _placed(problem: Problem, dataset: Dataset, name: str, lines: dict[str, int]) -> Problem:
    where = problem.where
    if where.file is not None and where.file != name:
        inner = Path(name) / where.file
        if Path(name).is_dir() and inner.is_file():
            return attrs.evolve(problem, where=attrs.evolve(where, file=str(inner)))
        return problem
    cell = where.cell
    record = dataset.find(where.record) if where.record else None
    if record is not None and cell is None:
        cell = next((s.locator for s in record.sources if s.locator), None)
    line = where.line if where.line is not None else lines.get(where.record or "")
    return attrs.evolve(problem, where=attrs.evolve(where, file=name, line=line, cell=cell))


def _lines(path: Path, ids: set[str]) -> dict[str, int]:
    """The lines on which the records of these ids stand; the first for each."""
    found: dict[str, int] = {}
    if not path.is_file():
        return found
    with path.open("rb") as stream:
        number = 0
        while len(found) < len(ids) and (line := stream.readline(LONGEST)):
            number += 1
            match = _ID.search(line)
            if match is None:
                continue
            identity = _text(match[1])
            if identity is not None and identity in ids:
                found.setdefault(identity, number)
    return found


def _text(quoted: bytes) -> str | None:
    try:
        return str(json.loads(quoted))
    except ValueError:
        return None
