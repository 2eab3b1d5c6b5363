"""A folder that is not whole is a problem, never another number."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import jmdi
from jmdi import Actor, FormatError, Model
from jmdi_tables import plugin

MODEL = Model.build([plugin])


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "data.parquet"
    MODEL.write(jmdi.datasets.load("sample"), path, format="tables:parquet")
    return path


def code_of(folder):
    with pytest.raises(FormatError) as caught:
        MODEL.read(folder)
    (problem,) = caught.value.problems
    assert problem.cure
    return problem.code


def test_the_ending_and_the_slash_say_that_it_is_a_folder(tmp_path):
    for name in ("a.parquet", "b.parquet/"):
        MODEL.write(MODEL.dataset([Actor(id="a")]), f"{tmp_path}/{name}")
        assert len(MODEL.read(tmp_path / name)) == 1


def test_a_folder_without_its_list_was_not_finished(folder):
    (folder / "tables.json").unlink()
    assert code_of(folder) == "tables:T101"


def test_a_part_that_is_cut_off(folder):
    part = folder / "entities/actor/part-00000.parquet"
    part.write_bytes(part.read_bytes()[:-100])
    assert code_of(folder) == "tables:T102"


def test_a_table_that_is_missing(folder):
    shutil.rmtree(folder / "entities/actor")
    assert code_of(folder) == "tables:T102"


def test_two_parts_that_were_swapped(folder):
    one, other = (folder / f"entities/{k}/part-00000.parquet" for k in ("actor", "initiative"))
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)
    assert code_of(folder) == "tables:T102"


def test_a_byte_that_was_changed(folder):
    part = folder / "entities/actor/part-00000.parquet"
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data)
    assert code_of(folder) == "tables:T102"


def test_a_part_that_no_list_names(folder):
    part = folder / "entities/actor/part-00000.parquet"
    part.with_name("part-00001.parquet").write_bytes(part.read_bytes())
    assert code_of(folder) == "tables:T102"


def test_another_header(folder):
    header = folder / "header.json"
    header.write_bytes(header.read_bytes().replace(b'"jmdi"', b' "jmdi"', 1))
    assert code_of(folder) == "tables:T102"


@pytest.mark.parametrize("name", ["../../elsewhere", "actor/../actor", "/etc", "a.b.c", ""])
def test_names_that_lead_elsewhere(folder, name):
    listed = json.loads((folder / "tables.json").read_text())
    listed["entities"][name] = listed["entities"].pop("actor")
    (folder / "tables.json").write_text(json.dumps(listed))
    assert code_of(folder) == "tables:T104"


def test_a_newer_layout(folder):
    listed = json.loads((folder / "tables.json").read_text())
    (folder / "tables.json").write_text(json.dumps({**listed, "layout": 2}, indent=1))
    assert code_of(folder) == "tables:T103"


def test_a_folder_of_something_else_is_not_replaced(tmp_path):
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(FormatError, match="something else"):
        MODEL.write(MODEL.dataset([Actor(id="a")]), tmp_path, format="tables:parquet")
    assert (tmp_path / "thesis.doc").exists()


def test_a_folder_of_tables_is_replaced_whole(folder):
    MODEL.write(MODEL.dataset([Actor(id="a")]), folder, format="tables:parquet")
    assert [record.id for record in MODEL.read(folder)] == ["a"]
    assert sorted(p.name for p in folder.parent.iterdir()) == ["data.parquet"]


KILLED = """
import os, signal, sys
import jmdi, jmdi_tables.plugin, jmdi_tables.writing as writing
writing.list_of = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
model = jmdi.Model.build([jmdi_tables.plugin])
model.write(jmdi.datasets.load("sample"), sys.argv[1], format="tables:parquet")
"""


def test_a_killed_writer_leaves_the_old_folder_and_the_next_one_sweeps(folder):
    before = MODEL.read(folder)
    done = subprocess.run([sys.executable, "-c", KILLED, os.fspath(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert MODEL.read(folder) == before
    assert len(list(folder.parent.iterdir())) == 2
    MODEL.write(MODEL.dataset([Actor(id="a")]), folder, format="tables:parquet")
    assert sorted(p.name for p in folder.parent.iterdir()) == ["data.parquet"]


KILLED_BETWEEN = """
import os, signal, sys
import jmdi, jmdi_tables.plugin, jmdi_tables.writing as writing
writing.sync_folder = lambda folder: folder == target.parent and os.kill(os.getpid(), 9)
target = writing.Path(sys.argv[1])
model = jmdi.Model.build([jmdi_tables.plugin])
model.write(model.dataset([jmdi.Actor(id="a")]), target, format="tables:parquet")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems need two renames")
def test_a_kill_while_it_is_put_in_place_leaves_the_new_folder(folder):
    done = subprocess.run([sys.executable, "-c", KILLED_BETWEEN, os.fspath(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert [record.id for record in MODEL.read(folder)] == ["a"]


def test_what_a_killed_writer_left_goes_only_when_a_folder_is_whole(folder, monkeypatch):
    done = subprocess.run([sys.executable, "-c", KILLED, os.fspath(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    folder.rename(folder.with_name("elsewhere"))  # as between two renames
    monkeypatch.setattr("jmdi_tables.writing.list_of", lambda *_: 1 / 0)
    with pytest.raises(jmdi.PluginError):
        MODEL.write(MODEL.dataset([Actor(id="a")]), folder, format="tables:parquet")
    assert len(list(folder.parent.glob(".data*"))) == 1


def test_a_link_is_followed(folder):
    link = folder.with_name("link.parquet")
    link.symlink_to(folder.name)
    MODEL.write(MODEL.dataset([Actor(id="a")]), link)
    assert link.is_symlink()
    assert [record.id for record in MODEL.read(folder)] == ["a"]


def changed(folder, change):
    listed = json.loads((folder / "tables.json").read_text())
    change(listed, listed["entities"]["actor"])
    (folder / "tables.json").write_text(json.dumps(listed))


@pytest.mark.parametrize(
    "change",
    [
        lambda all, actor: actor["parts"].append(actor["parts"][0]),
        lambda all, actor: actor["parts"][0].update(rows=121.5),
        lambda all, actor: actor["parts"][0].update(rows="121"),
        lambda all, actor: actor["parts"][0].update(bytes=-1),
        lambda all, actor: actor.update(outside={"country": "1"}),
    ],
)
def test_a_list_that_counts_wrong(folder, change):
    changed(folder, change)
    assert code_of(folder) == "tables:T104"


@pytest.mark.parametrize("layout", [True, 0, -1, 2, "1", None])
def test_other_layouts(folder, layout):
    changed(folder, lambda all, actor: all.update(layout=layout))
    assert code_of(folder) == "tables:T103"


def test_what_file_systems_leave_in_folders_is_no_part(folder):
    (folder / "entities/actor/.part-00000.parquet.crc").write_bytes(b"")
    (folder / "entities/actor/_SUCCESS").write_bytes(b"")
    assert len(MODEL.read(folder)) > 0


def test_what_cannot_be_put_in_place_leaves_the_old_folder(folder, monkeypatch):
    before, rename = MODEL.read(folder), Path.rename
    refused = []

    def once(self, target):
        if Path(target) == folder and not refused:
            refused.append(self)
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr("jmdi_tables.writing._exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", once)
    with pytest.raises(FormatError, match="No space left"):
        MODEL.write(MODEL.dataset([Actor(id="a")]), folder, format="tables:parquet")
    assert refused
    assert MODEL.read(folder) == before
    assert sorted(p.name for p in folder.parent.iterdir()) == ["data.parquet"]
