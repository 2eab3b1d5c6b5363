"""Records, facets and values refuse what their fields cannot hold, and say how to mend it."""

from __future__ import annotations

import datetime
import enum
import inspect
import pickle
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

import attrs
import pytest

import jmdi
from jmdi.model.constructors import unchecked
from jmdi.model.frozen import EMPTY, FrozenMap


class Colour(enum.Enum):
    """Two colours."""

    RED = "red"
    BLUE = "blue"


@jmdi.value
class Mark:
    """A value class.

    Attributes:
        word: A word.
    """

    word: str
    extra: Mapping[str, Any] = EMPTY


@jmdi.define("acme:thing")
class Thing(jmdi.Entity):
    """A thing with a field of each type.

    Attributes:
        whole: A whole number.
        real: A real number.
    """

    whole: int | None = None
    real: float | None = None
    yes: bool | None = None
    exact: Decimal | None = None
    day: datetime.date | None = None
    time: datetime.datetime | None = None
    colour: Colour | None = None
    size: Literal["s", "m"] | None = None
    mark: Mark | None = None
    marks: tuple[Mark, ...] = ()
    others: tuple[jmdi.Ref["Thing"], ...] = ()
    counts: Mapping[str, int] = EMPTY
    loose: Mapping[str, Any] = EMPTY
    words: tuple[str, ...] = ()


@jmdi.facet("acme:risk", on=jmdi.Actor)
class Risk(jmdi.Facet):
    """Risk.

    Attributes:
        score: The score.
    """

    score: int | None = None


NOON = datetime.datetime(2015, 10, 19, 12)
TAKEN = [
    ("whole", 3, 3),
    ("real", 2, 2.0),
    ("real", 2.5, 2.5),
    ("exact", 1, Decimal(1)),
    ("exact", "1.50", Decimal("1.50")),
    ("day", NOON.date(), NOON.date()),
    ("time", NOON.replace(tzinfo=datetime.UTC), NOON.replace(tzinfo=datetime.UTC)),
    ("colour", Colour.RED, Colour.RED),
    ("size", "s", "s"),
    ("mark", Mark("x"), Mark("x")),
    ("marks", [Mark("x")], (Mark("x"),)),
    ("others", iter(["a", "b"]), ("a", "b")),
    ("counts", {"a": 1}, {"a": 1}),
    ("loose", {"a": [1, {"b": None}]}, {"a": (1, {"b": None})}),
    ("words", ("", "x"), ("", "x")),
]

REFUSED = [
    ("id", None, ""),
    ("id", "", "make_id"),
    ("whole", "3", ""),
    ("whole", True, ""),
    ("whole", 3.0, "write 3"),
    ("real", "1", ""),
    ("real", float("nan"), ""),
    ("yes", 1, "write True"),
    ("yes", "yes", ""),
    ("exact", 0.5, 'write "0.5"'),
    ("exact", True, ""),
    ("exact", Decimal("NaN"), "not known"),
    ("exact", Decimal("-Infinity"), "not known"),
    ("exact", "1E+1000000000", ""),
    ("exact", "1,5", "with a point"),
    ("day", "2015-10-19", "fromisoformat('2015-10-19')"),
    ("day", NOON, ".date()"),
    ("time", NOON, "datetime.UTC"),
    ("colour", "red", "Colour.RED or Colour.BLUE"),
    ("size", "l", ""),
    ("mark", {"word": "x"}, "Mark(**…)"),
    ("mark", "x", "Mark(…)"),
    ("marks", Mark("x"), "a tuple"),
    ("marks", (Mark("x"), "y"), "Mark(…)"),
    ("others", "ab", "a tuple"),
    ("others", {"a"}, "sorted"),
    ("marks", frozenset(), "sorted"),
    ("facets", [1], ""),
    ("others", ("a", ""), "make_id"),
    ("counts", {"a": "1"}, ""),
    ("counts", [1], ""),
    ("loose", {"a": float("nan")}, "finite"),
    ("loose", 1, ""),
    ("names", {"en": None}, '{"en": "…"}'),
    ("words", ("x", 3), 'write "3"'),
    ("period", "2015", "Period(…)"),
    ("sources", {"title": "x"}, "a tuple"),
]


