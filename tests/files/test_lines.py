"""A line is what the plain writer gives, byte by byte, whoever writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi import DataError, Model
from jmdi.files.line_code import line_of
from jmdi.files.lines import encoded_record
from jmdi.model.frozen import EMPTY
from jmdi.model.writing import dumps, unstructure
from jmdi.testing import facets, json_objects, records

KINDS = sorted(Model.build([]).catalog.kinds.items())

NUMBERS = (
    st.floats(allow_nan=False, allow_infinity=False)
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


def plain(record):
    return dumps(unstructure(record)).encode()


@pytest.mark.parametrize("cls", [cls for _, cls in KINDS], ids=[name for name, _ in KINDS])
def test_generated_code_writes_what_the_plain_writer_writes(cls):
    @given(records(cls))
    def same(record):
        assert line_of(record) == plain(record)
        assert line_of(record) == plain(record)  # by then shared values are known

    same()


@given(st.dictionaries(st.text(min_size=1).map("x:{}".format), VALUES, max_size=4))
def test_unknown_members_are_written_alike(extra):
    parts = (jmdi.Identifier("s", "v", extra=extra),)
    code = jmdi.Code("s", "c", extra=extra)
    record = jmdi.Actor(id="a", extra=extra, identifiers=parts, type=code)
    assert line_of(record) == plain(record)


@jmdi.facet("acme:likes", on=jmdi.Actor)
class Likes(jmdi.Facet):
    """How much something is liked.

    Attributes:
        words: In words.
        by: By whom.
        code: How much.
    """

    words: jmdi.Text = EMPTY
    by: tuple[str, ...] = ()
    code: jmdi.Code | None = None


@given(facets(Likes), json_objects())
def test_facets_have_their_members_by_name(facet, other):
    record = jmdi.Actor(id="a", facets={"acme:likes": facet}, extra={"acme:a": other, "z": 1})
    assert encoded_record(record) == plain(record)


@jmdi.define("acme:post")
class Post(jmdi.KnowledgeItem):
    """A post.

    Attributes:
        likes: How many like it.
        by: By whom.
    """

    likes: int | None = None
    by: jmdi.Code | None = None


@given(records(Post), json_objects())
def test_so_have_the_blocks_of_kinds_of_plugins(post, other):
    assert encoded_record(post) == plain(post)
    for name in ("acme:post", "acme:other"):
        record = jmdi.evolve(post, extra={name: {"unknown": other}})
        assert encoded_record(record) == plain(record)


@pytest.mark.parametrize(
    ("field", "value"),
    [("country", 3), ("type", "ngo"), ("names", {"en": 1}), ("id", ""), ("sources", (None,))],
)
def test_the_plain_writer_says_what_is_wrong(field, value):
    record = jmdi.Actor(id="a")
    object.__setattr__(record, field, value)
    assert line_of(record) is None
    with pytest.raises((DataError, AttributeError)):
        encoded_record(record)


def test_half_a_character_is_refused():
    with pytest.raises(DataError, match="a"):
        encoded_record(jmdi.Actor(id="a", names={"en": "\ud800"}))


def test_floats_with_an_exponent_are_read_back_from_a_dict(core):
    record = jmdi.Actor(id="a", extra={"x": {"y": 1e64, "z": [1e-7, 0.5]}})
    assert core.record(record.to_dict()) == record
