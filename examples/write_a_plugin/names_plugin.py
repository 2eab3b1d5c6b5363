"""A plugin in one file: an importer of plain lists of names, and a metric.

jmdi convert names.names -o actors.jsonl --plugin examples/write_a_plugin/names_plugin.py
"""

import jmdi

JMDI_API = 1


def read(stream, context):
    """One actor for each line; a line without a name is reported."""
    for number, line in enumerate(stream.read().decode("utf-8").splitlines(), start=1):
        where = jmdi.Where(file=context.name, line=number)
        if line.strip():
            yield jmdi.Actor(id=jmdi.make_id("actor", line.strip()), names={"und": line.strip()})
        else:
            context.problem("names:N1", "the line is empty", where=where)


@jmdi.metric(
    "names:isolated", "Isolated actors", value_is="count", range=(0, None), citation="this example"
)
def isolated(network: jmdi.Network) -> int:
    """Nodes without an edge."""
    return sum(1 for degree in network.degree().values() if degree == 0)


@jmdi.hookimpl
def jmdi_importers():
    """Lists of names."""
    return [jmdi.Importer("names:list", (".names",), read, doc="One name of an actor per line.")]


@jmdi.hookimpl
def jmdi_metrics():
    """One metric of networks."""
    return jmdi.metrics_of(__name__)


@jmdi.hookimpl
def jmdi_problem_codes():
    """What `jmdi explain names:N1` says."""
    return [jmdi.ProblemCode("names:N1", "empty line", "It names nobody.", "Delete it.")]
