"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Exporter, Importer, ProblemCode, hookimpl
from jmdi.files.graphs.choosing import GRAPH
from jmdi_networkfiles.options import DIRECTED, RELATIONS, SECOND

JMDI_API = 1


@hookimpl
def jmdi_importers() -> Iterable[Importer]:
    """Network files that can be read."""
    return [
        Importer(
            "networkfiles:gml",
            (".gml",),
            "jmdi_networkfiles.gml.reading:read",
            "jmdi_networkfiles.gml.reading:sniff",
            "GML: nodes as actors, edges as ties, keys kept",
            options=(GRAPH,),
        ),
        Importer(
            "networkfiles:pajek",
            (".net", ".paj", ".mat"),
            "jmdi_networkfiles.pajek.reading:read",
            "jmdi_networkfiles.pajek.reading:sniff",
            "Pajek: networks and projects, with relations, partitions and vectors",
            options=(GRAPH, SECOND, DIRECTED),
        ),
        Importer(
            "networkfiles:dl",
            (".dl",),
            "jmdi_networkfiles.ucinet.dl:read",
            "jmdi_networkfiles.ucinet.dl:sniff",
            "UCINET's language DL: matrices, lists of edges and nodes, several relations",
            options=(SECOND, DIRECTED),
        ),
        Importer(
            "networkfiles:ucinet",
            (".##h", ".##d"),
            "jmdi_networkfiles.ucinet.binary:read",
            "jmdi_networkfiles.ucinet.binary:sniff",
            "UCINET's own datasets, a header (.##h) with its data (.##d) beside it",
            options=(SECOND, DIRECTED),
        ),
        Importer(
            "networkfiles:vna",
            (".vna",),
            "jmdi_networkfiles.vna.reading:read",
            "jmdi_networkfiles.vna.reading:sniff",
            "NetDraw's VNA: nodes and ties with attributes, ties of several kinds",
            options=(RELATIONS,),
        ),
    ]


@hookimpl
def jmdi_exporters() -> Iterable[Exporter]:
    """Network files that can be written."""
    return [
        Exporter(
            "networkfiles:gml",
            (".gml",),
            "jmdi_networkfiles.gml.writing:write",
            takes="network",
            doc="GML for networkx, igraph, Gephi and Cytoscape, in ASCII.",
        ),
    ]


@hookimpl
def jmdi_problem_codes() -> Iterable[ProblemCode]:
    """What ``jmdi explain`` says of this plugin's codes."""
    from jmdi_networkfiles import codes, pajek, ucinet, vna

    return [*codes.PROBLEM_CODES, *pajek.PROBLEM_CODES, *ucinet.PROBLEM_CODES, *vna.PROBLEM_CODES]
