from __future__ import annotations

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


def test_names_complete(start):
    assert complete(start, ["jmdi", "metrics", "a.jsonl", "den"]) == ["density"]
    assert "jsonl" in complete(start, ["jmdi", "convert", "--to", "js"])


def test_names_of_plugins_complete_and_files_are_not_run(start, place):
    (place / "own.py").write_text("raise SystemExit('run')")
    words = ["jmdi", "metrics", "--plugin", "own.py", "a.jsonl", "network:reci"]
    assert complete(start, words, JMDI_PLUGINS="network") == ["network:reciprocity"]
