"""Exceptions and problems: what is wrong, where, why, and what to do about it."""

from __future__ import annotations

import enum
import functools
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from jmdi.classes import frozen
from jmdi.words.type_names import shown

__all__ = [
    "BadParameter",
    "BadValue",
    "Cancelled",
    "DataError",
    "FormatError",
    "FormatTooNew",
    "JmdiError",
    "ModelError",
    "NotFound",
    "PluginError",
    "Problem",
    "Severity",
    "Where",
    "WrongTarget",
    "group_problems",
    "problems_to_json",
    "suggest",
]

LONGEST = 500
"""Characters of the longest name that can be near to another."""

LISTED = 16
"""Most names that would do which an error lists."""

SHOWN = 10
"""How many problems the message of a DataError spells out."""


class Severity(enum.Enum):
    """How much a problem matters: an error, a warning, or for information."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for errors, 1 for warnings, 2 for information."""
        return _RANK[self]


def severity(given: Severity) -> Severity:
    """A severity; code without types may give its value: ``"error"`` must not mean no error."""
    try:
        return Severity(given)
    except ValueError:
        raise ValueError(f"a severity is 'error', 'warning' or 'info', not {given!r}") from None


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@frozen
class Where:
    """The place of a problem, as precisely as it is known.

    Attributes:
        file: Name of the file as the user gave it.
        line: Line in the file, counted from 1 (for a table, the row).
        column: Column, counted from 1 (characters in a text, cells in a table).
        cell: The place in the document's own words, such as ``table 2, row 5, cell 4``
            or ``[Table 1]!E22``; sheet, table, row and column say the same as data.
        record: Id of the record.
        kind: Kind of the record.
        sheet: Name of the sheet of a workbook.
        table: Which table of the document it is, counted from 1.
        row: Row of the table or sheet, counted from 1.
        member: JSON pointer of the member of the record.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    cell: str | None = None
    record: str | None = None
    kind: str | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    member: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.cell is not None:
            for name, known in _spot(self.cell).items():
                if getattr(self, name) is None:
                    object.__setattr__(self, name, known)

    def __str__(self) -> str:
        place = self.file or ""
        if self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        if self.cell:
            place += f" {self.cell}" if place else self.cell
        if self.record:
            place += f" {self.record}" if place else self.record
        return place


_SHEET = re.compile(r"\[(?P<sheet>.*)\](?:!(?P<column>[A-Z]{1,3})(?P<row>[0-9]+)\b.*)?", re.DOTALL)
_COUNTED = re.compile(r"\b(table|row|cell|column) ([0-9]+)")


def _spot(words: str) -> dict[str, str | int]:
    """What the words of a place say: ``table 2, row 5, cell 4`` or ``[Table 1]!E22``."""
    if (match := _SHEET.fullmatch(words)) is None:
        found = _COUNTED.findall(words)
        return {"column" if what == "cell" else what: int(number) for what, number in found}
    spot: dict[str, str | int] = {"sheet": match["sheet"]}
    if match["row"] is not None:
        spot["row"] = int(match["row"])
        spot["column"] = functools.reduce(lambda n, c: n * 26 + ord(c) - 64, match["column"], 0)
    return spot


@frozen
class Problem:
    """One thing that is wrong with the data, with its place and its cure.

    Attributes:
        code: Stable code such as ``J203``; a plugin's codes are ``name:CODE``.
        severity: How much it matters.
        message: What is wrong, in one sentence without the place.
        where: The place.
        path: JSON pointer into the record.
        value: The offending value as text.
        cure: What to do about it.
        plugin: The plugin that reports it; ``None`` for the core.
        count: How many records it is said of; ``None`` when it is said of one place.
        examples: Ids of some of these records.
    """

    code: str
    severity: Severity = attrs.field(converter=severity)
    message: str
    where: Where = Where()
    path: str | None = None
    value: str | None = None
    cure: str | None = None
    plugin: str | None = None
    count: int | None = None
    examples: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.path is not None and self.where.member is None:
            object.__setattr__(self, "where", attrs.evolve(self.where, member=self.path))

    @property
    def is_error(self) -> bool:
        """Whether this is an error rather than a warning or information."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        parts = [str(self.where), self.path or "", self.code, self.message]
        text = " ".join(part for part in parts if part)
        return f"{text} ({self.cure})" if self.cure else text

    def sort_key(self) -> tuple[Any, ...]:
        """Orders problems by file, line, column, severity, code and text."""
        where = self.where
        return (
            where.file or "",
            where.line or 0,
            where.column or 0,
            self.severity.rank,
            self.code,
            where.record or "",
            self.path or "",
            self.message,
        )

    def __lt__(self, other: Problem) -> bool:
        return self.sort_key() < other.sort_key()

    def to_dict(self) -> dict[str, Any]:
        """The problem as plain JSON values; members that are not known are left out."""
        where = {k: v for k, v in attrs.asdict(self.where).items() if v is not None}
        members = {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "where": where or None,
            "path": self.path,
            "value": self.value,
            "cure": self.cure,
            "plugin": self.plugin,
            "count": self.count,
            "examples": list(self.examples) or None,
        }
        return {k: v for k, v in members.items() if v is not None}

    def log_extra(self) -> dict[str, Any]:
        """The problem for ``extra=`` of `logging`: one member, whose name no log record has.

        ``log.warning("%s", problem, extra=problem.log_extra())``
        """
        return {"jmdi_problem": self.to_dict()}


def problems_to_json(problems: Iterable[Problem]) -> str:
    """Problems as one JSON array, in order of place."""
    return json.dumps([p.to_dict() for p in sorted(problems)], ensure_ascii=False)


