from __future__ import annotations

import json

import pytest

GOOD = """
import jmdi
JMDI_API = 1

@jmdi.hookimpl
def jmdi_exporters():
    yield jmdi.Exporter("good:names", (".names",), "good_missing_module:write", doc="Names.")
"""
BROKEN = {
    "syntax": "def (",
    "missing": "import a_module_that_is_not_there",
    "attribute": "import jmdi\njmdi.nothing_of_this_name",
    "exit": "raise SystemExit(3)",
    "api": "JMDI_API = 99",
    "hook": "import jmdi\n@jmdi.hookimpl\ndef jmdi_importer():\n    return []\n",
    "item": "import jmdi\n@jmdi.hookimpl\ndef jmdi_metrics():\n    return [1]\n",
    "raises": "import jmdi\n@jmdi.hookimpl\ndef jmdi_metrics():\n    raise OSError('disk')\n",
}


def rows(result):
    """The rows, without those of installed plugins, which are switched off."""
    return [r for r in json.loads(result.stdout)["plugins"] if r["status"] != "off"]


def test_lists_what_the_core_offers(jmdi):
    result = jmdi("plugins")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].split() == [
        "KIND",
        "NAME",
        "FROM",
        "READS/WRITES",
        "STATUS",
    ]
    names = {(row["kind"], row["name"]) for row in rows(jmdi("plugins", "--json"))}
    assert {("importer", "jsonl"), ("exporter", "graphml"), ("metric", "density")} <= names
    assert "vocabularies" in result.stderr


def test_kinds_can_be_chosen(jmdi):
    assert {row["kind"] for row in rows(jmdi("plugins", "--kind", "metric", "--json"))} == {
        "metric"
    }
    every = {row["kind"] for row in rows(jmdi("plugins", "--kind", "all", "--json"))}
    assert {"kind", "vocabulary", "check", "importer"} <= every
    assert jmdi("plugins", "--kind", "metrics").exit_code == 2


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_plugin_is_a_row_with_a_cure(jmdi, place, name):
    path = place / f"{name}.py"
    path.write_text(BROKEN[name])
    result = jmdi("plugins", "--plugin", path, "--json")
    assert result.exit_code == 0
    (row,) = [row for row in rows(result) if row["kind"] == "plugin"]
    assert row["name"] == name
    assert row["status"].startswith("broken: ")
    assert row["cure"]
    assert jmdi("plugins", "--plugin", path, "--check", "--strict").exit_code == 4


def test_everything_may_be_broken_at_once(jmdi, place):
    arguments = []
    for name, text in BROKEN.items():
        (place / f"{name}.py").write_text(text)
        arguments += ["--plugin", place / f"{name}.py"]
    arguments += ["--plugin", "no_module_of_this_name", "--plugin", "nowhere.py"]
    result = jmdi("plugins", *arguments)
    assert result.exit_code == 0
    assert result.stdout.count("broken: ") == len(BROKEN) + 2


def test_the_list_works_when_plugins_are_strict(jmdi, place, monkeypatch):
    (place / "broken.py").write_text(BROKEN["missing"])
    monkeypatch.setenv("JMDI_STRICT_PLUGINS", "1")
    assert jmdi("plugins", "--plugin", "broken.py").exit_code == 0
    assert jmdi("explain", "--plugin", "broken.py").exit_code == 4
    assert jmdi("--strict-plugins", "explain", env={"JMDI_PLUGINS": "itai"}).exit_code == 2


def test_check_loads_what_is_named(jmdi, place):
    (place / "good.py").write_text(GOOD)
    (row,) = [
        r
        for r in rows(jmdi("plugins", "--plugin", "good.py", "--json"))
        if r["name"] == "good:names"
    ]
    assert row["status"] == "ok"
    result = jmdi("plugins", "--plugin", "good.py", "--check", "--json")
    assert result.exit_code == 0
    (row,) = [r for r in rows(result) if r["name"] == "good:names"]
    assert row["status"].startswith("broken: ")
    assert row["cure"] == "pip install good_missing_module"


def test_panels_are_listed_by_their_english_title_and_loaded(jmdi, place):
    place.joinpath("shown.py").write_text(
        "import jmdi\nJMDI_API = 1\nTITLE = {'fr': 'Acteurs', 'en': 'Actors'}\n"
        "@jmdi.hookimpl\ndef jmdi_panels():\n"
        "    return [jmdi.Panel('shown:a', 'plan', TITLE, 'a_module_that_is_not:make')]\n"
    )
    chosen = ("--plugin", "shown.py", "plugins", "--kind", "panel", "--json")
    (row,) = rows(jmdi(*chosen))
    assert (row["name"], row["doc"], row["status"]) == ("shown:a", "Actors", "ok")
    (row,) = rows(jmdi(*chosen, "--check"))
    assert row["status"].startswith("broken")


def test_what_the_core_names_can_be_loaded(jmdi):
    result = jmdi("plugins", "--kind", "all", "--check", "--strict")
    assert result.exit_code == 0, result.stdout


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plugin_that_was_named_ends_the_run(jmdi, place, data, name):
    (place / "broken.py").write_text(BROKEN[name])
    result = jmdi("info", data, "--plugin", "broken.py")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.startswith("error: plugin 'broken' from (given): ")
    assert result.stderr.count("plugin 'broken'") == 1


def test_an_installed_plugin_may_be_named_too(jmdi, place, data):
    pytest.importorskip("jmdi_iati")
    listed = jmdi("plugins", "--plugin", "iati", "--json").stdout
    assert '"iati:xml"' in listed and '"network:density"' not in listed
    missing = jmdi("info", data, env={"JMDI_PLUGINS": "itai"})
    assert missing.exit_code == 0 and "did you mean 'iati'" in missing.stderr


def test_two_that_claim_one_name(jmdi, place):
    text = (
        "import jmdi\n@jmdi.hookimpl\ndef jmdi_metrics():\n"
        "    return [jmdi.Metric('same:one', len, on='dataset')]\n"
    )
    for name in ("first", "second"):
        (place / f"{name}.py").write_text(text)
    plugins = ("--plugin", "first.py", "--plugin", "second.py")
    (row,) = [r for r in rows(jmdi("plugins", *plugins, "--json")) if r["kind"] == "conflict"]
    assert "'first'" in row["status"]
    assert "'second'" in row["status"]
    assert "neither is used" in jmdi("explain", *plugins).stderr


def test_verbose_says_more(jmdi):
    header = jmdi("plugins", "-v").stdout.splitlines()[0].split()
    assert header[-3:] == ["ABOUT", "MODULE", "LOAD"]


def test_two_files_called_plugin_are_two_plugins(jmdi, place):
    for name in ("first", "second"):
        (place / name).mkdir()
        (place / name / "plugin.py").write_text(
            "import jmdi\n@jmdi.hookimpl\ndef jmdi_metrics():\n"
            f"    return [jmdi.Metric('{name}:one', len, on='dataset')]\n"
        )
    both = ("--plugin", "first/plugin.py", "--plugin", "second/plugin.py")
    names = {row["name"]: row["plugin"] for row in rows(jmdi("plugins", *both, "--json"))}
    assert (names["first:one"], names["second:one"]) == ("first", "second")
