"""Reads what Telegram exports as JSON: one chat, or all chats of an account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from jmdi import ImportContext, KnowledgeItem, Period, Record, make_id
from jmdi_knowledge.discussions.building import REPLY_LINK, Discussion, Reply
from jmdi_knowledge.discussions.chats.members import looks_like, number, objects, text
from jmdi_knowledge.discussions.dates import of_epoch, of_iso
from jmdi_knowledge.discussions.sources import bad_json, json_in

__all__ = ["read", "sniff"]

OWN = re.compile(rb'"(?:date_unixtime|from_id|text_entities)"\s*:')


def sniff(head: bytes) -> bool | str:
    """Whether it is an object with messages as Telegram writes them."""
    return looks_like(head, {b"messages", b"chats"}, OWN, "Telegram")


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads chats.

    Args:
        stream: The file.
        context: The options of `discussions.options`; where problems go.

    Yields:
        For each chat an item, and one for each of its messages.

    Raises:
        FormatError: If it is not JSON, or has no chats.
    """
    export = json_in(stream, context)
    if not isinstance(export, dict):
        raise bad_json("it is no object", context)
    listed = export.get("chats")
    chats = list(objects(listed.get("list") if isinstance(listed, dict) else [export]))
    if not any(isinstance(chat.get("messages"), list) for chat in chats):
        raise bad_json("it has no messages", context)
    discussion = Discussion(context, "live_chat")
    for chat in chats:
        for message in objects(chat.get("messages")):
            discussion.people.meet(text(message, "from", "actor"))
            discussion.people.meet(text(message, "forwarded_from"))
    _drop_contacts(export, discussion)
    yield from discussion.places
    for at, chat in enumerate(chats):
        yield from _records(chat, at, discussion, several=len(chats) > 1)
    discussion.report()


def _drop_contacts(export: Mapping[str, Any], discussion: Discussion) -> None:
    """Counts the telephone numbers of an account and its list of contacts."""
    people = [export.get("personal_information"), *_contacts(export)]
    for one in people:
        if isinstance(one, dict) and text(one, "phone_number"):
            discussion.people.drop("telephone number")


def _contacts(export: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for name in ("contacts", "frequent_contacts"):
        listed = export.get(name)
        yield from objects(listed.get("list") if isinstance(listed, dict) else None)


def _records(
    chat: Mapping[str, Any], at: int, discussion: Discussion, *, several: bool
) -> Iterator[KnowledgeItem]:
    """A chat and its messages; of several chats the place of a message names its chat."""
    title = discussion.people.hide(text(chat, "name")).text or discussion.stem
    known = number(chat, "id")
    parts = ("telegram", title, str(known if known is not None else at))
    thread = make_id("item", *parts)
    yield discussion.thread(thread, title)
    messages = list(objects(chat.get("messages")))
    ids = {n for message in messages if (n := number(message, "id")) is not None}
    for row, message in enumerate(messages, 1):
        if text(message, "type") == "service":
            discussion.event(text(message, "action") or "service")
            continue
        own = number(message, "id")
        reply = None
        answered = number(message, "reply_to_message_id")
        if answered in ids and answered != own:
            reply = Reply(make_id("item", *parts, "message", str(answered)), REPLY_LINK)
        elif answered is not None:
            discussion.count("knowledge:M104", "replies to messages that are not in the file")
        place = f"message {row}" if own is None else f"message {row}, id {own}"
        yield discussion.item(
            discussion.identity(
                *parts, *(("row", str(row)) if own is None else ("message", str(own)))
            ),
            _words(message.get("text")) or None,
            f"{title}, {place}" if several else place,
            author=discussion.people.pseudonym(text(message, "from", "from_id")),
            date=_date(message),
            thread=thread,
            reply=reply,
            answers=str(answered) if answered is not None and reply is None else None,
            edited=True if message.get("edited") or message.get("edited_unixtime") else None,
            attached=tuple(_attached(message)),
        )


def _words(found: object) -> str:
    """A text, which may be a list of plain and of formatted runs."""
    if isinstance(found, str):
        return found
    runs = found if isinstance(found, list) else []
    return "".join(
        run if isinstance(run, str) else text(run, "text") if isinstance(run, dict) else ""
        for run in runs
    )


def _attached(message: Mapping[str, Any]) -> Iterator[str]:
    """What is attached: the name of a file, else what it is."""
    if file := text(message, "file_name", "file", "media_type"):
        yield file[:200]
    elif "photo" in message:
        yield "photo"


def _date(message: Mapping[str, Any]) -> Period:
    """When it was sent: in UTC, else on the clock of the computer that wrote the export."""
    if seconds := message.get("date_unixtime"):
        return of_epoch(seconds)
    return of_iso(text(message, "date"))