def group_problems(problems: Iterable[Problem]) -> Iterator[tuple[str, list[Problem]]]:
    """Groups problems by code, errors first, then by code; each group in order of place."""
    groups: dict[str, list[Problem]] = {}
    for problem in sorted(problems):
        groups.setdefault(problem.code, []).append(problem)
    ordered = sorted(groups.items(), key=lambda item: (item[1][0].severity.rank, item[0]))
    yield from ordered


class JmdiError(Exception):
    """Base of all exceptions that jmdi raises on purpose."""


class ModelError(JmdiError):
    """A kind, facet or plugin specification is declared wrongly."""


class DataError(JmdiError):
    """The data has errors; ``problems`` holds them all.

    Attributes:
        problems: The problems, in order of place.
    """

    def __init__(self, problems: Iterable[Problem], message: str | None = None) -> None:
        given = tuple(problems) if isinstance(problems, Iterable) else (problems,)
        if isinstance(problems, str) or not all(isinstance(one, Problem) for one in given):
            wanted = "the problems, such as [jmdi.Problem(code, severity, message)]"
            raise TypeError(f"{type(self).__name__} takes {wanted}, not {problems!r:.60}")
        self.problems: tuple[Problem, ...] = tuple(sorted(given))
        super().__init__(message or _summary(self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.problems, str(self)))


class FormatError(DataError):
    """A file cannot be read at all: not the format it should be, or unsafe to read."""


class FormatTooNew(FormatError):
    """The file was written in a newer major version of the format."""


class Cancelled(JmdiError):
    """Work was stopped because its ``cancel`` token was set."""


class PluginError(JmdiError):
    """A plugin failed; the message names it and the distribution it came from."""


class BadParameter(JmdiError, ValueError):
    """A parameter is missing or has a value that it cannot have."""


class BadValue(JmdiError, ValueError):
    """A record, facet or value is given what its field cannot hold.

    Attributes:
        given: What was given, or the part of it that does not fit.
        cure: What to do about it; empty when that is clear.
        wanted: What the field holds.
        owner: The class whose field it is.
        field: The field, and the place in it: ``places[2]``.
    """

    def __init__(
        self, given: object, cure: str = "", *, wanted: str = "", owner: str = "", field: str = ""
    ) -> None:
        super().__init__(given, cure)
        self.given = given
        self.cure = cure
        self.wanted = wanted
        self.owner = owner
        self.field = field

    def __str__(self) -> str:
        text = f"expected {self.wanted or 'something else'}, got {shown(self.given)}"
        if self.field:
            text = f"{self.owner}.{self.field}: {text}"
        return f"{text} ({self.cure})" if self.cure else text

    def __reduce__(self) -> tuple[Any, ...]:
        members = {name: getattr(self, name) for name in ("wanted", "owner", "field")}
        return (_bad_value, (self.given, self.cure, members))


def _bad_value(given: object, cure: str, members: dict[str, str]) -> BadValue:
    return BadValue(given, cure, **members)


class WrongTarget(JmdiError, TypeError):
    """A metric of networks was asked of a dataset, or the other way round."""


class NotFound(JmdiError, LookupError):
    """A name or id is unknown.

    Attributes:
        what: What was looked for, such as ``metric``.
        name: The name as given.
        of: What has such names, such as ``metric 'density'``; empty when nothing in particular.
        valid: All names that would do.
        suggestions: Names near the given one, nearest first, at most three.
    """

    def __init__(
        self,
        what: str,
        name: str,
        valid: Iterable[str] = (),
        *,
        of: str = "",
        cure: str | None = None,
    ) -> None:
        self.what = what
        self.of = of
        self.name = name
        self.valid = tuple(valid)
        self.cure = cure
        self.suggestions = suggest(name, self.valid)
        text = f"{what} {name!r}{f' of {of}' if of else ''} not found"
        if self.suggestions:
            text += f": did you mean {' or '.join(map(repr, self.suggestions))}?"
        elif 0 < len(self.valid) <= LISTED:
            text += f": there are {', '.join(self.valid)}"
        super().__init__(f"{text} ({cure})" if cure else text)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_not_found, (self.what, self.name, self.valid, self.of, self.cure))


def _not_found(what: str, name: str, valid: Sequence[str], of: str, cure: str | None) -> NotFound:
    return NotFound(what, name, valid, of=of, cure=cure)


def _summary(problems: Sequence[Problem]) -> str:
    errors = sum(p.is_error for p in problems)
    lines = [f"{errors} error{'s' if errors != 1 else ''} in the data"]
    lines += [f"  {problem}" for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(f"  … and {len(problems) - SHOWN} more")
    return "\n".join(lines)


def fold(text: str) -> str:
    """Text without case and accents, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def suggest(name: str, valid: Iterable[str], *, most: int = 3) -> tuple[str, ...]:
    """Names near the given one, nearest first, compared without case and accents.

    Those that have it among their words come first: "year" suggests "default_year". A name may
    leave out that of its plugin: "degre" suggests "network:degree". A whole text is near to none.
    """
    if len(name) > LONGEST:
        return ()
    groups: dict[str, list[str]] = {}
    for candidate in valid:
        for said in {candidate, candidate.rpartition(":")[2] or candidate}:
            groups.setdefault(fold(said), []).append(candidate)
    import difflib

    wanted, keys = fold(name), sorted(groups)
    split = [key for key in keys if ":" not in key]
    near = [key for key in split if wanted in re.split(r"[\W_]+", key)]
    near += difflib.get_close_matches(wanted, keys if ":" in name else split, n=most, cutoff=0.6)
    return tuple(dict.fromkeys(candidate for key in near for candidate in groups[key]))[:most]
