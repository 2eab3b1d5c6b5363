"""A start and an end, each behind its label: "Início: 03/2021 Término: 02/2022"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from jmdi.words.folding import fold
from jmdi_workplan.words.lexicon import indefinite, words_of

__all__ = ["halves"]

LABEL = re.compile(r"(?P<words>[^\W\d_][^\W\d_'’. ]*(?: [^\W\d_'’. ]+){0,4})\s*[:：]\s*")
AROUND = " ,;–—-|\n\t"
ENDS = ("start", "end")


def halves(text: str) -> tuple[str, str] | None:
    """What stands behind the label of a start, or before that of an end, and behind the latter.

    >>> halves("Start: March 2021, end: June 2022"), halves("Début : 2021 ; fin : 2022")
    (('March 2021', 'June 2022'), ('2021', '2022'))
    """
    cuts = [(*found, match.end()) for match in LABEL.finditer(text) if (found := _label(match))]
    kinds = [kind for _, kind, _ in cuts]
    if kinds not in (["end"], ["start", "end"]) or (len(cuts) == 2 and cuts[0][0]):
        return None
    begins = cuts[0][2] if len(cuts) == 2 else 0
    at, _, behind = cuts[-1]
    start, end = text[begins:at].strip(AROUND), text[behind:].strip(AROUND)
    return (start, end) if start and end else None


def _label(match: re.Match[str]) -> tuple[int, str] | None:
    """Where the label of a start or an end begins among the words before a colon, and which."""
    starts = [word.start() for word in re.finditer(r"\S+", match["words"])]
    for start in starts:
        key = fold(match["words"][start:])
        kind = _known().get(key) or _known().get(indefinite(key))
        if kind:
            return match.start() + start, kind
    return None


@cache
def _known() -> Mapping[str, str]:
    """The labels of starts and ends: heads of columns that plainly are one."""
    return {fold(word.word): word.meaning for word in words_of("column") if word.meaning in ENDS}
