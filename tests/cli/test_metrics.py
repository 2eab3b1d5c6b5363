from __future__ import annotations

import csv
import json
import re

import pytest

import jmdi as library

PLUGIN = '''
import jmdi
from jmdi.metrics.types import Day, Share
JMDI_API = 1

@jmdi.metric("own:half", "Half", on="dataset")
def half(dataset: jmdi.Dataset, *, share: Share = 0.5, as_of: Day | None = None) -> float:
    return share

@jmdi.metric("own:needy", "Needy", on="dataset")
def needy(dataset: jmdi.Dataset, *, day: Day) -> float:
    """Needy.

    Args:
        day: The day.
    """
    return 1.0

@jmdi.metric("own:drawn", "Drawn", on="dataset")
def drawn(dataset: jmdi.Dataset, *, from_: float | str = 0.5) -> float:
    return 1.0

@jmdi.metric("own:broken", "Broken", on="dataset")
def broken(dataset: jmdi.Dataset) -> float:
    raise RuntimeError("no luck")

@jmdi.metric("own:never", "Never", on="dataset", accepts=lambda _: "there is nothing")
def never(dataset: jmdi.Dataset) -> float:
    return 0.0

@jmdi.hookimpl
def jmdi_metrics():
    return jmdi.metrics_of(__name__)
'''


def test_the_default_set(jmdi, data):
    result = jmdi("metrics", data)
    assert result.exit_code == 0
    rows = {line.split()[0]: line for line in result.stdout.splitlines() if line}
    said = "a.jsonl: 4 records, 2 notes while reading; jmdi validate a.jsonl shows them"
    assert rows["a.jsonl:"] == said
    assert rows["density"].split() == ["density", "0.3333", "share;", "3", "actors"]


def test_named_metrics_in_order_and_their_values(jmdi, data):
    result = jmdi("metrics", data, "isolates", "density", "--json")
    found = json.loads(result.stdout)
    assert [r["metric"] for r in found["results"]] == ["isolates", "density"]
    assert found["results"][1]["subject"] == "network actors"
    assert "largest_share" in jmdi("metrics", data, "components").stdout


def test_metrics_that_do_not_apply_are_left_out_unless_named(jmdi, data, place):
    (place / "own.py").write_text(PLUGIN)
    own = ("--plugin", "own.py")
    result = jmdi("metrics", data, *own)
    assert "not applicable" not in result.stdout
    assert "own:never" not in result.stdout
    assert "1 metric left out that cannot be computed on this data" in result.stderr
    never = {one["metric"]: one for one in self_contained(jmdi, data)}["own:never"]
    assert (never["group"], never["why"]) == ("not applicable", "there is nothing")
    assert "left out" not in jmdi("metrics", data, "-q", *own).stderr
    named = jmdi("metrics", data, "own:never", *own)
    assert "NOT APPLICABLE (1)" in named.stdout
    assert "there is nothing" in named.stdout
    assert "left out" not in named.stderr


def test_options_reach_the_importer(jmdi, place):
    (place / "t.csv").write_text("id;names\na;Municipality A\nb;Municipality B\n")
    options = ("--from", "table", "--option", "delimiter=;", "--option", "kind=actor")
    result = jmdi("metrics", "t.csv", "isolates", "--json", *options)
    assert json.loads(result.stdout)["results"][0]["n_used"] == 2
    assert jmdi("metrics", "t.csv", "--option", "delimter=;").exit_code == 2


def test_undefined_says_why(jmdi, place):
    (place / "e.jsonl").write_text('{"jmdi":"1.0"}\n')
    result = jmdi("metrics", "e.jsonl", "density")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[2] == "UNDEFINED (1)  WHAT IS MISSING"
    assert lines[3] == "density        the network has no nodes (empty_graph)"


def test_fail_under(jmdi, data, place):
    assert jmdi("metrics", data, "--fail-under", "density=0.3").exit_code == 0
    low = jmdi("metrics", data, "--fail-under", "density=0.34")
    assert low.exit_code == 1
    assert "density = 0.3333 is under 0.34" in low.stderr
    (place / "e.jsonl").write_text('{"jmdi":"1.0"}\n')
    none = jmdi("metrics", "e.jsonl", "--fail-under", "density=0")
    assert none.exit_code == 1
    assert "no value to compare" in none.stderr


