"""What a plugin makes of given samples, in this process or in one of its own.

Two runs that must agree, such as under two hash seeds or beside another plugin, are compared
by what they write.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from jmdi.app import Model
from jmdi.errors import DataError, PluginError, Problem
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import Result
from jmdi.panels import Body
from jmdi.running.checking import check
from jmdi.running.measuring import run
from jmdi.running.projecting import project
from jmdi.running.showing import body_of

__all__ = [
    "Job",
    "Sample",
    "beside",
    "measure",
    "outputs",
    "plainly",
    "projected",
    "read_sample",
    "run_apart",
    "shown",
    "write_files",
]

_START = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "


@attrs.frozen(slots=True)
class Sample:
    """A file, or a folder of files, that an importer is to read.

    Attributes:
        name: Name of the file or folder.
        files: Content by name; for a file a single one with an empty name.
    """

    name: str
    files: Mapping[str, bytes]

    @property
    def content(self) -> bytes:
        """The content of a single file."""
        return self.files[""]


@attrs.frozen(slots=True)
class Job:
    """What is to be computed.

    Attributes:
        metrics: Names of the metrics.
        projections: Names of the projections.
        exporters: Names of the exporters.
        importers: Samples by importer.
        checks: Codes of the checks.
        panels: Names of the panels.
        datasets: What they are tried on.
        networks: What metrics and exporters of networks are tried on.
        options: Options of what is no metric, by name.
        parameters: Parameters of each metric, for each of what it is tried on.
        watched: Whether the traces are asked for that each leaves in the process.
    """

    metrics: Sequence[str] = ()
    projections: Sequence[str] = ()
    exporters: Sequence[str] = ()
    importers: Mapping[str, Sequence[Sample]] = attrs.field(factory=dict)
    checks: Sequence[str] = ()
    panels: Sequence[str] = ()
    datasets: Sequence[Dataset] = ()
    networks: Sequence[Network] = ()
    options: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    parameters: Mapping[str, Sequence[Mapping[str, Any]]] = attrs.field(factory=dict)
    watched: bool = True


NOTHING = Job()
"""Nothing is computed: the plugins are only imported."""


Doing: TypeAlias = Callable[..., Any]
"""Calls the first argument, one of the functions below, with the others."""


Tasks: TypeAlias = Callable[[], list[str]]
"""Tries something on some samples."""


def plainly(name: str, tasks: Tasks) -> list[str]:
    """Runs tasks and watches nothing."""
    return tasks()


def _now(task: Callable[..., Any], *given: Any) -> Any:
    return task(*given)


def outputs(
    model: Model,
    job: Job,
    running: Callable[[str, Tasks], list[str]] = plainly,
    do: Doing = _now,
    *,
    backwards: bool = False,
) -> dict[str, list[str]]:
    """What comes out, by ``metric acme:x`` and the like; a failure is given as its text.

    Args:
        model: The model that holds what is tried.
        job: What is tried, and on what.
        running: Runs tasks, with the name of what they try: first on one sample, then on the rest.
        do: Calls what measures, projects, writes, reads and shows.
        backwards: Whether the last sample is tried first: what one leaves behind shows in another.
    """
    held = [
        d if d.model is model else Dataset(d, model=model, header=d.header) for d in job.datasets
    ]
    by_target: dict[str, Sequence[Any]] = {"dataset": held, "network": job.networks}
    found: dict[str, list[str]] = {}

    def each(what: str, name: str, things: Sequence[Any], make: Callable[..., Any]) -> None:
        more, full = job.options.get(name, {}), f"{what} {name}"
        makes = [functools.partial(make, name, thing, more) for thing in things]
        step = -1 if backwards else 1
        makes = makes[::step]
        found[full] = [
            text
            for some in (makes[:1], makes[1:])
            if some
            for text in running(full, functools.partial(_texts, some))
        ][::step]

    for name in job.metrics:
        targets = by_target.get(model.catalog.metric(name).on, held)
        pairs = zip(targets, job.parameters[name], strict=True)
        each("metric", name, list(pairs), lambda n, p, _: do(measure, model, n, *p).to_dict())
    for name in job.projections:
        each("projection", name, held, lambda n, d, m: _network(do(projected, model, n, d, m)))
    for name in job.exporters:
        targets = by_target.get(model.catalog.exporter(name).takes, held)
        each("exporter", name, targets, lambda n, d, m: _digests(do(write_files, model, n, d, m)))
    for name, samples in job.importers.items():
        each("importer", name, samples, lambda n, s, m: _reading(do(read_sample, model, n, s, m)))
    for code in job.checks:
        each("check", code, held, lambda c, d, _: _problems(model, d, c))
    for name in job.panels:
        each("panel", name, held, lambda n, d, m: _body(do(shown, model, n, d, m)))
    return found


def measure(
    model: Model, name: str, target: Dataset | Network, parameters: Mapping[str, Any]
) -> Result:
    """The Result of a metric for a Dataset or a Network."""
    return run(model, name, target, parameters)


def projected(model: Model, name: str, data: Dataset, options: Mapping[str, Any]) -> Network:
    """The Network that a projection makes of a Dataset."""
    return project(model, data, name, options)


def write_files(
    model: Model, name: str, data: Dataset | Network, options: Mapping[str, Any]
) -> dict[str, bytes]:
    """What an exporter writes: content by name, for a single file under an empty name."""
    if not model.catalog.exporter(name).folder:
        stream = io.BytesIO()
        model.write(data, stream, format=name, **options)
        return {"": stream.getvalue()}
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        model.write(data, target, format=name, **options)
        files = sorted(path for path in target.rglob("*") if path.is_file())
        return {path.relative_to(target).as_posix(): path.read_bytes() for path in files}


def shown(model: Model, name: str, data: Dataset, options: Mapping[str, Any]) -> Body | None:
    """What a panel shows of a Dataset."""
    return body_of(model.catalog.panels[name], data, model.catalog)


class _Named(io.BytesIO):
    """A stream that has the name of a file, by which some importers go."""

    name: str


def read_sample(
    model: Model, name: str, sample: Sample, options: Mapping[str, Any], *, strict: bool = True
) -> tuple[Dataset, tuple[Any, ...]]:
    """What an importer makes of a sample, and the problems that it reports.

    Args:
        model: The model that has the importer.
        name: Name of the importer.
        sample: What it reads.
        options: The options of reading.
        strict: Whether the error is raised of what cannot be read to its end; otherwise its
            problem is among those that are reported, and the sample is read once.
    """
    if not model.catalog.importer(name).folder:
        stream = _Named(sample.content)
        stream.name = sample.name
        return _kept(model, stream, name, options, strict)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / (sample.name or "sample")
        home.mkdir()
        for inner, content in sample.files.items():
            path = home / (inner or "file")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        try:
            found, told = _kept(model, home, name, options, strict)
        except DataError as error:
            raise type(error)([_placeless(p, home) for p in error.problems]) from None
        return found, tuple(_placeless(problem, home) for problem in told)


def _kept(
    model: Model, source: Any, name: str, options: Mapping[str, Any], strict: bool
) -> tuple[Dataset, tuple[Problem, ...]]:
    """What could be read and the problems; raises the error of what cannot be read at all."""
    found = model.read(source, format=name, on_error="keep", **options)
    if strict and found.unread:
        if not isinstance(source, Path):
            source.seek(0)
        model.read(source, format=name, **options)
    return found, found.problems


def _placeless(problem: Problem, folder: Path) -> Problem:
    """A problem that does not say in which folder for a while the sample lay."""
    text = attrs.asdict(problem, recurse=False)
    plain: dict[str, Any] = {
        name: value.replace(str(folder), "") for name, value in text.items() if type(value) is str
    }
    file = (problem.where.file or "").replace(str(folder), "") or None
    return attrs.evolve(problem, **plain, where=attrs.evolve(problem.where, file=file))


def _reading(found: tuple[Dataset, tuple[Any, ...]]) -> Any:
    dataset, problems = found
    return [dataset.digest(), [r.id for r in dataset], list(map(str, problems))]


def _body(body: Body | None) -> Any:
    return body and attrs.asdict(body, value_serializer=lambda _, __, v: _plain(v))


def _plain(value: object) -> object:
    return value.to_dict() if isinstance(value, Result) else value


def _network(network: Network) -> Any:
    edges = [list(edge) for edge in network.edges]
    return [list(network.nodes), edges, network.directed, sorted(network.node_attributes)]


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _problems(model: Model, dataset: Dataset, code: str) -> list[str]:
    chosen = [one for one in model.catalog.checks if one.code == code]
    return [str(problem) for problem in check(dataset, model.catalog, chosen)]


def _texts(makes: Sequence[Callable[[], Any]]) -> list[str]:
    return [_text(make) for make in makes]


def _text(make: Callable[[], Any]) -> str:
    """A result as text; so is an exception, which may be right and must be the same each time."""
    try:
        return json.dumps(make(), ensure_ascii=False, default=str)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def beside(model: Model, plugins: Sequence[object]) -> Model:
    """A model with more plugins; the model itself where they are in each other's way."""
    both = Model.build(plugins, missing="skip")
    return model if both.catalog.problems else both


def run_apart(
    plugins: Sequence[Mapping[str, str]],
    job: Job = NOTHING,
    *,
    hash_seed: str = "random",
    others: Sequence[Mapping[str, str]] = (),
) -> Any:
    """Runs in a fresh interpreter what `outputs` runs here, the last sample first.

    Args:
        plugins: References to the plugins.
        job: What is to be computed.
        hash_seed: The interpreter's ``PYTHONHASHSEED``.
        others: References to plugins that are installed beside them when it is computed.

    Returns:
        What importing the plugins loaded and did, and the outputs with the traces they left.

    Raises:
        PluginError: If the interpreter fails; the message ends with what it said.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "job"
        path.write_bytes(pickle.dumps(job))
        code = _START + "from jmdi.testing.apart import main; main()"
        references = (json.dumps(list(some)) for some in (plugins, others))
        arguments = [json.dumps(sys.path), *references, str(path)]
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        said = done.stderr.strip().splitlines() or lines
        last = said[-1] if said else "it said nothing"
        raise PluginError(f"a fresh interpreter ended with {done.returncode}: {last}")
    return json.loads(lines[-1])
