"""The JSON Schemas agree with what is written, and the committed ones with the code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from filing import actor, tie
from hypothesis import given, settings
from jsonschema import Draft202012Validator as Validator
from referencing import Registry, Resource

import jmdi
from jmdi.files.header import make_header
from jmdi.files.schema import bundle_schema, kind_schema, schema_files
from jmdi.model import kinds, money, relations
from jmdi.model.declare import spec_of
from jmdi.model.writing import unstructure
from jmdi.testing import datasets, records

SCHEMAS = Path(__file__).parents[2] / "schemas"
KINDS = [getattr(module, name) for module in (kinds, money, relations) for name in module.__all__]


def floats(value):
    """A JSON value with its exact numbers as floats, which is what a validator knows."""
    if isinstance(value, dict):
        return {name: floats(part) for name, part in value.items()}
    if isinstance(value, list):
        return [floats(part) for part in value]
    return value if value is None or isinstance(value, (str, bool, int, float)) else float(value)


def test_committed_schemas_are_those_that_the_code_makes(core):
    made = schema_files(core.catalog)
    there = {p.name: p.read_text(encoding="utf-8") for p in SCHEMAS.glob("*.json")}
    assert sorted(there) == sorted(made), "run tools/make.py schemas"
    for name, text in made.items():
        assert there[name] == text, f"{name}: run tools/make.py schemas"


@pytest.mark.parametrize("strict", [False, True])
def test_schemas_are_valid_themselves(core, strict):
    Validator.check_schema(bundle_schema(core.catalog, strict=strict))
    for cls in KINDS:
        Validator.check_schema(kind_schema(cls, strict=strict))


def resources(files):
    """Schemas by their ids, so that those that refer to others can be used."""
    schemas = [json.loads(text) for text in files.values()]
    return Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas
    )


def committed(cls, registry):
    """A validator of the committed schema of a kind."""
    return Validator({"$ref": f"jmdi:kind/{cls.kind}/{spec_of(cls).version}"}, registry=registry)


@pytest.mark.parametrize("cls", KINDS, ids=lambda cls: cls.kind)
def test_every_record_fits_the_schemas_of_its_kind(core, cls):
    alone, strict = Validator(kind_schema(cls)), Validator(kind_schema(cls, strict=True))
    beside_others = committed(cls, resources(schema_files(core.catalog)))

    @settings(max_examples=8)
    @given(records(cls))
    def check(record):
        raw = floats(unstructure(record))
        alone.validate(raw)
        beside_others.validate(raw)
        assert strict.is_valid(raw) or "extra" in repr(record)
        raw["kind"] = "acme:other"
        assert not alone.is_valid(raw)
        assert not beside_others.is_valid(raw)

    check()


def test_schemas_that_refer_to_others_repeat_nothing(core, chain):
    import alpha
    import beta

    registry = resources(schema_files(chain["both"].catalog))
    raw = {"kind": "beta:microbank", "id": "m", "beta:microbank": {"clients": 3}}
    assert committed(beta.MicroBank, registry).is_valid(raw)
    for wrong in (
        {"names": "x"},
        {"type": "bank"},
        {"sources": [{"title": 1}]},
        {"alpha:bank": {"licence": 1}},
        {"beta:microbank": {"clients": "3"}},
    ):
        assert not committed(beta.MicroBank, registry).is_valid({**raw, **wrong}), wrong
        assert not Validator(kind_schema(beta.MicroBank)).is_valid({**raw, **wrong}), wrong
    assert list(kind_schema(alpha.Bank, refs=True)["$defs"]) == ["kind:alpha:bank"]
    shared = json.loads(schema_files(core.catalog)["values.schema.json"])["$defs"]
    assert {"Code", "Money", "Period", "Source"} <= set(shared)


def test_every_line_fits_the_bundle(chain):
    model = chain["both"]
    validator = Validator(bundle_schema(model.catalog))

    @given(datasets(model, max_size=3))
    def check(dataset):
        validator.validate(make_header(dataset.records, model.catalog, {}))
        for record in dataset:
            validator.validate(floats(unstructure(record)))

    check()


WRONG = [
    actor(country=1),
    actor(names="x"),
    actor(identifiers=[{"scheme": "x"}]),
    actor(id=""),
    actor(period={"parts": [{"of": "x"}]}),
    tie(amounts=[{"amount": 1}]),
    tie(source=None),
    {"kind": "tie", "id": "t"},
    {"kind": "pillar", "id": "p", "number": "1"},
    {"id": "a"},
]


@pytest.mark.parametrize("raw", WRONG, ids=str)
def test_what_reading_refuses_the_bundle_refuses(core, raw):
    assert not Validator(bundle_schema(core.catalog)).is_valid(raw)


def test_the_strict_form_finds_misspelt_members(core):
    raw = actor(contry="SN", sources=[{"titel": "x"}])
    assert Validator(kind_schema(jmdi.Actor)).is_valid(raw)
    assert not Validator(kind_schema(jmdi.Actor, strict=True)).is_valid(raw)
    assert not Validator(kind_schema(jmdi.Actor, strict=True)).is_valid(actor(contry="SN"))
    assert Validator(kind_schema(jmdi.Actor, strict=True)).is_valid(actor(country="SN"))
    bundle = Validator(bundle_schema(core.catalog, strict=True))
    assert not bundle.is_valid({"kind": "actr", "id": "a/1"})


def test_plugin_fields_stand_in_their_block(chain):
    import beta

    schema = kind_schema(beta.MicroBank)
    assert schema["$id"] == "jmdi:kind/beta:microbank/1"
    own = schema["$defs"]["kind:beta:microbank"]
    assert own["properties"]["beta:microbank"]["required"] == ["clients"]
    assert own["required"] == ["beta:microbank"]
    assert own["$ref"] == "#/$defs/kind:alpha:bank"
    bank = schema["$defs"]["kind:alpha:bank"]["properties"]["alpha:bank"]
    assert "licence" in bank["properties"]
    apart = kind_schema(beta.MicroBank, refs=True)
    assert json.loads(schema_files(chain["both"].catalog)["beta.microbank.schema.json"]) == apart
