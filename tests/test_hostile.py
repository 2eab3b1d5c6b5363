"""Files that are wrong on purpose, given to the command line: a part of `tools/hostile.py`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import jmdi

pytest.importorskip("resource", reason="limits of POSIX")
sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from hostile import COMMANDS, Ended, findings, tried
from hostile_files import EITHER, READ, REFUSED, Hostile, corpus

EVERY = 30
"""One of so many files is tried here; `tools/hostile.py` tries all."""


@pytest.fixture(scope="module")
def files():
    for name in ("jmdi_workplan", "jmdi_iati"):
        pytest.importorskip(name)
    return [*corpus(jmdi.Model.build())]


def test_there_are_many_and_each_has_a_name_of_its_own(files):
    assert len(files) >= 500
    assert len({one.name for one in files}) == len(files)


def test_some_of_them_end_every_command_as_they_should(files):
    some = [one for one in files if len(one.make if isinstance(one.make, bytes) else b"") < 10**6]
    wrong = []
    for one in some[::EVERY]:
        for command in COMMANDS:
            ended = tried(command, one)
            wrong += [(one.name, command, what) for what in findings(command, one, ended)]
    assert not wrong


@pytest.mark.parametrize(
    ("exits", "code", "more", "said"),
    [
        (EITHER, 3, {}, []),
        (EITHER, 4, {}, ["exit 4, not 0 or 1 or 3"]),
        (REFUSED, 0, {"output": True}, ["exit 0, not 3"]),
        (READ, -11, {}, ["ended by SIGSEGV after 0 s"]),
        (READ, 0, {}, ["writes nothing"]),
        (READ, 1, {"said": b"Traceback (most"}, ["says 'Traceback'"]),
        (EITHER, 3, {"output": True}, ["writes an output after an error"]),
        (EITHER, 3, {"left": ("tmp/x",)}, ["leaves tmp/x"]),
        (EITHER, 3, {"megabytes": 4000.0}, ["holds 4000 MB"]),
    ],
)
def test_what_is_wrong_is_found(exits, code, more, said):
    plain = {"said": b"", "seconds": 0.0, "megabytes": 50.0, "left": (), "output": False}
    ended = Ended(code, **(plain | more))
    assert [*findings("convert", Hostile(b"a.jsonl", b"", exits), ended)] == said
