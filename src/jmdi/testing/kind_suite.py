"""What every kind and facet must obey, and that no file loses anything on its way."""

from __future__ import annotations

import functools
import io
import json
import pickle
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

import pytest

from jmdi.app import Model
from jmdi.errors import DataError, PluginError
from jmdi.files.migrations import path_of
from jmdi.files.schema import kind_schema, schema_files
from jmdi.graph.dataset import Dataset
from jmdi.model.declare import fields_of, spec_of
from jmdi.model.ids import make
from jmdi.model.records import Facet, Record
from jmdi.model.writing import canonical_json
from jmdi.plugins.catalog import ancestors_of
from jmdi.testing.drawing import drawn
from jmdi.testing.samples import for_each_dataset
from jmdi.testing.strategies import facets, records, whole
from jmdi.testing.subject import Subject, described, from_here
from jmdi.testing.suite import Suite, fault, quick

__all__ = ["KindSuite", "assert_round_trip"]

Declared: TypeAlias = type[Record] | type[Facet]

_LOST = "files would lose what users wrote, and nobody would be told"


def assert_round_trip(dataset: Dataset, model: Model, *others: Model) -> None:
    """Checks that a Dataset is written and read again without loss, by any of some models.

    Args:
        dataset: The records.
        model: A model that knows their kinds.
        *others: Models with fewer plugins, through which the file passes on its way.

    Raises:
        AssertionError: If anything is lost or changed; it says what.
    """
    written = _dump(dataset, model)
    again = _load(written, model)
    if again != dataset:
        raise fault(
            f"what is read is not what was written: {_difference(dataset, again)}",
            why=_LOST,
            cure="look for a converter, validator or __init__ of that class that changes values; "
            "a field must hold what it was given",
        )
    for other in others:
        who = ", ".join(s.name for s in other.catalog.plugins if s.state == "active")
        passed = _dump(_load(written, other), other)
        if passed.partition(b"\n")[2] != written.partition(b"\n")[2]:
            raise fault(
                f"a file changes when it passes through a jmdi with only {who}: "
                f"{_first_change(written, passed)}",
                why=_LOST,
                cure="declare the fields of a subkind in the subkind, and facets as facets, so "
                "that their members stand in blocks of the plugin's own",
            )
        if _load(passed, model) != again:
            raise fault(
                f"records read after a jmdi with only {who} wrote them are not the same",
                why=_LOST,
                cure="report it to jmdi, with the file",
            )


def _dump(dataset: Dataset, model: Model) -> bytes:
    stream = io.BytesIO()
    try:
        model.write(dataset, stream, format="jsonl")
    except (DataError, PluginError) as error:
        raise fault(
            f"records cannot be written: {error}",
            why="users cannot save what they made",
            cure="let each field hold a value of its declared type; convert nothing after it was "
            "given",
        ) from error
    return stream.getvalue()


def _load(data: bytes, model: Model) -> Dataset:
    try:
        return model.read(io.BytesIO(data), format="jsonl")
    except (DataError, PluginError) as error:
        raise fault(
            f"what was written cannot be read again: {error}",
            why=_LOST,
            cure="let the class accept every value of its declared types; rules belong in checks",
        ) from error


def _difference(one: Dataset, other: Dataset) -> str:
    found = one.diff(other).to_dict()
    return json.dumps(found, ensure_ascii=False, default=str)[:400]


def _first_change(one: bytes, other: bytes) -> str:
    lines = zip(one.splitlines()[1:], other.splitlines()[1:], strict=False)
    changed = next(((a, b) for a, b in lines if a != b), (b"a line", b"no line"))
    return f"{changed[0].decode()[:200]} became {changed[1].decode()[:200]}"


