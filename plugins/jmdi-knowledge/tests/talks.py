"""What the tests of discussions share: reading bytes, and the published sample files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import jmdi

TALK = Path(__file__).parents[3] / "examples" / "knowledge"
SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "discussions"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the published sample files are not here")


class Talk:
    """What was read: the items that are part of others, the others, and the problems."""

    def __init__(self, dataset: jmdi.Dataset) -> None:
        self.dataset = dataset
        self.all = list(dataset.of(jmdi.KnowledgeItem))
        self.items = [item for item in self.all if item.part_of]
        self.wholes = [item for item in self.all if not item.part_of]
        self.texts = [item.text for item in self.items]
        self.authors = {item.author for item in self.items}
        self.codes = [problem.code.removeprefix("knowledge:") for problem in dataset.problems]

    def replies(self, how: str = "") -> int:
        """How many items answer another, found out in one way or in any."""
        return sum(
            1 for item in self.items if item.reply_to and how in (item.sources[0].note or "")
        )

    def said(self, code: str) -> str:
        """The messages of the problems of a code."""
        problems = self.dataset.problems
        return "; ".join(p.message for p in problems if p.code == f"knowledge:{code}")


def heard(source: object, format: str | None = None, **options: object) -> Talk:
    """What a file, or bytes with a name, hold."""
    if isinstance(source, bytes):
        source = io.BytesIO(source)
    return Talk(jmdi.read(source, format=format, on_error="keep", **options))


POSTMARK = "From ana@example.org Wed Jun 10 10:00:00 2015\n"
HEADERS = "From: Ana <ana@example.org>\nDate: Wed, 10 Jun 2015 10:00:00 +0200\nSubject: Desk\n"


def mbox(*messages: str) -> bytes:
    """Messages as an mbox file."""
    return "".join(f"{POSTMARK}{message}\n" for message in messages).encode()


def message(body: str, **headers: str) -> str:
    """A message of Ana's."""
    more = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    return f"{HEADERS}{more}\n{body}\n"
