from __future__ import annotations

import csv
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


def test_what_is_invented_is_called_so_in_text_json_and_tables(jmdi, tmp_path):
    (path, _) = lib.datasets.copy("sample", tmp_path)
    for given in (("ask", "density", "--top", "1"), ("metrics", "density", "--csv")):
        command, *rest = given
        asked = jmdi(command, str(path), *rest)
        assert "invented for jmdi" in asked.stdout
    table = list(csv.DictReader(asked.stdout.splitlines()))
    assert table[0]["subject"].endswith("of sample (invented for jmdi)")


def test_another_language(jmdi, triangle):
    asked = jmdi("ask", triangle, "density", "--language", "fr").stdout
    assert "Y a-t-il un lien entre a et c ?" in asked
    result = jmdi("ask", triangle, "density", "--language", "xx")
    assert result.exit_code == 2 and "'xx' is not one of" in result.stderr


def test_where_nothing_is_unknown_it_is_said(jmdi, data):
    result = jmdi("ask", data, "density")
    assert result.exit_code == 0 and "nothing that is unknown" in result.stderr


def test_what_was_asked_in_vain_stands_apart(jmdi, tmp_path):
    ties = [
        lib.Tie(id="ab", source="a", target="b"),
        lib.Tie(id="ac", source="a", target="c", state=lib.code("presence", "unobserved")),
        lib.Tie(
            id="bc",
            source="b",
            target="c",
            state=lib.code("presence", "unobserved"),
            extra={"state.reason": "refused"},
        ),
    ]
    path = tmp_path / "refused.jsonl"
    lib.dataset([*(lib.Actor(id=id) for id in "abc"), *ties]).write(path)
    lines = jmdi("ask", str(path), "density").stdout.splitlines()
    apart = lines.index("Asked already, and still not known:")
    assert "1. Are a and c tied?" in lines[:apart]
    assert lines[apart + 2 : apart + 4] == [
        "2. Are b and c tied?",
        "  asked already: who was asked did not answer",
    ]


BOTH = """
import jmdi

@jmdi.metric("own:both", "Both", on="dataset", range=(0, 1))
def both(dataset: jmdi.Dataset) -> jmdi.Result:
    known = all(place.level for place in dataset.of(jmdi.Territory))
    return jmdi.Result(lower=0, upper=0.5 if known else 1)

@jmdi.hookimpl
def jmdi_metrics():
    return jmdi.metrics_of(__name__)
"""


def test_facts_that_help_only_together_are_one_question(jmdi, tmp_path):
    plugin, path = tmp_path / "both.py", tmp_path / "towns.jsonl"
    plugin.write_text(BOTH)
    lib.dataset([lib.Territory(id="a"), lib.Territory(id="b")]).write(path)
    lines = jmdi("--plugin", str(plugin), "ask", str(path), "own:both").stdout.splitlines()
    assert lines[2] == "No answer alone narrows the bounds; these do together:"
    assert lines[4].startswith("1. ") and lines[5].startswith("+ ")


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
