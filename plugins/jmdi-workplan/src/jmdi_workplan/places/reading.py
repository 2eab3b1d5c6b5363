"""The places of a cell, a field or a sentence: ISO 3166 codes where they follow from the words.

`read_places` reads text that names places and nothing else; `mentions_in` finds the names of places
inside a sentence and is the more careful of the two.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import evolve

from jmdi.words.folding import as_typed, first_word, fold
from jmdi_workplan.places.gazetteer import (
    Reading,
    alpha2,
    common_names,
    country_codes,
    first_words,
    fits_kind,
    kind_words,
    readings,
)
from jmdi_workplan.places.names import (
    LONGEST_NAME,
    NUMERAL,
    PlaceMention,
    find_country,
    plain_words,
    resolve,
)
from jmdi_workplan.words.lexicon import group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["PlaceMention", "find_country", "mentions_in", "read_places", "telling"]

# The work grows with these, and a cell may be hostile: a text that is read, items of a list that
# may be one name ("Bosnia and Herzegovina"), words of a name inside a sentence.
_LONGEST_TEXT = 20_000
_LONGEST_RUN = 4
_LONGEST_WINDOW = 6
_LONGEST_LEAD = 200
_IN_LIST = re.compile(r"\s*,\s*|\s*,?\s+(?:and|et|y|e|و)\s+|\s*/\s*")
_LISTED = re.compile(r"(?:[A-Z][^\W\d_]*(?:\s*,\s*|\s+(?:and|et|y|e)\s+)){1,10}\Z")
_INITIALS = 5
"""Capitals up to this length are initials of anything."""
_PARENS = re.compile(r"\([^()]*\)")
_HARD = re.compile(r"[\n\r;؛|•●▪‣·]+|\s[oO]\s{2,}")
_SOFT = re.compile(
    r"\s*[,،](?:\s*(?:and|et|y|e)\s)?\s*|\s*/\s*|\s+(?:and|et|y|e|or|ou|&|[-–—])\s+"
    r"|\s+و(?=[^\W\d_]{3})"
)

_TOKEN = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"[A-Z\x80-\U0010ffff]\w*")
"""A word that may begin with a capital; one class, since classes such as ``\\w`` are searched for
slowly, so that a sign that is no letter may come before it: "’Abidjan"."""
_GLUE = re.compile(r"[ \u00a0]|[-‑’'.]{1,2} ?")
_NUMBERED_LIST = re.compile(
    r"\b[IVX]{1,5}\s+[Rr](?:egi[oó]n|égion)\b|"
    r"\b(?:[Rr]egions?|REGIONS?|[Rr]égions?|[Rr]egi[oó]n(?:es)?|Reg\.)\s+"
    rf"{NUMERAL}\b"
    r"(?:\s*(?:,|&|and|et|y|/)\s*(?:and\s+|et\s+|y\s+)?"
    rf"(?:{NUMERAL}|NCR|CAR|ARMM|BARMM)\b)*"
)


def read_places(
    text: str, *, country: str | None = None, year: int | None = None
) -> tuple[PlaceMention, ...]:
    """Read the places of a cell or field that names places.

    Args:
        text: One place or a list: by line, semicolon, comma, slash, "and", "et", "y".
        country: The plan's country, ISO 3166-1 alpha-2. Names are then looked up in it first, and
            subdivisions of other countries are taken only when the text names their country.
        year: The year of the plan, if it is known: a name that a place of today shares with one
            that was abolished before is that of the place of today.

    Returns:
        The mentions in the order of the text; what is not understood stays as words.
    """
    if len(text) > _LONGEST_TEXT:
        return (plain_words(as_typed(text)),)
    found = (_known if len(text) <= LONGEST_NAME else _read)(text, country)
    if year is None or not any((one.rule or "").startswith("ambiguous") for one in found):
        return found
    return tuple((one.rule and resolve(one.words, country, year=year)) or one for one in found)


def _read(text: str, country: str | None) -> tuple[PlaceMention, ...]:
    found: list[PlaceMention] = []
    for piece in _split(text, _HARD):
        found.extend(_read_piece(piece, country))
    return tuple(found)


_known = lru_cache(maxsize=2048)(_read)
"""Short texts are mostly the same few places, row after row."""


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """Split outside round brackets."""
    held = [match.span() for match in _PARENS.finditer(text)]
    pieces, start, at = [], 0, 0
    for match in separator.finditer(text):
        while at < len(held) and held[at][1] <= match.start():
            at += 1
        if at < len(held) and held[at][0] < match.start():
            continue
        pieces.append(text[start : match.start()])
        start = match.end()
    pieces.append(text[start:])
    return [piece.strip(" \t.:,-–—\xa0*") for piece in pieces if fold(piece)]


def _read_piece(piece: str, country: str | None) -> list[PlaceMention]:
    whole = resolve(piece, country)
    if whole is not None:
        return [whole]
    items = _split(piece, _SOFT)
    if len(items) < 2:
        return _read_brackets(piece, country)
    return _inside_last(piece, items, country) or _read_items(piece, items, country)


def _inside_last(piece: str, items: list[str], country: str | None) -> list[PlaceMention]:
    """Read "Dakar, Thiès, Senegal": the country at the end says where the others lie."""
    last = find_country(items[-1]) if fold(items[-1]) in country_codes() else None
    comma = re.search(r",\s*" + re.escape(items[-1]) + r"\W*\Z", piece)
    if last is None or comma is None or any(find_country(item) for item in items[:-1]):
        return []
    found = _read_items(piece, items[:-1], last)
    if not any(one.country == last for one in found):
        return []
    found[-1] = evolve(found[-1], words=f"{found[-1].words}, {items[-1]}")
    return found


def _read_items(piece: str, items: Sequence[str], country: str | None) -> list[PlaceMention]:
    kind, strict = _list_kind(items[0])
    found: list[PlaceMention] = []
    understood, at = False, 0
    while at < len(items):
        length, mention = _longest_run(piece, items, at, country)
        if mention is None and kind is not None and at:
            mention = resolve(items[at], country, kind)
        elif kind is not None and strict and at and length == 1:
            listed = resolve(items[at], country, kind)
            mention = listed or (mention if mention and not mention.code else None)
        if mention is not None:
            understood = True
            found.append(mention)
        else:
            inner = _read_brackets(items[at], country, kind if at else None)
            understood = understood or any(one.known for one in inner)
            found.extend(inner)
        at += length
    if not understood and not all(_looks_like_name(item) for item in items):
        return [plain_words(as_typed(piece))]
    return found


def _list_kind(first: str) -> tuple[str | None, bool]:
    """The type word at the head of a list and whether it is a plural, which binds every item."""
    words = fold(first).split()
    words = words[1:] if words[:1] in (["les"], ["las"], ["los"], ["the"]) else words
    kind = kind_words().get(words[0]) if len(words) > 1 else None
    return kind, kind is not None and words[0].endswith("s")


def _longest_run(
    piece: str, items: Sequence[str], at: int, country: str | None
) -> tuple[int, PlaceMention | None]:
    """Resolve the most items that together are one name, as "Bosnia and Herzegovina" is."""
    for length in range(min(_LONGEST_RUN, len(items) - at), 1, -1):
        run = re.escape(items[at]) + "".join(
            r"\W{1,4}(?:\w{1,3}\W{1,3})?" + re.escape(item) for item in items[at + 1 : at + length]
        )
        if sum(map(len, items[at : at + length])) > LONGEST_NAME:
            continue
        typed = re.search(run, piece)
        mention = resolve(typed[0], country) if typed else None
        if mention is not None:
            return length, mention
    return 1, resolve(items[at], country)


def _read_brackets(item: str, country: str | None, kind: str | None = None) -> list[PlaceMention]:
    """Read "Commune of X (Dakar)", "Toledo (Spain)", "Philippines (Regions I and V)"."""
    match = _PARENS.search(item)
    if match is None:
        return [plain_words(as_typed(item))]
    head = item[: match.start()].strip(" ,:-–—")
    inside = match[0][1:-1].strip()
    rest = item[match.end() :].strip(" ,:-–—")
    if not fold(head) or not fold(inside):
        return [plain_words(as_typed(item))]
    abroad, at_home = find_country(inside), find_country(head)
    if abroad is not None:
        found = [resolve(head, abroad, kind) or plain_words(head)]
        found[0] = evolve(found[0], words=as_typed(f"{head} ({inside})"))
    elif at_home is not None and at_home in (country, None, alpha2(at_home)):
        inner = _read_piece(inside, at_home)
        placed = any(one.country == at_home for one in inner)
        outer = resolve(head, country) or plain_words(head)
        found = inner if placed else [outer, *inner]
    else:
        found = [resolve(head, country, kind) or plain_words(as_typed(head))]
        inner = _read_piece(inside, country)
        if any(one.known for one in inner):
            found.extend(inner)
        else:
            found[0] = evolve(found[0], words=as_typed(f"{head} ({inside})"))
    if fold(rest):
        found.append(resolve(rest, country, kind) or plain_words(as_typed(rest)))
    return found


def _looks_like_name(item: str) -> bool:
    return item[:1].isupper() and len(item.split()) <= 4


def mentions_in(
    text: str, country: str | None, *, abroad: bool = False
) -> tuple[PlaceMention, ...]:
    """Find places named within a sentence: "Training of trainers in Region VII, Cebu City".

    Only whole names of `country` and of its subdivisions that begin with a capital letter count. A
    name that is part of a longer name ("University of Cebu", "Cebu City") does not, nor a common
    word ("Central", "Antique") without a type word or a place beside it in a list, nor a name with
    two readings. A sentence names other countries for many reasons ("migrants from Italy", "RDC"
    for a council), so none of them is a place of what it tells, unless it is asked to tell places.

    Args:
        text: A sentence.
        country: ISO 3166-1 alpha-2 of the plan; None finds countries after "in" and the like.
        abroad: Whether it is asked to tell places; then "in Italy and Spain" names two of them.
    """
    if len(text) > _LONGEST_TEXT or not telling([text], country):
        return ()
    found: list[tuple[int, int, PlaceMention]] = []
    for match in _NUMBERED_LIST.finditer(text) if country is not None else ():
        listed = (one for one in read_places(match[0], country=country) if one.country == country)
        found.extend((match.start(), match.end(), one) for one in listed)
    taken = [(start, end) for start, end, _ in found]
    for start, end, one in _named(text, country):
        told = (abroad or country is None) and _into(text[:start])
        if one.country != country and not told:
            continue
        if all(end <= left or right <= start for left, right in taken):
            found.append((start, end, one))
    sure = [(start, end) for start, end, _ in found]
    for start, end, one in _named(text, country, common=True) if sure else ():
        gaps = [text[min(end, right) : max(start, left)] for left, right in sure]
        if one.country == country and any(map(_IN_LIST.fullmatch, gaps)):
            found.append((start, end, one))
    return tuple(one for _, _, one in sorted(found, key=lambda item: item[0]))


def telling(texts: Iterable[str], country: str | None) -> frozenset[str]:
    """Those words of some texts, as blanks part them, without which none of them names a place.

    The words of the rows of a plan are mostly the same: they are looked at once each.

    Args:
        texts: Sentences for `mentions_in`.
        country: ISO 3166-1 alpha-2 of the plan.
    """
    words = {word for text in texts for word in text.split() if not word.isdigit()}
    numbered = filter(_may_number, words) if country is not None else ()
    named = (word for word in words if any(map(_may_begin, _CAPITAL.findall(word))))
    return frozenset((*numbered, *named))


def _may_number(text: str) -> bool:
    """Whether a text has letters that all words for a region have."""
    return "eg" in text or "ég" in text or "EG" in text


def _into(before: str) -> bool:
    """Whether the words before a name lead into a place: "in", "à l'", "to Italy and"."""
    listed = _LISTED.search(before[-_LONGEST_LEAD:])
    words = fold(before[: len(before) - len(listed[0])] if listed else before).split()[-2:]
    into = group("small-word", "into-place")
    return bool(words) and (words[-1] in into or (words[0] in into and words[-1] in _LINKS))


def _named(
    text: str, country: str | None, *, common: bool = False
) -> Iterator[tuple[int, int, PlaceMention]]:
    """The names of places in a text, or only those that are common words, too."""
    # Most texts name none, and none of their capitals begins a name.
    if not any(
        first_word(one) in first_words() for one in _TOKEN.findall(text) if one[0].isupper()
    ):
        return
    tokens = list(_TOKEN.finditer(text))
    at = 0
    while at < len(tokens):
        length = 0
        if text[tokens[at].start()].isupper():
            length = _window(text, tokens, at, country)
        if length:
            start, end = tokens[at].start(), tokens[at + length - 1].end()
            words = text[start:end]
            key, beside = fold(words), _kind_beside(text, tokens, at, length)
            unlike = beside is None and (key in common_names()) != common
            one = None if unlike else _only(key, country, beside)
            initials = words.isupper() and len(words) <= _INITIALS
            if one is not None and not (initials and one.country != country):
                yield start, end, PlaceMention(words, one.country, one.code, one.name)
        at += max(length, 1)


@lru_cache(maxsize=4096)
def _may_begin(word: str) -> bool:
    """Whether a name may begin with a word."""
    return not word[0].islower() and first_word(word) in first_words()


def _window(text: str, tokens: Sequence[re.Match[str]], at: int, country: str | None) -> int:
    """The number of tokens of the longest known name that begins here, 0 for none."""
    if first_word(tokens[at][0]) not in first_words():
        return 0
    reach = 1
    while reach < _LONGEST_WINDOW and _joined(text, tokens, at + reach):
        reach += 1
    for length in range(reach, 0, -1):
        key = fold(text[tokens[at].start() : tokens[at + length - 1].end()])
        if any(one.country == country or one.kind == "country" for one in readings().get(key, ())):
            return length
    return 0


def _joined(text: str, tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether token `at` follows the one before it within one name."""
    if not 0 < at < len(tokens):
        return False
    between = text[tokens[at - 1].end() : tokens[at].start()]
    return _GLUE.fullmatch(between) is not None


