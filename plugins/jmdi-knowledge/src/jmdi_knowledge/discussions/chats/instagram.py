"""Reads what Instagram exports as JSON. It writes each byte of UTF-8 as a letter of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from jmdi import ImportContext, Period, Record, make_id
from jmdi_knowledge.discussions.building import Discussion
from jmdi_knowledge.discussions.chats.members import flag, looks_like, number, objects, text
from jmdi_knowledge.discussions.dates import of_epoch
from jmdi_knowledge.discussions.sources import bad_json, json_in

__all__ = ["read", "sniff"]

OWN = re.compile(rb'"sender_name"\s*:')


def sniff(head: bytes) -> bool | str:
    """Whether it is an object with messages as Instagram writes them."""
    return looks_like(head, {b"messages", b"participants"}, OWN, "Instagram")


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a chat.

    Args:
        stream: The file.
        context: The options of `discussions.options`; where problems go.

    Yields:
        An item for the chat and one for each message.

    Raises:
        FormatError: If it is not JSON, or has no messages.
    """
    chat = json_in(stream, context)
    messages = list(objects(chat.get("messages") if isinstance(chat, dict) else None))
    if not messages:
        raise bad_json("it has no messages", context)
    discussion = Discussion(context, "live_chat")

    def mended(words: str) -> str:
        whole = _mended(words)
        if whole != words:
            discussion.count("knowledge:M112", "texts mended")
        return whole

    for person in (*objects(chat.get("participants")), *messages):
        discussion.people.meet(mended(text(person, "name", "sender_name")))
    title = discussion.people.hide(_mended(text(chat, "title"))).text or discussion.stem
    thread = make_id("item", "instagram", title)
    yield from discussion.places
    yield discussion.thread(thread, title)
    for row, message in enumerate(messages, 1):
        moment = number(message, "timestamp_ms")
        yield discussion.item(
            discussion.identity("instagram", title, moment),
            mended(text(message, "content")) or None,
            f"message {row}",
            author=discussion.people.pseudonym(_mended(text(message, "sender_name"))),
            date=_date(message),
            thread=thread,
            deleted=flag(message, "is_unsent"),
            attached=tuple(
                name
                for name in ("photos", "videos", "audio_files", "share", "sticker")
                if name in message
            ),
        )
    discussion.report()


def _date(message: Mapping[str, Any]) -> Period:
    stamp, moment = message.get("timestamp_ms"), number(message, "timestamp_ms")
    if stamp is None:
        return Period(reason="not_stated")
    return of_epoch("" if moment is None else moment // 1000, str(stamp))


def _mended(words: str) -> str:
    """A text whose letters are bytes of UTF-8, put together; any other as it is."""
    if words.isascii():
        return words
    try:
        return words.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return words
