"""One message: its headers decoded and its text found, whatever is broken in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses, parseaddr
from typing import TypeAlias

import attrs

from jmdi_knowledge.discussions.building import clean, in_lines
from jmdi_knowledge.discussions.marks import marks_of
from jmdi_knowledge.discussions.markup import text_of
from jmdi_knowledge.facets import Mark

__all__ = ["Body", "Headers", "headers_of", "message_of"]

LONGEST = 20_000
"""Characters of a header that are read; more is an attack or an accident."""

DEEPEST = 64
"""How deep parts of a message may lie in each other."""

AT = re.compile(r"\s+at\s+")
COMMENT = re.compile(r"\(([^()]*)\)\s*$")
IDENTITY = re.compile(r"<([^<>]+)>")

_headers = BytesHeaderParser()
_whole = BytesParser()


@attrs.frozen(slots=True)
class Headers:
    """The headers of a message that mean something here, decoded.

    Attributes:
        id: Its Message-ID without brackets; empty if it has none.
        name: The name of its sender; the address if it has none.
        address: The address of its sender; empty if it has none.
        date: Its date as written.
        subject: Its subject.
        answers: Ids of the messages that it says it answers, the nearest first.
        language: The language that it says it is in.
        others: Names and addresses of those whom it was sent to.
        cut: Headers that were longer than `LONGEST`.
    """

    id: str
    name: str
    address: str
    date: str
    subject: str
    answers: tuple[str, ...]
    language: str | None
    others: tuple[tuple[str, str], ...] = ()
    cut: tuple[str, ...] = ()


def headers_of(data: bytes) -> Headers:
    """The headers of a message."""
    end = re.search(rb"\r?\n\r?\n", data)
    return _read(_headers.parsebytes(data[: end.end()] if end else data))


def _read(message: Message) -> Headers:
    raw: dict[str, str] = {}
    cut = []
    for name, value in message.raw_items():
        field = name.lower()
        if field in raw:
            continue  # the first counts, as mail programs show it
        if len(value) > LONGEST:
            cut.append(name[:40])
        raw[field] = _text(value[:LONGEST])
    name, address = _sender(raw.get("from", ""))
    own = raw.get("message-id", "").strip().strip("<>").strip()
    # "Message from Ana <ana@example.org> of Monday <id>": the id comes last.
    answers = IDENTITY.findall(raw.get("in-reply-to", "")) or raw.get("in-reply-to", "").split()[:1]
    answers = [*answers[::-1], *IDENTITY.findall(raw.get("references", ""))[::-1]]
    language = raw.get("content-language", "").strip()[:2].lower()
    return Headers(
        id=own,
        name=name or address,
        address=address,
        date=raw.get("date", ""),
        subject=_decoded(raw.get("subject", "")),
        answers=tuple(dict.fromkeys(one for one in answers if one != own)),
        language=language if len(language) == 2 and language.isalpha() else None,
        others=tuple(_receivers(raw)),
        cut=tuple(cut),
    )


def _receivers(raw: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Names and addresses in ``To`` and ``Cc``."""
    typed = [_decoded(raw[name]) for name in ("to", "cc") if name in raw]
    try:
        yield from getaddresses(typed)
    except (ValueError, IndexError, HeaderParseError):
        return


def _sender(typed: str) -> tuple[str, str]:
    """Name and address of ``Ana <ana@example.org>`` and of ``ana at example.org (Ana)``."""
    decoded = " ".join(_decoded(typed).split())
    comment = COMMENT.search(decoded)
    if comment and " at " in decoded[: comment.start()]:
        return comment[1].strip(), AT.sub("@", decoded[: comment.start()].strip())
    try:
        name, address = parseaddr(decoded)
    except (ValueError, IndexError, HeaderParseError):
        return decoded.strip(), ""
    if not address and " at " in decoded:
        return "", AT.sub("@", decoded.strip())
    return (name or "" if address else decoded), address


def _text(raw: str) -> str:
    """A raw header as text: its bytes are UTF-8, else Latin-1."""
    if raw.isascii():
        return raw
    for encoding in ("utf-8", "latin-1"):
        try:
            return raw.encode("utf-8", "surrogateescape").decode(encoding)
        except UnicodeError:
            continue
    return clean(raw)


