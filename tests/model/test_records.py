"""Records and values: immutable, hashable, copied with care."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.model import kinds, money, relations, values
from jmdi.model.frozen import EMPTY, FrozenMap, freeze, thaw
from jmdi.testing import json_objects, records, unknown_members, words
from jmdi.testing import values as instances

KINDS = [getattr(module, name) for module in (kinds, money, relations) for name in module.__all__]
VALUES = [getattr(values, name) for name in values.__all__ if name != "code"]
some_record = st.sampled_from(KINDS).flatmap(records)
some_value = st.sampled_from(VALUES).flatmap(instances)


@given(some_record | some_value)
def test_nothing_can_be_changed(thing):
    for field in attrs.fields(type(thing)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(thing, field.name, getattr(thing, field.name))
    with pytest.raises(AttributeError):
        thing.other = 1


@given(some_record | some_value)
def test_equal_things_have_equal_hashes_and_survive_copying(thing):
    twin = pickle.loads(pickle.dumps(thing))
    assert twin == thing
    assert hash(twin) == hash(thing)
    assert copy.copy(thing) == copy.deepcopy(thing) == thing
    assert repr(twin) == repr(thing)


@given(some_record, unknown_members())
def test_evolve_keeps_what_it_is_not_told_to_change(record, extra):
    first = jmdi.evolve(record, extra=extra)
    second = jmdi.evolve(first, id="x/1")
    assert second.extra == freeze(extra)
    assert (second.id, second.facets, type(second)) == ("x/1", record.facets, type(record))
    assert jmdi.evolve(second, id=record.id) == first


def test_evolve_refuses_unknown_fields():
    with pytest.raises(TypeError, match="colour"):
        jmdi.evolve(jmdi.Actor(id="a/1"), colour="red")


def test_facets_ride_along():
    import alpha

    risk = alpha.Risk(score=3, reason="low")
    bank = alpha.Bank(id="b/1", licence="1").with_facet(risk)
    assert jmdi.evolve(bank, country="SN").facet(alpha.Risk) is risk
    assert risk.reason == {"und": "low"}
    assert jmdi.Actor(id="a/1").facet(alpha.Risk) is None
    with pytest.raises(jmdi.ModelError, match="Actor"):
        bank.facet(jmdi.Actor)


def test_texts_tuples_and_mappings_are_made_immutable():
    names = {"en": "Town"}
    codes = [jmdi.code("tie-kind", "funding")]
    actor = jmdi.Actor(id="a/1", names=names)
    partnership = jmdi.Partnership(id="p/1", kinds=codes, names="Pact")
    names["fr"] = "Ville"
    codes.clear()
    assert actor.names == {"en": "Town"}
    assert actor.names.__class__ is FrozenMap
    assert partnership.kinds == (jmdi.code("tie-kind", "funding"),)
    assert partnership.names == {"und": "Pact"}


@pytest.mark.parametrize("names", [["a"], 1, {"en": 1}, {1: "a"}, None])
def test_a_text_is_words_by_language(names):
    with pytest.raises(jmdi.BadValue, match=r"Actor\.names: expected"):
        jmdi.Actor(id="a/1", names=names)


def test_items_are_made_immutable_too():
    names = {"en": "Aim"}
    action = jmdi.Action(id="a/1", objectives=[names, "Another"])
    names["en"] = "Changed"
    assert action.objectives == ({"en": "Aim"}, {"und": "Another"})
    assert hash(action) == hash(jmdi.evolve(action))


def test_a_string_is_not_a_tuple():
    with pytest.raises(jmdi.BadValue, match="'en'"):
        jmdi.KnowledgeProduct(id="k/1", languages="en")


@given(st.text(), st.sampled_from(["fr", "es", "xx"]))
def test_a_label_is_never_empty(name, language):
    assert jmdi.Actor(id="a/1", names={"en": name}).label(language) == (name or "a/1")
    assert jmdi.Tie(id="t/1", source="a", target="b").label() == "t/1"


def test_pick_prefers_the_languages_asked_for():
    names = {"fr": "Ville", "en": "Town", "und": "?", "ar": "مدينة"}
    assert jmdi.pick(names, "xx", "fr") == "Ville"
    assert jmdi.pick(names) == "Town"
    assert jmdi.pick({"fr": "Ville", "und": "?"}) == "?"
    assert jmdi.pick({"fr": "Ville", "ar": "مدينة"}) == "مدينة"
    assert jmdi.pick(EMPTY) == ""


@given(json_objects())
def test_freezing_and_thawing_gives_the_same_json(value):
    frozen = freeze(value)
    assert thaw(frozen) == value
    assert hash(frozen) == hash(freeze(thaw(frozen)))
    assert pickle.loads(pickle.dumps(frozen)) == frozen


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ({1: 2}, TypeError),
        ({"a": {1, 2}}, TypeError),
        ({"a": b"x"}, TypeError),
        ({"a": float("nan")}, ValueError),
        ({"a": [Decimal("Infinity")]}, ValueError),
        ({"a": object()}, TypeError),
    ],
)
def test_only_json_values_can_be_frozen(value, error):
    with pytest.raises(error):
        freeze(value)
    with pytest.raises(jmdi.BadValue, match=r"Actor\.extra: expected"):
        jmdi.Actor(id="a/1", extra=value)


def test_nesting_is_bounded():
    value: dict = {}
    for _ in range(100):
        value = {"a": value}
    with pytest.raises(ValueError, match="64"):
        freeze(value)


def test_a_frozen_map_does_not_change():
    frozen = FrozenMap({"b": 1, "a": 2})
    with pytest.raises(AttributeError):
        frozen.other = 1
    with pytest.raises(TypeError):
        frozen["a"] = 1
    assert list(frozen) == ["b", "a"]
    assert frozen == {"a": 2, "b": 1}
    assert hash(frozen) == hash(FrozenMap({"a": 2, "b": 1}))
    assert frozen != [("b", 1)]
    assert "a" in frozen
    assert len(frozen) == 2


def test_amounts_are_exact():
    assert jmdi.Money("12.50", "EUR") == jmdi.Money(Decimal("12.5"), "EUR")
    assert jmdi.Quantity(3).value == Decimal(3)
    for wrong in (1.5, True, [1]):
        with pytest.raises(jmdi.BadValue, match=r"Money\.amount: expected"):
            jmdi.Money(wrong, "EUR")
    with pytest.raises(ValueError, match="12,50"):
        jmdi.Money("12,50", "EUR")


def test_money_is_known_when_figure_and_currency_are():
    assert jmdi.Money("1", "EUR").known
    assert not jmdi.Money("1").known
    assert not jmdi.Money(reason="in_kind").known


@given(words())
def test_a_period_without_a_date_has_neither_start_nor_end(typed):
    period = jmdi.Period(words=typed, reason="not_stated")
    assert period.start is None
    assert period.end is None
    assert period.parsed() is None


def test_a_short_repr_leaves_out_what_is_empty():
    assert repr(jmdi.Actor(id="a/1", country="SN")) == "Actor(id='a/1', country='SN')"
