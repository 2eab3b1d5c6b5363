"""The Model: what is known about kinds and formats, and reading, writing and checking with it."""

from __future__ import annotations

import contextlib
import functools
import gc
import glob
import io
import itertools
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Literal, overload

import attrs

from jmdi.errors import DataError, JmdiError, NotFound, PluginError, Problem
from jmdi.files.paths import atomic_write, open_input, unreadable
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.model.records import Record
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.loader import build_catalog
from jmdi.plugins.specs import Exporter, ImportContext, Importer, Limits, Parameter

if TYPE_CHECKING:
    from jmdi.graph.checking import CheckReport

__all__ = ["Model", "default_model", "inputs_of"]

HEAD = 65536
PEEKED_FILES = 200
"""How many files of a folder are looked at to find out what it is."""

SNIFF_FAILED = "its sniff failed"
OnError = Literal["raise", "collect", "skip"]
Progress = Callable[[int, int | None], None]


@attrs.frozen(slots=True, eq=False)
class Model:
    """Everything that reading, checking and writing needs to know, as one value.

    Attributes:
        catalog: The kinds, formats, checks, projections and metrics that it knows.
    """

    catalog: Catalog = attrs.field(repr=lambda c: f"<{len(c.kinds)} kinds>")

    @classmethod
    def build(
        cls,
        plugins: Sequence[Any] = (),
        *,
        discover: bool = True,
        only: Iterable[str] | None = None,
        off: Iterable[str] = (),
        strict: bool | None = None,
    ) -> Model:
        """Builds a model from the core, the installed plugins and those given.

        Args:
            plugins: Modules or objects to use beside the installed plugins.
            discover: Whether to use installed plugins; ``False`` runs no code of others.
            only: Names of the installed plugins to use; ``None`` for all.
            off: Names of installed plugins not to use.
            strict: Whether a plugin that fails raises; ``None`` takes ``JMDI_STRICT``.

        Raises:
            PluginError: In strict mode, if a plugin fails.
        """
        return cls(build_catalog(plugins, discover=discover, only=only, off=off, strict=strict))

    def dataset(self, records: Iterable[Record] = ()) -> Dataset:
        """A Dataset of records that knows this model."""
        return Dataset(records, catalog=self.catalog)

    @overload
    def read(
        self,
        source: Source,
        *,
        format: str | None = ...,
        on_error: Literal["collect"],
        limits: Limits = ...,
        progress: Progress | None = ...,
        **options: Any,
    ) -> tuple[Dataset, tuple[Problem, ...]]: ...

    @overload
    def read(
        self,
        source: Source,
        *,
        format: str | None = ...,
        on_error: Literal["raise", "skip"] = ...,
        limits: Limits = ...,
        progress: Progress | None = ...,
        **options: Any,
    ) -> Dataset: ...

    def read(
        self,
        source: Source,
        *,
        format: str | None = None,
        on_error: OnError = "raise",
        limits: Limits = Limits(),  # noqa: B008
        progress: Progress | None = None,
        **options: Any,
    ) -> Dataset | tuple[Dataset, tuple[Problem, ...]]:
        """Reads a file, folder or stream of any format that the model knows.

        Args:
            source: A path, a glob pattern such as ``plans/*.docx``, a list of paths, or a
                binary stream. Several files are merged; conflicts become claims.
            format: Name of the importer; ``None`` finds it by content and ending.
            on_error: ``raise`` refuses data with errors; ``collect`` returns what could be
                read together with all problems; ``skip`` returns what could be read and
                keeps the problems on the Dataset.
            limits: Bounds on what is read.
            progress: Called with bytes read and, if known, bytes in all.
            **options: Options of the importer.

        Returns:
            The Dataset; with ``collect`` a pair of Dataset and problems.

        Raises:
            DataError: If the data has errors and ``on_error`` is ``raise``.
            FormatError: If a source cannot be read at all.
            NotFound: If there is no importer of this name.
            PluginError: If an importer fails.
        """
        if on_error not in ("raise", "collect", "skip"):
            raise ValueError(f"on_error is 'raise', 'collect' or 'skip', not {on_error!r}")
        parts = []
        for one in inputs_of(source):
            context = ImportContext(
                name=_name_of(one),
                options=options,
                limits=limits,
                progress=progress,
                catalog=self.catalog,
                path=None if _is_stream(one) else os.fspath(one),
            )
            with _paused_collector():
                parts.append(self._read_one(one, format, context))
        dataset = functools.reduce(Dataset.merge, parts)
        errors = [problem for problem in dataset.problems if problem.is_error]
        if errors and on_error == "raise":
            raise DataError(errors)
        return (dataset, dataset.problems) if on_error == "collect" else dataset

    def stream(
        self, source: Source, *, format: str | None = None, context: ImportContext | None = None
    ) -> Iterator[Record]:
        """The records of one file one by one, in bounded memory.

        Args:
            source: A path or a binary stream.
            format: Name of the importer; ``None`` finds it by content and ending.
            context: Where problems are reported; a new one is made if none is given.

        Yields:
            Records in the order of the file.

        Raises:
            FormatError: If the source cannot be read at all.
        """
        (one,) = inputs_of(source)
        if context is None:
            context = ImportContext(name=_name_of(one))
        context.catalog = self.catalog
        if not _is_stream(one):
            context.path = os.fspath(one)
        with self._opened(one, format, context) as (importer, stream):
            yield from _guarded(importer, stream, context)

    def _read_one(self, source: Any, format: str | None, context: ImportContext) -> Dataset:
        with self._opened(source, format, context) as (importer, stream):
            records = tuple(_guarded(importer, stream, context))
        problems = sorted(context.problems)
        return Dataset(records, catalog=self.catalog, header=context.header, problems=problems)

    @contextlib.contextmanager
    def _opened(
        self, source: Any, format: str | None, context: ImportContext
    ) -> Iterator[tuple[Importer, BinaryIO]]:
        """The importer for a source and the stream that it reads."""
        if not _is_stream(source) and os.path.isdir(source):  # noqa: PTH112
            importer = self._folder_importer(source, format)
            _check_options("importer", importer.name, importer.options, context.options)
            yield importer, None  # type: ignore[misc]
            return
        with contextlib.ExitStack() as stack:
            if _is_stream(source):
                stream, head = _peeked(source)
            else:
                stream = stack.enter_context(open_input(Path(source), limit=context.limits.size))
                head = stream.read(HEAD)
                stream.seek(0)
            importer = self._importer(context.name, head, format)
            _check_options("importer", importer.name, importer.options, context.options)
            yield importer, stream

    def _folder_importer(self, source: Any, format: str | None) -> Importer:
        """The importer for a folder: by name, else by its files, else the one for any folder."""
        if format is not None:
            return self.catalog.importer(format)
        folders = [i for i in self.catalog.importers.values() if i.folder]
        fitting = _fitting_folder(Path(source), [i for i in folders if i.sniff is not None])
        if not fitting:
            fitting = [i for i in folders if i.sniff is None]
        if len(fitting) == 1:
            return fitting[0]
        names = ", ".join(i.name for i in fitting or folders)
        raise unreadable(os.fspath(source), "is a folder", f"name the format: {names}")

    def _importer(self, name: str, head: bytes, format: str | None) -> Importer:
        """The importer for a file: by name, else by content among those of its ending."""
        if format is not None:
            return self.catalog.importer(format)
        lower = name.lower()
        importers = [i for i in self.catalog.importers.values() if not i.folder]
        ending = [i for i in importers if lower.endswith(i.extensions)]
        reasons = []
        for importer in [*ending, *(i for i in importers if i not in ending and i.sniff)]:
            verdict = _sniff(importer, head)
            if verdict is True:
                return importer
            if importer in ending:
                reasons.append(f"{importer.name}: {verdict or 'it is something else'}")
        if len(ending) == 1 and SNIFF_FAILED not in reasons[0]:
            return ending[0]  # it says better than we can what is wrong with the file
        hint = _who_reads(name, reasons, importers)
        raise unreadable(name, "no importer knows this format", hint, code="J106")

    def write(
        self,
        data: Dataset | Network,
        target: str | os.PathLike[str] | IO[bytes],
        *,
        format: str | None = None,
        **options: Any,
    ) -> None:
        """Writes a Dataset or a Network; a file appears whole or not at all.

        Args:
            data: What to write. A format of graphs takes a Network, or a Dataset together
                with ``projection=``.
            target: A path or a binary stream.
            format: Name of the exporter; ``None`` finds it by the ending of the path.
            **options: Options of the exporter.

        Raises:
            DataError: If a record holds what cannot be written.
            FormatError: If the target cannot be written.
            NotFound: If there is no exporter of this name or for this ending.
        """
        exporter = self.exporter_for(data, target, format=format)
        data, options = self._fitted(exporter, data, options)
        _check_options("exporter", exporter.name, exporter.options, options)
        if exporter.folder:
            if _is_stream(target):
                raise TypeError(f"exporter {exporter.name!r} writes a folder: give a path")
            _export(exporter, data, Path(target), options)  # type: ignore[arg-type]
        elif _is_stream(target):
            _export(exporter, data, target, options)
        else:
            with atomic_write(target) as stream:  # type: ignore[arg-type]
                _export(exporter, data, stream, options)

    def exporter_for(self, data: Any, target: Any, *, format: str | None = None) -> Exporter:
        """The exporter for a target: by name, else by the ending of its path.

        Raises:
            NotFound: If there is no exporter of this name or for this ending.
            TypeError: If the target is a stream and no format is named.
        """
        if format is not None:
            return self.catalog.exporter(format)
        exporters = list(self.catalog.exporters.values())
        if _is_stream(target):
            raise TypeError("name the format when writing to a stream: format='jsonl'")
        lower = os.fspath(target).lower()
        if lower.endswith(os.sep) or os.path.isdir(target):  # noqa: PTH112
            fitting = [e for e in exporters if e.folder]
        else:
            fitting = [e for e in exporters if not e.folder and lower.endswith(e.extensions)]
        takes = "network" if isinstance(data, Network) else "dataset"
        fitting.sort(key=lambda e: (e.takes != takes, -max(map(len, e.extensions), default=0)))
        if fitting:
            return fitting[0]
        endings = sorted({x for e in exporters for x in e.extensions})
        raise NotFound("exporter for", Path(target).name, endings)

    def _fitted(
        self, exporter: Exporter, data: Dataset | Network, options: Mapping[str, Any]
    ) -> tuple[Dataset | Network, dict[str, Any]]:
        """The data as the exporter takes it."""
        rest = dict(options)
        if exporter.takes == "network" and isinstance(data, Dataset):
            data = data.project(rest.pop("projection", "full"))
        elif exporter.takes == "dataset" and isinstance(data, Network):
            raise TypeError(f"exporter {exporter.name!r} takes a Dataset, not a Network")
        return data, rest

    def check(self, dataset: Dataset) -> CheckReport:
        """Runs all checks on a Dataset; nothing is changed."""
        from jmdi.graph.checking import check

        return check(dataset, self.catalog)


