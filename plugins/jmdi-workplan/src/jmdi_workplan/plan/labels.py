"""The labels of a title block: what a text before a value asks for.

A label is a head word and what is said about it: "Country and territory of intervention (…)",
"Title of JMDI funded project", "Auteur du présent document". Only the head decides: the last words
before "of" in English, the first words in the other languages. A title or name is that of what
follows: of a project, of an organisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal

from jmdi.words.folding import fold
from jmdi_workplan.plan.composed import sorts_of
from jmdi_workplan.words.lexicon import group, indefinite, lexicon, words_of
from jmdi_workplan.words.spelling import Speller

__all__ = [
    "Trust",
    "corrected_label",
    "has_head",
    "is_label",
    "label_kind",
    "split_labels",
]

Trust = Literal["mark", "none"]
"""What makes a text a label besides its words: a colon or a cell of its own, or nothing."""

_LONGEST_LABEL = 160
_LONGEST_PHRASE = 5
_LONGEST_ACRONYM = 6
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\([^()]*\Z|(?<=\w)/(?:a|as|e|es|s|ora|oras)\b")
_NUMBERING = re.compile(r"\s*\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s+")
_JOINED = re.compile(r"\s*[/&,+]\s*|\s+(?:and|or|et|ou|y|o|e|u)\s+|\s+و(?=\S{3})", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_MARK = re.compile(r"\s*[:：]\s*")
_GAP = re.compile(r"(?P<wide>\s{3,}|\t+|\s*[|;؛•·\n]\s*|\s[-–—]\s)|[.,،]\s+|\s+")
_NAMES = frozenset(("title", "name"))
_OWNERS = frozenset(
    ("programme", "initiative", "organisation", "author", "contact", "country", "territory")
)
_ARTICLES = frozenset(
    (
        "the",
        "a",
        "an",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "el",
        "los",
        "las",
        "lo",
        "o",
        "os",
        "as",
    )
)
_STARTERS = frozenset(("please", "kindly", "indicate", "specify", "give", "state", "enter"))
_NUMERAL = re.compile(r"\d+|[IVX]+")
_OF_OFFICES = frozenset(("office", "charge", "carry", "ally", "act", "plain", "project", "kind"))
"""Sorts of words in labels before organisations; those who check or pay are left out."""

_IN_CHARGE = frozenset(("charge", "carry", "ally"))
"""What tells "Implementing office" from the name of one, "Municipal office"."""


@cache
def _kinds() -> Mapping[str, tuple[str, bool]]:
    """What each label asks for, and whether modifiers stand before it, as in English."""
    found: dict[str, tuple[str, bool]] = {}
    for word in words_of("title-block"):
        if word.word.startswith("="):
            continue
        phrase = fold(word.word)
        for key in {phrase: None, indefinite(phrase): None}:
            kind, before = found.get(key, (word.meaning, True))
            found[key] = (kind, before and word.language == "en")
    return MappingProxyType(found)


@cache
def _wholes() -> Mapping[str, str]:
    """What the labels ask for to which no other word belongs: "Unit", but not "Planning unit"."""
    words = (word for word in words_of("title-block") if word.word.startswith("="))
    found = {fold(word.word): word.meaning for word in words}
    return MappingProxyType({indefinite(key): kind for key, kind in found.items()} | found)


def is_label(text: str) -> bool:
    """Whether a text alone is a label of a title block: "Country", "Prepared by:"."""
    marked = text.rstrip().endswith((":", "："))
    return bool(label_kind(text, "mark" if marked else "none"))


def has_head(text: str) -> bool:
    """Whether a text begins or ends with the head of a label: "Project number"."""
    words = fold(text).split()
    return bool(words) and (words[0] in _kinds() or words[-1] in _kinds())


def label_kind(text: str, trust: Trust = "none") -> str:
    """What a label asks for.

    Args:
        text: The label, perhaps with numbering, remarks in brackets and a colon.
        trust: With a mark after it any words may follow the head; without one, only those that
            title blocks use ("of intervention", "funded", initials).

    Returns:
        "country", "territory", "author", "organisation", "period", "start", "programme",
        "initiative", "title", "date", "contact", "currency", "version", "funder" or "approver";
        "" for a text that is no label.
    """
    kind = _kind(text, trust)
    if kind or trust == "none":
        return kind
    right = corrected_label(text)
    return _kind(right, trust) if right else ""


@lru_cache(maxsize=1024)
def corrected_label(text: str) -> str | None:
    """A label with its slips corrected, if only so it is one: "Contry" as "country".

    What was typed almost like a word for contact data is no contact data.
    """
    if len(text) > _LONGEST_LABEL or _kind(text, "mark"):
        return None
    right = _speller().corrected(text)
    return right if right != text and _kind(right, "mark") not in ("", "contact") else None


@cache
def _speller() -> Speller:
    topics = ("row", "organisation", "letterhead", "head-word", "payer", "ordinal")
    known = _modifiers() | {fold(w.word) for w in words_of("column")}
    known = known.union(*(lexicon(topic).keys() for topic in topics))
    return Speller({phrase: kind for phrase, (kind, _) in _kinds().items()}, known)


@lru_cache(maxsize=1024)
def _kind(text: str, trust: Trust) -> str:
    bare = _ASIDE.sub(" ", text[: 4 * _LONGEST_LABEL]).strip(" \t\n:：*_.-–—")
    if not bare or len(bare) > _LONGEST_LABEL:
        return ""
    numbering = _NUMBERING.match(bare)
    bare = bare[numbering.end() :] if numbering else bare
    key = fold(bare)
    whole = _kinds().get(key, ("", False))[0]
    whole = whole or (_wholes().get(key, "") if trust == "mark" else "")
    if whole:
        return "" if whole == "name" else whole
    if f"{fold(bare)} ".startswith(_plan_titles()):
        return ""
    kinds = [_kind_of(part, trust) for part in _parts(bare)]
    if trust == "mark" and kinds and not kinds[0] and _names_office(bare):
        return "organisation"
    if not kinds or not kinds[0] or (trust == "none" and not all(kinds)):
        return ""
    for first in ("contact", "country"):
        if first in kinds:
            return first
    return kinds[0]


def _names_office(text: str) -> bool:
    """Whether all words of a label are known, and name an office in charge: "Ente ejecutor"."""
    small = group("small-word", "of") | group("small-word", "filler") | _ARTICLES
    sorts = [sorts_of(word) for word in fold(text).split() if word not in small]
    every = frozenset().union(*sorts)
    if len(sorts) > _LONGEST_PHRASE or not all(sorts):
        return False
    told = "office" in every and not every.isdisjoint(_IN_CHARGE)
    return told and all(one & _OF_OFFICES for one in sorts)


@cache
def _plan_titles() -> tuple[str, ...]:
    return tuple(f"{fold(word.word)} " for word in words_of("plan-title"))


@cache
def _modifiers() -> frozenset[str]:
    """The words that title blocks use beside the head of a label."""
    words = (word for key in _kinds() for word in key.split())
    return group("title-word", "modifier") | group("small-word", "of") | frozenset(words)


def _parts(text: str) -> list[str]:
    """A label cut at "and" and the like, the words after "of" with the last part."""
    return [part for part in _JOINED.split(text) if fold(part)]


def _kind_of(part: str, trust: Trust) -> str:
    typed = [
        word for word in _WORD.findall(part) if fold(word) not in _STARTERS | _ARTICLES | {"s"}
    ]
    words = [fold(word) for word in typed]
    kind, left = _head(words)
    if not kind:
        return ""
    others = [typed[at] for at in left if words[at] not in _modifiers()]
    shouted = all(map(str.isupper, typed))
    if kind in ("country", "territory") and any(word[:1].isupper() for word in others):
        others = [w for w in others if shouted or not w.isupper() or _NUMERAL.fullmatch(w)]
        if others:
            return ""  # "Regions of Kolda", "REGION DE KOLDA": a place and no label
    if any(map(_NUMERAL.fullmatch, others)):
        return ""
    if trust == "none" and not all(map(_is_acronym, others)):
        return ""
    if kind in _NAMES:
        return _owner([words[at] for at in left]) or ("title" if kind == "title" else "")
    return kind


def _is_acronym(word: str) -> bool:
    """Whether a word in capitals may be initials, not one of a name: "JMDI", not "ACADEMY"."""
    return word.isupper() and len(word) <= _LONGEST_ACRONYM


def _head(words: Sequence[str]) -> tuple[str, list[int]]:
    """The kind of the head of some words, and the places of the words that are no part of it."""
    of = next((at for at, word in enumerate(words) if at and _ends_head(word)), len(words))
    places = range(len(words))
    for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        for start in (of - length, 0):
            if start < 0:
                continue
            kind, before = _known(words[start : start + length])
            if kind and ((not before and start == 0) or start + length >= of):
                return kind, [at for at in places if not start <= at < start + length]
    return "", []


def _ends_head(word: str) -> bool:
    participle = word.endswith("ed") and word in group("title-word", "modifier")
    return word in group("small-word", "of") or word in ("where", "which", "that") or participle


def _known(words: Sequence[str]) -> tuple[str, bool]:
    return _kinds().get(" ".join(words), ("", True))


def _owner(words: Sequence[str]) -> str:
    """Of what a title or name is: the first word that says so."""
    for start in range(len(words)):
        for length in range(min(_LONGEST_PHRASE, len(words) - start), 0, -1):
            kind, _ = _known(words[start : start + length])
            if kind in _OWNERS:
                return kind
            if kind == "title":
                return kind
    return ""


def split_labels(text: str) -> list[tuple[str, str]] | None:
    """Labels of a line with their values, where colons follow them; ``None`` without any.

    Several labels stand on a line one after the other: "Country: Nepal   Author: Planning unit".
    A label with no value before the end has the value "".
    """
    cuts = list(_cuts(text))
    if not cuts:
        return None
    ends = [start for start, _, _ in cuts[1:]] + [len(text)]
    found = [("", text[: cuts[0][0]].strip(" \t|;,–—-*_"))] if cuts[0][0] else []
    for (_, label, value), end in zip(cuts, ends, strict=True):
        found.append((label, text[value:end].strip(" \t|;,–—*_")))
    return [pair for pair in found if pair[0] or pair[1]]


def _cuts(text: str) -> Iterator[tuple[int, str, int]]:
    """Where each label starts, the label, and where its value starts."""
    held = [match.span() for match in _ASIDE.finditer(text)]
    reached = 0
    for mark in _MARK.finditer(text):
        if any(start < mark.start() < end for start, end in held):
            continue
        before = text[reached : mark.start()]
        if reached == 0 and label_kind(before, "mark"):
            yield 0, before.strip(), mark.end()
            reached = mark.end()
            continue
        gaps = list(_GAP.finditer(before))
        wide = max((at for at, gap in enumerate(gaps) if gap["wide"]), default=0)
        for gap in gaps[wide:] + gaps[:wide]:
            label = before[gap.end() :].lstrip("*_ ")
            trust: Trust = "mark" if gap["wide"] else "none"
            begins = label[:1].isalpha() and not label[0].islower()
            if begins and label_kind(label, trust):
                yield reached + gap.start(), label.strip(), mark.end()
                reached = mark.end()
                break
