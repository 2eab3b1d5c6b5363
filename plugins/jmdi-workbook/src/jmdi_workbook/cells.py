"""What cells show, and what they mean: ``Local authority [local_authority]`` is a code.

What is in brackets is the code or the id, so that reading what was written is exact, whatever
the labels are; people may also type a code, a label in any language, or a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from jmdi import pick
from jmdi.errors import fold, suggest
from jmdi.files.tables.cells import join, split
from jmdi.plugins.catalog import Catalog
from jmdi_workbook.layout import Column
from jmdi_workbook.titles import ANSWERS, Titles, answers_in_all_languages

__all__ = ["LONGEST", "UNSAID", "Trouble", "Words", "escape", "unescape"]

LONGEST = 32_767
"""Most characters of a cell in Excel."""

UNSAID = ANSWERS[2:]
"""Why nothing is known; the words for it may stand in any cell."""

JSON = re.compile(r'\s*(\{\s*["}]|\[[\s\[{"\d\]tfn-])')
BRACKETS = re.compile(r"(?:.*\S)?\s*\[([^\[\]]+)\]\s*", re.DOTALL)
# Programs and people cut blanks around a text and change line ends; XML has no control characters.
UNSAFE = re.compile(
    r"\A\s+|\s+\Z|[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|_(?=x(?:[0-9A-Fa-f]{4})?_)"
)
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})?_")
NOTHING = "_x_"
"""An empty text, which is not the same as an empty cell."""

TRUTH = {"yes": "true", "no": "false"}
SAID = {"true": "yes", "false": "no"}


def escape(text: str) -> str:
    """A text with characters that no cell keeps as ``_x000D_``, as Excel itself writes them."""
    return UNSAFE.sub(lambda found: "".join(map(_escaped, found[0])), text) or NOTHING


def _escaped(character: str) -> str:
    return f"_x{ord(character):04X}_"


def unescape(text: str) -> str:
    """The text again."""
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else "", text)


@attrs.frozen(slots=True)
class Trouble:
    """Why a cell could not be understood.

    Attributes:
        code: Code of the problem.
        message: What is wrong.
        meant: What was typed, to be compared with what it could be.
        near: Gives what it could be.
        words: What is not used, for it has no meaning; empty if it is used all the same.
    """

    code: str
    message: str
    meant: str = ""
    near: Callable[[], Iterable[str]] = tuple
    words: str = ""

    def cure(self) -> str | None:
        """What it could be; comparing takes long where there are many."""
        near = suggest(self.meant, self.near())
        return f"did you mean {' or '.join(near)}?" if near else None


@attrs.frozen
class Words:
    """Cells as they are shown in a language, and read in any.

    Attributes:
        catalog: Where vocabularies are found.
        titles: The words of the language.
        names: The names of the records that cells may name, by id; any text for none.
        called: The ids of records by their names.
    """

    catalog: Catalog
    titles: Titles
    names: Mapping[str, str]
    called: Mapping[str, Iterable[str]]
    _by_scheme: dict[str, Mapping[str, str]] = attrs.field(factory=dict, init=False, repr=False)

    @cached_property
    def _answers(self) -> Mapping[str, str]:
        return answers_in_all_languages()

    def options(self, column: Column) -> Iterator[str]:
        """What a cell of a column may have, as a list shows it; records are not among it."""
        codes = []
        if column.sort in ("code", "name"):
            found = self.catalog.vocabularies.get(column.scheme)
            codes = [] if found is None else list(found.codes())
            prefix = f"{column.scheme}:" if column.sort == "code" else ""
            yield from (self._shown(column, prefix + code) for code in codes)
        elif column.sort == "yes or no":
            yield from map(self.titles.answer, TRUTH)
        else:
            yield from column.choices
        if column.sort != "name":
            yield from (self.titles.answer(name) for name in UNSAID if name not in codes)

    def show(self, column: Column, cell: str) -> str:
        """A cell of a table as the workbook has it."""
        if column.sort == "plain":
            return self._plain(cell)
        if JSON.match(cell):
            return escape(cell)
        if column.many:
            return escape(join([self._shown(column, item) for item in split(cell)]))
        return escape(self._shown(column, cell))

    @staticmethod
    def plain(text: str) -> str:
        """A cell that is no more than its words."""
        return unescape(text)

    def _plain(self, cell: str) -> str:
        """A text that could be taken for an answer begins with an escaped character."""
        text = escape(cell)
        return _escaped(text[0]) + text[1:] if self.unsaid(text) else text

    def _shown(self, column: Column, cell: str) -> str:
        if column.sort == "yes or no":
            return self.titles.answer(SAID[cell]) if cell in SAID else cell
        if column.sort == "record":
            name = self.names.get(cell, "")
            return f"{name} [{cell}]" if name and name != cell else cell
        if column.sort == "choice":
            return cell
        scheme, code = self._code(column, cell)
        vocabulary = self.catalog.vocabularies.get(scheme)
        concept = None if vocabulary is None else vocabulary.get(code)
        shown = code if column.scheme == scheme else cell
        if concept is None:
            return f"[{shown}]" if column.scheme == scheme else cell
        return f"{pick(concept.labels, self.titles.language) or code} [{shown}]"

    def _code(self, column: Column, cell: str) -> tuple[str, str]:
        if column.sort == "name":
            return column.scheme, cell
        if column.scheme and cell.startswith(f"{column.scheme}:"):
            return column.scheme, cell.removeprefix(f"{column.scheme}:")
        scheme, _, code = cell.partition(":")
        return scheme, code

    def unsaid(self, text: str) -> str | None:
        """Why nothing is known, if a cell says that."""
        name = self._answers.get(fold(text.strip()))
        return name if name in UNSAID else None

    def read(self, column: Column, text: str) -> tuple[str, tuple[Trouble, ...]]:
        """The cell of the table that a text means, and what could not be understood of it."""
        if column.sort == "plain" or JSON.match(text):
            return unescape(text), ()
        items = split(unescape(text)) if column.many else [unescape(text.strip())]
        found = [self._meant(column, item) for item in items]
        troubles = tuple(trouble for _, trouble in found if trouble is not None)
        cells = [cell for cell, trouble in found if trouble is None or not trouble.words]
        return join(cells) if column.many else "".join(cells), troubles

    def _meant(self, column: Column, text: str) -> tuple[str, Trouble | None]:
        if column.sort == "record":
            return self._record(text)
        if column.sort == "yes or no":
            name = self._answers.get(fold(text), fold(text))
            cell = TRUTH.get(name, name)
            return (cell, None) if cell in SAID else (text, self._not_listed(column, text))
        if column.sort == "choice":
            known = text in column.choices
            return text, None if known else self._not_listed(column, text)
        return self._coded(column, text)

    def _coded(self, column: Column, text: str) -> tuple[str, Trouble | None]:
        prefix = f"{column.scheme}:" if column.sort == "code" and column.scheme else ""
        codes = self._codes(column.scheme)
        inside = BRACKETS.fullmatch(text)
        if inside is not None:
            code = inside[1]
            if not codes or code in codes.values():
                return prefix + code, None
            return prefix + code, attrs.evolve(self._not_listed(column, code), words="")
        if ":" in text and column.sort == "code":
            return text, None
        if not column.scheme:
            return text, self._not_listed(column, text)
        code = codes.get(fold(text), text)
        listed = not codes or code in codes.values()
        return (prefix + code, None) if listed else (text, self._not_listed(column, text))

    def _codes(self, scheme: str) -> Mapping[str, str]:
        """The codes of a vocabulary by themselves and by their labels in all languages."""
        if scheme not in self._by_scheme:
            vocabulary = self.catalog.vocabularies.get(scheme)
            concepts = () if vocabulary is None else vocabulary.concepts
            labels = {fold(words): c.code for c in concepts for words in c.labels.values()}
            self._by_scheme[scheme] = labels | {fold(c.code): c.code for c in concepts}
        return self._by_scheme[scheme]

    def _record(self, text: str) -> tuple[str, Trouble | None]:
        if text in self.names:
            return text, None
        inside = BRACKETS.fullmatch(text)
        if inside is not None and inside[1] in self.names:
            return inside[1], None
        ids = tuple(self.called.get(text, ()))
        if len(ids) == 1:
            return ids[0], None
        if ids:
            message = f"{text!r:.80} is the name of {len(ids)} records: {', '.join(ids[:3])}"
            return text, Trouble("workbook:W6", message)
        id = text if inside is None else inside[1]
        message = f"no record has the id or name {id!r:.80}"
        return id, Trouble("workbook:W5", message, id, lambda: (*self.names, *self.called))

    def _not_listed(self, column: Column, text: str) -> Trouble:
        def labels() -> Iterator[str]:
            return (option.partition(" [")[0] for option in self.options(column))

        wanted = "in the list of its column" if column.list_name else "a code with its scheme"
        return Trouble("workbook:W4", f"{text!r:.80} is not {wanted}", text, labels, text)