Source = str | os.PathLike[str] | IO[bytes] | Sequence[str | os.PathLike[str]]


@functools.cache
def default_model() -> Model:
    """The model of ``jmdi.read`` and the like: the core and all installed plugins."""
    return Model.build()


def _is_stream(source: Any) -> bool:
    return hasattr(source, "read") or (hasattr(source, "write") and not isinstance(source, Path))


def _name_of(source: Any) -> str:
    if _is_stream(source):
        name = getattr(source, "name", None)
        return name if isinstance(name, str) else "input"
    return str(os.fspath(source))


def inputs_of(source: Any) -> list[Any]:
    """The inputs that a source stands for; a glob pattern stands for its files in order."""
    if _is_stream(source):
        return [source]
    if isinstance(source, (str, os.PathLike)):
        text = str(os.fspath(source))
        if not glob.has_magic(text) or os.path.exists(text):  # noqa: PTH110
            return [source]
        if found := sorted(glob.glob(text, recursive=True)):  # noqa: PTH207
            return list(found)
        raise unreadable(text, "no file fits this pattern")
    parts = [one for part in source for one in inputs_of(part)]
    if not parts:
        raise ValueError("there is nothing to read: the list of sources is empty")
    return parts


class _Replayed(io.RawIOBase):
    """A stream whose first bytes were read already and come once more."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._head.read(len(buffer)) or self._rest.read(len(buffer)) or b""
        buffer[: len(part)] = part
        return len(part)


def _peeked(stream: BinaryIO) -> tuple[BinaryIO, bytes]:
    """A stream with its first bytes, which are still to be read from it."""
    seekable = getattr(stream, "seekable", None)
    if seekable is not None and seekable():
        start = stream.tell()
        head = stream.read(HEAD)
        stream.seek(start)
        return stream, head
    head = b""
    while len(head) < HEAD and (part := stream.read(HEAD - len(head))):
        head += part
    return io.BufferedReader(_Replayed(head, stream), HEAD), head


def _sniff(importer: Importer, head: bytes) -> bool | str:
    if importer.sniff is None:
        return True
    try:
        return importer.sniff(head)
    except Exception as error:
        return f"{SNIFF_FAILED}: {error}"


def _fitting_folder(folder: Path, importers: list[Importer]) -> list[Importer]:
    """The importers of folders that know one of the first files that have their endings."""
    fitting: list[Importer] = []
    rest = list(importers)
    for path in itertools.islice(_regular_files(folder), PEEKED_FILES) if rest else ():
        asked = [i for i in rest if path.name.lower().endswith(i.extensions)]
        if asked:
            try:
                with path.open("rb") as stream:
                    head = stream.read(HEAD)
            except OSError:
                continue
            fitting += [i for i in asked if _sniff(i, head) is True]
            rest = [i for i in rest if i not in fitting]
    return fitting


def _regular_files(folder: Path) -> Iterator[Path]:
    """The files in a folder and below, by name; links are not followed."""
    for place, names, files in os.walk(folder):
        names.sort()
        for name in sorted(files):
            path = Path(place, name)
            if stat.S_ISREG(path.lstat().st_mode):
                yield path


def _who_reads(name: str, reasons: list[str], importers: list[Importer]) -> str:
    if reasons:
        return "; ".join(reasons)
    office = {".docx", ".xlsx", ".ods", ".csv", ".tsv", ".md", ".html", ".htm"}
    ending = Path(name).suffix.lower()
    known = {x for i in importers for x in i.extensions}
    if ending in office - known:
        return f"{ending} is read by jmdi-workplan: pip install jmdi-workplan"
    if ending == ".xml":
        return "IATI files are read by jmdi-iati: pip install jmdi-iati"
    return f"known endings are {', '.join(sorted(known))}; or name the format"


def _guarded(importer: Importer, stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """The records of an importer; what it raises unasked becomes a PluginError."""
    try:
        yield from importer.read(stream, context)
    except (DataError, PluginError, NotFound, OSError):
        raise
    except Exception as error:
        message = f"importer {importer.name!r} failed on {context.name}: {error}"
        raise PluginError(message) from error


def _export(exporter: Exporter, data: Any, target: Any, options: dict[str, Any]) -> None:
    """Runs an exporter; what it raises unasked becomes a PluginError."""
    try:
        exporter.write(data, target, **options)
    except (JmdiError, OSError, ValueError):
        raise
    except Exception as error:
        raise PluginError(f"exporter {exporter.name!r} failed: {error}") from error


def _check_options(
    what: str, name: str, parameters: tuple[Parameter, ...], options: Mapping[str, Any]
) -> None:
    known = {parameter.name: parameter for parameter in parameters}
    for option, value in options.items():
        if option not in known:
            raise NotFound(f"option of {what} {name!r},", option, known)
        choices = known[option].choices
        if choices and value not in choices:
            raise NotFound(f"{option} of {what} {name!r},", str(value), map(str, choices))


@contextlib.contextmanager
def _paused_collector() -> Iterator[None]:
    """Pauses the garbage collector: walking millions of new records is most of loading."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
