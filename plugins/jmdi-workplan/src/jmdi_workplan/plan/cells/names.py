"""The names that a cell of actors lists: commas part names, but stand inside names, too.

"Law Society, Caritas, M. Banda" are three. "Ministry of Labour, Employment and Social Security" is
one: it begins with a kind of organisation that asks for a subject, and what follows is no
organisation and ends with "and". "DILG, Region V", "Directorate of Youth, Ministry of Sports" and
"M. Banda, Head of Planning" are one as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jmdi.words.folding import fold
from jmdi.words.placeholders import whole
from jmdi_workplan.audience.terms import GROUP
from jmdi_workplan.places.gazetteer import is_division
from jmdi_workplan.words.lexicon import group, indefinite, lexicon
from jmdi_workplan.words.listed import items
from jmdi_workplan.words.pieces import is_blank

__all__ = ["is_acronym", "names"]

SURE = re.compile(r"\s*(?:[;؛\n|]|\s/\s|(?<=\)),(?=\s*[^\W\d_]))\s*")
"""What ends a name for sure: a comma, only behind a bracket."""

COMMA = re.compile(r"\s*[,،]\s*")
AND = re.compile(r"\s+(?:and|et|y|e|&)\s+|\s+و(?=\S{3})")
LEADING_AND = re.compile(r"\A(?:and|et|y|e|&)\s+")

ACRONYM = r"(?:[A-Z][A-Za-z-]*[A-Z][A-Z-]*|\d[A-Z]{2,})"
ACRONYMS = re.compile(rf"{ACRONYM}(?:\s*(?:[,/&+]|\b(?:and|et|y|e)\b)\s*{ACRONYM})+\.?")
"""Acronyms one after the other: "IOM, UNDP", "DOLE/OWWA"."""

SPLIT_ACRONYMS = re.compile(r"\s*(?:[,/&+]|\b(?:and|et|y|e)\b)\s*")
PERSON = re.compile(r"(?:(?:Mr|Mrs|Ms|Mme|M|Dr|Sr|Sra|Hon)\.?\s+)?(?:[A-Z]\.[\s-]?){1,3}[A-Z]\w+")
"""Initials and a family name: "A. Person"."""


@lru_cache(maxsize=4096)
def names(words: str) -> tuple[str, ...]:
    """The names that a cell lists, without placeholders; many cells of a table name the same."""
    parts = (part for item in items(words) for part in SURE.split(item))
    found = (name.strip() for part in parts for name in _listed(part.strip()))
    return tuple(n for n in found if n and not is_blank(n) and whole(n) is None)


def _listed(text: str) -> Iterator[str]:
    """The names of a text, parted at commas and "and" that stand between names."""
    if ACRONYMS.fullmatch(text):
        yield from SPLIT_ACRONYMS.split(text)
        return
    parts = [part for part in COMMA.split(text) if part]
    at = 0
    while at < len(parts):
        end = _end(parts, at)
        name, text = _first(text, parts[at:end])
        listed = len(parts) > 1 and end == len(parts)
        yield from [name] if end - at > 1 else _joined(LEADING_AND.sub("", name), last=listed)
        at = end


def _first(text: str, parts: Sequence[str]) -> tuple[str, str]:
    """The beginning of a text up to the last of its first parts, as typed, and the rest."""
    end = 0
    for part in parts:
        end = text.index(part, end) + len(part)
    return text[:end].strip(" ,،"), text[end:]


def _end(parts: Sequence[str], at: int) -> int:
    """Where the name ends that begins with a part: behind the parts that only go on with it."""
    first, end = parts[at], at + 1
    if _is_open(first):
        bare = end
        while bare < len(parts) and _is_subject(parts[bare]):
            bare += 1
            if AND.search(parts[bare - 1]) or LEADING_AND.match(parts[bare - 1]):
                return bare
    pair = len(parts) == 2 and at == 0
    while end < len(parts) and _goes_on(parts[end - 1], parts[end], pair=pair):
        end += 1
    return end


def _goes_on(before: str, part: str, *, pair: bool) -> bool:
    """Whether a part says more of the name before it: where it is, what it belongs to, a post."""
    kind, other = _kind(before), _kind(part)
    if _is_post(part) or (_is_post(before) and other is not None):
        return True
    if pair and {kind, other} == {"unit", "body"}:
        return kind == "body" or _is_state(part)
    if other is not None or PERSON.fullmatch(part):
        return False
    return _is_place(part) or (part[:1].islower() and not _is_group(part))


def _joined(name: str, *, last: bool) -> list[str]:
    """The names that "and" joins: organisations, or any names at the end of a list of them."""
    parts = AND.split(name)
    if len(parts) < 2:
        return [name]
    kinds = {"body" if PERSON.fullmatch(part) else _kind(part) for part in parts}
    if kinds in ({"body"}, {"unit"}):
        return parts
    first, rest = AND.split(name, maxsplit=1)
    if is_acronym(first) and rest[:1].isupper():
        return [first, *_joined(rest, last=last)]
    whole_names = all(part[:1].isupper() and (_kind(part) or " " in part) for part in parts)
    return parts if last and whole_names and not _is_open(parts[0]) else [name]


def _is_open(part: str) -> bool:
    """Whether a name begins with a kind of organisation and its subject: "Ministry of Labour"."""
    words = fold(part).split()
    return len(words) > 1 and _first_kind(words) in {"body", "unit"}


def _is_subject(part: str) -> bool:
    """Whether a part can be one more subject of a ministry: no organisation, no person."""
    bare = LEADING_AND.sub("", part)
    return not any(_kind(one) or PERSON.fullmatch(one) or _is_place(one) for one in AND.split(bare))


@lru_cache(maxsize=4096)
def _kind(name: str) -> str | None:
    """What the first words of a name say it is, or the last in English: "Youth Councils"."""
    if is_acronym(name):
        return "body"
    words = fold(name).split()
    known = lexicon("organisation")
    lasts = [" ".join(words[-length:]) for length in (2, 1) if words]
    ends = [known.get(last) or known.get(last.removesuffix("s")) for last in lasts]
    return _first_kind(words) or next((end for end in ends if end in {"body", "unit"}), None)


def _first_kind(words: Sequence[str]) -> str | None:
    known = lexicon("organisation")
    firsts = (" ".join(words[:length]) for length in (2, 1))
    both = (one for first in firsts for one in (first, indefinite(first)))
    return next((known[first] for first in both if known.get(first, "post") != "post"), None)


def _is_post(text: str) -> bool:
    """Whether a text is a post and no organisation: "Director of Planning", "Town Clerk"."""
    words = fold(text).split()
    return bool(words) and not group("organisation", "post").isdisjoint((words[0], words[-1]))


def _is_state(name: str) -> bool:
    """Whether a part of the state is named, to which directorates belong."""
    words = {*fold(name).split()}
    return not (words | set(map(indefinite, words))).isdisjoint(group("payer", "state"))


def _is_group(text: str) -> bool:
    """Whether a text in small letters names a group or organisations: "associations locales"."""
    folded = fold(text)
    words = folded.split()
    singular = (word.removesuffix("s") for word in words)
    return GROUP.search(folded) is not None or not lexicon("organisation").keys().isdisjoint(
        singular
    )


def _is_place(text: str) -> bool:
    """Whether a text is a part of a country, or has a kind of territory: "Region V"."""
    words = fold(text).split()
    return bool(words) and (
        bool({words[0], words[-1]} & lexicon("place-kind").keys()) or is_division(text)
    )


def is_acronym(name: str) -> bool:
    """Whether a name is one word in capitals, which may be a fund as well as an actor."""
    return re.fullmatch(ACRONYM, name) is not None
