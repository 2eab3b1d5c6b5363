"""Tables as people have them: what they type is read as it is, or reported with its place."""

from __future__ import annotations

import io
import re
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_files import CATALOG, codes_of, read, read_text, words

import jmdi
import jmdi.files.tables.plan as plan_module
from jmdi.app import Model
from jmdi.builtin.formats.tables.read import read_table, sniff_table
from jmdi.builtin.formats.tables.write import write_tables
from jmdi.errors import FormatError
from jmdi.files.delimited import guard, read_rows, unguard, write_row
from jmdi.files.tables.cells import join, split
from jmdi.files.tables.plan import plan_of
from jmdi.graph.dataset import Dataset
from jmdi.model import kinds
from jmdi.model.ids import make_id
from jmdi.model.kinds import Actor, Initiative, Territory
from jmdi.model.records import Record
from jmdi.model.relations import Participates, Tie
from jmdi.model.values import Code, Money, Period, code
from jmdi.model.writing import unstructure
from jmdi.plugins.context import ImportContext, Limits


@given(st.lists(words, min_size=1))
def test_items_of_a_cell_survive(items: list[str]) -> None:
    assert split(join(items)) == items


@given(words)
def test_no_cell_is_a_formula_and_the_guard_is_undone(text: str) -> None:
    assert guard(text)[:1] not in ("=", "+", "-", "@", "\t", "\r", "")
    assert unguard(guard(text)) == text


@given(st.lists(st.lists(words, min_size=2, max_size=3), min_size=1))
def test_rows_survive(rows: list[list[str]]) -> None:
    rows = [["head", "er"], *rows]
    data = "".join(map(write_row, rows)).encode()
    found = read_rows(io.BytesIO(data), "x", size=10**6, cells=10**6)
    assert [row.cells for row in found] == [row for row in rows if any(row)]


