"""Makes records of a coded project."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

import attrs

from jmdi import Coded, ImportContext, KnowledgeItem, Record, Territory, Theme, evolve, make_id
from jmdi import Source as Origin
from jmdi.model.constructors import unchecked
from jmdi.model.frozen import EMPTY, freeze, owned
from jmdi.words.folding import fold
from jmdi_knowledge.origins import METHOD, title_of
from jmdi_knowledge.pseudonyms.hiding import Hidden
from jmdi_knowledge.pseudonyms.people import People
from jmdi_knowledge.qda.drafts import EXTRA, Code, Coding, Project, Selection, Source
from jmdi_knowledge.qda.variables import free
from jmdi_knowledge.reporting import Report
from jmdi_knowledge.spans.deciding import Decision, Span, decide, same_words
from jmdi_knowledge.trails.quotes import digest_of

__all__ = ["kept_of", "records_of"]

NOWHERE = (None, None, None)
"""The span of a coding that lies nowhere in a text, or is of the whole."""

_make_coded, _make_origin = unchecked(Coded), unchecked(Origin)
"""Half the time of a large project would go into checking what was made here."""

Value = TypeVar("Value")
DAY = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:[T ].*)?")


def records_of(
    project: Project, people: People, report: Report, context: ImportContext
) -> Iterator[Record]:
    """The project as an item, its codes as themes, its sources as items, and the codings.

    Args:
        project: What was read.
        people: Makes pseudonyms of its people.
        report: Where problems go.
        context: Name of the file; says when to stop.
    """
    yield from _Maker(project, people, report, context, title_of(context)).records()


@attrs.define(slots=True)
class _Maker:
    """What the records of one project have in common."""

    project: Project
    people: People
    report: Report
    context: ImportContext
    title: str = ""
    themes: dict[str, str] = attrs.field(factory=dict)
    taken: dict[str, int] = attrs.field(factory=dict)

    def records(self) -> Iterator[Record]:
        coders = {key: self.people.coder(name) for key, name in self.project.users.items()}
        self.title = self.people.hide(self.title).text
        whole = self._whole()
        yield whole
        yield from self._themes()
        sources = self.project.sources
        places = self._places(sources)
        yield from {place.id: place for place in places.values()}.values()
        decisions = _decided(sources)
        for number, source in enumerate(sources):
            self.context.keep_going()
            decision = decisions.get(number)
            hidden = None if source.text is None else self.people.hide(source.text.text)
            item = self._item(source, hidden, decision, whole, places.get(number))
            yield item
            yield from self._codings(source, item, hidden, decision, coders)
            source.selections.clear()  # what was read of it makes room for what comes next

    def _places(self, sources: Sequence[Source]) -> dict[int, Territory]:
        """The territory of each source by its number, as the variable says that was named."""
        variable = self.context.options.get("territory_variable")
        if not isinstance(variable, str):
            return {}
        own = variable if any(variable in one.own for one in sources) else free(variable)
        found: dict[int, Territory] = {}
        by_id: dict[str, Territory] = {}
        for number, source in enumerate(sources):
            if (value := source.own.get(own)) is not None:
                name = self._hidden(str(value))
                id = make_id("territory", "words", fold(name) or name)
                origin = evolve(self._origin(None), note=f"the variable {variable}")
                place = Territory(id=id, names=_words(name), sources=(origin,))
                found[number] = by_id.setdefault(id, place)
        if not found:
            known = sorted({name for one in sources for name in one.own})
            there = f"there are {', '.join(known[:8])}" if known else "no source has a variable"
            self.report.add("Q118", f"{variable!r:.60}; {there}")
        return found

    def _whole(self) -> KnowledgeItem:
        project = self.project
        extra = {"tool": project.tool, **self._hidden(project.extra)}
        return KnowledgeItem(
            id=self._unique("item", "qda-project", project.key),
            names=_words(self._hidden(project.name)),
            description=_words(self._hidden(project.description)),
            sources=(self._origin(None),),
            extra={EXTRA: {"project": {k: v for k, v in extra.items() if v is not None}}},
        )

    def _themes(self) -> Iterator[Theme]:
        paths: dict[str, str] = {}
        for code in self.project.codes:
            path = f"{paths[code.parent]} / {code.name}" if code.parent in paths else code.name
            paths[code.key] = path
            self.themes[code.key] = self._unique("theme", *_identity(code, self.project, path))
            yield Theme(
                id=self.themes[code.key],
                names=_words(self._hidden(code.name)),
                codebook=self._hidden(self.project.name) or None,
                code=self._hidden(path) or None,
                parent=None if code.parent is None else self.themes.get(code.parent),
                guid=code.guid,
                definition=_words(self._hidden(code.description)),
                codable=code.codable,
                colour=code.colour,
                sources=(self._origin(None),),
                extra={EXTRA: code.extra} if code.extra else {},
            )

    def _item(
        self,
        source: Source,
        hidden: Hidden | None,
        decision: Decision | None,
        whole: KnowledgeItem,
        place: Territory | None,
    ) -> KnowledgeItem:
        extra = dict(self._hidden(source.extra))
        if decision is not None:
            extra["positions"] = {"unit": str(decision.reading), "decided by": decision.by}
            if decision.by == "unsure":
                named = f"{source.name!r:.80} has {len(source.selections):,} selections"
                self.report.add("Q106", named, place=source.locator)
        return KnowledgeItem(
            id=self._unique("item", "qda", source.key, source.name),
            names=_words(self.people.hide(source.name).text),
            description=_words(self.people.hide(source.description or "").text),
            text=None if hidden is None else hidden.text,
            location=source.location,
            territory=None if place is None else place.id,
            part_of=whole.id,
            sources=(self._origin(source.locator),),
            extra={**self._hidden(source.own), **({EXTRA: extra} if extra else {})},
        )

    def _codings(
        self,
        source: Source,
        item: KnowledgeItem,
        hidden: Hidden | None,
        decision: Decision | None,
        coders: Mapping[str, str | None],
    ) -> Iterator[Coded]:
        digest = None
        if item.text is not None:
            digest = digest_of(item.text)
        for coding in source.codings:
            coded = self._coded(coding, item, coders, source.locator, {**coding.extra})
            if coded is not None:
                yield coded
        unit = None if decision is None else str(decision.reading)
        for selection in source.selections:
            start = stop = None
            if hidden is not None and decision is not None and selection.start is not None:
                place = decision.place(selection.start, selection.stop)
                if place is None or selection.quote is not None:
                    self._check(place, selection, source)
                if place is not None:
                    start, stop = place
                    if hidden.edits:
                        start, stop = hidden.position(start), hidden.position(stop, end=True)
            said: Mapping[str, Any] = selection.extra
            if "selection" in said and said["selection"].get("name"):
                said = {**said, "selection": freeze(self._hidden(said["selection"]))}
            numbers: dict[str, Any] = {}
            if selection.start is not None:
                numbers = {"start": selection.start, "stop": selection.stop}
                if unit is not None:
                    numbers["unit"] = unit
            span = (start, stop, None if start is None else digest)
            own = self._hidden(selection.own) if selection.own else EMPTY
            for coding in selection.codings:
                kept = {**said, **numbers, **coding.extra}
                coded = self._coded(coding, item, coders, selection.locator, kept, span, own)
                if coded is not None:
                    yield coded

    def _check(self, place: tuple[int, int] | None, selection: Selection, source: Source) -> None:
        """Says where a selection lies nowhere, or where its words are others than the file says."""
        if place is None:
            if selection.stop is not None:
                numbers = f"{selection.start} to {selection.stop}"
                self.report.add("Q108", numbers, place=selection.locator)
        elif selection.quote is not None and source.text is not None:
            piece = source.text.text[slice(*place)]
            if not same_words(piece, selection.quote):
                self.report.add("Q111", f"{selection.quote!r:.60}", place=selection.locator)

    def _coded(
        self,
        coding: Coding,
        item: KnowledgeItem,
        coders: Mapping[str, str | None],
        locator: str,
        extra: dict[str, Any],
        span: tuple[int | None, int | None, str | None] = NOWHERE,
        own: Mapping[str, Any] = EMPTY,
    ) -> Coded | None:
        """One coding; ``None``, which is reported, if there is no such code.

        Args:
            coding: The coding.
            item: The source.
            coders: The pseudonyms of the coders.
            locator: The place of the selection in the file.
            extra: What is kept as it was written; taken over, not copied.
            span: Start, stop, and the digest of the text in which they count.
            own: Own attributes.
        """
        theme = self.themes.get(coding.code)
        if theme is None:
            self.report.add("Q109", coding.code, place=locator)
            return None
        date = None
        if coding.date:
            date = _day(coding.date)
            if date is None:
                self.report.add("Q112", coding.date, place=locator)
        made: Coded = _make_coded(
            id=self._unique("coded", coding.key, item.id, theme),
            source=item.id,
            target=theme,
            coder=None if coding.coder is None else coders.get(coding.coder),
            date=date,
            memo=self.people.hide(coding.memo).text if coding.memo else None,
            sources=(_make_origin(title=self.title, locator=locator, method=METHOD),),
            start=span[0],
            stop=span[1],
            text_digest=span[2],
            extra=owned({**own, EXTRA: owned(extra)} if own else {EXTRA: owned(extra)}),
        )
        return made

    def _origin(self, locator: str | None) -> Origin:
        return Origin(title=self.title, locator=locator, method=METHOD)

    def _hidden(self, value: Value) -> Value:
        """What a file says, with people hidden in all its texts."""
        found: Any = value
        if isinstance(value, str):
            found = self.people.hide(value).text
        elif isinstance(value, Mapping):
            found = {key: self._hidden(one) for key, one in value.items()}
        elif isinstance(value, (list, tuple)):
            found = [self._hidden(one) for one in value]
        return cast("Value", found)

    def _unique(self, kind: str, *parts: str) -> str:
        """An id; files that use a key twice get a number more."""
        made = make_id(kind, *parts)
        self.taken[made] = number = self.taken.get(made, 0) + 1
        return made if number == 1 else make_id(kind, *parts, number)


def kept_of(record: KnowledgeItem | Coded | Theme) -> Mapping[str, Any]:
    """What a record keeps of the file that it was read from."""
    kept = record.extra.get(EXTRA)
    return kept if isinstance(kept, Mapping) else {}


def _identity(code: Code, project: Project, path: str) -> tuple[str, ...]:
    """What identifies a code: its GUID wherever it is used, else its path in its codebook."""
    return ("qda", code.key) if code.guid else ("qda", project.key, path)


def _decided(sources: Sequence[Source]) -> dict[int, Decision]:
    """How the positions of each source with a text and selections are counted, by its number."""
    numbers, given = [], []
    for number, source in enumerate(sources):
        # A selection has all that a span has; a second object for each would take its time.
        spans = cast(
            "list[Span]",
            [one for one in source.selections if None not in (one.start, one.stop)],
        )
        if source.text is not None and spans:
            numbers.append(number)
            given.append((source.text, spans))
    return dict(zip(numbers, decide(given), strict=True))


def _words(text: str | None) -> Mapping[str, str]:
    return {"und": text} if text else {}


@functools.lru_cache(maxsize=4096)
def _day(text: str) -> datetime.date | None:
    found = DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return datetime.date.fromisoformat(found[1])
    except ValueError:
        return None
