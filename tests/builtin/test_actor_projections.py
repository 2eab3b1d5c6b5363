import datetime
import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.app import Model
from jmdi.builtin.projections.actors import (
    actors,
    actors_initiatives,
    co_participation,
    partnerships,
)
from jmdi.errors import BadParameter, NotFound
from jmdi.graph.dataset import Dataset
from jmdi.model.constructors import unchecked
from jmdi.model.declare import define, facet
from jmdi.model.kinds import Actor, Initiative, Partnership, Programme, WorkPlan
from jmdi.model.records import Facet
from jmdi.model.relations import Participates, Tie
from jmdi.model.values import Party, Period, Source, code


@define("test:town")
class Town(Actor):
    """A town."""


@facet("test:marks", on=Actor)
class Marks(Facet):
    """What a reader of files marked."""

    placeholder: bool | None = None


def takes_part(actor: str, of: str, **more) -> Participates:
    return Participates(id=f"p/{actor}/{of}/{len(more)}", source=actor, target=of, **more)


def edges(net):
    return [(e.source, e.target, e.weight) for e in net.edges]


PEOPLE = [Actor(id=i) for i in "abcd"]
# i: a b c; j: a b; k: d alone
WORK = [
    *PEOPLE,
    *(Initiative(id=i) for i in "ijk"),
    *(takes_part(*pair) for pair in ("ai", "bi", "ci", "aj", "bj", "dk")),
]


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        ("count", [("a", "b", 2), ("a", "c", 1), ("b", "c", 1)]),
        ("newman", [("a", "b", 1.5), ("a", "c", 0.5), ("b", "c", 0.5)]),
        ("jaccard", [("a", "b", 1.0), ("a", "c", 0.5), ("b", "c", 0.5)]),
    ],
)
def test_co_participation_weights(weight, expected) -> None:
    net = co_participation(Dataset(WORK), weight=weight)
    assert edges(net) == expected
    assert net.nodes == ("a", "b", "c", "d")
    assert not net.directed
    assert net.edge_attributes["shared"] == (("i", "j"), ("i",), ("i",))
    assert [r.id for r in net.records(0)] == ["p/a/i/0", "p/b/i/0", "p/a/j/0", "p/b/j/0"]


def test_wrong_weight() -> None:
    with pytest.raises(ValueError, match="jaccard"):
        actors(Dataset(WORK), weight="jacard")


def test_several_roles_are_one_participation() -> None:
    twice = takes_part("a", "i", role=code("organisation-role", "funding"))
    net = co_participation(Dataset([*WORK, twice]), weight="newman")
    assert edges(net)[0] == ("a", "b", 1.5)
    assert twice in net.records(0)


memberships = st.sets(st.tuples(st.sampled_from("abcde"), st.sampled_from("ijkl")))


@given(memberships)
def test_newman_strength_is_the_number_of_shared_initiatives(pairs) -> None:
    records = [Actor(id=i) for i in "abcde"] + [Initiative(id=i) for i in "ijkl"]
    ds = Dataset([*records, *(takes_part(a, i) for a, i in sorted(pairs))])
    strength = dict.fromkeys("abcde", 0.0)
    for edge in co_participation(ds, weight="newman").edges:
        strength[edge.source] += edge.weight
        strength[edge.target] += edge.weight
    sizes = {i: sum(event == i for _, event in pairs) for i in "ijkl"}
    for actor in "abcde":
        shared = sum(sizes[i] >= 2 for a, i in pairs if a == actor)
        assert strength[actor] == pytest.approx(shared)


@given(memberships)
def test_count_is_the_size_of_the_intersection(pairs) -> None:
    records = [Actor(id=i) for i in "abcde"] + [Initiative(id=i) for i in "ijkl"]
    ds = Dataset([*records, *(takes_part(a, i) for a, i in sorted(pairs))])
    found = {(e.source, e.target): e.weight for e in co_participation(ds).edges}
    of = {a: {i for b, i in pairs if b == a} for a in "abcde"}
    for a, b in itertools.combinations("abcde", 2):
        assert found.get((a, b), 0) == len(of[a] & of[b])


