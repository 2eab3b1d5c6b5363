"""The internal plugin through which the core registers what it ships."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi.model import kinds, money, relations
from jmdi.model.records import Entity, Record, Relation
from jmdi.model.vocabularies import Vocabulary
from jmdi.plugins.hookspecs import API, hookimpl
from jmdi.plugins.specs import (
    Accessor,
    Check,
    Exporter,
    Importer,
    Metric,
    ProblemCode,
    Projection,
)

JMDI_API = API


@hookimpl
def jmdi_kinds() -> Iterable[type[Record]]:
    """All built-in kinds of entity and relation, and their bases."""
    named = [
        getattr(module, name) for module in (kinds, money, relations) for name in module.__all__
    ]
    return [Entity, Relation, *named]


@hookimpl
def jmdi_vocabularies() -> Iterable[Vocabulary]:
    """The built-in vocabularies."""
    from jmdi.builtin.kinds.vocabularies import vocabularies

    return vocabularies()


@hookimpl
def jmdi_importers() -> Iterable[Importer]:
    """jmdi's own format, tidy tables and graph files."""
    from jmdi.builtin.formats import IMPORTERS

    return IMPORTERS


@hookimpl
def jmdi_exporters() -> Iterable[Exporter]:
    """jmdi's own format, tidy tables and graph files."""
    from jmdi.builtin.formats import EXPORTERS

    return EXPORTERS


@hookimpl
def jmdi_checks() -> Iterable[Check]:
    """The rules that every dataset should obey."""
    from jmdi.builtin.checks import CHECKS

    return CHECKS


@hookimpl
def jmdi_projections() -> Iterable[Projection]:
    """The ways in which a Dataset can be seen as a Network."""
    from jmdi.builtin.projections import PROJECTIONS

    return PROJECTIONS


@hookimpl
def jmdi_metrics() -> Iterable[Metric]:
    """A few metrics of networks, and those of money."""
    from jmdi.builtin import metrics
    from jmdi.builtin.money.metrics import METRICS

    return (*metrics.METRICS, *METRICS)


@hookimpl
def jmdi_problem_codes() -> Iterable[ProblemCode]:
    """What ``jmdi explain`` says of the core's problem codes."""
    from jmdi.builtin import checks, formats, problem_codes

    return (*problem_codes.PROBLEM_CODES, *checks.PROBLEM_CODES, *formats.PROBLEM_CODES)


@hookimpl
def jmdi_accessors() -> Iterable[Accessor]:
    """What is done with a Dataset beside what its class says."""
    return [Accessor("ask", "dataset", "jmdi.running.asking:ask", "What to find out next.")]
