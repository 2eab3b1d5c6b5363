"""The pages on how jmdi is called: the command line and the Python interface."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from types import ModuleType
from typing import Any

import attrs
import click

import jmdi
from jmdi.cli.options import _Global
from jmdi.cli.root import COMMANDS, cli
from jmdi.graph.difference import Change, Difference
from jmdi.graph.report import CheckReport
from jmdi.graph.views import Records
from jmdi.model import kinds, relations, values
from jmdi.model.records import Entity, Facet, Record, Relation
from jmdi.plugins import specs
from reference.text import block, body, coded, codes, page, prose, sentence, summary, table

ELSEWHERE = (
    ("kinds.md", kinds),
    ("relations.md", relations),
    ("values.md", values),
    ("specs.md", specs),
)
RETURNED = (Records, CheckReport, Difference, Change)
MODULES = ("jmdi.metrics", "jmdi.datasets", "jmdi.testing")
EXIT_CODES = (
    ("0", "fine"),
    ("1", "findings: errors in the data, a value under `--fail-under`, a difference"),
    ("2", "wrong usage"),
    ("3", "a file cannot be read or written, or its format is not known"),
    ("4", "a plugin failed"),
    ("5", "a file is of a newer format"),
    ("130", "interrupted"),
)


def cli_page() -> str:
    """cli.md: every command with its options."""
    parts: list[str] = []
    context = click.Context(cli, info_name="jmdi")
    shared = _options([p for p in cli.params if p.name != "help"])
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        parts += list(_command(command, context, name))
    return page(
        "Command line",
        "`python -m jmdi` is the same as `jmdi`. Results go to standard output; progress, "
        "warnings and errors go to standard error. `-` as a file is standard input or output.",
        "## Exit codes",
        table(("Code", "Meaning"), EXIT_CODES),
        "## Options of all commands",
        "They stand before or after the name of the command.",
        shared,
        "## Settings",
        "An option is looked for on the command line, then in the environment (`JMDI_ON_ERROR` "
        "for `--on-error`), then in the nearest `jmdi.toml` or `[tool.jmdi]` of "
        "`pyproject.toml`, here or in a folder above; `jmdi config` shows each with its value "
        "and where that is from. `JMDI_PLUGINS=off` loads no plugin, `JMDI_PLUGINS=a,b` only "
        "these. `NO_COLOR` switches colour off.",
        *parts,
    )


def _command(command: click.Command, context: click.Context, name: str) -> Iterator[str]:
    inner = click.Context(command, info_name=name, parent=context)
    usage = re.sub(r"\s+", " ", command.get_usage(inner)).removeprefix("Usage: ")
    yield f"## {name}"
    yield block(usage, "text")
    paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
    yield "\n\n".join(map(prose, paragraphs))
    yield _options([p for p in command.params if not isinstance(p, _Global) and p.name != "help"])
    if isinstance(command, click.Group):
        for sub in command.list_commands(inner):
            found = command.get_command(inner, sub)
            assert found is not None
            for part in _command(found, inner, sub):
                yield part.replace(f"## {sub}", f"### {name} {sub}", 1)
    elif command.epilog:
        examples = [line.strip() for line in command.epilog.splitlines() if "jmdi " in line]
        yield "\n".join(f"- `{line}`" for line in examples)


def _options(parameters: list[Any]) -> str:
    rows = []
    for option in parameters:
        if not isinstance(option, click.Option) or option.hidden:
            continue
        names = codes([*option.opts, *option.secondary_opts])
        variable = getattr(option, "variable", None)
        default = option.default if option.show_default else None
        takes = "" if option.is_flag or option.count else _takes(option)
        rows.append(
            (names, takes, sentence(option.help or ""), coded(default or ""), coded(variable or ""))
        )
    return table(("Option", "Takes", "Meaning", "Default", "Environment"), rows)


def _takes(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return codes(option.type.choices)
    return coded(option.metavar or option.type.name.upper())


def api_page() -> str:
    """api.md: every public name with its signature."""
    parts: list[str] = []
    for name in sorted(jmdi.__all__, key=lambda n: (n.casefold(), n)):
        thing = getattr(jmdi, name)
        if isinstance(thing, ModuleType):
            thing = getattr(thing, "__call__", None)  # noqa: B004
        if thing is not None:
            parts += list(_entry(name, thing))
    parts.append("## Returned by these")
    parts += [part for thing in RETURNED for part in _class(thing, "###")]
    for module in MODULES:
        parts += list(_module(importlib.import_module(module)))
    return page(
        "Python interface",
        "What is on this page is public; everything else may change without notice. Importing "
        "`jmdi` is cheap: each name is loaded when it is first used.",
        *parts,
    )


def _module(module: ModuleType) -> Iterator[str]:
    yield f"## {module.__name__}"
    yield body(module).split(">>>")[0].strip()
    rows = []
    for name in sorted(module.__all__):
        thing = getattr(module, name)
        if name == "REASONS":
            what = "Why a result can be undefined; see [metrics](metrics.md)."
        elif hasattr(jmdi, name) and getattr(jmdi, name) is thing:
            what = f"See [{name}](#{name.lower()})."
        else:
            what = summary(thing)
        rows.append((coded(name), what))
    yield table(("Name", "What it is"), rows)
    functions = [(n, getattr(module, n)) for n in sorted(module.__all__)]
    yield block(
        "\n".join(
            f"{module.__name__}.{n}{_signature(f)}" for n, f in functions if inspect.isfunction(f)
        ),
        "text",
    )


def _entry(name: str, thing: Any) -> Iterator[str]:
    """A public name: what it is, and for a class its attributes and methods."""
    if name in _SHORT:
        yield f"## {name}"
        yield _SHORT[name]
    elif target := _elsewhere(thing):
        yield f"## {name}"
        yield f"{summary(thing)} See [{name}]({target}#{name.lower()})."
        yield from _members(thing, "###")
    elif isinstance(thing, type):
        yield from _class(thing, "##")
    else:
        yield f"## {name}"
        yield from _function(f"jmdi.{name}", thing)


def _elsewhere(thing: Any) -> str | None:
    """The page that describes a class in full, if another one does."""
    if not isinstance(thing, type):
        return None
    if thing is Relation:
        return "relations.md"
    if thing in (Record, Entity):
        return "kinds.md"
    return next((t for t, m in ELSEWHERE if thing.__module__ == m.__name__), None)


_SHORT = {
    "CLUSTERS": "The seven clusters of the programme, as `Theme` records that every Dataset knows.",
    "PILLARS": "The five pillars of knowledge management, as `Pillar` records that every Dataset "
    "knows.",
    "Id": "The type of the field `id`: a string.",
    "Ref": "`Ref[Actor]` is the type of a field that holds the id of an actor; `Ref['Actor']` "
    "where the class comes later.",
    "Text": "The type of names and descriptions: a mapping from language to words.",
    "hookimpl": "Marks a function as an implementation of the [hook](hooks.md) that it is named "
    "after.",
}


def _class(cls: type, level: str) -> Iterator[str]:
    """A class: its call, its attributes, its properties and its methods."""
    yield f"{level} {cls.__name__}"
    if not issubclass(cls, BaseException | Enum | Record | Facet):
        yield block(f"{cls.__name__}{_signature(cls)}", "text")
    yield body(cls)
    yield from _members(cls, f"{level}#", {**_section(cls, "Args"), **_section(cls, "Attributes")})


def _members(cls: type, level: str, plain: dict[str, str] | None = None) -> Iterator[str]:
    """Properties as a list, methods under headings of their own."""
    plain, methods = dict(plain or {}), []
    for name, member in vars(cls).items():
        if name.startswith("_") or isinstance(member, type):
            continue
        found = member.__func__ if isinstance(member, classmethod) else member
        if isinstance(found, property | cached_property):
            plain.setdefault(name, summary(found))
        elif inspect.isfunction(found):
            methods.append((name, found))
    yield _bullets(plain)
    for name, method in methods:
        yield f"{level} {cls.__name__}.{name}"
        yield from _function(name, method, bound=True)


def _function(name: str, function: Any, *, bound: bool = False) -> Iterator[str]:
    """A function or method: its call, what it does, its parameters and exceptions."""
    yield block(f"{name}{_signature(function, bound=bound)}", "text")
    yield body(function)
    yield _bullets(_section(function, "Args"))
    raises = _section(function, "Raises")
    yield _bullets({f"{n}`": f"{t}" for n, t in raises.items()}).replace("- `", "- Raises `")


def _section(thing: Any, title: str) -> dict[str, str]:
    """The entries of a section of a docstring."""
    rest = (inspect.getdoc(thing) or "").partition(f"{title}:\n")[2]
    entries: dict[str, str] = {}
    for line in rest.splitlines():
        if line and not line.startswith(" "):
            break
        if match := re.fullmatch(r" {4}(\*{0,2}\w+): (.*)", line):
            entries[match[1]] = match[2]
        elif entries and line.strip():
            entries[next(reversed(entries))] += f" {line.strip()}"
    return entries


def _bullets(entries: dict[str, str]) -> str:
    return "\n".join(f"- `{n.rstrip('`')}`: {prose(text)}" for n, text in entries.items())


def _signature(thing: Any, *, bound: bool = False) -> str:
    """How a callable is called, with types as they are declared."""
    signature = inspect.signature(thing)
    parts, star = [], False
    for number, parameter in enumerate(signature.parameters.values()):
        if bound and number == 0:
            continue
        if parameter.kind is parameter.VAR_POSITIONAL:
            star = True
        elif parameter.kind is parameter.KEYWORD_ONLY and not star:
            parts.append("*")
            star = True
        parts.append(_parameter(parameter))
    line = f"({', '.join(parts)})"
    returns = signature.return_annotation
    if isinstance(thing, type) or returns is signature.empty:
        return line
    return f"{line} -> {_type(returns)}"


def _parameter(parameter: inspect.Parameter) -> str:
    mark = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}.get(parameter.kind.name, "")
    text = f"{mark}{parameter.name}"
    if parameter.annotation is not parameter.empty:
        text += f": {_type(parameter.annotation)}"
    if parameter.default is not parameter.empty:
        text += f" = {_default(parameter.default)}"
    return text


def _type(annotation: Any) -> str:
    if isinstance(annotation, str):
        return annotation.strip("'")
    return getattr(annotation, "__name__", None) or str(annotation).replace("typing.", "")


def _default(default: Any) -> str:
    if attrs.has(type(default)):
        return f"{type(default).__name__}()"
    if isinstance(default, Enum):
        return str(default)
    return getattr(default, "__name__", None) or repr(default)
