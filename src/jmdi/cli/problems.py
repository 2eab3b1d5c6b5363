"""Problems as text: grouped, with the line they are about, why they matter and their cures."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

import click

from jmdi.cli.layout import clean, count
from jmdi.cli.snippets import fetch, underline
from jmdi.errors import Problem, Severity
from jmdi.plugins.specs import ProblemCode

__all__ = ["as_text", "collapsed", "summary", "tally"]

WIDTH = 100
MOST = 20
"""How many problems of one code are shown one by one."""

COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def collapsed(problems: Iterable[Problem], *, all_: bool = False) -> list[tuple[Problem, int]]:
    """Problems in order of place, each with how many like it are not shown.

    Args:
        problems: The problems.
        all_: Whether to show all; otherwise a code with more than 20 is shown once.
    """
    ordered = sorted(problems)
    numbers: dict[str, int] = {}
    for problem in ordered:
        numbers[problem.code] = numbers.get(problem.code, 0) + 1
    shown: list[tuple[Problem, int]] = []
    begun: set[str] = set()
    for problem in ordered:
        number = numbers[problem.code]
        if all_ or number <= MOST:
            shown.append((problem, 0))
        elif problem.code not in begun:
            begun.add(problem.code)
            shown.append((problem, number - 1))
    return shown


def as_text(
    problems: Iterable[Problem], codes: Mapping[str, ProblemCode], *, all_: bool = False
) -> Iterator[str]:
    """Problems as lines for people.

    Args:
        problems: The problems.
        codes: Explanations of codes.
        all_: Whether to show all, however many there are of one code.
    """
    shown = collapsed(problems, all_=all_)
    lines = fetch(problem for problem, _ in shown)
    explained: set[str] = set()
    for problem, more in shown:
        yield from _lines(problem, lines)
        page = codes.get(problem.code)
        if page is not None and problem.code not in explained:
            yield _wrapped("why", page.why)
        cure = problem.cure or (page.cure if page and problem.code not in explained else None)
        if cure:
            yield _wrapped("cure", cure)
        explained.add(problem.code)
        if more:
            yield f"   = and {more:,} more {problem.code}; --all shows them"
        yield ""


def _wrapped(head: str, words: str) -> str:
    return textwrap.fill(
        clean(words),
        WIDTH,
        initial_indent=f"   = {head + ':':6}",
        subsequent_indent=" " * 11,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _lines(problem: Problem, lines: Mapping[tuple[str, int], str]) -> Iterator[str]:
    """The headline, the place, and the line of the file if it is known."""
    head = click.style(f"{problem.severity.value}[{problem.code}]", COLORS[problem.severity])
    yield f"{head}: {clean(problem.message)}"
    place = _place(problem)
    if place:
        yield f"  --> {clean(place)}"
    where = problem.where
    line = lines.get((where.file or "", where.line or 0))
    if line is not None:
        shown, carets = underline(problem, line)
        number = str(where.line)
        gutter = " " * len(number)
        yield f"{gutter} |"
        yield f"{number} | {shown}"
        if carets:
            yield f"{gutter} | {click.style(carets, COLORS[problem.severity])}"


def _place(problem: Problem) -> str:
    where = problem.where
    place = where.file or ""
    if where.line is not None:
        place += f":{where.line}"
        if where.column is not None:
            place += f":{where.column}"
    if where.cell:
        place += f"{'' if where.cell.startswith('[') or not place else ': '}{where.cell}"
    details = [part for part in (where.record, problem.path) if part]
    if details:
        place += f"{'  ' if place else ''}({', '.join(details)})"
    return place


def tally(problems: Sequence[Problem]) -> dict[str, int]:
    """How many errors, warnings and notes there are."""
    names = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "infos"}
    return {
        name: sum(problem.severity is severity for problem in problems)
        for severity, name in names.items()
    }


def summary(problems: Sequence[Problem]) -> str:
    """``1 error, 2 warnings``; ``no problems`` when there is none."""
    numbers = tally(problems)
    parts = [count(numbers[name], name.removesuffix("s")) for name in numbers if numbers[name]]
    return ", ".join(parts).replace("info", "note") if parts else "no problems"
