"""The command line writes folders, reads them, and counts on them."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

import jmdi
from jmdi.cli.root import cli


def jmdi_command(*arguments, code=0):
    done = CliRunner().invoke(cli, ["-q", *map(str, arguments)])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def folder(tmp_path):
    jmdi.write(jmdi.datasets.load("sample"), tmp_path / "a.jsonl")
    jmdi_command("convert", tmp_path / "a.jsonl", "-o", tmp_path / "a.parquet/")
    return tmp_path / "a.parquet"


def test_there_and_back(folder, tmp_path):
    jmdi_command("convert", folder, "-o", tmp_path / "b.jsonl")
    assert (tmp_path / "b.jsonl").read_bytes() == (tmp_path / "a.jsonl").read_bytes()
    refused = jmdi_command("convert", tmp_path / "a.jsonl", "-o", folder, code=3)
    assert "--force" in refused.output
    jmdi_command("convert", tmp_path / "a.jsonl", "-o", folder, "--force")
    assert len(jmdi.read(folder)) == len(jmdi.read(tmp_path / "a.jsonl"))


@pytest.mark.parametrize("workers", [1, 2])
def test_several_inputs_are_merged_as_to_lines(tmp_path, workers):
    dataset = jmdi.datasets.load("sample")
    half = len(dataset) // 2
    for name, part in (("a", dataset.records[: half + 99]), ("b", dataset.records[half:])):
        jmdi.dataset(part).write(tmp_path / f"{name}.jsonl")
    inputs = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    jmdi_command("convert", *inputs, "-o", tmp_path / "c.jsonl")
    jmdi_command("convert", *inputs, "-o", tmp_path / "c.parquet", "--workers", workers)
    jmdi_command("convert", tmp_path / "c.parquet", "-o", tmp_path / "d.jsonl")
    assert (tmp_path / "c.jsonl").read_bytes() == (tmp_path / "d.jsonl").read_bytes()


def test_metrics_say_where_they_were_counted(folder):
    done = jmdi_command("metrics", folder, "density", "--projection", "co-participation", "--json")
    (result,) = json.loads(done.stdout)["results"]
    assert "on duckdb" in result["subject"]
    wanted = jmdi.read(folder).metric("density", projection="co-participation").value
    assert result["value"] == wanted
    named = ("metrics", folder, "isolates", "--engine", "duckdb", "--memory", "500MB", "--json")
    (other,) = json.loads(jmdi_command(*named).stdout)["results"]
    assert "in memory on" in other["subject"]  # there are ties, which no engine projects


def test_without_a_name_what_engines_count_is_counted(folder):
    found = json.loads(jmdi_command("metrics", folder, "--json").stdout)["results"]
    assert {"density", "isolates", "components"} <= {result["metric"] for result in found}


def test_what_is_wrong_is_said(folder):
    assert "duckbd" in jmdi_command("metrics", folder, "--engine", "duckbd", code=2).output
    wrong = ("metrics", folder, "density", "--option", "memroy=1GB")
    assert "memory" in jmdi_command(*wrong, code=2).output
    shutil.rmtree(folder / "entities/actor")
    assert "T102" in jmdi_command("metrics", folder, code=3).output
    assert "T102" in jmdi_command("info", folder, code=3).output


def test_info_reads_no_rows(folder):
    (found,) = json.loads(jmdi_command("info", folder, "--json").stdout)["files"]
    assert (found["title"], found["records"]) == ("sample (invented for jmdi)", 1733)
    assert found["kinds"]["actor"] == 121


def test_wrong_settings_are_said_as_such(folder, tmp_path):
    for words, reason in (
        (("--memory", "4apples"), "apples"),
        (("--engine", "spork"), "tables:spark"),
        (("--threads", "2"), "--threads"),
    ):
        done = jmdi_command("metrics", folder, "density", *words, code=2)
        assert reason in done.output
        assert "fault of jmdi" not in done.output
    done = jmdi_command("metrics", tmp_path / "a.jsonl", "density", "--engine", "duckdb", code=3)
    assert "is no folder" in done.output
    done = jmdi_command("info", folder / "entities/actor/part-00000.parquet", code=3)
    assert "give the name of the folder" in done.output
