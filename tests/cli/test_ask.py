from __future__ import annotations

import json

import pytest

import jmdi as lib


@pytest.fixture
def triangle(tmp_path):
    ties = [
        lib.Tie(id="ab", source="a", target="b"),
        lib.Tie(id="bc", source="b", target="c"),
        lib.Tie(id="ac", source="a", target="c", state=lib.code("presence", "unobserved")),
    ]
    path = tmp_path / "triangle.jsonl"
    lib.dataset([*(lib.Actor(id=id) for id in "abc"), *ties]).write(path)
    return str(path)


def test_questions_stand_below_the_metric(jmdi, triangle):
    result = jmdi("ask", triangle, "density")
    assert result.exit_code == 0
    first, _, *lines = result.stdout.splitlines()
    assert first.startswith("density = ")
    assert lines == ["1. Are a and c tied?", "  present: 1", "  absent: 0.6667"]


def test_questions_as_json_have_the_metric_beside_them(jmdi, triangle):
    found = json.loads(jmdi("ask", triangle, "density", "--json").stdout)
    assert found["result"]["metric"] == "density"
    (question,) = found["questions"]
    assert (question["record"], question["field"]) == ("ac", "/state")
    assert question["certain"] == pytest.approx(1 / 3)


def test_another_language(jmdi, triangle):
    asked = jmdi("ask", triangle, "density", "--language", "fr").stdout
    assert "Y a-t-il un lien entre a et c ?" in asked
    result = jmdi("ask", triangle, "density", "--language", "xx")
    assert result.exit_code == 2 and "'xx' not found" in result.stderr


def test_where_nothing_is_unknown_it_is_said(jmdi, data):
    result = jmdi("ask", data, "density")
    assert result.exit_code == 0 and "nothing that is unknown" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("densty",), "density"),
        (("density", "--top", "0"), "--top"),
        (("density", "--param", "nothing=1"), "nothing"),
        (("density", "--entry", "x"), "no number 'x'"),
    ],
)
def test_what_cannot_be_asked_is_refused(jmdi, triangle, arguments, why):
    result = jmdi("ask", triangle, *arguments)
    assert result.exit_code == 2 and why in result.stderr
