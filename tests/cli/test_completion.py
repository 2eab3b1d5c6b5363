from __future__ import annotations

import json

import pytest


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_scripts(jmdi, shell):
    result = jmdi("completion", shell)
    assert result.exit_code == 0
    assert f"{shell}_complete" in result.stdout


def test_unknown_shell(jmdi):
    assert jmdi("completion", "tcsh").exit_code == 2


def complete(start, words, **env):
    process = start(
        env={
            "_JMDI_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(words),
            "COMP_CWORD": str(len(words) - 1),
            **env,
        }
    )
    out, err = process.communicate(timeout=60)
    assert err == b""
    return [line.partition(",")[2] for line in out.decode().splitlines() if line]


def test_commands_and_options_complete(start):
    assert "convert" in complete(start, ["jmdi", "con"])
    assert "--projection" in complete(start, ["jmdi", "convert", "--pro"])


def test_names_complete_from_the_last_run(jmdi, start, monkeypatch, tmp_path):
    words = ["jmdi", "metrics", "a.jsonl", "den"]
    assert complete(start, words) == []
    assert not (tmp_path / "cache").exists()
    monkeypatch.delenv("JMDI_PLUGINS")
    assert jmdi("explain").exit_code == 0
    kept = json.loads((tmp_path / "cache" / "jmdi" / "names.json").read_text())
    assert "jsonl" in kept["importers"]
    assert complete(start, words) == ["density"]
    assert "jsonl" in complete(start, ["jmdi", "convert", "--to", "js"])


@pytest.mark.parametrize("content", ["{", "[]", '{"metrics": 3}', '{"metrics": [1, "density"]}'])
def test_a_spoilt_cache_does_no_harm(start, tmp_path, content):
    (tmp_path / "cache" / "jmdi").mkdir(parents=True)
    (tmp_path / "cache" / "jmdi" / "names.json").write_text(content)
    assert complete(start, ["jmdi", "metrics", "x", "d"]) in ([], ["density"])


def test_an_unwritable_cache_does_no_harm(jmdi, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.delenv("JMDI_PLUGINS")
    result = jmdi("explain")
    assert result.exit_code == 0
    assert (tmp_path / "file").read_text() == ""


def test_trial_plugins_are_not_remembered(jmdi, monkeypatch, tmp_path, place):
    monkeypatch.delenv("JMDI_PLUGINS")
    (place / "own.py").write_text("")
    assert jmdi("explain", "--plugin", "own.py").exit_code == 0
    assert not (tmp_path / "cache").exists()
