"""What a metric asks back: which of several things is meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jmdi.metrics.result import UndefinedResult

__all__ = ["NEEDS_CHOICE", "NeedsChoice"]

NEEDS_CHOICE = "needs_choice"
"""The reason of a Result whose note ``choices`` has what can be named, by parameter."""


class NeedsChoice(UndefinedResult):
    """The data has several of what a metric is about, and none was named; it ends it undefined.

    The Result has the reason ``needs_choice``, and its note ``choices`` the ids or codes that
    can be named, by parameter.

    Attributes:
        parameter: The parameter that names one.
        options: What it can name.
    """

    def __init__(self, parameter: str, options: Iterable[str], things: str) -> None:
        """Asks for a choice.

        Args:
            parameter: The parameter that names one, such as ``practice``.
            options: What it can name.
            things: What these are, such as ``practices``.
        """
        self.parameter = parameter
        self.options = tuple(map(str, options))
        self._things = things
        number = f"{len(self.options):,}"
        super().__init__(NEEDS_CHOICE, f"there are {number} {things}: name one as {parameter}=")

    def __reduce__(self) -> tuple[Any, ...]:
        return (NeedsChoice, (self.parameter, self.options, self._things))