def _decoded(text: str) -> str:
    """A header with its encoded words decoded; what cannot be decoded stays as it is."""
    if "=?" not in text:
        return " ".join(text.split())
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return " ".join(text.split())
    words = [
        piece if isinstance(piece, str) else _by_charset(piece, charset or "ascii")[0]
        for piece, charset in pieces
    ]
    return " ".join("".join(words).split())


def _by_charset(data: bytes, charset: str) -> tuple[str, bool]:
    """Bytes as text, and whether they were what they are said to be."""
    for encoding, right in ((charset, True), ("utf-8", charset == "ascii")):
        try:
            return data.decode(encoding), right
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace"), False


@attrs.define(slots=True)
class Body:
    """The text of a message.

    Attributes:
        text: Its words; ``None`` if it has none.
        marks: What in it is quoted or signed.
        attached: Names or types of what is attached.
        others: Names and addresses of those whose messages it hands on.
        faults: What is broken in it, in words.
    """

    text: str | None = None
    marks: tuple[Mark, ...] = ()
    attached: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    faults: list[str] = attrs.field(factory=list)


_Piece: TypeAlias = tuple[str, list[tuple[int, int]]]
"""A text, and where parts of it are quoted."""


def message_of(data: bytes) -> tuple[Headers, Body]:
    """A message: its headers, and of several parts those that are meant to be read at once."""
    body = Body()
    try:
        message = _whole.parsebytes(data)
        _fill(body, _pieces(message, body))
    except (RecursionError, MessageError, ValueError, LookupError, AssertionError) as error:
        body.faults.append(f"its parts cannot be told apart: {type(error).__name__}")
        return headers_of(data), body
    return _read(message), body


def _fill(body: Body, pieces: Iterable[_Piece]) -> None:
    """Joins texts to the one of a message."""
    text = ""
    quotes: list[tuple[int, int]] = []
    for words, quoted in pieces:
        text += "\n" * bool(text)
        quotes += [(len(text) + start, len(text) + stop) for start, stop in quoted]
        text += words
    if text:
        body.text, body.marks = text, marks_of(text, quotes)


def _pieces(part: Message, body: Body, depth: int = 0) -> list[_Piece]:
    """The texts of a part in order; what is attached goes to the body of the message."""
    inner = part.get_payload()
    if not isinstance(inner, list):
        return _text_of(part, body)
    if depth >= DEEPEST:
        body.faults.append(f"parts nested more than {DEEPEST} deep were left out")
        return []
    parts = [one for one in inner if isinstance(one, Message)]
    found = [_pieces(one, body, depth + 1) for one in parts]
    if part.get_content_type() == "multipart/alternative":
        return next(filter(None, found), [])  # programs write the plainest first
    pieces = [piece for one in found for piece in one]
    if part.get_content_maintype() == "message":  # others wrote what is handed on
        senders = (_read(one) for one in parts)
        body.others += tuple((headers.name, headers.address) for headers in senders)
        return [(words, [(0, len(words))]) for words, _ in pieces]
    return pieces


def _text_of(part: Message, body: Body) -> list[_Piece]:
    """The text of a part without parts; none if it is attached or empty."""
    type_, name = part.get_content_type(), _file_name(part)
    if type_.startswith("multipart/"):
        body.faults.append("its parts are not told apart; it is read as one text")
        type_, name = "text/plain", None
    if name is not None or type_ not in ("text/plain", "text/html"):
        body.attached += (name or type_,)
        return []
    text, quotes = in_lines(_words(part, body)).strip("\n"), []
    if type_ == "text/html":
        text, marks, _ = text_of(text)
        quotes = [(mark.start, mark.stop) for mark in marks]
    return [(text, quotes)] if text.strip() else []


def _file_name(part: Message) -> str | None:
    """The name of an attached file; its type if it has none, ``None`` for text to be read."""
    try:
        name = part.get_filename()
        attached = part.get_content_disposition() == "attachment"
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        name, attached = None, "attachment" in str(part.get("content-disposition", "")).lower()
    if name:
        return _decoded(_text(str(name)))[:200]
    return part.get_content_type() if attached else None


def _words(part: Message, body: Body) -> str:
    """The text of a part, decoded."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    if any("Base64" in type(defect).__name__ for defect in part.defects):
        body.faults.append("text in base64 is broken; what could be decoded is kept")
    charset = part.get_content_charset() or "ascii"
    words, right = _by_charset(data, charset)
    if not right:
        body.faults.append(f"the text is not in the encoding {charset:.40}")
    return words
