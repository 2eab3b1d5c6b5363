"""The JSON Schemas agree with what is written, and the committed ones with the code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from filing import actor, tie
from hypothesis import given, settings
from jsonschema import Draft202012Validator as Validator

import jmdi
from jmdi.files.codec import unstructure
from jmdi.files.header import make_header
from jmdi.files.schema import bundle_schema, kind_schema, schema_files
from jmdi.model import kinds, relations
from jmdi.testing import datasets, records

SCHEMAS = Path(__file__).parents[2] / "schemas"
KINDS = [getattr(module, name) for module in (kinds, relations) for name in module.__all__]


def floats(value):
    """A JSON value with its exact numbers as floats, which is what a validator knows."""
    if isinstance(value, dict):
        return {name: floats(part) for name, part in value.items()}
    if isinstance(value, list):
        return [floats(part) for part in value]
    return value if value is None or isinstance(value, (str, bool, int, float)) else float(value)


def test_committed_schemas_are_those_that_the_code_makes(core):
    made = schema_files(core.catalog)
    committed = {p.name: p.read_text(encoding="utf-8") for p in SCHEMAS.glob("*.json")}
    assert sorted(committed) == sorted(made), "run tools/make_schemas.py"
    for name, text in made.items():
        assert committed[name] == text, f"{name}: run tools/make_schemas.py"


@pytest.mark.parametrize("strict", [False, True])
def test_schemas_are_valid_themselves(core, strict):
    Validator.check_schema(bundle_schema(core.catalog, strict=strict))
    for cls in KINDS:
        Validator.check_schema(kind_schema(cls, strict=strict))


@pytest.mark.parametrize("cls", KINDS, ids=lambda cls: cls.kind)
def test_every_record_fits_the_schema_of_its_kind(cls):
    validator = Validator(kind_schema(cls))

    @settings(max_examples=8)
    @given(records(cls))
    def check(record):
        validator.validate(floats(unstructure(record)))

    check()


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
    assert schema["properties"]["beta:microbank"]["required"] == ["clients"]
    assert "beta:microbank" in schema["required"]
    assert "licence" in schema["properties"]["alpha:bank"]["properties"]
    assert json.loads(schema_files(chain["both"].catalog)["beta.microbank.schema.json"]) == schema