def test_fail_under_wants_a_name_and_a_number(jmdi, data):
    for wrong in ("density", "density=high", "density=nan", "densty=1"):
        assert jmdi("metrics", data, "--fail-under", wrong).exit_code == 2


def test_names_are_suggested(jmdi, data):
    result = jmdi("metrics", data, "densty")
    assert result.exit_code == 2
    assert "did you mean 'density'?" in result.stderr
    result = jmdi("metrics", data, "density", "--projection", "actrs")
    assert result.exit_code == 2
    assert "did you mean 'actors'?" in result.stderr


def test_list_needs_no_file(jmdi, place):
    (place / "own.py").write_text(PLUGIN)
    result = jmdi("metrics", "--list", "--plugin", "own.py")
    assert result.exit_code == 0
    assert "day!" in result.stdout
    listed = json.loads(jmdi("metrics", "--list", "--json").stdout)["metrics"]
    assert {"density", "components", "isolates"} <= {metric["name"] for metric in listed}
    assert jmdi("metrics").exit_code == 2


def test_parameters_are_read_as_their_defaults(jmdi, data, place):
    (place / "own.py").write_text(PLUGIN)
    with_plugin = ("--plugin", "own.py", "--json")
    result = jmdi("metrics", data, "own:half", "--param", "share=1", *with_plugin)
    (half,) = json.loads(result.stdout)["results"]
    assert half["value"] == 1.0
    assert half["parameters"]["share"] == 1.0
    result = jmdi("metrics", data, "own:half", "--as-of", "2015-12-31", *with_plugin)
    assert json.loads(result.stdout)["results"][0]["parameters"]["as_of"] == "2015-12-31"
    for wrong in (("--param", "share=much"), ("--param", "shar=1"), ("--as-of", "christmas")):
        assert jmdi("metrics", data, "own:half", *wrong, *with_plugin).exit_code == 2


def test_a_parameter_says_what_it_wants(jmdi, data, place):
    (place / "own.py").write_text(PLUGIN)
    wrong = jmdi("metrics", data, "own:half", "--param", "share=1.5", "--plugin", "own.py")
    assert wrong.exit_code == 2
    assert "share is a number from 0 to 1, not '1.5'" in wrong.stderr
    wrong = jmdi("metrics", data, "own:needy", "--param", "day=2015", "--plugin", "own.py")
    assert "day is a date such as 2015-12-31, not '2015'" in wrong.stderr
    listed = jmdi("metrics", "--list", "--json", "--plugin", "own.py")
    (half,) = (m for m in json.loads(listed.stdout)["metrics"] if m["name"] == "own:half")
    assert half["parameters"][0]["takes"] == "a number from 0 to 1"


def test_a_text_may_stand_for_a_number_where_the_metric_says_so(jmdi, data, place):
    (place / "own.py").write_text(PLUGIN)
    for given, read in (("uniform,0,1", "uniform,0,1"), ("2", 2.0), ("0.3", 0.3)):
        result = jmdi(
            "metrics",
            data,
            "own:drawn",
            "--param",
            f"from_={given}",
            "--json",
            "--plugin",
            "own.py",
        )
        assert json.loads(result.stdout)["results"][0]["parameters"]["from_"] == read


def test_a_metric_asks_for_required_parameters_until_they_are_given(jmdi, data, place):
    (place / "own.py").write_text(PLUGIN)
    found = {r["metric"]: r for r in self_contained(jmdi, data)}
    assert found["own:half"]["group"] == "known"
    assert found["own:needy"]["undefined"] == "needs_choice"
    assert found["own:needy"]["notes"]["choices"] == {"day": []}
    shown = jmdi("metrics", data, "--plugin", "own.py").stdout
    assert re.search(r"^own:needy +needs a choice: day \(the day\)$", shown, re.MULTILINE)
    found = {r["metric"]: r for r in self_contained(jmdi, data, "--param", "day=2015-12-31")}
    assert found["own:needy"]["value"] == 1.0
    missing = jmdi("metrics", data, "own:needy", "--plugin", "own.py")
    assert missing.exit_code == 2
    assert "needs a value for day" in missing.stderr


def self_contained(jmdi, data, *more):
    return json.loads(jmdi("metrics", data, "--plugin", "own.py", "--json", *more).stdout)[
        "results"
    ]


