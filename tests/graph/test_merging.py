import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.errors import DataError, NotFound, Problem, Severity
from jmdi.graph.dataset import Dataset
from jmdi.graph.difference import Change, Difference
from jmdi.model.kinds import Actor, Claim, Initiative, Territory, WorkPlan
from jmdi.model.records import evolve
from jmdi.model.relations import Participates, Tie
from jmdi.model.values import Code, Identifier, PlanTable, Source
from jmdi.plugins.catalog import standin

S, T = Source("Report S"), Source("Report T")
languages = st.dictionaries(st.sampled_from(["en", "fr"]), st.sampled_from(["x", "y"]))
sources = st.lists(st.sampled_from([S, T]), unique=True, max_size=2)
ids = st.sampled_from(["a", "b", "c"])


def actors() -> st.SearchStrategy[Actor]:
    return st.builds(
        Actor,
        id=ids,
        names=languages,
        country=st.sampled_from([None, "MA", "SN"]),
        type=st.sampled_from([None, Code("actor-type", "ingo"), Code("actor-type", "ppp")]),
        identifiers=st.lists(
            st.sampled_from([Identifier("s", "1"), Identifier("s", "2")]), unique=True
        ),
        sources=sources,
        extra=st.dictionaries(st.sampled_from(["note", "x/y~z"]), st.integers(0, 1)),
    )


def ties() -> st.SearchStrategy[Tie]:
    return st.builds(
        Tie,
        id=st.sampled_from(["t", "u"]),
        source=ids,
        target=ids,
        intensity=st.sampled_from([None, 1, 2]),
        sources=sources,
    )


def datasets() -> st.SearchStrategy[Dataset]:
    return st.lists(
        st.one_of(actors(), ties()), max_size=5, unique_by=lambda record: record.id
    ).map(Dataset)


def claimed(ds: Dataset) -> dict[tuple[str, str, str], frozenset[str | None]]:
    return {
        (c.about, c.field, c.value): frozenset(s.title for s in c.sources) for c in ds.of(Claim)
    }


def test_a_conflict_becomes_two_claims_with_their_sources() -> None:
    mine = Dataset([Actor(id="a", country="MA", sources=(S,))])
    theirs = Dataset([Actor(id="a", country="SN", sources=(T,))])
    merged = mine.merge(theirs)
    assert merged.get("a", Actor).country == "MA"
    assert merged.get("a").sources == (S, T)
    assert claimed(merged) == {
        ("a", "/country", '"MA"'): {"Report S"},
        ("a", "/country", '"SN"'): {"Report T"},
    }
    assert merged.merge(theirs) == merged
    assert merged.merge(mine) == merged
    assert merged.merge(merged) == merged


def test_a_third_source_joins_the_claim_that_it_agrees_with() -> None:
    mine = Dataset([Actor(id="a", country="MA", sources=(S,))])
    theirs = Dataset([Actor(id="a", country="SN", sources=(T,))])
    third = Dataset([Actor(id="a", country="MA", sources=(Source("Report U"),))])
    merged = mine.merge(theirs).merge(third)
    assert claimed(merged)["a", "/country", '"MA"'] == {"Report S", "Report U"}
    assert claimed(merged)["a", "/country", '"SN"'] == {"Report T"}


def test_what_only_one_says_is_no_conflict() -> None:
    mine = Dataset([Actor(id="a", names={"en": "A"}, identifiers=(Identifier("s", "1"),))])
    theirs = Dataset(
        [
            Actor(
                id="a",
                names={"fr": "Le A"},
                country="MA",
                identifiers=(Identifier("s", "2"),),
                extra={"note": 1},
            )
        ]
    )
    merged = mine.merge(theirs)
    assert merged.records == (
        Actor(
            id="a",
            names={"en": "A", "fr": "Le A"},
            country="MA",
            identifiers=(Identifier("s", "1"), Identifier("s", "2")),
            extra={"note": 1},
        ),
    )


def test_records_of_different_kinds_are_kept_whole() -> None:
    merged = Dataset([Actor(id="x")]).merge(Dataset([Territory(id="x", country="MA")]))
    assert merged.records[0] == Actor(id="x")
    values = [json.loads(claim.value) for claim in merged.of(Claim)]
    assert {"kind": "territory", "id": "x", "country": "MA"} in values


