"""Finds out how the positions of a source are counted, from quotes and from the edges of words.

Every reading that is possible for a text is given the evidence for it, in natural logarithms:
how much likelier what its positions fall on is if it is the right one than if positions fell
anywhere. The likeliest reading is taken if it is clearly likelier than all that lead elsewhere
together, and than no reading at all; else nobody can say, and code points are taken.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import attrs

from jmdi_knowledge.spans.edges import Edge, edge_of_start, edge_of_stop
from jmdi_knowledge.spans.readings import CODE_POINTS, READINGS, Reading, SourceText

__all__ = ["Decided", "Decision", "Span", "decide", "same_words"]

Decided: TypeAlias = Literal["quotes", "words", "other sources", "every reading", "unsure"]


@attrs.frozen(slots=True)
class Span:
    """A selection in a text, as its file counts it.

    Attributes:
        start: Position of its beginning.
        stop: Position after its end.
        quote: The words of the selection, as the file repeats them.
        hints: Texts that may be the words of the selection, or something else.
    """

    start: int
    stop: int
    quote: str | None = None
    hints: tuple[str, ...] = ()


@attrs.frozen(slots=True)
class Decision:
    """How the positions of a source are counted.

    Attributes:
        reading: The reading that is used.
        by: What decided it.
        candidates: All readings that lead to the same places.
        indices: Index in the text that is kept, by position; positions that lie nowhere are
            left out.
    """

    reading: Reading
    by: Decided
    candidates: frozenset[Reading]
    indices: Mapping[int, int]

    def place(self, first: int | None, last: int | None) -> tuple[int, int] | None:
        """Where a selection lies in the text that is kept; ``None`` if it lies nowhere."""
        if first is None or last is None:
            return None
        start, stop = self.indices.get(first), self.indices.get(last)
        return None if start is None or stop is None or start > stop else (start, stop)


START: Mapping[Edge, float] = {
    Edge.WORD: math.log(0.93 / 0.2),
    Edge.SPACE: math.log(0.03 / 0.2),
    Edge.INSIDE: math.log(0.03 / 0.6),
    Edge.OPEN: 0.0,
    Edge.BROKEN: math.log(0.005 / 0.6),
    Edge.OUTSIDE: math.log(0.001 / 0.6),
}
"""Evidence of what the beginning of a span falls on: its share among spans that people mark over
its share among positions taken anywhere."""

STOP: Mapping[Edge, float] = {**START, Edge.SPACE: math.log(0.15 / 0.2)}
"""The same of an end: whoever marks a word often marks the blank after it too."""

LETTER, LETTERS = 2.0, 6
"""Evidence of each letter of a quote that is equal, and how many of them count."""

DIFFERS = -6.0
"""Evidence of a quote that is not equal."""

LEAST = math.log(10)
"""How much likelier the reading that is taken must be than all others together."""

FEWEST = 2
"""Spans that the edges of words must speak for: one alone sits on words by chance too often."""

FEW = (8, 40)
"""How many spans, evenly chosen, are looked at before all are."""

BEYOND_DOUBT = math.log(10_000)
"""How much likelier a reading must be to be taken from a few spans."""

BEGINS = 12
"""Characters from which a hint counts that only begins the selection: tools shorten names."""


def same_words(piece: str, quote: str) -> bool:
    """Whether a piece of a text is what the file quotes, whatever its line ends."""
    return piece == quote or piece == quote.replace("\r\n", "\n").replace("\r", "\n")


def decide(sources: Sequence[tuple[SourceText, Sequence[Span]]]) -> list[Decision]:
    """How the positions of the sources of one file are counted; one writer counts in one way.

    A source that does not say it is read as all those that do, where these agree.

    Args:
        sources: Each source with its selections.
    """
    found = [_found(source, spans) for source, spans in sources]
    decisions = [decision for decision, _ in found]
    grouped = [groups for _, groups in found]
    joint = _joint(grouped) if len(grouped) > 1 else None
    for decision in decisions:
        if decision.by != "unsure" and joint is not None and joint not in decision.candidates:
            joint = None  # the sources were counted in several ways
    for number, groups in enumerate(grouped):
        if decisions[number].by == "unsure" and joint is not None:
            chosen = next(group for group in groups if joint in group.readings)
            decisions[number] = chosen.decision("other sources")
    return decisions


def _found(source: SourceText, spans: Sequence[Span]) -> tuple[Decision, Sequence[_Group]]:
    """What a source says by itself, from a few of its spans where these say it beyond doubt."""
    alike = _alike(source)
    for count in FEW if len(alike) > 1 else ():
        if count * 2 > len(spans):
            break
        groups = _groups(source, spans[:: len(spans) // count], alike)
        best = groups[0]
        if len(groups) > 1 and _lead(groups) >= BEYOND_DOUBT:
            positions = {position for span in spans for position in (span.start, span.stop)}
            every = {
                frozenset(source.indices(reading, positions).items())
                for reading in {source.simplest(reading) for reading in best.readings}
            }
            if len(every) == 1:  # else these readings part where no span was looked at
                best = attrs.evolve(best, indices=dict(every.pop()))
                groups = [best, *groups[1:]]
                return best.decision("quotes" if best.quotes > 0 else "words"), groups
    groups = _groups(source, spans, alike)
    return _alone(groups, len({(span.start, span.stop) for span in spans})), groups


def _joint(grouped: Sequence[Sequence[_Group]]) -> Reading | None:
    """The reading that all sources together show, if they do."""
    alike: dict[tuple[int, ...], float] = {}
    first: dict[tuple[int, ...], Reading] = {}
    for reading in READINGS:
        chosen = [next(g for g in groups if reading in g.readings) for groups in grouped]
        same = tuple(map(id, chosen))
        alike[same] = math.fsum(group.evidence for group in chosen)
        first.setdefault(same, reading)
    if len(alike) < 2:
        return None
    best, *others = sorted(alike, key=lambda same: -alike[same])
    if alike[best] - _log_sum([0.0, *(alike[same] for same in others)]) < LEAST:
        return None
    return first[best]


@attrs.frozen(slots=True)
class _Group:
    """Readings that lead to the same places, the most usual first, with the evidence for them."""

    readings: tuple[Reading, ...]
    indices: Mapping[int, int]
    quotes: float
    words: float

    @property
    def evidence(self) -> float:
        return self.quotes + self.words

    def decision(self, by: Decided) -> Decision:
        return Decision(self.readings[0], by, frozenset(self.readings), self.indices)


def _alone(groups: Sequence[_Group], count: int) -> Decision:
    """What a source of so many spans says by itself; its likeliest group comes first."""
    best = groups[0]
    if len(groups) == 1:
        return best.decision("every reading")
    if _lead(groups) >= LEAST and (best.quotes > 0 or count >= FEWEST):
        return best.decision("quotes" if best.quotes > 0 else "words")
    return next(group for group in groups if CODE_POINTS in group.readings).decision("unsure")


def _lead(groups: Sequence[_Group]) -> float:
    """By how much the first is likelier than all others and than no reading, as a logarithm."""
    others = [0.0, *(group.evidence for group in groups[1:])]
    return groups[0].evidence - _log_sum(others)


def _log_sum(logarithms: Sequence[float]) -> float:
    most = max(logarithms)
    return most + math.log(sum(math.exp(one - most) for one in logarithms))


def _alike(source: SourceText) -> Mapping[Reading, Sequence[Reading]]:
    """The readings by the simplest one that counts this text in the same way."""
    found: dict[Reading, list[Reading]] = {}
    for reading in READINGS:
        found.setdefault(source.simplest(reading), []).append(reading)
    return found


def _groups(
    source: SourceText, spans: Sequence[Span], simplest: Mapping[Reading, Sequence[Reading]]
) -> list[_Group]:
    """The readings by where they lead, the likeliest first."""
    positions = {position for span in spans for position in (span.start, span.stop)}
    if len(simplest) == 1:
        return [_Group(READINGS, source.indices(CODE_POINTS, positions), 0.0, 0.0)]
    places: dict[frozenset[tuple[int, int]], list[Reading]] = {}
    for reading, alike in simplest.items():
        indices = source.indices(reading, positions)
        places.setdefault(frozenset(indices.items()), []).extend(alike)
    alone = len(places) == 1
    groups = [
        _Group(
            tuple(sorted(alike, key=READINGS.index)),
            dict(where),
            0.0 if alone else _of_quotes(source.text, dict(where), spans),
            0.0 if alone else _of_words(source.text, dict(where), spans),
        )
        for where, alike in places.items()
    ]
    return sorted(groups, key=lambda group: (-group.evidence, READINGS.index(group.readings[0])))


def _of_words(text: str, indices: Mapping[int, int], spans: Sequence[Span]) -> float:
    """The evidence of what the positions fall on; each position counts once."""
    starts = {span.start for span in spans if span.start != span.stop}
    stops = {span.stop for span in spans if span.start != span.stop}
    return math.fsum(
        [START[edge_of_start(text, indices.get(position, -1))] for position in starts]
        + [STOP[edge_of_stop(text, indices.get(position, -1))] for position in stops]
    )


def _of_quotes(text: str, indices: Mapping[int, int], spans: Sequence[Span]) -> float:
    """The evidence of the words that the file repeats."""
    found = 0.0
    for span in spans:
        start, stop = indices.get(span.start), indices.get(span.stop)
        piece = None if start is None or stop is None else text[start:stop]
        if span.quote:
            equal = piece is not None and same_words(piece, span.quote)
            found += LETTER * min(len(span.quote), LETTERS) if equal else DIFFERS
        if piece:
            likely = [hint for hint in span.hints if _hints_at(hint, piece)]
            found += max((LETTER * min(len(hint), LETTERS) for hint in likely), default=0.0)
    return found


def _hints_at(hint: str, piece: str) -> bool:
    if same_words(piece, hint):
        return True
    shown = hint.rstrip(" .\u2026")
    return len(shown) >= BEGINS and piece.startswith(shown)
