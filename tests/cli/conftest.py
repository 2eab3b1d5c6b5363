"""Running the command line: in this process, and as a process of its own."""

from __future__ import annotations

import math
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from jmdi.cli import progress

HEADER = (
    '{"jmdi":"1.0","by":"jmdi 26.1","kinds":{"acme:bank":{"from":"jmdi-acme 1.4",'
    '"is":["actor","entity"],"v":2},"actor":{"v":1},"tie":{"v":1}},'
    '"facets":{"acme:risk":{"from":"jmdi-acme 1.4","v":1}}}'
)
RECORDS = (
    '{"kind":"acme:bank","id":"actor/c","names":{"en":"Bank C"},"country":"IT",'
    '"acme:bank":{"licence":"1"}}',
    '{"kind":"actor","id":"actor/a","names":{"en":"Municipality A"},'
    '"period":{"edtf":"2012/2016"},"country":"PH",'
    '"sources":[{"title":"Partner list","locator":"row 2"}]}',
    '{"kind":"actor","id":"actor/b","names":{"en":"Municipality B"},"country":"IT",'
    '"acme:risk":{"score":3}}',
    '{"kind":"tie","id":"tie/1","source":"actor/a","target":"actor/b"}',
)
WRONG = '{"kind":"actor","id":"actor/d","names":{"en":"Municipality D"},"country":5}'


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """An empty folder to work in, and no settings from outside."""
    for name in list(os.environ):
        if name.startswith("JMDI_") or name in ("NO_COLOR", "FORCE_COLOR", "CI"):
            monkeypatch.delenv(name)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("JMDI_PLUGINS", "off")
    monkeypatch.setattr(progress, "PATIENCE", math.inf)  # a slow machine says nothing more
    return work


@pytest.fixture
def jmdi():
    """Runs the command line in this process: ``jmdi("info", "a.jsonl").stdout``."""
    from jmdi.cli.root import cli

    def run(*arguments, **options):
        return CliRunner().invoke(cli, [str(a) for a in arguments], **options)

    return run


@pytest.fixture
def start():
    """Starts the command line as a process of its own."""
    started = []

    def begin(*arguments, module="jmdi", **options):
        process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **options.pop("env", {})},
            **options,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def data(place):
    """A sound file of two actors, a bank of an absent plugin and a tie."""
    path = place / "a.jsonl"
    path.write_text("\n".join([HEADER, *RECORDS, ""]), encoding="utf-8")
    return path.name


@pytest.fixture
def bad(place):
    """The same with a record that has a wrong member, a line that is cut, and a loose end."""
    loose = RECORDS[3].replace("tie/1", "tie/2").replace("actor/b", "actor/z")
    path = place / "bad.jsonl"
    path.write_text("\n".join([HEADER, *RECORDS, WRONG, loose, '{"kind":', ""]), encoding="utf-8")
    return path.name
