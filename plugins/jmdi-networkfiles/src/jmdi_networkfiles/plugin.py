"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Exporter, Importer, ProblemCode, hookimpl
from jmdi.files.graphs.choosing import GRAPH
from jmdi_networkfiles.options import (
    BLANK,
    DELIMITER,
    DIRECTED,
    EDGES_DIRECTED,
    HEADER,
    KINDS,
    LAYOUT,
    MATRIX,
    MUTUAL,
    RELATIONS,
    SECOND,
)

JMDI_API = 1

SHEETS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
"""Endings of files with rows and columns."""


@hookimpl
def jmdi_importers() -> Iterable[Importer]:
    """Network files that can be read."""
    return [
        Importer(
            "networkfiles:ncol",
            (".ncol",),
            "jmdi_networkfiles.lists.reading:read_ncol",
            "jmdi_networkfiles.lists.reading:sniff_ncol",
            "NCOL: two names on each line and perhaps a weight",
        ),
        Importer(
            "networkfiles:lgl",
            (".lgl",),
            "jmdi_networkfiles.lists.reading:read_lgl",
            "jmdi_networkfiles.lists.reading:sniff_lgl",
            "LGL: each vertex with its neighbours",
        ),
        Importer(
            "networkfiles:kumu",
            (".json",),
            "jmdi_networkfiles.kumu.project:read",
            "jmdi_networkfiles.kumu.project:sniff",
            "projects and blueprints of Kumu: elements as actors, connections as ties",
            options=(MUTUAL, KINDS),
        ),
        Importer(
            "networkfiles:kumu-tables",
            SHEETS,
            "jmdi_networkfiles.kumu.tables:read",
            "jmdi_networkfiles.kumu.tables:sniff",
            "Kumu's tables of elements and connections, in texts and workbooks",
            options=(MUTUAL, KINDS, DELIMITER),
        ),
        Importer(
            "networkfiles:matrix",
            SHEETS,
            "jmdi_networkfiles.sheets.matrix:read",
            "jmdi_networkfiles.sheets.finding:sniff",
            "adjacency and incidence matrices with labels, in texts and workbooks",
            options=(GRAPH, MATRIX, BLANK, DIRECTED, SECOND, DELIMITER),
        ),
        Importer(
            "networkfiles:edges",
            (*SHEETS, ".edges", ".edgelist", ".el", ".adjlist"),
            "jmdi_networkfiles.sheets.edges:read",
            "jmdi_networkfiles.sheets.edges:sniff",
            "lists of ties without a header, and lists of neighbours, in texts and workbooks",
            options=(GRAPH, HEADER, LAYOUT, EDGES_DIRECTED, DELIMITER),
        ),
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
            "networkfiles:matrix",
            (".matrix.csv",),
            "jmdi_networkfiles.sheets.writing:write_matrix",
            takes="network",
            doc="An adjacency or incidence matrix as text, with NA for what was not observed.",
        ),
        Exporter(
            "networkfiles:edges",
            (".edges.csv", ".edges"),
            "jmdi_networkfiles.sheets.writing:write_edges",
            takes="network",
            doc="A list of ties as text, with their attributes and the nodes without ties.",
        ),
        Exporter(
            "networkfiles:kumu",
            (".kumu.json",),
            "jmdi_networkfiles.kumu.writing:write",
            takes="network",
            doc="A blueprint in JSON, which Kumu takes in.",
        ),
        Exporter(
            "networkfiles:gml",
            (".gml",),
            "jmdi_networkfiles.gml.writing:write",
            takes="network",
            doc="GML for networkx, igraph, Gephi and Cytoscape, in ASCII.",
        ),
        Exporter(
            "networkfiles:pajek",
            (".paj",),
            "jmdi_networkfiles.pajek.writing:write_project",
            takes="network",
            doc="A project of Pajek: a network with partitions and vectors.",
        ),
        Exporter(
            "networkfiles:pajek-net",
            (".net",),
            "jmdi_networkfiles.pajek.writing:write_network",
            takes="network",
            doc="A network of Pajek, without attributes of vertices.",
            importer="networkfiles:pajek",
        ),
        Exporter(
            "networkfiles:dl",
            (".dl",),
            "jmdi_networkfiles.ucinet.writing:write",
            takes="network",
            doc="UCINET's language DL: a matrix for each kind of tie, NA where not observed.",
        ),
        Exporter(
            "networkfiles:vna",
            (".vna",),
            "jmdi_networkfiles.vna.writing:write",
            takes="network",
            doc="VNA for NetDraw, with attributes of nodes and ties.",
        ),
    ]


@hookimpl
def jmdi_problem_codes() -> Iterable[ProblemCode]:
    """What ``jmdi explain`` says of this plugin's codes."""
    from jmdi_documents import problem_codes
    from jmdi_networkfiles import codes, pajek, ucinet, vna

    own = (codes, pajek, ucinet, vna)
    return [
        *problem_codes("networkfiles"),
        *(code for module in own for code in module.PROBLEM_CODES),
    ]