class KindSuite(Suite):
    """Checks the kinds and facets of a plugin, their files, schemas and migrations.

    Attributes:
        schemas: Folder of the committed JSON Schemas; by default ``schemas`` of the project.
        older: A raw record of each older version, by kind or facet and version.
        archive: Folder of files of older releases; by default ``tests/archive`` of the project.
    """

    schemas: ClassVar[Path | str | None] = None
    older: ClassVar[Mapping[tuple[str, int], Mapping[str, Any]]] = {}
    archive: ClassVar[Path | str | None] = None

    def _declared(self) -> Subject:
        subject = self.subject
        if not subject.added("jmdi_kinds") and not subject.facets:
            pytest.skip(f"the plugin {subject.name!r} adds no kinds and no facets")
        return subject

    def test_kinds_are_well_declared(self) -> None:
        """Kinds and facets have described fields, cannot change, and can be hashed and pickled."""
        subject = self._declared()
        for cls in self._wanted([*subject.added("jmdi_kinds"), *subject.facets]):
            _check_docs(cls)
            for made in _made(subject, cls):
                _check_value(made, cls)
                _check_id(made, cls)

    def test_nothing_is_lost(self) -> None:
        """Files pass unchanged through a jmdi with, without, and with some of the plugins."""
        subject = self._declared()
        self._wanted([*subject.added("jmdi_kinds"), *subject.facets])
        fewer = subject.without()
        for_each_dataset(
            self,
            lambda dataset: assert_round_trip(dataset, subject.model, *fewer),
            examples=self.examples,
        )

    def test_schemas_agree(self) -> None:
        """The committed JSON Schemas are those of the code, and every record fits its own."""
        subject = self._declared()
        folder = self._folder(self.schemas, "schemas")
        kinds = self._wanted(subject.kinds)
        made = schema_files(subject.catalog)
        for cls in kinds:
            name = f"{cls.kind.replace(':', '.')}.schema.json"
            _check_schema(subject, cls, (folder or Path("schemas")) / name, made[name])
            validator = _validator(cls)
            for record in _made(subject, cls):  # type: ignore[arg-type]  # a class can be hashed
                _check_valid(record, validator)

    def test_older_versions_are_readable(self) -> None:
        """Records of every older version of a kind or facet are read, archived files too."""
        subject = self._declared()
        seen = self._archived(subject)
        for cls in [*subject.added("jmdi_kinds"), *subject.facets]:
            spec = spec_of(cls)
            for version in range(1, spec.version):
                _check_path(subject, cls, version)
                raw = self.older.get((spec.name, version))
                if raw is not None:
                    _check_older(subject, cls, version, raw)
                elif (spec.name, version) not in seen:
                    raise fault(
                        f"no record of version {version} of {described(cls)} is kept",
                        why="nothing shows that files written with it can still be read",
                        cure=f"add one to {type(self).__name__}.older[{spec.name!r}, {version}], "
                        "or a file of that release to tests/archive",
                    )

    def _folder(self, given: Path | str | None, name: str) -> Path | None:
        if given is not None:
            return Path(given)
        project = self.project_folder()
        return project / name if project is not None else None

    def _archived(self, subject: Subject) -> set[tuple[str, int]]:
        """Kinds and facets with their versions of which archived files hold records."""
        folder = self._folder(self.archive, "tests/archive")
        seen: set[tuple[str, int]] = set()
        for path in sorted(folder.rglob("*.json*")) if folder is not None else ():
            try:
                dataset = subject.model.read(path)
            except DataError as error:
                raise fault(
                    f"the archived file {path.name} of {path.parent.name} cannot be read: {error}",
                    why="files of every release are read for ever",
                    cure="add or correct the migration from the version that it was written with",
                ) from error
            for table in ("kinds", "facets"):
                entries = dataset.header.get(table, {})
                seen |= {(name, entry.get("v", 1)) for name, entry in entries.items()}
        return seen


def _check_docs(cls: Declared) -> None:
    declared = spec_of(cls).fields
    if missing := [field.name for field in declared if not field.doc]:
        raise fault(
            f"{described(cls)} does not describe {', '.join(missing)}",
            why="the reference, 'jmdi schema' and the JSON Schema say nothing of these fields",
            cure='add "Attributes:" to its docstring, with a line "name: what it means" for each',
        )


@functools.cache
def _made(subject: Subject, cls: Declared) -> list[Any]:
    """Instances of a kind or facet, of all values of its declared types; most with all fields.

    Raises:
        AssertionError: If it refuses some, and does not say which make sense.
    """
    if spec_of(cls).abstract:
        return []
    make: Any = records if issubclass(cls, Record) else facets
    known = dict(subject.added("jmdi_strategies"))
    try:
        full, any_fields = (2, 1) if quick() else (6, 4)
        return [*drawn(whole(cls, known=known), full), *drawn(make(cls, known=known), any_fields)]
    except (TypeError, ValueError) as error:
        raise fault(
            f"{described(cls)} refuses values of its declared types: {error}",
            why="one odd value takes the whole record from the user, instead of being reported",
            cure="let the class take every value and report it in one of jmdi_checks; if it "
            "cannot, say with jmdi_strategies which values make sense",
        ) from error


def _check_id(made: Any, cls: Declared) -> None:
    """Whether an id can be made of the fields that the kind says."""
    if not issubclass(cls, Record) or not spec_of(cls).id_from:
        return
    fields = {f.name: getattr(made, f.name) for f in fields_of(cls) if f.name != "id"}
    for name in spec_of(cls).id_from:
        try:
            make(cls, **{**fields, **dict.fromkeys(spec_of(cls).id_from), name: fields[name]})
        except (TypeError, ValueError) as error:
            if fields[name] is None or "parts of an id" not in str(error):
                continue
            raise fault(
                f"{described(cls)} makes its id from {name}, and no id can be made from "
                f"{fields[name]!r:.80}: {error}",
                why=f"{cls.__name__}.make(…) fails whatever it is given",
                cure="name fields in id_from that hold a text, a whole number, a code or an id",
            ) from error


