"""Items of a discussion: what all formats have in common."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

import attrs

from jmdi import (
    Code,
    ImportContext,
    KnowledgeItem,
    Period,
    Severity,
    Source,
    Territory,
    Where,
    code,
    evolve,
    make_id,
)
from jmdi.plugins.context import FirstFew
from jmdi_knowledge.discussions.speakers import is_role
from jmdi_knowledge.facets import Mark, Utterance
from jmdi_knowledge.origins import METHOD, title_of
from jmdi_knowledge.pseudonyms.hiding import Hidden
from jmdi_knowledge.pseudonyms.people import People

__all__ = [
    "QUOTE_LINK",
    "REPLY_LINK",
    "SAME_SUBJECT",
    "TABLE_ROW",
    "Discussion",
    "Reply",
    "clean",
    "in_lines",
]

REPLY_LINK, QUOTE_LINK = "reply link", "quote link"
SAME_SUBJECT = "same subject within 30 days"
TABLE_ROW = "row of a table"

LONGEST_TITLE = 500
"""Characters of a title; what is longer is no title, and stands cut in the item's names."""

LISTED = 20
"""How many problems of one code are listed one by one, unless the limits say it."""

SURROGATE = re.compile("[\ud800-\udfff]")


@attrs.frozen(slots=True)
class Reply:
    """What an item answers.

    Attributes:
        to: The id of the other item.
        how: How that was found out.
    """

    to: str
    how: str


