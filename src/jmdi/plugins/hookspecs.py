"""The hooks of jmdi: each is called once per model and returns what a plugin adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pluggy

from jmdi.model.records import Facet, Record
from jmdi.model.vocabularies import Vocabulary
from jmdi.plugins.specs import (
    Accessor,
    Check,
    Command,
    Engine,
    Exporter,
    Importer,
    Kernel,
    Metric,
    Migration,
    Panel,
    ProblemCode,
    Projection,
)

__all__ = ["API", "HOOKS", "JmdiSpec", "Plugin", "hookimpl"]

API = 1
"""Version of the plugin interface; a plugin states the one that it needs as ``JMDI_API``."""

_spec = pluggy.HookspecMarker("jmdi")
hookimpl = pluggy.HookimplMarker("jmdi")
"""Marks a function as an implementation of the hook that it is named after."""


class JmdiSpec:
    """What a plugin may implement."""

    @_spec
    def jmdi_kinds(self) -> Iterable[type[Record]]:
        """New kinds of record, declared with ``@jmdi.define``.

        >>> import jmdi
        >>> @jmdi.define("acme:bank")
        ... class Bank(jmdi.Actor):
        ...     '''An institution licensed to take deposits.
        ...
        ...     Attributes:
        ...         licence: Number of its licence.
        ...     '''
        ...     licence: str | None = None
        >>> @jmdi.hookimpl
        ... def jmdi_kinds():
        ...     return [Bank]
        """
        raise NotImplementedError

    @_spec
    def jmdi_facets(self) -> Iterable[type[Facet]]:
        """Typed blocks on existing kinds, declared with ``@jmdi.facet``.

        >>> import jmdi
        >>> @jmdi.facet("acme:risk", on=jmdi.Actor)
        ... class Risk(jmdi.Facet):
        ...     '''Risk score from the annual review.
        ...
        ...     Attributes:
        ...         score: 0 to 10.
        ...     '''
        ...     score: int
        >>> @jmdi.hookimpl
        ... def jmdi_facets():
        ...     return [Risk]
        """
        raise NotImplementedError

    @_spec
    def jmdi_vocabularies(self) -> Iterable[Vocabulary]:
        """Code lists, or more codes for a list that others declare.

        Tables with a row per code are read by `jmdi.files.vocabularies.vocabularies_in`.

        >>> import jmdi
        >>> @jmdi.hookimpl
        ... def jmdi_vocabularies():
        ...     concepts = [jmdi.Concept("bank", {"en": "Bank"}, broader="financial_institution")]
        ...     return [jmdi.Vocabulary("actor-type", concepts)]
        """
        raise NotImplementedError

    @_spec
    def jmdi_migrations(self) -> Iterable[Migration]:
        """Steps that bring raw records of older versions of a kind or facet up to date.

        >>> import jmdi
        >>> def rename_permit(raw):
        ...     block = dict(raw.get("acme:bank", {}))
        ...     if "permit" in block:
        ...         block["licence"] = block.pop("permit")
        ...     return raw | {"acme:bank": block}
        >>> @jmdi.hookimpl
        ... def jmdi_migrations():
        ...     return [jmdi.Migration("acme:bank", 1, 2, rename_permit)]
        """
        raise NotImplementedError

    @_spec
    def jmdi_importers(self) -> Iterable[Importer]:
        """Formats that can be read.

        >>> import jmdi
        >>> def read(stream, context):
        ...     for line in stream.read().decode().splitlines():
        ...         yield jmdi.Actor(id=jmdi.make_id("actor", line), names={"und": line})
        >>> @jmdi.hookimpl
        ... def jmdi_importers():
        ...     return [jmdi.Importer("acme:names", (".names",), read)]
        """
        raise NotImplementedError

    @_spec
    def jmdi_exporters(self) -> Iterable[Exporter]:
        """Formats that can be written.

        >>> import jmdi
        >>> def write(dataset, stream):
        ...     for actor in dataset.of(jmdi.Actor):
        ...         stream.write(f"{actor.label()}\\n".encode())
        >>> @jmdi.hookimpl
        ... def jmdi_exporters():
        ...     return [jmdi.Exporter("acme:names", (".names",), write)]
        """
        raise NotImplementedError

    @_spec
    def jmdi_checks(self) -> Iterable[Check]:
        """Rules over records or a whole dataset.

        >>> import jmdi
        >>> def named(actor, dataset):
        ...     if not actor.names:
        ...         yield jmdi.Problem("acme:A1", jmdi.Severity.WARNING, "an actor has no name")
        >>> @jmdi.hookimpl
        ... def jmdi_checks():
        ...     return [jmdi.Check("acme:A1", jmdi.Actor, named)]
        """
        raise NotImplementedError

    @_spec
    def jmdi_projections(self) -> Iterable[Projection]:
        """Ways to see a Dataset as a Network.

        >>> import jmdi
        >>> def build(dataset):
        ...     ties = ((t.source, t.target) for t in dataset.of(jmdi.Tie))
        ...     return jmdi.Network.from_edges(ties)
        >>> @jmdi.hookimpl
        ... def jmdi_projections():
        ...     return [jmdi.Projection("acme:ties", build)]
        """
        raise NotImplementedError

    @_spec
    def jmdi_metrics(self) -> Iterable[Metric]:
        """Measures of a Dataset or a Network.

        >>> import jmdi
        >>> @jmdi.metric("acme:ties-per-actor", "Ties per actor", value_is="mean")
        ... def ties_per_actor(network: jmdi.Network) -> jmdi.Result | float:
        ...     if not network.n_nodes:
        ...         return jmdi.undefined("empty_graph")
        ...     return network.n_edges / network.n_nodes
        >>> @jmdi.hookimpl
        ... def jmdi_metrics():
        ...     return jmdi.metrics_of(__name__)
        """
        raise NotImplementedError

    @_spec
    def jmdi_problem_codes(self) -> Iterable[ProblemCode]:
        """What ``jmdi explain`` says of the plugin's problem codes.

        >>> import jmdi
        >>> @jmdi.hookimpl
        ... def jmdi_problem_codes():
        ...     return [jmdi.ProblemCode("acme:A1", "no name", "It cannot be found.", "Name it.")]
        """
        raise NotImplementedError

    @_spec
    def jmdi_kernels(self) -> Iterable[Kernel]:
        """Faster ways to count for metrics of others, such as those of the core.

        The metric divides, bounds and explains as before. Its own way to count stays for networks
        of which the kernel returns ``None``, and where the plugin is not installed.

        >>> import jmdi
        >>> def sizes(network, kind):
        ...     return None if network.n_edges < 10_000 else acme_fast.component_sizes(network)
        >>> @jmdi.hookimpl
        ... def jmdi_kernels():
        ...     return [jmdi.Kernel("components", run=sizes)]
        """
        raise NotImplementedError

    @_spec
    def jmdi_accessors(self) -> Iterable[Accessor]:
        """Functions that are called as methods of Dataset, Network or Result.

        The function gets the value first and then what the caller gives. A name that the
        class has already, or that another plugin claims too, is refused.

        >>> import jmdi
        >>> def largest(network):
        ...     return max(network.degree().values(), default=0)
        >>> @jmdi.hookimpl
        ... def jmdi_accessors():
        ...     return [jmdi.Accessor("largest_degree", on="network", run=largest)]
        """
        raise NotImplementedError

    @_spec
    def jmdi_commands(self) -> Iterable[Command]:
        """Commands of the command line, ``jmdi NAME ...``, written with `click`.

        The command is imported only when it is asked for, so name it as text.

        >>> import jmdi
        >>> @jmdi.hookimpl
        ... def jmdi_commands():
        ...     return [jmdi.Command("audit", run="jmdi_acme.cli:audit", doc="Audit the banks.")]
        """
        raise NotImplementedError

    @_spec
    def jmdi_panels(self) -> Iterable[Panel]:
        """Parts of a report, as data: what they look like is decided where they are shown.

        >>> import jmdi
        >>> def countries(dataset):
        ...     found = [actor.country for actor in dataset.of(jmdi.Actor) if actor.country]
        ...     bars = [jmdi.panels.Bar(c, found.count(c)) for c in sorted(set(found))]
        ...     return jmdi.panels.Bars(bars, unit={"en": "actors"}) if bars else None
        >>> @jmdi.hookimpl
        ... def jmdi_panels():
        ...     title = {"en": "Actors by country", "fr": "Acteurs par pays"}
        ...     return [jmdi.Panel("acme:countries", "overview", title, countries)]
        """
        raise NotImplementedError

    @_spec
    def jmdi_engines(self) -> Iterable[Engine]:
        """What computes on records that are more than memory holds, named by ``--engine``.

        >>> import jmdi
        >>> @jmdi.hookimpl
        ... def jmdi_engines():
        ...     return [jmdi.Engine("acme:cluster", "jmdi_acme.cluster:open", "tables:parquet")]
        """
        raise NotImplementedError

    @_spec
    def jmdi_strategies(self) -> Mapping[type, Any]:
        """Hypothesis strategies for the plugin's classes; only ``jmdi.testing`` asks for them.

        >>> import jmdi
        >>> @jmdi.hookimpl
        ... def jmdi_strategies():
        ...     from hypothesis import strategies as st
        ...     return {Bank: st.builds(Bank, id=st.uuids().map(str))}
        """
        raise NotImplementedError


HOOKS: tuple[str, ...] = tuple(name for name in vars(JmdiSpec) if name.startswith("jmdi_"))
"""The names of all hooks, in the order in which they are called."""


class Plugin:
    """Base for plugins written as a class, so that type checkers see a misspelt hook.

    Derive from it, write the hooks as methods marked with ``@hookimpl`` (and ``@override``),
    and point the entry point at an instance.
    """

    JMDI_API = API
