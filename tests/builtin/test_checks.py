import datetime
import pickle
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

import jmdi
from jmdi.app import Model
from jmdi.builtin.checks import CHECKS, PROBLEM_CODES
from jmdi.builtin.walking import leaves
from jmdi.errors import Severity
from jmdi.graph.dataset import Dataset
from jmdi.model.constructors import unchecked
from jmdi.model.declare import define, facet
from jmdi.model.fields import Ref
from jmdi.model.frozen import EMPTY
from jmdi.model.kinds import (
    Action,
    Actor,
    Claim,
    Initiative,
    KnowledgeProduct,
    Observation,
    Partnership,
    Practice,
    Territory,
    Theme,
    WorkPlan,
)
from jmdi.model.records import Entity, Facet, Record
from jmdi.model.relations import Coded, Derives, Participates, Rates, Relates, Tie
from jmdi.model.values import Audience, Code, DatedPart, Money, Party, Period, Place, Source, code
from jmdi.plugins.catalog import standin
from jmdi.running.checking import check


@define("test:branch")
class Branch(Actor):
    """An office of another actor."""

    of_office: Ref["Actor"] | None = None


@facet("test:seat", on=Actor)
class Seat(Facet):
    """Where an actor sits."""

    place: Ref[Territory] | None = None


A, B = Actor(id="a"), Actor(id="b")
MA = Territory(id="ma")
INITIATIVE = Initiative(id="i")
FINE: tuple[Record, ...] = (A, B, MA, INITIATIVE)


def tie(**more) -> Tie:
    return Tie(**{"id": "t", "source": "a", "target": "b", **more})


def rates(score: int | None, **more) -> Rates:
    return Rates(id="rates", source="a", target="b", score=score, **more)


def relates(id: str, source: str, target: str, kind: str) -> Relates:
    return Relates(id=id, source=source, target=target, type=code("initiative-relation", kind))


def derives(id: str, source: str, target: str) -> Derives:
    return Derives(id=id, source=source, target=target)


def sneaked(record, name, value):
    """A record with a value that no converter would let through."""
    object.__setattr__(record, name, value)
    return record


GOOD = {
    "J301": [Actor(id="c")],
    "J302": [
        tie(),
        Actor(id="c", territory="ma"),
        Action(id="x", pillars=("pillar/1",), clusters=("theme/data",)),
        Coded(id="k", source="x", target="theme/partnerships"),
        Claim(id="claim", about="t", field="/intensity", value="1"),
    ],
    "J303": [
        Participates(id="p", source="a", target="i"),
        Participates(id="q", source="c", target="i"),
        Branch(id="c"),
        standin(Actor, "acme:bank", 1)(id="d"),
        Participates(id="r", source="d", target="i"),
        standin(Entity, "acme:thing", 1)(id="e"),
        Participates(id="s", source="e", target="i"),
    ],
    "J304": [
        Actor(id="c", territory="ma"),
        Branch(id="d", of_office="c"),
        Observation(id="o", of="i"),
        Theme(id="th", parent="theme/data"),
    ],
    "J305": [
        Territory(id="t1", within="t2"),
        Territory(id="t2", within="ma"),
        Initiative(id="j"),
        relates("r1", "i", "j", "parent"),
        relates("r2", "j", "i", "child"),
        relates("r3", "j", "i", "sibling"),
    ],
    "J306": [Actor(id="c", period=Period("2014/2015-06?")), Actor(id="d", period=Period(None))],
    "J307": [Actor(id="c", period=Period("2014/..")), Actor(id="d", period=Period("2014/2014-05"))],
    "J308": [Actor(id="c", period=Period("1999/..")), tie(period=Period("/2016"))],
    "J309": [
        Actor(id="c", type=code("actor-type", "academia")),
        Initiative(id="j", sectors=(code("crs", "nonsense"),)),
        Action(id="x", finance=(Money(reason="in_kind"),)),
    ],
    "J310": [
        tie(formality=code("tie-formality", "mou")),
        Territory(id="x", code=Code("p-code", "1")),
    ],
    "J311": [tie(intensity=0), Partnership(id="p", intensity=5)],
    "J312": [Initiative(id="j", places=(Place("ma", share=Decimal(1)), Place(share=Decimal(0))))],
    "J313": [tie()],
    "J314": [
        Actor(id="c", names={"en": "C"}, sources=(Source(date=datetime.date(2015, 1, 1)),)),
        Observation(id="o", value=Decimal("1.5")),
    ],
    "J315": [tie(period=Period(wave=0)), Action(id="x", timeline=Period("2015", wave=3))],
    "J316": [tie(intensity=0), tie(state=code("presence", "absent"), strength=0)],
    "J317": [tie(), tie(state=code("presence", "unknown"))],
    "J318": [rates(4, low=1, high=4), rates(9), rates(None, low=1, high=4), rates(0, high=3)],
    "J319": [Actor(id="c", country="PH"), Actor(id="d")],
}

