"""Invented texts with spans, counted in any of the twelve ways."""

from __future__ import annotations

import random
from collections.abc import Sequence

import attrs

from jmdi_knowledge.spans.deciding import Span
from jmdi_knowledge.spans.readings import Reading, SourceText

WORDS = (
    *("migrants", "desk", "the", "municipality", "of", "a", "asked", "training", "don’t"),
    *("l’école", "cafe\u0301", "n\u0303an\u0303o", "Zoë", "🙂", "👩‍🌾", "🇵🇭", "👍🏽", "❤️", "𝔸𝔹"),
    *("مكتب", "مُهَاجِرِينَ", "العائدين", "الأُسَر", "हिन्दी", "क्षेत्र", "지방정부", "Ωmega", "беженцы"),
)
ENDS = (*(" ",) * 8, ", ", ". ", "! ", "؟ ", " – ", "\r\n", "\r\n\r\n")
CHINESE = "移民回来以后在市政府开设了服务台帮助他们找工作学习语言并且与邻居见面𠮷野家"


def counted(text: str, reading: Reading) -> int:
    """How long a text is in the units of a reading; written on its own, to check with."""
    if not reading.pairs:
        text = text.replace("\r\n", "\n")
    if reading.unit == "code points":
        return len(text)
    return (
        len(text.encode("utf-16-le")) // 2
        if reading.unit == "UTF-16 units"
        else len(text.encode("utf-8"))
    )


@attrs.frozen
class Made:
    """A text with spans as a tool counts them, and the words that each of them means."""

    source: SourceText
    spans: Sequence[Span]
    words: Sequence[str]


def made(
    reading: Reading,
    seed: int,
    *,
    n_words: int = 120,
    n_spans: int = 20,
    on_words: bool = True,
    quoted: bool = False,
    chinese: bool = False,
    ends: Sequence[str] = ENDS,
) -> Made:
    """A text of invented words; with line ends of CR LF and a mark, so that readings differ."""
    dice = random.Random(seed)
    raw, places = "\ufeff", []
    for _ in range(n_words):
        word = dice.choice(CHINESE if chinese else WORDS)
        places.append((len(raw), len(raw) + len(word)))
        raw += word + ("\r\n" * (dice.random() < 0.05) if chinese else dice.choice(ends))
    spans, words = [], []
    for _ in range(n_spans):
        first = dice.randrange(n_words)
        last = min(n_words - 1, first + dice.choice((0, 0, 1, 2, 5, 12)))
        start, stop = places[first][0], places[last][1]
        if not on_words:
            start = dice.randrange(1, len(raw) - 20)
            stop = start + dice.randrange(1, 20)
        piece = raw[start:stop]
        spans.append(
            Span(_at(raw, start, reading), _at(raw, stop, reading), piece if quoted else None)
        )
        words.append(piece.replace("\r\n", "\n").replace("\r", "").removeprefix("\n"))
    return Made(SourceText(raw), spans, words)


def _at(raw: str, index: int, reading: Reading) -> int:
    before = raw[:index]
    return counted(before if reading.mark else before.removeprefix("\ufeff"), reading)
