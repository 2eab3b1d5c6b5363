"""Whole projects in every way of counting: each quote that can be decided is the one marked."""

from __future__ import annotations

import itertools
import random
import uuid
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest

from jmdi import Coded, KnowledgeItem

WORDS = [
    "return",
    "desk",
    "migrants",
    "café",
    "naïve",
    "Übergang",
    "жители",
    "миграция",
    "مكتب",
    "العائدين",
    "שלום",
    "प्रवासी",
    "été",
    "ñaño",
    "👩\u200d👩\u200d👧",
    "🇵🇭",
    "👍🏽",
    "東京",
    "𝒳𝒴",
    "don't",
    "l’eau",
    "well-known",
    "3,000",
    "A.B.",
]
GAPS = (" ", " ", " ", ", ", ". ", "\n", "\n\n")
UNITS: dict[str, Callable[[str], int]] = {
    "code points": len,
    "UTF-16 units": lambda text: len(text.encode("utf-16-le")) // 2,
    "UTF-8 bytes": lambda text: len(text.encode()),
}
WAYS = [
    (unit, pairs, mark, where)
    for unit, pairs, (mark, where) in itertools.product(
        UNITS,
        (False, True),
        ((None, "inline"), (None, "file"), (False, "file"), (True, "file")),
    )
]
"""What is counted; whether CR LF counts as two; whether there is a mark that counts, or one that
does not; and where the text stands."""


class Made:
    """A project of two or three texts, by the standard, with the words of each selection."""

    def __init__(self, seed: int, unit: str, pairs: bool, mark: bool | None, where: str) -> None:
        self.dice = random.Random(seed)
        self.width, self.pairs, self.mark = UNITS[unit], pairs, mark
        self.words: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        self.sources = "".join(self.source(where) for _ in range(self.dice.randrange(2, 4)))

    def guid(self) -> str:
        return str(uuid.UUID(int=self.dice.getrandbits(128)))

    def source(self, where: str) -> str:
        text, places = "", []
        for _ in range(self.dice.randrange(30, 90)):
            word = self.dice.choice(WORDS)
            places.append((len(text), len(text) + len(word)))
            text += word + self.dice.choice(GAPS)
        guid, raw = self.guid(), text.replace("\n", "\r\n")
        marked = "".join(self.selection(text, places) for _ in range(12))
        if where == "inline":
            held, path = f"<PlainTextContent>{escape(raw)}</PlainTextContent>", ""
        else:
            held, path = "", f' plainTextPath="internal://{guid}.txt"'
            first = b"" if self.mark is None else b"\xef\xbb\xbf"
            self.files[f"sources/{guid}.txt"] = first + raw.encode()
        return f'<TextSource guid="{guid}" name="T"{path}>{held}{marked}</TextSource>'

    def selection(self, text: str, places: list[tuple[int, int]]) -> str:
        at = self.dice.randrange(len(places))
        begin, end = places[at][0], places[min(at + self.dice.randrange(4), len(places) - 1)][1]
        guid = self.guid()
        self.words[guid] = text[begin:end]
        code = f"c0000000-0000-4000-8000-00000000000{self.dice.randrange(1, 3)}"
        return (
            f'<PlainTextSelection guid="{guid}" startPosition="{self.position(text[:begin])}" '
            f'endPosition="{self.position(text[:end])}"><Coding guid="{self.guid()}">'
            f'<CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
        )

    def position(self, before: str) -> int:
        counted = self.width(before) + (before.count("\n") if self.pairs else 0)
        return counted + (self.width("\ufeff") if self.mark else 0)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_every_quote_is_the_one_that_was_marked(projects, way):
    for seed in (16_001, 16_002):
        made = Made(seed, *way)
        xml = projects.xml(f"<Sources>{made.sources}</Sources>")
        dataset = projects.read(projects.zipped({"project.qde": xml, **made.files}), people="keep")
        texts = {item.id: item for item in dataset.of(KnowledgeItem)}
        found = {}
        for coded in dataset.of(Coded):
            item = texts[coded.source]
            assert item.extra["qda"]["positions"]["decided by"] != "unsure"
            found[coded.extra["qda"]["selection"]["guid"]] = item.text[coded.start : coded.stop]
        assert found == made.words
