"""The ways through derivations: from a product to what it was made from, and back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from jmdi.classes import frozen
from jmdi.model.kinds import KnowledgeItem, KnowledgeProduct, Practice
from jmdi.model.relations import Derives

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.model.records import Record

__all__ = ["End", "Use", "below", "ends_of", "reached", "uses_of"]

T = TypeVar("T", bound=Hashable)


@frozen
class End:
    """Where a way down from a product ends.

    Attributes:
        practice: The last practice on the way, the end itself if it is one; ``None`` without one.
        id: Id of what stands there: an item, or whatever nothing is recorded below.
        record: Its record; ``None`` where the data has none, so that the trail breaks off.
    """

    practice: str | None
    id: str
    record: Record | None

    @property
    def kind(self) -> str:
        """Its kind, or ``missing``."""
        return "missing" if self.record is None else self.record.kind


@frozen
class Use:
    """A product that something went into.

    Attributes:
        practice: The first practice on the way; ``None`` without one.
        product: The product.
    """

    practice: str | None
    product: KnowledgeProduct


def reached(start: T, steps: Callable[[T], Iterable[T]]) -> Iterator[T]:
    """What can be reached from a start, nearest first and each once; the start comes first.

    Args:
        start: Where the ways begin.
        steps: What is one step further.
    """
    seen, waiting = {start}, deque([start])
    while waiting:
        at = waiting.popleft()
        yield at
        new = [one for one in dict.fromkeys(steps(at)) if one not in seen]
        seen.update(new)
        waiting.extend(new)


def below(dataset: Dataset, id: str) -> list[str]:
    """The ids of all that something was made from, each once.

    Args:
        dataset: The records.
        id: The product or practice; it is not among them.
    """
    return list(reached(id, lambda at: _beyond(dataset, at, down=True)))[1:]


def ends_of(dataset: Dataset, id: str) -> list[End]:
    """Where the ways down from a product or practice end, each once, however long the way.

    Args:
        dataset: The records.
        id: The product or practice.
    """
    found: list[End] = []
    for node, practice in _ways(dataset, id, down=True):
        if node != id and not _beyond(dataset, node, down=True):
            found.append(End(practice, node, dataset.find(node)))
    return found


def uses_of(dataset: Dataset, id: str) -> list[Use]:
    """The products that something went into, each once with each first practice on the way.

    Args:
        dataset: The records.
        id: The item, practice, product or initiative.
    """
    found: list[Use] = []
    for node, practice in _ways(dataset, id, down=False):
        product = dataset.find(node, KnowledgeProduct) if node != id else None
        if product is not None:
            found.append(Use(practice, product))
    return found


def _ways(dataset: Dataset, id: str, *, down: bool) -> Iterator[tuple[str, str | None]]:
    """What can be reached, each once with each practice on the way: down the last, up the first."""

    def steps(at: tuple[str, str | None]) -> Iterator[tuple[str, str | None]]:
        node, practice = at
        for other in _beyond(dataset, node, down=down):
            new = (down or practice is None) and dataset.find(other, Practice) is not None
            yield other, other if new else practice

    return reached((id, None if dataset.find(id, Practice) is None else id), steps)


def _beyond(dataset: Dataset, id: str, *, down: bool) -> list[str]:
    """What is one step further. An item is the end of a way down, and no step of a way up.

    That an item or action derives from something says what was done about it.
    """
    if down:
        stop = dataset.find(id, KnowledgeItem) is not None
        return [] if stop else [step.target for step in dataset.out(id, Derives)]
    above = [step.source for step in dataset.in_(id, Derives)]
    return [
        other
        for other in above
        if dataset.find(other, Practice) or dataset.find(other, KnowledgeProduct)
    ]
