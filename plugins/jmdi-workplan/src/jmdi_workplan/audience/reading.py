"""Whom an action addresses: the groups that a cell lists, how many, and per what.

A cell is cut into groups at lines, list marks, semicolons and sentences, and at commas where
another group follows. What was typed of a group stays its words; the size and the type of
actor are read from them only where they say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from jmdi import evolve
from jmdi.model.values import Audience, Code, Quantity
from jmdi.words.folding import Folded
from jmdi.words.placeholders import UNDECIDED, placeholder_pattern
from jmdi_workplan.audience.names import name_of
from jmdi_workplan.audience.numbers import Number, numbers_in
from jmdi_workplan.audience.terms import (
    COLLECTIVES,
    EXAMPLES,
    GROUP,
    LOOSE_NUMBERS,
    NOT_COUNTED,
    NUMBER_WORDS,
    OF_THEM,
    PEOPLE,
    SEVERAL,
    TRANSPARENT,
)
from jmdi_workplan.finance.terms import AFTER, BEFORE, TOTAL
from jmdi_workplan.words.bases import EACH, find_per, known_noun, read_per
from jmdi_workplan.words.pieces import MAX_LENGTH, bracket_depths, is_blank, segments, trimmed

__all__ = ["read_audience"]

# Characters around a number in which a word still belongs to it; bounds the search, too.
_NEAR = 60
_AND_NUMBER = re.compile(
    r"(?:\band|\bet|\by|\be|&|\+|\bplus) (?=(?:\d|(?P<word>[a-z]+) ))|(?<!\S)و ?(?=\d)"
)
_JOINING = re.compile(r"(?:(?:and|et|y|&|\+|plus(?= +\d)|e(?= +(?:\d|h?i))) +)+(?=\S)|و *(?=\d)")
_UNIT_ENDS = re.compile(
    r"[(\[,:;.?!/+&\d]| [-–] |\b(?:per|par|por|each|every|chaque|chacune?|cada|from|"
    r"of|du|des|del|in|"
    r"en|dans|at|au|aux|a|para|pour|for|with|avec|con|who|which|that|que|qui|and|et|y|e|or|ou|o|"
    r"maximum|minimum|max|min|environ|approx|approximately|total)(?!\w)|\bde (?:la|las|los|el|l')"
)
_LOOSE_END = re.compile(r"(?:\s+|^)(?:d[eu]s?|del|of|from|à|a|in|en)$", re.IGNORECASE)
_OF_EACH = re.compile(
    r"\b(?:from|of|de|in|en|dans) (?:each|every|chaque|chacune?|cada(?: un[oa])?)(?: of)?"
    r"(?: the| des| de l[oa]s)? ?$|\b(?:each|every)(?: of the)? ?$"
)
_JOINED = re.compile(r"(?:,|/|&|\band\b|\bor\b|\bet\b|\bou\b|\by\b|\be\b|\bo\b|\bas well as\b)")
_FROM_EACH = ("from", "of", "de", "chacun")
_SIDE_BY_SIDE = re.compile(r"'?s?'? +")
_BODY = re.compile(
    r"'?s?'? (?:[a-z]+ )?(?:cent(?:re|er)s?|desks?|radios?|groups?|committees?|councils?|clubs?|"
    r"platforms?|offices?|units?|services?|banks?|funds?|programmes?|projects?)(?!\w)"
)
"""Words behind people that make them the name of a body, in English."""
_WORD = re.compile(r"[^\W\d_]+")
_COUNTED = re.compile(r"\d")
_NOUN = re.compile(r"\s*([^\W\d_]+)")
_TIMES = re.compile(
    r"\s*(?:(?P<noun>[^\W\d_]+)(?: [^\W\d_]+)?\s)?"
    r"\s*(?:(?P<sure>of|de|d'|x|×|\*|@|من|بمشاركه|تضم)|with|avec|con|com|for|pour|para)"
    r"(?:\s(?:about|around|up to|approximately|environ|unos|unas|cerca de|aproximadamente))?\s*"
)
_BY = re.compile(r"\s*(?:(?<!\w)x(?!\w)|[×*@])\s*$")
EVENTS = frozenset(("event", "session", "meeting", "workshop", "training", "module", "trip"))
GATHERED = frozenset(("group", "class", "community", "village", "desk", "association"))


def read_audience(text: str, *, language: str = "und") -> tuple[Audience, ...]:
    """Read the words of a "target audience" cell.

    Args:
        text: The cell as typed.
        language: The language of its words, as a BCP 47 tag.

    Returns:
        One value per group, in order; none for an empty cell. A text of more than
        `MAX_LENGTH` characters is one value whose size has the reason "unreadable". The words
        of the groups cover the text but for blanks, separators, the marks of lists, and the
        "and" between two groups.
    """
    if is_blank(text):
        return (Audience(who={language: text.strip()}),) if text.strip() else ()
    if len(text) > MAX_LENGTH:
        return (Audience(who={language: text.strip()}, size=Quantity(reason="unreadable")),)
    folded = Folded.of(text)
    groups = [group for span in segments(folded, hyphens=True) for group in _groups(folded, *span)]
    if not groups:
        return (Audience(who={language: text.strip()}),)
    first, *rest = groups
    rest = [(_without_joint(folded, start, end), end) for start, end in rest]
    return tuple(_read(folded, start, end, language) for start, end in (first, *rest))


def _without_joint(text: Folded, start: int, end: int) -> int:
    """Where a group begins behind the word that joins it to the one before it."""
    joint = _JOINING.match(text.low, start, end)
    if joint is None or text.words(*joint.span()).lower() != joint[0].rstrip():
        return start  # "é" folds to "e", and is no "and"
    return joint.end()


def _groups(text: Folded, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The groups of one line: cut where a new group begins, outside brackets."""
    depths = bracket_depths(text.plain, start, end)
    begin = start
    colon = text.plain.find(":", start, end)
    if colon > 0 and not depths[colon - start] and _is_counted(text, start, colon):
        head, listed = trimmed(text.plain, start, colon), trimmed(text.plain, colon + 1, end)
        if _COUNTED.match(text.plain, *listed):  # its parts, which are counted in it
            yield start, end
            return
        if listed[0] < listed[1] and GROUP.search(text.low, *listed):
            yield head
            begin = listed[0]
    for cut in _cuts(text, start, end):
        if not depths[cut - start] and _names_group(text, max(begin, cut - 2 * _NEAR), cut):
            yield trimmed(text.plain, begin, cut)
            begin = cut
    yield trimmed(text.plain, begin, end)


