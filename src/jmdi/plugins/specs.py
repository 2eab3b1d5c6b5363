"""What plugins register: small typed objects whose callables may be loaded on first use."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, SupportsIndex, TypeAlias

import attrs

from jmdi.classes import frozen
from jmdi.errors import ModelError, Problem, Severity, severity
from jmdi.model.frozen import EMPTY
from jmdi.plugins.context import ImportContext
from jmdi.plugins.lazy import callable_of, callable_or_none, loaded
from jmdi.plugins.signatures import Parameter, doc_of, free_of, names_of, parameters_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.graph.network import Network
    from jmdi.metrics.result import Result
    from jmdi.model.records import Record
    from jmdi.panels import Body

__all__ = [
    "Accessor",
    "Check",
    "Command",
    "Engine",
    "Exporter",
    "Importer",
    "Kernel",
    "Metric",
    "Migration",
    "Panel",
    "Parameter",
    "ProblemCode",
    "Projection",
]


def _extensions(names: Iterable[str]) -> tuple[str, ...]:
    extensions = tuple(names)
    for name in extensions:
        if not name.startswith(".") or name != name.lower():
            raise ModelError(f"{name!r} is not an extension; write it as '.csv', in small letters")
    return extensions


def _declared(options: Iterable[Parameter]) -> tuple[Parameter, ...]:
    return tuple(map(_typed, options))


def _typed(option: Parameter) -> Parameter:
    """An option with its type; that of its default if it says none."""
    if option.type is not Any or option.choices or option.default is None:
        return option
    return attrs.evolve(option, type=type(option.default))


OF_READ = ("source", "format", "on_error", "limits", "progress", "cancel")
"""What `jmdi.Model.read` takes itself, so that no importer can have it as an option."""


@frozen
class Importer:
    """Reads a foreign format.

    Attributes:
        name: Name of the format, ``plugin:format`` for a plugin's own.
        extensions: File name endings, the most specific first.
        read: ``read(stream, context)`` yields records and reports problems to the context.
        sniff: ``sniff(head)`` says of the first 64 KiB ``True``, ``False`` or why not; "it looks
            like a survey" is said to the user if nobody else can read the file.
        doc: What it reads, in one sentence.
        folder: Whether it reads a folder: ``read`` then gets no stream but ``context.path``.
        options: The options that it reads from its context.
        survey: ``survey(paths, context)`` looks over files and folders that are read together,
            before any of them is read; the context of each then has as ``survey`` what it
            returned. For what one input gives where that depends on the others.
        marked: Whether ``sniff`` finds a mark that only its own plugin writes into files: it is
            asked before importers that judge by what a file looks like.
    """

    name: str
    extensions: tuple[str, ...] = attrs.field(converter=_extensions)
    read: Callable[[BinaryIO, ImportContext], Iterator[Record]] = attrs.field(converter=callable_of)
    sniff: Callable[[bytes], bool | str] | None = attrs.field(
        default=None, converter=callable_or_none
    )
    doc: str = ""
    folder: bool = False
    options: tuple[Parameter, ...] = attrs.field(default=(), converter=_declared)
    survey: Callable[[Sequence[str], ImportContext], object] | None = attrs.field(
        default=None, converter=callable_or_none
    )
    marked: bool = False

    def __attrs_post_init__(self) -> None:
        free_of(OF_READ, self.options, f"importer {self.name!r}")


@frozen
class Exporter:
    """Writes a foreign format.

    Attributes:
        name: Name of the format.
        extensions: File name endings, the most specific first.
        write: ``write(data, stream, **options)``, where data is what ``takes`` says.
        lossless: Whether reading the file again gives the same records.
        takes: ``dataset``; ``network`` for a format of graphs; or ``lines`` for one that is
            written line by line, in bounded memory: the `jmdi.files.lines.Lines` of a dataset.
        doc: What it writes, in one sentence.
        folder: Whether it writes a folder: ``write`` then gets its path instead of a stream.
        losses: ``losses(data, **options)`` gives a Problem for each kind and member that the
            format, or who reads it, cannot keep of this data; `jmdi.Losses` makes them. What
            reading the file again shows is found without it.
        importer: The importer that reads its files; by default the one of the same name.
    """

    name: str
    extensions: tuple[str, ...] = attrs.field(converter=_extensions)
    write: Callable[..., None] = attrs.field(converter=callable_of)
    lossless: bool = False
    takes: Literal["dataset", "network", "lines"] = "dataset"
    doc: str = ""
    folder: bool = False
    losses: Callable[..., Iterable[Problem]] | None = attrs.field(
        default=None, converter=callable_or_none
    )
    importer: str = ""

    @functools.cached_property
    def options(self) -> tuple[Parameter, ...]:
        """The options it takes: the signature and ``Args:`` of ``write`` after its first two."""
        taken = ("format", "projection") if self.takes == "network" else ("format",)
        return parameters_of(loaded(self.write), 2, taken)


@frozen
class Check:
    """A rule that data should obey.

    Attributes:
        code: The code of the problems that it yields.
        applies_to: The class whose records it is given one by one; ``None`` for the dataset.
        run: ``run(record, dataset)`` or ``run(dataset)`` yields problems.
        severity: Severity of its problems.
        doc: What it checks, in one sentence.
    """

    code: str
    applies_to: type[Record] | None
    run: Callable[..., Iterator[Problem]] = attrs.field(converter=callable_of)
    severity: Severity = attrs.field(default=Severity.ERROR, converter=severity)
    doc: str = ""


@frozen
class Migration:
    """Brings a raw record of an older version of a kind or facet to the next.

    Attributes:
        of: The kind or facet.
        from_v: The version that it takes.
        to_v: The version that it gives, one higher.
        step: ``step(raw)`` returns the raw object of the next version. Of a kind it gets the
            whole record, of subkinds too, with the plugin's fields in the block of the
            kind's name; of a facet it gets the block.
        lossless: Whether nothing is lost.
    """

    of: str
    from_v: int
    to_v: int
    step: Callable[[dict[str, Any]], dict[str, Any]] = attrs.field(converter=callable_of)
    lossless: bool = True

    def __attrs_post_init__(self) -> None:
        if self.to_v != self.from_v + 1:
            raise ModelError(
                f"a migration of {self.of!r} must go one version up, not "
                f"from {self.from_v} to {self.to_v}"
            )


@frozen
class Projection:
    """Makes a Network of a Dataset.

    Attributes:
        name: Its name.
        build: ``build(dataset, **parameters)`` returns the Network.
        doc: What its nodes and edges are; the first paragraph of the docstring of ``build``, if
            not given.
    """

    name: str
    build: Callable[..., Network] = attrs.field(converter=callable_of)
    _doc: str = ""

    @functools.cached_property
    def doc(self) -> str:
        """What its nodes and edges are: the first paragraph of the docstring of ``build``."""
        return self._doc or doc_of(loaded(self.build)).partition("\n\n")[0]

    @functools.cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The keywords it takes: the signature and ``Args:`` of ``build``."""
        return parameters_of(loaded(self.build))


