import json
import os
import subprocess
import sys

import pytest

from jmdi.app import Model
from jmdi.builtin.projections import PROJECTIONS, full
from jmdi.builtin.projections.corridors import corridors
from jmdi.builtin.projections.knowledge import knowledge, workplan
from jmdi.errors import NotFound
from jmdi.graph.dataset import Dataset
from jmdi.model.kinds import (
    Action,
    Actor,
    Claim,
    Initiative,
    KnowledgeItem,
    KnowledgeProduct,
    Observation,
    Partnership,
    Practice,
    Territory,
    Theme,
    WorkPlan,
)
from jmdi.model.relations import Coded, Contributes, Derives, Disseminated, Participates, Tie
from jmdi.model.values import Audience, Party, Period, Place, code


def arrows(net):
    kinds = net.edge_attributes["kind"]
    return [(e.source, kinds[e.index], e.target) for e in net.edges]


def takes_part(actor: str, of: str, side: str | None = None, **more) -> Participates:
    given = None if side is None else code("side", side)
    return Participates(id=f"p/{actor}/{of}", source=actor, target=of, side=given, **more)


KNOWLEDGE = [
    KnowledgeItem(id="item", pillars=("pillar/2",)),
    Practice(id="practice"),
    KnowledgeProduct(id="product"),
    Theme(id="sub", parent="theme/data"),
    Actor(id="reader"),
    Actor(id="other"),
    Action(id="meeting", pillars=("pillar/1",)),
    Action(id="lunch"),
    Derives(id="d1", source="practice", target="item"),
    Derives(id="d2", source="product", target="practice"),
    Disseminated(id="d3", source="product", target="reader"),
    Coded(id="c1", source="item", target="theme/partnerships"),
    Coded(id="c2", source="practice", target="nowhere"),
]

PLAN = [
    WorkPlan(id="plan", authors=("author",), territories=("iii",)),
    Actor(id="author"),
    Actor(id="office"),
    Territory(id="iii"),
    Action(
        id="x",
        workplan="plan",
        audience=(Audience(who={"en": "Returnees"}),),
        places=(Place("iii"), Place(words="Somewhere")),
        pillars=("pillar/4",),
        clusters=("theme/data",),
    ),
    Action(id="y", workplan="plan", audience=(Audience(who={"en": "Returnees"}),)),
    Action(id="z", workplan="elsewhere", places=(Place("gone"),)),
    takes_part("office", "x"),
    Contributes(id="c", source="office", target="y"),
    Coded(id="k1", source="x", target="theme/data"),
    Coded(id="k2", source="x", target="theme/partnerships"),
]


def test_full_has_every_relation_and_reference() -> None:
    ds = Dataset(
        [
            Territory(id="ma"),
            Actor(id="a", territory="ma"),
            Actor(id="b"),
            Partnership(id="p", parties=(Party("a"), Party("gone"))),
            Action(id="x", pillars=("pillar/1", "pillar/2")),
            Tie(id="t", source="a", target="b", intensity=3, reported_by="a"),
            Claim(id="c", about="t", field="/intensity", value="3"),
        ]
    )
    net = full(ds)
    assert net.nodes == ("ma", "a", "b", "p", "x", "c", "pillar/1", "pillar/2")
    assert arrows(net) == [
        ("a", "territory", "ma"),
        ("p", "parties.actor", "a"),
        ("x", "pillars", "pillar/1"),
        ("x", "pillars", "pillar/2"),
        ("pillar/1", "overarches", "pillar/2"),
        ("a", "tie", "b"),
        ("b", "tie", "a"),
    ]
    assert net.directed
    assert net.edge_attributes["directed"] == (None,) * 5 + (False, False)
    assert net.notes == {"references_of_relations": 1, "references_to_relations": 1, "dangling": 1}
    assert net.edge_attributes["intensity"][-1] == 3
    assert net.edge_attributes["intensity"][0] is None
    assert net.records(0) == (ds.get("a"),)
    assert net.node_attributes["kind"][0] == "territory"


def test_full_as_of() -> None:
    tie = Tie(id="t", source="a", target="a", period=Period("2012"))
    net = full(Dataset([Actor(id="a"), tie]), as_of="2015-01-01")
    assert net.n_edges == 0
    assert net.notes["not_in_force"] == 1


CORRIDOR = [
    Actor(id="rabat", country="MA", territory="ma-rab"),
    Actor(id="tunis", country="TN"),
    Actor(id="paris", territory="city"),
    Territory(id="city", within="idf"),
    Territory(id="idf", country="FR"),
    Territory(id="ma-rab", country="MA"),
    Territory(id="fr", code=code("iso-3166-1", "FR"), names={"en": "France"}),
    Actor(id="nowhere"),
    *(Initiative(id=i) for i in "ijkl"),
    takes_part("rabat", "i", "origin"),
    takes_part("tunis", "i", "origin"),
    takes_part("paris", "i", "destination"),
    takes_part("rabat", "j", "origin"),
    takes_part("paris", "j", "both"),
    takes_part("tunis", "k", "origin"),
    takes_part("nowhere", "k", "destination"),
    takes_part("paris", "k", "unknown"),
    takes_part("rabat", "k"),
    takes_part("rabat", "l", "transit"),
]


