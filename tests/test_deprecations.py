"""What goes is announced for a year, and gone when it was said to go."""

from __future__ import annotations

import importlib.metadata
import sys
import types

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.deprecations import Deprecation, deprecated, deprecations, overdue


@deprecated(since="26.2", remove_in="27.2", instead="jmdi.read")
def load(path, *, format=None):
    """Loads."""
    return path, format


@deprecated(since="26.2", remove_in="28.1", instead="jmdi.Dataset")
@attrs.frozen(slots=True)
class Collection:
    """Old."""

    size: int = 0

    @property
    @deprecated("26.2", "27.3", "size")
    def count(self):
        return self.size

    @classmethod
    @deprecated("26.2", "27.4", "Collection()")
    def empty(cls):
        return 0


class Bag(Collection):
    """A subclass, which is not old."""


ARGUMENT = Deprecation("load(fmt=)", "26.1", "27.1", "load(format=)")


def caller(action):
    """Runs something and gives the warning and where it points."""
    with pytest.warns(DeprecationWarning) as caught:
        result = action()
    (one,) = caught
    return result, str(one.message), one.filename


def test_a_function_warns_where_it_is_called_and_works():
    result, message, file = caller(lambda: load("a", format="x"))
    assert result == ("a", "x")
    assert message.endswith("load is deprecated since 26.2 and goes in 27.2: use jmdi.read")
    assert file == __file__
    assert load.__name__ == "load"
    assert load.__doc__ == "Loads."


def test_a_class_warns_when_it_is_made():
    made, message, file = caller(lambda: Collection(3))
    assert made.size == 3
    assert "Collection is deprecated" in message
    assert file == __file__


def test_a_subclass_is_not_old(recwarn):
    assert Bag(2).size == 2
    assert not [w for w in recwarn if w.category is DeprecationWarning]


def test_methods_and_properties_warn():
    bag = Bag(2)
    assert caller(lambda: bag.count)[0] == 2
    assert caller(Bag.empty)[0] == 0


def test_an_argument_warns_at_the_callers_line():
    def old(fmt):
        ARGUMENT.warn()
        return fmt

    assert caller(lambda: old("x")) == ("x", str(ARGUMENT), __file__)


@pytest.mark.parametrize(
    ("since", "remove_in", "why"),
    [
        ("26.2", "26.9", "less than a year"),
        ("26.2", "27.1", "less than a year"),
        ("soon", "27.1", "YY.N"),
        ("26.1", "27", "YY.N"),
        ("2026", "27.1", "YY.N"),
    ],
)
def test_less_than_a_year_is_refused(since, remove_in, why):
    with pytest.raises(ValueError, match=why):
        deprecated(since, remove_in, "nothing")(load)


versions = st.tuples(st.integers(20, 99), st.integers(1, 30))


@given(versions, versions, versions)
def test_it_is_overdue_from_the_version_on_in_which_it_goes(since, later, now):
    end = max((since[0] + 1, since[1]), later)
    mark = Deprecation("x", "{}.{}".format(*since), "{}.{}".format(*end), "y")
    assert mark.is_overdue("{}.{}".format(*now)) == (now >= end)
    assert mark.is_overdue("{}.{}.dev3+local".format(*now)) == (now >= end)


@pytest.fixture
def package(monkeypatch):
    module = types.ModuleType("old_things")
    for name, thing in {"load": load, "Collection": Collection, "ARGUMENT": ARGUMENT}.items():
        setattr(module, name, thing)
    monkeypatch.setitem(sys.modules, "old_things", module)
    for thing in (Collection, load):
        monkeypatch.setattr(thing, "__module__", "old_things")
    return "old_things"


def test_all_marks_are_found(package):
    found = {mark.what.rpartition(".")[2]: mark.remove_in for mark in deprecations(package)}
    assert found == {
        "load": "27.2",
        "Collection": "28.1",
        "count": "27.3",
        "empty": "27.4",
        "load(fmt=)": "27.1",
    }


def test_only_what_is_overdue_is_told(package):
    assert overdue(package, "26.9") == ()
    assert [mark.remove_in for mark in overdue(package, "27.3")] == ["27.1", "27.3", "27.2"]
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        overdue(package)


def test_what_others_define_is_not_counted(package):
    importing = types.ModuleType("user_of_old_things")
    importing.load = load
    sys.modules["user_of_old_things"] = importing
    try:
        assert deprecations("user_of_old_things") == ()
    finally:
        del sys.modules["user_of_old_things"]


@pytest.mark.parametrize("name", ["jmdi", "jmdi_workplan"])
def test_nothing_is_overdue(name):
    pytest.importorskip(name)
    if name == "jmdi":
        pytest.importorskip("click")
    assert not overdue(name, jmdi.__version__)
