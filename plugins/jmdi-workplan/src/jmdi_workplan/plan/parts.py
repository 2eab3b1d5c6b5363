"""What the cells of an action say of one thing, remembered by the words that say it.

The rows of a plan repeat each other's words. Where an action is one row of plain cells, what it
says of one thing depends on nothing but the words of some columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import Generic, TypeAlias, TypeVar

import attrs

from jmdi import Money
from jmdi.model.constructors import unchecked
from jmdi_workplan.places import PlaceMention
from jmdi_workplan.plan.cells.under import Doubt, Under

__all__ = ["Amounts", "Found", "Named", "Part"]

T = TypeVar("T")

Found: TypeAlias = tuple[T, tuple[Doubt, ...]]
"""What cells say, and what of it was not understood."""

MOST = 4096
"""Values that are remembered of one part of a row."""

FIGURE = re.compile(
    r"(?P<before>(?:[^\W\d_]++ )*)(?P<figure>[1-9]\d{3,8})(?P<after>(?: [^\W\d_]++)*)"
)
"""A figure without marks between words: all that stand between the same words are read alike."""

YEAR = re.compile(r"(?:19|20)\d\d")
LIKE = 7000
"""The figure that stands for all others of its kind."""


@attrs.define(slots=True)
class Part(Generic[T]):
    """One thing that the cells of an action say.

    Attributes:
        columns: The columns whose words say it.
        read: What reads the cells under them.
        known: What was read, by the words of the columns.
    """

    columns: Sequence[int]
    read: Callable[[Under], Found[T]]
    known: dict[object, Found[T]] = attrs.field(factory=dict)
    _words: Callable[[tuple[str, ...]], object] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._words = itemgetter(*self.columns) if self.columns else tuple

    def of(self, under: Under) -> Found[T]:
        """What an action says of it."""
        texts = under.entry.texts
        if texts is None:
            return self.read(under)
        words = self._words(texts)
        found = self.known.get(words)
        if found is None:
            if len(self.known) >= MOST:
                self.known.clear()
            found = self.known[words] = self.anew(under)
        elif found[1]:
            cells = under.entry.cells
            return found[0], tuple([Doubt(d.value, cells[d.cell.column][0]) for d in found[1]])
        return found

    def anew(self, under: Under) -> Found[T]:
        """What an action of one row of plain cells says of it, which no row before it said."""
        return self.read(under)


@attrs.define(slots=True)
class Named(Part[tuple[PlaceMention, ...]]):
    """The places that the words of an action name, which hardly come again.

    Attributes:
        telling: Words of which the action has one if it names a place.
        unnamed: Where an action happens that names none.
    """

    telling: frozenset[str] = attrs.field(kw_only=True)
    unnamed: Found[tuple[PlaceMention, ...]] = attrs.field(kw_only=True)

    def of(self, under: Under) -> Found[tuple[PlaceMention, ...]]:
        """The places of an action."""
        texts = under.entry.texts
        if texts is None:
            return self.read(under)
        for index in self.columns:
            if not self.telling.isdisjoint(texts[index].split()):
                return self.read(under)
        return self.unnamed


@attrs.define(slots=True)
class Amounts(Part[tuple[Money, ...]]):
    """How an action is paid for: what differs from row to row is mostly one figure alone.

    Attributes:
        alike: What makes the money of a figure, and what one of it is worth, by the words around
            it and those of the other columns; ``None`` where figures are not alike.
    """

    alike: dict[object, _Alike | None] = attrs.field(factory=dict)

    def anew(self, under: Under) -> Found[tuple[Money, ...]]:
        """The money of an action of one row of plain cells."""
        texts, paid = under.entry.texts or (), under.meant.get("finance", ())
        if len(paid) != 1:
            return self.read(under)
        words = texts[paid[0]]
        found = FIGURE.fullmatch(words)
        if found is None or YEAR.fullmatch(found["figure"]):
            return self.read(under)
        before, figure, after = found.groups()
        key = (before, after, *[texts[index] for index in self.columns if index != paid[0]])
        if key not in self.alike:
            if len(self.alike) >= MOST:
                self.alike.clear()
            self.alike[key] = self._like(under, paid[0], f"{before}{LIKE}{after}")
        like = self.alike[key]
        if like is None:
            return self.read(under)
        money = like.make(amount=Decimal(int(figure) * like.each), words=words)
        return (money,), (Doubt(money, under.entry.cells[paid[0]][0]),) if like.doubtful else ()

    def _like(self, under: Under, index: int, words: str) -> _Alike | None:
        """What all figures have in common that stand where one of these words does."""
        texts = list(under.entry.texts or ())
        texts[index] = words
        entry = attrs.evolve(under.entry, texts=tuple(texts))
        moneys, doubtful = self.read(attrs.evolve(under, entry=entry))
        amount = moneys[0].amount if [money.words for money in moneys] == [words] else None
        if amount is None or amount % LIKE:
            return None
        same = attrs.asdict(moneys[0], recurse=False)  # type: ignore[arg-type]
        del same["amount"], same["words"]
        if str(LIKE) in str(same):
            return None
        return _Alike(partial(unchecked(Money), **same), int(amount // LIKE), bool(doubtful))


@attrs.frozen
class _Alike:
    """What figures have in common.

    Attributes:
        make: Makes the money of one.
        each: What one of the figure is worth.
        doubtful: Whether something of it is not understood.
    """

    make: Callable[..., Money]
    each: int
    doubtful: bool