def test_kinds_of_activity() -> None:
    records = [
        *PEOPLE,
        Programme(id="pr"),
        takes_part("a", "pr"),
        takes_part("b", "pr"),
        Partnership(id="pa", parties=(Party("a"), Party("c"))),
        takes_part("d", "pa"),
        WorkPlan(id="w", authors=("b", "c")),
    ]
    ds = Dataset(records)
    assert [e[:2] for e in edges(co_participation(ds))] == [
        ("a", "c"),
        ("a", "d"),
        ("b", "c"),
        ("c", "d"),
    ]
    assert [e[:2] for e in edges(co_participation(ds, kinds="programme"))] == [("a", "b")]
    assert [e[:2] for e in edges(co_participation(ds, kinds=[WorkPlan]))] == [("b", "c")]
    with pytest.raises(ValueError, match="kinds are named"):
        co_participation(ds, kinds=[3])


def test_ties_and_co_participation_stay_apart() -> None:
    tie = Tie(id="t", source="b", target="a", type=code("tie-kind", "advocacy"), intensity=2)
    net = actors(Dataset([*WORK, tie]), weight="newman")
    assert edges(net)[0] == ("b", "a", 1.0)
    assert net.n_edges == 4
    assert net.edge_attributes["kind"] == ("tie", *["co-participation"] * 3)
    assert net.edge_attributes["type"] == ("advocacy", None, None, None)
    assert net.edge_attributes["intensity"] == (2, None, None, None)
    assert net.edge_attributes["shared"][0] is None
    assert net.records(0) == (tie,)
    assert len(net.records(1)) == 4
    assert net.simple().n_edges == 3
    only = actors(Dataset([*WORK, tie]), co_participation=False)
    assert edges(only) == [("b", "a", 1.0)]
    assert only.weight is None
    assert only.records(0) == (tie,)


def test_ties_by_kind_state_and_presence_of_their_ends() -> None:
    def tie(id, target, **more):
        return Tie(id=id, source="a", target=target, **more)

    ds = Dataset(
        [
            *PEOPLE,
            tie("t1", "b", state=code("presence", "absent")),
            tie("t2", "b", state=code("presence", "present"), type=code("tie-kind", "funding")),
            tie("t3", "c", state=code("presence", "unobserved")),
            tie("t4", "d"),
            tie("t5", "z"),
        ]
    )
    net = actors(ds)
    assert [r.id for e in range(net.n_edges) for r in net.records(e)] == ["t2", "t4"]
    assert net.notes["ties_not_present"] == 2
    assert net.notes["ties_outside"] == 1
    assert actors(ds, tie_kinds="funding").n_edges == 1
    assert actors(ds, tie_kinds=["advocacy"]).n_edges == 0


def test_as_of_leaves_out_what_is_over_and_counts_what_is_not_known() -> None:
    def tie(id, edtf):
        return Tie(id=id, source="a", target="b", period=edtf and unchecked(Period)(edtf))

    ds = Dataset(
        [
            *PEOPLE,
            tie("t1", "2012/2014"),
            tie("t2", "2016/.."),
            tie("t3", None),
            tie("t4", "2014/"),
            tie("t5", "words"),
        ]
    )
    net = actors(ds, as_of="2015-06-01")
    assert net.n_edges == 0
    assert [tuple(net.nodes[k] for k in pair) for pair in net.unobserved] == [("a", "b")]
    sure = actors(Dataset([*ds, tie("t6", "2015/..")]), as_of="2015-06-01")
    assert sure.n_edges == 1 and not sure.unobserved
    assert net.notes["as_of"] == "2015-06-01"
    assert net.notes["not_in_force"] == 2
    assert net.notes["period_unknown"] == 3
    assert "as_of" not in actors(ds).notes
    with pytest.raises(ValueError):
        actors(ds, as_of="June 2015")


def test_placeholders_are_excluded_and_counted() -> None:
    ds = Dataset(
        [
            Actor(id="a"),
            Actor(id="b", extra={"placeholder": True}),
            Actor(id="c", facets={"test:marks": Marks(placeholder=True)}),
            Actor(id="d", extra={"acme:marks": {"placeholder": True}}),
            Actor(id="e", extra={"placeholder": "perhaps"}),
            Tie(id="t", source="a", target="b"),
        ]
    )
    net = actors(ds)
    assert net.nodes == ("a", "e")
    assert net.notes["excluded_actors"] == 3
    assert net.notes["ties_outside"] == 1
    assert actors(ds, exclude_flagged=False).nodes == ("a", "b", "c", "d", "e")


