"""The skeleton of each type of product, filled with what is on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

from jmdi.errors import BadParameter
from jmdi.model.kinds import KnowledgeItem, KnowledgeProduct, Practice
from jmdi.model.records import pick
from jmdi_knowledge.trails.gaps import CLAIM, gaps
from jmdi_knowledge.trails.trace import totals_of
from jmdi_knowledge.words import phrase
from jmdi_knowledge.writing.draft import (
    Block,
    Bullets,
    Draft,
    Grid,
    Heading,
    Missing,
    Paragraph,
    Quote,
)
from jmdi_knowledge.writing.evidence import Evidence

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["Language", "Template", "draft_of"]

Language: TypeAlias = Literal["en", "fr", "es", "pt", "ar"]

Template: TypeAlias = Literal["synthesis_report", "toolbox", "white_paper", "story", "evidence"]
ROW = ("theme", "quote", "position", "territory", "date", "coders", "state", "place", "source")
"""The columns of the table of evidence."""
PARTS = ("context", "practice", "lesson", "recommendation")
"""The fields of a practice, in the order in which they are told."""


def draft_of(
    dataset: Dataset,
    product: str | None = None,
    *,
    template: Template | None = None,
    language: Language = "en",
    quotes: int = 3,
) -> Draft:
    """A product as a draft: its sections, quotes with numbered sources, counts and gaps.

    Nothing is made up: what the records do not say is marked as missing, for the author.

    Args:
        dataset: The records.
        product: Id of the product; all items and practices are used if it is not given.
        template: Which sections there are; those of the product's type if it is not given, and
            of a synthesis report for any other type. ``evidence`` is the table of the trail.
        language: Language of the headings.
        quotes: How many quotes a theme or practice has at most.

    Raises:
        NotFound: If there is no such product; it names near ones.
        WrongKind: If the record is no product.
        BadParameter: If the number of quotes is below 0.
    """
    if quotes < 0:
        raise BadParameter(f"quotes is {quotes}; a number of quotes is 0 or more")
    record = None if product is None else dataset.get(product, KnowledgeProduct)
    code = None if record is None or record.type is None else record.type.code
    chosen = template or (code if code in _SECTIONS else None) or "synthesis_report"
    writer = _Writer(Evidence(dataset, record, language), quotes)
    blocks = tuple(_SECTIONS[chosen](writer))
    title = phrase("draft_title", language) if record is None else record.label(language)
    return Draft(title, language, blocks)


class _Writer:
    """Writes the sections of one draft."""

    def __init__(self, evidence: Evidence, quotes: int) -> None:
        self.evidence, self.limit = evidence, quotes
        self.dataset, self.language = evidence.dataset, evidence.language

    def say(self, key: str, **values: object) -> str:
        """A phrase in the language of the draft."""
        return phrase(key, self.language).format(**values)

    def synthesis(self) -> Iterator[Block]:
        yield from self.text()
        yield from self.counts()
        yield from self.by_theme()
        yield from self.practices("practices", PARTS)
        yield from self.ending()

    def toolbox(self) -> Iterator[Block]:
        yield from self.text()
        yield from self.practices("tools", PARTS, quotes=True)
        yield from self.ending()

    def white_paper(self) -> Iterator[Block]:
        yield Heading(self.say("issue"))
        yield Missing(self.say("to_write"))
        yield from self.text()
        yield from self.counts()
        yield from self.matrix()
        yield from self.by_theme()
        yield from self.practices("what_works", ("context", "practice", "lesson"))
        yield Heading(self.say("recommendations"))
        said = [
            (pick(one.recommendation, self.language), one.label(self.language))
            for one in self.evidence.practices
        ]
        items = tuple(f"{text} ({label})" for text, label in said if text)
        yield Bullets(items, numbered=True) if items else Missing(self.say("to_write"))
        yield from self.ending()

    def story(self) -> Iterator[Block]:
        yield from self.text()
        for practice in self.evidence.practices:
            yield Heading(practice.label(self.language))
            yield from self.parts(practice, ("context", "practice"), level=2)
            yield Heading(self.say("own_words"), 2)
            yield from self.quoted(self.evidence.items_of(practice.id))
            yield from self.parts(practice, ("lesson",), level=2)
        if not self.evidence.practices:
            yield Heading(self.say("own_words"))
            yield from self.quoted([item.id for item in self.evidence.items])
        yield from self.ending()

    def table(self) -> Iterator[Block]:
        yield from self.counts()
        yield Heading(self.say("evidence"))
        yield from self.rows()
        yield from self.ending()

    def text(self) -> Iterator[Block]:
        """What the author has written, with the numbers of sources in place of claims."""
        product = self.evidence.product
        if product is None or not product.text:
            return
        yield Heading(self.say("text"))
        for part in product.text.split("\n"):
            if part.strip():
                yield Paragraph(CLAIM.sub(lambda found: self._claim(found[1]), part.strip()))

    def _claim(self, id: str) -> str:
        numbers = [self.evidence.number(item) for item in self._items_behind(id)]
        said = ", ".join(map(str, sorted(numbers)))
        return f"[{said}]" if numbers else f"[{self.say('no_trail', id=id)}]"

    def _items_behind(self, id: str) -> list[str]:
        """The items with an intact quote that a claim stands on."""
        evidence = self.evidence
        for item, passages in evidence.passages.items():
            if any(id == coding.id for one in passages for coding in one.codings):
                return [item] if any(one.text != "broken" for one in passages) else []
        known = {record.id for record in (*evidence.practices, *evidence.items)}
        items = [id] if id in evidence.passages else evidence.items_of(id) if id in known else []
        return [item for item in items if evidence.quotes([item])]

    def counts(self) -> Iterator[Block]:
        """What the draft stands on, in numbers."""
        evidence, none = self.evidence, self.say("not_stated")
        total = totals_of(evidence.items, evidence.passages)
        passages = [one for found in evidence.passages.values() for one in found]
        coders = {name for one in passages for name in (*one.coders, *one.others)}
        both = sum(one.agreement == "agree" for one in passages)
        sure = sum(one.agreement != "not known" for one in passages)
        kinds = Counter(self._source_type(item) for item in evidence.items)
        lands = f"{total['territories']} ({none}: {total['items_without_territory']})"
        yield Heading(self.say("at_a_glance"))
        yield Grid(
            (self.say("what"), self.say("number")),
            (
                (self.say("items"), str(total["items"])),
                (self.say("source_types"), _listed(kinds) or none),
                (self.say("territories"), lands),
                (self.say("quotes"), str(total["quotes"])),
                (self.say("coders"), str(len(coders)) if coders else none),
                (self.say("agreed"), f"{both} / {sure}" if sure else none),
                (self.say("oldest"), total["oldest"] or none),
                (self.say("newest"), total["newest"] or none),
            ),
        )

    def matrix(self) -> Iterator[Block]:
        """How many quotes each theme has from each territory."""
        cells: Counter[tuple[str, str]] = Counter()
        lands = {item.id: self._place(item) for item in self.evidence.items}
        for item, passages in self.evidence.passages.items():
            for one in passages:
                cells[one.theme, lands[item]] += 1
        columns = sorted({land for _, land in cells})
        if not columns:
            return
        yield Heading(self.say("where"))
        yield Grid(
            (self.say("theme"), *columns),
            tuple(
                (self.evidence.labels[theme], *(str(cells[theme, land] or "–") for land in columns))
                for theme in sorted({theme for theme, _ in cells})
            ),
        )

    def by_theme(self) -> Iterator[Block]:
        """A section for each theme with a quote."""
        evidence = self.evidence
        used = {one.theme for found in evidence.passages.values() for one in found}
        yield Heading(self.say("themes"))
        for theme in sorted(used):
            found = evidence.quotes(evidence.passages, theme)
            items = len({item for item, _ in found})
            yield Heading(self.evidence.labels[theme], 2)
            yield Paragraph(self.say("quotes_of_items", quotes=len(found), items=items))
            yield Missing(self.say("to_write"))
            yield from self.quoted(evidence.passages, theme)
        if not used:
            yield Missing(self.say("no_quotes"))

    def quoted(self, items: Iterable[str], theme: str | None = None) -> Iterator[Block]:
        """The first quotes of some items."""
        found = self.evidence.quotes(items, theme)
        by_id = {item.id: item for item in self.evidence.items}
        for item, one in found[: self.limit]:
            record = by_id[item]
            about = (self._source_type(record), self._place(record), self._date(record))
            said = ", ".join(part for part in about if part != self.say("not_stated"))
            yield Quote(one.quote or "", said, self.evidence.number(item))
        if not found:
            yield Missing(self.say("no_quotes"))

    def practices(
        self, heading: str, parts: Iterable[str], *, quotes: bool = False
    ) -> Iterator[Block]:
        """The practices with their parts, and their quotes if these are asked for."""
        yield Heading(self.say(heading))
        for practice in self.evidence.practices:
            yield Heading(practice.label(self.language), 2)
            yield from self.parts(practice, parts)
            if quotes:
                yield from self.quoted(self.evidence.items_of(practice.id))
        if not self.evidence.practices:
            yield Missing(self.say("no_practices"))

    def parts(
        self, practice: Practice, parts: Iterable[str], *, level: int | None = None
    ) -> Iterator[Block]:
        """The parts of a practice; one that is not on record is missing."""
        for name in parts:
            text, head = pick(getattr(practice, name), self.language), self.say(name)
            if level is not None:
                yield Heading(head, level)
                yield Paragraph(text) if text else Missing(self.say("to_write"))
            else:
                yield (
                    Paragraph(f"{head}: {text}")
                    if text
                    else Missing(f"{head}: {self.say('to_write')}")
                )

    def rows(self) -> Iterator[Block]:
        """The trail: each passage with its place, coders and whether its text is the same."""
        rows = []
        for item in self.evidence.items:
            source = next((one for one in item.sources if one.title or one.url), None)
            place = "" if source is None else f"{source.title or source.url} {source.locator or ''}"
            for one in self.evidence.passages[item.id]:
                stop = "" if one.stop is None else one.stop
                whole = one.start is None and one.stop is None
                where = "" if whole else f"{one.start or 0}–{stop}"
                who = ", ".join((*one.coders, *one.others)) or self.say("not_stated")
                cells = {
                    "theme": self.evidence.labels[one.theme],
                    "quote": one.quote or "",
                    "position": where,
                    "territory": self._place(item),
                    "date": self._date(item),
                    "coders": who,
                    "state": self.say(f"text_{one.text.replace(' ', '_')}"),
                    "place": place.strip(),
                    "source": str(self.evidence.number(item.id)),
                }
                rows.append(tuple(cells.values()))
        head = tuple(map(self.say, ROW))
        yield Grid(head, tuple(sorted(rows))) if rows else Missing(self.say("no_quotes"))

    def ending(self) -> Iterator[Block]:
        """What is missing, and the sources."""
        product = self.evidence.product
        yield Heading(self.say("gaps"))
        found = [
            f"{row['label']} ({row['id']}): {self.say('gap_' + row['gap'])}"
            for row in gaps(self.dataset).to_dicts()
            if product is None or row["product"] in (None, product.id)
        ]
        yield Bullets(tuple(found)) if found else Paragraph(self.say("no_gaps"))
        yield Heading(self.say("sources"))
        cited = tuple(self._source(item) for item in self.evidence.cited)
        yield Bullets(cited, numbered=True) if cited else Missing(self.say("no_quotes"))

    def _source(self, item: KnowledgeItem) -> str:
        said = [item.label(self.language), self._source_type(item), self._place(item)]
        said.append(self._date(item))
        said += [
            " ".join(filter(None, (source.title, source.url, source.locator)))
            for source in item.sources
        ]
        none = self.say("not_stated")
        return "; ".join(part for part in said if part and part != none)

    def _place(self, item: KnowledgeItem) -> str:
        if item.territory is None:
            return self.say("not_stated")
        place = self.dataset.find(item.territory)
        return item.territory if place is None else place.label(self.language)

    def _date(self, item: KnowledgeItem) -> str:
        said = None if item.date is None else item.date.edtf or item.date.words
        return said or self.say("not_stated")

    def _source_type(self, item: KnowledgeItem) -> str:
        if item.source_type is None:
            return self.say("not_stated")
        code = item.source_type
        vocabulary = self.dataset.model.catalog.vocabularies.get(code.scheme)
        concept = None if vocabulary is None else vocabulary.get(code.code)
        return code.code if concept is None else pick(concept.labels, self.language)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items()))


_SECTIONS: dict[str, Callable[[_Writer], Iterator[Block]]] = {
    "synthesis_report": _Writer.synthesis,
    "toolbox": _Writer.toolbox,
    "white_paper": _Writer.white_paper,
    "story": _Writer.story,
    "evidence": _Writer.table,
}