def test_corridors_between_countries() -> None:
    net = corridors(Dataset(CORRIDOR))
    found = {(e.source, e.target): e.weight for e in net.edges}
    assert found == {("MA", "FR"): 2, ("TN", "FR"): 1, ("FR", "FR"): 1}
    assert net.nodes == ("MA", "TN", "FR")
    assert net.directed
    assert net.node_attributes["label"] == ("MA", "TN", "France")
    assert net.notes["initiatives"] == 2
    assert net.notes["without_both_sides"] == 2
    assert net.notes["whole_total"] == 4
    assert net.notes["fractional_total"] == 2
    assert net.notes["unknown_sides"] == 2
    assert net.notes["other_sides"] == 1
    assert net.notes["unknown_places"] == 1
    assert net.notes["internal"] == 1
    assert net.edge_attributes["initiatives"][0] == ("i", "j")
    assert [r.id for r in net.records(0)] == [
        "i",
        "p/rabat/i",
        "p/paris/i",
        "j",
        "p/rabat/j",
        "p/paris/j",
    ]


def test_corridors_counted_in_fractions() -> None:
    net = corridors(Dataset(CORRIDOR), count="fractional")
    found = {(e.source, e.target): e.weight for e in net.edges}
    assert found == {("MA", "FR"): 1, ("TN", "FR"): 0.5, ("FR", "FR"): 0.5}
    assert sum(net.weight or ()) == net.notes["fractional_total"]
    whole = corridors(Dataset(CORRIDOR))
    assert whole.edge_attributes["fractional"] == net.edge_attributes["fractional"]


def test_corridors_between_territories() -> None:
    net = corridors(Dataset(CORRIDOR), by="territory")
    found = {(e.source, e.target): e.weight for e in net.edges}
    assert found == {("ma-rab", "city"): 2, ("city", "city"): 1}
    assert net.node_attributes["country"] == ("MA", None)
    with pytest.raises(ValueError):
        corridors(Dataset(), by="region")


def test_corridor_of_a_territory_within_itself() -> None:
    ring = [Territory(id="r", within="r"), Actor(id="a", territory="r"), Initiative(id="i")]
    assert corridors(Dataset([*ring, takes_part("a", "i", "origin")])).notes["unknown_places"] == 1


def test_knowledge_flows_to_its_audience() -> None:
    net = knowledge(Dataset(KNOWLEDGE))
    assert net.nodes[:5] == tuple(f"pillar/{n}" for n in range(1, 6))
    found = arrows(net)
    assert found[:4] == [("pillar/1", "overarches", f"pillar/{n}") for n in range(2, 6)]
    assert found[4:] == [
        ("item", "pillar", "pillar/2"),
        ("meeting", "pillar", "pillar/1"),
        ("item", "feeds", "practice"),
        ("practice", "feeds", "product"),
        ("product", "disseminated", "reader"),
        ("item", "coded", "theme/partnerships"),
    ]
    layers = dict(zip(net.nodes, net.node_attributes["layer"], strict=True))
    assert layers == {
        **{f"pillar/{n}": "pillar" for n in range(1, 6)},
        "sub": "theme",
        "theme/partnerships": "theme",
        "item": "item",
        "practice": "practice",
        "product": "product",
        "meeting": "action",
        "reader": "audience",
    }
    assert net.notes == {"dangling": 2}


def test_knowledge_has_further_parents_and_what_led_on() -> None:
    made = [
        Theme(id="low", parent="top", also_within=("side", "top")),
        Theme(id="side"),
        Theme(id="top"),
        Observation(id="seen"),
        Action(id="next"),
        Derives(id="d", source="next", target="seen"),
    ]
    net = knowledge(Dataset(made))
    assert arrows(net)[4:] == [
        ("low", "parent", "top"),
        ("low", "parent", "side"),
        ("seen", "feeds", "next"),
    ]
    layers = dict(zip(net.nodes, net.node_attributes["layer"], strict=True))
    assert (layers["seen"], layers["next"]) == ("observation", "action")


def test_pillars_are_there_without_any_record() -> None:
    net = knowledge(Dataset())
    assert net.n_nodes == 5
    assert net.n_edges == 4
    assert net.node_attributes["label"][3] == "Disseminate"


