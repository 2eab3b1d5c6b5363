import json

import pytest

from jmdi.errors import DataError, Problem, Severity, Where
from jmdi.graph.dataset import Dataset
from jmdi.graph.report import CheckReport
from jmdi.model.kinds import Actor
from jmdi.plugins.catalog import Catalog, Origin
from jmdi.plugins.specs import Check
from jmdi.running.checking import check


def found(code: str, severity: Severity = Severity.ERROR, record: str = "a") -> Problem:
    return Problem(code, severity, "odd", Where(record=record))


def test_report_is_true_without_errors() -> None:
    assert CheckReport()
    assert CheckReport([found("J1", Severity.WARNING)])
    report = CheckReport([found("J1"), found("J2", Severity.INFO)])
    assert not report
    assert report.errors == (found("J1"),)
    assert report.counts() == {"error": 1, "info": 1}
    assert len(list(report)) == len(report) == 2
    CheckReport().raise_for_errors()
    with pytest.raises(DataError) as raised:
        report.raise_for_errors()
    assert raised.value.problems == (found("J1"),)


def test_text_is_grouped_and_bounded() -> None:
    report = CheckReport([found("J1", record=f"r{i:03}") for i in range(50)])
    text = str(report)
    assert text.startswith("error J1: 50\n  r000 J1 odd\n")
    assert "… and 30 more" in text
    assert text.endswith("50 error")
    assert str(CheckReport()) == "no problems found"
    assert repr(report) == "<CheckReport: 50 error>"
    assert json.loads(json.dumps(report.to_dict()))["ok"] is False


def test_checks_run_by_record_or_dataset_and_failures_become_problems() -> None:
    def each(record, dataset):
        yield found("acme:J1", Severity.WARNING, record.id)

    def breaks(dataset):
        yield found("J2")
        raise RuntimeError("oops")

    def wrong(dataset):
        yield "text"

    catalog = Catalog(
        checks=(
            Check("acme:J1", Actor, each),
            Check("J2", None, breaks),
            Check("J3", None, wrong),
            Check("J4", None, lambda dataset: [found("J4"), found("J4")]),
        ),
        origins={("check", "acme:J1"): Origin("acme", "jmdi-acme", "1")},
    )
    report = check(Dataset([Actor(id="a"), Actor(id="b")]), catalog)
    assert [(p.code, p.where.record, p.plugin) for p in report if p.code == "acme:J1"] == [
        ("acme:J1", "a", "acme"),
        ("acme:J1", "b", "acme"),
    ]
    failed = sorted(p.message for p in report if p.code == "J390")
    assert failed[0] == "the check J2 failed: RuntimeError: oops"
    assert failed[1].startswith("the check J3 failed: TypeError: it must yield problems")
    assert sum(p.code == "J4" for p in report) == 1
    assert not any(p.code == "J2" for p in report)