def test_other_ways_to_settle() -> None:
    mine = Dataset([Actor(id="a", country="MA", names={"en": "A"})])
    theirs = Dataset([Actor(id="a", country="SN", level=Code("governance-level", "national"))])
    kept = mine.merge(theirs, on_conflict="keep").get("a", Actor)
    assert (kept.country, kept.level) == ("MA", Code("governance-level", "national"))
    replaced = mine.merge(theirs, on_conflict="replace").get("a", Actor)
    assert (replaced.country, replaced.names) == ("SN", {"en": "A"})
    chosen = mine.merge(theirs, on_conflict=lambda a, b: b)
    assert chosen.records == theirs.records
    with pytest.raises(DataError) as raised:
        mine.merge(theirs, on_conflict="raise")
    assert [(p.code, p.path) for p in raised.value.problems] == [("J330", "/country")]
    with pytest.raises(ValueError, match="the id"):
        mine.merge(theirs, on_conflict=lambda a, b: Actor(id="z"))
    with pytest.raises(ValueError, match="on_conflict"):
        mine.merge(theirs, on_conflict="clam")  # type: ignore[arg-type]


def test_duplicates_are_not_repaired_by_merging() -> None:
    twice = Dataset([Actor(id="a"), Actor(id="a", country="MA")])
    assert twice.merge(twice) == twice
    assert Dataset().merge(twice) == twice


def test_standins_of_two_versions_do_not_mix() -> None:
    old, new = standin(Actor, "acme:bank", 1), standin(Actor, "acme:bank", 2)
    merged = Dataset([old(id="a")]).merge(Dataset([new(id="a", country="MA")]))
    assert type(merged.records[0]) is old
    assert len(merged.of(Claim)) == 2


def test_headers_and_problems_are_united() -> None:
    mine = Dataset(header={"kinds": {"a:b": {"v": 1}}, "title": "mine"})
    theirs = Dataset(header={"kinds": {"c:d": {"v": 2}}, "title": "theirs", "note": 1})
    header = mine.merge(theirs).header
    kinds = {"a:b": {"v": 1}, "c:d": {"v": 2}}
    assert header == {"kinds": kinds, "title": "mine + theirs", "note": 1}
    untitled = Dataset(header={"by": "jmdi"})
    assert mine.merge(untitled, mine, theirs).title == "mine + other data + theirs"
    assert mine.merge(Dataset()).title == Dataset().merge(mine).title == "mine"


@given(datasets())
def test_merging_with_itself_changes_nothing(ds: Dataset) -> None:
    assert ds.merge(ds).records == ds.records
    assert ds.merge(Dataset()).records == ds.records
    assert Dataset().merge(ds).records == ds.records


@given(datasets(), datasets())
def test_merging_again_changes_nothing(a: Dataset, b: Dataset) -> None:
    merged = a.merge(b)
    assert merged.merge(b) == merged
    assert merged.merge(a) == merged


@given(datasets(), datasets())
def test_merging_is_commutative_up_to_which_value_stays(a: Dataset, b: Dataset) -> None:
    ab, ba = a.merge(b), b.merge(a)
    assert set(ab.by_id) == set(ba.by_id)
    assert claimed(ab) == claimed(ba)
    for id in {*a.by_id} & {*b.by_id}:
        if not any(about == id for about, _, _ in claimed(ab)):
            one, two = ab.by_id[id], ba.by_id[id]
            assert set(one.sources) == set(two.sources)
            if isinstance(one, Actor) and isinstance(two, Actor):
                assert (one.names, one.country, one.extra) == (two.names, two.country, two.extra)


@given(datasets(), datasets())
def test_nothing_said_is_lost(a: Dataset, b: Dataset) -> None:
    merged = a.merge(b)
    for actor in (*a.of(Actor), *b.of(Actor)):
        if actor.country is not None:
            said = merged.get(actor.id, Actor).country == actor.country
            assert said or (actor.id, "/country", json.dumps(actor.country)) in claimed(merged)


@given(datasets())
def test_no_difference_to_itself(ds: Dataset) -> None:
    assert not ds.diff(ds)
    assert ds.diff(ds) == Difference()
    assert str(ds.diff(ds)) == "no difference"


@given(datasets(), datasets())
def test_applying_the_difference_gives_the_other(a: Dataset, b: Dataset) -> None:
    difference = a.diff(b)
    assert difference.apply(a) == b
    assert bool(difference) == (a != b)


@given(datasets(), datasets())
def test_without_sources_only_the_rest_counts(a: Dataset, b: Dataset) -> None:
    bare = [Dataset([evolve(r, sources=()) for r in ds]) for ds in (a, b)]
    difference = a.diff(b, sources=False)
    assert bool(difference) == (bare[0] != bare[1])
    assert difference.changed == bare[0].diff(bare[1]).changed
    rebuilt = difference.apply(a)
    assert Dataset([evolve(r, sources=()) for r in rebuilt]) == bare[1]


