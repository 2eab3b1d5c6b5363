"""Suites that try what a plugin adds on samples, here and in fresh interpreters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

from jmdi.app import Model
from jmdi.errors import DataError, PluginError
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.plugins.specs import Exporter, Importer, Metric
from jmdi.testing.outputs import Job, Sample, beside, outputs, run_apart, write_files
from jmdi.testing.reshaping import Source
from jmdi.testing.samples import drawn_datasets, sample_datasets, sample_networks
from jmdi.testing.subject import reference
from jmdi.testing.suite import Suite, fault, kept, quick, slow

__all__ = ["SampledSuite"]

File: TypeAlias = Path | str | tuple[str, bytes]

HASH_SEEDS = ("1", "2")
"""Hash seeds under which a plugin must give the same as under that of the tests themselves.

Importers and exporters are tried under both, for the files that they are tried on may be few and
small; all else under the first: there are many samples of each, one with names enough that no two
orders of a set are alike.
"""

QUICKLY = 2
"""How many samples exporters are tried on, and the last, when only what is fast is tried."""

SEED = 20
"""The seed that metrics with a parameter of this name are given."""


class SampledSuite(Suite):
    """Base of the suites that try a plugin on samples.

    Attributes:
        options: Options and parameters, by the name of what takes them.
        samples: Files and folders for the importers, or pairs of a name and bytes; a mapping
            names the importer of each.
        beside: The plugin that is installed beside it when it does everything the second time.
    """

    options: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    samples: ClassVar[Sequence[File] | Mapping[str, Sequence[File]]] = ()
    beside: ClassVar[Any] = None

    @property
    def _suite(self) -> Any:
        """The class, by which is kept what all its checks look at."""
        return type(self)

    def _datasets(self) -> Sequence[Dataset]:
        """The Datasets of the samples, made once."""
        return _held(self._suite, "datasets")

    def sample_datasets(self) -> Sequence[Dataset]:
        """The Datasets that exporters, checks, projections and metrics are tried on."""
        return sample_datasets(self.subject, drawn_datasets(self._suite))

    def sample_networks(self) -> Sequence[Network]:
        """The Networks that exporters and metrics of networks are tried on."""
        return sample_networks()

    def parameters_for(self, metric: str, source: Source) -> Mapping[str, Any]:
        """Parameters of a metric that depend on what it is computed on, such as ids.

        The same data with other ids, in another order or with an isolate is asked for too.

        Args:
            metric: Name of the metric.
            source: The Dataset or the Network.

        Returns:
            Parameters by name, which go before those in ``options``.
        """
        return {}

    def _samples(self, importer: Importer) -> list[Sample]:
        """The samples of an importer, made once."""
        return _samples(self._suite, importer)

    def _made_samples(self, importer: Importer) -> list[Sample]:
        """The samples of an importer: those given, else what the exporter of its name writes."""
        subject = self.subject
        given = self.samples
        if isinstance(given, Mapping):
            chosen = [_sample(file) for file in given.get(importer.name, ())]
        else:
            chosen = [s for s in map(_sample, given) if _fits(importer, s)]
        if chosen:
            return chosen
        exporter = subject.catalog.exporters.get(importer.name)
        if exporter is None:
            return []
        name, more = exporter.name, self.options.get(exporter.name, {})
        ending = exporter.extensions[0] if exporter.extensions else ""
        written = []
        for data in self._data_for(exporter):
            try:
                files = self._once(write_files, name, data, more)
            except DataError:
                continue
            written.append(Sample(f"sample{ending}", files))
        return written[:4]

    def _job(self) -> Job:
        """All that the plugin adds, to be tried on the samples."""
        subject = self.subject
        metrics: list[Metric] = subject.added("jmdi_metrics")
        return Job(
            metrics=[metric.name for metric in metrics],
            projections=[p.name for p in subject.added("jmdi_projections")],
            exporters=[e.name for e in subject.added("jmdi_exporters")],
            importers={i.name: self._samples(i) for i in subject.added("jmdi_importers")},
            checks=[c.code for c in subject.added("jmdi_checks")],
            panels=[p.name for p in subject.added("jmdi_panels")],
            datasets=_held(self._suite, "datasets"),
            networks=_held(self._suite, "networks"),
            options=self.options,
            parameters={
                m.name: [self._parameters(m, s) for s in self._sources(m)] for m in metrics
            },
        )

    def _sources(self, metric: Metric) -> Sequence[Source]:
        """What a metric is tried on."""
        return _held(self._suite, "networks" if metric.on == "network" else "datasets")

    def _parameters(self, metric: Metric, source: Source) -> dict[str, Any]:
        """The parameters given for a metric, a seed if it takes one, and first choices."""
        given = {**self.options.get(metric.name, {}), **self.parameters_for(metric.name, source)}
        for parameter in metric.parameters:
            if parameter.name == "seed":
                given.setdefault("seed", SEED)
            elif parameter.required and parameter.choices:
                given.setdefault(parameter.name, parameter.choices[0])
        return given

    def _check_hash_seeds(self, what: str) -> None:
        """Checks that the plugin gives the same in fresh interpreters with other hash seeds.

        Args:
            what: What to compare: ``importer``, ``exporter``, ``projection``, ``metric`` or
                ``panel``.

        Raises:
            AssertionError: If it does not; it names what differs.
        """
        if quick():
            return
        here = self._outputs_here()
        for seed in HASH_SEEDS:
            there = self._apart(seed)["outputs"]
            if any(name.startswith(what) and here[name] != there[name] for name in there):
                there = self._apart(seed, alone=True)["outputs"]  # is it the plugin beside it?
            for name in there:
                if name.startswith(what) and here[name] != there[name]:
                    pairs = zip(here[name], there[name], strict=True)
                    raise fault(
                        f"{name} gives another result in a fresh interpreter with "
                        f"PYTHONHASHSEED={seed}: {_clash(*next(p for p in pairs if p[0] != p[1]))}",
                        why="two runs on the same data differ, and nobody can repeat a finding",
                        cure="sort what comes out of a set before you use its order; take no "
                        "number from hash(), id() or the clock",
                    )

    def _data_for(self, exporter: Exporter) -> Sequence[Source]:
        """What an exporter is tried on; few of them when only what is fast is tried."""
        held = _held(self._suite, "networks" if exporter.takes == "network" else "datasets")
        return [*held[:QUICKLY], *held[QUICKLY:][-1:]] if quick() else held

    def _now(self, do: Callable[..., Any], name: str, thing: Any, options: Any) -> Any:
        """What one of `jmdi.testing.outputs` makes of a sample."""
        return do(self.subject.model, name, thing, options)

    def _once(self, do: Callable[..., Any], name: str, thing: Any, options: Any) -> Any:
        """What one of `jmdi.testing.outputs` makes of a sample; done once for all checks.

        Args:
            do: What measures, projects, writes or reads.
            name: Name of the metric, projection, exporter or importer.
            thing: The sample, which is held.
            options: What it is given, the same each time.
        """
        done = _done(self._suite)
        key = (do, name, id(thing))
        if key not in done:
            try:
                done[key] = (thing, self._now(do, name, thing, options), None)
            except Exception as error:
                done[key] = (thing, None, error)
        _, found, failed = done[key]
        if failed is not None:
            raise failed
        return found

    def _is_repeated(
        self, name: str, place: int, first: object, again: Callable[[], object]
    ) -> bool:
        """Whether a sample gives the same the second time.

        The first sample is tried again here. The others are in a fresh interpreter, in which the
        last is tried first and another plugin stands beside; what is different there is tried
        again here, too.

        Args:
            name: What is tried, such as ``metric acme:x``.
            place: Which of its samples it is tried on.
            first: What it gave.
            again: Tries it.
        """
        if quick():
            return again() == first
        there = self._apart(HASH_SEEDS[0])["outputs"]
        if place and self._outputs_here()[name][place] == there[name][place]:
            return True
        return all(again() == first for _ in range(2 if place else 1))

    def _outputs_here(self) -> dict[str, list[str]]:
        """What the plugin makes of the samples, in this process; computed once."""
        return _outputs_here(self._suite)

    def _outputs_again(self) -> dict[str, list[str]]:
        """What it makes of them the second time, beside another plugin; computed once."""
        return _outputs_again(self._suite)

    @property
    def _another(self) -> Any:
        """The plugin that stands beside it."""
        from jmdi.testing import loopback

        return self.beside or loopback

    @property
    def _all_plugins(self) -> list[Any]:
        """What it extends, the plugin, and the one that stands beside it."""
        return [*self.subject.extends, self.subject.given, self._another]

    def _apart(self, hash_seed: str, *, alone: bool = False) -> Any:
        """What the plugin does in a fresh interpreter with a hash seed; computed once.

        Under the first hash seed another plugin stands beside it: where all is the same there as
        here, neither the order of sets nor the other plugin changes anything.

        Args:
            hash_seed: The hash seed.
            alone: Whether no other plugin stands beside it under any.

        Raises:
            AssertionError: If the interpreter fails.
        """
        try:
            return _apart(self._suite, hash_seed, alone)
        except PluginError as error:
            raise fault(
                f"the plugin {self.subject.name!r} fails in a fresh interpreter: {error}",
                why="users who compute in several processes, or start a program, have no other",
                cure="import and set up what the plugin needs in its own modules, not in its "
                "tests; end no process",
            ) from error

    @slow
    def test_the_process_is_left_alone(self) -> None:
        """What the plugin adds prints nothing, and changes nothing that the program shares."""
        for name, trace in self._apart(HASH_SEEDS[0])["traces"].items():
            raise fault(
                f"{name} {trace}",
                why="it runs inside a program of somebody else, whose own results, output and "
                "settings change",
                cure="return what is to be said; draw from random.Random(seed) or "
                "numpy.random.default_rng(seed); use decimal.localcontext() and "
                "warnings.catch_warnings(); pass paths instead of changing folders; end each "
                "thread that was started",
            )


@kept
def _held(suite: Any, what: str) -> Sequence[Any]:
    """The samples of a suite, made once."""
    case = suite()
    return tuple(case.sample_networks() if what == "networks" else case.sample_datasets())


@kept
def _samples(suite: Any, importer: Importer) -> list[Sample]:
    made: list[Sample] = suite()._made_samples(importer)
    return made


@kept
def _job(suite: Any) -> Job:
    made: Job = suite()._job()
    return made


@kept
def _done(suite: Any) -> dict[Any, tuple[Any, Any, Exception | None]]:
    """What was done with each sample: the sample, what came of it, and how it failed."""
    return {}


@kept
def _outputs_here(suite: Any) -> dict[str, list[str]]:
    case = suite()

    def once(do: Callable[..., Any], _: Model, *given: Any) -> Any:
        return case._once(do, *given)

    return outputs(case.subject.model, _job(suite), do=once)


@kept
def _outputs_again(suite: Any) -> dict[str, list[str]]:
    case = suite()
    return outputs(beside(case.subject.model, case._all_plugins), _job(suite))


@kept
def _apart(suite: Any, hash_seed: str, alone: bool) -> Any:
    case, job = suite(), _job(suite)
    if hash_seed != HASH_SEEDS[0]:
        job = Job(
            exporters=job.exporters,
            importers=job.importers,
            datasets=job.datasets,
            networks=job.networks,
            options=job.options,
            watched=False,
        )
        if not (job.exporters or job.importers):
            return {"outputs": {}}
    *plugins, another = map(reference, case._all_plugins)
    others = [] if alone or hash_seed != HASH_SEEDS[0] else [another]
    return run_apart(plugins, job, hash_seed=hash_seed, others=others)


def _fits(importer: Importer, sample: Sample) -> bool:
    if importer.folder:
        return "" not in sample.files
    return "" in sample.files and sample.name.lower().endswith(importer.extensions)


def _sample(file: File) -> Sample:
    if isinstance(file, tuple):
        return Sample(file[0], {"": file[1]})
    path = Path(file)
    if path.is_dir():
        inner = sorted(p for p in path.rglob("*") if p.is_file())
        return Sample(path.name, {p.relative_to(path).as_posix(): p.read_bytes() for p in inner})
    return Sample(path.name, {"": path.read_bytes()})


def _clash(one: str, other: str) -> str:
    """Where two texts begin to differ."""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(at - 30, 0)
    return f"…{one[start : at + 50]}… and …{other[start : at + 50]}…"
