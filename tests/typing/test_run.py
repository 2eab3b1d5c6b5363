"""What `api.py` shows type checkers works when it is run."""

from __future__ import annotations

import importlib.util
import logging
import sys
from pathlib import Path

import pytest

import jmdi

FILE = Path(__file__).with_name("api.py")


@pytest.fixture
def api(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("typing_api", FILE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "typing_api", module)
    spec.loader.exec_module(module)
    monkeypatch.chdir(tmp_path)
    return module


def test_a_developer_embeds_it(api, caplog):
    path = Path("data.jsonl")
    jmdi.write(jmdi.dataset([jmdi.Actor(id="actor/6f1c"), jmdi.Initiative(id="x")]), path)
    with path.open("ab") as stream:
        stream.write(b'{"kind":"actor","id":5}\n')
    with caplog.at_level(logging.WARNING), pytest.raises(jmdi.DataError, match="expected an id"):
        api.embed(path)  # its last lines read again, and strictly
    (warning, _) = caplog.records
    assert warning.jmdi_problem["code"] == "J203"
    assert warning.jmdi_problem["where"] == {
        "file": "data.jsonl",
        "line": 4,
        "kind": "actor",
        "member": "/id",
    }
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    api.embed(path)
    assert len(jmdi.read("partners.jsonl")) == 4


def test_a_researcher_explores(api):
    pytest.importorskip("networkx")
    api.explore()
    assert Path("rank.csv").read_text("utf-8").startswith("id,names.en,country,rank,degree")
    assert jmdi.read("late.graphml").of(jmdi.Actor)


def test_an_author_extends_it(api):
    api.extend()
    model = jmdi.Model.build([api])
    Path("a.acme.csv").write_text("First\n\nSecond\n", encoding="utf-8")
    ds = model.read("a.acme.csv", on_error="keep")
    assert [actor.label() for actor in ds.of(api.Bank)] == ["First", "Second"]
    assert [problem.where.line for problem in ds.problems] == [2]
    risky = ds.records[0].with_facet(api.Risk(score=11))
    report = model.check(model.dataset([risky]))
    assert [problem.code for problem in report] == ["acme:A2"]
    assert ds.metric("acme:ties-per-actor", least=1).value == 0
    ds.write("b.acme.csv", limit=1)
    assert Path("b.acme.csv").read_text("utf-8") == "First\n"