def _is_counted(text: Folded, start: int, colon: int) -> bool:
    """Whether what stands before a colon is a group with its number: "40 stakeholders: …"."""
    return any(n.start < colon for n in numbers_in(text, start, colon)) and _names_group(
        text, start, colon
    )


def _cuts(text: Folded, start: int, end: int) -> list[int]:
    """Where a group may begin: at a comma before a group, at "and" before a number."""
    found = []
    for i in range(start + 1, end):
        if text.plain[i] in ",،" and not text.plain[i + 1 : i + 2].isdigit():
            if _begins_group(text, i + 1, end):
                found.append(i + 1)
        elif text.plain[i - 1] == " " and (match := _AND_NUMBER.match(text.low, i, end)):
            counted = match["word"] is None or match["word"] in NUMBER_WORDS
            if counted and not text.plain[start:i].rstrip()[-1:].isdigit():
                found.append(i)
    return found


def _begins_group(text: Folded, start: int, end: int) -> bool:
    """Whether a group follows a comma: a number, or a group within four words."""
    part = text.low[start : min(end, start + _NEAR)].split(",")[0]
    words = list(_WORD.finditer(part))
    if EXAMPLES.match(part.lstrip()) or OF_THEM.match(part.lstrip()):
        return False
    if re.fullmatch(r" ?\d{1,6} pax\W*", part):
        return False
    counted = re.match(r" ?(?:and |et |y |e )?\d{1,6} ([^\W\d_]+)", part)
    if counted:
        return counted[1] not in NOT_COUNTED
    near = part[: words[min(len(words), 4) - 1].end()] if words else ""
    return bool(GROUP.search(near)) or any(w[0] in TRANSPARENT for w in words[:2])


