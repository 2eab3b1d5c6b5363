"""Lists the first few problems of each sort one by one, and counts the rest."""

from __future__ import annotations

from collections import Counter

from jmdi.plugins.context import Limits

__all__ = ["FirstFew"]


class FirstFew:
    """Tells the first few of each sort from the rest.

    Args:
        limits: The limits of the input, whose ``alike`` goes before ``usual``.
        usual: How many of a sort are listed one by one where the limits do not say.
    """

    def __init__(self, limits: Limits, usual: int) -> None:
        self.most = usual if limits.alike is None else limits.alike
        self._counts: Counter[str] = Counter()

    def takes(self, sort: str) -> bool:
        """Counts one more of a sort; whether it is among the first few."""
        self._counts[sort] += 1
        return self._counts[sort] <= self.most

    def rest(self) -> dict[str, int]:
        """How many of each sort came after the first few, in the order in which they were met."""
        return {sort: n - self.most for sort, n in self._counts.items() if n > self.most}
