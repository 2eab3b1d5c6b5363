"""What checks found in a dataset, as one value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from jmdi.classes import frozen
from jmdi.errors import DataError, Problem, Severity, group_problems

__all__ = ["FAILED", "CheckReport"]

FAILED = "J390"
"""The code of the problem that a check itself failed."""

SHOWN = 20
"""How many problems of one code the text of a report spells out."""


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems))


@frozen
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

    def _repr_html_(self) -> str:
        from jmdi.display.cards import check_card

        return check_card(self)
