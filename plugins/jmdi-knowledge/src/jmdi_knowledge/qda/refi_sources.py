"""The sources of a REFI-QDA project with their selections and codings."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jmdi.model.frozen import freeze, owned
from jmdi_knowledge.qda.drafts import Coding, Selection, Source, folded
from jmdi_knowledge.qda.xml import Element, besides, children_kept, kept, local
from jmdi_knowledge.reporting import Report

__all__ = ["SOURCES", "media_source", "plain_selection", "text_source", "whole_number"]

SOURCES = ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource")

referred = functools.lru_cache(maxsize=4096)(folded)
"""The GUIDs of codes and users, which every coding names."""

TEXTS = ("Representation", "TextDescription", "Transcript")
"""What holds the text of a source that is none."""


def whole_number(text: str | None) -> int | None:
    """A whole number as XML writes it; ``None`` for anything else."""
    try:
        return int(text) if text is not None and len(text) < 20 else None
    except ValueError:
        return None


def plain_selection(element: Element, report: Report) -> Selection:
    """A selection in a text; positions that are no numbers are reported and not known."""
    attributes = dict(element.items())
    guid = attributes.get("guid", "")
    start = whole_number(attributes.pop("startPosition", None))
    stop = whole_number(attributes.pop("endPosition", None))
    if start is None or stop is None:
        report.add("Q112", f"{element.get('startPosition')} to {element.get('endPosition')}")
    return _selection(element, attributes, f"selection {guid}", start, stop)


def _selection(
    element: Element,
    attributes: dict[str, str],
    locator: str,
    start: int | None,
    stop: int | None,
) -> Selection:
    """A selection of any sort, with what is kept of it."""
    extra: dict[str, Any] = {"selection": owned(attributes)}
    selected_by = attributes.get("creatingUser")
    memo = None
    notes: list[str] = []
    codings: list[Coding] = []
    strange = False
    for child in element[:]:  # lxml makes a list four times as fast as an iterator
        name = local(child)
        if name == "Coding":
            codings.append(coding(child, selected_by))
        elif name == "Description":
            memo = child.text
        elif name == "NoteRef":
            notes.append(child.get("targetGUID", ""))
        else:
            strange = True
    if notes:
        extra["notes"] = tuple(notes)
    if strange:
        known = ("Coding", "Description", "NoteRef")
        extra["elements"] = freeze(children_kept(element, known))
    if memo:
        for one in codings:
            one.memo = memo
    title = attributes.get("name")
    hints = tuple(hint for hint in (title, memo) if hint) if title or memo else ()
    return Selection(start, stop, codings, locator, None, hints, extra)


def coding(element: Element, selected_by: str | None) -> Coding:
    """One coding; its coder is the one of the selection if it names none."""
    attributes = dict(element.items())
    code, notes, strange = "", [], False
    for child in element[:]:
        name = local(child)
        if name == "CodeRef":
            code = child.get("targetGUID", "")
        elif name == "NoteRef":
            notes.append(child.get("targetGUID", ""))
        else:
            strange = True
    extra: dict[str, Any] = {"coding": owned(attributes)}
    if notes:
        extra["coding notes"] = tuple(notes)
    if strange:
        extra["coding elements"] = freeze(children_kept(element, ("CodeRef", "NoteRef")))
    coder = attributes.get("creatingUser", selected_by)
    return Coding(
        folded(attributes.get("guid", "")),
        referred(code),
        None if coder is None else referred(coder),
        attributes.get("creationDateTime"),
        None,
        extra,
    )


def text_source(element: Element, selections: list[Selection]) -> tuple[Source, str | None]:
    """A source of text, and its inline text if it has any.

    Args:
        element: Its element, whose selections were emptied.
        selections: Its selections.
    """
    source = _source(element)
    inline = None
    strange = False
    for child in besides(element, "PlainTextSelection"):
        name = local(child)
        if name == "Description":
            source.description = child.text
        elif name == "PlainTextContent":
            inline = child.text or ""
        elif name == "Coding":
            source.codings.append(coding(child, None))
        else:
            strange = True
    known = ("Description", "PlainTextContent", "PlainTextSelection", "Coding")
    if strange:
        source.extra = {**source.extra, "elements": children_kept(element, known)}
    source.selections = selections
    return source, inline


def _source(element: Element) -> Source:
    attributes = dict(element.items())
    guid, name = attributes.pop("guid", ""), attributes.pop("name", "")
    extra = {"kind": local(element), "guid": guid, "attributes": attributes}
    return Source(folded(guid), name, f"source {guid}", extra=extra)


def media_source(element: Element, report: Report) -> tuple[Source, Element | None]:
    """A picture, PDF, recording or film, which is kept whole, and what holds its text if any."""
    source = _source(element)
    source.extra = {**source.extra, "xml": kept(element)}
    source.location = element.get("path")
    holder = None
    for child in element:
        name = local(child)
        if name == "Description":
            source.description = child.text
        elif name == "Coding":
            source.codings.append(coding(child, None))
        elif name in TEXTS:
            if holder is None:
                holder = child
                source.selections += _in_text(child, report)
        elif name.endswith("Selection"):
            source.selections.append(_anywhere(child))
    return source, holder


def _in_text(holder: Element, report: Report) -> Iterator[Selection]:
    """The selections in the text of a PDF, or between the marks of a transcript."""
    marks: Mapping[str, int | None] = {
        folded(child.get("guid", "")): whole_number(child.get("position"))
        for child in holder
        if local(child) == "SyncPoint"
    }
    for child in holder:
        name = local(child)
        if name == "PlainTextSelection":
            yield plain_selection(child, report)
        elif name == "TranscriptSelection":
            ends: Sequence[int | None] = [
                marks.get(folded(child.get(end, ""))) for end in ("fromSyncPoint", "toSyncPoint")
            ]
            selection = _anywhere(child)
            if None not in ends:
                selection.start, selection.stop = ends
            yield selection


def _anywhere(element: Element) -> Selection:
    """A selection by coordinates of its own: of a picture, a page or a recording."""
    attributes = dict(element.items())
    locator = f"{local(element)} {attributes.get('guid', '')}"
    return _selection(element, attributes, locator, None, None)