BAD = {
    "J301": [([Actor(id="a", country="MA")], "/id"), ([Territory(id="b")], "/id")],
    "J302": [
        ([tie(target="z")], "/target"),
        ([Partnership(id="p", parties=(Party("a"), Party("z")))], "/parties/1/actor"),
        ([Initiative(id="j", places=(Place("z"),))], "/places/0/territory"),
        ([WorkPlan(id="w", authors=("z",))], "/authors/0"),
        ([Branch(id="c", of_office="z")], "/test:branch/of_office"),
        ([Actor(id="c", facets={"test:seat": Seat(place="z")})], "/test:seat/place"),
        ([Claim(id="claim", about="z", field="", value="1")], "/about"),
        ([tie(reported_by="z")], "/reported_by"),
    ],
    "J303": [
        ([Participates(id="p", source="ma", target="i")], "/source"),
        ([tie(target="i")], "/target"),
        ([Coded(id="k", source="a", target="theme/data")], "/source"),
        ([standin(Territory, "acme:town", 1)(id="c"), tie(target="c")], "/target"),
    ],
    "J304": [
        ([Actor(id="c", territory="i")], "/territory"),
        ([Branch(id="c", of_office="ma")], "/test:branch/of_office"),
        ([Action(id="x", pillars=("theme/data",))], "/pillars/0"),
        ([Territory(id="x", within="a")], "/within"),
    ],
    "J305": [
        ([Territory(id="t1", within="t2"), Territory(id="t2", within="t1")], None),
        ([Territory(id="t1", within="t1")], None),
        ([Theme(id="t1", parent="t2"), Theme(id="t2", parent="t1")], None),
        (
            [
                Initiative(id="j"),
                relates("r1", "i", "j", "parent"),
                relates("r2", "i", "j", "child"),
            ],
            None,
        ),
        (
            [
                Practice(id="p"),
                KnowledgeProduct(id="q"),
                derives("d1", "p", "q"),
                derives("d2", "q", "p"),
            ],
            None,
        ),
    ],
    "J306": [
        ([Actor(id="c", period=unchecked(Period)("October 2015"))], "/period/edtf"),
        ([Actor(id="c", period=unchecked(Period)("2015-13"))], "/period/edtf"),
        (
            [Action(id="x", timeline=Period(parts=(unchecked(DatedPart)("III", "2015/x"),)))],
            "/timeline/parts/0/edtf",
        ),
    ],
    "J307": [
        ([tie(period=unchecked(Period)("2016/2015"))], "/period/edtf"),
        ([Action(id="x", timeline=unchecked(Period)("2015-12-02/2015-12-01"))], "/timeline/edtf"),
    ],
    "J308": [
        ([Actor(id="c", period=Period("0215"))], "/period/edtf"),
        ([Actor(id="c", sources=(Source(date=datetime.date(2915, 1, 1)),))], "/sources/0/date"),
    ],
    "J309": [
        ([Actor(id="c", type=code("actor-type", "acadmia"))], "/type"),
        ([Initiative(id="j", goals=(code("gcm-objective", "24"),))], "/goals/0"),
        ([Action(id="x", finance=(Money(reason="inkind"),))], "/finance/0/reason"),
    ],
    "J310": [
        ([Actor(id="c", type=code("iati-organisation-type", "80"))], "/type"),
        (
            [Partnership(id="p", parties=(Party("a", side=code("tie-kind", "advocacy")),))],
            "/parties/0/side",
        ),
        ([Action(id="x", audience=(Audience(type=code("side", "both")),))], "/audience/0/type"),
    ],
    "J311": [
        ([tie(intensity=6)], "/intensity"),
        ([Partnership(id="p", intensity=-1)], "/intensity"),
    ],
    "J312": [([Initiative(id="j", places=(Place("ma", share=25),))], "/places/0/share")],
    "J313": [([tie(target="a")], "/target")],
    "J314": [
        ([sneaked(Actor(id="c"), "country", 5)], "/country"),
        ([sneaked(Actor(id="c"), "names", {"en": 5})], "/names"),
        ([sneaked(Partnership(id="p"), "parties", ("a",))], "/parties/0"),
        ([Partnership(id="p", parties=(Party("a"), unchecked(Party)(7)))], "/parties/1/actor"),
        ([sneaked(Partnership(id="p"), "intensity", True)], "/intensity"),
        ([sneaked(Observation(id="o"), "value", 1.5)], "/value"),
        ([sneaked(tie(), "source", None)], "/source"),
        ([sneaked(Actor(id="c"), "sources", None)], "/sources"),
        ([unchecked(Actor)(id="")], "/id"),
        ([Actor(id="c", facets={"test:seat": unchecked(Seat)(place=7)})], "/test:seat/place"),
    ],
    "J315": [([Actor(id="c", period=Period(wave=-1))], "/period/wave")],
    "J316": [
        ([tie(state=code("presence", "present"), intensity=0)], "/intensity"),
        ([tie(state=code("presence", "present"), strength=0)], "/strength"),
    ],
    "J317": [
        ([tie(state=code("presence", "Absent"))], "/state"),
        ([tie(state=code("presence", "Bavaria"))], "/state"),
    ],
    "J318": [
        ([rates(7, low=1, high=4)], "/score"),
        ([rates(0, low=1)], "/score"),
    ],
    "J319": [
        ([Actor(id="c", country="Philippines")], "/country"),
        ([Territory(id="x", country="ph")], "/country"),
    ],
}


