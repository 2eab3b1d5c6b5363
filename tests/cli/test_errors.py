"""What is said of errors, in which colour, and with which exit code."""

from __future__ import annotations

import os

import pytest


def test_tracebacks_only_on_request(jmdi):
    assert "Traceback" not in jmdi("info", "nowhere.jsonl").stderr
    assert "Traceback" in jmdi("--debug", "info", "nowhere.jsonl").stderr
    assert "Traceback" in jmdi("info", "nowhere.jsonl", "--debug").stderr


def test_a_fault_of_jmdi_is_no_traceback_either(jmdi, data, monkeypatch):
    monkeypatch.setattr("jmdi.cli.info.describe", lambda *_: 1 / 0)
    result = jmdi("info", data)
    assert result.exit_code == 3
    assert "fault of jmdi" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colour(jmdi, bad, monkeypatch, environment, coloured):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[31m" in jmdi("validate", bad).stdout) is coloured
    assert ("\x1b[31m" in jmdi("info", "nowhere.jsonl").stderr) is coloured


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
@pytest.mark.parametrize("name", ["pipe.jsonl", "loop.jsonl", "/dev/zero", "a\nb.jsonl", "\x1b[2J"])
def test_hostile_paths_end_quickly(jmdi, place, name):
    os.mkfifo(place / "pipe.jsonl")
    (place / "loop.jsonl").symlink_to("loop.jsonl")
    for command in (("info", name), ("convert", name, "-o", "-"), ("validate", name)):
        result = jmdi(*command)
        assert result.exit_code == 3
        assert "Traceback" not in result.stderr
        assert "\x1b" not in result.output


def test_an_output_that_cannot_be_written(jmdi, data, place):
    result = jmdi("convert", data, "-o", "no/such/folder/x.jsonl")
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr
    (place / "folder.jsonl").mkdir()
    assert jmdi("convert", data, "-o", "folder.jsonl", "--to", "jsonl").exit_code == 3
    assert jmdi("convert", data, "-o", "/dev/null", "--to", "jsonl", "--force").exit_code == 3


def test_usage_errors_say_where_help_is(jmdi):
    result = jmdi("convert", "a.jsonl")
    assert result.exit_code == 2
    assert "jmdi convert --help shows how it is used" in result.stderr
