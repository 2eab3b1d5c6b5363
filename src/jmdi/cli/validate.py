"""``jmdi validate``: everything that is wrong with files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jmdi.cli.names import complete
from jmdi.cli.options import from_option, importer_option, new_command, setting
from jmdi.cli.own_process import in_this_folder
from jmdi.cli.session import Session, pass_session

if TYPE_CHECKING:
    from jmdi.errors import Problem
    from jmdi.plugins.catalog import Catalog

FORMATS = ("text", "json", "github", "sarif")


@new_command(
    "validate", "jmdi validate workplan.csv", "jmdi validate *.jsonl --format github --ignore J107"
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@from_option
@importer_option
@setting(
    "--select",
    multiple=True,
    metavar="CODE",
    shell_complete=complete("codes"),
    help="Show only these codes, or those that begin so (J2); may be given several times.",
)
@setting(
    "--ignore",
    multiple=True,
    metavar="CODE",
    shell_complete=complete("codes"),
    help="Leave these codes out, or those that begin so.",
)
@setting(
    "--format",
    "style",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How problems are written.",
)
@setting("--strict", is_flag=True, environment=False, help="Count warnings as findings too.")
@setting(
    "--all", "all_", is_flag=True, help="Show every problem at its place, however many there are."
)
@click.option(
    "--fix",
    multiple=True,
    metavar="CODE",
    shell_complete=complete("codes"),
    help="Correct all problems of a code for which a safe fix is registered.",
)
@pass_session
def command(
    session: Session,
    files: tuple[str, ...],
    format_: str | None,
    options: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    style: str,
    strict: bool,
    all_: bool,
    fix: tuple[str, ...],
) -> int:
    """Report all problems of files; nothing is changed.

    Problems are what went wrong while reading, and what the checks find. Exits with 1 if
    there are errors (with --strict: or warnings), with 3 if a file cannot be read, with 4 if
    a check itself fails.
    """
    from jmdi.cli.problem_formats import write_problems
    from jmdi.cli.reading import assigned, importer_options

    for code in (*select, *ignore, *fix):
        _known(session.catalog, code)
    for code in fix:
        _refuse_fix(session.catalog, code)
    reading = importer_options(session, assigned(options, "--option"), format_)
    found: list[Problem] = []
    worst = records = 0
    for name in files:
        problems, number, failure = examine(session, name, format_, reading, every=all_)
        found += problems
        records += number
        worst = max(worst, failure)
    found = [p for p in found if _wanted(p.code, select, ignore)]
    findings = any(p.is_error or (strict and p.severity.value == "warning") for p in found)
    session.outcome = worst or int(findings)
    write_problems(found, style, session.catalog.codes, all_=all_)
    _sum_up(session, found, files, records)
    return session.outcome


def examine(
    session: Session,
    name: str,
    format: str | None = None,
    options: Mapping[str, Any] | None = None,
    *,
    every: bool = False,
) -> tuple[list[Problem], int, int]:
    """All problems of one input, how many records it has, and its exit code.

    That is not 0 if the input is unreadable or a check of a plugin failed.

    Raises:
        NotFound: If there is no importer of this name.
    """
    from jmdi.cli.failures import PLUGIN
    from jmdi.cli.places import located
    from jmdi.cli.reading import findings, read
    from jmdi.graph.report import FAILED

    dataset = read(session, [name], format=format, options=options, every=every)
    if dataset.unread:
        return list(dataset.problems), 0, findings((), dataset.unread)
    with in_this_folder():
        report = session.model.check(dataset)
    found = located([*dataset.problems, *report], dataset, name)
    failure = PLUGIN if any(problem.code == FAILED for problem in report) else 0
    return list(dict.fromkeys(found)), len(dataset), failure


def _wanted(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    return (not select or code.startswith(tuple(select))) and not code.startswith(tuple(ignore))


def _known(catalog: Catalog, code: str) -> None:
    """Refuses a code that no problem can have.

    Raises:
        NotFound: With the codes that are near.
    """
    from jmdi.errors import NotFound

    codes = dict.fromkeys([*catalog.codes, *(check.code for check in catalog.checks)])
    if not any(known.startswith(code) for known in codes):
        raise NotFound("problem code", code, codes, cure="'jmdi explain' lists them")


def _refuse_fix(catalog: Catalog, code: str) -> None:
    """Says that a code has no fix; so far none has, because none would be safe.

    Raises:
        click.UsageError: Always.
    """
    page = catalog.codes.get(code)
    cure = f" By hand: {page.cure}" if page else ""
    raise click.UsageError(
        f"--fix {code}: no safe fix is registered for {code}, nothing was changed.{cure}"
    )


def _sum_up(session: Session, problems: list[Problem], files: Sequence[str], records: int) -> None:
    from jmdi.cli.layout import count
    from jmdi.cli.problems import summary

    folders = sum(Path(name).is_dir() for name in files)
    one = "folder" if folders == len(files) else "input" if folders else "file"
    size = f"{count(len(files), one)} ({count(records, 'record')})"
    text = f"{summary(problems)} in {size}"
    if problems:
        text += f". Explain a code: jmdi explain {min(p.code for p in problems)}"
    session.say(text)
