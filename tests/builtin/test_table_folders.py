"""Folders of tables: what is in them, and how one is replaced so that it is never half of two."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from killing import killed_after
from table_files import CATALOG, CLASSES, codes_of, read, read_text, records

from jmdi.app import Model
from jmdi.builtin.formats.tables.replacing import COMMIT, HEADER
from jmdi.builtin.formats.tables.write import write_tables, write_template
from jmdi.errors import DataError, FormatError
from jmdi.files import only_writer
from jmdi.files.tables.plan import kind_of_table, plan_of, table_name
from jmdi.graph.dataset import Dataset
from jmdi.model.kinds import Action, Actor, Initiative, Partnership, Territory
from jmdi.model.records import Record
from jmdi.model.values import Party, code
from jmdi.plugins.catalog import standin


@settings(max_examples=60, deadline=None)
@given(st.lists(records, min_size=1, max_size=4, unique_by=lambda r: r.id))
def test_what_is_written_is_read_again(given: list[Record]) -> None:
    dataset = Dataset(given, model=Model(CATALOG))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "tables")
        write_tables(dataset, str(target))
        again, problems = read(target)
        assert again == dataset
        assert not [p for p in problems.problems if p.is_error]
        first = {path.name: path.read_bytes() for path in target.iterdir()}
        write_tables(again, str(target))
        assert {path.name: path.read_bytes() for path in target.iterdir()} == first


def test_parties_stand_in_a_table_of_their_own(tmp_path: Path) -> None:
    parties = (
        Party("a/2", code("organisation-role", "4")),
        Party("a/1", side=code("side", "origin")),
    )
    partnership = Partnership(id="p/1", names={"en": "P"}, parties=parties)
    dataset = Dataset([partnership], model=Model(CATALOG))
    write_tables(dataset, str(tmp_path / "out"))
    lines = (tmp_path / "out" / "parties.csv").read_text().splitlines()
    assert lines == [
        "partnership,actor,role,side",
        "p/1,a/2,organisation-role:4,",
        "p/1,a/1,,side:origin",
    ]
    assert read(tmp_path / "out")[0] == dataset


def test_parties_of_no_partnership_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "parties.csv").write_text("partnership,actor\np/9,a/1\n,a\n")
    (tmp_path / "actors.csv").write_text("id\na/1\n")
    _, target = read(tmp_path)
    assert codes_of(target) == ["J531", "J531"]


def test_stand_ins_come_back(tmp_path: Path) -> None:
    bank = standin(Actor, "acme:bank", 2)(id="b", extra={"acme:bank": {"licence": "1"}})
    dataset = Dataset([bank], model=Model(CATALOG))
    write_tables(dataset, str(tmp_path / "out"))
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["acme.banks.csv", HEADER]
    again, _ = read(tmp_path / "out")
    assert again == dataset
    assert again.records[0].standin


def test_a_folder_with_other_files_is_never_written_into(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("mine")
    with pytest.raises(FormatError, match="not exported"):
        write_tables(Dataset([Actor(id="a")], model=Model(CATALOG)), str(tmp_path))
    assert (tmp_path / "actors.csv").read_text() == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["actors.csv"]


def test_a_second_export_takes_away_tables_that_are_gone(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    write_tables(Dataset([Actor(id="a"), Territory(id="t")], model=Model(CATALOG)), str(folder))
    write_tables(Dataset([Actor(id="a")], model=Model(CATALOG)), str(folder))
    assert sorted(p.name for p in folder.iterdir()) == ["actors.csv", HEADER]
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_half_a_surrogate_pair_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    model = Model.build([])
    with pytest.raises(DataError, match=r"a /country J208 .*surrogate"):
        model.write(
            model.dataset([Actor(id="a", country="\ud800")]), tmp_path / "out", format="tables"
        )
    assert not list(tmp_path.iterdir())


def test_unknown_tables_and_bad_folders_are_reported(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no table"):
        read(tmp_path)
    (tmp_path / "actros.csv").write_text("id\na\n")
    (tmp_path / "actors.csv").write_text("id\na\n")
    dataset, target = read(tmp_path)
    assert len(dataset) == 1
    assert target.problems[0].cure == "did you mean actors.csv?"
    (tmp_path / HEADER).write_text("[" * 10_000)
    with pytest.raises(FormatError, match="header"):
        read(tmp_path)
    with pytest.raises(FormatError, match="not a folder"):
        read(tmp_path / "actors.csv")


def test_the_template_can_be_filled_in(tmp_path: Path) -> None:
    folder = tmp_path / "template"
    write_template(str(folder))
    names = {path.name for path in folder.iterdir()}
    assert {"actors.csv", "ties.csv", "parties.csv", "codings.csv", "README.md"} <= names
    assert len(names) == len(CLASSES) + 2
    readme = (folder / "README.md").read_text()
    assert all(f"`{name}`" in readme for name in names if name.endswith(".csv"))
    dataset, target = read(folder)
    assert not dataset.records
    assert not target.problems


def test_every_kind_has_a_table_of_its_own() -> None:
    names = [table_name(cls.kind) for cls in CLASSES]
    assert len(set(names)) == len(names)
    assert [kind_of_table(name.upper(), [cls.kind for cls in CLASSES]) for name in names] == [
        cls.kind for cls in CLASSES
    ]
    for cls in CLASSES:
        assert plan_of(cls).columns[0] == "id"


def test_a_file_and_a_folder_of_it_give_the_same(tmp_path: Path) -> None:
    text = "source,target\nA,B\n"
    (tmp_path / "ties.csv").write_text(text)
    single, _ = read_text(text, str(tmp_path / "ties.csv"))
    assert Dataset(single) == read(tmp_path)[0]
    assert single[0].sources[0].title == "ties.csv"


@pytest.mark.skipif(os.name != "posix", reason="a killed writer is found out by its process")
def test_a_writer_that_is_killed_at_any_step_leaves_a_whole_folder_or_one_that_says_so(
    tmp_path: Path,
) -> None:
    model = Model.build([])
    old = model.dataset(
        [
            Actor(id="actor/1", names={"en": "Old"}),
            Initiative(id="initiative/1"),
            Territory(id="same"),
        ]
    )
    new = model.dataset(
        [Actor(id="actor/2", names={"en": "New"}), Territory(id="same"), Action(id="n")]
    )
    target, outcomes = tmp_path / "t", []
    for steps in itertools.count():
        model.write(old, target, format="tables")
        killed = killed_after(steps, lambda: model.write(new, target, format="tables"))
        found = model.read(target, on_error="keep")
        if "J536" in {problem.code for problem in found.problems}:
            outcomes.append("said")
        else:
            assert not found.problems
            outcomes.append("old" if found == old else "new" if found == new else "lost")
        model.write(old, target, format="tables")
        assert model.read(target) == old
        assert [path.name for path in tmp_path.iterdir()] == ["t"]
        if not killed:
            break
    assert "lost" not in outcomes
    assert [one for one, _ in itertools.groupby(outcomes)] == ["old", "said", "new"]


@pytest.mark.skipif(os.name != "posix", reason="a killed writer is found out by its process")
def test_a_new_folder_is_there_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    model = Model.build([])
    new = model.dataset([Actor(id="a"), Territory(id="t")])
    for steps in itertools.count():
        target = tmp_path / "t"
        if not killed_after(steps, lambda: model.write(new, tmp_path / "t", format="tables")):
            break
        assert not target.exists() or model.read(target) == new
        shutil.rmtree(target, ignore_errors=True)
    assert model.read(target) == new
    assert [path.name for path in tmp_path.iterdir()] == ["t"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no locks of folders")
def test_of_several_writers_the_last_one_wins_whole(tmp_path: Path) -> None:
    """Each in a process of its own; the first ones make the folder at the same time."""
    model, target = Model.build([]), tmp_path / "t"
    tables = {
        number: model.dataset(
            [Actor(id=f"a/{number}"), Territory(id=f"t/{number}"), Action(id=f"n/{number}")]
        )
        for number in range(4)
    }

    def write(number: int) -> None:
        for _ in range(25):
            model.write(tables[number], target, format="tables")

    children = []
    for number in tables:
        if (child := os.fork()) == 0:
            status = 1
            try:
                write(number)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * len(tables)
    assert model.read(target) in tables.values()
    assert [path.name for path in tmp_path.iterdir()] == ["t"]
    assert not (target / COMMIT).exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no locks of folders")
def test_threads_that_write_one_folder_wait_for_each_other(tmp_path: Path) -> None:
    model, target = Model.build([]), tmp_path / "t"
    tables = [model.dataset([Actor(id=f"a/{n}"), Territory(id=f"t/{n}")]) for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        written = [pool.submit(model.write, t, target, format="tables") for t in tables * 10]
        assert [one.exception() for one in written] == [None] * 40
    assert model.read(target) in tables


@pytest.mark.skipif(os.name != "posix", reason="Windows has no locks of folders")
def test_a_writer_that_is_held_up_for_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(only_writer, "PATIENCE", 0.05)
    model, target = Model.build([]), tmp_path / "t"
    old, new = model.dataset([Actor(id="old")]), model.dataset([Actor(id="new")])
    model.write(old, target, format="tables")
    with (
        only_writer.only_writer(target),
        pytest.raises(FormatError, match=r"another writer.*folder of its own"),
    ):
        model.write(new, target, format="tables")
    assert model.read(target) == old
    assert [path.name for path in tmp_path.iterdir()] == ["t"]
    model.write(new, target, format="tables")
    assert model.read(target) == new


def test_a_folder_that_is_replaced_while_it_is_read_says_so(tmp_path: Path) -> None:
    model = Model.build([])
    old = model.dataset([Actor(id="a"), Territory(id="t")])
    model.write(old, tmp_path / "t", format="tables")
    records = model.stream(tmp_path / "t", on_error="keep")
    next(records)
    model.write(model.dataset([Actor(id="b"), Territory(id="u")]), tmp_path / "t", format="tables")
    assert {record.id for record in records} & {"t", "u"}
    assert [problem.code for problem in records.problems] == ["J536"]


def test_a_folder_whose_files_were_all_replaced_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "t"
    given = Dataset([Actor(id="actor/1")], model=Model(CATALOG))
    write_tables(given, str(target))
    files = {path.name: sha256(path.read_bytes()).hexdigest() for path in target.iterdir()}
    for record in (
        {"new": files, "old": {"gone.csv": "1"}},
        {"new": {"new.csv": "1"}, "old": files},
    ):
        (target / COMMIT).write_text(json.dumps(record))
        assert not read(target)[1].problems
    for torn in ('{"new":{"act', "[]", '{"new":{"../x":"1"},"old":[1]}', "7"):
        (target / COMMIT).write_text(torn)
        assert not read(target)[1].problems
    write_tables(given, str(target))
    assert not (target / COMMIT).exists()
