from __future__ import annotations

import json


def test_says_what_is_in_a_file(jmdi, data):
    result = jmdi("info", data)
    assert result.exit_code == 0
    assert "4 records" in result.stdout
    assert "2012-01-01 to 2016-12-31" in result.stdout
    assert "IT 2, PH 1" in result.stdout
    assert "Partner list 1" in result.stdout
    assert "pip install jmdi-acme" in result.stdout


def test_json_has_the_same(jmdi, data):
    (about,) = json.loads(jmdi("info", data, "--json").stdout)["files"]
    assert about["kinds"] == {"actor": 2, "acme:bank": 1, "tie": 1}
    assert about["period"] == {"from": "2012-01-01", "to": "2016-12-31", "dated": 1, "undated": 0}
    assert about["countries"] == {"IT": 2, "PH": 1}
    assert [(part["what"], part["name"], part["records"]) for part in about["absent"]] == [
        ("kind", "acme:bank", 1),
        ("facet", "acme:risk", 1),
    ]
    assert about["problems"]["errors"] == 0
    assert len(about["digest"]) == 32


def test_groups_problems(jmdi, bad):
    (about,) = json.loads(jmdi("info", bad, "--json").stdout)["files"]
    groups = {group["code"]: group["count"] for group in about["problems_by_code"]}
    assert groups["J203"] == 1
    assert groups["J105"] == 1
    assert about["records"] == 5


def test_a_code_is_said_once(jmdi, bad):
    lines = jmdi("info", bad).stdout.splitlines()
    (line,) = (line for line in lines if line.lstrip().startswith("J203 "))
    assert line.count("J203") == 1
    assert "expected text" in line


def test_several_files_and_standard_input(jmdi, data, place):
    text = (place / data).read_bytes()
    result = jmdi("info", data, "-", "--json", input=text)
    one, two = json.loads(result.stdout)["files"]
    assert one["digest"] == two["digest"]


def test_names_cannot_steer_the_terminal(jmdi, place, data):
    text = (place / data).read_text().replace("Partner list", "\\u001b[2Jgone \\u202etxt")
    (place / "evil.jsonl").write_text(text)
    result = jmdi("info", "evil.jsonl")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "\\x1b[2Jgone" in result.stdout


def test_what_to_install_is_never_more_than_a_name(jmdi, place, data):
    text = (place / data).read_text().replace("jmdi-acme 1.4", "x;reboot 1")
    (place / "evil.jsonl").write_text(text)
    (about,) = json.loads(jmdi("info", "evil.jsonl", "--json").stdout)["files"]
    assert {part["install"] for part in about["absent"]} == {"pip install jmdi-acme"}


def test_a_missing_file_is_unreadable(jmdi):
    result = jmdi("info", "nowhere.jsonl")
    assert result.exit_code == 3
    assert "nowhere.jsonl J101 there is no such file" in result.stderr
    assert result.stdout == ""
