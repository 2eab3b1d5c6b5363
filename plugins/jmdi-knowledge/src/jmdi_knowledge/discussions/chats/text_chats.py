"""Reads chats that WhatsApp and Signal export as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from typing import Any, BinaryIO

import attrs

from jmdi import ImportContext, Record, Severity, make_id
from jmdi.words.folding import fold
from jmdi_knowledge.discussions.building import Discussion
from jmdi_knowledge.discussions.chats.day_order import DayOrder, day_order, period
from jmdi_knowledge.discussions.chats.lines import MARK, Line, first_line, lines_of
from jmdi_knowledge.discussions.sources import start_of, text_in
from jmdi_knowledge.words import said, words

__all__ = ["read", "sniff_signal", "sniff_whatsapp"]

MARKS = re.compile(rf"[{MARK}]")
ATTACHED = re.compile(r"(?P<file>[^\n]{1,200}?\.\w{2,5}) \((?P<note>[^()\n]{3,40})\)(?:\n|\Z)")
NAMED = re.compile(r"(?:\A|(?<=\s))<(?P<note>[^<>:\n]{3,40}): (?P<file>[^<>\n]{1,200})>(?:\n|\Z)")
OMITTED = re.compile(r"<(?P<inner>[^<>\n]{3,60})>")
EDITED = re.compile(r"\s*<(?P<note>[^<>\n]{5,60})>\s*\Z")

FIRST = {"dmy": "day", "mdy": "month", "ymd": "year"}
LONGEST = 10_000
"""Characters at the end of a message in which the name of a file is looked for."""
SHORT = 80
"""Characters of what a program writes in place of a picture, at most."""


def sniff_whatsapp(head: bytes) -> bool | str:
    """Whether a text begins with date, time and name as WhatsApp writes them."""
    return _sniff(head, signal=False) or "it does not begin as a chat of WhatsApp"


def sniff_signal(head: bytes) -> bool | str:
    """Whether a text begins with date, time and name as exports of Signal do."""
    return _sniff(head, signal=True) or "it does not begin as a chat of Signal"


def _sniff(head: bytes, *, signal: bool) -> bool:
    text = start_of(head)
    header = first_line(text)
    if header is None:
        return False
    iso = len(header["a"]) == 4 and header["separator"] == "-"
    is_signal = bool(header["open"]) and iso and header["second"] is None
    # A date, a dash and words with a colon are a line of many logs, too.
    is_log = iso and not header["open"] and not header["comma"]
    if is_signal != signal or is_log:
        return False
    return any(line.name for line in lines_of(text))


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a chat.

    Args:
        stream: The file.
        context: The options of `discussions.options` and ``day_order``; where problems go.

    Yields:
        An item for the chat and one for each message.

    Raises:
        FormatError: If it cannot be read as text.
    """
    discussion = Discussion(context, "live_chat")
    lines = list(lines_of(text_in(stream, context)))
    if not lines:
        cure = "a chat has a line of date, time and name for each message"
        discussion.problem("knowledge:M101", "it has no message", Severity.ERROR, cure=cure)
        return
    order = _order(lines, discussion)
    groups = {line.name for line in lines if line.by_program and said("system", line.text[:200])}
    contents = [_content(line, groups) for line in lines]
    for line, content in zip(lines, contents, strict=True):
        if content is not None:
            discussion.people.meet(line.name)
    # Telephones give all chats one name of file, such as _chat.txt; their beginning differs.
    parts = ("chat", discussion.stem, lines[0].moment.words)
    thread = make_id("item", *parts)
    yield from discussion.places
    yield discussion.thread(thread, discussion.stem)
    at_once: Counter[str] = Counter()
    for line, content in zip(lines, contents, strict=True):
        moment = line.moment.words
        at_once[moment] += 1
        if content is None:
            discussion.event("messages of the program")
            continue
        date = period(line.moment, order)
        if date.edtf is None:
            message = f"the date {moment!r} is not of the order of the others"
            discussion.fault("knowledge:M107", message, line.number)
        yield discussion.item(
            discussion.identity(*parts, moment, at_once[moment]),
            content.text,
            f"line {line.number}",
            author=discussion.people.pseudonym(line.name),
            date=date,
            thread=thread,
            **content.said,
        )
    discussion.report()


def _order(lines: list[Line], discussion: Discussion) -> DayOrder:
    """The order of day and month, and what is to be said of it."""
    option = discussion.context.options.get("day_order")
    order = day_order([line.moment for line in lines], option)
    readings = " or ".join(FIRST[one] for one in order.orders)
    if len(order.orders) > 1:
        message = f"dates such as {lines[0].moment.words!r} can begin with the {readings}"
        cure = f"say the order: day_order={order.orders[0]}"
        discussion.problem("knowledge:M106", message, cure=cure)
    elif order.by_time:
        message = f"dates begin with the {readings}: in no other order time goes forward"
        cure = "say another order: day_order=dmy, mdy or ymd"
        discussion.problem("knowledge:M106", message, Severity.INFO, cure=cure)
    return order


@attrs.frozen(slots=True)
class _Content:
    """What a message holds: its words, and the fields of `Utterance`."""

    text: str | None
    said: dict[str, Any]


def _content(line: Line, groups: Container[str | None]) -> _Content | None:
    """What a message holds; ``None`` where the program speaks.

    Args:
        line: The message.
        groups: In whose name the program speaks of what happened in the chat.
    """
    text = MARKS.sub("", line.text)
    spoken = line.by_program and (said("system", text[:200]) or said("call", text[:SHORT]))
    if line.name is None or spoken:
        return None
    if len(text) <= SHORT and fold(text) in words("deleted"):
        return _Content(None, {"deleted": True})
    found: dict[str, Any] = {}
    # Only the end is searched, so that the time stays linear.
    if (edited := EDITED.search(text, max(0, len(text) - SHORT))) and fold(edited["note"]) in words(
        "edited"
    ):
        found["edited"] = True
        text = text[: edited.start()]
    # Names of documents and captions stand before the note, or below it.
    for file in (ATTACHED.match(text), NAMED.search(text, max(0, len(text) - LONGEST))):
        if file and said("attached", file["note"]):
            rest = text[: file.start()].rstrip() + "\n" + text[file.end() :]
            return _Content(rest.strip("\n") or None, {**found, "attached": (file["file"],)})
    omitted = OMITTED.fullmatch(text.strip())
    if omitted and " " in omitted["inner"].strip():  # only the program writes so, in any language
        return _Content(None, {**found, "attached": (omitted["inner"],)})
    inner = omitted["inner"] if omitted else text if line.by_program and len(text) <= SHORT else ""
    if inner and said("omitted", inner):
        return _Content(None, {**found, "attached": (inner.strip(),)})
    if line.by_program and line.name in groups and said("event", text[:200]):
        return None
    return _Content(text, found)
