"""The vocabulary of a field stands in its type, and all else follows from that."""

from __future__ import annotations

import types
from pathlib import Path
from typing import Annotated

import pytest

import jmdi
from jmdi.files.schema import kind_schema
from jmdi.files.vocabularies import vocabularies_in
from jmdi.model.declare import fields_of
from jmdi.words.tables import LANGUAGES

TABLES = Path(jmdi.__file__).parent / "builtin" / "kinds" / "vocabularies"
COLOUR = jmdi.Vocabulary("acme:colour", [jmdi.Concept("red", {"en": "Red"})])
WORDINGS = {
    "acme:shop": ("A code of ``acme:colour``.", "acme:colour", "red"),
    "acme:stall": ("A code of ``tie-kind``.", "actor-type", "ingo"),
    "acme:kiosk": ("Its type, one of ``actor-type``.", "actor-type", "ingo"),
    "acme:barrow": ("How it looks.", "acme:colour", "red"),
}
"""A kind: what its docstring says, the vocabulary that its field names, and a code of that."""


@jmdi.define("acme:sign")
class Sign(jmdi.Entity):
    """A sign.

    Attributes:
        colours: Its colours.
        about: What it is about, in any vocabulary.
        reason: Why it has no colour.
    """

    colours: tuple[Annotated[jmdi.Code, "acme:colour"], ...] = ()
    about: jmdi.Code | None = None
    reason: Annotated[str, "unknown-reason"] | None = None


def kind(name: str, says: str, scheme: str) -> type[jmdi.Record]:
    body = {
        "__doc__": f"A thing.\n\n    Attributes:\n        colour: {says}\n    ",
        "__annotations__": {"colour": Annotated[jmdi.Code, scheme] | None},
        "colour": None,
        "__module__": __name__,
    }
    return jmdi.define(name)(type(name.partition(":")[2].title(), (jmdi.Entity,), body))


@pytest.fixture(scope="module")
def model():
    kinds = [kind(name, says, scheme) for name, (says, scheme, _) in WORDINGS.items()]
    plugin = types.ModuleType("acme")
    plugin.JMDI_API = 1
    plugin.jmdi_kinds = jmdi.hookimpl(lambda: [*kinds, Sign])
    plugin.jmdi_vocabularies = jmdi.hookimpl(lambda: [COLOUR])
    return jmdi.Model.build([plugin])


def read(model, tmp_path, kind, table):
    (tmp_path / "t.csv").write_text(table)
    ds = model.read(tmp_path / "t.csv", format="table", kind=kind, on_error="keep")
    problems = ds.problems
    return next(iter(ds), None), problems


@pytest.mark.parametrize("kind", WORDINGS)
def test_a_cell_becomes_a_code_of_the_vocabulary_that_the_field_names(model, tmp_path, kind):
    _, scheme, word = WORDINGS[kind]
    for cell in (word, f"{scheme}:{word}"):
        record, problems = read(model, tmp_path, kind, f"id,colour\nx,{cell}\n")
        assert record.colour == jmdi.Code(scheme, word)
        assert not problems


def test_each_item_of_a_list_becomes_such_a_code(model, tmp_path):
    record, _ = read(model, tmp_path, "acme:sign", "id,colours\nx,red | acme:colour:green\n")
    assert record.colours == (jmdi.Code("acme:colour", "red"), jmdi.Code("acme:colour", "green"))


def test_a_field_without_a_vocabulary_takes_any_that_is_named(model, tmp_path):
    record, problems = read(model, tmp_path, "acme:sign", "id,about\nx,nace:47.1\n")
    assert record.about == jmdi.Code("nace", "47.1")
    record, problems = read(model, tmp_path, "acme:sign", "id,about\nx,trade\n")
    assert record.about is None
    assert record.extra["about.words"] == "trade"
    assert "…:trade in a table" in problems[0].cure


def test_tables_are_written_and_read_back(model, tmp_path):
    sign = Sign(id="x", colours=(jmdi.Code("acme:colour", "a:b"),), about=jmdi.Code("a:b", "c"))
    model.dataset([sign]).write(tmp_path / "out", format="tables")
    assert list(model.read(tmp_path / "out")) == [sign]


def test_checks_know_the_vocabulary(model):
    sign = Sign(id="x", colours=(jmdi.Code("actor-type", "ingo"),), reason="forgotten")
    found = {p.code: p for p in model.dataset([sign]).check()}
    assert set(found) == {"J309", "J310"}
    assert found["J309"].path == "/acme:sign/reason"
    assert "'acme:colour'" in found["J310"].message


def test_the_schema_names_the_vocabulary():
    schema = kind_schema(Sign)["$defs"]["kind:acme:sign"]
    block = schema["properties"]["acme:sign"]["properties"]
    assert block["colours"]["items"]["x-vocabulary"] == "acme:colour"
    assert block["reason"]["anyOf"][0]["x-vocabulary"] == "unknown-reason"


def test_only_codes_take_a_vocabulary():
    body = {
        "__doc__": "A thing.",
        "__annotations__": {"size": Annotated[jmdi.Quantity, "acme:size"]},
        "__module__": __name__,
    }
    with pytest.raises(jmdi.ModelError, match="is not a field type"):
        jmdi.define("acme:box")(type("Box", (jmdi.Entity,), body))


def test_every_vocabulary_that_a_core_field_names_is_there(core):
    schemes = {
        kind.scheme
        for cls in core.catalog.kinds.values()
        for field in fields_of(cls)
        if (kind := field.type.item or field.type).scheme
    }
    assert schemes <= set(core.catalog.vocabularies)
    assert len(schemes) == 24


def test_every_code_in_a_table_has_a_label_in_every_language():
    for vocabulary in vocabularies_in(TABLES):
        scheme = vocabulary.scheme
        for concept in vocabulary.concepts:
            assert set(concept.labels) == set(LANGUAGES), f"{scheme}:{concept.code}"
