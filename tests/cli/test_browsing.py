"""schema, explain, datasets, diff: what is read and not changed."""

from __future__ import annotations

import json


def test_schema_lists_kinds_and_vocabularies(jmdi):
    listed = json.loads(jmdi("schema", "--json").stdout)
    assert {"actor", "tie"} <= {kind["name"] for kind in listed["kinds"]}
    assert "actor-type" in {vocabulary["name"] for vocabulary in listed["vocabularies"]}
    assert "An organisation or public body" in jmdi("schema").stdout


def test_schema_of_a_kind_a_relation_and_a_vocabulary(jmdi):
    actor = jmdi("schema", "actor").stdout
    assert "id!" in actor
    assert "ISO 3166-1 alpha-2 code of its seat." in actor
    assert "joins: actor -- actor" in jmdi("schema", "tie").stdout
    assert "local_authority" in jmdi("schema", "actor-type").stdout


def test_json_schema(jmdi):
    schema = json.loads(jmdi("schema", "actor", "--jsonschema").stdout)
    assert schema["$id"] == "jmdi:kind/actor/1"
    assert "oneOf" in json.loads(jmdi("schema", "--jsonschema").stdout)
    closed = json.loads(jmdi("schema", "actor", "--jsonschema", "--closed").stdout)
    assert closed["unevaluatedProperties"] is False
    assert closed["$defs"]["Period"]["additionalProperties"] is False
    apart = json.loads(jmdi("schema", "actor", "--jsonschema", "--refs").stdout)
    assert list(apart["$defs"]) == ["kind:actor"]


def test_schema_suggests(jmdi):
    result = jmdi("schema", "actr")
    assert result.exit_code == 2
    assert "did you mean 'actor'" in result.stderr


def test_explain(jmdi):
    page = jmdi("explain", "j203").stdout
    assert page.startswith("J203: ")
    assert json.loads(jmdi("explain", "J203", "--json").stdout)["code"] == "J203"
    assert "J101" in jmdi("explain").stdout
    result = jmdi("explain", "J20")
    assert result.exit_code == 2
    assert "did you mean" in result.stderr


def test_a_metric_is_no_problem_code(jmdi):
    assert "it is a metric: 'jmdi metrics --list'" in jmdi("explain", "density").stderr


def test_every_code_that_can_be_listed_can_be_explained(jmdi):
    codes = json.loads(jmdi("explain", "--json").stdout)["codes"]
    assert len(codes) > 10
    for page in codes:
        assert page["title"]
        assert page["why"]
        assert page["cure"]


def test_datasets_are_listed_and_copied(jmdi, place):
    from jmdi import datasets

    listed = json.loads(jmdi("datasets", "--json").stdout)["datasets"]
    assert [entry["name"] for entry in listed] == list(datasets.names())
    assert "tables-template" in jmdi("datasets").stdout
    result = jmdi("datasets", "copy", "tables-template", "here")
    assert result.exit_code == 0
    assert (place / "here" / "actors.csv").exists()
    wrong = jmdi("datasets", "copy", "tables-templat", ".")
    assert wrong.exit_code == 2
    assert "did you mean 'tables-template'" in wrong.stderr


def test_a_data_set_comes_with_its_notes(jmdi, place):
    from jmdi import datasets

    printed = jmdi("datasets", "notes", "jmdi").stdout
    assert printed == datasets.notes("jmdi")
    for word in ("Licence", "No endorsement", "How to cite"):
        assert f"**{word}" in printed
    assert jmdi("datasets", "copy", "jmdi", "here").exit_code == 0
    assert sorted(path.name for path in (place / "here").iterdir()) == ["jmdi.jsonl", "jmdi.md"]
    assert (place / "here" / "jmdi.md").read_text("utf-8") == printed
    assert jmdi("datasets", "notes", "jmdj").exit_code == 2


def test_diff(jmdi, data, place):
    text = (place / data).read_text()
    lines = text.replace('"PH"', '"MA"').splitlines()
    (place / "b.jsonl").write_text("\n".join([*lines[:-1], ""]))
    result = jmdi("diff", data, "b.jsonl")
    assert result.exit_code == 1
    assert '~ actor/a /country: "PH" -> "MA"' in result.stdout
    assert "- tie tie/1" in result.stdout
    assert "0 added, 1 removed, 1 record changed" in result.stderr
    found = json.loads(jmdi("diff", data, "b.jsonl", "--json").stdout)
    assert found["different"] is True
    assert [record["id"] for record in found["removed"]] == ["tie/1"]


def test_where_records_come_from_counts_only_when_asked(jmdi, place):
    line = (
        '{{"jmdi":"1.0"}}\n{{"kind":"workplan","id":"w","tables":[{{"locator":"{1}"}}],'
        '"sources":[{{"title":"{0}"}}]}}\n{{"kind":"actor","id":"a","sources":[{{"title":"{0}",'
        '"locator":"{1}"}}]}}\n'
    )
    (place / "a.jsonl").write_text(line.format("plan.docx", "table 1"))
    (place / "b.jsonl").write_text(line.format("plan.xlsx", "Sheet 1"))
    result = jmdi("diff", "a.jsonl", "b.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "no difference\n"
    result = jmdi("diff", "a.jsonl", "b.jsonl", "--sources")
    assert result.exit_code == 1
    assert '~ w /tables/0/locator: "table 1" -> "Sheet 1"' in result.stdout
    assert '~ a /sources/0/title: "plan.docx" -> "plan.xlsx"' in result.stdout
    assert "2 records changed" in result.stderr
    found = json.loads(jmdi("diff", "a.jsonl", "b.jsonl", "--json").stdout)
    assert found == {"different": False, "added": [], "removed": [], "changed": []}


def test_no_diff(jmdi, data, place):
    lines = (place / data).read_text().splitlines()
    (place / "b.jsonl").write_text("\n".join([lines[0], *reversed(lines[1:]), ""]))
    result = jmdi("diff", data, "b.jsonl")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert jmdi("diff", "-", "-").exit_code == 2