def in_lines(text: str) -> str:
    """A text whose lines end with a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def clean(text: str) -> str:
    """A text as records hold it: signs that no text holds are replaced, each by one."""
    text = in_lines(text).replace("\0", "\ufffd")
    if text.isascii() or not SURROGATE.search(text):
        return text
    return SURROGATE.sub("\ufffd", text)


class Discussion:
    """Makes the items of one input.

    Attributes:
        people: Who takes part.
        whole: The id of the recording or document, where all of it is one.
        places: The territory that the user says all of it comes from.
        date: When it was, as the user says.
    """

    def __init__(self, context: ImportContext, source_type: str | None) -> None:
        self.context = context
        self.people = People(context)
        self.whole = ""
        self.source_type = code("item-source", source_type) if source_type else None
        stated = context.options.get("date")
        self.date = Period(stated) if stated else None
        country = context.options.get("territory")
        self.places: tuple[Territory, ...] = (_country(country.upper()),) if country else ()
        self.limits = context.limits
        self._seen: Counter[str] = Counter()
        self._counted: Counter[tuple[str, str]] = Counter()
        self._faults = FirstFew(self.context.limits, LISTED)
        self._events: Counter[str] = Counter()

    @functools.cached_property
    def file(self) -> str:
        """Name of the input, without its folder and, once all are met, without people."""
        return self.people.hide(title_of(self.context)).text

    @functools.cached_property
    def stem(self) -> str:
        """The same without its ending."""
        return PurePath(self.file).stem

    def identity(self, *parts: str | int | None) -> str:
        """An id for what these parts identify; the second of the same gets another."""
        first = make_id("item", *parts)
        self._seen[first] += 1
        return first if self._seen[first] == 1 else make_id("item", *parts, self._seen[first])

    def meet(self, label: str | None) -> None:
        """A speaker, whose name is hidden in texts unless it is a role."""
        if label and not is_role(label):
            self.people.meet(label)

    def speaker(self, label: str | None) -> tuple[str | None, str | None]:
        """The pseudonym of a speaker, and the role where no name is given.

        The interviewer of one file is not that of another, so a role counts with its document.
        """
        if label and is_role(label):
            return self.people.pseudonym(f"{label}, {self.whole}"), label
        return self.people.pseudonym(label), None

    def thread(
        self, identity: str, title: str, place: str | None = None, language: str | None = None
    ) -> KnowledgeItem:
        """The item that others are part of: a thread, a channel, a document."""
        return self.item(identity, None, place, date=self.date, title=title, language=language)

    def item(
        self,
        identity: str,
        text: str | None,
        place: str | None,
        *,
        author: str | None = None,
        date: Period | None = None,
        thread: str | None = None,
        reply: Reply | None = None,
        title: str = "",
        language: str | None = None,
        marks: tuple[Mark, ...] = (),
        attached: Iterable[str] = (),
        **said: Any,
    ) -> KnowledgeItem:
        """One message, cue, turn or section.

        Args:
            identity: Its id.
            text: Its words as in the file; ``None`` if it has none.
            place: Where it stands in the file; ``None`` if that is all of it.
            author: The pseudonym of who said it.
            date: When.
            thread: The id of the item that it is part of.
            reply: What it answers, and how that was found out.
            title: Its subject or heading.
            language: Its language as stated.
            marks: Quoted and signed parts of the text.
            attached: Names of what is attached.
            **said: The other fields of `Utterance`.
        """
        hidden = self.people.hide(self.cleaned(text)) if text is not None else None
        said["marks"] = _moved(marks, hidden) if hidden else ()
        said["attached"] = tuple(self.people.hide(self.cleaned(name)).text for name in attached)
        known: dict[str, Any] = {
            name: self.cleaned(member) if isinstance(member, str) else member
            for name, member in said.items()
            if member not in (None, ())
        }
        if date is not None and date.words is not None:
            date = evolve(date, words=self.cleaned(date.words))
        source = Source(
            title=self.file,
            locator=place if place is None else clean(place),
            method=METHOD,
            certainty=_certainty(reply) if reply else None,
            note=f"reply_to: {reply.how}" if reply else None,
        )
        return KnowledgeItem(
            id=identity,
            names=self.title(title),
            source_type=self.source_type,
            language=language or self.context.options.get("language"),
            text=hidden.text if hidden and hidden.text.strip() else None,
            author=author,
            date=date,
            territory=self.places[0].id if self.places else None,
            part_of=thread,
            reply_to=reply.to if reply else None,
            sources=(source,),
            facets={Utterance.name: Utterance(**known)} if known else {},
        )

    def cleaned(self, text: str) -> str:
        """A text that can be written; what was replaced in it is counted."""
        whole = clean(text)
        if whole != in_lines(text):
            self.count("knowledge:M114", "texts with signs that no text can hold")
        return whole

    def title(self, words: str) -> dict[str, str]:
        """A subject or heading as a name, without people."""
        shown = " ".join(clean(words[: 4 * LONGEST_TITLE]).split())[:LONGEST_TITLE]
        return {"und": self.people.hide(shown).text} if shown else {}

    def event(self, sort: str) -> None:
        """Counts what the platform did, and nobody wrote or said."""
        self._events[sort] += 1

    def count(self, problem: str, what: str, number: int = 1) -> None:
        """Counts what was left out or changed; `report` says it once."""
        self._counted[problem, what] += number

    def problem(
        self, problem: str, message: str, severity: Severity = Severity.WARNING, **more: Any
    ) -> None:
        """Reports a problem of this input; ``more`` are the line and what `Problem` takes."""
        where = Where(file=self.context.name, line=more.pop("line", None))
        self.context.problem(problem, message, severity=severity, where=where, **more)

    def fault(self, problem: str, message: str, line: int | None = None) -> None:
        """Reports what is broken at one place; of many the first are listed, the rest counted."""
        if self._faults.takes(problem):
            self.problem(problem, message, line=line)
        else:
            self.count(problem, "more of the same")

    def report(self) -> None:
        """Says at the end what was counted, and what was done about people."""
        if self._events:
            sorts = ", ".join(f"{sort} {number:,}" for sort, number in sorted(self._events.items()))
            message = f"events left out: {sorts}"
            self.problem("knowledge:M105", message, Severity.INFO)
        by_code: dict[str, list[str]] = {}
        for (problem, what), number in sorted(self._counted.items()):
            by_code.setdefault(problem, []).append(f"{what}: {number:,}")
        for problem, counts in by_code.items():
            self.problem(problem, ", ".join(counts), Severity.INFO)
        self.people.report()


def _certainty(reply: Reply) -> Code:
    return code("certainty", "derived" if reply.how == SAME_SUBJECT else "stated")


def _moved(marks: tuple[Mark, ...], hidden: Hidden) -> tuple[Mark, ...]:
    """Marks of a text where they are after people were hidden in it."""
    if not hidden.edits:
        return marks
    return tuple(
        Mark(hidden.position(one.start), hidden.position(one.stop, end=True), one.what)
        for one in marks
    )


def _country(country: str) -> Territory:
    return Territory(
        id=make_id("territory", "iso-3166-1", country),
        names={"en": country},
        code=Code("iso-3166-1", country),
        country=country,
        level=code("governance-level", "national"),
        sources=(Source(method=METHOD, note="stated with the option territory"),),
    )
