"""``jmdi trace``, ``impact`` and ``gaps``, as a user types them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner

import jmdi


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "sample.jsonl"
    jmdi.datasets.load("sample").write(path)
    return str(path)


@pytest.fixture
def run():
    from jmdi.cli.root import cli

    def call(*arguments):
        return CliRunner().invoke(cli, list(arguments))

    return call


def test_text_has_quotes_and_totals(run, file):
    found = run("trace", file, "product/1")
    assert found.exit_code == 0, found.output
    assert "Without the mayor the desk closes" in found.output
    assert "people reached:" in found.output


@pytest.mark.parametrize(
    ("arguments", "key"),
    [(("trace", "product/1"), "rows"), (("impact", "item/1"), "rows"), (("gaps",), "gaps")],
)
def test_the_same_rows_in_every_form(run, file, arguments, key):
    command, *id = arguments
    rows = json.loads(run(command, file, *id, "--json").stdout)[key]
    assert len(run(command, file, *id, "--csv").stdout.splitlines()) == len(rows) + 1
    written = run(command, file, *id, "--markdown").stdout
    assert sum(line.startswith("| ") for line in written.splitlines()) == len(rows) + 2


def test_quotes_stay_whole_in_csv_and_on_one_line_in_markdown(run, tmp_path):
    text = "one\u2028two\x85three\nfour | five \\"
    records = [
        jmdi.KnowledgeItem(id="i", text=text),
        jmdi.KnowledgeProduct(id="p"),
        jmdi.Derives(id="d", source="p", target="i"),
        jmdi.Coded(id="c", source="i", target="theme/data"),
    ]
    path = tmp_path / "data.jsonl"
    jmdi.dataset(records).write(path)
    (row,) = csv.DictReader(io.StringIO(run("trace", str(path), "p", "--csv").stdout))
    assert row["quote"] == text
    last = run("trace", str(path), "p", "--markdown").stdout.rstrip("\n").rpartition("\n")[2]
    assert last.endswith(r"| one two three four \| five \\ |")


def test_what_is_wrong_is_said(run, file):
    assert run("trace", file, "product/x").exit_code != 0
    assert run("trace", file, "product/1", "--json", "--csv").exit_code == 2
    assert run("trace", file, "item/1").exit_code != 0


def test_an_option_of_another_exporter_of_the_ending_names_it(run, file, tmp_path):
    made = run("convert", file, "-o", str(tmp_path / "d.docx"), "--option", "product=product/1")
    assert made.exit_code == 2
    assert "knowledge:docx" in made.stderr


def test_a_group_of_commands_alone_shows_its_help(run):
    alone = run("code")
    assert alone.exit_code == 2
    assert alone.stderr.startswith("Usage: ")
