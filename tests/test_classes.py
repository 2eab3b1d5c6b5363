"""A class whose methods are made late does what attrs does, and holds none of them before."""

from __future__ import annotations

import copy
import functools
import inspect
import pickle
import threading
from typing import Any, ClassVar

import attrs
import pytest

from jmdi.classes import define, frozen


def declared(decorator):
    class Point:
        """A point."""

        kind: ClassVar[str] = "point"
        x: int
        marks: tuple[Any, ...] = attrs.field(default=(), converter=tuple)
        _seen: dict[str, int] = attrs.field(factory=dict, eq=False, repr=False)
        even: bool = attrs.field(default=True, kw_only=True)

        def __attrs_post_init__(self):
            if self.x < 0:
                raise ValueError("x is below 0")

        @property
        def twice(self):
            return 2 * self.x

    return decorator(Point)


LATE, AT_ONCE = declared(frozen), declared(attrs.frozen(slots=True))


@frozen
class Pair:
    left: int
    right: int = 0


def test_its_objects_are_as_those_of_attrs():
    for given, named in [((1,), {}), ((2, [3]), {"even": False}), ((4,), {"seen": {"a": 1}})]:
        late, other = LATE(*given, **named), AT_ONCE(*given, **named)
        assert attrs.asdict(late) == attrs.asdict(other)
        assert repr(late) == repr(other)
        assert late.twice == other.twice
        assert late == LATE(*given, **named) and hash(late) == hash(LATE(*given, **named))
        assert late != other
        assert attrs.evolve(late, x=9) == LATE(9, late.marks, even=late.even)
    assert str(inspect.signature(LATE)) == str(inspect.signature(AT_ONCE))
    assert LATE.__match_args__ == AT_ONCE.__match_args__ == ("x", "marks", "_seen")
    assert set(LATE.__slots__) == set(AT_ONCE.__slots__)
    with pytest.raises(ValueError, match="below 0"):
        LATE(-1)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        LATE(1).x = 2
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del LATE(1).x


def test_nothing_is_made_before_it_is_used():
    @frozen
    class Made:
        x: int

    before = vars(Made)["__init__"]
    assert vars(Made)["__init__"] is before  # to look is not to use
    assert Made(1).x == 1
    assert inspect.isfunction(vars(Made)["__init__"])


def test_what_is_computed_once_is_kept_beside_the_fields():
    @frozen
    class Kept:
        x: int

        @functools.cached_property
        def twice(self):
            return [2 * self.x]

    kept = Kept(2)
    assert kept.twice == [4] and kept.twice is kept.twice
    assert kept == Kept(2)
    assert attrs.evolve(kept, x=3).twice == [6]
    with pytest.raises(AttributeError, match="thrice"):
        kept.thrice  # noqa: B018


def test_objects_that_change_are_as_those_of_attrs():
    def declared(decorator):
        class Met:
            x: int
            seen: list[int] = attrs.field(factory=list)
            _done: int = attrs.field(default=-1, init=False)

        return decorator(Met)

    late, other = declared(define), declared(attrs.define)
    assert str(inspect.signature(late)) == str(inspect.signature(other))
    met = late(1)
    met.seen.append(2)
    met.x = 3
    assert met == late(3, [2]) and late(1).seen == []
    assert attrs.asdict(met) == {"x": 3, "seen": [2], "_done": -1}
    with pytest.raises(TypeError, match="unhashable"):
        hash(met)
    with pytest.raises(AttributeError):
        met.other = 1


def test_what_only_attrs_knows_is_left_to_attrs():
    @frozen
    class Checked:
        x: int = attrs.field(validator=attrs.validators.instance_of(int))
        y: int = attrs.field(default=attrs.Factory(lambda self: 2 * self.x, takes_self=True))

    assert Checked(1).y == 2
    with pytest.raises(TypeError, match="'x'"):
        Checked("1")


def test_objects_may_be_equal_by_identity_alone():
    @frozen(eq=False)
    class One:
        x: int

    assert One(1) != One(1)
    assert len({One(1), One(1)}) == 2


def test_a_class_keeps_what_it_says_of_equality():
    @frozen
    class Own:
        x: int

        def __eq__(self, other):
            return isinstance(other, Own)

        __hash__ = None

    assert Own(1) == Own(2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(Own(1))


def test_its_objects_are_pickled_and_copied():
    pair = Pair(1, 2)
    assert pickle.loads(pickle.dumps(pair)) == copy.deepcopy(pair) == copy.copy(pair) == pair


def test_it_can_be_derived_from():
    @frozen
    class Three(Pair):
        more: int = 3

    assert repr(Three(1)).endswith("Three(left=1, right=0, more=3)")
    assert Three.__slots__ == ("more",)


def test_threads_find_one_hash():
    for _ in range(20):

        @frozen
        class Met:
            x: int

        start, found = threading.Barrier(4), []

        def use(cls=Met, start=start, found=found):
            start.wait()
            found.append(hash(cls(1)))

        threads = [threading.Thread(target=use) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(found)) == 1
