"""What cells show, and what they mean: ``Local authority [local_authority]`` is a code.

What is in brackets is the code or the id, so that reading what was written is exact, whatever
the labels are; people may also type a code, a label in any language, or a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from jmdi import pick
from jmdi.errors import fold
from jmdi.files.tables.cells import join, split
from jmdi.model.frozen import EMPTY
from jmdi.plugins.catalog import Catalog
from jmdi_workbook.layout import Column
from jmdi_workbook.titles import ANSWERS, Titles, answers_in_all_languages
from jmdi_workbook.troubles import Trouble
from jmdi_workbook.typed import TYPED, typed

__all__ = ["LONGEST", "UNSAID", "Words", "as_it_is", "called", "escape", "unescape"]

LONGEST = 32_767
"""Most characters of a cell in Excel."""

UNSAID = ANSWERS[2:]
"""Why nothing is known; the words for it may stand in any cell."""

JSON = re.compile(r'\s*(\{\s*["}]|\[[\s\[{"\d\]tfn-])')
INNER = re.compile(r"\[([^\[\]]+)\]")
COMMAS = re.compile(r"[,;\n\u060c\u061b]")
"""What people part items with, in Arabic too."""

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


def as_it_is(text: str) -> str:
    """A text that begins with an escaped character, so that it is no answer, date or number."""
    safe = escape(text)
    return safe if ESCAPE.match(safe) else _escaped(safe[0]) + safe[1:]


def unescape(text: str) -> str:
    """The text again."""
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else "", text)


def called(name: str) -> str:
    """A name as others are compared with it."""
    return fold(" ".join(name.split()))


def _names_more(label: str, known: Collection[str]) -> bool:
    """Whether a label has a code or an id in brackets itself, as where two cells were joined."""
    return any(inner in known for inner in INNER.findall(label))


def _several(text: str) -> Trouble:
    message = f"{text!r:.80} names several, and the column takes one"
    return Trouble("workbook:W16", message, words=text, advice="choose one, or add a row for each")


@attrs.frozen
class Words:
    """Cells as they are shown in a language, and read in any.

    Attributes:
        catalog: Where vocabularies are found.
        titles: The words of the language.
        names: The names of the records that cells may name, by id; any text for none.
        called: The ids of records by their names, without case, accents and doubled blanks.
        kinds: The kinds of records, by id, as far as they are known.
    """

    catalog: Catalog
    titles: Titles
    names: Mapping[str, str]
    called: Mapping[str, Iterable[str]]
    kinds: Mapping[str, str] = EMPTY
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
        if column.sort == "plain" or column.sort in TYPED:
            return self._plain(column, cell)
        if JSON.match(cell):
            return escape(cell)
        if column.many:
            return escape(join([self._shown(column, item) for item in split(cell)]))
        return escape(self._shown(column, cell))

    @staticmethod
    def plain(text: str) -> str:
        """A cell that is no more than its words; outer blanks that are meant are escaped."""
        return unescape(text.strip())

    def _plain(self, column: Column, cell: str) -> str:
        """A text that could be taken for an answer is taken as it is."""
        return as_it_is(cell) if self.unsaid(cell, column) else escape(cell)

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

    def unsaid(self, text: str, column: Column | None = None) -> str | None:
        """Why nothing is known, if a cell says that; the brackets only matter for free words."""
        said = fold(text.strip())
        name = self._answers.get(said)
        if name is None and column is not None and column.sort not in ("plain", "record"):
            is_code = said in self._codes(column.scheme) or said in column.choices
            name = None if is_code else self._answers.get(f"({said})")
        return name if name in UNSAID else None

    def read(self, column: Column, text: str) -> tuple[str, tuple[Trouble, ...]]:
        """The cell of the table that a text means, and what could not be understood of it."""
        plain = self.plain(text)
        if column.sort == "plain" or JSON.match(text):
            return plain, ()
        if column.sort in TYPED and ESCAPE.match(text):
            return plain, ()
        if column.sort in TYPED:
            cell, trouble = typed(column, plain)
            return cell, () if trouble is None else (trouble,)
        items = split(plain) if column.many else [plain]
        found = [meaning for item in items for meaning in self._meanings(column, item)]
        troubles = tuple(trouble for _, trouble in found if trouble is not None)
        cells = [cell for cell, trouble in found if trouble is None or not trouble.words]
        return join(cells) if column.many else "".join(cells), troubles

    def _meanings(self, column: Column, text: str) -> list[tuple[str, Trouble | None]]:
        """What an item means; several, if commas and the like part it into items that are known."""
        found = self._meant(column, text)
        if found[1] is not None and column.many:
            parts = [part.strip() for part in COMMAS.split(text) if part.strip()]
            several = [self._meant(column, part) for part in parts]
            if all(trouble is None for _, trouble in several):
                return several
        return [found]

    def _meant(self, column: Column, text: str) -> tuple[str, Trouble | None]:
        if column.sort == "record":
            return self._record(column, text)
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
            if _names_more(text[: inside.start(1)], codes.values()):
                return text, _several(text)
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

    def _record(self, column: Column, text: str) -> tuple[str, Trouble | None]:
        if text in self.names:
            return text, self._of_other_kind(column, text)
        inside = BRACKETS.fullmatch(text)
        if inside is not None and inside[1] in self.names:
            label = text[: inside.start(1) - 1].strip()
            if label != self.names[inside[1]] and _names_more(label, self.names):
                return text, _several(text)
            return inside[1], self._of_other_kind(column, inside[1])
        every = self.called.get(called(text), ())
        ids = [id for id in every if self._of_other_kind(column, id) is None] or [*every]
        if len(ids) == 1:
            return ids[0], self._of_other_kind(column, ids[0])
        if ids:
            message = f"{text!r:.80} is the name of {len(ids)} records: {', '.join(ids[:3])}"
            return text, Trouble("workbook:W6", message)
        id = text if inside is None else inside[1]
        message = f"no record has the id or name {id!r:.80}"
        return id, Trouble("workbook:W5", message, id, lambda: (*self.names, *self.called))

    def _of_other_kind(self, column: Column, id: str) -> Trouble | None:
        kind = self.kinds.get(id)
        if kind is None or not column.kinds or kind in column.kinds:
            return None
        wanted = " or ".join(column.kinds)
        return Trouble("workbook:W15", f"{id!r:.80} is of the kind {kind}, not {wanted}")

    def _not_listed(self, column: Column, text: str) -> Trouble:
        def labels() -> Iterator[str]:
            return (option.partition(" [")[0] for option in self.options(column))

        wanted = "in the list of its column" if column.list_name else "a code with its scheme"
        return Trouble("workbook:W4", f"{text!r:.80} is not {wanted}", text, labels, text)