def test_nodes_of_a_subkind(catalog) -> None:
    ds = Dataset(
        [Actor(id="a"), Town(id="b"), Town(id="c"), Tie(id="t", source="b", target="c")],
        model=Model(catalog),
    )
    assert actors(ds, nodes=Town).nodes == ("b", "c")
    assert actors(ds, nodes="actor").nodes == ("a", "b", "c")
    with pytest.raises(ValueError, match="nodes must be"):
        actors(ds, nodes=Initiative)


def test_node_attributes() -> None:
    ds = Dataset(
        [
            Actor(id="a", names={"en": "A"}, country="MA", type=code("actor-type", "ingo")),
            Town(id="b"),
        ]
    )
    columns = actors(ds).node_attributes
    assert columns["label"] == ("A", "b")
    assert columns["kind"] == ("actor", "test:town")
    assert columns["country"] == ("MA", None)
    assert columns["type"] == ("ingo", None)


def test_two_modes() -> None:
    funder = takes_part("a", "i", role=code("organisation-role", "funding"))
    ds = Dataset([*WORK, funder, takes_part("z", "i")])
    net = actors_initiatives(ds)
    assert net.nodes == ("a", "b", "c", "d", "i", "j", "k")
    assert net.mode == (0, 0, 0, 0, 1, 1, 1)
    assert net.n_edges == 7
    assert net.edge_attributes["role"][-1] == "funding"
    assert net.records(6) == (funder,)
    assert net.notes["participations_outside"] == 1
    assert net.simple().n_edges == 6
    assert actors_initiatives(ds, kinds="programme").mode == (0, 0, 0, 0)


def test_partnerships_as_star_and_clique() -> None:
    trio = Partnership(
        id="p",
        parties=(Party("a", role=code("organisation-role", "funding")), Party("b"), Party("z")),
        intensity=3,
    )
    pair = Partnership(id="q", parties=(Party("a"), Party("b"), Party("a")))
    joins = takes_part("c", "p", side=code("side", "origin"))
    ds = Dataset([*PEOPLE, trio, pair, joins])
    star = partnerships(ds)
    assert star.nodes == ("a", "b", "c", "d", "p", "q")
    assert star.mode == (0, 0, 0, 0, 1, 1)
    assert [e[:2] for e in edges(star)] == [
        ("a", "p"),
        ("b", "p"),
        ("c", "p"),
        ("a", "q"),
        ("b", "q"),
    ]
    assert star.edge_attributes["role"] == ("funding", None, None, None, None)
    assert star.edge_attributes["side"] == (None, None, "origin", None, None)
    assert star.records(2) == (joins,)
    assert star.notes["dangling"] == 1
    clique = partnerships(ds, style="clique")
    assert clique.nodes == ("a", "b", "c", "d")
    assert [e[:2] for e in edges(clique)] == [("a", "b"), ("a", "c"), ("b", "c"), ("a", "b")]
    assert clique.edge_attributes["intensity"] == (3, 3, 3, None)
    assert clique.edge_attributes["shared"] == ("p", "p", "p", "q")
    assert clique.records(3) == (pair,)
    with pytest.raises(ValueError, match="style"):
        partnerships(ds, style="ring")


def test_partnership_that_is_over() -> None:
    old = Partnership(id="p", parties=(Party("a"), Party("b")), period=Period("2010/2012"))
    assert partnerships(Dataset([*PEOPLE, old]), as_of="2015-01-01").nodes == ("a", "b", "c", "d")


def test_duplicate_actors_are_one_node() -> None:
    net = actors(Dataset([Actor(id="a"), Actor(id="a", country="MA")]))
    assert net.nodes == ("a",)
    assert net.node_attributes["country"] == (None,)


STRONG = [
    *(Actor(id=i) for i in "abc"),
    Tie(id="1", source="a", target="b", strength="2.5", extra={"trust": 4}),
    Tie(id="2", source="b", target="c"),
    Initiative(id="i"),
    takes_part("a", "i"),
    takes_part("c", "i"),
]


def test_ties_weigh_their_strength_when_any_has_one() -> None:
    net = actors(Dataset(STRONG))
    assert [w for *_, w in edges(net)] == [2.5, None, 1.0]
    assert net.notes["tie_weight"] == "strength"
    assert net.notes["weights_missing"] == 1
    assert net.metric("density").value == 1.0
    net = actors(Dataset(STRONG), weight="count")
    assert [w for *_, w in edges(net)] == [1, 1, 1]
    assert net.notes["tie_weight"] == "count"
    assert actors(Dataset(STRONG[:3])).weight is None


