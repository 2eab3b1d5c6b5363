"""What the coders of an item quote, whether they agree, and whether the text is still the same."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from jmdi.model.kinds import KnowledgeItem
from jmdi.model.relations import Coded

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["Agreement", "Passage", "TextState", "digest_of", "passages_of", "quote_of", "state_of"]

TextState: TypeAlias = Literal["matches", "broken", "not stated", "no text"]
"""Whether the text is the one that was coded.

``broken``: its hash is another, or the positions are not in it. ``not stated``: no hash was kept.
"""

Agreement: TypeAlias = Literal["agree", "differ", "one coder", "not known"]
"""Whether those who coded the item give a passage the same theme.

``one coder``: nobody else coded the item. ``not known``: not everybody who did has a name.
"""


@attrs.frozen(slots=True)
class Passage:
    """One passage of an item with one theme, whoever coded it.

    Attributes:
        theme: Id of the theme.
        start: First code point, counted from 0; ``None`` for the whole item.
        stop: Code point after the last.
        quote: Its words; ``None`` without a text or with positions outside of it.
        text: Whether the text is the one that was coded.
        coders: Who coded this passage to the theme, by name.
        others: Who else coded a passage that overlaps with it to the theme.
        agreement: Whether the coders of the item agree on it.
        codings: The codings that say so.
    """

    theme: str
    start: int | None
    stop: int | None
    quote: str | None
    text: TextState
    coders: tuple[str, ...]
    others: tuple[str, ...]
    agreement: Agreement
    codings: tuple[Coded, ...]


def digest_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, as hexadecimal digits; `Coded.text_digest` is one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def quote_of(coding: Coded, text: str | None) -> str | None:
    """The words that a coding quotes; ``None`` without a text or with positions outside of it.

    Args:
        coding: The coding; one without positions quotes the whole item.
        text: The text of the item.
    """
    if text is None:
        return None
    start = 0 if coding.start is None else coding.start
    stop = len(text) if coding.stop is None else coding.stop
    return text[start:stop] if 0 <= start <= stop <= len(text) else None


def state_of(coding: Coded, text: str | None, digest: str | None) -> TextState:
    """Whether a text is the one that was coded.

    Args:
        coding: The coding.
        text: The text of the item.
        digest: The hash of that text.
    """
    if text is None:
        return "no text"
    stated = coding.text_digest
    if quote_of(coding, text) is None or (stated is not None and stated.lower() != digest):
        return "broken"
    return "not stated" if stated is None else "matches"


def passages_of(dataset: Dataset, item: KnowledgeItem) -> list[Passage]:
    """The passages of an item that were coded, in the order of the text.

    Codings of the same positions to the same theme are one passage; of those that do not agree on
    the text, the one that no longer fits says how it is.

    Args:
        dataset: The records.
        item: The item.
    """
    codings = dataset.out(item.id, Coded)
    digest = None if item.text is None else digest_of(item.text)
    by_theme: dict[str, list[Coded]] = {}
    for coding in codings:
        by_theme.setdefault(coding.target, []).append(coding)
    named = {coding.coder for coding in codings}
    found = [
        _passage(theme, group, alike, item.text, digest, named)
        for theme, alike in by_theme.items()
        for group in _by_position(alike)
    ]
    return sorted(found, key=lambda one: (one.start or 0, one.stop or 0, one.theme))


def _by_position(codings: Sequence[Coded]) -> list[list[Coded]]:
    found: dict[tuple[int | None, int | None], list[Coded]] = {}
    for coding in codings:
        found.setdefault((coding.start, coding.stop), []).append(coding)
    return list(found.values())


def _passage(
    theme: str,
    group: list[Coded],
    alike: Sequence[Coded],
    text: str | None,
    digest: str | None,
    named: set[str | None],
) -> Passage:
    first = group[0]
    states = {state_of(coding, text, digest) for coding in group}
    order: tuple[TextState, ...] = ("broken", "not stated", "no text", "matches")
    coders = {coding.coder for coding in group}
    near = {coding.coder for coding in alike if _overlap(coding, first)}
    together = (coders | near) - {None}
    agreement: Agreement = "one coder"
    if len(together) > 1:
        agreement = "agree"
    elif None in named:
        agreement = "not known"
    elif len(named) > 1:
        agreement = "differ"
    return Passage(
        theme,
        first.start,
        first.stop,
        quote_of(first, text),
        next(state for state in order if state in states),
        tuple(sorted(name for name in coders if name is not None)),
        tuple(sorted(name for name in near - coders if name is not None)),
        agreement,
        tuple(sorted(group, key=lambda coding: coding.id)),
    )


def _overlap(one: Coded, other: Coded) -> bool:
    """Whether two codings of an item share a character; one without positions is of all of it."""
    (start, stop), (begin, end) = _span(one), _span(other)
    return (start, stop) == (begin, end) or max(start, begin) < min(stop, end)


def _span(coding: Coded) -> tuple[float, float]:
    return coding.start or 0, math.inf if coding.stop is None else coding.stop
