"""Reading what a command is given: files, folders, patterns and standard input."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jmdi.cli.own_process import in_this_folder
from jmdi.cli.progress import progress
from jmdi.cli.session import Session
from jmdi.cli.streams import STDIO, stdin

if TYPE_CHECKING:
    from jmdi.errors import Problem
    from jmdi.graph.dataset import Dataset
    from jmdi.plugins.specs import Parameter
    from jmdi.running.reading import OnError

__all__ = [
    "assigned",
    "expanded",
    "findings",
    "fitted",
    "importer_options",
    "read",
    "read_whole",
    "size_of",
    "sources",
]


def sources(names: Sequence[str]) -> list[Any]:
    """The inputs that names mean: ``-`` is standard input, once.

    Raises:
        click.UsageError: If ``-`` is given twice.
    """
    if names.count(STDIO) > 1:
        raise click.UsageError("standard input ('-') can be read only once")
    return [stdin() if name == STDIO else name for name in names]


def expanded(names: Sequence[str]) -> list[str]:
    """The names with patterns replaced by the files that fit them, in order."""
    from jmdi.running.inputs import inputs_of

    found = ([name] if name == STDIO else inputs_of(name) for name in names)
    return [str(one) for part in found for one in part]


def size_of(name: object) -> int | None:
    """The bytes of a regular file; ``None`` for anything else."""
    path = Path(name) if isinstance(name, str) else None
    return path.stat().st_size if path is not None and path.is_file() else None


def read(
    session: Session,
    names: Sequence[str],
    *,
    format: str | None = None,
    on_error: OnError = "keep",
    options: Mapping[str, Any] | None = None,
    every: bool = False,
) -> Dataset:
    """Reads inputs into one Dataset.

    Args:
        session: The run.
        names: Files, folders, patterns, or ``-``.
        format: Name of the importer; ``None`` finds it.
        on_error: What to do with errors, as in `jmdi.Model.read`.
        options: Options of the importer.
        every: Whether to list every problem, however many there are.

    Raises:
        DataError: With ``raise``, if the data has errors.
        FormatError: With ``raise``, if an input cannot be read at all.
        NotFound: If there is no importer of this name.
        PluginError: With ``raise``, if an importer fails.
    """
    from jmdi.plugins.context import Limits

    limits = Limits(problems=sys.maxsize, alike=sys.maxsize) if every else Limits()
    inputs = sources(names)
    total = size_of(inputs[0]) if len(inputs) == 1 else None
    model = session.model
    what = f"reading {', '.join(names[:3])}"
    with progress(session, what, total) as advance, in_this_folder():
        return model.read(
            inputs,
            format=format,
            on_error=on_error,
            limits=limits,
            progress=advance,
            **(options or {}),
        )


def read_whole(
    session: Session,
    *names: str,
    format: str | None = None,
    options: Mapping[str, Any] | None = None,
) -> Dataset:
    """Reads inputs that must be readable into one Dataset; errors in their data are kept.

    Raises:
        FormatError: If one cannot be read at all.
        NotFound: If there is no importer of this name.
        PluginError: If an importer fails.
    """
    from jmdi.cli.failures import error_of

    dataset = read(session, names, format=format, options=options)
    if dataset.unread:
        raise error_of(*dataset.unread.values())
    return dataset


def findings(problems: Iterable[Problem], unread: Mapping[str, Problem]) -> int:
    """The exit code for what was wrong while reading; 0 if there were no errors."""
    from jmdi.cli.failures import FINDINGS, error_of, exit_code

    worst = max((exit_code(error_of(problem)) for problem in unread.values()), default=0)
    return worst or (FINDINGS if any(problem.is_error for problem in problems) else 0)


def importer_options(
    session: Session, given: Mapping[str, str], format: str | None, *, besides: Collection[str] = ()
) -> dict[str, Any]:
    """Those of the options that are an importer's, as it takes them.

    Args:
        session: The run.
        given: Names and texts, as `assigned` gives them.
        format: Name of the importer; ``None`` if its content will tell, and the importer then
            refuses what it does not know.
        besides: Names that are not for the importer.

    Raises:
        NotFound: If no importer has an option of the name, or there is no importer of this name.
        click.UsageError: If a value is not what the option wants.
    """
    from jmdi.errors import NotFound

    catalog = session.catalog
    importers = [catalog.importer(format)] if format else list(catalog.importers.values())
    known = {p.name: p for importer in importers for p in importer.options}
    for name in given:
        if name not in known and name not in besides:
            writers = [
                exporter.name
                for exporter in catalog.exporters.values()
                if any(parameter.name == name for parameter in exporter.options)
            ]
            cure = f"{', '.join(writers[:3])} have it: name one with --to" if writers else None
            raise NotFound("option", name, sorted({*known, *besides}), cure=cure)
    return {n: fitted(known[n], text) for n, text in given.items() if n not in besides}


def assigned(pairs: Iterable[str], option: str) -> dict[str, str]:
    """``name=value`` pairs as a dict.

    Raises:
        click.UsageError: If one has no name or no ``=``, or a name is given twice.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.strip().replace("-", "_")
        if not equals or not name:
            raise click.UsageError(f"{option} takes name=value, not {pair!r}")
        if name in found:
            raise click.UsageError(f"{option} {name} is given twice")
        found[name] = value
    return found


def fitted(parameter: Parameter, text: str) -> Any:
    """The text of a value as a parameter takes it.

    A list is written with commas, or as JSON; a mapping as JSON; a text in quotes stays a text.

    Raises:
        click.UsageError: If it is not what the parameter wants.
    """
    wanted = parameter.wanted
    try:
        value = wanted.read(text)
        if wanted.takes(value):
            return value
    except ValueError:
        pass
    if wanted.choices:
        return text  # refused with the nearest choice by what takes it
    cure = ""
    if wanted.takes({}):
        cure = f""": write it as JSON, such as {parameter.name}='{{"NAME": "VALUE"}}'"""
    raise click.UsageError(f"{parameter.name} is {wanted.words}, not {text!r}{cure}")
