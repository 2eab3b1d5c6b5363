"""What an argument of a type takes, which text means it, and what is said of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

import pytest

from jmdi.errors import ModelError
from jmdi.graph.network import Network
from jmdi.metrics.types import Count, Day, Ids, Share, Window
from jmdi.plugins.argument_types import Above, AtLeast, AtMost, Below, wanted

DAY = datetime.date(2015, 12, 31)
NET = Network.from_edges([("a", "b")])


@pytest.mark.parametrize(
    ("type_", "good", "bad"),
    [
        (bool, [True, False], [0, 1, "true", None]),
        (int, [0, -3], [True, 1.0, "1", None]),
        (float, [1, 0.5, float("inf")], [True, float("nan"), "1", None]),
        (str, ["", "a"], [1, None, ["a"]]),
        (Literal["a", 1], ["a", 1], ["b", True, 1.5, ["a"]]),
        (Literal["a"] | None, ["a", None], ["None"]),
        (Ids, ["a", ["a"], {"a"}, ()], [1, [1], {"a": "b"}]),
        (Iterable[float], [[1, 2.5], (0,)], ["12", [True], {1: 2}]),
        (float, [10**300], [10**400]),
        (tuple[str, int], [("a", 1), ["a", 1]], [("a", "b"), ("a",), "ab", ("a", 1, 1)]),
        (Sequence[str], [["a"]], [{"a"}]),
        (tuple[int, int], [(1, 2), [1, 2]], [(1,), (1, 2, 3)]),
        (Mapping[str, int], [{"a": 1}], [[("a", 1)], {"a": "x"}]),
        (Callable[[Any], Any], [len], ["len"]),
        (Network | str, [NET, "net"], [1]),
        (Annotated[int, AtLeast(1)], [1, 7], [0, 1.5]),
        (Annotated[float, AtLeast(0), Below(1)], [0, 0.9], [1, -0.1]),
        (Annotated[float, Above(0), AtMost(1)], [0.1, 1], [0, 1.1]),
        (Annotated[float, Above(0)] | None, [0.1, None], [0]),
        (Share, [0, 0.5, 1], [-0.1, 1.1]),
        (Count | None, [0, None], [-1]),
        (Day, [DAY, "2015-12-31"], ["2015", "20151231", "soon", 2015]),
        (Window, ["2012-01-01/2017-01-01", (DAY, datetime.date(2016, 1, 1))], ["2012/2017"]),
        (Window, [], ["2017-01-01/2012-01-01", "2012-01-01"]),
        (Any, [None, 1, "a"], []),
        (object, [None, 1, "a"], []),
        ("NeverHeardOf", [None, 1, "a"], []),
    ],
)
def test_a_type_takes_its_values_and_no_others(type_: Any, good: list[Any], bad: list[Any]) -> None:
    assert [value for value in good if not wanted(type_).takes(value)] == []
    assert [value for value in bad if wanted(type_).takes(value)] == []


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        (bool, "true", True),
        (bool, "False", False),
        (int, "12", 12),
        (float, "3", 3.0),
        (str, "12", "12"),
        (str, '"a,b"', "a,b"),
        (int | None, "none", None),
        (Literal["none", "all"] | None, "none", "none"),
        (Ids, "ghana", "ghana"),
        (Ids, "ghana,senegal", ["ghana", "senegal"]),
        (Ids, "ghana, senegal", ["ghana", "senegal"]),
        (Ids, '["ghana"]', ["ghana"]),
        (Ids, '"ghana,senegal"', "ghana,senegal"),
        (Iterable[float], "0.2", [0.2]),
        (Share | Iterable[Share], "0.2", 0.2),
        (Share | Iterable[Share], "0.2,0.4", [0.2, 0.4]),
        (str | Iterable[float], "uniform,0,1", "uniform,0,1"),
        (Mapping[str, int], '{"a": 1}', {"a": 1}),
        (str | Mapping[str, str], "country", "country"),
        (datetime.date, "2015-12-31", DAY),
        (Any, "1.5", 1.5),
        (Any, "text", "text"),
    ],
)
def test_text_is_read_by_the_type(type_: Any, text: str, value: Any) -> None:
    assert wanted(type_).read(text) == value
    assert type(wanted(type_).read(text)) is type(value)


@pytest.mark.parametrize(
    ("type_", "text"),
    [(bool, "1"), (int, "1.5"), (int, "many"), (Literal["a"], "b"), (Share, "x"), (len, "[")],
)
def test_text_that_is_no_value_is_refused(type_: Any, text: str) -> None:
    if type_ is len:
        type_ = Callable[[Any], Any]
    with pytest.raises(ValueError):
        wanted(type_).read(text)


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        (Annotated[int, AtLeast(1)] | None, "a whole number, at least 1 or None"),
        (Share, "a number from 0 to 1"),
        (Literal["a", "b", "c"], "'a', 'b' or 'c'"),
        (Ids, "a text or a list, each item a text"),
        (Day, "a date such as 2015-12-31"),
        (bool, "True or False"),
        (Network, "a Network"),
    ],
)
def test_a_type_is_said_in_words(type_: Any, words: str) -> None:
    assert wanted(type_).words == words


def test_choices_are_those_of_closed_types() -> None:
    assert wanted(bool).choices == (True, False)
    assert wanted(Literal["a", "b"] | None).choices == ("a", "b", None)
    assert wanted(Literal["inverse"] | str).choices == ()


@pytest.mark.parametrize("type_", [Iterable[int], str, int | str, list[int] | None, Any])
def test_a_bound_of_numbers_stands_at_numbers(type_: Any) -> None:
    with pytest.raises(ModelError, match=r"AtLeast\(low=1\) bounds numbers, not .*: it stands at"):
        wanted(Annotated[type_, AtLeast(1)])
    assert wanted(Annotated[float | None, AtLeast(1)]).takes(2)
    assert wanted(Iterable[Annotated[int, AtLeast(1)]]).takes([2])
