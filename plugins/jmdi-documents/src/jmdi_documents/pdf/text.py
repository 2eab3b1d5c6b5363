"""PDF files (.pdf): the words of each page as paragraphs, in the order in which they were drawn.

A PDF has neither paragraphs nor tables: lines that stand together are taken for a paragraph.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

from jmdi.errors import FormatError, Severity
from jmdi_documents.content.grid import Paragraph
from jmdi_documents.reading import Reading

__all__ = ["read_pdf"]

# pypdf logs what it mends; without a handler of its own Python would print that.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


def read_pdf(data: bytes, reading: Reading) -> tuple[Paragraph, ...]:
    """The paragraphs of all pages.

    Raises:
        FormatError: If it is damaged, encrypted, or has too much text.
    """
    return tuple(_paragraphs(data, reading))


def _paragraphs(data: bytes, reading: Reading) -> Iterator[Paragraph]:
    left = reading.limits.size
    pages, silent = _pages(data, reading), 0
    for number, text in enumerate(pages, 1):
        left -= len(text)
        if left < 0:
            reading.fail("D105", f"has more than {reading.limits.size:,} characters")
        parts = [part.strip() for part in EMPTY_LINES.split(text) if part.strip()]
        silent += not parts
        for at, part in enumerate(parts, 1):
            yield Paragraph(part, place=f"page {number}, paragraph {at}")
    if silent:
        message = f"{silent:,} page(s) without text: pictures of pages are not read"
        reading.problem("D171", message, severity=Severity.WARNING)


def _pages(data: bytes, reading: Reading) -> Iterator[str]:
    """The text of each page.

    Raises:
        FormatError: If it is damaged or encrypted.
    """
    from pypdf import PdfReader

    try:
        document = PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            reading.fail("D102", "the file has a password")
        number = len(document.pages)
        if number > reading.limits.members:
            reading.fail("D105", f"has more than {reading.limits.members:,} pages")
        for page in document.pages:
            yield page.extract_text().encode("utf-8", "replace").decode()
    except (FormatError, MemoryError):
        raise
    except Exception as error:  # what pypdf raises for damaged files is not documented
        reading.fail("D103", f"the PDF file cannot be read: {type(error).__name__}: {error}"[:300])