@pytest.mark.parametrize(("field", "given", "held"), TAKEN)
def test_what_fits_is_held_exact_and_immutable(field, given, held):
    thing = Thing(id="t", **{field: given})
    assert getattr(thing, field) == held
    assert type(getattr(thing, field)) is type(held) or isinstance(held, dict)
    assert hash(thing) == hash(jmdi.evolve(thing))


@pytest.mark.parametrize(("field", "given", "cure"), REFUSED)
def test_what_does_not_fit_is_refused_with_class_field_and_cure(field, given, cure):
    with pytest.raises(jmdi.BadValue) as caught:
        Thing(**{"id": "t", field: given})
    error = caught.value
    assert isinstance(error, ValueError)
    assert (error.owner, error.field.partition("[")[0]) == ("Thing", field)
    assert str(error).startswith(f"Thing.{error.field}: expected {error.wanted}, got ")
    assert cure in error.cure
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_whole_number_that_python_would_not_write_is_refused():
    """None of these has an id that pytest could write either."""
    most = 10**4300
    assert Thing(id="t", whole=most - 1, extra={"x": 1 - most}).to_dict()["x"] == 1 - most
    for wrong in (
        {"whole": most},
        {"whole": -most},
        {"loose": {"a": [most]}},
        {"extra": {"a": most}},
    ):
        with pytest.raises(jmdi.BadValue, match="at most 4300 digits"):
            Thing(id="t", **wrong)


def test_the_place_in_a_field_is_named():
    with pytest.raises(jmdi.BadValue) as caught:
        Thing(id="t", counts={"a": 1, "b": "2"})
    assert str(caught.value) == "Thing.counts['b']: expected whole number, got text '2'"
    with pytest.raises(jmdi.BadValue, match=r"Action\.objectives\[1\]: expected words by language"):
        jmdi.Action(id="a", objectives=({"en": "x"}, {"en": 3}))


def test_a_record_in_place_of_its_id_is_refused_with_the_id():
    with pytest.raises(jmdi.BadValue, match=r"give its id, 'a'"):
        jmdi.Tie(id="t", source=jmdi.Actor(id="a"), target="b")


def test_a_code_in_place_of_which_a_word_is_given_is_named():
    with pytest.raises(jmdi.BadValue, match=r"jmdi\.code\('actor-type', 'ngo'\)"):
        jmdi.Actor(id="a", type="ngo")


@pytest.mark.parametrize("text", ["2013/nan", "", "2015-02-30", "soon"])
def test_a_date_that_is_none_is_refused(text):
    with pytest.raises(jmdi.BadValue, match=r"Period\.edtf: expected a date in EDTF"):
        jmdi.Period(text)
    with pytest.raises(jmdi.BadValue, match=r"DatedPart\.edtf"):
        jmdi.DatedPart("x", text)


def test_a_date_that_is_none_is_kept_when_it_is_read(core):
    raw = {"kind": "actor", "id": "a", "period": {"edtf": "2013/nan"}}
    record = unchecked(jmdi.Actor)(id="a", period=unchecked(jmdi.Period)("2013/nan"))
    from jmdi.files.codec import Codec

    assert Codec(core.catalog).structure(raw, jmdi.Actor) == record
    assert jmdi.evolve(record, country="PH").period.edtf == "2013/nan"


def test_a_facet_is_refused_on_a_kind_it_is_not_declared_for():
    assert jmdi.Actor(id="a").with_facet(Risk(score=1)).facet(Risk).score == 1
    with pytest.raises(jmdi.BadValue, match=r"Territory\.facets.*Risk is declared on=Actor"):
        jmdi.Territory(id="t").with_facet(Risk(score=1))
    with pytest.raises(jmdi.BadValue, match="'acme:other'"):
        jmdi.Actor(id="a", facets={"acme:other": Risk()})
    with pytest.raises(jmdi.BadValue, match=r"@jmdi\.facet"):
        jmdi.Actor(id="a", facets={"x": Mark("x")})


