"""Declaring kinds, facets and value classes: what is refused, and that the message says where."""

from __future__ import annotations

import datetime
import enum
import itertools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

import attrs
import pytest

import jmdi
from jmdi.model.declare import fields_of, spec_of
from jmdi.model.fields import field_type


class Colour(enum.Enum):
    RED = "red"


def declare(cure, *, name="acme:thing", base=jmdi.Entity, doc="A thing.", **options):
    """A kind with one field of this type."""
    body = {"__annotations__": {"part": cure}, "__module__": __name__, "__doc__": doc}
    return jmdi.define(name, **options)(type("Thing", (base,), body))


OPEN_TYPES = [
    Any,
    object,
    set[str],
    frozenset[str],
    list[str],
    dict[str, str],
    str | int,
    str | int | None,
    tuple[str, int],
    tuple[str | None, ...],
    Mapping[int, str],
    Mapping[str, Any | None],
    bytes,
    complex,
    datetime.timedelta,
    Literal[1, 2],
    "Unknown",
    None,
    tuple,
    type("Plain", (), {}),
]


@pytest.mark.parametrize("cure", OPEN_TYPES, ids=repr)
def test_types_outside_the_closed_set_are_refused(cure):
    with pytest.raises(jmdi.ModelError, match="Thing"):
        declare(cure)


CLOSED_TYPES = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "decimal": Decimal,
    "date": datetime.date,
    "datetime": datetime.datetime,
    "enum": Colour,
    "literal": Literal["a", "b"],
    "id": jmdi.Id,
    "ref": jmdi.Ref[jmdi.Actor],
    "text": jmdi.Text,
    "value": jmdi.Money,
    "tuple": tuple[jmdi.Money, ...],
    "mapping": Mapping[str, int],
}


@pytest.mark.parametrize("form", CLOSED_TYPES)
def test_types_of_the_closed_set_are_taken(form):
    (field,) = spec_of(declare(CLOSED_TYPES[form])).fields
    assert (field.type.form, field.name, field.required) == (form, "part", True)
    assert field_type(CLOSED_TYPES[form] | None if form != "literal" else CLOSED_TYPES[form])
    assert str(field.type)


@pytest.mark.parametrize(
    "name", ["", "Acme", "acme thing", "acme:", ":thing", "a:b:c", "1a", "ä", "acme:Thing", "a_b"]
)
def test_names_that_are_no_names_are_refused(name):
    with pytest.raises(jmdi.ModelError, match="Thing"):
        declare(str, name=name)


@pytest.mark.parametrize("doc", [None, "", "  \n"])
def test_a_docstring_is_needed(doc):
    with pytest.raises(jmdi.ModelError, match=r"Thing.*docstring"):
        declare(str, doc=doc)


def test_a_field_may_not_hide_an_inherited_one():
    body = {"__annotations__": {"names": str}, "__module__": __name__, "__doc__": "A thing."}
    with pytest.raises(jmdi.ModelError, match=r"Thing.*names.*inherited"):
        jmdi.define("acme:thing")(type("Thing", (jmdi.Actor,), body))


def test_a_kind_derives_from_entity_or_relation():
    with pytest.raises(jmdi.ModelError, match=r"Thing.*Entity or Relation"):
        declare(str, base=object)


def test_id_from_names_fields():
    with pytest.raises(jmdi.ModelError, match=r"Thing.*id_from.*other"):
        declare(str, id_from=("part", "other"))
    assert spec_of(declare(str, id_from=("part", "names"))).id_from == ("part", "names")


def test_a_facet_needs_the_name_of_its_plugin():
    body = {"__annotations__": {"score": int}, "__module__": __name__, "__doc__": "A risk."}
    with pytest.raises(jmdi.ModelError, match=r"Risk.*plugin:risk"):
        jmdi.facet("risk", on=jmdi.Actor)(type("Risk", (jmdi.Facet,), body))


def test_a_value_class_keeps_what_it_does_not_know():
    body = {"__annotations__": {"score": int}, "__module__": __name__, "__doc__": "A score."}
    with pytest.raises(jmdi.ModelError, match=r"Score.*extra"):
        jmdi.value(type("Score", (), body))


def test_a_class_that_was_not_declared_has_no_spec():
    class Undeclared(jmdi.Actor):
        pass

    with pytest.raises(jmdi.ModelError, match="Undeclared"):
        spec_of(Undeclared)


def test_fields_come_from_the_most_general_class_first_and_sources_last():
    owners = [field.owner for field in fields_of(jmdi.Actor)]
    assert [owner for owner, _ in itertools.groupby(owners)] == [
        "record",
        "entity",
        "actor",
        "record",
    ]
    names = [field.name for field in fields_of(jmdi.Actor)]
    assert (names[0], names[-1]) == ("id", "sources")


def test_every_field_of_the_core_is_described(core):
    missing = [
        f"{cls.__name__}.{field.name}"
        for cls in core.catalog.kinds.values()
        for field in spec_of(cls).fields
        if not field.doc
    ]
    assert missing == []


def test_ends_are_inherited_unless_declared():
    body = {"__annotations__": {}, "__module__": __name__, "__doc__": "A tie of friends."}
    friend = jmdi.define("acme:friend")(type("Friend", (jmdi.Tie,), body))
    assert spec_of(friend).ends == spec_of(jmdi.Tie).ends
    assert spec_of(friend).label == "friend"


@pytest.mark.parametrize(
    ("cure", "default"),
    [
        (str | None, "a"),
        (int | None, 0),
        (tuple[str, ...], ("a",)),
        (jmdi.Text, {"en": "a"}),
        (tuple[str, ...] | None, ()),
        (tuple[str, ...], attrs.Factory(tuple)),
        (int, None),
        (jmdi.Text, None),
    ],
    ids=repr,
)
def test_a_default_is_what_a_file_leaves_out(cure, default):
    """Otherwise a value that is left out would be read as another one."""
    body = {"__annotations__": {"part": cure}, "part": default, "__doc__": "A thing."}
    with pytest.raises(jmdi.ModelError, match=r"Thing\.part.*default"):
        jmdi.define("acme:thing")(type("Thing", (jmdi.Entity,), {**body, "__module__": __name__}))


NOWHERE = """
import jmdi

@jmdi.define("sna:lab")
class Lab(jmdi.Actor):
    '''A laboratory.

    Attributes:
        rooms: How many it has.
    '''

    rooms: int | None = None
"""


def test_a_kind_of_code_that_is_no_module():
    names = {"__name__": "nowhere"}
    exec(NOWHERE, names)
    assert names["Lab"](id="a", rooms=3).rooms == 3
