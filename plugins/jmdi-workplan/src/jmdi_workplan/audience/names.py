"""The name of a group without its number: the same audience of two actions has one name."""

from __future__ import annotations

import re

from jmdi.words.folding import Folded
from jmdi_workplan.audience.terms import GROUP, OF_THEM, TRANSPARENT
from jmdi_workplan.finance.terms import TOTAL
from jmdi_workplan.words.bases import EACH, find_per, is_only_per
from jmdi_workplan.words.lexicon import group

__all__ = ["name_of"]

_SEXES = frozenset("fmhw")
_SEPARATOR = re.compile(r"[,;/&+]|\b(?:and|et|y|e)\b| و")
_PART = re.compile(
    r"(?P<sex>[^\W\d_]+) ?[:=]? ?\d+ ?%?|\d+ ?%? ?(?:de |d'|of )?(?P<who>[^\W\d_].*)"
)

_BEFORE = re.compile(
    r"(?:(?:the|les|los|las|os|as|a|un|une|um|environ)\s|(?:grand )?totale?s? (?:of|de|des)\s|"
    r"[\s(+~≈])*"
)
_JOINT = re.compile(r"\s*(?:\+\s*)?(?:(?:de|of|des|من)\s|d'\s?)?\s*")
_ENDS = re.compile(r"[\s)\].*]*")


def name_of(text: Folded, start: int, end: int, number: tuple[int, int]) -> str:
    """The words of a group without its number and without what that is for each of.

    A number in the middle of the words stays: "staff of 12 municipalities".

    Args:
        text: The folded text.
        start: Where the group begins.
        end: Where it ends.
        number: Where its number begins and ends, words such as "about" included.
    """
    first, last = number
    if _BEFORE.fullmatch(text.low, start, first):
        joint = _JOINT.match(text.low, last, end)
        found = _without_basis(text, joint.end() if joint else last, end)
    elif _ENDS.fullmatch(text.low, last, end) or _is_people(text.low[last:end]):
        found = text.words(start, first).rstrip(" (:=,-–—~≈")
    else:
        found = text.words(start, end)
    return found if any(map(str.isalpha, found)) else text.words(start, end)


def _is_people(rest: str) -> bool:
    """Whether words only say that people are counted: "40 pax"."""
    noun = rest.strip(" ).,")
    people = group("counted", "person") | {"people", "pax"}
    return noun not in TRANSPARENT and (noun in people or noun.removesuffix("s") in people)


def _without_basis(text: Folded, start: int, end: int) -> str:
    """The words between two places without "per region", "each" or "in total" at their end.

    Nor do words stay that count some of the group again: "(12 women)", "of whom 12 are women".
    """
    counted = OF_THEM.search(text.low, start, end)
    if counted and text.plain.find("(", start, counted.start()) < 0:
        end = counted.start()
    colon = text.plain.find(":", start, end)
    if colon > 0 and _counts_some(text.low[colon + 1 : end]):
        end = colon
    opened = text.plain.find("(", start, end)
    stop = opened if opened >= start else end
    closed = text.plain.find(")", stop, end)
    parts = closed > 0 and _counts_some(text.low[stop + 1 : closed])
    aside = text.words(closed + 1 if parts else stop, end)
    per = find_per(text, start, stop)
    if per is not None and is_only_per(text, per, stop):
        stop = per
    for pattern in (EACH, TOTAL):
        for match in pattern.finditer(text.low, start, stop):
            if not text.low[match.end() : stop].strip(" ,.;"):
                stop = match.start()
                break
    words = re.sub(r"[\s,]+(?:in|en|au|no|em)$", "", text.words(start, stop).rstrip(" ,;:"))
    return f"{words} {aside}".strip()


def _counts_some(aside: str) -> bool:
    """Whether words only count some of the group again: "10 F, 15 M", "50 % women"."""
    return OF_THEM.match(aside.lstrip()) is not None or all(
        (part := _PART.fullmatch(one.strip()))
        and ((part["sex"] or part["who"]) in _SEXES or GROUP.fullmatch(part["sex"] or part["who"]))
        for one in _SEPARATOR.split(aside)
    )