def _names_group(text: Folded, start: int, end: int) -> bool:
    """Whether the words before a cut name a group, so that the cut loses no sense."""
    words = text.low[start:end]
    if EXAMPLES.search(words):
        return False  # what follows are examples of the group
    if GROUP.search(words) or re.search(r"\d ?[^\W\d_]{3}", words):
        return True
    return any(word[0] in TRANSPARENT for word in _WORD.finditer(words))


def _read(text: Folded, start: int, end: int, language: str) -> Audience:
    """One group as a value."""
    numbers = list(numbers_in(text, start, end))
    size: Quantity | None
    people = [
        number
        for number, behind in zip_longest(numbers, numbers[1:])
        if _noun(text, number, end) not in EVENTS
        and not (behind and _multiplies(text, number, behind, end))
    ]
    named = start
    if people:
        size, name, named = _quantity(text, start, end, numbers, people[0])
    else:
        size, name = _unknown_size(text, start, end, numbers), text.words(start, end)
    return Audience(who={language: name}, type=_type(text, named, end), size=size)


def _unknown_size(text: Folded, start: int, end: int, events: Sequence[Number]) -> Quantity | None:
    """Why it is not known how many; ``None`` when the words do not speak of it."""
    if match := placeholder_pattern(*UNDECIDED).search(text.low, start, end):
        return Quantity(reason="to_be_determined", words=text.words(*match.span()))
    if match := SEVERAL.search(text.low, start, end):
        unit = _unit(text, match.end(), end)
        return Quantity(reason="not_stated", unit=unit, words=text.words(*match.span()))
    if events:
        return Quantity(reason="not_stated", words=text.words(start, end))
    return None


def _quantity(
    text: Folded, start: int, end: int, numbers: Sequence[Number], first: Number
) -> tuple[Quantity, str, int]:
    """The first number of people of a group, with its unit, basis and vagueness; the name.

    The last value is where the words for the people begin.
    """
    qualifier = "approximate" if first.loose else None
    begin, last = first.start, first.end
    before = text.low[max(start, begin - _NEAR) : begin]
    for kind, pattern in BEFORE:
        if match := pattern.search(before):
            qualifier, begin = kind, begin - len(before) + match.start()
            break
    for kind, pattern in AFTER:
        if (match := pattern.match(text.low, last, end)) and begin == first.start:
            qualifier, last = kind, match.end()
            break
    limit = next((n.start for n in numbers if n.start > first.start), end)
    if _OF_EACH.search(text.low[first.end : limit]):
        limit = end
    per = read_per(text, first.end, limit, near=False)
    if per is None and TOTAL.search(text.low, start, limit):
        per = "total"
    size = Quantity(
        value=first.low,
        unit=_unit(text, last, end),
        upper=first.high,
        per=per,
        qualifier=qualifier,
        words=text.words(start, end),
    )
    outer = (start, end)
    if times := _times(text, start, end, numbers, first):
        count, event, outer = times
        size = _multiplied(size, count, event)
    leads = not any(map(str.isalpha, text.low[outer[0] : begin]))
    return size, name_of(text, *outer, (begin, last)), last if leads else start


def _multiplied(size: Quantity, count: Decimal, event: str | None) -> Quantity:
    """A size for each of several events as their total, with the basis that it was stated on."""
    each = size.value or Decimal(0)
    return evolve(
        size,
        value=each * count,
        upper=None if size.upper is None else size.upper * count,
        per="total",
        extra={"basis": {"times": int(count), "each": int(each), "per": event or "unit"}},
    )


