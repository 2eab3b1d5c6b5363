"""What a Dataset holds, in a few lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["summary", "tally"]


def summary(dataset: Dataset) -> str:
    """See :meth:`jmdi.Dataset.summary`."""
    title = f"{dataset.title}: " if dataset.title else ""
    lines = [f"{title}{len(dataset):,} records"]
    standins = {record.kind for record in dataset.records if record.standin}
    for kind, number in dataset._counts():
        note = "   (stand-in: its plugin is not installed)" if kind in standins else ""
        lines.append(f"  {kind:<14} {number:>9,}{note}")
    titles = tally(s.title or s.url or "(untitled)" for r in dataset.records for s in r.sources)
    if titles:
        lines.append(f"  sources        {len(titles):>9,}   {_listed(tuple(titles))}")
    if dataset.problems:
        found = tally(problem.severity.value for problem in dataset.problems)
        text = ", ".join(f"{n} {severity}" for severity, n in sorted(found.items()))
        lines.append(f"  problems       {len(dataset.problems):>9,}   {text}")
    if dataset.unread:
        lines.append(
            f"  unread         {len(dataset.unread):>9,}   {_listed(tuple(dataset.unread))}"
        )
    return "\n".join(lines)


def tally(things: Iterable[Any]) -> dict[Any, int]:
    """How often each thing occurs, in order of first occurrence."""
    counts: dict[Any, int] = {}
    for thing in things:
        counts[thing] = counts.get(thing, 0) + 1
    return counts


def _listed(titles: tuple[str, ...]) -> str:
    more = f", … {len(titles) - 3} more" if len(titles) > 3 else ""
    return ", ".join(titles[:3]) + more