def test_places_in_documents_are_sources_too() -> None:
    one, two = (
        Dataset([WorkPlan(id="w", tables=(PlanTable(columns=(c,), locator=place),))])
        for c, place in (("A", "table 1"), ("A", "Sheet 1"))
    )
    assert not one.diff(two, sources=False)
    assert [c.pointer for c in one.diff(two).changed] == ["/tables/0/locator"]
    other = Dataset([WorkPlan(id="w", tables=(PlanTable(columns=("B",), locator="x"),))])
    assert [c.pointer for c in one.diff(other, sources=False).changed] == ["/tables/0/columns/0"]


def test_differences_are_named_by_pointer() -> None:
    a = Dataset([Actor(id="a", names={"en": "A"}, country="MA"), Actor(id="b")])
    b = Dataset([Actor(id="a", names={"en": "B"}, sources=(S,)), Initiative(id="c")])
    difference = a.diff(b)
    assert set(difference.changed) == {
        Change("a", "/names/en", "A", "B"),
        Change("a", "/country", "MA", None),
        Change("a", "/sources", None, [{"title": "Report S"}]),
    }
    assert difference.to_dict()["added"] == [{"kind": "initiative", "id": "c"}]
    assert difference.to_dict()["removed"] == [{"kind": "actor", "id": "b"}]
    assert "~ a /names/en: 'A' → 'B'" in str(difference)
    json.dumps(difference.to_dict())


def claims() -> st.SearchStrategy[Claim]:
    return st.builds(
        Claim,
        id=st.sampled_from(["k", "l"]),
        about=ids,
        field=st.sampled_from(["/country", "/names/en"]),
        value=st.sampled_from(["MA", "x"]),
        sources=sources,
    )


@given(
    st.lists(st.lists(st.one_of(actors(), ties(), claims()), max_size=5).map(Dataset), max_size=4),
    st.sampled_from(["claim", "keep", "replace", lambda mine, theirs: theirs]),
)
def test_merging_several_at_once_is_merging_one_after_the_other(parts, on_conflict) -> None:
    one_by_one = Dataset()
    for part in parts:
        one_by_one = one_by_one.merge(part, on_conflict=on_conflict)
    assert Dataset().merge(*parts, on_conflict=on_conflict).records == one_by_one.records


def test_what_was_unread_is_united() -> None:
    problem = Problem("J101", Severity.ERROR, "there is no such file")
    both = Dataset(unread={"x": problem}).merge(Dataset(unread={"y": problem}), Dataset())
    assert dict(both.unread) == {"x": problem, "y": problem}
    assert both == Dataset()
    with pytest.raises(TypeError, match="merged with others"):
        both.merge([])


# records that are said to be one


TWO = (
    Actor(id="a", names={"en": "Trust"}, identifiers=(Identifier("GB-CHC", "1"),)),
    Actor(id="b", names={"en": "The Trust"}, country="GB"),
    Initiative(id="i", sources=(Source(title="x", publisher="b"),)),
    Participates(id="p", source="b", target="i"),
    Tie(id="t", source="i", target="b"),
    Claim(id="c", about="b", field="/country", value='"IE"'),
)


def test_records_that_are_said_to_be_one_become_one():
    whole = Dataset(TWO).merge(same={"b": "a"})
    assert "b" not in whole
    actor = whole.get("a", Actor)
    assert (actor.names, actor.country) == ({"en": "Trust"}, "GB")
    assert whole.get("i").sources[0].publisher == "a"
    assert whole.get("p").source == whole.get("t").target == whole.get("c").about == "a"
    said = {(claim.field, claim.value) for claim in whole.of(Claim) if claim.about == "a"}
    assert said >= {("/names/en", '"Trust"'), ("/names/en", '"The Trust"'), ("/country", '"IE"')}


def test_what_stays_says_it_first_in_whichever_dataset_it_is():
    stays, other = Dataset(TWO[:1]), Dataset(TWO[1:])
    for first, second in ((stays, other), (other, stays)):
        merged = first.merge(second, same={"b": "a"})
        assert merged.get("a").names == {"en": "Trust"}
        assert "b" not in merged


def test_without_any_the_dataset_is_the_same():
    dataset = Dataset(TWO)
    assert dataset.merge(same={}) is dataset


@pytest.mark.parametrize(
    ("same", "error", "said"),
    [
        ({"b": "z"}, NotFound, "record 'z' not found"),
        ({"z": "a"}, NotFound, "record 'z' not found"),
        ({"b": "a", "a": "i"}, ValueError, "'a' cannot stay and be another record"),
    ],
)
def test_ids_that_cannot_be_one_are_refused(same, error, said):
    with pytest.raises(error, match=said):
        Dataset(TWO).merge(same=same)
