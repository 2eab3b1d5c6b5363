"""Labels of a title block with their values, where each stands.

On one line ("Author: …"), in two cells, on two lines, or in two rows of a table, labels above
values; several may share a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jmdi.words.folding import Folded, fold
from jmdi_workplan.finance.currencies import read_sign, sign_pattern
from jmdi_workplan.places import find_country
from jmdi_workplan.plan.header_words import meanings
from jmdi_workplan.plan.labels import has_head, is_label, label_kind, split_labels
from jmdi_workplan.plan.letterhead import YEARS, is_organisation, names_plan
from jmdi_workplan.plan.levels import read_level
from jmdi_workplan.words.lexicon import lexicon

if TYPE_CHECKING:
    from jmdi_workplan.plan.segments import Line

__all__ = ["BULLET", "Pairs", "currency_of", "inline", "is_plan_with_colon"]

LONGEST = 2_000
DASHED = re.compile(r"(?P<label>[^:|]{1,60}?)\s[-–—]\s(?P<value>.+)", re.S)
BULLET = re.compile(r"\A\s*(?!\*\*)[-–•▪●◦*]\s*(?=\S)")
NUMBERED = re.compile(r"v?\.?\s?\d", re.IGNORECASE)
TITLED = frozenset(("title", "initiative", "programme"))
"""What labels ask for that may call itself a plan."""

COLUMN = 0.5
"""A label that scores this much names a column."""


class Pairs:
    """Labels with their values; what has no label has the label ""."""

    def __init__(self, lines: Sequence[Line | str]) -> None:
        self.lines = lines
        self.waiting: list[str] = []
        self.listed = ""

    def found(self) -> Iterator[tuple[str, str, str]]:
        """Label, value, and the line that the value stands on, in order."""
        for line in self.lines:
            words = line if isinstance(line, str) else line.words
            cells = re.split(r"[\t|]", line) if isinstance(line, str) else list(line.cells)
            cells = [cell.strip()[:LONGEST] for cell in cells if cell.strip()]
            if not cells:
                self.listed = ""
                continue
            sure = len(cells) > 2
            labels = [
                cell for cell in cells if (label_kind(cell, "mark") if sure else is_label(cell))
            ]
            if len(cells) > 1 and len(labels) == len(cells):
                yield from self.flush(words)
                self.waiting = labels
            elif len(self.waiting) > 1 and len(cells) == len(self.waiting):
                yield from (
                    (one, cell, words) for one, cell in zip(self.waiting, cells, strict=True)
                )
                self.waiting = []
            else:
                for label, value in self.of_line(cells):
                    yield label, value, words
        yield from self.flush("")

    def flush(self, words: str) -> Iterator[tuple[str, str, str]]:
        """The labels that no value follows."""
        for label in self.waiting:
            yield label, "", words
        self.waiting = []

    def of_line(self, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The labels and values of one line or row."""
        at, found = 0, False
        while at < len(cells):
            cell = cells[at]
            pairs = inline(cell)
            if not pairs and len(cells) > at + 1 and (label_kind(cell, "mark") or found):
                pairs = [(cell, "")]  # behind a pair, of labels that nobody knows, too
            at += 1
            if not pairs:
                yield from self.text(cell, alone=len(cells) == 1)
                continue
            label, value = pairs[-1]
            if not value:
                values: list[str] = []
                while at < len(cells) and not _begins_pair(cells[at:], values):
                    values.append(cells[at])
                    at += 1
                pairs[-1:] = [(label, "; ".join(values))] if len(cells) > 1 else []
            yield from map(_unanswered, self.waiting)
            self.waiting = [label] if len(cells) == 1 and not value else []
            found = True
            yield from pairs
            self.listed = pairs[-1][0] if pairs else ""

    def text(self, text: str, *, alone: bool) -> Iterator[tuple[str, str]]:
        """A text without a colon: a label that waits for its value, a value, or neither."""
        if alone and is_label(text) and read_level(text) is None:
            yield from map(_unanswered, self.waiting)
            self.waiting = [text.rstrip(" :：")]
            return
        label, value = "", text
        titled = not self.waiting or label_kind(self.waiting[0], "mark") in TITLED
        if not titled and names_plan(text):
            yield from map(_unanswered, self.waiting)
            self.waiting = []
        if self.waiting:
            label, *rest = self.waiting
            yield from map(_unanswered, rest)
        elif self.listed and BULLET.match(text):
            label = self.listed
        self.waiting, self.listed = [], label
        bare = BULLET.sub("", text, count=1) if label else text
        yield label, bare if label else value


def _begins_pair(cells: Sequence[str], values: Sequence[str]) -> bool:
    """Whether a cell behind a label and its values is the next label: "Project code"."""
    text = cells[0]
    if is_label(text) or inline(text):
        return True
    if not values or len(cells) < 2:
        return False
    named = text.endswith((":", "：")) or has_head(text)
    return named or any(score >= COLUMN for _, score in meanings(text))


def _unanswered(label: str) -> tuple[str, str]:
    """A label without a value; what names an organisation was none: "Ministry of Planning"."""
    return ("", label) if is_organisation(label) else (label, "")


def inline(text: str) -> list[tuple[str, str]]:
    """The labels inside a text, with what follows each of them."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and any(split_labels(line) for line in lines[1:]):
        return [pair for line in lines for pair in (inline(line) or [("", line)])]
    if pairs := split_labels(text):
        return pairs
    dashed = DASHED.fullmatch(text)
    if dashed and label_kind(dashed["label"]) and not is_organisation(dashed["label"]):
        return [(dashed["label"], dashed["value"])]
    words = text.split()
    for count in range(2, min(4, len(words))):
        if fold(" ".join(words[:count])) in lexicon("made-by"):
            return [(" ".join(words[:count]), " ".join(words[count:]))]
    for count in range(1, min(4, len(words))):
        label, value = " ".join(words[:count]), " ".join(words[count:])
        if _fits(label_kind(label), value):
            return [(label, value)]
    return []


def _fits(kind: str, value: str) -> bool:
    """Whether a value tells by itself that the words before it are its label: "Country Nepal"."""
    if kind == "country":
        return find_country(value) is not None
    if kind == "currency":
        return currency_of(value, None) is not None
    if kind == "version":
        return NUMBERED.match(value) is not None
    return kind == "period" and YEARS.search(value) is not None


def currency_of(words: str, country: str | None) -> str | None:
    """The one currency that words name."""
    plain = Folded.of(words).plain
    signs = [read_sign(match[0], country) for match in sign_pattern().finditer(plain)]
    codes = {sign.currency for sign in signs if sign is not None and sign.currency}
    return codes.pop() if len(codes) == 1 else None


def is_plan_with_colon(label: str, value: str, line: str) -> bool:
    """Whether a line is a title with a colon inside: "Joint programme on labour: work plan 2023".

    Its first words are more than those of a label, and its last ones call it a plan.
    """
    whole = bool(label) and line.startswith(label) and line.endswith(value)
    kind = label_kind(label, "mark") if whole and names_plan(value) else ""
    if kind in ("programme", "initiative"):
        return not label_kind(label)
    return kind in ("organisation", "territory") and is_organisation(label)
