"""``jmdi report``."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from jmdi.cli.root import cli


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("source,target\nAlba,Bora\nBora,Cira\n", "utf-8")

    def call(*arguments):
        return CliRunner().invoke(cli, ["--plugin", "jmdi_report.plugin", *arguments])

    return call


def test_it_writes_a_page_and_cites_itself(run, tmp_path):
    done = run("report", "a.csv", "-o", "a.html", "--title", "Towns", "--lang", "fr,ar")
    assert done.exit_code == 0, done.output
    html = (tmp_path / "a.html").read_text("utf-8")
    assert "<title>Towns</title>" in html
    assert '<html lang="fr"' in html
    assert "jmdi report a.csv" in html


def test_it_replaces_nothing_unasked(run, tmp_path):
    (tmp_path / "a.html").write_text("mine")
    assert run("report", "a.csv", "-o", "a.html").exit_code == 3
    assert (tmp_path / "a.html").read_text() == "mine"
    assert run("report", "a.csv", "-o", "a.html", "--force").exit_code == 0


@pytest.mark.parametrize("command", ["report", "plot"])
def test_what_cannot_be_read_makes_no_file(run, tmp_path, command):
    output = "b.html" if command == "report" else "b.svg"
    done = run(command, "a.csv", "none.csv", "no.csv", "-o", output)
    assert done.exit_code == 3
    for name in ("none.csv", "no.csv"):
        assert f"{name} J101 there is no such file" in done.output
    assert not (tmp_path / output).exists()


def test_files_or_the_demo_but_not_neither_or_both(run):
    assert run("report").exit_code == 2
    assert run("report", "a.csv", "--demo").exit_code == 2


def test_a_wrong_language_is_named(run):
    done = run("report", "a.csv", "-o", "b.html", "--lang", "fx")
    assert done.exit_code != 0
    assert "fr" in done.output


def test_sections_are_chosen(run, tmp_path):
    assert run("report", "--demo", "-o", "d.html", "--sections", "tables,method").exit_code == 0
    html = (tmp_path / "d.html").read_text("utf-8")
    assert '<section id="overview"' not in html
    assert '<section id="tables"' in html
