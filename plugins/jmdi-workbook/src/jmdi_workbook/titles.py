"""What sheets, columns and answers are called in each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import attrs

from jmdi.errors import fold
from jmdi.words.tables import LANGUAGES, Tables

__all__ = ["ANSWERS", "LANGUAGES", "Titles", "answers_in_all_languages"]

WORDS = Tables(Path(__file__).parent / "words")

ANSWERS = ("yes", "no", "unknown", "not_asked")
"""The answers that any question can have; the last two say why nothing is known."""


@attrs.frozen
class Titles:
    """The words of one language; English where it has none, else the name itself.

    Attributes:
        language: The language, such as ``fr``.
    """

    language: str

    @cached_property
    def _words(self) -> Mapping[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for wanted in ("en", self.language):
            for topic, words in WORDS.topics.items():
                found |= {(topic, w.meaning): w.word for w in words if w.language == wanted}
        return found

    @property
    def right_to_left(self) -> bool:
        """Whether it is written from right to left."""
        return self.language == "ar"

    def of(self, topic: str, name: str) -> str:
        """The word for something, by its topic: ``sheet``, ``column``, ``answer`` or ``guide``."""
        plain = name.rpartition(":")[2].replace("_", " ")
        return self._words.get((topic, name)) or plain[:1].upper() + plain[1:]

    def column(self, name: str) -> str:
        """The title of a column such as ``period.words``."""
        head, _, part = name.partition(".")
        title = self.of("column", head)
        if not part:
            return title
        word = self._words.get(("column", part))
        if word is None:
            return f"{title} ({self._words.get(('language', part), part)})"
        return title if title == word else f"{title}: {word}"

    def sheet(self, table: str) -> str:
        """The title of a sheet such as ``initiative``, or ``initiative/places`` for its parts."""
        kind, _, part = table.partition("/")
        if not part or ("sheet", table) in self._words:
            return self.of("sheet", table)
        return f"{self.of('sheet', kind)} – {self.of('column', part)}"

    def answer(self, name: str) -> str:
        """An answer as a cell has it; what is not known is in brackets."""
        word = self.of("answer", name)
        return f"({word})" if name in ANSWERS[2:] else word


def answers_in_all_languages() -> Mapping[str, str]:
    """The answers by how cells have them, in any language, without case and accents."""
    return {fold(Titles(language).answer(name)): name for name in ANSWERS for language in LANGUAGES}
