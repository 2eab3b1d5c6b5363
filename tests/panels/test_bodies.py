"""The bodies of panels hold plain data, and refuse what nobody could show."""

from __future__ import annotations

import datetime
import pickle
from decimal import Decimal

import pytest

import jmdi
from jmdi.panels import (
    Bar,
    Bars,
    Cards,
    Column,
    Country,
    Curve,
    Grid,
    Level,
    Line,
    Link,
    Matrix,
    Point,
    Range,
    Row,
    Span,
    Step,
    Timeline,
    Trail,
    Unknown,
    in_language,
    link_to,
)

DAY = datetime.date(2015, 10, 2)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Grid([Column("a")], [[None]]), "write what is not known as"),
        (lambda: Grid([Column("a")], [["x", "y"]]), "a row has 2 cells for 1 columns"),
        (lambda: Grid([Column("a")], [[float("nan")]]), "what is not known is None"),
        (lambda: Grid([Column("a")], [[True]]), "a cell holds no True"),
        (lambda: Bar({"en": 3}), "texts by language"),
        (lambda: Bar("a", float("inf")), "what is not known is None"),
        (lambda: Bar("a", "3"), "a number, or None"),
        (lambda: Bars(["a"]), "rows of Bars holds Bar, not 'a'"),
        (lambda: Matrix(["a"], ["b"], [[1, 2]]), "1 rows and 1 columns needs as many"),
        (lambda: Span(DAY, DAY - datetime.timedelta(1)), "before it starts"),
        (lambda: Trail([Step("a", "product")], [(0, 1)]), "names no two of 1 steps"),
        (lambda: Cards([]).cards[0], "index"),
    ],
)
def test_what_cannot_be_shown_is_refused(make, words):
    with pytest.raises((jmdi.ModelError, IndexError), match=words):
        make()


def test_a_body_can_be_compared_hashed_and_pickled():
    money = jmdi.Money(amount=Decimal(500), currency="EUR")
    bodies = [
        Grid([Column({"en": "Cost"})], [[money], [Unknown("not asked")], [Range(None, 0, 1)]]),
        Timeline([Row("a", spans=[Span(DAY, DAY, "single")], money=(money, money))], left_out=3),
        Curve([Line("a", [Point(DAY, 0.5, 0, 1)])], note={"en": "Up is more."}),
        Matrix(["a"], ["b"], [[None]]),
    ]
    for body in bodies:
        assert pickle.loads(pickle.dumps(body)) == body
        assert hash(body) == hash(pickle.loads(pickle.dumps(body)))


def test_a_text_falls_back_to_english():
    words = {"en": "cost", "fr": "coût"}
    assert [in_language(words, lang) for lang in ("fr", "ar")] == ["coût", "cost"]
    assert in_language({"und": "Quito"}, "fr") == in_language("Quito", "fr") == "Quito"
    assert in_language({}, "en") == ""


def test_records_are_named_and_persons_are_not():
    town = jmdi.Actor(id="t", names={"es": "Municipio A"})
    person = jmdi.Actor(id="p", names={"en": "Ana"}, type=jmdi.code("actor-type", "individuals"))
    assert link_to(town) == Link("t", {"es": "Municipio A"})
    assert link_to(jmdi.Actor(id="x")) == Link("x", "x")
    assert link_to(person)["en"] == "a person, not named"
    assert len(link_to(person)) == 5


def test_a_country_is_named_and_keeps_its_code():
    italy = Country("IT", {"en": "Italy"})
    assert Grid([Column("a")], [[italy]]).rows[0][0].code == "IT"
    assert (in_language(italy, "fr"), in_language(Country("IT"), "fr")) == ("Italy", "IT")
    again = pickle.loads(pickle.dumps(italy))
    assert (again, again.code, type(again)) == (italy, "IT", Country)


def test_a_level_may_not_be_counted():
    assert Level("Practice", Unknown("not asked")).count.reason == "not asked"
