"""The bundled programme holds what its tables hold, says how sure it is, and names nobody."""

from __future__ import annotations

import csv
import datetime
import importlib.util
import re
from pathlib import Path

import pytest

import jmdi
from jmdi import Adopts, Considers, Initiative, Participates

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "tools" / "data" / "jmdi"
BUNDLED = ROOT / "src" / "jmdi" / "datasets" / "jmdi.jsonl"


def table(name):
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def ds():
    return jmdi.datasets.load("jmdi")


@pytest.fixture(scope="module")
def facts(ds):
    """The records without those of the example work plan."""
    return [r for r in ds if (r.sources and r.sources[0].accessed) or r.kind == "indicator"]


def of(facts, cls):
    return [record for record in facts if isinstance(record, cls)]


def test_counts_are_those_of_the_tables(facts):
    actors = [a for a in of(facts, jmdi.Actor) if "beyond" not in a.extra]
    parts = [p for p in of(facts, Participates) if p.target.startswith("initiative/")]
    practices = [p for p in of(facts, jmdi.Practice) if "beyond" not in p.extra]
    knowledge = of(facts, jmdi.KnowledgeItem) + of(facts, jmdi.KnowledgeProduct)
    for records, name, number in (
        (of(facts, Initiative), "initiatives", 36),
        (actors, None, 95),
        (of(facts, jmdi.Actor), "actors", 117),
        (parts, "participations", 130),
        (of(facts, jmdi.Tie), "ties", 51),
        (practices, None, 17),
        (of(facts, Adopts) + of(facts, Considers), "adoptions", 26),
        (of(facts, jmdi.Evidence), "evidence", 24),
        (of(facts, jmdi.Observation), "observations", 80),
        (knowledge, "knowledge", 39),
        (of(facts, jmdi.Relates), "relations", 8),
        (of(facts, jmdi.Claim), "claims", 14),
    ):
        assert len(records) == number, name
        assert name is None or len(table(name)) == number
    assert len([p for p in parts if p.role.code == "funding"]) == 48
    assert all(p.side for p in parts)


def test_the_phases_have_more_projects_than_have_a_record(ds):
    projects = {
        o.of: int(o.value)
        for o in ds.of(jmdi.Observation)
        if o.id in ("observation/phase-1-projects-supported", "observation/phase-2-projects")
    }
    assert projects == {"phase/jmdi-1": 51, "phase/jmdi-2": 16}
    recorded = [i.phase for i in ds.of(Initiative)]
    assert {phase: recorded.count(phase) for phase in projects} == {
        "phase/jmdi-1": 24,
        "phase/jmdi-2": 12,
    }


def test_every_fact_has_a_source_a_reading_day_and_a_certainty(ds):
    levels = set()
    for record in ds:
        example = record.extra.get("beyond") == "made-up example"
        if example or isinstance(record, jmdi.Territory | jmdi.Indicator | jmdi.Programme):
            continue
        assert record.sources, record.id
        for source in record.sources:
            assert source.title and source.accessed == datetime.date(2026, 11, 29), record.id
            levels.add(source.certainty.code)
    assert levels == {"stated", "derived", "unclear"}


def test_only_what_was_adopted_is_an_adoption(ds):
    status = [row["status"] for row in table("adoptions")]
    assert len(ds.of(Adopts)) == status.count("adopted") == 18
    stages = [c.stage.code for c in ds.of(Considers)]
    assert {stage: stages.count(stage) for stage in set(stages)} == {
        "planned": 5,
        "advocated": 2,
        "started": 1,
    }
    adopted = [a.period.start.year for a in ds.of(Adopts) if a.period.start]
    assert sum(year > 2017 for year in adopted) == 3


def test_what_came_later_is_dated_and_marked(ds):
    end = datetime.date(2017, 12, 31)
    for record in ds:
        period = getattr(record, "period", None)
        if period is not None and period.start is not None and period.start > end:
            assert record.extra["beyond"] in ("after the programme", "made-up example"), record.id


def test_no_list_of_partners_is_complete(ds):
    assert {i.participants_complete for i in ds.of(Initiative)} == {False}


def test_contradictions_are_claims(ds):
    said = {(c.about, c.field): [] for c in ds.of(jmdi.Claim)}
    for claim in ds.of(jmdi.Claim):
        said[claim.about, claim.field].append(claim.value)
    assert said["observation/phase-1-projects-supported", "/value"] == ['"55"']
    assert said["observation/phase-2-projects", "/value"] == ['"15"']
    assert said["phase/jmdi-2", "/period/edtf"] == ['"2012-12-01/2017-11-30"']
    assert said["initiative/ph-maximizing-gains", "/period/edtf"] == ['"2009-10-01/2011-05-31"']
    assert {about for about, _ in said} <= {r.id for r in ds}


def test_the_check_finds_nothing(ds):
    assert not list(ds.check())


def test_nobody_can_be_called_or_written_to():
    text = BUNDLED.read_text("utf-8")
    assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", text)
    assert not re.search(r"\+\d[\d ()-]{6,}|\(0\d+\)|\btel\b|mailto", text, re.IGNORECASE)


def test_it_is_made_again_with_the_same_bytes(tmp_path):
    pytest.importorskip("jmdi_workplan")
    spec = importlib.util.spec_from_file_location("making", ROOT / "tools" / "make_datasets.py")
    making = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(making)
    for name in ("one.jsonl", "two.jsonl"):
        making.write(tmp_path / name)
    one = (tmp_path / "one.jsonl").read_bytes()
    assert one == (tmp_path / "two.jsonl").read_bytes() == BUNDLED.read_bytes()


def test_the_sample_of_the_conformance_kit_is_a_small_part_of_it(ds):
    from jmdi.testing.samples import _INVENTED, _MIDDLE, _around

    for whole, middle in ((ds, _MIDDLE), (jmdi.datasets.load("sample"), _INVENTED)):
        part = _around(whole, middle)
        assert {*middle} <= {record.id for record in part}
        assert len(part) < 150
        assert not list(part.check())
