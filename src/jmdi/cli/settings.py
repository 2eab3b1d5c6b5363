"""Settings: the configuration file, and what every setting is and where it was set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from jmdi.cli.options import Setting
from jmdi.cli.session import Session

__all__ = ["apply_settings", "find_file", "settings_of", "sources"]

OWN_FILE, SHARED_FILE = "jmdi.toml", "pyproject.toml"


def find_file(start: Path) -> tuple[Path, Mapping[str, Any]] | None:
    """The nearest configuration file, in a folder or above it, and what it says.

    Args:
        start: The folder.

    Raises:
        click.UsageError: If the file is not TOML.
    """
    for folder in (start, *start.parents):
        own = folder / OWN_FILE
        if own.is_file():
            return own, _read(own)
        shared = folder / SHARED_FILE
        if shared.is_file():
            tool = _read(shared).get("tool")
            if isinstance(tool, dict) and isinstance(tool.get("jmdi"), dict):
                return shared, tool["jmdi"]
    return None


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise click.UsageError(f"{path} is not TOML: {error}") from None


def settings_of(root: click.Group, ctx: click.Context) -> Iterator[tuple[str, Setting]]:
    """All settings, those of ``jmdi`` itself first, each with the command that has it."""
    for parameter in root.params:
        if isinstance(parameter, Setting):
            yield "", parameter
    for name in root.list_commands(ctx):
        command = root.get_command(ctx, name)
        for parameter in command.params if command is not None else ():
            if isinstance(parameter, Setting):
                yield name, parameter


def apply_settings(root: click.Group, ctx: click.Context) -> None:
    """Makes what the configuration file says the defaults of all commands.

    Raises:
        click.UsageError: If the file has a key that is no setting, or a wrong value.
    """
    found = find_file(Path.cwd())
    if found is None:
        return
    path, values = found
    settings = list(settings_of(root, ctx))
    _check(path, values, [setting for _, setting in settings])
    defaults: dict[str, Any] = {}
    for command, setting in settings:
        if setting.key in values:
            value = _checked(path, setting, values[setting.key], ctx)
            own = defaults.setdefault(command, {}) if command else defaults
            own[str(setting.name)] = value
    ctx.default_map = defaults
    ctx.ensure_object(Session).settings_file = path


def _check(path: Path, values: Mapping[str, Any], settings: list[Setting]) -> None:
    allowed = {setting.key for setting in settings if setting.in_file}
    refused = {setting.key for setting in settings} - allowed
    for key in values:
        if key in refused:
            reason = "no file may name code to run; give it on the command line"
            raise click.UsageError(f"{path}: {key!r} cannot be set here: {reason}")
        if key not in allowed:
            from jmdi.errors import suggest

            near = " or ".join(map(repr, suggest(key, sorted(allowed))))
            cure = f"did you mean {near}?" if near else "'jmdi config' lists all settings"
            raise click.UsageError(f"{path}: unknown setting {key!r}: {cure}")


def _checked(path: Path, setting: Setting, value: Any, ctx: click.Context) -> Any:
    """A value of the file as the option takes it."""
    if setting.is_flag and not isinstance(value, bool):
        raise click.UsageError(f"{path}: {setting.key} is true or false, not {value!r}")
    many = value if isinstance(value, list) else [value]
    if not all(isinstance(part, (str, int, float, bool)) for part in many):
        raise click.UsageError(f"{path}: {setting.key} cannot be {value!r}")
    value = [str(part) for part in many] if setting.multiple else value
    try:
        setting.type_cast_value(ctx, value)
    except click.UsageError as error:
        raise click.UsageError(f"{path}: {setting.key}: {error.message}") from None
    return value


def sources(root: click.Group, ctx: click.Context) -> Iterator[tuple[str, Any, str]]:
    """Every setting with its value and where that is from.

    Args:
        root: The command ``jmdi``.
        ctx: Its context.
    """
    file = ctx.ensure_object(Session).settings_file
    seen = set()
    for command, setting in settings_of(root, ctx):
        if setting.key in seen:
            continue
        seen.add(setting.key)
        name = str(setting.name)
        if command:
            own = _dry_run(root, ctx, command)
            value = own.params.get(name)
        else:
            own = ctx
            value = getattr(ctx.ensure_object(Session), name)
        source = own.get_parameter_source(name) or ParameterSource.DEFAULT
        yield setting.key, _plain(value), _origin(source, setting, file)


def _dry_run(root: click.Group, ctx: click.Context, name: str) -> click.Context:
    """The context of a command without arguments, for what its settings would be."""
    command = root.get_command(ctx, name)
    assert command is not None
    return command.make_context(name, [], parent=ctx, resilient_parsing=True)


def _plain(value: Any) -> Any:
    """A value as JSON knows it; what was not given is ``None``."""
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else None


def _origin(source: ParameterSource, setting: Setting, file: Path | None) -> str:
    if source is ParameterSource.COMMANDLINE:
        return "command line"
    if source is ParameterSource.ENVIRONMENT:
        return f"environment {setting.variable}"
    if source is ParameterSource.DEFAULT_MAP:
        return f"file {file}"
    return "default"
