"""Records to JSON objects and back: strict, and keeping what is not understood.

Fields that a plugin's class declares are in a block under the name of its kind, so that
a reader without the plugin keeps them as one unknown member.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import cattrs
from cattrs.errors import ClassValidationError, IterableValidationError
from cattrs.gen import make_dict_structure_fn, override

from jmdi.errors import DataError, Problem, Severity, Where
from jmdi.files.scalars import (
    Hook,
    Part,
    Refused,
    read_code,
    reader,
    sorted_json,
    value_writer,
    write_fields,
    write_plan,
)
from jmdi.model.constructors import unchecked
from jmdi.model.declare import blocks_of, fields_of
from jmdi.model.frozen import EMPTY, FrozenMap, freeze
from jmdi.model.records import Facet, Record
from jmdi.model.values import Code
from jmdi.plugins.catalog import Catalog

__all__ = ["Codec", "canonical_json", "dumps", "unstructure"]


class Codec:
    """Structures raw JSON objects into records of the classes that a catalog knows.

    Args:
        catalog: The kinds and facets that are known.
        raw_facets: Names of facets that stay as they are, although they are known.
    """

    def __init__(self, catalog: Catalog, *, raw_facets: frozenset[str] = frozenset()) -> None:
        self.catalog = catalog
        self.raw_facets = raw_facets
        self._converter = cattrs.Converter(detailed_validation=True)
        self._hooks: dict[type, Hook] = {}

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
            raise DataError(_problems(error, raw, _block_of(cls))) from None  # type: ignore[arg-type]

    def _record_hook(self, cls: type[Record]) -> Hook:
        hook = self._hooks.get(cls)
        if hook is None:
            hook = self._hooks[cls] = self._make_record_hook(cls)
        return hook

    def _make_record_hook(self, cls: Any) -> Hook:
        base = self._base(cls)
        blocks = blocks_of(cls)
        names = {f.name for f in fields_of(cls)}
        nested = {name for block in blocks.values() for name in block}
        top = frozenset(names - nested) | {"kind"}
        facets = {n: self._facet_hook(f) for n, f in self._facets_on(cls).items()}
        plain = not blocks

        def structure(raw: Mapping[str, Any]) -> Any:
            if plain and top.issuperset(raw):
                return base(raw, cls)
            flat, extra = _unpack(raw, top, blocks)
            read = {name: facets[name](extra[name]) for name in facets if name in extra}
            if read := {name: block for name, block in read.items() if block is not None}:
                flat["facets"] = FrozenMap(read)
                extra = {name: part for name, part in extra.items() if name not in read}
            if extra:
                flat["extra"] = freeze(extra)
            return base(flat, cls)

        return structure

    def _base(self, cls: type) -> Callable[[Any, Any], Any]:
        """cattrs' own function for a class, with our hooks for its fields.

        The hooks have checked what they return, so that the constructor need not do it again.
        """
        plan: dict[str, Any] = {
            f.name: override(struct_hook=_with_type(reader(f.type, self._value_hook, _array)))
            for f in fields_of(cls)
        }
        for name in ("facets", "extra"):
            plan[name] = override(struct_hook=lambda value, _: value)
        hidden = {name for name in plan if not hasattr(cls, name)}
        structure: Any = make_dict_structure_fn(
            cls,
            self._converter,
            _cattrs_detailed_validation=True,
            _cattrs_forbid_extra_keys=False,
            **{name: part for name, part in plan.items() if name not in hidden},
        )
        names = structure.__code__.co_varnames[1:]
        structure.__defaults__ = tuple(
            unchecked(cls) if name == "__cl" else default
            for name, default in zip(names, structure.__defaults__, strict=False)
        )
        return structure  # type: ignore[no-any-return]

    def _value_hook(self, cls: type) -> Hook:
        hook = self._hooks.get(cls)
        if hook is None:
            hook = self._hooks[cls] = self._make_value_hook(cls)
        return hook

    def _make_value_hook(self, cls: type) -> Hook:
        base = self._base(cls)
        names = frozenset(f.name for f in fields_of(cls))

        def structure(raw: Any) -> Any:
            if raw.__class__ is not dict:
                cure = _code_cure(raw) if cls is Code and raw.__class__ is str else None
                raise Refused(f"expected an object ({cls.__name__}), got {raw!r:.60}", raw, cure)
            if names.issuperset(raw):
                return base(raw, cls)
            known = {k: v for k, v in raw.items() if k in names}
            known["extra"] = freeze({k: v for k, v in raw.items() if k not in names})
            return base(known, cls)

        if cls is Code:
            return lambda raw: (raw.__class__ is dict and read_code(raw)) or structure(raw)
        return structure

    def _facets_on(self, cls: type[Record]) -> dict[str, type[Facet]]:
        facets = self.catalog.facets_on(cls)
        return {name: facets[name] for name in facets if name not in self.raw_facets}

    def _facet_hook(self, cls: type[Facet]) -> Hook:
        """Reads a facet's block, or gives ``None`` so that it stays as it is."""
        structure = self._make_value_hook(cls)

        def attempt(raw: Any) -> Any:
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
                            path=f"/{_escape(name)}{problem.path or ''}",
                            value=problem.value,
                            cure=problem.cure,
                        )


