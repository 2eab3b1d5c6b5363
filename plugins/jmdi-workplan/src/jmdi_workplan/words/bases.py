"""What a figure is for each of: "per region", "par mois", "por participante", "each".

Nouns that a table of words has are given in English, in the singular; others as typed.
"""

from __future__ import annotations

import re

from jmdi.words.folding import Folded, fold
from jmdi_workplan.words.lexicon import lexicon
from jmdi_workplan.words.numerals import word_set

__all__ = [
    "EACH",
    "find_per",
    "is_only_per",
    "known_noun",
    "read_per",
    "read_per_label",
]

_SINGULAR = lexicon("per")

EACH = re.compile(
    r"\b(?:each(?: one)?|a ?piece|chacune?|cada uma?|cada un[oa]|cada(?=\W*$)|c/u|a chacune?)"
    r"(?!\w)(?! (?:of|de|des)\b)"
)
_SOON = re.compile(
    r"[\s,(]{0,3}(?:(?P<month>monthly|mensuels?|mensuelles?|mensual(?:es)?)|"
    r"(?P<year>annually|yearly|p\.a\.|annuels?|annuelles?|anual(?:es)?)|"
    r"(?P<week>weekly|hebdomadaires?|semanal(?:es)?)|(?P<day>daily|par jour|diarios?))(?!\w)"
)
_NOUN = r"(?P<noun>[^\W\d_]+(?:[ -][^\W\d_]+){0,2})"
_SURE = (
    r"\b(?:per|for (?:each|every)|in (?:each|every)|from (?:each|every)(?: of the)?|of each|"
    r"(?:each|every)(?! one)|pour chaque|dans chaque|de chaque|chaque|por cada|para cada|en cada|"
    r"de cada(?: un[oa])?|chacune?|cada(?: un[oa])?|لكل|في كل|من كل)"
    r"(?: of the| de l[oa]s| d[eu]s?)?(?: \d{1,4})? "
)
_UNSURE = r"(?:\b(?:par|por|al|a|au)\s|/ ?)(?!\s)"
_PER = re.compile(f"(?:(?P<sure>{_SURE})|(?P<unsure>{_UNSURE})){_NOUN}")
_LABEL = re.compile(f"(?:(?P<sure>{_SURE})|(?P<unsure>{_UNSURE})){_NOUN} ?[:=–-] ?$")
_NO_NOUN = word_set(
    "cent se se. the of for from and cost budget pour de des du les le la los las el un uno una "
    "une one"
)


def known_noun(word: str) -> str | None:
    """The English singular of a folded, lower-case word of the table."""
    return _SINGULAR.get(fold(word))


def _noun(text: Folded, match: re.Match[str]) -> str | None:
    """The noun of a match: a known one within three words, else the first word."""
    at = match.start("noun")
    words = re.findall(r"[^\W\d_]+", match["noun"])
    if match["sure"] is None:
        return known_noun(words[0])
    if words[0] in _NO_NOUN:
        return None
    for word in words if known_noun(words[0]) is None else words[:1]:
        if (noun := known_noun(word)) is not None:
            return noun
        if word in _NO_NOUN or word in ("per", "each"):
            break
    return text.words(at, at + len(words[0]))


def find_per(text: Folded, start: int, end: int) -> int | None:
    """Where the first basis between two places begins; ``None`` if there is none."""
    for match in _PER.finditer(text.low, start, end):
        if match["sure"] or (match["unsure"].strip() in ("par", "por") and _noun(text, match)):
            return match.start()
    return None


def read_per(text: Folded, start: int, end: int, *, near: bool = True) -> str | None:
    """What the figure that ends at ``start`` is for each of; ``None`` if the words do not say.

    Several bases are joined: "USD 50 per participant per day" is per "participant per day".

    Args:
        text: The folded text.
        start: Where the figure ends.
        end: Where its words end.
        near: Whether "par" and "por", which also mean "by", count only right behind it.
    """
    nouns: list[str] = []
    position = start
    while match := _PER.search(text.low, position, end):
        noun = _noun(text, match)
        gap = text.low[start : match.start()].strip(" ,()")
        here = match["sure"] or not gap or nouns
        if not near and not here:
            here = match["unsure"].strip() in ("par", "por")
        if noun is not None and noun not in nouns and here:
            nouns.append(noun)
        position = match.start("noun") + 1
    if nouns:
        return " per ".join(nouns)
    if soon := _SOON.match(text.low, start, end):
        return soon.lastgroup
    each = EACH.search(text.low, start, end)
    return text.words(*each.span()) if each else None


def read_per_label(text: Folded, start: int, end: int) -> str | None:
    """The basis in a label that ends before a figure: "Per region: …"."""
    match = _LABEL.search(text.low, max(start, end - 60), end)
    return _noun(text, match) if match else None


def is_only_per(text: Folded, start: int, end: int) -> bool:
    """Whether the words between two places are a basis and nothing else."""
    words = text.low[start:end].strip(" ,().*")
    match = _PER.fullmatch(words)
    if match is None or match["noun"].count(" ") > 0:
        return bool(EACH.fullmatch(words) or _SOON.fullmatch(words))
    return match["sure"] is not None or known_noun(match["noun"]) is not None
