"""Writes a Dataset or a Network with the exporters of a model."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import IO

import attrs

from jmdi.errors import LISTED, DataError, JmdiError, NotFound, Problem, Where
from jmdi.files.lines import Lines
from jmdi.files.native import lines_of
from jmdi.files.paths import atomic_write
from jmdi.files.unwritable import unwritable_text, unwritable_texts
from jmdi.graph.dataset import Dataset
from jmdi.graph.doer import Doer
from jmdi.graph.network import Network
from jmdi.model.frozen import thaw
from jmdi.model.writing import unstructure
from jmdi.plugins.blame import blamed, plugin_of
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.known import install_for
from jmdi.plugins.specs import Exporter
from jmdi.running.inputs import Input
from jmdi.running.options import checked_options
from jmdi.running.projecting import parameters_for, project

__all__ = ["export", "exporter_for", "prepared", "write"]


def write(
    model: Doer,
    data: Dataset | Network,
    target: Input,
    format: str | None,
    options: Mapping[str, object],
) -> None:
    """Writes data; a file appears whole or not at all.

    Raises:
        DataError: If a record holds what cannot be written.
        FormatError: If the target cannot be written.
        NotFound: If there is no exporter, for this name or ending, or no such option.
        BadParameter: If an option has a value that it cannot have.
        PluginError: If the exporter fails.
        TypeError: If the data is neither, or the target a stream of text.
    """
    if not isinstance(data, (Dataset, Network)):
        cure = "jmdi.dataset(records) makes one of records"
        raise TypeError(f"a Dataset or a Network is written, not a {type(data).__name__}: {cure}")
    if isinstance(target, io.TextIOBase):
        raise TypeError("open the file to write in binary mode, open(path, 'wb')")
    exporter = exporter_for(model.catalog, data, target, format)
    prepared_data, rest = prepared(model, exporter, data, options)
    try:
        export(model, exporter, prepared_data, target, rest)
    except UnicodeEncodeError as error:
        raise _unwritable(data, error) from None


def export(
    model: Doer,
    exporter: Exporter,
    data: Dataset | Network | Lines,
    target: Input,
    options: Mapping[str, object],
) -> None:
    """Gives an exporter what it takes, and the stream or folder for it.

    Raises:
        DataError: If a record holds what cannot be written.
        FormatError: If the target cannot be written.
        PluginError: If the exporter fails.
        TypeError: If the exporter writes a folder, and the target is a stream.
        UnicodeEncodeError: If a text cannot be written.
    """
    if not isinstance(target, (str, os.PathLike)):
        if exporter.folder:
            raise TypeError(f"exporter {exporter.name!r} writes a folder: give a path")
        _export(model.catalog, exporter, data, target, options)
    elif exporter.folder:
        _export(model.catalog, exporter, data, Path(target), options)
    else:
        with atomic_write(target) as stream:
            _export(model.catalog, exporter, data, stream, options)


def prepared(
    model: Doer, exporter: Exporter, data: Dataset | Network, options: Mapping[str, object]
) -> tuple[Dataset | Network | Lines, dict[str, object]]:
    """What an exporter is given: a network or lines if it takes them, and its own options.

    Raises:
        NotFound: If there is no such option.
        BadParameter: If an option has a value that it cannot have.
        TypeError: If the exporter takes no Network, and the data is one.
    """
    rest = dict(options)
    if exporter.takes == "network" and isinstance(data, Dataset):
        chosen, what = str(rest.pop("projection", "full")), f"exporter {exporter.name!r}"
        rest, below = parameters_for(model.catalog, what, exporter.options, chosen, rest)
        data = project(model, data, chosen, below)
    elif exporter.takes != "network" and isinstance(data, Network):
        endings = (
            x
            for e in model.catalog.exporters.values()
            if e.takes == "network"
            for x in e.extensions
        )
        raise TypeError(
            f"exporter {exporter.name!r} takes a Dataset, not a Network: a network is written as "
            f"{', '.join(sorted(set(endings)))}; its rows as data frames are network.to_frames(), "
            "the records behind it network.dataset"
        )
    checked = checked_options(exporter, rest)
    if exporter.takes == "lines" and isinstance(data, Dataset):
        return lines_of(data), checked
    return data, checked


def exporter_for(
    catalog: Catalog, data: Dataset | Network, target: Input, format: str | None
) -> Exporter:
    """The exporter for a target: by name, else by the ending of its path.

    Raises:
        NotFound: If there is no exporter of this name or for this ending.
        TypeError: If the target is a stream and no format is named.
    """
    if format is not None:
        return catalog.exporter(format)
    if not isinstance(target, (str, os.PathLike)):
        raise TypeError("name the format when writing to a stream: format='jsonl'")
    exporters = list(catalog.exporters.values())
    named = os.fspath(target).lower()
    lower = named.rstrip(os.sep)
    folder = named != lower or os.path.isdir(target)  # noqa: PTH112
    fitting = [e for e in exporters if lower.endswith(e.extensions) and (e.folder or not folder)]
    missing = None if fitting else install_for("ending", PurePath(lower).suffix)
    if folder and not fitting and missing is None:
        fitting = [e for e in exporters if e.folder and not e.extensions]
    takes = ("network",) if isinstance(data, Network) else ("dataset", "lines")
    # The longest ending says most: .node-link.json is more than .json. A format that is read too
    # comes before a report, which is only written.
    fitting.sort(
        key=lambda e: (-_ending(e, lower), e.takes not in takes, e.name not in catalog.importers)
    )
    if fitting:
        return fitting[0]
    endings = sorted({x for e in exporters for x in e.extensions})
    known = None if len(endings) <= LISTED else f"known endings are {', '.join(endings)}"
    raise NotFound("exporter for", Path(target).name, endings, cure=missing or known)


def _ending(exporter: Exporter, path: str) -> int:
    """How long the ending of a path is that the exporter has."""
    return max((len(x) for x in exporter.extensions if path.endswith(x)), default=0)


def _export(
    catalog: Catalog,
    exporter: Exporter,
    data: Dataset | Network | Lines,
    target: IO[bytes] | Path,
    options: Mapping[str, object],
) -> None:
    """Runs an exporter; an unexpected error is the plugin's, and problems name the plugin."""
    with blamed(catalog, "exporter", exporter.name, JmdiError, OSError, UnicodeEncodeError):
        try:
            exporter.write(data, target, **options)
        except DataError as error:
            plugin = plugin_of(catalog, "exporter", exporter.name)
            error.problems = tuple(attrs.evolve(p, plugin=plugin) for p in error.problems)
            raise


def _unwritable(data: Dataset | Network, error: UnicodeEncodeError) -> DataError:
    """The error for what a file cannot hold, with every record and member that has such a text."""
    dataset = data if isinstance(data, Dataset) else data.dataset
    found: list[Problem] = []
    for record in () if dataset is None else dataset.records:
        where = Where(record=str(record.id), kind=record.kind)
        found += unwritable_texts(unstructure(record), error.encoding, where)
    if isinstance(data, Network) and not found:
        found += _unwritable_nodes(data, error.encoding)
    return DataError(found or [unwritable_text(error, Where())])


def _unwritable_nodes(network: Network, encoding: str) -> Iterator[Problem]:
    """The texts of nodes that cannot be written; an attribute's name is said of the first node."""
    for number, node in enumerate(network.nodes):
        values = {"id": node}
        values |= {name: column[number] for name, column in network.node_attributes.items()}
        yield from unwritable_texts(thaw(values), encoding, Where(record=node))