@given(
    st.binary(max_size=200)
    | st.text(
        st.sampled_from("\",;\n\r\t'=\\|{}[]:idsourcetargetnames.en\x00\ufeff"), max_size=80
    ).map(lambda text: text.encode())
    | st.text(max_size=60).map(lambda text: f"id,source,target,names.en,type\n{text}".encode()),
    st.sampled_from(["ties.csv", "actors.csv", "what.csv", "partnerships.csv", "pillars.csv"]),
)
def test_any_bytes_give_records_or_problems(data: bytes, name: str) -> None:
    sniff_table(data)
    try:
        found, _ = read_text(data, name)
    except FormatError as error:
        assert error.problems[0].code.startswith("J5")
    else:
        assert all(isinstance(record, Record) for record in found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("said", [True, False])
def test_a_byte_order_mark_is_no_part_of_the_first_column(encoding: str, said: bool) -> None:
    text = "id,country\na,PH\n"
    data = text.encode(encoding) if encoding == "utf-8-sig" else f"\ufeff{text}".encode(encoding)
    given = encoding if said else None
    rows = read_rows(io.BytesIO(data), "x.csv", size=99, cells=99, encoding=given)
    assert [row.cells for row in rows] == [["id", "country"], ["a", "PH"]]


def test_who_reported_a_tie_may_be_a_name_as_the_ends_are() -> None:
    found, _ = read_text("source,target,reported_by\nA,B,B\nB,A,\nB,C,D\n")
    reporters = [tie.reported_by for tie in found if isinstance(tie, Tie)]
    assert reporters == [make_id("actor", "B"), None, make_id("actor", "D")]
    assert [actor.label() for actor in found if isinstance(actor, Actor)] == ["A", "B", "C", "D"]


def test_an_edge_list_is_read_as_it_is() -> None:
    found, target = read_text("\ufeffSource;Target;Weight;Type\nA;B;2.5;funding\nB;Ça;;\n")
    actors = [record for record in found if isinstance(record, Actor)]
    ties = [record for record in found if isinstance(record, Tie)]
    assert [actor.label() for actor in actors] == ["A", "B", "Ça"]
    assert actors[0].id == make_id("actor", "A")
    assert (ties[0].source, ties[0].target) == (actors[0].id, actors[1].id)
    assert ties[0].strength == Decimal("2.5")
    assert ties[0].type == code("tie-kind", "funding")
    assert ties[1].strength is None
    assert codes_of(target) == ["J534"]
    assert "no table has: 3 ('A', 'B', 'Ça')" in target.problems[0].message


def test_parallel_edges_keep_different_ids_on_every_run() -> None:
    text = "source,target\nA,B\nA,B\n"
    first, second = read_text(text)[0], read_text(text)[0]
    assert first == second
    assert len({record.id for record in first}) == 4


def test_ends_are_found_among_the_actors_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("name,type,country\nAlpha,local_authority,SN\n")
    (tmp_path / "ties.csv").write_text("source,target\nAlpha,Beta\n")
    (tmp_path / "participations.csv").write_text("source,target,role\nBeta,Project X,4\n")
    dataset, target = read(tmp_path)
    alpha, *_ = (a for a in dataset.of(Actor) if a.label() == "Alpha")
    assert alpha.type == code("actor-type", "local_authority")
    assert [tie.source for tie in dataset.of(Tie)] == [alpha.id]
    assert [i.label() for i in dataset.of(Initiative)] == ["Project X"]
    assert len(dataset.of(Actor)) == 2
    assert dataset.of(Participates)[0].role is not None
    assert not [p for p in target.problems if p.is_error]


def test_an_ambiguous_name_is_an_error_and_joined_to_neither(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("id,name\na/1,Alpha\na/2,Alpha\n")
    (tmp_path / "ties.csv").write_text("source,target\nAlpha,a/1\n")
    dataset, target = read(tmp_path)
    assert dataset.of(Tie)[0].source == "Alpha"
    problem = next(p for p in target.problems if p.code == "J535")
    assert str(problem.where).startswith("ties.csv:2:1")


def test_a_dangling_end_of_an_exported_tie_is_not_taken_for_a_name(tmp_path: Path) -> None:
    tie = Tie(id="t", source="actor/gone", target="actor/lost")
    write_tables(Dataset([tie], model=Model(CATALOG)), str(tmp_path / "out"))
    dataset, _ = read(tmp_path / "out")
    assert dataset.records == (tie,)


def test_unknown_columns_are_kept_and_the_near_name_is_told() -> None:
    (actor,), target = read_text("id,name,contry,Mood\na,Alpha,SN,good\n", "actors.csv")
    assert dict(actor.extra) == {"contry": "SN", "Mood": "good"}
    assert "country" in (target.problems[0].cure or "")
    assert str(target.problems[0].where) == "actors.csv:1:3"


def test_a_cell_of_the_wrong_type_is_a_problem_with_its_place_and_stays() -> None:
    found, target = read_text("id,source,target,intensity\nt,a,b,high\n")
    problem = next(p for p in target.problems if p.code != "J534")
    assert (problem.where.line, problem.where.column) == (2, 4)
    assert problem.is_error
    assert found[0].extra["intensity.words"] == "high"


def test_ragged_rows_lose_nothing() -> None:
    found, target = read_text("id,name,country\na,Alpha,SN,beyond\nb,Beta\n", "actors.csv")
    assert found[0].extra["column 4"] == "beyond"
    assert codes_of(target) == ["J526", "J526"]


def test_duplicate_ids_and_columns_are_reported() -> None:
    found, target = read_text("id,name,name\na,Alpha,Other\na,Beta,\n", "actors.csv")
    assert len(found) == 2
    assert found[0].extra["name (3)"] == "Other"
    assert codes_of(target) == ["J524", "J530"]


def test_cells_are_legible(tmp_path: Path) -> None:
    initiative = Initiative(
        id="i/1",
        names={"en": "One", "fr": "Un"},
        period=Period("2015-10/2016", "autumn 2015"),
        sectors=(code("crs", "15190"), code("crs", "24050")),
        budget=(Money("5.0", "EUR"),),
        extra={"note": "=SUM(A1)"},
    )
    write_tables(Dataset([initiative], model=Model(CATALOG)), str(tmp_path / "out"))
    header, row = (tmp_path / "out" / "initiatives.csv").read_text().splitlines()
    assert header == "id,names.en,names.fr,period,period.words,sectors,budget,note"
    assert row == (
        'i/1,One,Un,2015-10/2016,autumn 2015,"crs:15190 | crs:24050",'
        '"[{""amount"":""5.0"",""currency"":""EUR""}]",\'=SUM(A1)'
    )


def test_what_people_type_into_lists_is_kept_as_words() -> None:
    text = (
        "id,places,objectives,finance,pillars\n"
        "x,Region III | Region V,Train people,USD 5,pillar/1 | pillar/2\n"
    )
    (action,), _ = read_text(text, "actions.csv")
    assert isinstance(action, kinds.Action)
    assert [place.words for place in action.places] == ["Region III", "Region V"]
    assert action.objectives == ({"und": "Train people"},)
    assert action.finance == (Money(words="USD 5"),)
    assert action.pillars == ("pillar/1", "pillar/2")


@pytest.mark.parametrize(
    "text", ["id;names.en\na;Ä\n", "id\tnames.en\na\tÄ\n", "id,names.en\na,Ä\n"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_and_byte_order_marks(text: str, encoding: str) -> None:
    (actor,), _ = read_text(text.encode(encoding), "actors.csv")
    assert (actor.id, actor.label()) == ("a", "Ä")


def test_windows_text_is_refused_with_a_cure_and_read_when_told() -> None:
    data = "id,name\na,Ä\n".encode("cp1252")
    with pytest.raises(FormatError, match="UTF-8") as error:
        read_text(data, "actors.csv")
    assert error.value.problems[0].code == "J520"
    (actor,), _ = read_text(data, "actors.csv", options={"encoding": "cp1252"})
    assert actor.label() == "Ä"
    with pytest.raises(FormatError, match="no encoding"):
        read_text(data, "actors.csv", options={"encoding": "rot13"})


@pytest.mark.parametrize(
    ("data", "limits", "code_"),
    [
        ("id,name\n" + "a,b\n" * 100, Limits(cells=50), "J522"),
        ("id,name\n" + "a,b\n" * 100, Limits(size=50), "J522"),
        ("id,name\n" + "a,b\n" * 100, Limits(rows=99), "J522"),
        ("id,name,type\n" + "a,b,\n" * 100, Limits(columns=2), "J522"),
        ('id,name\na,"open\n' + "x\n" * 50, Limits(), "J523"),
        ("hue,mood\nred,good\n", Limits(), "J527"),
    ],
)
def test_hostile_tables_are_refused(data: str, limits: Limits, code_: str) -> None:
    with pytest.raises(FormatError) as error:
        read_text(data, "what.csv" if code_ == "J527" else "actors.csv", limits=limits)
    assert error.value.problems[0].code == code_


def test_long_cells_are_read() -> None:
    (item,), _ = read_text(f"id,text\na,{'x' * 300_000}\n", "items.csv")
    assert isinstance(item, kinds.KnowledgeItem)
    assert len(item.text or "") == 300_000


def test_the_kind_is_told_by_header_or_option() -> None:
    assert isinstance(read_text("id,name,within\nt,T,\n", "data.csv")[0][0], Territory)
    assert isinstance(
        read_text("a,b\nA,B\n", "data.csv", options={"kind": "policy"})[0][0],
        kinds.PolicyInstrument,
    )
    with pytest.raises(FormatError, match="did you mean actor"):
        read_text("a,b\n", "data.csv", options={"kind": "actr"})


def test_a_column_kind_names_a_kind_of_the_table() -> None:
    _, target = read_text("id,kind\nx,policy\n", "actors.csv")
    assert codes_of(target) == ["J527"]


def test_sniffing_takes_tidy_tables_only() -> None:
    assert sniff_table(b"\xef\xbb\xbfSource;Target\n") is True
    assert sniff_table(b"id,names.en\n") is True
    assert sniff_table(b"id,name,type\n") is True
    assert isinstance(sniff_table(b"Action,Objective,Timeline\n"), str)


def test_codes_are_explained_and_stand_once() -> None:
    from jmdi.builtin.formats import PROBLEM_CODES

    codes = [explained.code for explained in PROBLEM_CODES]
    assert len(set(codes)) == len(codes)
    sources = Path(plan_module.__file__).parent.glob("*.py")
    used = set(re.findall(r'"(J5\d\d)"', "".join(path.read_text() for path in sources)))
    assert used <= set(codes)


def test_codes_with_words_keep_them() -> None:
    actor = Actor(
        id="a", type=Code("actor-type", "x:y", "typed"), level=Code("", "=1", extra={"a": 1})
    )
    plan = plan_of(Actor)
    cells = plan.write(unstructure(actor))
    assert cells["type"] == "actor-type:x:y"
    assert cells["type.words"] == "typed"
    assert plan.read(cells) == {k: v for k, v in unstructure(actor).items() if k != "kind"}


def unknown_columns(number: int, **limits: Any) -> list[Any]:
    header = ",".join(f"c{n}" for n in range(number))
    rows = f"id,names,{header}\na,A{',x' * number}\n"
    context = ImportContext(
        name="actors.csv", catalog=CATALOG, options={"kind": "actor"}, limits=Limits(**limits)
    )
    (record,) = read_table(io.BytesIO(rows.encode()), context)
    assert sum(name.startswith("c") for name in unstructure(record)) >= number
    return context.problems


def test_many_columns_take_linear_time() -> None:
    unknown_columns(10)
    start = time.process_time()
    problems = unknown_columns(50_000)
    assert time.process_time() - start < 10  # 0.5 s; with each column compared to all, minutes
    assert len(problems) == 101
    assert "49,900 more columns" in problems[-1].message


def test_each_place_is_reported_where_it_is_asked_for() -> None:
    assert len(unknown_columns(150, alike=10**9)) == 150
    rows = b"names,strength,country\n" + b"A,1\n" * 30
    context = ImportContext(name="actors.csv", catalog=CATALOG, limits=Limits(alike=10**9))
    list(read_table(io.BytesIO(rows), context))
    lines = {code: [p.where.line for p in context.problems if p.code == code] for code in CODES}
    assert lines == {"J526": list(range(2, 32)), "J532": list(range(2, 32))}


CODES = ("J526", "J532")


def test_an_end_that_is_an_id_of_its_kind_is_no_name(tmp_path: Path) -> None:
    (tmp_path / "codings.csv").write_text("source,target\nitem/9,theme/data\n", encoding="utf-8")
    (tmp_path / "derivations.csv").write_text(
        "source,target\npractice/desk,item/9\npractice/desk,theme/data\n", encoding="utf-8"
    )
    found = jmdi.read(tmp_path)
    (coding,) = found.of(jmdi.Coded)
    assert (coding.source, coding.target) == ("item/9", "theme/data")
    first, second = found.of(jmdi.Derives)
    assert (first.source, first.target) == ("practice/desk", "item/9")
    assert found.get(second.target).label() == "theme/data"  # no practice derives from a theme


def test_the_edges_of_gephi_have_a_direction_and_nodes_of_their_own() -> None:
    found, _ = read_text(
        "Source;Target;Type;Id;Weight\n1;2;Directed;1;2.5\n2;1;Undirected;2;\n3;;;;\n"
    )
    ties = [(t.source, t.target, t.directed) for t in found if isinstance(t, jmdi.Tie)]
    assert ties == [("1", "2", True), ("2", "1", False)]
    assert sorted(a.id for a in found if isinstance(a, jmdi.Actor)) == ["1", "2", "3"]


def test_the_nodes_of_gephi_are_actors() -> None:
    found, _ = read_text("Id,Label,sector\n1,Ada,public\n2,Bo,\n", "nodes.csv")
    assert [(a.id, a.label(), a.extra.get("sector")) for a in found] == [
        ("1", "Ada", "public"),
        ("2", "Bo", None),
    ]


def test_ties_with_ids_alone_name_their_actors_unless_an_id_says_its_kind() -> None:
    found, target = read_text("id,source,target\nt,a,actor/1\n")
    assert [r.id for r in found] == ["t", "a"]
    assert [p.code for p in target.problems] == ["J534"]
