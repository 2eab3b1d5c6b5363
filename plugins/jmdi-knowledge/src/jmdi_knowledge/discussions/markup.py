"""The text of a message in HTML, with what it quotes."""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]

from jmdi_knowledge.discussions.building import clean
from jmdi_knowledge.facets import Mark

__all__ = ["text_of"]

BLOCK = re.compile(
    r"address|article|aside|blockquote|body|br|d[dlt]|details|div|figure|footer|form|h[1-6]|header|hr|li"
    r"|[ou]l|p|pre|section|summary|table|t[dhr]"
)
SILENT = frozenset(("script", "style", "head", "template", "title"))
QUOTES = frozenset(("blockquote",))
BLANKS = re.compile(r"[ \t\r\n\f]+")
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class _Text:
    """Collects text block by block, and knows where it is."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.new_line = True

    def add(self, words: str | None, *, by_line: bool) -> None:
        """Adds words; ends of lines are blanks, or stay where the page shows them."""
        for number, line in enumerate((words or "").split("\n") if by_line else [words or ""]):
            if number:
                self.end_line()
            shown = BLANKS.sub(" ", line)
            if self.new_line:
                shown = shown.lstrip(" ")
            if shown:
                self.parts.append(shown)
                self.length += len(shown)
                self.new_line = False

    def end_line(self) -> None:
        if not self.new_line:
            self.parts.append("\n")
            self.length += 1
            self.new_line = True


def text_of(markup: str) -> tuple[str, tuple[Mark, ...], tuple[str, ...]]:
    """The text of a page or of a part of one.

    Args:
        markup: The HTML.

    Returns:
        The text, a line per block; its quotes, of those within each other the outer; and the
        ``data-post`` of Discourse's quotes, in order.
    """
    source = NOT_XML.sub("\ufffd", clean(markup))
    if not source.strip():
        return "", (), ()
    parser = etree.HTMLParser(no_network=True, recover=True, encoding="utf-8")
    root = etree.fromstring(source.encode(), parser)
    if root is None:
        return "", (), ()
    text = _Text()
    quotes: list[tuple[int, int]] = []
    posts: list[str] = []
    depth = silent = begin = lines = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        block, quote = BLOCK.fullmatch(tag), _is_quote(element, tag)
        if event == "start":
            silent += tag in SILENT
            lines += tag == "pre"
            if block:
                text.end_line()
            if quote:
                begin = text.length if not depth else begin
                depth += 1
                if post := element.get("data-post"):
                    posts.append(post)
            if not silent:
                text.add(element.text, by_line=lines > 0)
            continue
        if event == "end":
            silent -= tag in SILENT
            lines -= tag == "pre"
            if quote:
                depth -= 1
                if not depth and begin < text.length:
                    quotes.append((begin, text.length - text.new_line))
            if block:
                text.end_line()
        if not silent:
            text.add(element.tail, by_line=lines > 0)
    whole = "".join(text.parts).rstrip("\n ")
    marks = (Mark(start, min(stop, len(whole)), "quote") for start, stop in quotes)
    return whole, tuple(mark for mark in marks if mark.start < mark.stop), tuple(posts)


def _is_quote(element: etree._Element, tag: str) -> bool:
    return tag in QUOTES or (tag == "aside" and "quote" in element.get("class", "").split())
