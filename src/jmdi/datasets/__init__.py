"""Data sets that come with jmdi and need no download."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jmdi.errors import FormatError, NotFound, Problem, Severity, Where

if TYPE_CHECKING:
    from jmdi.app import Model
    from jmdi.graph.dataset import Dataset

__all__ = ["copy", "describe", "load", "names", "notes"]

_ABOUT = {
    "jmdi": "the programme from published facts: 36 of its 67 projects, who took part, practices, "
    "figures, knowledge, what sources disagree on; and an example work plan",
    "sample": "an invented programme on which every metric is defined: actors in 8 countries, "
    "initiatives, ties, surveys, adoptions, plans and knowledge; nothing in it is true",
    "tables-template": "empty tables for your own data, one CSV per kind, with their columns",
}
_LOADABLE = ("jmdi", "sample")
HOME = Path(__file__).parent


def names() -> tuple[str, ...]:
    """The names of what can be loaded or copied."""
    return tuple(_ABOUT)


def describe(name: str) -> str:
    """What a data set holds, in one sentence.

    Raises:
        NotFound: If there is none of this name.
    """
    if name not in _ABOUT:
        raise NotFound("data set", name, _ABOUT)
    return _ABOUT[name]


def notes(name: str) -> str:
    """What is to be known before a data set is used: sources, licence, attribution, limits.

    Raises:
        NotFound: If there is none of this name.
    """
    if name not in _LOADABLE:
        return f"{describe(name)}\n"
    return (HOME / f"{name}.md").read_text("utf-8")


def load(name: str, *, model: Model | None = None) -> Dataset:
    """Reads a bundled data set.

    Args:
        name: Its name.
        model: The model to read it with; the default model if it is not given.

    Raises:
        NotFound: If there is none of this name, or it is a template that holds no records.
    """
    from jmdi.app import default_model

    if name not in _LOADABLE:
        cure = "it is a template: use jmdi.datasets.copy" if name in _ABOUT else None
        raise NotFound("data set", name, _LOADABLE, cure=cure)
    with (HOME / f"{name}.jsonl").open("rb") as stream:
        return (model or default_model()).read(stream, format="jsonl")


def copy(name: str, destination: str | Path) -> list[Path]:
    """Copies a data set with its notes, or a template, to a folder.

    Files that are there are never replaced.

    Returns:
        The files that were written.

    Raises:
        FormatError: If a file of the same name is there.
        NotFound: If there is no data set of this name.
    """
    describe(name)
    folder = Path(destination)
    if name == "tables-template":
        from jmdi.builtin.formats.tables.write import write_template

        write_template(str(folder))
        return sorted(folder.iterdir())
    folder.mkdir(parents=True, exist_ok=True)
    targets = [folder / f"{name}.jsonl", folder / f"{name}.md"]
    for target in filter(Path.exists, targets):
        where = Where(file=str(target))
        message = "is there already and is not replaced"
        raise FormatError([Problem("J109", Severity.ERROR, message, where, cure="move it away")])
    for target in targets:
        target.write_bytes((HOME / target.name).read_bytes())
    return targets
