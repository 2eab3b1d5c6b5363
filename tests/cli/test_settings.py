from __future__ import annotations

import json

import pytest


def settings(result):
    return {s["name"]: (s["value"], s["from"]) for s in json.loads(result.stdout)["settings"]}


def test_defaults(jmdi):
    found = settings(jmdi("config", "--json"))
    assert found["on-error"] == ("raise", "default")
    assert found["quiet"] == (False, "default")
    assert "SETTING" in jmdi("config").stdout


def test_flag_beats_environment_beats_file(jmdi, place, monkeypatch):
    (place / "jmdi.toml").write_text('quiet = false\nverbose = 1\non-error = "keep"\n')
    assert settings(jmdi("config", "--json"))["verbose"] == (1, f"file {place / 'jmdi.toml'}")
    monkeypatch.setenv("JMDI_VERBOSE", "2")
    monkeypatch.setenv("JMDI_ON_ERROR", "keep")
    found = settings(jmdi("config", "--json"))
    assert found["verbose"] == (2, "environment JMDI_VERBOSE")
    assert found["on-error"] == ("keep", "environment JMDI_ON_ERROR")
    assert settings(jmdi("-vvv", "config", "--json"))["verbose"] == (3, "command line")


def test_settings_take_effect(jmdi, place, bad):
    (place / "jmdi.toml").write_text('on-error = "keep"\nselect = ["J2"]\nformat = "json"\n')
    kept = jmdi("convert", bad, "-o", "-")
    assert (kept.exit_code, bool(kept.stdout)) == (1, True)
    stopped = jmdi("convert", bad, "-o", "-", "--on-error", "raise")
    assert (stopped.exit_code, stopped.stdout) == (1, "")
    found = json.loads(jmdi("validate", bad).stdout)
    assert {problem["code"] for problem in found["problems"]} == {"J203"}


def test_an_order_in_settings_is_for_the_formats_that_have_one(jmdi, place, data):
    (place / "jmdi.toml").write_text('order = "input"\n')
    assert jmdi("convert", data, "-o", "n.graphml").exit_code == 0
    assert jmdi("convert", data, "-o", "m.graphml", "--order", "input").exit_code == 2
    assert jmdi("convert", data, "-o", "m.jsonl").exit_code == 0


def test_the_nearest_file_upwards(jmdi, place, monkeypatch):
    (place / "pyproject.toml").write_text('[tool.jmdi]\non-error = "keep"\n')
    inner = place / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").write_text('[project]\nname = "other"\n')
    monkeypatch.chdir(inner)
    assert settings(jmdi("config", "--json"))["on-error"][0] == "keep"
    (place / "a" / "jmdi.toml").write_text("")
    assert settings(jmdi("config", "--json"))["on-error"] == ("raise", "default")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('on-eror = "keep"', "did you mean 'on-error'"),
        ("nothing-like-it = 1", "'jmdi config' lists all settings"),
        ('on-error = "maybe"', "on-error"),
        ('quiet = "maybe"', "quiet is true or false"),
        ("on-error = {}", "on-error cannot be"),
        ('plugin = ["evil.py"]', "cannot be set here"),
        ("on-error = ", "is not TOML"),
        ("\udce9".encode("utf-8", "surrogateescape").decode("latin-1"), "is not TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(jmdi, place, text, says):
    (place / "jmdi.toml").write_text(text, encoding="latin-1")
    result = jmdi("config")
    assert result.exit_code == 2
    assert says in result.stderr
    assert jmdi("--help").exit_code == 0


def test_every_command_has_help_with_an_example(jmdi):
    from jmdi.cli.root import COMMANDS

    for name in COMMANDS:
        result = jmdi(name, "-h")
        assert result.exit_code == 0
        assert "Example:\n  " in result.stdout
        assert f"jmdi {name}" in result.stdout.partition("Example:")[2]
        assert "Global options:" in result.stdout


def test_every_option_has_help(jmdi):
    import click

    from jmdi.cli.root import COMMANDS, cli

    ctx = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(ctx, name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.opts}"


@pytest.mark.parametrize(
    ("typed", "meant"), [("import", "convert"), ("vlidate", "validate"), ("metric", "metrics")]
)
def test_commands_are_suggested(jmdi, typed, meant):
    result = jmdi(typed, "x")
    assert result.exit_code == 2
    assert f"did you mean 'jmdi {meant}'?" in result.stderr


def test_options_are_suggested(jmdi):
    result = jmdi("metrics", "--lst")
    assert result.exit_code == 2
    assert "--list" in result.stderr


def test_version(jmdi):
    result = jmdi("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("jmdi ")
