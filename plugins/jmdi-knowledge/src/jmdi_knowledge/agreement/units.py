"""The units that codings are compared on: documents, sentences or characters, for each theme.

A coder has seen an item if something in it is coded by that coder; what a coder has not seen is
missing, and never a *no*.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from jmdi.model.kinds import KnowledgeItem
from jmdi.model.relations import Coded
from jmdi_knowledge.agreement.coefficients import Patterns, Value
from jmdi_knowledge.trails.quotes import quote_of

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


@attrs.frozen(slots=True)
class Units:
    """What coders gave to each unit.

    Attributes:
        coders: The coders, in the order of the patterns.
        by_theme: The patterns of each theme: 1 where it was given, 0 where it was not.
        items: How many items have units.
        without_coder: How many codings were left out, as they do not say whose they are.
        without_text: How many items were left out, as they have no text to divide.
        outside: How many codings were left out, as their positions are not in the text.
    """

    coders: tuple[str, ...]
    by_theme: dict[str, Patterns]
    items: int
    without_coder: int
    without_text: int
    outside: int

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
    without_text = outside = items = 0
    for name in sorted(by_item):
        item, codings = dataset.get(name, KnowledgeItem), by_item[name]
        if unit != "document" and item.text is None:
            without_text += 1
            continue
        text = "" if unit == "document" or item.text is None else item.text
        kept = [c for c in codings if unit == "document" or quote_of(c, text) is not None]
        outside += len(codings) - len(kept)
        items += 1
        seen = {coding.coder for coding in codings}
        missing = [None if coder not in seen else 0 for coder in people]
        pieces = [(0, 1)] if unit == "document" else _pieces(text, unit)
        whole = 1 if unit == "document" else len(text)
        spans: dict[str, dict[str | None, list[Span]]] = {}
        for coding in kept:
            span = (0, whole) if unit == "document" else _span(coding, whole)
            spans.setdefault(coding.target, {}).setdefault(coding.coder, []).append(span)
        for theme, found in counted.items():
            for pattern, many in _patterns(spans.get(theme, {}), pieces, people, missing):
                found[pattern] += many
    return Units(people, dict(counted), items, without_coder, without_text, outside)


def covered(dataset: Dataset, unit: Unit, themes: Collection[str] = ()) -> dict[str, Cover]:
    """The units that have each theme, whoever gave it.

    Args:
        dataset: The records.
        unit: What a theme is given to.
        themes: Only these themes; all that somebody gave if none are given.
    """
    found: dict[str, dict[str, list[Span]]] = {}
    cut: dict[str, list[Span]] = {}
    for coding in dataset.of(Coded):
        item = dataset.find(coding.source, KnowledgeItem)
        if item is None or (themes and coding.target not in themes):
            continue
        if unit == "document":
            spans = [(0, 1)]
        elif item.text is None or quote_of(coding, item.text) is None:
            continue
        else:
            spans = [_span(coding, len(item.text))]
        if unit == "sentence":
            (start, stop), pieces = spans[0], cut.setdefault(item.id, sentences(item.text or ""))
            spans = [(k, k + 1) for k, (a, b) in enumerate(pieces) if max(a, start) < min(b, stop)]
        found.setdefault(coding.target, {}).setdefault(item.id, []).extend(spans)
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


def _pieces(text: str, unit: Unit) -> list[Span] | int:
    """The sentences of a text; of characters, how many there are."""
    return sentences(text) if unit == "sentence" else len(text)


def _span(coding: Coded, whole: int) -> Span:
    return coding.start or 0, whole if coding.stop is None else coding.stop


def _patterns(
    spans: dict[str | None, list[Span]],
    pieces: list[Span] | int,
    people: Sequence[str],
    missing: Sequence[int | None],
) -> Iterator[tuple[tuple[Value, ...], int]]:
    """The patterns of one theme in one item, each with how many units have it."""
    if not spans:
        number = pieces if isinstance(pieces, int) else len(pieces)
        if number:
            yield tuple(missing), number
        return
    if isinstance(pieces, int):
        cuts = sorted({0, pieces, *(end for own in spans.values() for span in own for end in span)})
        stretches = [((one, two), two - one) for one, two in pairwise(cuts)]
    else:
        stretches = [(piece, 1) for piece in pieces]
    for (start, stop), many in stretches:
        yield (
            tuple(
                None
                if none is None
                else int(any(max(start, a) < min(stop, b) for a, b in spans.get(coder, ())))
                for coder, none in zip(people, missing, strict=True)
            ),
            many,
        )
