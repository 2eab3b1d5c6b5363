"""Typed graphs of who works with whom, on what, by when.

``jmdi`` models the world of the Joint Migration and Development Initiative: actors in
countries of origin and of destination, their partnerships, work plans and actions, and
the five pillars of knowledge management. One Dataset holds all of it.

Importing it is cheap and silent: everything is loaded on first use.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jmdi import datasets as datasets
    from jmdi import metrics as metrics
    from jmdi import panels as panels
    from jmdi.app import Model, default_model
    from jmdi.errors import (
        BadParameter,
        BadValue,
        Cancelled,
        DataError,
        FormatError,
        FormatTooNew,
        JmdiError,
        ModelError,
        NotFound,
        PluginError,
        Problem,
        Severity,
        Where,
        WrongTarget,
        problems_to_json,
    )
    from jmdi.graph.comparing import Comparison
    from jmdi.graph.dataset import Dataset
    from jmdi.graph.difference import Change, Difference
    from jmdi.graph.doer import Doer
    from jmdi.graph.edges import Edge, Edges
    from jmdi.graph.losses import Losses
    from jmdi.graph.network import Network
    from jmdi.graph.network_frames import Frames
    from jmdi.graph.report import CheckReport
    from jmdi.graph.table import Table
    from jmdi.graph.views import Records
    from jmdi.metrics.declare import metric, metrics_of
    from jmdi.metrics.result import Result, not_applicable, undefined
    from jmdi.model.completeness import absence_counts
    from jmdi.model.declare import define, facet, fields_of, value
    from jmdi.model.edtf import Edtf
    from jmdi.model.fields import FieldInfo, FieldType, Id, Ref, RefTo, Text
    from jmdi.model.ids import make, make_id
    from jmdi.model.kinds import (
        Action,
        Actor,
        Claim,
        Evidence,
        Indicator,
        Initiative,
        KnowledgeItem,
        KnowledgeProduct,
        Observation,
        Partnership,
        Phase,
        Pillar,
        PolicyInstrument,
        Practice,
        Programme,
        Territory,
        Theme,
        WorkPlan,
    )
    from jmdi.model.money import Budget, Transaction
    from jmdi.model.records import Entity, Facet, Record, Relation, evolve, pick
    from jmdi.model.relations import (
        Adopts,
        Coded,
        Considers,
        Contributes,
        Derives,
        Disseminated,
        Participates,
        Rates,
        Relates,
        Tie,
    )
    from jmdi.model.values import (
        Absence,
        Audience,
        Code,
        DatedPart,
        Identifier,
        Money,
        Party,
        Period,
        Place,
        PlanTable,
        Quantity,
        Share,
        Source,
        code,
    )
    from jmdi.model.vocabularies import Concept, Vocabulary
    from jmdi.model.wellknown import CLUSTERS, PILLARS
    from jmdi.plugins.argument_types import Above, AtLeast, AtMost, Below, Wanted, Within
    from jmdi.plugins.catalog import Catalog, Origin, PluginStatus
    from jmdi.plugins.context import Cancel, ImportContext, Limits, Progress
    from jmdi.plugins.hookspecs import Plugin, hookimpl
    from jmdi.plugins.lazy import LazyRef
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
        Parameter,
        ProblemCode,
        Projection,
    )
    from jmdi.running.asking import ask
    from jmdi.running.questions import Answer, Question
    from jmdi.running.reading import RecordStream
    from jmdi.shortcuts import check, dataset, read, write

    __version__: str

_HOMES = {
    "jmdi.app": "Model default_model",
    "jmdi.errors": "BadParameter BadValue Cancelled DataError FormatError FormatTooNew JmdiError "
    "ModelError NotFound PluginError Problem Severity Where WrongTarget problems_to_json",
    "jmdi.graph.comparing": "Comparison",
    "jmdi.graph.dataset": "Dataset",
    "jmdi.graph.difference": "Change Difference",
    "jmdi.graph.doer": "Doer",
    "jmdi.graph.edges": "Edge Edges",
    "jmdi.graph.losses": "Losses",
    "jmdi.graph.network": "Network",
    "jmdi.graph.network_frames": "Frames",
    "jmdi.graph.report": "CheckReport",
    "jmdi.graph.table": "Table",
    "jmdi.graph.views": "Records",
    "jmdi.metrics.declare": "metric metrics_of",
    "jmdi.metrics.result": "Result not_applicable undefined",
    "jmdi.model.completeness": "absence_counts",
    "jmdi.model.declare": "define facet fields_of value",
    "jmdi.model.edtf": "Edtf",
    "jmdi.model.fields": "FieldInfo FieldType Id Ref RefTo Text",
    "jmdi.model.ids": "make make_id",
    "jmdi.model.kinds": "Action Actor Claim Evidence Indicator Initiative KnowledgeItem "
    "KnowledgeProduct Observation Partnership Phase Pillar PolicyInstrument Practice Programme "
    "Territory Theme WorkPlan",
    "jmdi.model.money": "Budget Transaction",
    "jmdi.model.records": "Entity Facet Record Relation evolve pick",
    "jmdi.model.relations": "Adopts Coded Considers Contributes Derives Disseminated Participates "
    "Rates Relates Tie",
    "jmdi.model.values": "Absence Audience Code DatedPart Identifier Money Party Period Place "
    "PlanTable Quantity Share Source code",
    "jmdi.model.vocabularies": "Concept Vocabulary",
    "jmdi.model.wellknown": "CLUSTERS PILLARS",
    "jmdi.plugins.argument_types": "Above AtLeast AtMost Below Wanted Within",
    "jmdi.plugins.catalog": "Catalog Origin PluginStatus",
    "jmdi.plugins.context": "Cancel ImportContext Limits Progress",
    "jmdi.plugins.hookspecs": "Plugin hookimpl",
    "jmdi.plugins.lazy": "LazyRef",
    "jmdi.plugins.specs": "Accessor Check Command Engine Exporter Importer Kernel Metric Migration "
    "Panel Parameter ProblemCode Projection",
    "jmdi.running.asking": "ask",
    "jmdi.running.questions": "Answer Question",
    "jmdi.running.reading": "RecordStream",
    "jmdi.shortcuts": "check dataset read write",
}
# Where the host sets up no logging, what the library logs goes nowhere.
logging.getLogger("jmdi").addHandler(logging.NullHandler())

_MODULES = ("datasets", "metrics", "panels")
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Above",
    "Absence",
    "Accessor",
    "Action",
    "Actor",
    "Adopts",
    "Answer",
    "AtLeast",
    "AtMost",
    "Audience",
    "BadParameter",
    "BadValue",
    "Below",
    "Budget",
    "CLUSTERS",
    "Cancel",
    "Cancelled",
    "Catalog",
    "Change",
    "Check",
    "CheckReport",
    "Claim",
    "Code",
    "Coded",
    "Command",
    "Comparison",
    "Concept",
    "Considers",
    "Contributes",
    "DataError",
    "Dataset",
    "DatedPart",
    "Derives",
    "Difference",
    "Disseminated",
    "Doer",
    "Edge",
    "Engine",
    "Edges",
    "Edtf",
    "Entity",
    "Evidence",
    "Exporter",
    "Facet",
    "FieldInfo",
    "FieldType",
    "FormatError",
    "FormatTooNew",
    "Frames",
    "Id",
    "Identifier",
    "ImportContext",
    "Importer",
    "Kernel",
    "Indicator",
    "Initiative",
    "JmdiError",
    "KnowledgeItem",
    "KnowledgeProduct",
    "LazyRef",
    "Limits",
    "Losses",
    "Metric",
    "Migration",
    "Model",
    "ModelError",
    "Money",
    "Network",
    "NotFound",
    "Observation",
    "Origin",
    "PILLARS",
    "Panel",
    "Parameter",
    "Participates",
    "Partnership",
    "Party",
    "Period",
    "Phase",
    "Pillar",
    "Place",
    "PlanTable",
    "Plugin",
    "PluginError",
    "PluginStatus",
    "PolicyInstrument",
    "Practice",
    "Problem",
    "ProblemCode",
    "Programme",
    "Progress",
    "Projection",
    "Quantity",
    "Question",
    "Rates",
    "Record",
    "RecordStream",
    "Records",
    "Ref",
    "RefTo",
    "Relates",
    "Relation",
    "Result",
    "Severity",
    "Share",
    "Source",
    "Table",
    "Territory",
    "Text",
    "Theme",
    "Tie",
    "Transaction",
    "Vocabulary",
    "Wanted",
    "Where",
    "Within",
    "WorkPlan",
    "WrongTarget",
    "absence_counts",
    "ask",
    "check",
    "code",
    "dataset",
    "datasets",
    "default_model",
    "define",
    "evolve",
    "facet",
    "fields_of",
    "hookimpl",
    "make",
    "make_id",
    "metric",
    "metrics",
    "metrics_of",
    "not_applicable",
    "panels",
    "pick",
    "problems_to_json",
    "read",
    "undefined",
    "value",
    "write",
]


if not TYPE_CHECKING:  # else type checkers would take any name, however misspelt, for Any

    def __getattr__(name: str) -> Any:
        import importlib

        if name in _MODULES:
            return importlib.import_module(f"jmdi.{name}")
        if name in _HOME_OF:
            found = getattr(importlib.import_module(_HOME_OF[name]), name)
            return globals().setdefault(name, found)
        if name == "__version__":
            from jmdi.plugins.distributions import version_of

            return version_of("jmdi")
        raise AttributeError(f"module 'jmdi' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