def _check_value(made: object, cls: Declared) -> None:
    """Whether an instance cannot change, and can be hashed and pickled."""
    named = described(cls)
    field = fields_of(cls)[0].name if fields_of(cls) else "extra"
    try:
        setattr(made, field, getattr(made, field))
    except AttributeError:
        pass
    else:
        raise fault(
            f"{named} can be changed after it was made",
            why="Datasets and Networks keep what they computed from records; it would be wrong",
            cure="declare it with @jmdi.define or @jmdi.facet, and no __setattr__ of your own",
        )
    try:
        hash(made)
    except TypeError as error:
        raise fault(
            f"{named} cannot be hashed: {error}",
            why="records are put in sets and compared; that fails for users at random places",
            cure="do not define __eq__ or __hash__; the declared field types are all hashable",
        ) from error
    try:
        twin = pickle.loads(pickle.dumps(made))
    except (pickle.PicklingError, AttributeError, TypeError, ImportError) as error:
        raise fault(
            f"{named} cannot be pickled: {error}",
            why="users who compute in several processes cannot use the plugin",
            cure="declare the class at the top of a module, not inside a function",
        ) from error
    if twin != made:
        raise fault(
            f"{named} is not the same after it was pickled",
            why="users who compute in several processes get other results",
            cure="do not define __reduce__ or __getstate__; what is declared is pickled",
        )


def _check_schema(subject: Subject, cls: type[Record], path: Path, made: str) -> None:
    here = from_here(path)
    command = f"jmdi schema {cls.kind} --jsonschema --refs{subject.options} > {shlex.quote(here)}"
    if not path.parent.is_dir():
        command = f"mkdir -p {shlex.quote(from_here(path.parent))} && {command}"
    if not path.is_file():
        raise fault(
            f"the JSON Schema of {described(cls)} is not committed: there is no {here}",
            why="readers in other languages cannot check the plugin's files, and no review shows "
            "when its format changes",
            cure=f"type '{command}', and commit the file",
        )
    if json.loads(path.read_text(encoding="utf-8")) != json.loads(made):
        raise fault(
            f"{here} is not the JSON Schema of {described(cls)}",
            why="it describes another format than the code writes",
            cure=f"type '{command}', and commit the file; if a field was renamed, removed or "
            "changed meaning, raise v= and add a migration",
        )


def _validator(cls: type[Record]) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(kind_schema(cls))


def _check_valid(record: Record, validator: Any) -> None:
    raw = json.loads(canonical_json(record))
    error = next(iter(validator.iter_errors(raw)), None)
    if error is not None:
        raise fault(
            f"a record of {described(type(record))} does not fit its schema: {error.message:.200}",
            why="readers in other languages refuse what jmdi writes",
            cure="let the class accept and give only values of its declared types",
        )


def _check_path(subject: Subject, cls: Declared, version: int) -> None:
    if path_of(subject.catalog, cls, version) is None:
        spec = spec_of(cls)
        raise fault(
            f"{described(cls)} has version {spec.version}, and no migrations lead there from "
            f"version {version}",
            why="older records stay stand-ins: users lose the fields until somebody writes it",
            cure=f"let jmdi_migrations return jmdi.Migration({spec.name!r}, {version}, "
            f"{version + 1}, step) in its list, and one for each version after it",
        )


def _check_older(subject: Subject, cls: Declared, version: int, raw: Mapping[str, Any]) -> None:
    """Whether a raw record of an older version is read as the class of today."""
    spec = spec_of(cls)
    is_kind = issubclass(cls, Record)
    entry: dict[str, Any] = {"v": version}
    if issubclass(cls, Record):
        entry["is"] = list(ancestors_of(cls))
    header = {"jmdi": "1.0", "kinds" if is_kind else "facets": {spec.name: entry}}
    data = "".join(f"{json.dumps(part)}\n" for part in (header, dict(raw))).encode()
    found = subject.model.read(io.BytesIO(data), format="jsonl", on_error="keep")
    problems = found.problems
    record = found.records[0] if found.records else None
    good = record is not None and (
        type(record) is cls if is_kind else isinstance(record.facets.get(spec.name), cls)
    )
    lossless = all(m.lossless for m in path_of(subject.catalog, cls, version) or ())
    odd = [p for p in problems if p.is_error or (p.code == "J207" and lossless)]
    if not good or odd:
        said = "; ".join(str(p) for p in problems) or "it is not of the class"
        raise fault(
            f"a record of version {version} of {described(cls)} is not readable: {said}",
            why="users cannot read their older files",
            cure="correct the migration's step: it gets the whole raw record of a kind, with the "
            "plugin's fields in the block of the kind's name, and of a facet its block",
        )
