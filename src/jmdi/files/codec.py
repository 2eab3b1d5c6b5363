"""JSON objects to records: strict, and keeping what is not understood.

Fields that a plugin's class declares are in a block under the name of its kind, so that
a reader without the plugin keeps them as one unknown member.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast

import attrs

from jmdi.errors import DataError, Problem, Severity, Where
from jmdi.files.scalars import read_code, reader
from jmdi.model.constructors import assembled, unchecked
from jmdi.model.declare import blocks_of, fields_of
from jmdi.model.fields import FieldType, slots_of
from jmdi.model.frozen import EMPTY, FrozenMap, freeze
from jmdi.model.json_pointer import escape
from jmdi.model.records import Facet, Record
from jmdi.model.values import Code
from jmdi.model.writing import Hook, Refused, block_of, problem_of, sorted_json
from jmdi.plugins.catalog import Catalog
from jmdi.words.type_names import LIST, MAPPING, shown

__all__ = ["Codec", "codec_of"]


Quick: TypeAlias = Callable[[Mapping[str, Any]], Any]

FEW = 400
"""How many objects of a class are read before it pays to compile what reads them."""

HELD = 1000
"""Most classes for which a codec keeps what it made."""


@functools.lru_cache(maxsize=16)
def codec_of(catalog: Catalog, raw_facets: frozenset[str] = frozenset()) -> Codec:
    """The codec of a catalog: making its code takes longer than reading a small file."""
    return Codec(catalog, raw_facets=raw_facets)


class Codec:
    """Structures raw JSON objects into records of the classes that a catalog knows.

    Args:
        catalog: The kinds and facets that are known.
        raw_facets: Names of facets that stay as they are, although they are known.
    """

    def __init__(self, catalog: Catalog, *, raw_facets: frozenset[str] = frozenset()) -> None:
        self.catalog = catalog
        self.raw_facets = raw_facets
        self._hooks: dict[type, Hook] = {}
        self._facets: dict[type, dict[str, type[Facet]]] = {}

    def structure(self, raw: Mapping[str, Any], cls: type[Record]) -> Record:
        """The record of a raw object.

        Args:
            raw: A JSON object; it is not changed.
            cls: The class of its kind, or a stand-in.

        Raises:
            DataError: With a problem for each member that is not as it must be; their
                ``where`` holds no file yet.
        """
        try:
            return self._record_hook(cls)(raw)  # type: ignore[no-any-return]
        except Exception as error:
            raise DataError(_problems(error, raw, block_of(cls))) from None  # type: ignore[arg-type]

    def _record_hook(self, cls: type[Record]) -> Hook:
        hook = self._hooks.get(cls)
        if hook is None:
            if len(self._hooks) >= HELD:  # each file has stand-in classes of its own
                self._hooks.clear()
                self._facets.clear()
            hook = self._hooks[cls] = self._make_record_hook(cls)
        return hook

    def _make_record_hook(self, cls: Any) -> Hook:
        thorough, quick = functools.cache(lambda: self._thorough(cls)), self._quick(cls)
        blocks = blocks_of(cls)
        names = {f.name for f in fields_of(cls)}
        nested = {name for block in blocks.values() for name in block}
        top = frozenset(names - nested) | {"kind"}
        facets = {n: self._facet_hook(f) for n, f in self._facets_on(cls).items()}
        plain = not blocks

        def structure(raw: Mapping[str, Any]) -> Any:
            if plain and (made := quick(raw)) is not None:
                return made
            flat, extra = _unpack(raw, top, blocks)
            read = {name: facets[name](extra[name]) for name in facets if name in extra}
            if read := {name: block for name, block in read.items() if block is not None}:
                flat["facets"] = FrozenMap(read)
                extra = {name: part for name, part in extra.items() if name not in read}
            if extra:
                flat["extra"] = freeze(extra)
            return thorough()(flat)

        return structure

    def _thorough(self, cls: Any) -> Hook:
        """A function that makes an object of its members, or says what is wrong with each.

        What it reads is checked, so that the constructor need not do it again.
        """
        make = unchecked(cls)
        hooks = {f.name: self.value_reader(f.type) for f in fields_of(cls)}
        plan = [
            (a.name, a.alias, a.default is attrs.NOTHING, hooks.get(a.name, lambda part: part))
            for a in slots_of(cls)
        ]

        def structure(flat: Mapping[str, Any]) -> Any:
            given: dict[str, Any] = {}
            errors: list[tuple[str, Exception]] = []
            for name, alias, required, hook in plan:
                if name in flat:
                    try:
                        given[alias] = hook(flat[name])
                    except Exception as error:
                        errors.append((name, error))
                elif required:
                    errors.append((name, KeyError(name)))
            if errors:
                raise _PartErrors(errors)
            return make(**given)

        return structure

    def _quick(self, cls: Any) -> Quick:
        """A function that makes an object if its members fit and are no facets, else ``None``.

        Nearly all objects are so. What is wrong with another one, the thorough function finds out.
        The first objects of a class are read by a loop, as to compile takes longer.
        """
        make = assembled(cls)
        if make is None:
            return self._compiled(cls)
        loop, left = self._looping(cls, make), FEW
        compiled: Quick | None = None

        def quick(raw: Mapping[str, Any]) -> Any:
            nonlocal compiled, left
            if compiled is not None:
                return compiled(raw)
            if left:
                left -= 1
                return loop(raw)
            compiled = self._compiled(cls)
            return compiled(raw)

        return quick

    def _looping(self, cls: Any, make: Quick) -> Quick:
        readers = {f.name: self.value_reader(f.type.bare) for f in fields_of(cls)}
        required = {f.name for f in fields_of(cls) if f.required}
        facets = frozenset(self._facets_on(cls) if issubclass(cls, Record) else ())
        if issubclass(cls, Record):
            readers["kind"] = _nothing

        def quick(raw: Mapping[str, Any]) -> Any:
            try:
                given = {name: readers[name](value) for name, value in raw.items()}
            except Exception:
                if raw.keys() <= readers.keys() or not facets.isdisjoint(raw):
                    return None
                try:
                    given = {n: readers[n](value) for n, value in raw.items() if n in readers}
                    given["extra"] = freeze({n: raw[n] for n in raw if n not in readers})
                except Exception:
                    return None
            return make(given) if required <= given.keys() else None

        return quick

    def _compiled(self, cls: Any) -> Quick:
        is_record = issubclass(cls, Record)  # which has a member 'kind' too
        known: dict[str, Any] = {
            "_make": unchecked(cls),
            "_intern": sys.intern,
            "_freeze": freeze,
            "_names": {f.name for f in fields_of(cls)} | ({"kind"} if is_record else set()),
            "_facets": frozenset(self._facets_on(cls) if is_record else ()),
        }
        known |= {f"_default_{a.name}": a.default for a in slots_of(cls)}
        lines = [f"seen = {int(is_record)}"]
        for field in fields_of(cls):
            name, kind = field.name, field.type
            bare = kind.bare
            known[f"_read_{name}"] = self.value_reader(bare)
            read = [f"{name} = _read_{name}(raw[{name!r}])", "seen += 1"]
            if kind.form in ("id", "ref"):  # in line: every record has one, a relation three
                read[:1] = [
                    f"{name} = raw[{name!r}]",
                    f"if {name}.__class__ is not str or not {name}: return None",
                    *([f"{name} = _intern({name})"] if kind.form == "ref" else ()),
                ]
            if field.required:
                lines += read
            else:
                lines += [f"if {name!r} in raw:", *(f"  {line}" for line in read)]
                lines += [f"else: {name} = _default_{name}"]
        given = ", ".join(f"{f.name}={f.name}" for f in fields_of(cls))
        lines += [
            f"if seen == len(raw): return _make({given})",
            "if not _facets.isdisjoint(raw): return None",
            "extra = _freeze({name: raw[name] for name in raw if name not in _names})",
            f"return _make({given}, extra=extra)",
        ]
        body = "\n    ".join(lines)
        source = f"def quick(raw):\n  try:\n    {body}\n  except Exception: return None\n"
        exec(compile(source, f"<quick reader of {cls.__qualname__}>", "exec"), known)
        return cast("Quick", known["quick"])

    def value_reader(self, kind: FieldType) -> Hook:
        """The hook that reads values of a field type."""
        return reader(kind, self._value_hook, _array)

    def _value_hook(self, cls: type) -> Hook:
        hook = self._hooks.get(cls)
        if hook is None:
            hook = self._hooks[cls] = self._make_value_hook(cls)
        return hook

    def _make_value_hook(self, cls: type) -> Hook:
        thorough, quick = functools.cache(lambda: self._thorough(cls)), self._quick(cls)
        names = frozenset(f.name for f in fields_of(cls))

        def structure(raw: Any) -> Any:
            if raw.__class__ is not dict:
                cure = _code_cure(raw) if cls is Code and raw.__class__ is str else None
                raise Refused(f"expected a {MAPPING} ({cls.__name__}), got {shown(raw)}", raw, cure)
            if (made := quick(raw)) is not None:
                return made
            known = {k: v for k, v in raw.items() if k in names}
            if len(known) < len(raw):
                known["extra"] = freeze({k: v for k, v in raw.items() if k not in names})
            return thorough()(known)

        if cls is Code:
            return lambda raw: (raw.__class__ is dict and read_code(raw)) or structure(raw)
        return structure

    def _facets_on(self, cls: type[Record]) -> dict[str, type[Facet]]:
        found = self._facets.get(cls)
        if found is None:
            on = self.catalog.facets_on(cls)
            found = self._facets[cls] = {n: f for n, f in on.items() if n not in self.raw_facets}
        return found

    def _facet_hook(self, cls: type[Facet]) -> Hook:
        """Reads a facet's block, or gives ``None`` so that it stays as it is."""
        made = functools.cache(lambda: self._make_value_hook(cls))

        def attempt(raw: Any) -> Any:
            structure = made()
            try:
                return structure(raw)
            except Exception:
                return None

        return attempt

    def facet_problems(self, record: Record) -> Iterator[Problem]:
        """A problem for each facet of a record that could not be read and stays as it was."""
        for name, cls in self._facets_on(type(record)).items():
            if name in record.extra:
                raw = sorted_json(record.extra[name])
                try:
                    self._make_value_hook(cls)(raw)
                except Exception as error:
                    for problem in _problems(error, raw):
                        yield Problem(
                            code="J206",
                            severity=Severity.WARNING,
                            message=f"facet {name!r} is kept unread: {problem.message}",
                            where=Where(record=record.id, kind=record.kind),
                            path=f"/{escape(name)}{problem.path or ''}",
                            value=problem.value,
                            cure=problem.cure,
                        )


