"""Parsing of XML that may be hostile, with the standard library only; what XML can hold."""

from __future__ import annotations

import re
from typing import Any, BinaryIO, NoReturn, Protocol
from xml.parsers import expat

from jmdi.errors import FormatError, Problem, Severity, Where
from jmdi.plugins.context import ImportContext

__all__ = ["XML", "Handler", "first_element", "legal", "parse_xml"]

XML = "XML"
"""What `legal` calls the encoding of a text that XML cannot hold."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

CHUNK = 1 << 16
"""Bytes parsed at a time: small enough that a refusal comes before much was read."""


class Handler(Protocol):
    """Receives the elements and the text of a document, in order."""

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """An element begins; its name is without namespace."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """There is text here."""


def legal(text: str) -> str:
    """The text itself, which XML can hold; every exporter of XML asks this.

    Raises:
        UnicodeEncodeError: If it holds a control character, or another one that XML forbids.
            What runs exporters makes a `DataError` of it that names the record.
    """
    if found := _ILLEGAL.search(text):
        raise UnicodeEncodeError(XML, text, *found.span(), "no character of XML")
    return text


def parse_xml(stream: BinaryIO, context: ImportContext, handler: Handler) -> None:
    """Parses a document.

    A document type that declares anything is refused, and with it all entities but the five of
    XML. One that only names a file elsewhere is noted; that file is never opened. Nesting and
    size are bounded by ``context.limits``.

    Raises:
        FormatError: If the document is malformed, unsafe, nested too deeply or too large.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True  # else a text is given in pieces, broken at every line
    depth = 0

    def refuse(code: str, message: str, cure: str | None = None) -> NoReturn:
        where = Where(file=context.name, line=parser.CurrentLineNumber)
        raise FormatError([Problem(code, Severity.ERROR, message, where, cure=cure)])

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > context.limits.depth:
            refuse("J503", f"elements are nested more than {context.limits.depth} deep")
        plain = {_local(key): value for key, value in attributes.items()}
        handler.start(_local(name), plain, parser.CurrentLineNumber)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(_local(name))

    def doctype(name: str, system: str | None, public: str | None, declares: bool) -> None:
        if declares:
            message = "the document declares a document type, which is not read"
            refuse("J502", message, "delete the line that begins with <!DOCTYPE")
        where = Where(file=context.name, line=parser.CurrentLineNumber)
        message = "the document type that the document names was not fetched"
        context.problem("J502", message, severity=Severity.INFO, where=where)

    def entity(name: str, *_: Any) -> None:
        refuse("J502", f"the entity {name!r} is not declared in the document", "write its text")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    # Entities that expand each other, and files read from outside, need a document type.
    parser.StartDoctypeDeclHandler = doctype
    parser.SkippedEntityHandler = entity
    done = 0
    try:
        while chunk := stream.read(CHUNK):
            done += len(chunk)
            if done > context.limits.size:
                refuse("J503", f"has more than {context.limits.size:,} bytes")
            parser.Parse(chunk, False)
        if not done:
            refuse("J501", "is empty")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        refuse("J501", f"not well-formed XML: {expat.ErrorString(error.code)}")
    except (ValueError, LookupError) as error:
        refuse("J501", f"not readable XML: {error}")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


# No possessive groups, only classes: those of Python 3.11.2 match wrongly (cpython#106052).
_BEFORE = (
    r"(?:\s++|<\?(?:[^?]++|\?(?!>))*\?>|<!--(?:[^-]++|-(?!->))*-->"
    r"|<!DOCTYPE[^\[>]*+(?:\[(?:[^\]]++|\](?!\s*>))*\]\s*+)?>)*"
)
_FIRST = re.compile(rf"\ufeff?{_BEFORE}<([\w.:-]+)", re.DOTALL)


def first_element(head: bytes) -> str:
    """The local name of the first element of an XML document of which the first bytes are known.

    Nothing if it does not begin as a document: an element within a text does not count.
    """
    encoding = "utf-8"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif head.startswith((b"<\0", b"\0<")):
        encoding = "utf-16-le" if head.startswith(b"<") else "utf-16-be"
    found = _FIRST.match(head.decode(encoding, "replace"))
    return found[1].rpartition(":")[2] if found else ""
