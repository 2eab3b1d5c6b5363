from __future__ import annotations

import json

import pytest


def test_a_sound_file_has_no_findings(jmdi, data):
    result = jmdi("validate", data, "--ignore", "J107")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "no problems in 1 file (4 records)" in result.stderr


def test_shows_the_line_and_marks_the_place(jmdi, bad):
    result = jmdi("validate", bad)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    at = lines.index("error[J203]: expected text, got whole number 5")
    assert lines[at + 1] == "  --> bad.jsonl:6  (actor/d, /country)"
    shown, carets = lines[at + 3], lines[at + 4]
    assert shown[carets.index("^")] == "5"
    assert carets.count("^") == 1
    assert lines[at + 5].startswith("   = why:  Nothing is converted in silence")


def test_checks_know_the_line_of_a_record(jmdi, bad):
    result = jmdi("validate", bad, "--select", "J3")
    assert "--> bad.jsonl:7  (tie/2, /target)" in result.stdout
    mark = next(line for line in result.stdout.splitlines() if "^" in line)
    assert mark.count("^") == len('"actor/z"')


def test_select_and_ignore_by_beginning(jmdi, bad):
    result = jmdi(
        "validate", bad, "--select", "J2", "--select", "J1", "--ignore", "J10", "--format", "json"
    )
    assert {p["code"] for p in json.loads(result.stdout)["problems"]} == {"J203"}
    assert jmdi("validate", bad, "--select", "J401").exit_code == 0


def test_an_unknown_code_is_a_usage_error(jmdi, bad):
    result = jmdi("validate", bad, "--ignore", "J2O3")
    assert result.exit_code == 2
    assert "did you mean" in result.stderr
    assert "'J203'" in result.stderr


def test_no_fix_is_pretended(jmdi, bad, place):
    before = (place / bad).read_bytes()
    result = jmdi("validate", bad, "--fix", "J203")
    assert result.exit_code == 2
    assert "no safe fix is registered for J203" in result.stderr
    assert (place / bad).read_bytes() == before


def test_warnings_count_only_when_strict(jmdi, place):
    (place / "actors.csv").write_text("id,names\na,Municipality A,1\n")
    result = jmdi("validate", "actors.csv", "--from", "table", "--format", "json")
    found = json.loads(result.stdout)
    assert found["errors"] == 0
    assert found["warnings"] > 0
    assert result.exit_code == 0
    assert jmdi("validate", "actors.csv", "--from", "table", "--strict").exit_code == 1


def test_options_reach_the_importer(jmdi, place):
    (place / "t.csv").write_text("id;names\na;Municipality A\n")
    options = ("--option", "delimiter=;", "--option", "kind=actor")
    for command in (("validate", "t.csv"), ("info", "t.csv", "--json")):
        result = jmdi(*command, "--from", "table", *options)
        assert result.exit_code == 0
        assert "1 record" in result.stderr or '"records": 1' in result.stdout
        wrong = jmdi(*command, "--from", "table", "--option", "delimter=;")
        assert wrong.exit_code == 2
        assert "did you mean 'delimiter'" in wrong.stderr
        assert jmdi(*command, "--option", "delimiter").exit_code == 2


def many(place, data, number):
    from itertools import islice, repeat

    text = (place / data).read_text()
    line = '{"kind":"actor","id":"actor/x","country":5}\n'
    (place / "many.jsonl").write_text(text + "".join(islice(repeat(line), number)))


def test_many_of_one_code_collapse(jmdi, data, place):
    many(place, data, 21)
    shown = jmdi("validate", "many.jsonl").stdout
    assert shown.count("error[J203]") == 1
    assert "and 20 more J203; --all shows them" in shown
    assert jmdi("validate", "many.jsonl", "--all").stdout.count("error[J203]") == 21
    many(place, data, 20)
    assert jmdi("validate", "many.jsonl").stdout.count("error[J203]") == 20


def test_github_annotations(jmdi, bad):
    lines = jmdi("validate", bad, "--format", "github").stdout.splitlines()
    assert (
        "::error file=bad.jsonl,line=6,title=J203::actor/d /country: expected text, got "
        "whole number 5 (write it in quotes)" in lines
    )


def test_github_escapes_what_would_end_an_annotation():
    from jmdi.cli.problem_formats import github
    from jmdi.errors import Problem, Severity, Where

    problem = Problem("J1", Severity.ERROR, "100 %\n::error::x", Where(file="a,b:c.jsonl"))
    (line,) = github([problem])
    assert line == "::error file=a%2Cb%3Ac.jsonl,title=J1::100 %25%0A::error::x"


def test_sarif_names_rules_and_places(jmdi, bad):
    log = json.loads(jmdi("validate", bad, "--format", "sarif").stdout)
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    wrong = next(r for r in run["results"] if r["ruleId"] == "J203")
    place = wrong["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "bad.jsonl"}, "region": {"startLine": 6}}


def test_an_unreadable_file_does_not_hide_the_others(jmdi, bad, place):
    (place / "newer.jsonl").write_text('{"jmdi":"2.0","by":"jmdi 30.1"}\n')
    result = jmdi("validate", "nowhere.jsonl", bad, "--format", "json")
    assert result.exit_code == 3
    assert {"J101", "J203"} <= {p["code"] for p in json.loads(result.stdout)["problems"]}
    result = jmdi("validate", "newer.jsonl", "nowhere.jsonl")
    assert result.exit_code == 5


def test_problems_of_a_folder_name_the_whole_path(jmdi, place):
    (place / "tables").mkdir()
    (place / "tables" / "actors.csv").write_text("id,names,odd\na,Municipality A,1\n")
    result = jmdi("validate", "tables", "--select", "J525", "--format", "json")
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem["where"]["file"] == "tables/actors.csv"


@pytest.mark.parametrize("style", ["text", "json", "github", "sarif"])
def test_results_go_to_stdout_and_the_summary_to_stderr(jmdi, bad, style):
    result = jmdi("validate", bad, "--format", style)
    assert result.stdout
    assert result.stderr.startswith("3 errors")
    assert jmdi("validate", bad, "--format", style, "-q").stderr == ""


def test_all_shows_every_place(jmdi, place):
    rows = "id,names,country\n" + "".join(f"actor/{n},A\n" for n in range(30))
    (place / "actors.csv").write_text(rows)
    usual = jmdi("validate", "actors.csv")
    assert "30 rows have fewer cells" in usual.stdout
    every = jmdi("validate", "actors.csv", "--all")
    places = {f"  --> actors.csv:{line}" for line in range(2, 32)}
    assert places <= set(every.stdout.splitlines())


def test_all_shows_more_than_a_list_holds(jmdi, place):
    (place / "a.jsonl").write_text('{"jmdi":"1.0"}\n' + "x\n" * 10_002)
    usual = json.loads(jmdi("validate", "a.jsonl", "--format", "json").stdout)["problems"]
    assert {p["code"] for p in usual} == {"J104", "J105"}
    every = json.loads(jmdi("validate", "a.jsonl", "--format", "json", "--all").stdout)["problems"]
    assert [p["where"]["line"] for p in every] == list(range(2, 10_004))