def _is_range(given: object) -> bool:
    """Whether it is a pair of bounds, the lowest first; without a bound, ``None``."""
    if not isinstance(given, tuple) or len(given) != 2:
        return False
    bounds = [bound for bound in given if bound is not None]
    if any(isinstance(b, bool) or not isinstance(b, (int, float)) or b != b for b in bounds):
        return False
    return bounds == sorted(bounds)


Words: TypeAlias = str | Callable[..., str]

BOUNDS = ("enumerated", "groups", "extremes", "closed", "given", "own", "ties")
"""How bounds from pairs that were not observed are found; see `Metric`."""

DECLARED = "__jmdi_metrics__"
"""Where a function holds the metrics that `jmdi.metric` makes it."""


@frozen
class Metric:
    """Computes a Result from a Dataset or a Network; `jmdi.metric` declares one at its function.

    Attributes:
        name: Its name, ``plugin:metric`` for a plugin's own.
        run: ``run(target, **parameters)`` returns a Result, or a plain number.
        title: Its name in the field.
        on: ``dataset``, ``network``, or the projection that a Dataset is turned into for it.
        unit: Unit of its value.
        range: Lowest and highest value; ``None`` for no bound.
        polarity: ``higher``, ``lower`` or ``neither`` is better.
        value_is: What its value is, such as ``share`` or ``two-sided p``; or a function of
            some of its parameters, by their names, that says it.
        citation: Where the definition comes from.
        convention: Which of several readings it follows; or a function of some of its
            parameters, by their names, that says it.
        accepts: ``accepts(target)`` says ``True``, or why the metric cannot be computed.
        doc: Its definition with the formula; what the docstring of ``run`` says, if not given.
        plot: ``plot(result, ax, **style)`` draws its Result on axes of matplotlib, on new ones
            when ``ax`` is ``None``, and returns them; see `Result.plot`.
        extra: What to install for it to draw, such as ``jmdi-acme[plot]``.
        bounds: How the runner finds what pairs of a network that were not observed leave open:
            ``enumerated``: from all networks that they allow, if these are few; ``groups``: the
            same, of a metric whose ``values`` number the group of each element, so that the notes
            say who is together in all networks, and numbers of groups have no bounds;
            ``extremes``: from the two with all and with none of them tied, of a metric all of
            whose numbers only rise, or only fall, with more ties; ``closed``: the metric gives
            the bounds, and a number that they leave open is dropped; ``own``: it gives them
            beside an estimate from the observed pairs; ``given``: the same, those of reports that
            differ too, and the runner adds the coverage; any other text says why nobody can know.
            ``ties``: a metric of a Dataset that reads ties, from all Datasets in which those
            that were not observed, or of which reports differ, are there or are not. Or a function
            of some of its parameters, by their names, that says one of these.
        count: ``count(tables, **parameters)`` says what an engine has to count where the records
            are more than memory holds: small tables by name, as expressions of Ibis, rows or
            arrays; or a Dataset of the records that ``run`` looks at, where the Result names them;
            ``None`` if it cannot with these parameters.
        finish: ``finish(counts, **parameters)`` makes the Result of these counts, each a list of
            rows by column, or as ``count`` gave it; ``run`` counts in memory and calls it too, so
            that both agree. Not given where ``count`` picks a Dataset: ``run`` makes the Result.
    """

    name: str
    run: Callable[..., Result | float | int] = attrs.field(converter=callable_of)
    title: str = ""
    on: str = "network"
    unit: str = ""
    range: tuple[float | None, float | None] = (None, None)
    polarity: Literal["higher", "lower", "neither"] = "neither"
    value_is: Words = ""
    citation: str = ""
    convention: Words = ""
    accepts: Callable[[Any], bool | str] | None = attrs.field(
        default=None, converter=callable_or_none
    )
    _doc: str = ""
    plot: Callable[..., Any] | None = attrs.field(default=None, converter=callable_or_none)
    extra: str = "matplotlib"
    bounds: Words = "enumerated"
    count: Callable[..., Mapping[str, Any] | Dataset | None] | None = attrs.field(
        default=None, converter=callable_or_none
    )
    finish: Callable[..., Result] | None = attrs.field(default=None, converter=callable_or_none)

    def __attrs_post_init__(self) -> None:
        if self.count is None and self.finish is not None:
            raise ModelError(
                f"metric {self.name!r}: finish makes the Result of what count says: give count too"
            )
        said = self.bounds
        if isinstance(said, str) and said not in BOUNDS and " " not in said:
            near = ", ".join(map(repr, BOUNDS))
            raise ModelError(
                f"metric {self.name!r}: bounds is one of {near}, or a sentence that says why they "
                f"are not known, not {self.bounds!r}"
            )
        polarities = ("higher", "lower", "neither")
        if self.polarity not in polarities:
            near = ", ".join(map(repr, polarities))
            raise ModelError(
                f"metric {self.name!r}: polarity is one of {near}, not {self.polarity!r}"
            )
        if not isinstance(self.on, str) or not self.on:
            wanted = "'dataset', 'network' or the name of a projection"
            raise ModelError(f"metric {self.name!r}: on is {wanted}, not {self.on!r}")
        if not _is_range(self.range):
            wanted = "the lowest and the highest value, such as (0, 1), or (0, None) for no bound"
            raise ModelError(f"metric {self.name!r}: range is {wanted}, not {self.range!r}")

    @functools.cached_property
    def doc(self) -> str:
        """Its definition with the formula; what the docstring of ``run`` says if not given."""
        return self._doc or doc_of(loaded(self.run))

    @functools.cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The keywords it takes: the signature and ``Args:`` of ``run``."""
        return parameters_of(
            loaded(self.run), taken=("projection",) if self.on == "network" else ()
        )

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        """A metric that is declared at its function is pickled as that, its lambdas too."""
        if self in getattr(self.run, DECLARED, ()):
            return _declared_metric, (self.run, self.name)
        return object.__reduce_ex__(self, protocol)

    def words(self, said: Words, parameters: Mapping[str, Any] = EMPTY) -> str:
        """What ``convention``, ``value_is`` or ``bounds`` says, by default for the defaults.

        Raises:
            KeyError: If the function that says it asks for a parameter that the metric lacks.
        """
        if isinstance(said, str):
            return said
        bound = {p.name: p.default for p in self.parameters} | dict(parameters)
        return said(**{name: bound[name] for name in names_of(said)})


def _declared_metric(function: Callable[..., Any], name: str) -> Metric:
    declared: tuple[Metric, ...] = getattr(function, DECLARED)
    return next(spec for spec in declared if spec.name == name)


@frozen
class Kernel:
    """Counts what a metric of networks counts itself, and faster: the numbers are the same.

    Such a metric keeps what it counts with `jmdi.graph.counting.counted`; the docstring of the
    metric, or of the function that it gives, says what that is.

    Attributes:
        metric: Name of the metric, in full; if two plugins have one for it, neither is used.
        run: ``run(network, **parameters)`` gives what the metric counts; ``None`` where the metric
            shall count itself, as for a small network.
    """

    metric: str
    run: Callable[..., Any] = attrs.field(converter=callable_of)


@frozen
class Accessor:
    """A function of a plugin that is called as a method of Dataset, Network or Result.

    Attributes:
        name: The name after the dot, such as ``null`` for ``network.null(...)``. It has no
            prefix, so two plugins may claim it: then neither is used.
        on: ``dataset``, ``network`` or ``result``.
        run: ``run(value, ...)`` with whatever the caller gives after the value.
        doc: What it does, in one sentence.
    """

    name: str
    on: Literal["dataset", "network", "result"]
    run: Callable[..., Any] = attrs.field(converter=callable_of)
    doc: str = ""

    @property
    def full_name(self) -> str:
        """Where it stands, such as ``network.null``."""
        return f"{self.on}.{self.name}"

    def function(self) -> Callable[..., Any]:
        """The function itself, imported now.

        Raises:
            PluginError: If it cannot be imported.
        """
        return loaded(self.run)


@frozen
class Command:
    """A command of a plugin, ``jmdi NAME ...``.

    Attributes:
        name: Its name. It has no prefix, so two plugins may claim it: then neither is used.
        run: A command of `click`, written as ``package.module:name`` so that it is imported
            only when it is asked for.
        doc: What it does, in one short sentence, for the list of commands.
    """

    name: str
    run: Callable[..., Any] = attrs.field(converter=callable_of)
    doc: str = ""

    def function(self) -> Callable[..., Any]:
        """The command itself, imported now.

        Raises:
            PluginError: If it cannot be imported.
        """
        return loaded(self.run)


@frozen
class Engine:
    """What computes on records that are more than memory holds; the command line asks it.

    Attributes:
        name: Its name, ``plugin:engine`` for a plugin's own.
        open: ``open(path, model=..., **options)`` gives what has ``kinds``, the number of records
            of each, ``title``, ``metric(name, **parameters)`` and ``close()``.
        format: The exporter that writes what it opens.
        doc: What it is, in one sentence.
    """

    name: str
    open: Callable[..., Any] = attrs.field(converter=callable_of)
    format: str
    doc: str = ""

    @functools.cached_property
    def options(self) -> tuple[Parameter, ...]:
        """The options it takes: the signature and ``Args:`` of ``open`` after path and model."""
        return parameters_of(loaded(self.open), 2)


SECTIONS = ("overview", "network", "plan", "knowledge", "method")
"""Where on a report a panel may stand."""


@frozen
class Panel:
    """A part of a report: data in a shape of `jmdi.panels`, never markup and never a script.

    Attributes:
        name: Its name, ``plugin:panel`` for a plugin's own.
        section: Where it stands: ``overview``, ``network``, ``plan``, ``knowledge``, ``method``.
        title: Its title by language, in English at least.
        make: ``make(dataset)`` returns one of the bodies of `jmdi.panels`, or ``None`` if the
            dataset has nothing for it.
    """

    name: str
    section: Literal["overview", "network", "plan", "knowledge", "method"]
    title: Mapping[str, str]
    make: Callable[[Dataset], Body | None] = attrs.field(converter=callable_of)

    def __attrs_post_init__(self) -> None:
        if self.section not in SECTIONS:
            near = ", ".join(map(repr, SECTIONS))
            raise ModelError(f"panel {self.name!r}: section is one of {near}, not {self.section!r}")
        if not isinstance(self.title, Mapping):
            wanted = 'texts by language, such as {"en": "Who pays"}'
            raise ModelError(f"panel {self.name!r}: title is {wanted}, not {self.title!r}")


@frozen
class ProblemCode:
    """What ``jmdi explain`` says of a problem code.

    Attributes:
        code: The code.
        title: What is wrong, in a few words.
        why: Why it is a problem.
        cure: What to do about it.
    """

    code: str
    title: str
    why: str
    cure: str