def _nothing(_: object) -> None:
    """Reads a member that is known otherwise."""


def _code_cure(word: str) -> str:
    return f'name the vocabulary: "{word:.30}" is {{"scheme": "…", "code": "{word:.30}"}} in JSON, \
and …:{word:.30} in a table'


def _array(item: Hook) -> Hook:
    """The hook for an array of items; an error in one carries its index."""

    def read(value: Any) -> tuple[Any, ...]:
        if value.__class__ is not list and value.__class__ is not tuple:
            raise Refused(f"expected {LIST}, got {shown(value)}", value)
        try:
            return tuple([item(part) for part in value])
        except Exception:
            raise _PartErrors(_failures(item, value)) from None

    return read


class _PartErrors(Exception):
    """What is wrong with members of an object, by name, or with items of an array, by index."""

    def __init__(self, errors: Sequence[tuple[str | int, Exception]]) -> None:
        super().__init__("parts of a value")
        self.errors = errors


def _failures(item: Hook, value: Sequence[Any]) -> list[tuple[int, Exception]]:
    errors = []
    for index, part in enumerate(value):
        try:
            item(part)
        except Exception as error:
            errors.append((index, error))
    return errors


def _unpack(
    raw: Mapping[str, Any], top: frozenset[str], blocks: Mapping[str, frozenset[str]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Splits a raw object into declared members and unknown ones."""
    flat: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, value in raw.items():
        if name in top:
            flat[name] = value
        elif name in blocks and value.__class__ is dict:
            known = blocks[name]
            flat.update((k, v) for k, v in value.items() if k in known)
            rest = {k: v for k, v in value.items() if k not in known}
            if rest or not value:
                extra[name] = rest
        else:
            extra[name] = value
    return flat, extra


def _problems(
    error: BaseException, raw: Any, block_of: Mapping[str, str] = EMPTY
) -> Iterator[Problem]:
    """A problem for each cause, with its JSON pointer into the raw object."""
    where = Where()
    if isinstance(raw, Mapping):
        identity, kind = raw.get("id"), raw.get("kind")
        where = Where(
            record=identity if isinstance(identity, str) else None,
            kind=kind if isinstance(kind, str) else None,
        )
    for path, cause in _walk(error):
        block = block_of.get(path.split("/")[1]) if path else None
        yield problem_of(f"/{escape(block)}{path}" if block else path, cause, where)


def _walk(error: BaseException, path: str = "") -> Iterator[tuple[str, BaseException]]:
    """The causes within errors of parts, each with its JSON pointer."""
    # Frames hold the errors that hold the frames: circles that would fill the memory where every
    # record is wrong.
    error.__traceback__ = None
    if isinstance(error, _PartErrors):
        for part, cause in error.errors:
            yield from _walk(cause, f"{path}/{escape(str(part))}")
    else:
        yield path, error
