"""Selections and codings of a source, written as REFI-QDA."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs

from jmdi import Coded, KnowledgeItem
from jmdi_knowledge.qda.counting import positions
from jmdi_knowledge.qda.drafts import folded
from jmdi_knowledge.qda.guids import Guids
from jmdi_knowledge.qda.records import kept_of
from jmdi_knowledge.qda.xml import Element, Make, local, put_back
from jmdi_knowledge.spans.readings import Reading

__all__ = ["Selections"]


@attrs.define(slots=True)
class Selections:
    """Writes the codings of one source.

    Attributes:
        guids: The GUIDs of the project.
        make: Makes an element.
        note: Adds a note and returns its GUID.
        item: The source.
        reading: How positions are counted.
    """

    guids: Guids
    make: Make
    note: Callable[[str, str], str]
    item: KnowledgeItem
    reading: Reading

    def made(self, codings: Sequence[Coded]) -> Iterator[Element]:
        """The selections, and after them the codings of the whole source."""
        grouped: dict[tuple[Any, ...], list[Coded]] = {}
        whole: list[Coded] = []
        for coded in codings:
            kept = kept_of(coded)
            guid = kept.get("selection", {}).get("guid")
            start, stop = coded.start, coded.stop
            if start is None or stop is None:
                start, stop = kept.get("start"), kept.get("stop")
            if isinstance(start, int) and isinstance(stop, int):
                grouped.setdefault((start, stop, guid), []).append(coded)
            else:
                whole.append(coded)
        places = positions(
            self.item.text or "",
            [i for c in codings for i in (c.start, c.stop) if i is not None],
            self.reading,
        )
        for (start, stop, _), group in grouped.items():
            if group[0].start is not None:
                start, stop = places[start], places[stop]
            yield self._selection(group, start, stop)
        for coded in whole:
            yield self._coding(coded, None, None)

    def _selection(self, group: Sequence[Coded], start: int, stop: int) -> Element:
        kept = kept_of(group[0])
        said = {str(k): str(v) for k, v in kept.get("selection", {}).items()}
        id = f"selection {group[0].id}"
        said["guid"] = self.guids.add(id, said.get("guid"))
        made = self.make("PlainTextSelection", None, **said)
        made.set("startPosition", str(start))
        made.set("endPosition", str(stop))
        own = [coded.memo for coded in group if kept_of(coded).get("memo from") != "notes"]
        shared = own[0] if own and len(set(own)) == 1 and len(own) == len(group) else None
        if shared:
            made.append(self.make("Description", shared))
        for coded in group:
            made.append(self._coding(coded, shared, said.get("creatingUser")))
        for guid in kept.get("notes", ()):
            made.append(self.make("NoteRef", None, targetGUID=str(guid)))
        put_back(made, kept.get("elements", ()))
        return made

    def _coding(self, coded: Coded, shared: str | None, selected_by: str | None) -> Element:
        kept = kept_of(coded)
        said = {str(k): str(v) for k, v in kept.get("coding", {}).items()}
        said["guid"] = self.guids.add(coded.id, said.get("guid"))
        if coded.coder is not None and "creatingUser" not in said and selected_by is None:
            said["creatingUser"] = self.guids.coder(coded.coder)
        if coded.date is not None and not said.get("creationDateTime", "").startswith(
            coded.date.isoformat()
        ):
            said["creationDateTime"] = f"{coded.date.isoformat()}T00:00:00Z"
        made = self.make("Coding", None, **said)
        made.append(self.make("CodeRef", None, targetGUID=self.guids.of(coded.target)))
        for guid in kept.get("coding notes", ()):
            made.append(self.make("NoteRef", None, targetGUID=str(guid)))
        if coded.memo and coded.memo != shared and kept.get("memo from") != "notes":
            guid = self.note("Memo", coded.memo)
            made.append(self.make("NoteRef", None, targetGUID=guid))
        put_back(made, kept.get("coding elements", ()))
        return made

    def patch(self, source: Element, codings: Sequence[Coded]) -> None:
        """Takes codings out of a source that are no longer there, and adds new ones."""
        left = {
            folded(str(guid)): coded
            for coded in codings
            if (guid := kept_of(coded).get("coding", {}).get("guid"))
        }
        there: set[str] = set()
        for element in list(source.iter("{*}Coding")):
            guid = folded(element.get("guid", ""))
            parent = element.getparent()
            if guid in left:
                there.add(guid)
            elif parent is not None:
                parent.remove(element)
        last = [i for i, one in enumerate(source) if local(one) not in ("NoteRef", "VariableValue")]
        place = last[-1] + 1 if last else 0
        for coded in codings:
            guid = folded(str(kept_of(coded).get("coding", {}).get("guid", "")))
            if guid not in there:
                source.insert(place, self._coding(coded, None, None))
                place += 1