def test_ties_may_weigh_any_number_that_they_have() -> None:
    net = actors(Dataset(STRONG), weight="trust")
    assert [w for *_, w in edges(net)] == [4.0, None, 1.0]
    assert net.notes["tie_weight"] == "trust"
    assert actors(Dataset(STRONG), weight="newman").edges[0].weight == 2.5
    net = actors(Dataset(STRONG), weight="intensity")
    assert [w for *_, w in edges(net)] == [None, None, 1.0]
    with pytest.raises(BadParameter, match=r"'trusted'.* strength, intensity, trust$"):
        actors(Dataset(STRONG), weight="trusted")


def test_a_network_is_directed_when_a_tie_is() -> None:
    ties = [
        Tie(id="1", source="a", target="b", directed=True),
        Tie(id="2", source="b", target="c"),
        Tie(id="3", source="d", target="c", directed=False),
    ]
    both = [("b", "c", 1), ("c", "b", 1)]
    ends = [("d", "c", 1), ("c", "d", 1)]
    ds = Dataset([*PEOPLE, *ties])
    net = actors(ds)
    assert net.directed
    assert edges(net) == [("a", "b", 1), *both, *ends]
    assert [record.id for edge in range(5) for record in net.records(edge)] == list("12233")
    assert edges(actors(ds, directed=True)) == [("a", "b", 1), both[0], *ends]
    assert edges(actors(ds, directed=False)) == [("a", "b", 1), both[0], ends[0]]
    assert not actors(ds, directed=False).directed
    assert not actors(Dataset([*PEOPLE, *ties[1:]])).directed
    past = Tie(id="4", source="a", target="d", directed=True, period=Period("2001"))
    days = Dataset([*PEOPLE, ties[1], past])
    assert [actors(days, as_of=f"{year}-06-01").directed for year in (2001, 2002)] == [True] * 2


@pytest.mark.parametrize(
    "more",
    [
        {"intensity": 0},
        {"strength": 0},
        {"state": code("presence", "absent")},
        {"state": code("presence", "absent"), "strength": 3},
        {"state": code("presence", "present"), "intensity": 0},
    ],
)
def test_a_tie_that_is_none_stays_in_the_dataset(more) -> None:
    ds = Dataset(
        [
            *PEOPLE,
            Tie(id="1", source="a", target="b", intensity=5),
            Tie(id="2", source="a", target="c", **more),
        ]
    )
    net = actors(ds)
    assert edges(net) == [("a", "b", net.edges[0].weight)]
    assert net.notes["ties_not_present"] == 1
    assert net.metric("density").value == pytest.approx(1 / 6)
    assert len(ds.of(Tie)) == 2


def test_a_wave_is_asked_for_by_its_number() -> None:
    ties = [
        Tie(id=str(n), source="a", target=end, period=period)
        for n, (end, period) in enumerate(
            [("b", Period(wave=1)), ("c", Period(wave=2)), ("d", Period("2015")), ("b", None)]
        )
    ]
    net = actors(Dataset([*PEOPLE, *ties]), as_of=2)
    assert [target for _, target, _ in edges(net)] == ["c"]
    assert [net.nodes[j] for _, j in net.unobserved] == ["b", "d"]
    assert {"as_of": 2, "not_in_force": 1, "period_unknown": 2}.items() <= net.notes.items()
    assert net.edge_attributes["period.wave"] == (2,)
    dated = Dataset([*PEOPLE, *ties]).project("actors", as_of="2015-01-01")
    assert dated.notes["period_unknown"] == 3


def test_own_attributes_are_columns_by_their_own_name() -> None:
    people = [
        Actor(id="a", extra={"sector": "public", "staff": 120, "since": "2012-01-31"}),
        Actor(id="b", extra={"sector": "civil", "eu": True, "label": "x", "more": [1]}),
    ]
    tie = Tie(id="t", source="a", target="b", extra={"trust": 3, "since": "long ago"})
    ds = Dataset([*people, tie])
    net = actors(ds)
    assert net.node_attributes["sector"] == ("public", "civil")
    assert net.node_attributes["staff"] == (120, None)
    assert net.node_attributes["eu"] == (None, True)
    assert net.node_attributes["since"] == (datetime.date(2012, 1, 31), None)
    assert net.node_attributes["label"] == ("a", "b")
    assert "more" not in net.node_attributes
    assert net.edge_attributes["trust"] == (3,)
    assert net.edge_attributes["since"] == ("long ago",)
    table = ds.of(Actor).table("label", "sector", "since")
    assert table.rows == (("a", "public", datetime.date(2012, 1, 31)), ("b", "civil", None))
    with pytest.raises(NotFound, match="sector"):
        ds.of(Actor).table("sectr")


