"""What metrics need to know: the fields that they read, found by watching them read."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import cast

import jmdi
from jmdi import BadParameter, Dataset, JmdiError, Record, Relation
from jmdi.metrics.choices import NEEDS_CHOICE
from jmdi.model.declare import fields_of, spec_of
from jmdi.running.binding import bind
from jmdi.running.measuring import measured, seen_as
from jmdi.running.projecting import parameters_for
from jmdi.running.tracing import Reads, traced

__all__ = ["needs", "required"]

EXAMPLES = ("sample", "jmdi")
"""The bundled data sets that metrics are watched on too: what the data at hand lacks is not read
of it."""


def needs(
    dataset: Dataset,
    metrics: Mapping[str, Mapping[str, object]],
    *,
    projection: str = "actors",
) -> dict[type[Record], frozenset[str]]:
    """The fields that metrics read, by the class of the records.

    A kind of which only ids are read, as in any index of a Dataset, is not needed, unless a
    relation that is needed has no other end.

    Args:
        dataset: The data at hand.
        metrics: Parameters by the name of the metric, those of its projection among them.
        projection: How metrics of networks see the data.

    Raises:
        BadParameter: If a parameter is missing, or has a value that it cannot have, or the metric
            needs a choice, such as of a practice.
        NotFound: If there is no such metric or parameter.
    """
    found: dict[type[Record], set[str]] = {}
    model = cast("jmdi.Model", dataset.model)  # the only one that there is
    examples = [jmdi.datasets.load(name, model=model) for name in EXAMPLES]
    for name, parameters in metrics.items():
        spec = dataset.model.catalog.metric(name)
        what, view = f"metric {spec.name!r}", seen_as(spec, dataset, projection)
        own, below = parameters_for(model.catalog, what, spec.parameters, view, parameters)
        bound = bind(what, spec.parameters, own)
        for source in (dataset, *examples):
            reads: Reads = set()
            measure = functools.partial(
                measured,
                model,
                spec,
                traced(source, reads),
                projection=view,
                below=below,
                completions=0,
            )
            try:
                result = measure(bound)
                if result.undefined == NEEDS_CHOICE and source is dataset:
                    raise BadParameter(f"metric {name!r}: {result.why}")
                if result.undefined == NEEDS_CHOICE:
                    choices = result.notes["choices"]
                    measure({**bound, **{one: options[0] for one, options in choices.items()}})
            except JmdiError:
                if source is dataset and len(source):
                    raise
            for place, field in reads:
                found.setdefault(type(source.records[place]), set()).add(field)
    wanted = {cls: fields for cls, fields in found.items() if fields - {"id"}}
    for cls in [cls for cls in wanted if issubclass(cls, Relation)]:
        for end in spec_of(cls).ends or ():
            if not any(issubclass(one, end) for one in wanted):
                wanted |= {one: {"id"} for one in found if issubclass(one, end)}
    return {cls: frozenset(fields | required(cls)) for cls, fields in wanted.items()}


def required(cls: type[Record]) -> set[str]:
    """The fields without which there is no record of a kind."""
    return {field.name for field in fields_of(cls) if field.required}