def test_workplan_and_its_parts() -> None:
    net = workplan(Dataset(PLAN))
    labels = dict(zip(net.nodes, net.node_attributes["label"], strict=True))
    audience, place = (
        next(n for n in net.nodes if labels[n] == words) for words in ("Returnees", "Somewhere")
    )
    assert arrows(net) == [
        ("plan", "author", "author"),
        ("plan", "place", "iii"),
        ("plan", "action", "x"),
        ("x", "audience", audience),
        ("x", "place", "iii"),
        ("x", "place", place),
        ("x", "pillar", "pillar/4"),
        ("x", "theme", "theme/data"),
        ("x", "theme", "theme/partnerships"),
        ("x", "participates", "office"),
        ("plan", "action", "y"),
        ("y", "audience", audience),
        ("y", "contributes", "office"),
    ]
    kinds = dict(zip(net.nodes, net.node_attributes["kind"], strict=True))
    assert (kinds[audience], kinds[place], kinds["x"]) == ("audience", "place", "action")
    assert net.node(net.index[audience]) is None
    assert net.notes == {"dangling": 2}
    assert "z" in net.nodes
    one = workplan(Dataset(PLAN), plan="plan")
    assert "z" not in one.nodes
    with pytest.raises(NotFound):
        workplan(Dataset(PLAN), plan="plane")


@pytest.mark.parametrize("name", [projection.name for projection in PROJECTIONS])
def test_empty_dataset_and_one_node(catalog, name) -> None:
    empty = Dataset(model=Model(catalog)).project(name)
    assert empty.n_nodes == (5 if name == "knowledge" else 0)
    one = Dataset([Actor(id="a")], model=Model(catalog)).project(name)
    assert one.n_nodes <= 6
    assert one == Dataset([Actor(id="a")], model=Model(catalog)).project(name)
    assert one.to_networkx(multi=True).number_of_nodes() == one.n_nodes


@pytest.mark.parametrize("name", [projection.name for projection in PROJECTIONS])
def test_all_attributes_fit_and_reach_networkx(catalog, name) -> None:
    records = [*KNOWLEDGE, *CORRIDOR, *PLAN]
    net = Dataset(records, model=Model(catalog)).project(name)
    for columns, length in ((net.node_attributes, net.n_nodes), (net.edge_attributes, net.n_edges)):
        assert {len(columns[column]) for column in columns} <= {length}
    graph = net.to_networkx(multi=True)
    assert list(graph) == list(net.nodes)
    assert graph.number_of_edges() == net.n_edges
    assert all(net.records(e) for e in range(net.n_edges))


SCRIPT = """
import json, sys
from jmdi.app import Model
from jmdi.graph.dataset import Dataset
from jmdi.model.constructors import unchecked
from jmdi.model.kinds import *
from jmdi.model.relations import *
from jmdi.model.values import *
records = [Actor(id=f"a{i}", country=("MA", "FR", "TN")[i % 3]) for i in range(9)]
records += [Initiative(id=f"i{i}") for i in range(4)]
side = ("origin", "destination", "both")
records += [
    Participates(id=f"p{i}{j}", source=f"a{i}", target=f"i{j}",
                 side=code("side", side[(i + j) % 3]))
    for i in range(9) for j in range(4) if (i * j) % 4 != 1
]
records += [Actor(id="a1", country="SN"), Tie(id="t", source="zz", target="a1"), Tie(id="u",
            source="a1", target="a2", period=unchecked(Period)("2016/2015"))]
records += [Territory(id="x", within="y"), Territory(id="y", within="x")]
ds = Dataset(records, model=Model.build([]))
other = Dataset([Actor(id=f"a{i}", country="SN", sources=(Source("s"),)) for i in range(5)])
out = []
for name in ds.model.catalog.projections:
    net = ds.project(name)
    columns = [(k, [repr(v) for v in c[k]]) for c in (net.node_attributes, net.edge_attributes)
               for k in c]
    out.append([name, list(net.nodes), [list(e) for e in net.edges], columns, repr(net.notes)])
out.append([p.to_dict() for p in ds.check()])
out.append([repr(r) for r in ds.merge(other)])
out.append(ds.diff(other).to_dict())
out.append([ds.digest(), ds.summary()])
print(json.dumps(out))
"""


def test_nothing_depends_on_the_hash_seed() -> None:
    outputs = set()
    for seed in "012":
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert len(json.loads(outputs.pop())) > 8


def test_audiences_that_nobody_knows_are_no_common_audience() -> None:
    known = Audience(who={"en": "young people"})
    audiences = {"a1": Audience(), "a2": Audience(), "a3": known, "a4": known}
    records = [Action(id=id, audience=[audience]) for id, audience in audiences.items()]
    found = Dataset(records).project("workplan")
    ends = [found.nodes[j] for j in found.target]
    assert len(ends) == 4 and len(set(ends)) == 3 and ends[2] == ends[3]
