"""``dataset.suggest_codes()``: the themes of the nearest coded passages, by TF-IDF.

Nothing is coded: a suggestion is a row of a table, with the passage and the words that speak for
it, for a coder to take or leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.errors import BadParameter, JmdiError
from jmdi.graph.table import Table
from jmdi.metrics.types import Ids
from jmdi.model.kinds import KnowledgeItem
from jmdi.model.relations import Coded
from jmdi_knowledge.agreement.units import Span, sentences
from jmdi_knowledge.trails.gaps import themes_of
from jmdi_knowledge.trails.quotes import passages_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["suggest_codes"]

COLUMNS = (
    "item",
    "start",
    "stop",
    "sentence",
    "theme",
    "theme_label",
    "score",
    "passage",
    "passage_item",
    "quote",
    "words",
)

DIGITS = 9
"""Digits to which scores are compared, so that rounding decides no order."""

WORDS = 5
"""How many of the words that two passages share are named."""

FEW = 4
"""A word in at most so many texts tells something, however few texts there are."""

AT_ONCE = 1000
"""How many sentences are compared at once, which bounds the memory."""


@attrs.frozen(slots=True)
class _Example:
    """A passage that somebody coded."""

    coding: str
    item: str
    theme: str
    quote: str


@attrs.frozen(slots=True)
class _Sentence:
    """A sentence of an item for which there may be a suggestion."""

    item: str
    span: Span
    text: str


def suggest_codes(
    dataset: Dataset,
    *,
    items: Ids | None = None,
    per_item: int = 3,
    least: float = 0.1,
    codebook: str | None = None,
) -> Table:
    """Themes for items that nobody has coded: those of the coded passages with the same words.

    Each sentence is compared with each coded passage by the cosine of their TF-IDF weights, over
    whole words in small letters; words of more than a quarter of all these texts tell nothing. For
    each item there are the themes with the highest scores, each
    with the sentence, the passage and the words that weigh most in both. Passages whose text is no
    longer the one that was coded are no examples. Texts in two languages share no words, so
    nothing is suggested across languages.

    Args:
        dataset: The records.
        items: The items; all with a text that nobody has coded if not given. Of an item that is
            coded only themes that it does not have are suggested.
        per_item: At most how many themes for each item.
        least: The lowest score, above 0 and up to 1.
        codebook: Only themes of this codebook.

    Raises:
        BadParameter: If ``per_item`` is below 1, or ``least`` is not above 0 and up to 1.
        JmdiError: If scikit-learn is not installed.
        NotFound: If there is no such item.

    Source: Salton & Buckley 1988, Information Processing & Management 24:513.
    """
    if per_item < 1 or not 0 < least <= 1:
        raise BadParameter("per_item is 1 or more, and least above 0 and up to 1")
    examples = _examples(dataset, codebook)
    wanted = _wanted(dataset, items)
    found = [
        _Sentence(one.id, span, one.text[slice(*span)])
        for one in wanted
        if one.text is not None
        for span in sentences(one.text)
    ]
    if not examples or not found:
        return Table(COLUMNS)
    best: dict[tuple[str, str], tuple[tuple[float, str, int], tuple[Any, ...]]] = {}
    for sentence, example, score, words in _alike(found, examples, least):
        has = {coding.target for coding in dataset.out(sentence.item, Coded)}
        if example.theme in has:
            continue
        key = (sentence.item, example.theme)
        order = (-round(score, DIGITS), example.coding, sentence.span[0])
        if key not in best or order < best[key][0]:
            theme = dataset.find(example.theme)
            label = None if theme is None else theme.label()
            row = (
                *(sentence.item, *sentence.span, sentence.text, example.theme, label),
                *(round(score, 4), example.coding, example.item, example.quote, words),
            )
            best[key] = (order, row)
    return Table(COLUMNS, _chosen(best, per_item))


def _chosen(
    best: Mapping[tuple[str, str], tuple[tuple[float, str, int], tuple[Any, ...]]], most: int
) -> Iterator[tuple[Any, ...]]:
    """The best suggestions of each item, the highest score first."""
    taken: dict[str, int] = {}
    for (item, _), (_, row) in sorted(best.items(), key=lambda e: (e[0][0], e[1][0], e[0][1])):
        taken[item] = taken.get(item, 0) + 1
        if taken[item] <= most:
            yield row


def _examples(dataset: Dataset, codebook: str | None) -> list[_Example]:
    themes = themes_of(dataset, codebook)
    coded = {coding.source for coding in dataset.of(Coded)}
    found = [
        _Example(one.codings[0].id, item.id, one.theme, one.quote)
        for item in dataset.of(KnowledgeItem)
        if item.id in coded
        for one in passages_of(dataset, item)
        if one.quote and one.text != "broken" and (codebook is None or one.theme in themes)
    ]
    return sorted(found, key=lambda one: one.coding)


def _wanted(dataset: Dataset, items: Ids | None) -> list[KnowledgeItem]:
    if items is not None:
        names = [items] if isinstance(items, str) else list(items)
        return [dataset.get(name, KnowledgeItem) for name in sorted(set(names))]
    coded = {coding.source for coding in dataset.of(Coded)}
    return sorted((i for i in dataset.of(KnowledgeItem) if i.id not in coded), key=lambda i: i.id)


def _alike(
    found: Sequence[_Sentence], examples: Sequence[_Example], least: float
) -> Iterator[tuple[_Sentence, _Example, float, tuple[str, ...]]]:
    """The sentences and passages that are alike, with the words that weigh most in both.

    Raises:
        JmdiError: If scikit-learn is not installed.
    """
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError as error:
        raise JmdiError(
            "suggestions need scikit-learn, which is not installed: "
            "pip install 'jmdi-knowledge[suggest]'"
        ) from error
    quotes = [example.quote for example in examples]
    texts = [sentence.text for sentence in found]
    most = max(FEW, (len(quotes) + len(texts)) // 4)
    weigh = TfidfVectorizer(token_pattern=r"(?u)\b\w\w+\b", sublinear_tf=True, max_df=most)
    try:
        weigh.fit([*quotes, *texts])
    except ValueError:  # no text has a word of two letters that tells anything
        return
    names = weigh.get_feature_names_out()
    known = weigh.transform(quotes)
    for begin in range(0, len(found), AT_ONCE):
        block = weigh.transform(texts[begin : begin + AT_ONCE])
        near = (block @ known.T).tocoo()
        for row, column, score in zip(near.row, near.col, near.data, strict=True):
            if score >= least:
                both = block[row].multiply(known[column]).tocoo()
                ranked = sorted(
                    zip(both.data, (names[k] for k in both.col), strict=True),
                    key=lambda pair: (-round(float(pair[0]), DIGITS), pair[1]),
                )
                words = tuple(str(word) for _, word in ranked[:WORDS])
                yield found[begin + row], examples[column], min(float(score), 1.0), words
