"""JSON Schema (2020-12) of the file format, made from the field declarations.

The open form allows unknown members everywhere, as the format does; the strict form refuses
them and serves to find misspelt ones.

A schema either stands alone or refers to others: a kind has its own fields, and those of the
kind that it derives from, and the value classes of the core, are found by their ``$id``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from jmdi.files.header import FORMAT
from jmdi.files.scalars import DATE, DECIMAL
from jmdi.model import values
from jmdi.model.declare import NAME, fields_of, spec_of, summary_of
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.records import Record, Relation
from jmdi.plugins.catalog import Catalog

__all__ = ["bundle_schema", "kind_schema", "schema_files", "values_schema"]

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
VALUES = f"jmdi:values/{FORMAT}"

_KIND: Schema = {"type": "string", "pattern": f"^{NAME.pattern}$"}
_PLAIN: Mapping[str, Schema] = {
    "str": {"type": "string"},
    "id": {"type": "string", "minLength": 1},
    "ref": {"type": "string", "minLength": 1},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "decimal": {"type": "string", "pattern": f"^{DECIMAL.pattern}$"},
    "date": {"type": "string", "format": "date", "pattern": f"^{DATE.pattern}$"},
    "datetime": {"type": "string", "format": "date-time"},
    "text": {"type": "object", "additionalProperties": {"type": "string"}},
    "json": {"type": "object"},
}


def kind_schema(cls: type[Record], *, strict: bool = False, refs: bool = False) -> Schema:
    """The JSON Schema of one kind.

    Args:
        cls: The class of the kind.
        strict: Whether unknown members are errors.
        refs: Whether it refers to the schemas of other kinds and of values by their ``$id``;
            else it stands alone.
    """
    definitions = _Definitions(strict, refs)
    return {
        "$schema": DIALECT,
        "$id": _id(cls) + ("/strict" if strict else ""),
        "$ref": definitions.of_kind(cls, here=True),
        "properties": {"kind": {"const": spec_of(cls).name}},
        **({"unevaluatedProperties": False} if strict else {}),
        "$defs": definitions.sorted(),
    }


def values_schema() -> Schema:
    """The JSON Schemas of the value classes of the core, for those that refer to them."""
    definitions = _Definitions(strict=False, refs=False)
    for name in values.__all__:
        if isinstance(cls := getattr(values, name), type):
            definitions.of_value(cls)
    return {"$schema": DIALECT, "$id": VALUES, "$defs": definitions.sorted()}


def bundle_schema(catalog: Catalog, *, strict: bool = False) -> Schema:
    """One schema for a line of a file: the header, or a record of any kind.

    Args:
        catalog: The kinds to describe.
        strict: Whether unknown members and kinds are errors.
    """
    definitions = _Definitions(strict, refs=False)
    known = {name: cls for name, cls in catalog.kinds.items() if not spec_of(cls).abstract}
    branches: list[Schema] = [
        {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": {
                "$ref": definitions.of_kind(cls),
                **({"unevaluatedProperties": False} if strict else {}),
            },
        }
        for name, cls in known.items()
    ]
    kind = {**_KIND, "enum": list(known)} if strict else _KIND
    return {
        "$schema": DIALECT,
        "$id": f"jmdi:format/{FORMAT}{'/strict' if strict else ''}",
        "title": f"One line of a jmdi file, format {FORMAT}",
        "oneOf": [{"$ref": "#/$defs/header"}, {"$ref": "#/$defs/record"}],
        "$defs": {
            "header": _header(),
            "record": {
                "type": "object",
                "properties": {"kind": kind, "id": _PLAIN["id"]},
                "required": ["kind", "id"],
                "allOf": branches,
            },
            **definitions.sorted(),
        },
    }


def schema_files(catalog: Catalog) -> dict[str, str]:
    """The schemas of a catalog as files that refer to each other: name to text."""
    files = {"values.schema.json": values_schema()}
    kinds: dict[str, type[Record]] = {spec_of(Record).name: Record, **catalog.kinds}
    for name, cls in kinds.items():
        files[f"{name.replace(':', '.')}.schema.json"] = kind_schema(cls, refs=True)
    return {
        name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        for name, schema in sorted(files.items())
    }


def _id(cls: type[Record]) -> str:
    spec = spec_of(cls)
    return f"jmdi:kind/{spec.name}/{spec.version}"


def _header() -> Schema:
    entry = {
        "type": "object",
        "properties": {
            "v": {"type": "integer", "minimum": 1},
            "is": {"type": "array", "items": {"type": "string"}},
            "from": {"type": "string"},
        },
    }
    return {
        "type": "object",
        "properties": {
            "jmdi": {"type": "string", "pattern": r"^[0-9]{1,6}\.[0-9]{1,6}$"},
            "by": {"type": "string"},
            "kinds": {"type": "object", "additionalProperties": entry},
            "facets": {"type": "object", "additionalProperties": entry},
        },
        "required": ["jmdi"],
        "not": {"required": ["kind"]},
    }


@attrs.frozen(slots=True)
class _Definitions:
    """The definitions that a schema holds, each once, under the names that refer to them.

    Attributes:
        strict: Whether unknown members are errors.
        refs: Whether other kinds and the core's values stay in the schemas of their own.
        made: The definitions, by name.
    """

    strict: bool
    refs: bool
    made: dict[str, Schema] = attrs.field(factory=dict)

    def sorted(self) -> dict[str, Schema]:
        """The definitions in order of name, so that a schema is the same on every run."""
        return dict(sorted(self.made.items()))

    def of_kind(self, cls: type[Record], *, here: bool = False) -> str:
        """The reference to what a record of a kind, or of one derived from it, must be.

        Args:
            cls: The class of the kind.
            here: Whether its definition belongs here even where others are only referred to.
        """
        name = f"kind:{spec_of(cls).name}"
        if self.refs and not here:
            return f"{_id(cls)}#/$defs/{name}"
        if name not in self.made:
            self.made[name] = self._kind(cls)
        return f"#/$defs/{name}"

    def of_value(self, cls: Any) -> str:
        """The reference to a value class."""
        name = cls.__name__
        if self.refs and cls.__module__ == values.__name__:
            return f"{VALUES}#/$defs/{name}"
        if name not in self.made:
            self.made[name] = {}  # a value may hold others of its own class
            body = self._object(fields_of(cls), closed=self.strict)
            self.made[name] = {"description": summary_of(cls), **body}
        return f"#/$defs/{name}"

    def _kind(self, cls: type[Record]) -> Schema:
        spec = spec_of(cls)
        schema: Schema = {"title": cls.__name__, "description": summary_of(cls)}
        if issubclass(cls, Relation):
            schema["$comment"] = f"a relation: {spec.label}"
        if cls is Record:
            body = self._object(spec.fields)
            body["properties"] = {"kind": _KIND, **body["properties"]}
            body["required"] = ["kind", *body["required"]]
            return {**schema, **body}
        schema["$ref"] = self.of_kind(next(b for b in cls.__mro__[1:] if "__jmdi__" in b.__dict__))
        if ":" not in spec.name:
            return {**schema, **self._object(spec.fields)}
        if spec.fields:  # a plugin's own fields stand in a block under the name of its kind
            block = self._object(spec.fields, closed=self.strict)
            schema |= {"type": "object", "properties": {spec.name: block}}
            if any(field.required for field in spec.fields):
                schema["required"] = [spec.name]
        return schema

    def _object(self, fields: Sequence[FieldInfo], *, closed: bool = False) -> Schema:
        properties = {}
        for field in fields:
            properties[field.name] = self._type(field.type)
            if field.doc:
                properties[field.name] = {**properties[field.name], "description": field.doc}
        required = [field.name for field in fields if field.required]
        return {
            "type": "object",
            "properties": properties,
            **({"required": required} if required else {}),
            **({"additionalProperties": False} if closed else {}),
        }

    def _type(self, kind: FieldType) -> Schema:
        schema: Schema
        if kind.form == "value":
            schema = {"$ref": self.of_value(kind.cls)}
        elif kind.form in ("tuple", "mapping"):
            assert kind.item is not None
            item = self._type(kind.item)
            if kind.form == "tuple":
                schema = {"type": "array", "items": item}
            else:
                schema = {"type": "object", "additionalProperties": item}
        elif kind.form == "literal":
            schema = {"enum": list(kind.choices)}
        elif kind.form == "enum":
            schema = {"enum": [member.value for member in kind.cls]}
        else:
            schema = dict(_PLAIN[kind.form])
        if kind.scheme:
            schema["x-vocabulary"] = kind.scheme
        return {"anyOf": [schema, {"type": "null"}]} if kind.optional else schema
