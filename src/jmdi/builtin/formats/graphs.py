"""The importers and exporters of graph files; each is loaded when it is used."""

from __future__ import annotations

from jmdi.files.graphs.choosing import GRAPH
from jmdi.plugins.specs import Exporter, Importer, ProblemCode

__all__ = ["EXPORTERS", "IMPORTERS", "PROBLEM_CODES"]

IMPORTERS: tuple[Importer, ...] = (
    Importer(
        "graphml",
        (".graphml",),
        "jmdi.builtin.formats.graphml:read_graphml",
        "jmdi.builtin.formats.graphml:sniff_graphml",
        "GraphML: nodes as actors, edges as ties, attributes kept.",
        options=(GRAPH,),
    ),
    Importer(
        "gexf",
        (".gexf",),
        "jmdi.builtin.formats.gexf:read_gexf",
        "jmdi.builtin.formats.gexf:sniff_gexf",
        "GEXF 1.1 to 1.3: nodes as actors, edges as ties, attributes and dates kept.",
    ),
    Importer(
        "node-link",
        (".node-link.json",),
        "jmdi.builtin.formats.graph_json:read_node_link",
        "jmdi.builtin.formats.graph_json:sniff_node_link",
        "Node-link JSON of networkx and d3: nodes as actors, edges as ties.",
    ),
    Importer(
        "cytoscape",
        (".cyjs", ".cytoscape.json"),
        "jmdi.builtin.formats.graph_json:read_cytoscape",
        "jmdi.builtin.formats.graph_json:sniff_cytoscape",
        "Cytoscape JSON: nodes as actors, edges as ties.",
    ),
)

EXPORTERS: tuple[Exporter, ...] = (
    Exporter(
        "graphml",
        (".graphml",),
        "jmdi.builtin.formats.graphml:write_graphml",
        takes="network",
        doc="GraphML for networkx, igraph, Gephi and yEd, with attributes of every type.",
    ),
    Exporter(
        "gexf",
        (".gexf",),
        "jmdi.builtin.formats.gexf:write_gexf",
        takes="network",
        doc="GEXF 1.3 for Gephi, dynamic where nodes or edges are dated.",
    ),
    Exporter(
        "node-link",
        (".node-link.json",),
        "jmdi.builtin.formats.graph_json:write_node_link",
        takes="network",
        doc="Node-link JSON for networkx and d3.",
    ),
    Exporter(
        "cytoscape",
        (".cyjs", ".cytoscape.json"),
        "jmdi.builtin.formats.graph_json:write_cytoscape",
        takes="network",
        doc="Cytoscape JSON for Cytoscape, Cytoscape.js and networkx.",
    ),
)

PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "J501",
        "not a readable graph file",
        "The file is not well-formed, or not of the format that it should be.",
        "Write it again with the program that it comes from, or name its format.",
    ),
    ProblemCode(
        "J502",
        "unsafe XML",
        "Document types can define entities that fill the memory or read other files. One that "
        "only names a file elsewhere is passed over.",
        "Delete the line that begins with <!DOCTYPE, if the file is refused for it.",
    ),
    ProblemCode(
        "J503",
        "graph file too large or too deep",
        "It exceeds the limits that protect against hostile files.",
        "Split it, or raise the limits.",
    ),
    ProblemCode(
        "J504",
        "edge without a node",
        "An edge names a node that the file does not list. A tie gets an actor for it, of which "
        "only the id is known; any other relation is kept as it is.",
        "Add the node, or correct its id.",
    ),
    ProblemCode(
        "J505",
        "node or edge without a usable id",
        "A node has no id, an edge no ends, or two nodes have the same id.",
        "Give every node an id of its own and every edge both ends.",
    ),
    ProblemCode(
        "J506",
        "attribute not as declared",
        "A value is not of the type that the file declares, or is not declared at all. "
        "It is kept as text.",
        "Correct the value or the declaration.",
    ),
    ProblemCode(
        "J507",
        "kind cannot be made",
        "The attribute 'kind' names a kind that does not exist or needs more fields. "
        "The node is read as an actor, the edge as a tie.",
        "Install the plugin of the kind, or use jmdi's own format, which loses nothing.",
    ),
    ProblemCode(
        "J508",
        "direction of ties",
        "Some edges of the file are directed and others are not. A network is directed when any of "
        "its ties is, and a tie that is not goes both ways then.",
        "`ds.project('actors', directed=False)` makes a network without direction.",
    ),
    ProblemCode(
        "J509",
        "part of the file not read",
        "Hyperedges, ports and visual settings have no place among records.",
        "Nothing, unless they matter.",
    ),
    ProblemCode(
        "J510",
        "characters replaced",
        "An id cannot be empty in XML, and half a surrogate pair, which JSON can name, is no "
        "character. U+FFFD stands for it.",
        "Correct the texts if they matter.",
    ),
    ProblemCode(
        "J511",
        "attribute cannot be written",
        "No graph file has a form for values of this type.",
        "Leave the attribute out, or turn it into text or numbers.",
    ),
    ProblemCode(
        "J512",
        "attribute of several types",
        "A column of a graph file has one type, so mixed values are written as text.",
        "Nothing, or give the attribute one type.",
    ),
    ProblemCode(
        "J513",
        "several graphs in one file",
        "They are networks of their own; together they would be a network that nobody observed.",
        "Choose one by its name or number: --option graph=1.",
    ),
    ProblemCode(
        "J514",
        "edges without a weight",
        "The format says that a weight which is left away is 1.",
        "Nothing, unless the weights are missing for another reason.",
    ),
)
"""What can be wrong with graph files."""
