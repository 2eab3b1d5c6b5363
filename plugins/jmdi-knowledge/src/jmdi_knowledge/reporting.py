"""Problems of one input: the first of each code one by one, the rest counted."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi import FormatError, ImportContext, Problem, ProblemCode, Severity, Where
from jmdi.classes import frozen
from jmdi.plugins.context import FirstFew

__all__ = ["Message", "Report", "problem_codes"]

LISTED = 10
"""How many problems of one code are listed one by one, where the limits do not say."""


@frozen
class Message:
    """What is said of a problem.

    Attributes:
        severity: How bad it is.
        text: What is wrong; ``{what}`` is replaced by what sets it apart from others of its code.
        why: Why it is a problem, or what was done about it.
        cure: What to do; ``None`` if there is nothing to do.
    """

    severity: Severity
    text: str
    why: str
    cure: str | None = None


def problem_codes(messages: Mapping[str, Message]) -> tuple[ProblemCode, ...]:
    """What ``jmdi explain`` says of each message."""
    return tuple(
        ProblemCode(
            f"knowledge:{code}",
            message.text.format(what="…"),
            message.why,
            message.cure or "Nothing needs to be done.",
        )
        for code, message in messages.items()
    )


class Report:
    """Reports problems to a context.

    Args:
        context: Where they go.
        messages: What is said, by code without the plugin's prefix.
    """

    def __init__(self, context: ImportContext, messages: Mapping[str, Message]) -> None:
        self._context = context
        self._messages = messages
        self._few = FirstFew(context.limits, LISTED)

    def add(self, code: str, what: str = "", *, place: str | None = None) -> None:
        """Reports a problem, or counts it if there were many of its code.

        Args:
            code: The code.
            what: What sets it apart from others of its code.
            place: The place in the file, in the file's own words.
        """
        if self._few.takes(code):
            self._context.report(self._problem(code, what, place))

    def fatal(self, code: str, what: str, *, place: str | None = None) -> FormatError:
        """The error for an input that cannot be read at all."""
        return FormatError([self._problem(code, what, place)])

    def close(self) -> None:
        """Reports how many problems of each code were only counted."""
        for code, more in self._few.rest().items():
            self._context.report(self._problem(code, f"{more:,} more", None))

    def _problem(self, code: str, what: str, place: str | None) -> Problem:
        message = self._messages[code]
        where = Where(file=self._context.name, cell=None if place is None else f"{place:.200}")
        text = message.text.format(what=f"{what:.200}")
        return Problem(f"knowledge:{code}", message.severity, text, where, cure=message.cure)
