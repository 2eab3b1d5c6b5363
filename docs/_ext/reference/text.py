"""Small pieces of Markdown: tables, links, and docstrings as prose."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

NOTICE = "<!-- built from the code by docs/_ext/reference; do not edit -->"
_ROLE = re.compile(r":\w+:`~?([^`]+)`")
_SECTION = re.compile(r"^(Args|Attributes|Raises|Returns|Yields|Source):", re.MULTILINE)


def page(title: str, *parts: str) -> str:
    """A page under a title."""
    body = "\n\n".join(part.strip("\n") for part in parts if part)
    return f"{NOTICE}\n\n# {title}\n\n{body}\n"


def prose(text: str) -> str:
    """Words of a docstring or description as Markdown on one line."""
    joined = " ".join(text.split())
    return _ROLE.sub(r"`\1`", joined).replace("``", "`")


def sentence(text: str) -> str:
    """A description as a sentence: it begins with a capital letter and ends with a stop."""
    words = prose(text)
    if not words:
        return ""
    head = words[0].upper() if not re.match(r"\w*[A-Z0-9`']|jmdi\b", words) else words[0]
    return head + words[1:] + ("" if words.endswith((".", "?", "…")) else ".")


def summary(thing: Any) -> str:
    """The first sentence of a docstring."""
    lines = (inspect.getdoc(thing) or "").strip().split("\n\n")
    return prose(lines[0])


def body(thing: Any) -> str:
    """The paragraphs of a docstring before its first section, as Markdown paragraphs."""
    text = _SECTION.split(inspect.getdoc(thing) or "")[0]
    return "\n\n".join(prose(part) for part in text.split("\n\n") if part.strip())


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing if it has no rows."""
    lines = ["| " + " | ".join(_cell(text) for text in row) + " |" for row in rows]
    if not lines:
        return ""
    rule = "|" + " --- |" * len(head)
    return "\n".join(["| " + " | ".join(head) + " |", rule, *lines])


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ") if text else " "


def coded(text: object) -> str:
    """A text as code."""
    return f"`{text}`" if str(text) else ""


def codes(texts: Iterable[object]) -> str:
    """Several texts as code."""
    return ", ".join(coded(text) for text in texts)


def block(text: str, language: str = "") -> str:
    """A block of code, as it is."""
    return f"```{language}\n{textwrap.dedent(text).strip()}\n```"
