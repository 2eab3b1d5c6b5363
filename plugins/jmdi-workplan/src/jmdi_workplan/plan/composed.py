"""What a head means that no table has as a phrase, by the sorts of its words.

"Competent directorate" names an office and that it is in charge, "provenance of resources" money
and where it comes from. The sorts of words are the topic ``head-word`` of the tables of words; a
word that ends in ``*`` there may go on in any way. Where all words of a head are known, their sorts
together say what the column holds; where one is not, they are less sure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice, product

import attrs

from jmdi.words.folding import fold
from jmdi_workplan.plan.gantt import read_period
from jmdi_workplan.words.lexicon import group, words_of

__all__ = ["GUESSED", "compose", "sorts_of"]

MOST_WORDS = 7
"""A head of more words is a sentence."""

SHORTEST = 3
"""Letters of the shortest stem."""

MOST_READINGS = 24
"""Words of several sorts are tried in every way, up to this number."""

SURE, LESS_SURE, GUESSED = 0.7, 0.58, 0.5
"""Scores: plain sorts; sorts that say it less plainly; one word that is not known."""

ARABIC = re.compile("[ء-ي]")
PREFIXES = ("وال", "بال", "لل", "ال", "و", "ب", "ل")
"""What Arabic writes together with the next word: the article, "and", "by", "for"."""

YEAR = re.compile(r"(?:19|20)?\d\d")
PLAIN, PROJECT, ACT, CHECK, VALUE, BY = (
    frozenset((sort,)) for sort in ("plain", "project", "act", "check", "value", "by")
)
GOAL, LAST_GOAL = frozenset(("goal",)), frozenset(("goal last",))
GOALS = GOAL | LAST_GOAL
BESIDE_GOAL = frozenset(("time", "value", "finish", "begin", "project", "plain", "serial"))
"""Sorts of words beside the noun for what is aimed at."""

BY_OR_WHEN = frozenset(("by", "time"))


@attrs.frozen
class Rule:
    """Sorts of words that give a head its meaning.

    Attributes:
        meaning: What the column holds; empty where such words say nothing.
        needed: Sorts that must be there, one of each group.
        others: Sorts that may be there, too.
        score: How sure the meaning is.
    """

    meaning: str
    needed: tuple[frozenset[str], ...]
    others: frozenset[str]
    score: float = SURE

    def fits(self, sorts: frozenset[str]) -> bool:
        """Whether the sorts of the words of a head are those of the rule."""
        if any(sorts.isdisjoint(one) for one in self.needed):
            return False
        return not (sorts - self.others).difference(*self.needed)


def _rule(meaning: str, needed: str, others: str = "", score: float = SURE) -> Rule:
    groups = tuple(frozenset(one.split("|")) for one in needed.split())
    return Rule(meaning, groups, frozenset(others.split()), score)


RULES = (
    _rule("", "check by|time", "evidence act amount done person office fund"),
    _rule("", "field act|result|purpose", "act result purpose plain"),
    _rule("place", "field", "place aim carry office people"),
    _rule("remarks", "note", "state act carry result purpose fund amount time"),
    _rule("verification", "evidence", "origin kind act gauge result fund done finish line"),
    _rule("number", "serial", "act result purpose gauge line kind"),
    _rule("baseline", "base", "value gauge time state amount serial begin result"),
    _rule("baseline", "begin state|value", "gauge"),
    _rule("actual", "gauge|value done", "result time"),
    _rule("target", "gauge|value aim", "value result time"),
    _rule("indicator", "gauge", "result act purpose state aim carry kind finish"),
    _rule("funding-source", "kind fund", "amount act"),
    _rule("budget-line", "line|kind amount|fund", "act"),
    _rule("activity", "kind act", "carry"),
    _rule("remarks", "kind office|person|ally", "act people carry"),
    _rule("audience", "kind|serial|value people", "aim act line", LESS_SURE),
    _rule("status", "tier|state carry|finish|done|state", "tier state act result time begin"),
    _rule("level", "tier", "act office place"),
    _rule("funding-source", "origin fund|amount|payer", "payer fund amount act result kind"),
    _rule("funding-source", "payer", "office person ally by act fund line plain kind result"),
    _rule("funding-source", "fund office|person|ally|by", "ally by act result", LESS_SURE),
    _rule("actual-finance", "done amount|fund", "amount fund act time value"),
    _rule("finance", "amount|fund", "amount fund value act result carry line serial aim"),
    _rule("finance", "amount", "fund time people ally payer place begin", LESS_SURE),
    _rule("timeline", "begin finish", "time act carry"),
    _rule("actual-start", "done begin", "time act"),
    _rule("actual-end", "done finish", "time act"),
    _rule("actual-timeline", "done time", "act carry"),
    _rule("start", "begin", "time act carry"),
    _rule("end", "finish", "time act carry aim"),
    _rule("timeline", "time", "act carry aim by charge result"),
    _rule("place", "place people", "aim act", LESS_SURE),
    _rule("audience", "people", "aim act kind purpose"),
    _rule("audience", "aim office|person|ally", "kind"),
    _rule("audience", "people office|person", "aim kind"),
    _rule("responsible", "charge", "office person act carry by people ally result place done"),
    _rule("responsible", "carry|done office|person|by", "act office person by result ally"),
    _rule("responsible", "carry ally", "act"),
    _rule("partner", "ally", "office person act by people carry result"),
    _rule("place", "place", "act carry aim office result"),
    _rule("status", "state", "act carry result done"),
    _rule("actual", "result done", "act time"),
    _rule("actual", "done", "time", LESS_SURE),
    _rule("objective", "purpose", "act result aim"),
    _rule("output", "result", "act aim"),
    _rule("action", "act", "line"),
    _rule("action", "act aim|carry", "", LESS_SURE),
    _rule("responsible", "by", "act", LESS_SURE),
    _rule("responsible", "office|person", "act", LESS_SURE),
    _rule("target", "aim", "time result", LESS_SURE),
)
"""The first that fits counts: what is said of an action comes before the action."""


@lru_cache(maxsize=4096)
def compose(text: str) -> tuple[tuple[str, float], ...]:
    """Return the meanings of a head by the sorts of its words with their scores, best first.

    Args:
        text: The head, folded.

    >>> compose("competent directorate"), compose("provenance of resources")
    ((('responsible', 0.7),), (('funding-source', 0.7),))
    """
    for adverb in group("small-word", "so far"):  # its "date" is none
        text = f" {text} ".replace(f" {adverb} ", " ").strip()
    words = [word for word in text.split() if not _says_nothing(word)]
    if not 0 < len(words) <= MOST_WORDS:
        return ()
    sorts = [sorts_of(word) for word in words]
    if _is_goal(sorts):
        return (("target", SURE),)
    sorts = [one - GOALS for one in sorts]
    sorts[:-1] = [one if one != BY else PLAIN for one in sorts[:-1]]  # "Trabajo por hacer"
    unknown = sorts.count(frozenset())
    if unknown > 1 or unknown == len(words):
        return ()
    found: dict[str, float] = {}
    for reading in islice(product(*(sorted(one) for one in sorts if one)), MOST_READINGS):
        meaning, score = _meant(frozenset(reading) - PLAIN, len(reading))
        if meaning:
            found[meaning] = max(found.get(meaning, 0.0), GUESSED if unknown else score)
    if len(found) > 1:  # a word of two sorts says it less plainly
        found = {meaning: min(score, LESS_SURE) for meaning, score in found.items()}
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _is_goal(sorts: Sequence[frozenset[str]]) -> bool:
    """Whether a head is one of values that are aimed at, by when: "Meta anual", "Endline target".

    Its noun comes first, in English last: "fecha meta" and "target date" are dates.
    """
    first, last = sorts[0] >= GOAL, sorts[-1] >= LAST_GOAL
    others = sorts[1:] if first else sorts[:-1]
    return (first or last) and all(one & BESIDE_GOAL or one <= PLAIN for one in others)


def _meant(sorts: frozenset[str], count: int) -> tuple[str, float]:
    """The meaning that sorts of words give; "by" alone is no head."""
    if not sorts or (sorts == {"by"} and count == 1):
        return "", 0.0
    if sorts == PROJECT:
        return "project", LESS_SURE
    sorts = sorts - PROJECT | ACT if sorts & PROJECT else sorts
    sorts = sorts if sorts & BY_OR_WHEN else sorts - CHECK
    if sorts == VALUE and count > 1:
        return "finance", LESS_SURE
    rule = next((rule for rule in RULES if rule.fits(sorts)), None)
    return (rule.meaning, rule.score) if rule else ("", 0.0)


@lru_cache(maxsize=4096)
def _says_nothing(word: str) -> bool:
    """Whether a word is small, a year, or a currency."""
    small = word in group("small-word", "of") or word in group("small-word", "filler")
    if small and sorts_of(word) <= PLAIN:
        return True
    return YEAR.fullmatch(word) is not None or (word.isdigit() and read_period(word) is None)


@cache
def _table() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """The sorts of whole words, and those of stems."""
    whole: dict[str, frozenset[str]] = {}
    stems: dict[str, frozenset[str]] = {}
    for word in words_of("head-word"):
        known = stems if word.word.endswith("*") else whole
        key = fold(word.word)
        known[key] = known.get(key, frozenset()) | {word.meaning}
    return whole, stems


@lru_cache(maxsize=4096)
def sorts_of(word: str) -> frozenset[str]:
    """The sorts of a word: of the word itself, else of its longest known stem."""
    found = _known(word)
    if found or not ARABIC.match(word):
        return found
    bare = (word.removeprefix(prefix) for prefix in PREFIXES if word.startswith(prefix))
    return next(filter(None, map(_known, bare)), frozenset())


def _known(word: str) -> frozenset[str]:
    whole, stems = _table()
    if word in whole:
        return whole[word]
    starts: Sequence[str] = [word[:end] for end in range(len(word), SHORTEST - 1, -1)]
    return next((stems[start] for start in starts if start in stems), frozenset())
