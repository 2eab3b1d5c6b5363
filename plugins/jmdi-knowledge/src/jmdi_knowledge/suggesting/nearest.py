"""``dataset.suggest_codes()``: the themes of the nearest coded passages, by TF-IDF.

Nothing is coded: a suggestion is a row of a table, with the passage and the words that speak for
it, for a coder to take or leave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.errors import BadParameter, JmdiError
from jmdi.graph.table import Table
from jmdi.metrics.types import Ids
from jmdi.model.kinds import KnowledgeItem
from jmdi.model.relations import Coded
from jmdi_knowledge.agreement.units import Span, sentences
from jmdi_knowledge.facets import Utterance
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
    each item there are the themes with the highest scores, each with the sentence, the passage and
    the words that weigh most in both. Passages whose text is no longer the one that was coded are
    no examples. Texts in two languages share few words, so little is suggested across languages.
    What a message quotes and its signature are passed over: somebody else's words.

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
        if not _repeats(one, span)
    ]
    if not examples or not found:
        return Table(COLUMNS)
    return Table(COLUMNS, _rows(dataset, _Weights(found, examples), least, per_item))


def _rows(
    dataset: Dataset, weights: _Weights, least: float, most: int
) -> Iterator[tuple[Any, ...]]:
    """The best suggestions of each item, the highest score first."""
    best: dict[tuple[str, str], tuple[float, str, int, int, int]] = {}
    for row, column, score in weights.alike(least):
        sentence, example = weights.sentences[row], weights.examples[column]
        key = (sentence.item, example.theme)
        found = (-score, example.coding, sentence.span[0], row, column)
        if key not in best or found < best[key]:
            best[key] = found
    taken: Counter[str] = Counter()
    for (item, name), (score, *_, row, column) in sorted(
        best.items(), key=lambda e: (e[0][0], e[1])
    ):
        if taken[item] == most or any(c.target == name for c in dataset.out(item, Coded)):
            continue
        taken[item] += 1
        sentence, example = weights.sentences[row], weights.examples[column]
        theme = dataset.find(name)
        yield (
            *(item, *sentence.span, sentence.text),
            *(name, None if theme is None else theme.label(), round(-score, 4)),
            *(example.coding, example.item, example.quote, weights.shared(row, column)),
        )


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


def _repeats(item: KnowledgeItem, span: Span) -> bool:
    """Whether a sentence lies in what a message quotes, or in its signature."""
    said = item.facets.get("knowledge:utterance")
    marks = said.marks if isinstance(said, Utterance) else ()
    return any(mark.start < span[1] and span[0] < mark.stop for mark in marks)


class _Weights:
    """The TF-IDF weights of sentences and passages.

    Args:
        sentences: The sentences.
        examples: The passages.

    Raises:
        JmdiError: If scikit-learn is not installed.
    """

    def __init__(self, sentences: Sequence[_Sentence], examples: Sequence[_Example]) -> None:
        try:
            from sklearn.feature_extraction.text import TfidfVectorizer
        except ImportError as error:
            raise JmdiError(
                "suggestions need scikit-learn, which is not installed: "
                "pip install 'jmdi-knowledge[suggest]'"
            ) from error
        self.sentences, self.examples = sentences, examples
        quotes = [example.quote for example in examples]
        texts = [sentence.text for sentence in sentences]
        most = max(FEW, (len(quotes) + len(texts)) // 4)
        weigh = TfidfVectorizer(token_pattern=r"(?u)\b\w\w+\b", sublinear_tf=True, max_df=most)
        self._known: Any = None
        try:
            weigh.fit([*quotes, *texts])
        except ValueError:  # no text has a word of two letters that tells anything
            return
        self._names = weigh.get_feature_names_out()
        self._known, self._asked = weigh.transform(quotes), weigh.transform(texts)

    def alike(self, least: float) -> Iterator[tuple[int, int, float]]:
        """The numbers of sentences and passages that are alike, with their score.

        Args:
            least: The lowest score.
        """
        if self._known is None:
            return
        for begin in range(0, len(self.sentences), AT_ONCE):
            near = (self._asked[begin : begin + AT_ONCE] @ self._known.T).tocoo()
            scores = near.data.round(DIGITS).clip(max=1.0)
            high = scores >= least
            rows, columns = near.row[high] + begin, near.col[high]
            yield from zip(rows.tolist(), columns.tolist(), scores[high].tolist(), strict=True)

    def shared(self, row: int, column: int) -> tuple[str, ...]:
        """The words that weigh most in a sentence and a passage together."""
        both = self._asked[row].multiply(self._known[column]).tocoo()
        weighed = zip(both.data.round(DIGITS), (self._names[k] for k in both.col), strict=True)
        ranked = sorted(weighed, key=lambda pair: (-pair[0], pair[1]))
        return tuple(str(word) for _, word in ranked[:WORDS])
