"""What a format cannot keep of data, found before anything is written."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from jmdi.errors import JmdiError, Problem, Severity
from jmdi.graph.dataset import Dataset
from jmdi.graph.doer import Doer
from jmdi.graph.losses import differences
from jmdi.graph.network import Network
from jmdi.model.records import Relation
from jmdi.plugins.blame import blamed, plugin_of
from jmdi.plugins.context import Limits
from jmdi.plugins.specs import Exporter
from jmdi.running.inputs import Source
from jmdi.running.reading import Reading
from jmdi.running.writing import prepared, write

__all__ = ["losses", "written_and_read"]

PLAINEST = "node-link"
"""The format that keeps most of a Network; others are measured by it."""


def losses(
    model: Doer,
    data: Dataset | Network,
    format: str,
    options: Mapping[str, object],
    *,
    back: Callable[..., tuple[Dataset, list[Problem]]] | None = None,
) -> tuple[Problem, ...]:
    """What a format cannot keep of data.

    The exporter is asked, if it can say anything; then the data is written in memory, read again
    and compared, and what differs besides is added.

    Args:
        model: The model that has the exporter.
        data: What would be written.
        format: Name of the exporter.
        options: What writing takes.
        back: Writes and reads as `written_and_read`, which takes its place.

    Raises:
        DataError: If a record holds what cannot be written.
        NotFound: If there is no exporter of this name, or no such option.
        BadParameter: If an option has a value that it cannot have.
        PluginError: If the exporter fails.
    """
    exporter = model.catalog.exporter(format)
    if exporter.lossless:
        return ()
    said = _asked(model, exporter, data, options)
    reader = exporter.importer or exporter.name
    if reader in model.catalog.importers:
        named = {(problem.where.kind, problem.where.member) for problem in said}
        again, noted = (back or written_and_read)(model, exporter, reader, data, options)
        found = [*noted, *_compared(model, data, again)]
        said += [p for p in found if (p.where.kind, p.where.member) not in named]
    elif exporter.losses is None:
        message = f"nothing reads {exporter.name!r}, so what it does not keep is not known"
        said.append(Problem("J564", Severity.WARNING, message))
    return tuple(said)


def _asked(
    model: Doer, exporter: Exporter, data: Dataset | Network, options: Mapping[str, object]
) -> list[Problem]:
    """What the exporter itself says."""
    ask: Any = exporter.losses
    if ask is None:
        return []
    given, rest = prepared(model, exporter, data, options)
    plugin = plugin_of(model.catalog, "exporter", exporter.name)
    with blamed(model.catalog, "exporter", exporter.name, JmdiError):
        return [attrs.evolve(problem, plugin=plugin) for problem in ask(given, **rest)]


def written_and_read(
    model: Doer,
    exporter: Exporter,
    reader: str,
    data: Dataset | Network,
    options: Mapping[str, object],
) -> tuple[Dataset, list[Problem]]:
    """What is read of data that was written, and what the exporter reported while it wrote."""
    noted: list[Problem] = []
    if any(option.name == "report" for option in exporter.options):
        options = {"report": noted.append, **options}
    return _again(model, exporter.name, reader, data, options), noted


def _compared(model: Doer, data: Dataset | Network, again: Dataset) -> Iterator[Problem]:
    """What differs when the data is written and read again."""
    if isinstance(data, Dataset):
        yield from differences(data, again)
        return
    before = _again(model, PLAINEST, PLAINEST, data, {})
    yield from (p for p in differences(before, again) if not _names_an_edge(model, p))


def _names_an_edge(model: Doer, problem: Problem) -> bool:
    """Whether it is about the id of an edge, which a Network has none of; readers make one."""
    kind = model.catalog.kinds.get(problem.where.kind or "")
    return problem.where.member == "/id" and kind is not None and issubclass(kind, Relation)


def _again(
    model: Doer,
    format: str,
    reader: str,
    data: Dataset | Network,
    options: Mapping[str, object],
) -> Dataset:
    """What is read of data that was written in a format; nothing of what cannot be read."""
    if not model.catalog.exporter(format).folder:
        stream = io.BytesIO()
        write(model, data, stream, format, options)
        stream.seek(0)
        return _read(model, reader, stream)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "written"
        write(model, data, folder, format, options)
        return _read(model, reader, folder)


def _read(model: Doer, reader: str, source: Source) -> Dataset:
    return Reading(model, reader, "keep", Limits(), None, None, {}).dataset(source)
