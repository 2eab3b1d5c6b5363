"""What the coders of an item quote, whether they agree, and whether the text is still the same."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, Literal, TypeAlias

from jmdi.classes import frozen
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

``one coder``: nobody else coded the item. ``not known``: not everybody who did has a name, or
somebody coded another text than the one that is here.
"""


@frozen
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

    Codings of the same positions to the same theme are one passage, unless only some of them are
    of the text that is here.

    Args:
        dataset: The records.
        item: The item.
    """
    digest = None if item.text is None else digest_of(item.text)
    stated: list[tuple[Coded, TextState]] = [
        (one, state_of(one, item.text, digest)) for one in dataset.out(item.id, Coded)
    ]
    coders = {one.coder for one, _ in stated}
    # Who coded another text may have coded the same passage of it, or not.
    lost = {one.coder for one, state in stated if state == "broken"}
    by_theme: dict[str, list[Coded]] = {}
    groups: dict[tuple[str, int | None, int | None, TextState], list[Coded]] = {}
    for one, state in stated:
        groups.setdefault((one.target, one.start, one.stop, state), []).append(one)
        if state != "broken":
            by_theme.setdefault(one.target, []).append(one)
    found = [
        _passage(group, state, by_theme.get(theme, ()), item.text, coders, lost)
        for (theme, _, _, state), group in groups.items()
    ]
    return sorted(found, key=lambda one: (one.start or 0, one.stop or 0, one.theme, one.text))


def _passage(
    group: list[Coded],
    state: TextState,
    alike: Sequence[Coded],
    text: str | None,
    of_item: Set[str | None],
    lost: Set[str | None],
) -> Passage:
    """One passage.

    Args:
        group: Its codings.
        state: Whether the text is the one that they are of.
        alike: The codings of the item to the theme that are of the text that is here.
        text: The text of the item.
        of_item: Who coded the item.
        lost: Who of them coded another text.
    """
    first = group[0]
    coders = {one.coder for one in group}
    near = {one.coder for one in alike if state != "broken" and _overlap(one, first)}
    together = (coders | near) - {None}
    agreement: Agreement = "one coder"
    if len(together) > 1 and state != "broken":
        agreement = "agree"
    elif None in of_item or lost - together or (state == "broken" and len(of_item) > 1):
        agreement = "not known"
    elif len(of_item) > 1:
        agreement = "differ"
    return Passage(
        first.target,
        first.start,
        first.stop,
        quote_of(first, text),
        state,
        tuple(sorted(name for name in coders if name is not None)),
        tuple(sorted(name for name in near - coders if name is not None)),
        agreement,
        tuple(sorted(group, key=lambda one: one.id)),
    )


def _overlap(one: Coded, other: Coded) -> bool:
    """Whether two codings of an item share a character; one without positions is of all of it."""
    (start, stop), (begin, end) = _span(one), _span(other)
    return (start, stop) == (begin, end) or max(start, begin) < min(stop, end)


def _span(coding: Coded) -> tuple[float, float]:
    return coding.start or 0, math.inf if coding.stop is None else coding.stop
