"""Commands that plugins add."""

from __future__ import annotations

import pytest

PLUGIN = '''
import click
import jmdi
JMDI_API = 1

@click.command()
@click.argument("file")
@click.option("--shout", is_flag=True)
@click.pass_obj
def greet(session, file, shout):
    """Greet the actors of FILE."""
    for actor in session.model.read(file).of(jmdi.Actor):
        click.echo(actor.label().upper() if shout else actor.label())
    session.say("greeted")
    return 1

@click.command()
@click.argument("code", type=int)
def bye(code):
    raise SystemExit(code)

@click.command()
def boom():
    raise ValueError("boom")

@click.command()
@click.pass_context
def leave(context):
    context.exit(7)

@jmdi.hookimpl
def jmdi_commands():
    yield jmdi.Command("bye", bye)
    yield jmdi.Command("boom", boom)
    yield jmdi.Command("leave", leave)
    yield jmdi.Command("greet", greet, doc="Greet actors.")
    yield jmdi.Command("spoilt", "no_module_of_this_name:command")
    yield jmdi.Command("wrong", "string:digits")
'''


@pytest.fixture
def own(jmdi, place):
    (place / "own.py").write_text(PLUGIN)
    return lambda *arguments: jmdi("--plugin", "own.py", *arguments)


def test_a_command_of_a_plugin_runs_as_those_of_the_core(own, data):
    done = own("greet", data, "--shout")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == ["BANK C", "MUNICIPALITY A", "MUNICIPALITY B"]
    assert done.stderr == "greeted\n"
    assert own("--quiet", "greet", data).stderr == ""
    assert "Greet the actors of FILE" in own("greet", "--help").stdout
    assert own("greet").exit_code == 2


def test_unknown_commands_name_those_of_plugins_too(own):
    done = own("gret")
    assert done.exit_code == 2
    assert "did you mean 'jmdi greet'" in done.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [("spoilt", "'spoilt' of plugin 'own' cannot be loaded"), ("wrong", "'wrong' of plugin 'own'")],
)
def test_a_command_that_is_none_is_the_plugins_fault(own, name, said):
    done = own(name)
    assert done.exit_code == 4
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_commands_are_listed_and_tried(jmdi, own):
    done = jmdi("plugins", "--plugin", "own.py", "--kind", "command", "--check", "--json")
    assert '"name": "greet"' in done.stdout
    assert "broken: " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bye", "0"), "SystemExit: 0"),
        (("bye", "3"), "SystemExit: 3"),
        (("boom",), "ValueError: boom"),
    ],
)
def test_a_command_that_ends_the_process_is_its_plugins_failure(own, arguments, said):
    done = own(*arguments)
    assert done.exit_code == 4
    assert done.stderr == f"error: command {arguments[0]!r} of plugin 'own' failed: {said}\n"


def test_a_command_may_give_its_own_exit_code(own):
    assert own("leave").exit_code == 7
