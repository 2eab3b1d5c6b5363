"""The units that codings are compared on: documents, sentences or characters, for each theme.

A coder has seen an item if something in it is coded by that coder; what a coder has not seen is
missing, and never a *no*.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from jmdi.classes import frozen
from jmdi.model.kinds import KnowledgeItem
from jmdi.model.relations import Coded
from jmdi_knowledge.agreement.coefficients import Patterns, Value
from jmdi_knowledge.trails.quotes import digest_of, state_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["Cover", "Span", "Unit", "Units", "covered", "sentences", "units_of"]

Unit: TypeAlias = Literal["document", "sentence", "character"]
"""What is compared: whether a document has a theme, a sentence has, or a character has."""

Span: TypeAlias = tuple[int, int]

Cover: TypeAlias = dict[str, list[Span]]
"""By item the units that have a theme, as spans of their numbers that do not touch."""

SENTENCE = re.compile(r"(?:[.!?…؟。！？]+(?:[\"'”’)\]]|\s?»)*(?=\s|$)|\n)\s*")
"""What ends a sentence: its mark with a space after it, or the end of a line."""


@frozen
class Units:
    """What coders gave to each unit.

    Attributes:
        coders: The coders, in the order of the patterns.
        by_theme: The patterns of each theme: 1 where it was given, 0 where it was not.
        items: How many items have units.
        without_coder: How many codings were left out, as they do not say whose they are.
        without_text: How many items were left out, as they have no text to divide.
        misplaced: How many codings were left out, as they are of another text than the one here.
    """

    coders: tuple[str, ...]
    by_theme: dict[str, Patterns]
    items: int
    without_coder: int
    without_text: int
    misplaced: int

    @property
    def pooled(self) -> Patterns:
        """The patterns of all themes together: each unit counts once for each theme."""
        found: Counter[tuple[Value, ...]] = Counter()
        for patterns in self.by_theme.values():
            found.update(patterns)
        return found


def units_of(
    dataset: Dataset,
    unit: Unit,
    *,
    coders: Collection[str] = (),
    themes: Collection[str] = (),
) -> Units:
    """The units of all items that somebody coded, for each theme that somebody gave.

    Args:
        dataset: The records.
        unit: What is compared.
        coders: Only these coders; all if none are given.
        themes: Only these themes; all that somebody gave if none are given.
    """
    by_item: dict[str, list[Coded]] = {}
    without_coder = 0
    for coding in dataset.of(Coded):
        if dataset.find(coding.source, KnowledgeItem) is None:
            continue
        if coding.coder is None:
            without_coder += 1
        elif not coders or coding.coder in coders:
            by_item.setdefault(coding.source, []).append(coding)
    given = [coding for codings in by_item.values() for coding in codings]
    people = tuple(sorted({coding.coder for coding in given if coding.coder is not None}))
    wanted = sorted({c.target for c in given if not themes or c.target in themes})
    counted: dict[str, Counter[tuple[Value, ...]]] = {theme: Counter() for theme in wanted}
    without_text = misplaced = items = 0
    for name in sorted(by_item):
        codings, ruler = by_item[name], _Ruler.of(dataset.get(name, KnowledgeItem), unit)
        if ruler is None:
            without_text += 1
            continue
        items += 1
        seen = {coding.coder for coding in codings}
        missing = [None if coder not in seen else 0 for coder in people]
        spans: dict[str, dict[str | None, list[Span]]] = {}
        for coding in codings:
            if (span := ruler.span(coding)) is None:
                misplaced += 1
            else:
                spans.setdefault(coding.target, {}).setdefault(coding.coder, []).append(span)
        for theme, found in counted.items():
            for pattern, many in _patterns(spans.get(theme, {}), ruler.units, people, missing):
                found[pattern] += many
    return Units(people, dict(counted), items, without_coder, without_text, misplaced)


def covered(dataset: Dataset, unit: Unit, themes: Collection[str] = ()) -> dict[str, Cover]:
    """The units that have each theme, whoever gave it.

    Args:
        dataset: The records.
        unit: What a theme is given to.
        themes: Only these themes; all that somebody gave if none are given.
    """
    found: dict[str, dict[str, list[Span]]] = {}
    rulers: dict[str, _Ruler | None] = {}
    for coding in dataset.of(Coded):
        item = dataset.find(coding.source, KnowledgeItem)
        if item is None or (themes and coding.target not in themes):
            continue
        if item.id not in rulers:
            rulers[item.id] = _Ruler.of(item, unit)
        ruler = rulers[item.id]
        span = None if ruler is None else ruler.span(coding)
        if span is not None:
            found.setdefault(coding.target, {}).setdefault(item.id, []).append(span)
    return {
        theme: {item: _merged(spans) for item, spans in items.items()}
        for theme, items in found.items()
    }


def _merged(spans: list[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for start, stop in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((start, stop))
    return found


def sentences(text: str) -> list[Span]:
    """Where the sentences of a text begin and end, without the blanks around them."""
    found: list[Span] = []
    start = 0
    for end in [*(match.end() for match in SENTENCE.finditer(text)), len(text)]:
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            found.append((start + lead, start + len(piece.rstrip())))
        start = end
    return found


@frozen
class _Ruler:
    """What the units of one item are, and which of them a coding is on.

    Attributes:
        text: The text; ``None`` where the item is one unit.
        units: How many units there are.
        digest: The hash of the text.
        pieces: Where the sentences begin, and where they end; ``None`` for other units.
    """

    text: str | None
    units: int
    digest: str | None = None
    pieces: tuple[list[int], list[int]] | None = None

    @classmethod
    def of(cls, item: KnowledgeItem, unit: Unit) -> _Ruler | None:
        """The ruler of an item; ``None`` if it has no text to divide."""
        if unit == "document":
            return cls(None, 1)
        if item.text is None:
            return None
        digest = digest_of(item.text)
        if unit == "character":
            return cls(item.text, len(item.text), digest)
        found = sentences(item.text)
        return cls(item.text, len(found), digest, ([a for a, _ in found], [b for _, b in found]))

    def span(self, coding: Coded) -> Span | None:
        """The first unit of a coding and the one after its last; ``None`` if it is of another text.

        Args:
            coding: A coding of the item.
        """
        if self.text is None:
            return 0, 1
        if state_of(coding, self.text, self.digest) == "broken":
            return None
        start = coding.start or 0
        stop = len(self.text) if coding.stop is None else coding.stop
        if start == stop:
            return 0, 0
        if self.pieces is None:
            return start, stop
        begins, ends = self.pieces
        return bisect_right(ends, start), bisect_left(begins, stop)


def _holds(spans: Sequence[Span], unit: int) -> bool:
    """Whether a unit is in one of some merged spans."""
    before = bisect_right(spans, unit, key=lambda span: span[0])
    return before > 0 and unit < spans[before - 1][1]


def _patterns(
    spans: dict[str | None, list[Span]],
    units: int,
    people: Sequence[str],
    missing: Sequence[int | None],
) -> Iterator[tuple[tuple[Value, ...], int]]:
    """The patterns of one theme in one item, each with how many units have it."""
    merged = {coder: _merged(own) for coder, own in spans.items()}
    cuts = sorted({0, units, *(end for own in merged.values() for span in own for end in span)})
    for start, stop in pairwise(cuts):
        yield (
            tuple(
                None if none is None else int(_holds(merged.get(coder, ()), start))
                for coder, none in zip(people, missing, strict=True)
            ),
            stop - start,
        )
