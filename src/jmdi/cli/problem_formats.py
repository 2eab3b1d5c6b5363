"""Problems for machines: JSON, annotations of GitHub, and SARIF 2.1.0."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from jmdi.cli.layout import clean
from jmdi.cli.problems import as_text, tally
from jmdi.cli.streams import write_json, write_line
from jmdi.errors import Problem, Severity
from jmdi.plugins.specs import ProblemCode

__all__ = ["github", "sarif", "write_problems"]

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SARIF = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write_problems(
    problems: Iterable[Problem], style: str, codes: Mapping[str, ProblemCode], *, all_: bool = False
) -> None:
    """Writes problems to standard output.

    Args:
        problems: The problems.
        style: ``text``, ``json``, ``github`` or ``sarif``.
        codes: Explanations of codes.
        all_: For ``text``, whether to show all of a code.
    """
    ordered = sorted(problems)
    if style == "json":
        write_json({**tally(ordered), "problems": [p.to_dict() for p in ordered]})
    elif style == "sarif":
        write_json(sarif(ordered, codes))
    else:
        lines = github(ordered) if style == "github" else as_text(ordered, codes, all_=all_)
        for line in lines:
            write_line(line)


def github(problems: Iterable[Problem]) -> Iterator[str]:
    """Problems as workflow commands that GitHub shows beside the lines of a file."""
    for problem in problems:
        where = problem.where
        places = {"file": where.file, "line": where.line, "col": where.column}
        parts = [f"{k}={_property(str(v))}" for k, v in places.items() if v is not None]
        parts.append(f"title={_property(problem.code)}")
        message = problem.message
        if detail := " ".join(x for x in (where.cell, where.record, problem.path) if x):
            message = f"{detail}: {message}"
        if problem.cure:
            message += f" ({problem.cure})"
        yield f"::{_GITHUB[problem.severity]} {','.join(parts)}::{_data(message)}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return clean(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(problems: Sequence[Problem], codes: Mapping[str, ProblemCode]) -> dict[str, Any]:
    """Problems as a SARIF log, which code-scanning services read."""
    from jmdi.files.header import FORMAT

    used = sorted({problem.code for problem in problems})
    driver = {
        "name": "jmdi",
        "rules": [_rule(code, codes.get(code)) for code in used],
        "properties": {"format": FORMAT},
    }
    results = [_result(problem, used.index(problem.code)) for problem in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, page: ProblemCode | None) -> dict[str, Any]:
    if page is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.why},
        "help": {"text": page.cure},
    }


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    where = problem.where
    location: dict[str, Any] = {}
    if where.file:
        uri = PurePath(where.file).as_posix()
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(uri)}}
        location["physicalLocation"] = physical
        if where.line is not None:
            region = {"startLine": where.line}
            if where.column is not None:
                region["startColumn"] = where.column
            physical["region"] = region
    logical = [where.record or "", problem.path or "", where.cell or ""]
    if any(logical):
        name = " ".join(part for part in logical if part)
        location["logicalLocations"] = [{"fullyQualifiedName": name}]
    text = f"{problem.message} ({problem.cure})" if problem.cure else problem.message
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _SARIF[problem.severity],
        "message": {"text": text},
        "locations": [location] if location else [],
    }


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(os.fsencode(path))  # also a name that is no UTF-8