@pytest.fixture
def run(catalog):
    def run(code, records):
        one = [c for c in CHECKS if c.code == code]
        return check(Dataset(records, model=Model(catalog)), catalog, one).problems

    return run


def test_every_check_is_tried_both_ways_and_explained() -> None:
    codes = [one.code for one in CHECKS]
    assert set(codes) == set(GOOD) == set(BAD)
    assert {*codes, "J330", "J390"} == {one.code for one in PROBLEM_CODES}
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("code", sorted(GOOD))
def test_good_records_pass(run, code) -> None:
    assert run(code, [*FINE, *GOOD[code]]) == ()


@pytest.mark.parametrize(
    ("code", "records", "path"), [(c, *case) for c in sorted(BAD) for case in BAD[c]]
)
def test_bad_records_are_reported_with_their_place(run, code, records, path) -> None:
    before = [attrs.astuple(record, recurse=False) for record in records]
    problems = run(code, [*FINE, *records])
    assert [problem.code for problem in problems] == [code]
    assert problems[0].path == path
    assert problems[0].where.record is not None
    assert [attrs.astuple(record, recurse=False) for record in records] == before


def test_well_known_ids_can_be_checked_against_nothing_else(run) -> None:
    assert run("J302", [Action(id="x", pillars=("pillar/6",))])[0].value == "pillar/6"


def test_severities_and_suggestions(run) -> None:
    open_code = run("J309", [Actor(id="c", type=code("actor-type", "acadmia"))])[0]
    assert open_code.severity is Severity.INFO
    assert open_code.cure == "did you mean 'academia'?"
    closed = run("J309", [Initiative(id="j", goals=(code("gcm-objective", "24"),))])[0]
    assert closed.severity is Severity.WARNING


def test_a_reversed_period_is_reported_once(run) -> None:
    records = [tie(period=unchecked(Period)("2016/2015"))]
    assert run("J306", records) == ()
    assert len(run("J307", records)) == 1


def test_circles_are_named_and_long_ones_bounded(run) -> None:
    ring = [Territory(id=f"t{i:05}", within=f"t{(i + 1) % 20_000:05}") for i in range(20_000)]
    problem = run("J305", ring)[0]
    assert problem.message.startswith(
        "what territories lie within runs in a circle: t00000 → t00001"
    )
    assert len(problem.message) < 400


def test_knots_are_reported_once_each_and_chains_between_them_quickly(run) -> None:
    chain = [Territory(id=f"c{i:05}", within=f"c{i + 1:05}") for i in range(20_000)]
    chain.append(Territory(id="c20000", within="x1"))
    knots = [
        Territory(id="x1", within="x2"),
        Territory(id="x2", within="x1"),
        Territory(id="y1", within="y1"),
    ]
    values = [problem.value for problem in run("J305", [*chain, *knots])]
    assert values == ["x1", "y1"]


def test_empty_dataset_has_no_problems(catalog) -> None:
    assert check(Dataset(model=Model(catalog)), catalog).problems == ()


def test_leaves_are_found_at_any_depth() -> None:
    action = Action(
        id="x", timeline=Period("2015", parts=(DatedPart("III", "2016"),)), period=Period("2014")
    )
    assert [leaf.pointer for leaf in leaves(action, Period)] == ["/period", "/timeline"]
    assert [leaf.pointer for leaf in leaves(action, DatedPart)] == ["/timeline/parts/0"]
    assert Actor(id="a").facets is EMPTY


def test_a_check_names_the_file_where_there_is_only_one(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        files.append(tmp_path / f"{name}.jsonl")
        record = f'{{"kind":"actor","id":"actor/{name}","territory":"territory/gone"}}\n'
        files[-1].write_text('{"jmdi":"1.0"}\n' + record, encoding="utf-8")
    alone, both = jmdi.read(files[0]), jmdi.read(files)
    assert {p.where.file for p in alone.check().problems} == {str(files[0])}
    assert {p.where.file for p in pickle.loads(pickle.dumps(alone)).check()} == {str(files[0])}
    assert both.inputs == tuple(map(str, files))
    assert {p.where.file for p in both.check().problems} == {None}
    assert alone == jmdi.read(files[0]) and not alone.without("actor/one").check().problems