def test_directed_ties_go_one_way_and_what_is_shared_goes_both_ways() -> None:
    ds = Dataset([*PEOPLE, Tie(id="t", source="b", target="a")])
    net = actors(ds, directed=True)
    assert net.directed
    assert edges(net) == [("b", "a", 1)]
    assert ds.project("actors", directed=True).metric("density").value == pytest.approx(1 / 12)
    net = actors(Dataset([*WORK, Tie(id="t", source="b", target="a")]), directed=True)
    assert edges(net)[0] == ("b", "a", 1)
    pairs = [("a", "b", 2), ("a", "c", 1), ("b", "c", 1)]
    assert edges(net)[1:] == [*pairs, *((b, a, weight) for a, b, weight in pairs)]
    assert net.edge_attributes["shared"][-1] == ("i",)
    assert {r.source for r in net.records(6)} == {"b", "c"}


def test_who_publishes_counts_only_if_asked_and_is_marked():
    def published(id, *sources):
        return Initiative(id=id, sources=sources)

    records = [
        *PEOPLE,
        published("i", Source(publisher="c"), Source(publisher="a")),
        published(
            "j", Source(publisher="d", extra={"secondary": True}), Source(publisher="A name")
        ),
        *(takes_part(*pair) for pair in ("ai", "bi", "aj")),
    ]
    dataset = Dataset(records)
    plain = co_participation(dataset)
    assert edges(plain) == [("a", "b", 1)]
    assert "inferred" not in plain.edge_attributes
    net = co_participation(dataset, publishers=True)
    assert edges(net) == [("a", "b", 1), ("a", "c", 1), ("b", "c", 1)]
    assert list(net.edge_attributes["inferred"]) == [False, True, True]
    assert net.notes["publishers_inferred"] == 1
    assert "participations_outside" not in net.notes


def test_a_pair_that_also_takes_part_is_not_inferred():
    dataset = Dataset(
        [
            *PEOPLE,
            Initiative(id="i", sources=(Source(publisher="b"),)),
            Initiative(id="j"),
            *(takes_part(*pair) for pair in ("ai", "aj", "bj")),
        ]
    )
    net = actors(dataset, publishers=True)
    assert edges(net) == [("a", "b", 2)]
    assert list(net.edge_attributes["inferred"]) == [False]


@pytest.mark.parametrize(
    ("strength", "words"), [("1E+309", "too large"), ("1E-400", "too small"), ("-1E+309", "large")]
)
def test_a_strength_beyond_a_number_of_eight_bytes_is_refused_as_a_weight(strength, words):
    tie = Tie(id="t", source="a", target="b", strength=Decimal(strength))
    dataset = Dataset([Actor(id="a"), Actor(id="b"), tie])
    with pytest.raises(BadParameter, match=f"strength of the tie 't' is .*{words}"):
        dataset.project("actors")
    assert dataset.project("actors", weight="count").metric("density").value == 1


def test_an_own_number_that_is_too_large_is_refused_as_a_weight():
    own = [Tie(id="t", source="a", target="b", extra={"money": 10**400})]
    with pytest.raises(BadParameter, match="money of the tie"):
        Dataset([Actor(id="a"), Actor(id="b"), *own]).project("actors", weight="money")


def test_a_network_counts_the_lists_that_say_that_they_are_cut_off():
    lists = {"open": None, "whole": True, "cut": False}
    records = [
        *(Actor(id=id) for id in "ab"),
        *(Initiative(id=id, participants_complete=said) for id, said in lists.items()),
        *(takes_part(actor, of) for actor in "ab" for of in lists),
    ]
    for project in (actors, co_participation, actors_initiatives):
        assert project(Dataset(records)).notes["lists_incomplete"] == 1
        whole = Dataset([record for record in records if record.id != "cut"])
        assert "lists_incomplete" not in project(whole).notes
    measured = Model.build([]).dataset(records).metric("density", projection="actors")
    assert measured.notes["lists_incomplete"] == 1
