"""What killed writers left beside their target, and what living ones still need."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import time

import pytest
from killing import killed_after

import jmdi
from jmdi.files import leftovers
from jmdi.files.leftovers import sweep, sync_folder, temporary_name
from jmdi.files.paths import atomic_write

KILLED = """
import os, sys, pathlib
from jmdi.files.paths import atomic_write
with atomic_write(sys.argv[1]) as stream:
    stream.write(b"half")
    stream.flush()
    os._exit(9)
"""


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_a_killed_writer_left_is_swept_by_the_next(tmp_path):
    target = tmp_path / "out.jsonl"
    for _ in range(2):
        subprocess.run([sys.executable, "-c", KILLED, str(target)], check=False)
    assert len(names(tmp_path)) == (1 if os.name == "posix" else 2)
    with atomic_write(tmp_path / "other.jsonl") as stream:  # not its own
        stream.write(b"1")
    assert len(names(tmp_path)) == (2 if os.name == "posix" else 3)
    with atomic_write(target) as stream:
        stream.write(b"1")
    if os.name == "posix":
        assert names(tmp_path) == ["other.jsonl", "out.jsonl"]


def test_a_living_writer_is_never_touched(tmp_path):
    target = tmp_path / "out.jsonl"
    with atomic_write(target) as first:
        first.write(b"1")
        (temporary,) = tmp_path.iterdir()
        os.utime(temporary, (0, 0))
        with atomic_write(target) as second:
            second.write(b"2")
        assert temporary.exists()
    assert target.read_bytes() == b"1"
    assert names(tmp_path) == ["out.jsonl"]


@pytest.mark.parametrize(("age", "left"), [(2 * 86_400, False), (3_600, True)])
def test_of_another_machine_only_what_is_old_is_swept(tmp_path, monkeypatch, age, left):
    target = tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr(leftovers.platform, "node", lambda: "another")
        other = tmp_path / temporary_name(target)
    other.write_bytes(b"half")
    os.utime(other, (time.time() - age,) * 2)
    sweep(target)
    assert other.exists() is left


@pytest.mark.parametrize("name", ["a" * 200, "é" * 100, "名" * 80, "a b.c"])
def test_names_are_short_and_of_one_target(tmp_path, name):
    target = tmp_path / name
    made = temporary_name(target)
    assert made.startswith(".")
    assert len(made.encode()) < 160
    assert made != temporary_name(target)
    assert made[:30] != temporary_name(target.with_name(f"{name}x"))[:30] or len(name) > 20


def test_what_is_no_leftover_stays(tmp_path):
    target = tmp_path / "out.jsonl"
    for name in (".out.jsonl", ".out.jsonl.0.tmp", "out.jsonl.bak", f"x{temporary_name(target)}"):
        (tmp_path / name).touch()
    before = names(tmp_path)
    sweep(target)
    assert names(tmp_path) == before


def test_where_a_folder_cannot_be_synced_the_file_alone_is(tmp_path, monkeypatch):
    synced = []

    def fsync(descriptor):
        synced.append(descriptor)
        if len(synced) > 1:
            raise OSError("not supported")

    monkeypatch.setattr(leftovers.os, "fsync", fsync)
    with atomic_write(tmp_path / "out") as stream:
        stream.write(b"1")
    assert (tmp_path / "out").read_bytes() == b"1"
    assert len(synced) == 2
    sync_folder(tmp_path / "none")


@pytest.mark.skipif(os.name != "posix", reason="a killed writer is found out by its process")
def test_a_writer_that_is_killed_at_any_step_leaves_the_old_file_or_the_new_one(tmp_path, core):
    path = tmp_path / "a.jsonl"
    old, new = (core.dataset([jmdi.Actor(id=name)]) for name in ("old", "new"))
    seen = []
    for steps in itertools.count():
        core.write(old, path)
        killed = killed_after(steps, lambda: core.write(new, path))
        seen.append(core.read(path).records[0].id)
        core.write(old, path)
        assert [one.name for one in tmp_path.iterdir()] == ["a.jsonl"]
        if not killed:
            break
    assert [one for one, _ in itertools.groupby(seen)] == ["old", "new"]