def _times(
    text: Folded, start: int, end: int, numbers: Sequence[Number], people: Number
) -> tuple[Decimal, str | None, tuple[int, int]] | None:
    """How many events a number of people is for each of: "3 workshops of 25 people each".

    Returns:
        How many, what they are, and the words of the group without them.
    """
    for other in numbers:
        if other.high is None and _multiplies(text, other, people, end):
            return other.low, _noun(text, other, end), (people.start, end)
        by = _BY.search(text.low, people.end, other.start) if people.end <= other.start else None
        if by is not None and _noun(text, other, end) in EVENTS:
            return other.low, _noun(text, other, end), (start, by.start())
    return None


def _multiplies(text: Folded, number: Number, people: Number, end: int) -> bool:
    """Whether a number says how often the people behind it are meant: "3 groups of 20"."""
    if number.end > people.start:
        return False
    link = _TIMES.fullmatch(text.low, number.end, people.start)
    if link is None or not (link["noun"] is None or known_noun(link["noun"]) in EVENTS | GATHERED):
        return False
    return link["sure"] is not None or EACH.search(text.low, people.end, end) is not None


def _noun(text: Folded, number: Number, end: int) -> str | None:
    """What a number counts, in English, if it is a word of the tables."""
    noun = _NOUN.match(text.low, number.end, end)
    return known_noun(noun[1]) if noun else None


def _unit(text: Folded, start: int, end: int) -> str | None:
    """What is counted: the words behind a number up to the next phrase."""
    joined = re.match(r"\s*(?:de |d'|of )?(?:the |los |las |les )?", text.low[start:end])
    start += joined.end() if joined else 0
    stop = _UNIT_ENDS.search(text.low, start, end)
    words = _LOOSE_END.sub("", text.words(start, stop.start() if stop else end))
    return words if any(c.isalpha() for c in words) else None


def _type(text: Folded, start: int, end: int) -> Code | None:
    """The actor type of the first group named, as far as the groups that join it have it, too.

    Groups of people of different types are people.
    """
    depths = bracket_depths(text.plain, start, end)
    per = find_per(text, start, end)
    if per is not None and not text.low[per:end].startswith(_FROM_EACH):
        end = per
    found = [m for m in GROUP.finditer(text.low, start, end) if not depths[m.start() - start]]
    if not found:
        return None
    heads = _heads(text, found)
    first, *others = heads
    code = _code(first)
    if not code or not _is_head(text.low[start : first.start()]):
        return None
    position, people = first.end(), code in PEOPLE
    if people and _BODY.match(text.low, position, end):
        return None  # "youth centres", "women's groups"
    for other in others:
        if _JOINED.search(text.low, position, other.start()) and _code(other) != code:
            if not (people and _code(other) in PEOPLE):
                return None
            code = "individuals"
        position = other.end()
    return Code("actor-type", code, text.words(*first.span()))


def _heads(text: Folded, found: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The groups of a text; of two side by side, "farmers' cooperatives", the second is meant.

    Not so where an adjective follows, as in the Romance languages: "associations migrantes".
    """
    heads = [found[0]]
    for match in found[1:]:
        before = heads[-1]
        if not _SIDE_BY_SIDE.fullmatch(text.low, before.end(), match.start()):
            heads.append(match)
        elif _code(before) in {"", *PEOPLE} or _code(match) != "migrants":
            heads[-1] = match
    return heads


def _code(match: re.Match[str]) -> str:
    return COLLECTIVES[match.lastgroup or ""]


def _is_head(before: str) -> bool:
    """Whether nothing before a term makes it a mere attribute: "residents of the commune"."""
    words = [word[0] for word in _WORD.finditer(before)]
    prepositions = {"of", "from", "de", "du", "des", "del", "d", "in", "en", "dans", "within"}
    if not prepositions & set(words):
        return True
    first = min(i for i, word in enumerate(words) if word in prepositions)
    if first and words[first - 1] in LOOSE_NUMBERS:
        return not prepositions & set(words[first + 1 :])
    return any(word in TRANSPARENT for word in words[:first]) and not (
        {"in", "en", "dans", "within"} & set(words)
    )
