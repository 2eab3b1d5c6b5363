"""Reads mail: mbox files and archives of mailing lists, which are read twice, and single messages.

The first time only headers are read, so that replies are found that stand before what they answer,
and names of people who write only later.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from jmdi import ImportContext, KnowledgeItem, Record, Severity, make_id
from jmdi_knowledge.discussions.building import REPLY_LINK, Discussion, Reply
from jmdi_knowledge.discussions.dates import of_mail
from jmdi_knowledge.discussions.mail.message import headers_of, message_of
from jmdi_knowledge.discussions.mail.splitting import MOST, POSTMARK, Raw, split
from jmdi_knowledge.discussions.mail.threads import Index, Link, links_of
from jmdi_knowledge.discussions.marks import who_wrote

__all__ = ["read_eml", "read_mbox", "sniff_eml", "sniff_mbox"]

IN_MEMORY = 16_000_000
"""Bytes of a pipe that are kept in memory for the second reading."""

FIELD = re.compile(rb"([!-9;-~]{1,76}):[^\n]*\n(?:[ \t][^\n]*\n)*")
TELLING = {b"from", b"date", b"subject", b"message-id", b"received", b"mime-version", b"to"}


def sniff_mbox(head: bytes) -> bool | str:
    """Whether a file begins with the ``From`` line of a message."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").partition(b"\n")[0]
    return bool(POSTMARK.match(first)) or "it does not begin with 'From', an address and a date"


def sniff_eml(head: bytes) -> bool | str:
    """Whether a file begins with headers of mail, its sender among them."""
    found, at = set(), 0
    while field := FIELD.match(head, at):
        found.add(field[1].lower())
        at = field.end()
    telling = found & TELLING
    return (b"from" in telling and len(telling) > 2) or "it does not begin with headers of mail"


def read_mbox(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads an mbox file, or the monthly text of a mailing-list archive.

    Args:
        stream: The file.
        context: The options of `discussions.options`; where problems go.

    Yields:
        For each message an item, and before the first of a thread one for the thread.
    """
    discussion = Discussion(context, "e_discussion")
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
        source = _twice(stream, cast("BinaryIO", kept), context)
        messages = _Messages(discussion)
        for raw in split(source):
            messages.index(raw)
        if not messages.read:
            cure = "before each message stands a line of 'From', an address and a date"
            discussion.problem("knowledge:M101", "it has no message", Severity.ERROR, cure=cure)
            return
        messages.link()
        source.seek(0)
        yield from discussion.places
        for raw in split(source):
            yield from messages.records(raw)
    discussion.report()


def read_eml(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads one message.

    Args:
        stream: The file.
        context: The options of `discussions.options`; where problems go.

    Yields:
        An item for the message.
    """
    discussion = Discussion(context, "e_discussion")
    data = stream.read(MOST)
    raw = Raw(1, 1, data, len(stream.read(1)))
    headers = headers_of(data)
    if not (headers.name or headers.subject or headers.date):
        cure = "save the message in the mail program as .eml"
        discussion.problem("knowledge:M101", "it has no headers of mail", Severity.ERROR, cure=cure)
        return
    messages = _Messages(discussion)
    messages.index(raw)
    messages.link()
    yield from discussion.places
    yield messages.item(raw, None)
    discussion.report()


class _Messages:
    """The messages of a file: indexed in a first reading, made in a second."""

    def __init__(self, discussion: Discussion) -> None:
        self.discussion = discussion
        self.read: list[Index] = []
        self._ids: list[str] = []
        self._links: list[Link] = []
        self._begun: set[int] = set()

    def index(self, raw: Raw) -> None:
        """Keeps what decides on threads, and meets the sender."""
        headers = headers_of(raw.data)
        for name, address in ((headers.name, headers.address), *headers.others):
            self.discussion.people.meet(name, addresses=[address])
        seconds = of_mail(headers.date)[1]
        self.read.append(Index(headers.id, headers.answers, headers.subject, seconds))

    def link(self) -> None:
        """Names the messages, and finds threads and replies, once all are indexed."""
        self._ids = [self._identity(number, one) for number, one in enumerate(self.read, 1)]
        self._links = links_of(self.read)

    def _identity(self, number: int, message: Index) -> str:
        if not message.id:
            # A digest of the text would show names to whoever tries them.
            seconds = None if message.seconds is None else str(message.seconds)
            return make_id("item", "mail without id", self.discussion.stem, number, seconds)
        identity = self.discussion.identity("mail", message.id)
        if identity != make_id("item", "mail", message.id):
            self.discussion.count("knowledge:M102", "messages whose id came before in the file")
        return identity

    def records(self, raw: Raw) -> Iterator[KnowledgeItem]:
        """A message, and before the first of a thread the thread."""
        root = self._links[raw.number - 1].root
        thread = make_id("item", "thread", self._ids[root])
        if root not in self._begun:
            self._begun.add(root)
            yield self.discussion.thread(thread, self.read[root].subject)
        yield self.item(raw, thread)

    def item(self, raw: Raw, thread: str | None) -> KnowledgeItem:
        """A message as an item; what is broken in it is reported."""
        headers, body = message_of(raw.data)
        number = raw.number - 1
        link = self._links[number]
        for name in headers.cut:
            body.faults.append(f"its header {name} is too long and was cut")
        if raw.left:
            body.faults.append(f"of its text only the first {MOST:,} bytes were read")
        for fault in body.faults:
            self.discussion.fault("knowledge:M103", f"message {raw.number}: {fault}", raw.line)
        for name, address in body.others:
            self.discussion.people.meet(name, addresses=[address])
        for mark in body.marks:
            if mark.what == "attribution" and body.text:
                self.discussion.people.meet(who_wrote(body.text[mark.start : mark.stop]))
        author = self.discussion.people.pseudonym(headers.name)
        if author is None:
            self.discussion.count("knowledge:M110", "messages without a sender")
        reply = None
        if link.parent is not None:
            reply = Reply(self._ids[link.parent], link.how)
        answered = headers.answers[0] if headers.answers else None
        if answered and (reply is None or reply.how != REPLY_LINK):
            self.discussion.count("knowledge:M104", "replies to messages that are not in the file")
        else:
            answered = None
        return self.discussion.item(
            self._ids[number],
            body.text,
            f"message {raw.number}" + (f" <{headers.id}>" if headers.id else ""),
            author=author,
            date=of_mail(headers.date)[0],
            thread=thread,
            reply=reply,
            title=headers.subject,
            language=headers.language,
            marks=body.marks,
            answers=answered,
            attached=body.attached,
        )


def _twice(stream: BinaryIO, kept: BinaryIO, context: ImportContext) -> BinaryIO:
    """A stream that can be read twice: the given one, or what came through a pipe.

    Raises:
        FormatError: If more came than ``limits.size``.
    """
    if stream.seekable():
        return stream
    most = context.limits.size
    size = 0
    while part := stream.read(1 << 18):
        size += len(part)
        if size > most:
            raise context.beyond(f"has more than {most:,} bytes", "size")
        kept.write(part)
    kept.seek(0)
    return kept
