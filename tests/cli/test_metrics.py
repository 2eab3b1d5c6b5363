from __future__ import annotations

import json

PLUGIN = """
import jmdi
from jmdi.metrics.types import Day, Share
JMDI_API = 1

@jmdi.metric("own:half", "Half", on="dataset")
def half(dataset: jmdi.Dataset, *, share: Share = 0.5, as_of: Day | None = None) -> float:
    return share

@jmdi.metric("own:needy", "Needy", on="dataset")
def needy(dataset: jmdi.Dataset, *, day: Day) -> float:
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
"""


def test_the_default_set(jmdi, data):
    result = jmdi("metrics", data)
    assert result.exit_code == 0
    rows = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert "0.3333" in rows["density"]
    assert "100 %" in rows["density"]


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
    assert "own:never" not in [one["metric"] for one in self_contained(jmdi, data)]
    assert "left out" not in jmdi("metrics", data, "-q", *own).stderr
    named = jmdi("metrics", data, "own:never", *own)
    assert "not applicable" in named.stdout
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
    assert "undefined (empty_graph)" in result.stdout


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


def test_required_parameters_leave_the_default_set_until_given(jmdi, data, place):
    (place / "own.py").write_text(PLUGIN)
    names = [r["metric"] for r in self_contained(jmdi, data)]
    assert "own:half" in names
    assert "own:needy" not in names
    names = [r["metric"] for r in self_contained(jmdi, data, "--param", "day=2015-12-31")]
    assert "own:needy" in names
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
