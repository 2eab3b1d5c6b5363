"""Tables that are read together, each a file of its own, know each other's ids and names."""

from __future__ import annotations

from pathlib import Path

import pytest

import jmdi

TIES = "source,target,strength\na,b,2\nBank C,a,1\nb,stranger,3\n"
ACTORS = "id,name,sector\na,Town A,public\nb,Union B,civil\nc,Bank C,private\n"


def told(folder: Path, order: str) -> jmdi.Dataset:
    files = {"actors": ACTORS, "ties": TIES}
    paths = []
    for name in order.split():
        path = folder / f"{name}.csv"
        path.write_text(files[name])
        paths.append(path)
    return jmdi.read(paths)


@pytest.mark.parametrize("order", ["actors ties", "ties actors"])
def test_ends_are_the_actors_of_the_other_table(tmp_path: Path, order: str) -> None:
    ds = told(tmp_path, order)
    assert len(ds.of(jmdi.Actor)) == 4
    ends = {(tie.source, tie.target) for tie in ds.of(jmdi.Tie)}
    assert {("a", "b"), ("c", "a")} < ends
    made = [problem for problem in ds.problems if problem.code == "J534"]
    assert len(made) == 1 and "1 ('stranger')" in made[0].message


def test_tables_of_one_folder_say_the_same_as_its_files(tmp_path: Path) -> None:
    files = told(tmp_path, "ties actors")
    assert jmdi.read(tmp_path) == files


def test_a_table_of_ties_alone_makes_an_actor_of_each_end(tmp_path: Path) -> None:
    ds = told(tmp_path, "ties")
    assert len(ds.of(jmdi.Actor)) == 4 and ds.find("a") is None


def test_an_other_table_that_cannot_be_read_is_reported_once(tmp_path: Path) -> None:
    told(tmp_path, "ties")
    (tmp_path / "actors.csv").write_text('id,name\na,"Town\n')
    ds = jmdi.read([tmp_path / "ties.csv", tmp_path / "actors.csv"], on_error="keep")
    assert [*ds.unread] == [str(tmp_path / "actors.csv")]
    assert len(ds.of(jmdi.Tie)) == 3
