"""Problems that come many times in a file: the first few are listed, the others counted."""

from __future__ import annotations

from collections import Counter

from jmdi import Problem, Severity, Where
from jmdi.plugins.context import FirstFew, ImportContext

__all__ = ["Notes"]

LISTED = 20
"""How many lines that cannot be read are listed one by one."""


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


class Notes:
    """What is noted while a file is read.

    Args:
        context: Where problems go.
    """

    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._few = FirstFew(context.limits, LISTED)
        self._skipped: Counter[str] = Counter()

    def bad(self, message: str, line: int, cure: str | None = None) -> None:
        """Notes a line that cannot be read."""
        if self._few.takes("bad"):
            self._report("N108", Severity.ERROR, message, line, cure)

    def skip(self, what: str, count: int = 1) -> None:
        """Notes parts of the file that have no place among records."""
        self._skipped[what] += count

    def finish(self) -> None:
        """Reports what was counted."""
        for count in self._few.rest().values():
            self._report("N108", Severity.ERROR, f"{count:,} more lines cannot be read")
        for what, count in self._skipped.items():
            self._report("N109", Severity.INFO, f"not read: {what}, {_times(count)}")

    def _report(
        self,
        code: str,
        severity: Severity,
        message: str,
        line: int | None = None,
        cure: str | None = None,
    ) -> None:
        where = Where(file=self._context.name, line=line)
        self._context.report(Problem(f"networkfiles:{code}", severity, message, where, cure=cure))
