"""A plugin that has one of everything that makes a value, none of which mentions a model."""

from __future__ import annotations

import jmdi


def read(stream, context):
    seen = set()
    for line in stream.read().decode().splitlines():
        source, target = line.split()
        yield from (jmdi.Actor(id=end) for end in (source, target) if end not in seen)
        seen |= {source, target}
        yield jmdi.Tie(id=f"{source}-{target}", source=source, target=target)


def ties(dataset):
    return jmdi.Network.from_edges([(tie.source, tie.target) for tie in dataset.of(jmdi.Tie)])


def size(network):
    return jmdi.Result(value=len(network))


def records(dataset):
    return len(dataset)


def doubled(value):
    return 2 * (float(value) if isinstance(value, jmdi.Result) else len(value))


@jmdi.hookimpl
def jmdi_importers():
    return [jmdi.Importer("keeper:pairs", (".pairs",), read)]


@jmdi.hookimpl
def jmdi_projections():
    return [jmdi.Projection("keeper:ties", ties)]


@jmdi.hookimpl
def jmdi_metrics():
    return [
        jmdi.Metric("keeper:size", size),
        jmdi.Metric("keeper:records", records, on="dataset"),
    ]


@jmdi.hookimpl
def jmdi_accessors():
    return [jmdi.Accessor("doubled", on, doubled) for on in ("dataset", "network", "result")]