def _code_cure(word: str) -> str:
    return f'name the vocabulary: "{word:.30}" is {{"scheme": "…", "code": "{word:.30}"}} in JSON, \
and …:{word:.30} in a table'


def _with_type(hook: Hook) -> Callable[[Any, Any], Any]:
    return lambda value, _: hook(value)


def _array(item: Hook) -> Hook:
    """The hook for an array of items; an error in one carries its index."""

    def read(value: Any) -> tuple[Any, ...]:
        if value.__class__ is not list:
            raise Refused(f"expected array, got {value!r:.60}", value)
        try:
            return tuple([item(part) for part in value])
        except Exception:
            raise _ArrayErrors(_failures(item, value)) from None

    return read


class _ArrayErrors(Exception):
    """What is wrong with the items of an array, by index."""

    def __init__(self, errors: list[tuple[int, Exception]]) -> None:
        super().__init__("items of an array")
        self.errors = errors


def _failures(item: Hook, value: list[Any]) -> list[tuple[int, Exception]]:
    errors = []
    for index, part in enumerate(value):
        try:
            item(part)
        except Exception as error:
            errors.append((index, error))
    return errors


@functools.cache
def _block_of(cls: Any) -> Mapping[str, str]:
    """The block that each field is in, for those that are in one."""
    return {name: block for block, names in blocks_of(cls).items() for name in names}


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
        yield _problem(f"/{_escape(block)}{path}" if block else path, cause, where)


def _problem(path: str, cause: BaseException, where: Where) -> Problem:
    if isinstance(cause, KeyError):
        name = str(cause.args[0]) if cause.args else path.rpartition("/")[2]
        return Problem("J202", Severity.ERROR, f"member {name!r} is missing", where, path or None)
    value = repr(cause.value)[:200] if isinstance(cause, Refused) else None
    cure = cause.cure if isinstance(cause, Refused) else None
    return Problem("J203", Severity.ERROR, str(cause), where, path or None, value, cure)


def _walk(error: BaseException, path: str = "") -> Iterator[tuple[str, BaseException]]:
    """The causes within cattrs' exception groups, each with its JSON pointer."""
    # The frames of cattrs hold the errors that hold the frames: circles that would fill the
    # memory where every record is wrong.
    error.__traceback__ = None
    if isinstance(error, (ClassValidationError, IterableValidationError)):
        noted, rest = error.group_exceptions()
        for cause, note in noted:
            segment = getattr(note, "name", None) or str(getattr(note, "index", ""))
            yield from _walk(cause, f"{path}/{_escape(segment)}")
        for cause in rest:
            yield from _walk(cause, path)
    elif isinstance(error, _ArrayErrors):
        for index, cause in error.errors:
            yield from _walk(cause, f"{path}/{index}")
    else:
        yield path, error


def _escape(segment: str) -> str:
    return segment.replace("~", "~0").replace("/", "~1")


@functools.cache
def _plan(cls: Any) -> tuple[tuple[Part, ...], Mapping[str, tuple[Part, ...]]]:
    """How a class is written: its members at the top, and those of each block."""
    block_of = _block_of(cls)
    top = [f for f in fields_of(cls) if f.name not in block_of]
    blocks = {
        block: write_plan([f for f in fields_of(cls) if f.name in names])
        for block, names in blocks_of(cls).items()
    }
    return write_plan(top), blocks


def unstructure(record: Record) -> dict[str, Any]:
    """A record as a JSON object, its members in canonical order.

    Kind and id come first, then declared fields, then blocks, facets and unknown members by
    name; within those all members are by name, so that a file is the same whether the plugin
    that declares them is installed or not. Only ``None`` and empty containers are left out.

    Raises:
        DataError: If a field holds something else than it is declared to.
    """
    try:
        return _unstructure(record)
    except Refused as error:
        names = reversed(getattr(error, "__notes__", []))
        where = Where(record=str(record.id), kind=record.kind)
        path = "".join(f"/{_escape(name)}" for name in names)
        raise DataError([_problem(path, error, where)]) from error


def _unstructure(record: Record) -> dict[str, Any]:
    cls: Any = type(record)
    top, blocks = _plan(cls)
    members = {"kind": record.kind, **write_fields(record, top)}
    if not (blocks or record.extra or record.facets):
        return members
    rest: dict[str, Any] = {k: sorted_json(v) for k, v in record.extra.items()}
    for name, plan in blocks.items():
        if block := write_fields(record, plan):
            unknown = rest.get(name)
            rest[name] = sorted_json({**block, **unknown} if isinstance(unknown, dict) else block)
    for name, facet in record.facets.items():
        block_class: Any = type(facet)
        rest[name] = sorted_json(value_writer(block_class)(facet))
    members.update((name, rest[name]) for name in sorted(rest))
    return members


def _encode(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        members = (f"{_encode(key)}:{_encode(part)}" for key, part in value.items())
        return "{" + ",".join(members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_encode, value)) + "]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


_fast = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def dumps(value: object) -> str:
    """A JSON value as compact text; numbers that do not fit a double keep all their digits."""
    try:
        return _fast(value)
    except TypeError:
        return _encode(value)


def canonical_json(record: Record) -> str:
    """A record as one line of canonical JSON.

    Raises:
        DataError: If a field holds something else than it is declared to.
    """
    return dumps(unstructure(record))
