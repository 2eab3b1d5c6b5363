"""JSON Schema (2020-12) of the file format, made from the field declarations.

The open form allows unknown members everywhere, as the format does; the strict form refuses
them and serves to find misspelt ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jmdi.files.header import FORMAT
from jmdi.files.scalars import DATE, DECIMAL
from jmdi.model.declare import NAME, fields_of, spec_of
from jmdi.model.fields import FieldInfo, FieldType
from jmdi.model.records import Record, Relation
from jmdi.plugins.catalog import Catalog

__all__ = ["bundle_schema", "kind_schema", "schema_files"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_PLAIN: Mapping[str, dict[str, Any]] = {
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


def kind_schema(cls: type[Record], *, strict: bool = False) -> dict[str, Any]:
    """The JSON Schema of one kind.

    Args:
        cls: The class of the kind.
        strict: Whether unknown members are errors.
    """
    values: dict[str, type] = {}
    body = _record(cls, values, strict)
    spec = spec_of(cls)
    schema = {
        "$schema": DIALECT,
        "$id": f"jmdi:kind/{spec.name}/{spec.version}{'/strict' if strict else ''}",
        **body,
    }
    if values:
        schema["$defs"] = _definitions(values, strict)
    return schema


def bundle_schema(catalog: Catalog, *, strict: bool = False) -> dict[str, Any]:
    """One schema for a line of a file: the header, or a record of any kind.

    Args:
        catalog: The kinds to describe.
        strict: Whether unknown members and kinds are errors.
    """
    values: dict[str, type] = {}
    kinds = {
        f"kind:{name}": _record(cls, values, strict)
        for name, cls in catalog.kinds.items()
        if not spec_of(cls).abstract
    }
    known = [key.removeprefix("kind:") for key in kinds]
    branches: list[dict[str, Any]] = [
        {
            "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
            "then": {"$ref": f"#/$defs/{_pointer('kind:' + name)}"},
        }
        for name in known
    ]
    kind: dict[str, Any] = {"type": "string", "pattern": f"^{NAME.pattern}$"}
    if strict:
        kind["enum"] = known
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
            **kinds,
            **_definitions(values, strict),
        },
    }


def schema_files(catalog: Catalog) -> dict[str, str]:
    """The schema documents of a catalog as files: name to text, the same on every run."""
    files = {
        "bundle.schema.json": bundle_schema(catalog),
        "bundle.strict.schema.json": bundle_schema(catalog, strict=True),
    }
    for name, cls in catalog.kinds.items():
        if not spec_of(cls).abstract:
            files[f"{name.replace(':', '.')}.schema.json"] = kind_schema(cls)
    return {
        name: json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        for name, schema in sorted(files.items())
    }


def _header() -> dict[str, Any]:
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


def _record(cls: type[Record], values: dict[str, type], strict: bool) -> dict[str, Any]:
    spec = spec_of(cls)
    top = [f for f in fields_of(cls) if ":" not in f.owner]
    body = _object(top, values)
    body["properties"] = {"kind": {"const": spec.name}, **body["properties"]}
    body["required"] = ["kind", *body.get("required", [])]
    blocks: dict[str, list[FieldInfo]] = {}
    for field in fields_of(cls):
        if ":" in field.owner:
            blocks.setdefault(field.owner, []).append(field)
    for name, fields in sorted(blocks.items()):
        block = _object(fields, values)
        body["properties"][name] = block
        if any(field.required for field in fields):
            body["required"].append(name)
        if strict:
            block["additionalProperties"] = False
    title = (cls.__doc__ or "").strip().partition("\n")[0]
    head = {"title": cls.__name__, "description": title}
    if issubclass(cls, Relation):
        head["$comment"] = f"a relation: {spec.label}"
    return {**head, **body, **({"additionalProperties": False} if strict else {})}


def _object(fields: list[FieldInfo], values: dict[str, type]) -> dict[str, Any]:
    properties = {}
    for field in fields:
        properties[field.name] = _type(field.type, values)
        if field.doc:
            properties[field.name] = {**properties[field.name], "description": field.doc}
    required = [field.name for field in fields if field.required]
    return {
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
    }


def _type(kind: FieldType, values: dict[str, type]) -> dict[str, Any]:
    if kind.form == "value":
        values[kind.cls.__name__] = kind.cls
        schema: dict[str, Any] = {"$ref": f"#/$defs/{kind.cls.__name__}"}
    elif kind.form in ("tuple", "mapping"):
        assert kind.item is not None
        item = _type(kind.item, values)
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
    if kind.optional:
        return {"anyOf": [schema, {"type": "null"}]}
    return schema


def _definitions(values: dict[str, type], strict: bool) -> dict[str, Any]:
    """The schemas of value classes, of those within them too."""
    done: dict[str, Any] = {}
    while waiting := sorted(set(values) - set(done)):
        for name in waiting:
            cls = values[name]
            body = _object(list(fields_of(cls)), values)
            title = (cls.__doc__ or "").strip().partition("\n")[0]
            done[name] = {"description": title, **body}
            if strict:
                done[name]["additionalProperties"] = False
    return dict(sorted(done.items()))


def _pointer(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
