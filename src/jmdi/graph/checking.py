"""Runs the checks of a catalog over a dataset and reports what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.errors import DataError, Problem, Severity, group_problems

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.plugins.catalog import Catalog
    from jmdi.plugins.specs import Check

__all__ = ["FAILED", "CheckReport", "check"]

FAILED = "J390"
"""The code of the problem that a check itself failed."""

SHOWN = 20
"""How many problems of one code the text of a report spells out."""

CORE = "jmdi"


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems))


@attrs.frozen(slots=True)
class CheckReport:
    """What the checks found; true when there is no error.

    Attributes:
        problems: All problems, in order of place.
    """

    problems: tuple[Problem, ...] = attrs.field(default=(), converter=_in_order)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are errors."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def ok(self) -> bool:
        """Whether there is no error; there may be warnings."""
        return not any(problem.is_error for problem in self.problems)

    def __bool__(self) -> bool:
        return self.ok

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)

    def __len__(self) -> int:
        return len(self.problems)

    def raise_for_errors(self) -> None:
        """Does nothing if there is no error.

        Raises:
            DataError: With all errors.
        """
        if errors := self.errors:
            raise DataError(errors)

    def counts(self) -> dict[str, int]:
        """How many problems there are of each severity, the worst first."""
        severities = [problem.severity for problem in self.problems]
        return {s.value: severities.count(s) for s in Severity if s in severities}

    def text(self, *, most: int = SHOWN) -> str:
        """The problems grouped by code, errors first.

        Args:
            most: How many of one code are spelled out; the rest is counted.
        """
        if not self.problems:
            return "no problems found"
        lines = []
        for code, group in group_problems(self.problems):
            lines.append(f"{group[0].severity.value} {code}: {len(group):,}")
            lines += [f"  {problem}" for problem in group[:most]]
            if len(group) > most:
                lines.append(f"  … and {len(group) - most:,} more")
        lines.append(", ".join(f"{n:,} {severity}" for severity, n in self.counts().items()))
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON values."""
        return {
            "ok": self.ok,
            "counts": self.counts(),
            "problems": [problem.to_dict() for problem in self.problems],
        }

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        found = ", ".join(f"{n:,} {severity}" for severity, n in self.counts().items())
        return f"<CheckReport: {found or 'no problems'}>"


def check(dataset: Dataset, catalog: Catalog, checks: Iterable[Check] | None = None) -> CheckReport:
    """Runs checks; the dataset stays as it is.

    Args:
        dataset: The records.
        catalog: Where the checks are registered.
        checks: The checks to run; by default all.

    Returns:
        What they found. A check that fails becomes a problem itself, and the others still run.
    """
    found: list[Problem] = []
    for one in catalog.checks if checks is None else checks:
        origin = catalog.origin("check", one.code)
        plugin = origin.plugin if origin is not None and origin.plugin != CORE else None
        try:
            problems = list(_run(one, dataset))
        except Exception as error:
            found.append(_failure(one, plugin, error))
            continue
        found += [attrs.evolve(p, plugin=plugin) for p in problems] if plugin else problems
    return CheckReport(dict.fromkeys(found))


def _run(one: Check, dataset: Dataset) -> Iterator[Problem]:
    """The problems that one check finds.

    Raises:
        TypeError: If it yields anything but problems.
    """
    if one.applies_to is None:
        yield from map(_problem, one.run(dataset))
        return
    run: Callable[..., Iterable[Any]] = one.run
    for record in dataset.of(one.applies_to):
        yield from map(_problem, run(record, dataset))


def _problem(found: Any) -> Problem:
    if not isinstance(found, Problem):
        raise TypeError(f"it must yield problems, not {found!r:.80}")
    return found


def _failure(one: Check, plugin: str | None, error: Exception) -> Problem:
    return Problem(
        code=FAILED,
        severity=Severity.ERROR,
        message=f"the check {one.code} failed: {type(error).__name__}: {error}",
        hint="the data may be fine; report this to the authors of the check",
        plugin=plugin,
    )