def _only(key: str, country: str | None, beside: str | None) -> Reading | None:
    """The one reading that the words beside it allow; None for none or several."""
    if beside == "":
        return None
    options = readings().get(key, ())
    inside = [one for one in options if one.country == country and one.kind != "country"]
    if beside is not None:
        inside = [one for one in inside if fits_kind(one, beside)]
        return inside[0] if len(inside) == 1 and inside[0].code else None
    left = inside or list(options)
    known = len(left) == 1 and (left[0].code or left[0].kind == "country")
    return left[0] if known else None


def _kind_beside(text: str, tokens: Sequence[re.Match[str]], at: int, length: int) -> str | None:
    """The kind that a type word beside the name gives.

    Returns:
        The kind; None when no type word stands there; "" when the name is part of a longer one.
    """
    after = at + length
    if _joined(text, tokens, after):
        if text[tokens[after].start() - 1] in "-‑":
            return ""
        kind = kind_words().get(fold(tokens[after][0]))
        if kind is not None:
            return kind
        if tokens[after][0][0].isupper():
            return ""
    before = at - 1
    linked = False
    while _joined(text, tokens, before + 1) and fold(tokens[before][0]) in _LINKS:
        before, linked = before - 1, True
    if not _joined(text, tokens, before + 1):
        return None
    word = tokens[before][0]
    kind = kind_words().get(fold(word))
    if kind is not None:
        return kind
    if not linked and text[tokens[at].start() - 1] in "-‑":
        return ""
    if linked and fold(tokens[at - 1][0]) not in _OF:
        return None
    named = word[0].isupper() and fold(word) not in group("small-word", "before-place")
    return "" if named else None


_OF = frozenset(("of", "de", "du", "del", "des", "d", "di"))
_LINKS = _OF | {"the", "la", "le", "les", "el", "los", "las", "l"}
