"""What ``jmdi convert`` says of what a format cannot keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from jmdi.cli.layout import clean, count
from jmdi.errors import Problem, Severity

if TYPE_CHECKING:
    from jmdi.cli.session import Session
    from jmdi.graph.dataset import Dataset

__all__ = ["as_lines", "say_losses"]

MOST = 20_000
"""How many records are looked at after writing, as this takes as long as writing and reading."""

NAMED = 3
"""How many losses are named after writing."""


def as_lines(losses: Sequence[Problem], format: str) -> Iterator[str]:
    """All that a format cannot keep, for ``--dry-run``."""
    if not losses:
        yield f"{format} keeps everything"
        return
    yield f"{format} does not keep everything:"
    for loss in losses:
        cure = f" ({loss.cure})" if loss.cure else ""
        yield f"  {loss.severity.value}[{loss.code}]: {clean(loss.message)}{clean(cure)}"
    codes = ", ".join(dict.fromkeys(f"'jmdi explain {loss.code}'" for loss in losses))
    yield f"{_summed(losses)}; for what they mean: {codes}"


def say_losses(
    session: Session, dataset: Dataset, format: str, options: Mapping[str, object]
) -> None:
    """Says in one line what was not kept of a dataset that was written."""
    if len(dataset) > MOST:
        session.say(f"whether {format} keeps everything was not looked at; --dry-run does it")
        return
    said = [p for p in dataset.losses(format, **options) if p.severity is not Severity.INFO]
    losses, others = ([p for p in said if (p.where.kind is None) == other] for other in (0, 1))
    if losses:
        named = ", ".join(map(_named, losses[:NAMED]))
        more = f" and {len(losses) - NAMED:,} more" if len(losses) > NAMED else ""
        session.say(f"{format} does not keep {named}{more}; --dry-run lists what is lost")
    for other in others[:NAMED]:
        session.say(f"{format}: {clean(other.message)}")
    if len(others) > NAMED:
        session.say(f"{format}: {len(others) - NAMED:,} more; --dry-run lists them")


def _named(loss: Problem) -> str:
    """What is lost, as briefly as it can be said."""
    member = f"{loss.where.member[1:]!r} of " if loss.where.member else ""
    return f"{member}{loss.count or 1:,} {loss.where.kind}"


def _summed(losses: Sequence[Problem]) -> str:
    kept = sum(loss.severity is not Severity.INFO for loss in losses)
    return f"{count(kept, 'loss', 'losses')}, {count(len(losses) - kept, 'addition')}"
