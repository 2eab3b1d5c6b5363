"""The invented programme is made again as it is, says that it is invented, and defines metrics."""

from __future__ import annotations

import collections
import functools
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import jmdi
from jmdi import Actor, Adopts, Initiative, Partnership, Tie

ROOT = Path(__file__).parents[2]
BUNDLED = ROOT / "src" / "jmdi" / "datasets" / "sample.jsonl"
LABEL = "invented for jmdi"


@functools.cache
def sample():
    return jmdi.datasets.load("sample")


@functools.cache
def network(projection="actors", as_of=None):
    return sample().project(projection, as_of=as_of)


def test_counts():
    ds = sample()
    assert len(ds.of(Actor)) == 121
    assert len({actor.country for actor in ds.of(Actor)}) == 8
    assert len(ds.of(Initiative)) == 40
    pairs = {(tie.type, *sorted((tie.source, tie.target)), tie.period) for tie in ds.of(Tie)}
    assert 290 <= len(pairs) + len(ds.of(Partnership)) <= 320
    years = {p.period.start.year for p in (*ds.of(Tie), *ds.of(Partnership))}
    assert years == {2013, 2014, 2015, 2016} | {2017} & years
    lists = collections.Counter(i.participants_complete for i in ds.of(Initiative))
    assert lists == {True: 30, False: 5, None: 5}
    said = {e.state.code for e in ds.of(jmdi.Evidence)}
    assert said == {"present", "absent", "unknown"}
    for kind in ("contributes", "rates", "workplan", "coded", "product", "considers", "phase"):
        assert any(record.kind == kind for record in ds), kind


def test_what_is_hard_to_read_is_there():
    ds = sample()
    names = "".join(name for actor in ds.of(Actor) for name in actor.names.values())
    assert "a" in names and "ب" in names
    dates = [adoption.period.edtf for adoption in ds.of(Adopts)]
    assert None in dates and any("?" in date for date in dates if date)
    assert {tie.state.code for tie in ds.of(Tie) if tie.state} == {"absent", "unobserved"}
    assert {tie.period.wave for tie in ds.of(Tie)} == {None, 1, 2}
    gifts = ds.of(jmdi.Contributes)
    assert any(gift.amount.reason == "in_kind" for gift in gifts)
    assert any(rating.reason == "refused" for rating in ds.of(jmdi.Rates))


def test_one_organisation_has_two_names():
    known = collections.defaultdict(list)
    for actor in sample().of(Actor):
        for identifier in actor.identifiers:
            known[identifier].append(actor)
    ((one, other),) = known.values()
    assert one.type == other.type and not set(one.names.values()) & set(other.names.values())


def test_two_sources_contradict_each_other():
    ds = sample()
    one, other = ds.of(jmdi.Claim)
    assert (one.about, one.field) == (other.about, other.field)
    assert one.value != other.value
    budget = ds.get(one.about, Initiative).budget[0]
    assert one.value == f'"{budget.amount}"'
    assert ds.merge(ds) == ds


def test_the_check_finds_nothing():
    assert not list(sample().check())


def test_every_output_says_that_it_is_invented():
    ds = sample()
    assert all(LABEL in source.title for record in ds for source in record.sources)
    assert all(record.sources for record in ds)
    assert LABEL in ds.title and LABEL in repr(ds) and LABEL in ds.summary()
    assert LABEL in ds.where(Actor, lambda a: a.country == "XA").title
    real = jmdi.datasets.load("jmdi")
    assert ds.merge(real).title == f"{ds.title} + other data"
    assert real.merge(ds, real).title == f"other data + {ds.title}"
    (programme,) = ds.of(jmdi.Programme)
    assert LABEL in programme.label()
    assert LABEL in ds.metric("density", projection="actors").cite()
    assert "invented" in jmdi.datasets.notes("sample").lower()
    assert "invented" in jmdi.datasets.describe("sample")
    again = io.BytesIO()
    ds.model.write(ds, again, format="jsonl")
    assert LABEL in ds.model.read(io.BytesIO(again.getvalue()), format="jsonl").title


@pytest.mark.parametrize("seed", ["0", "1"])
def test_it_is_made_again_with_the_same_bytes(tmp_path, seed):
    code = (
        "import sys, pathlib; sys.path.insert(0, 'tools'); import make_sample; "
        "make_sample.write(pathlib.Path(sys.argv[1]))"
    )
    target = tmp_path / "sample.jsonl"
    subprocess.run(
        [sys.executable, "-c", code, str(target)],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert target.read_bytes() == BUNDLED.read_bytes()


def test_it_takes_less_than_100_kb_of_the_wheel():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.write(BUNDLED, BUNDLED.name)
    assert len(packed.getvalue()) < 100_000


PRACTICE = {"practice": "practice/desk"}
FRAGMENTED = {"metric": "network:fragmentation"}
CHOICES = {
    "network:best-ties": {
        "metric": "density",
        "candidates": [("actor/xa-town-1", "actor/xh-other-6")],
    },
    "network:bootstrap": {"metric": "density", "draws": 20},
    "network:closeness-centralization": {"unconnected": "zero"},
    "network:corridor-alignment": {"shares": {("XA", "XE"): 6, ("XB", "XF"): 3}},
    "network:criticality": FRAGMENTED,
    "network:fdsm": {"draws": 20},
    "network:logit-qap": {"draws": 20},
    "network:mrqap": {"draws": 20},
    "network:null": {"metric": "density", "draws": 20},
    "network:qap": {"draws": 20},
    "network:record-null": {"metric": "scaling:cross-sector-density", "draws": 5},
    "network:survival": {"as_of": "2018-01-01"},
    "scaling:cascade": {"replicates": 50},
    "scaling:partner-criticality": {
        "metric": "scaling:anchorage",
        "candidates": ["actor/xa-ministry"],
    },
    "workplan:adherence": {"as_of": "2015-06-30"},
}
"""What a metric cannot do without, or would take long with."""


def asked(metric):
    """A metric's target and its parameters: the defaults wherever there is one."""
    names = {parameter.name for parameter in metric.parameters}
    given = dict(CHOICES.get(metric.name, {}))
    required = {parameter.name for parameter in metric.parameters if parameter.required}
    if "groups" in required:
        given["groups"] = "type"
    if metric.on != "network":
        return sample(), given | (PRACTICE if "practice" in names else {})
    if "other" in names or "by" in required:
        late = network(as_of="2016-06-30")
        if "by" in required:  # of a predictor every pair is known
            late = jmdi.Network(
                "late", late.nodes, late.source, late.target, directed=late.directed
            )
            given["by"] = {"late": late}
        else:
            given["other"] = late
        return network(as_of="2014-06-30"), given
    fits = metric.accepts is None or metric.accepts(network()) is True
    return network("actors" if fits else "actors-initiatives"), given


@pytest.mark.parametrize(
    "metric", jmdi.default_model().catalog.metrics.values(), ids=lambda m: m.name
)
def test_every_metric_is_defined(metric):
    target, given = asked(metric)
    result = target.metric(metric.name, **given)
    assert result.defined, f"{result.undefined}: {result.why}"
    numbers = [result.value, result.lower, result.upper, *(result.values or {}).values()]
    assert any(number is not None for number in numbers)
    assert LABEL in result.subject