@pytest.mark.parametrize("name", ["id", "kind", "country", "names", "sources"])
def test_a_member_that_would_hide_a_declared_one_is_refused(name):
    with pytest.raises(jmdi.BadValue, match=rf"Actor\.extra: .*'{name}'"):
        jmdi.Actor(id="a", extra={name: "x"})


def test_members_of_blocks_and_values_hide_nothing_either():
    with pytest.raises(jmdi.BadValue, match=r"Money\.extra"):
        jmdi.Money(1, extra={"amount": "2"})
    with pytest.raises(jmdi.BadValue, match=r"Thing\.extra: .*'whole'"):
        Thing(id="t", extra={"acme:thing": {"whole": 1}})
    with pytest.raises(jmdi.BadValue, match=r"Thing\.extra"):
        Thing(id="t", extra={"acme:thing": 1})
    with pytest.raises(jmdi.BadValue, match=r"Actor\.extra: .*'acme:risk'"):
        jmdi.Actor(id="a", facets={"acme:risk": Risk()}, extra={"acme:risk": {}})
    assert Thing(id="t", whole=1, extra={"acme:thing": {"other": 1}, "whole": 2}).whole == 1


def test_converters_validators_and_what_comes_after_still_run():
    made = []

    @jmdi.value
    class Own:
        """A value class of a plugin."""

        word: str = attrs.field(converter=str.strip, validator=attrs.validators.min_len(2))
        extra: Mapping[str, Any] = EMPTY

        def __attrs_post_init__(self):
            made.append(self.word)

    for make in (Own, unchecked(Own)):
        assert make(" ab ").word == "ab"
        with pytest.raises(ValueError, match="word"):
            make(" a ")
    assert made == ["ab", "ab"]


def test_the_signature_is_that_of_the_fields():
    parameters = inspect.signature(jmdi.Money).parameters
    assert list(parameters)[:2] == ["amount", "currency"]
    assert parameters["extra"].kind is inspect.Parameter.KEYWORD_ONLY
    assert inspect.signature(Thing).parameters["whole"].default is None
    with pytest.raises(TypeError, match="unexpected keyword argument 'colr'"):
        Thing(id="t", colr=Colour.RED)
    with pytest.raises(TypeError, match="'source'"):
        jmdi.Tie(id="t", target="a")


def test_what_is_unchecked_is_the_same_as_what_is_checked():
    fields = {"id": "t", "names": FrozenMap({"en": "x"}), "whole": 3, "marks": (Mark("x"),)}
    assert unchecked(Thing)(**fields) == Thing(**fields)


@pytest.mark.parametrize(
    ("name", "given", "wanted"),
    [
        ("whole", "3", "whole number"),
        ("exact", True, "decimal number"),
        ("yes", "no", "yes or no"),
        ("words", 1, "list, each item text"),
        ("counts", 1, "mapping, each value whole number"),
    ],
)
def test_types_are_named_in_words(name, given, wanted):
    with pytest.raises(jmdi.BadValue, match=rf"\.{name}: expected {wanted}( or None)?, got "):
        Thing(id="t", **{name: given})


def test_a_number_as_a_date_is_told_how_a_wave_is_given():
    with pytest.raises(jmdi.BadValue, match=r"the wave of a study is Period\(wave=1\)"):
        jmdi.Period(1)


@pytest.mark.parametrize("given", ["text", 3, [3], ["text"]])
@pytest.mark.parametrize("error", [jmdi.DataError, jmdi.FormatError])
def test_an_error_of_the_data_takes_problems_only(error, given):
    with pytest.raises(TypeError, match=f"^{error.__name__} takes the problems, such as "):
        error(given)
