"""What the words of one column header mean.

The phrases are the topic ``column`` of the tables of words: ``=`` before one means that it must be
the whole header, and ``:0.6`` behind a meaning is a weight under 1. A phrase must occur whole in
the header; the score is the weight times how much of the header the phrase accounts for, so that
"Objective" is certain and "Please describe the objective" less so. A header that says too little as
it was typed is read once more with its slips corrected ("Actvity", "Respon- sible"); `corrected`
tells which headers were.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from jmdi.words.folding import as_typed, fold, without_footnote
from jmdi_workplan.plan.composed import compose
from jmdi_workplan.words.lexicon import group, indefinite, lexicon, words_of
from jmdi_workplan.words.spelling import Speller

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["corrected", "meanings"]

_LONGEST = 400
_LONGEST_PHRASE = 6
_NUMBERING = re.compile(r"\s*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s*)")
_NUMBER_SIGNS = frozenset(("#", "№", "n°", "nº", "n.º", "n.°"))
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CONNECTOR = re.compile(
    r"\s+و(?=[^\W\d_]{3})|\s+(?:and|et|y|e|or|ou|o)\s+|\s*[&/+,;:|–—]\s*|\s+-\s+", re.IGNORECASE
)
_SAME = (  # two meanings side by side that are one column
    (frozenset(("start", "end")), "timeline"),
    (frozenset(("start", "timeline")), "timeline"),
    (frozenset(("end", "timeline")), "timeline"),
    (frozenset(("action", "activity")), "action"),
    (frozenset(("action", "section")), "action"),
)
_STRONG = 0.6
_MOST_PARTS = 5
_PLAIN = 0.55
"""A header that scores less as typed is tried with its slips corrected."""
_BELOW = 0.1
_SLIP = 0.9
_CORRECTED = 0.67
"""A corrected header scores this much: most of its words belong to it, not one of three."""
_MEASURED = frozenset(("target", "baseline", "actual"))
_LONGEST_SLIP = 80
_EXPLAINED = 4
"""Words below the first line of a head that explain it."""


@cache
def _phrases() -> Mapping[str, tuple[tuple[str, float, bool], ...]]:
    """Phrase → its meanings, each with a weight and whether it must be the whole header."""
    found: dict[str, dict[tuple[str, float, bool], None]] = {}
    for word in words_of("column"):
        meaning, _, weight = word.meaning.partition(":")
        entry = (meaning, float(weight or 1), word.word.startswith("="))
        phrase = fold(word.word)
        for written in {phrase: None, indefinite(phrase): None}:
            found.setdefault(written, {})[entry] = None
    return MappingProxyType({phrase: tuple(entries) for phrase, entries in found.items()})


@lru_cache(maxsize=2048)
def meanings(header: str) -> tuple[tuple[str, float], ...]:
    """Return the meanings of a header with their scores, best first.

    Args:
        header: The header as typed; headers that span it come before, joined by `` / ``.

    Returns:
        Pairs of meaning and score in (0, 1]; a header with two meanings side by side gives both,
        joined by ``+`` in the order of the words ("activity+place").
    """
    plain, right = _meanings(header), corrected(header)
    if right is None:
        return plain
    return tuple((meaning, round(score * _SLIP, 4)) for meaning, score in _meanings(right))


@lru_cache(maxsize=2048)
def corrected(header: str) -> str | None:
    """A header with its slips corrected, if only so it says what its column holds.

    >>> corrected("Actvity"), corrected("Respon- sible"), corrected("Activity")
    ('activity', 'responsible', None)
    """
    if len(header) > _LONGEST_SLIP:
        return None
    sure = _best(_meanings(header))
    if sure >= _PLAIN:
        return None
    right = _speller().corrected(header)
    better = right != header and _best(_meanings(right)) * _SLIP > max(sure, _CORRECTED)
    return right if better else None


def _best(found: tuple[tuple[str, float], ...]) -> float:
    return found[0][1] if found else 0.0


@cache
def _speller() -> Speller:
    known = [word for topic in ("small-word", "month", "calendar") for word in lexicon(topic)]
    return Speller(_phrases(), known)


def _meanings(header: str) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    pieces = [piece for piece in header[-_LONGEST:].split(" / ") if piece.strip()]
    lowered = 1.0
    for piece in reversed(pieces):
        for meaning, score in _of_piece(piece):
            found[meaning] = max(found.get(meaning, 0.0), round(score * lowered, 4))
        if found:
            lowered *= 0.7
    _join_levels(pieces, found)
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _join_levels(pieces: list[str], found: dict[str, float]) -> None:
    """Two header levels, or two halves of one header, that both are plain words for a column."""
    sure = [_of_piece(piece)[:1] for piece in pieces]
    best = [first[0] for first in sure if first and first[0][1] >= _STRONG]
    if len(pieces) != 2 or len(best) != 2 or best[0][0] == best[1][0]:
        return
    if best[0][0] in _MEASURED and fold(pieces[1]) in group("row", "total"):
        found.clear()
        found[best[0][0]] = 1.0
        return
    if best[0][0] == "timeline" and best[1][0] in ("start", "end"):
        found[best[1][0]] = 1.0
        return
    if best[0][0] == "actual":
        own = f"actual-{best[1][0]}" if best[1][0] in ("start", "end", "timeline") else best[1][0]
        found[own] = 1.0
        return
    if best[1][0] == "actual" and best[0][0] in ("timeline", "finance"):
        found[f"actual-{best[0][0]}"] = 1.0
        return
    names = _merged([best[0][0], best[1][0]])
    parent_only = best[0][0] in ("action", "timeline", "finance", "responsible")
    if len(names) == 1 or not parent_only:
        for meaning in found if len(names) == 1 else ():
            found[meaning] = min(found[meaning], _SLIP)
        found["+".join(names)] = min(1.0, max(best[0][1], best[1][1]))


def _of_piece(piece: str) -> list[tuple[str, float]]:
    """The meanings of one header level, best first; a long explanation below it says nothing."""
    first, _, below = piece.strip().partition("\n")
    if len(below.split()) >= _EXPLAINED and (plain := _of_piece(first)) and plain[0][1] >= _SLIP:
        return plain
    if without_footnote(as_typed(piece)).casefold().strip(" .:*") in _NUMBER_SIGNS:
        return [("number", 1.0)]
    typed = without_footnote(as_typed(piece)).strip(" \t\n:*.-–")
    numbering = _NUMBERING.match(typed)
    typed = typed[numbering.end() :] if numbering and len(typed) > 4 else typed
    main = _ASIDE.sub(" ", typed).replace("%", " percent ")
    found = dict(_of_words(main))
    if not found:
        aside = " ".join(match[0] for match in _ASIDE.finditer(typed))
        found = {meaning: score * 0.6 for meaning, score in _of_words(aside)}
    parts = _side_by_side(main)
    if parts is not None:
        meaning, score = parts
        found = {key: min(value, score - 0.05) for key, value in found.items()}
        found[meaning] = score
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _side_by_side(main: str) -> tuple[str, float] | None:
    """The joint meaning of a header whose parts, split at connectors, each are a column name."""
    parts = [part for part in _CONNECTOR.split(main) if fold(part)]
    if not 2 <= len(parts) <= _MOST_PARTS or fold(main) in _phrases():
        return None
    best = [_of_words(part)[:1] for part in parts]
    if not all(one and one[0][1] >= _PLAIN for one in best):
        return None
    if len(parts) > 2:  # levels of one column: "Outcome / output / activity"
        return ("action", _SLIP) if best[-1][0][0] in ("action", "activity") else None
    if not all(one[0][1] >= _STRONG for one in best):
        return None
    names = _merged([one[0][0] for one in best])
    scores = [one[0][1] for one in best]
    return "+".join(names), max(scores) if len(names) == 1 else min(scores)


def _merged(names: list[str]) -> list[str]:
    distinct = list(dict.fromkeys(names))
    for several, one in _SAME:
        if several == frozenset(distinct):
            return [one]
    return distinct


def _of_words(text: str) -> list[tuple[str, float]]:
    """Meanings of a run of words, best first; more of the header covered scores higher.

    "Description of", "List of" and the like say nothing of what a column holds.
    """
    words = _without_listing(fold(text).split())
    filler, of = group("small-word", "filler"), group("small-word", "of")
    content = sum(word not in filler and not word.isdigit() for word in words) or 1
    found: dict[str, float] = {}
    whole_head = False
    for start, length, entries in _hits(words):
        named = sum(word not in filler for word in words[start : start + length])
        covered = min(1.0, max(named, 1) / content)
        behind = start > 0 and not of.isdisjoint(words[:start]) and start > 1
        for meaning, weight, whole in entries:
            if whole and length != sum(not word.isdigit() for word in words):
                continue
            score = weight * (0.5 + 0.5 * covered) * (0.7 if behind else 1.0)
            found[meaning] = max(found.get(meaning, 0.0), score)
            whole_head = whole_head or covered == 1.0
    if not whole_head:
        _add_composed(found, compose(" ".join(words)))
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _add_composed(found: dict[str, float], composed: tuple[tuple[str, float], ...]) -> None:
    """What all words of a head say together comes before what a phrase inside it says."""
    for meaning, score in found.items() if composed and composed[0][1] > _PLAIN else ():
        found[meaning] = min(score, composed[0][1] - _BELOW)
    for meaning, score in composed:
        found[meaning] = max(found.get(meaning, 0.0), score)


def _without_listing(words: list[str]) -> list[str]:
    """Words behind "description of" and the like; all of them if there is nothing behind."""
    if " ".join(words) in _phrases():
        return words
    listing, linking = group("small-word", "listing"), group("small-word", "of")
    at = 0
    while at < len(words) and words[at] in (listing | linking if at else listing):
        at += 1
    return words[at:] if at and words[at:] else words


@cache
def _starts() -> frozenset[str]:
    """The words that phrases begin with."""
    return frozenset(phrase.split(" ")[0] for phrase in _phrases())


def _hits(words: list[str]) -> Iterator[tuple[int, int, tuple[tuple[str, float, bool], ...]]]:
    """Every phrase in the words that no longer phrase contains."""
    at = 0
    reached = 0
    starts = _starts()
    while at < len(words):
        if words[at] not in starts:
            at += 1
            continue
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            entries = _phrases().get(" ".join(words[at : at + length]))
            if entries is not None and at + length > reached:
                bare = sum(not word.isdigit() for word in words)
                if all(whole for _, _, whole in entries) and length != bare:
                    continue
                yield at, length, entries
                reached = at + length
                break
        at += 1