def test_a_metric_that_fails_does_not_stop_the_others(jmdi, data, place):
    (place / "own.py").write_text(PLUGIN)
    result = jmdi("metrics", data, "own:broken", "density", "--plugin", "own.py")
    assert result.exit_code == 4
    assert "no luck" in result.stdout
    assert "0.3333" in result.stdout


def test_data_with_errors_is_said_even_when_quiet(jmdi, bad):
    result = jmdi("metrics", bad, "density", "-q")
    assert result.exit_code == jmdi("convert", bad, "-o", "-").exit_code == 1
    assert "2 errors" in result.stderr
    assert "density" in result.stdout


def test_a_file_that_cannot_be_read_ends_it(jmdi, place):
    (place / "z.jsonl").write_text("no header\n")
    result = jmdi("metrics", "z.jsonl", "density")
    assert result.exit_code == jmdi("convert", "z.jsonl", "-o", "-").exit_code == 3
    assert result.stdout == ""


PROGRAMME = """
import jmdi
from jmdi.metrics import NeedsChoice
JMDI_API = 1

@jmdi.metric("own:uptake", "Uptake", on="dataset")
def uptake(dataset: jmdi.Dataset, *, practice: str | None = None) -> jmdi.Result:
    if practice is None:
        raise NeedsChoice("practice", ["practice/a", "practice/b"], "practices")
    return jmdi.Result(value=1)

@jmdi.metric("own:each", "Each", on="dataset")
def each(dataset: jmdi.Dataset) -> jmdi.Result:
    values = {"actor/b": 1, "actor/a": 2, "actor/c": 3, "actor/z": 4, "actor/a → actor/b": 5}
    notes = {"left_out": ["actor/a", "x"], "of": [{"id": "actor/a"}, {"id": 2}]}
    return jmdi.Result(values=values, notes=notes)

@jmdi.metric("own:wide", "Wide", on="dataset")
def wide(dataset: jmdi.Dataset) -> jmdi.Result:
    return jmdi.Result(value=0.5, lower=0.25, upper=1, n_used=1, n_eligible=4, of="actors")

@jmdi.metric("own:open", "Open", on="dataset")
def open_(dataset: jmdi.Dataset) -> jmdi.Result:
    return jmdi.Result(lower=0, upper=1)

@jmdi.metric("own:parts", "Parts", on="dataset")
def parts(dataset: jmdi.Dataset) -> jmdi.Result:
    values = {"p": None, "q": None, "r": None, "s": {"lower": None, "upper": None}, "t": {"n": 1}}
    return jmdi.Result(values=values, bounds={"p": (None, None), "q": (None, 2), "r": (1, None)})

@jmdi.metric("own:tests", "Tests", on="dataset")
def tests(dataset: jmdi.Dataset) -> jmdi.Result:
    nothing = {"value": None, "lower": None, "upper": None}
    values = {"a": nothing | {"value": 0.5}, "b": nothing | {"undefined": "missing_input"}}
    return jmdi.Result(values=values, n_used=1, n_eligible=2, of="tests")

@jmdi.metric("own:mixed", "Mixed")
def mixed(network: jmdi.Network, *, groups: jmdi.metrics.types.Grouping) -> float:
    return 0.0

@jmdi.hookimpl
def jmdi_metrics():
    return jmdi.metrics_of(__name__)
"""


@pytest.fixture
def batch(jmdi, data, place):
    """Runs the metrics of a plugin: ``batch("own:each", "--json").stdout``."""
    (place / "own.py").write_text("import jmdi.metrics.types" + PROGRAMME)
    return lambda *given: jmdi("metrics", data, *given, "--plugin", "own.py")


def test_groups_and_what_is_missing(batch):
    lines = batch().stdout.splitlines()
    rows = {words[0]: " ".join(words[1:]) for line in lines if (words := line.split())}
    heads = [word for word in rows if word.isupper()]
    assert heads == ["KNOWN", "INTERVAL", "UNDEFINED"]
    assert rows["own:wide"] == "0.5 [0.25–1] 1 of 4 actors (25 %)"
    assert rows["own:open"] == "0–1"
    assert rows["own:parts"] == "5 values q: up to 2, r: 1 or more, … 3 more"
    assert rows["own:tests"] == "2 values 1 of 2 tests (50 %); a: 0.5, b: undefined"
    assert rows["own:uptake"] == "needs a choice: practice = practice/a | practice/b"
    assert rows["own:mixed"] == "needs a choice: groups = kind | country"
    first = "Municipality B: 1, Municipality A: 2, Bank C: 3, … 2 more"
    assert rows["own:each"] == f"5 values {first}"
    assert [line for line in lines[-5:] if line] == [
        "where there are many, only the first are shown; all of one:",
        "  jmdi metrics a.jsonl own:each",
        "a choice is made with --param, such as",
        "  --param groups=kind",
    ]


def test_rows_fit_the_terminal(batch, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, batch("own:each", "own:uptake", "own:mixed").stdout.splitlines()[1:])) <= 60


def test_a_choice_that_is_made_gives_the_value(batch):
    found = json.loads(batch("--param", "practice=practice/a", "--json").stdout)["results"]
    assert {one["metric"]: one["value"] for one in found}["own:uptake"] == 1


def test_json_is_complete_and_every_result_has_the_same_members(batch):
    shown = json.loads(batch("--json").stdout)
    assert shown["problems"] == {"errors": 0, "warnings": 0, "infos": 2}
    assert len({tuple(one) for one in shown["results"]}) == 1
    found = {one["metric"]: one for one in shown["results"]}
    assert {name: one["group"] for name, one in found.items() if name.startswith("own:")} == {
        "own:each": "known",
        "own:mixed": "undefined",
        "own:open": "interval",
        "own:parts": "interval",
        "own:tests": "interval",
        "own:uptake": "undefined",
        "own:wide": "interval",
    }
    assert found["own:uptake"]["undefined"] == "needs_choice"
    assert found["own:uptake"]["notes"]["choices"] == {"practice": ["practice/a", "practice/b"]}
    assert found["own:mixed"]["notes"]["choices"] == {"groups": ["kind", "country"]}
    assert found["own:each"]["values"]["actor/z"] == 4
    names = {"actor/a": "Municipality A", "actor/b": "Municipality B", "actor/c": "Bank C"}
    assert found["own:each"]["labels"] == names


def test_one_metric_shows_all_its_values_and_notes_with_labels(batch):
    lines = [line.split() for line in batch("own:each").stdout.splitlines()]
    assert ["actor/b", "Municipality", "B", "1"] in lines
    assert ["actor/z", "4"] in lines
    assert ["actor/a", "→", "actor/b", "Municipality", "A", "→", "Municipality", "B", "5"] in lines
    assert ["left_out", "Municipality", "A,", "x"] in lines
    assert ["of", "id", "Municipality", "A;", "id", "2"] in lines
    table = list(csv.DictReader(batch("own:each", "--csv").stdout.splitlines()))
    assert table[0] == {"element": "actor/b", "label": "Municipality B", "value": "1"}
    chosen = [line.split() for line in batch("own:uptake").stdout.splitlines()]
    assert ["practice/b", "practice/b"] in chosen


def test_csv_has_a_row_for_each_metric(batch):
    rows = {row["metric"]: row for row in csv.DictReader(batch("--csv").stdout.splitlines())}
    assert rows["own:wide"]["group"] == "interval"
    assert (rows["own:wide"]["value"], rows["own:wide"]["lower"]) == ("0.5", "0.25")
    assert rows["own:uptake"]["choices"] == "practice=practice/a; practice=practice/b"
    assert rows["own:each"]["values"] == "5"


def test_markdown_has_a_table_for_each_group(batch):
    lines = batch("--markdown").stdout.splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        "## Known (4)",
        "## Interval (4)",
        "## Undefined (4)",
    ]
    assert r"| own:uptake | needs a choice: practice = practice/a \| practice/b |" in lines
    assert batch("--markdown", "--csv").exit_code == 2


@pytest.mark.parametrize(
    ("used", "said"),
    [(1, "1 of 400 actors (under 1 %)"), (399, "399 of 400 actors (over 99 %)")],
)
def test_a_share_that_is_not_all_is_not_shown_as_all(used, said):
    from jmdi.cli.outcomes import Outcome

    result = library.metrics.Result(value=1, n_used=used, n_eligible=400, of="actors")
    assert Outcome("m", result=result).words == said


def test_a_wrong_parameter_does_not_stop_the_others(batch):
    result = batch("--param", "groups=contry", "--param", "weight=trust")
    assert result.exit_code == 2
    assert "FAILED" in result.stdout
    assert "own:wide" in result.stdout
