"""The Network: how it is made, measured and written; what it holds stands in `network_data`."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, cast

from jmdi.graph.doer import Doer
from jmdi.graph.network_data import Behind, Pair
from jmdi.graph.network_operations import NetworkOperations
from jmdi.graph.reducing import like

if TYPE_CHECKING:
    from jmdi.errors import Problem
    from jmdi.graph.comparing import Comparison, Names
    from jmdi.graph.describing import Measures
    from jmdi.graph.frames import Frame
    from jmdi.graph.network_frames import Frames, Nodes
    from jmdi.graph.network_matrices import Matrix
    from jmdi.graph.table import Table
    from jmdi.metrics.result import Result

__all__ = ["Behind", "Network", "Pair"]


class Network(NetworkOperations):
    """Nodes by id and edges between their indices; it never changes.

    ``source``, ``target`` and ``weight`` are read-only views of ``int32`` and ``float64``, one
    item for each edge, which numpy takes without a copy: ``numpy.asarray(net.source)``.

    Args:
        name: Name of the projection, or of the network.
        nodes: Ids of the nodes, all different.
        source: Index of the node that each edge goes from.
        target: Index of the node that each edge goes to.
        directed: Whether edges have a direction; without, ends keep the order as given.
        weight: Weight of each edge, NaN where it is not known; ``None`` when
            all are 1.
        mode: For a two-mode network 0 or 1 for each node.
        unobserved: The pair of node indices of each tie of which nobody knows whether it is
            there, or a function that gives them; edges whose ``state`` is ``unobserved`` need
            not be among them.
        both_ways: Those of them, one direction of each, that are tied both ways or not at all.
        node_attributes: Columns with a value for each node; ``None`` is not known.
        edge_attributes: Columns with a value for each edge; ``None`` is not known.
        behind: The records behind the edges.
        dataset: The dataset that it was made of.
        model: The model that it comes from; that of the dataset if it is not given.
        notes: What was left out or assumed, with counts.
        projected: The projection that made it of the dataset, and what was given for it.
        check: Whether to check that all this fits together, which takes time.

    Raises:
        ValueError: If lengths or indices do not fit, or a node id is duplicated.
    """

    __slots__ = ()

    @classmethod
    def from_edges(
        cls,
        edges: Iterable[Sequence[Any] | Mapping[str, Any]] | Frame,
        *,
        nodes: Nodes = (),
        directed: bool = False,
        two_mode: bool = False,
        name: str = "network",
        model: Doer | None = None,
    ) -> Self:
        """A network from a list of edges.

        Args:
            edges: ``(source, target)``, ``(source, target, weight)``, or a mapping with
                ``source``, ``target``, perhaps ``weight``, and attributes; or a data frame with
                these columns, see `from_frame`.
            nodes: Nodes that come first, isolates among them: ids, attributes by id, or a data
                frame with the column ``id``.
            directed: Whether edges have a direction.
            two_mode: Whether sources are of mode 0 and targets of mode 1; a node without an edge
                has the attribute ``mode``.
            name: Name of the network.
            model: The model that it comes from; the default model if it is not given.

        Raises:
            NotFound: If a data frame lacks a column; it names the near ones.
            TypeError: If an id is not a string or a weight not a number.
            ValueError: If an edge is neither of these forms, a weight is not finite, a node id is
                duplicated, or a node is of both modes.
        """
        from jmdi.graph.edge_list import network_of_edges
        from jmdi.graph.frames import is_frame
        from jmdi.graph.network_frames import nodes_of

        if is_frame(edges):
            return cls.from_frame(
                edges, nodes=nodes, directed=directed, two_mode=two_mode, name=name, model=model
            )
        notes: dict[str, Any] = {}
        return network_of_edges(
            cls,
            cast("Iterable[Sequence[Any] | Mapping[str, Any]]", edges),
            nodes=nodes_of(nodes, "id", notes),
            directed=directed,
            two_mode=two_mode,
            name=name,
            model=model,
            notes=notes,
        )

    @classmethod
    def from_frame(
        cls,
        edges: Frame,
        *,
        source: str = "source",
        target: str = "target",
        weight: str | None = None,
        nodes: Nodes = (),
        node_id: str = "id",
        directed: bool = False,
        two_mode: bool = False,
        name: str = "network",
        model: Doer | None = None,
    ) -> Self:
        """A network from a data frame of edges, and perhaps one of nodes.

        A frame of pandas, Polars, pyarrow or DuckDB will do, anything that speaks Arrow, columns
        by name, or rows as mappings. Null, NaN, NaT and NA are not known, and never 0. Other
        columns are attributes; ``state`` says ``absent`` or ``unobserved`` of an edge that is no
        tie, and an edge of a directed network whose ``directed`` is false goes both ways. Ids
        that are whole numbers become text, which the notes count.

        Args:
            edges: A row for each edge; one with a source and nothing else is a node without an
                edge.
            source: The column of the node that an edge goes from.
            target: The column of the node that it goes to.
            weight: The column of its weight; ``weight``, if there is one, when not given.
            nodes: A row for each node, or ids, or attributes by id; these nodes come first,
                isolates among them.
            node_id: The column of their ids.
            directed: Whether edges have a direction.
            two_mode: Whether sources are of mode 0 and targets of mode 1; a node without an edge
                has the column ``mode``.
            name: Name of the network.
            model: The model that it comes from; the default model if it is not given.

        Raises:
            NotFound: If there is no such column; it names the near ones.
            TypeError: If an id is neither text nor a whole number, or a weight not a number.
            ValueError: If an end is missing, a node id is duplicated, or a node is of both modes.
            ImportError: If the frame speaks Arrow alone, and nothing that reads it is installed.
        """
        from jmdi.graph.network_frames import network_of_frame

        return network_of_frame(
            cls,
            edges,
            source=source,
            target=target,
            weight=weight,
            nodes=nodes,
            node_id=node_id,
            directed=directed,
            two_mode=two_mode,
            name=name,
            model=model,
        )

    @classmethod
    def from_matrix(
        cls,
        matrix: Matrix,
        nodes: Iterable[str] | None = None,
        *,
        columns: Iterable[str] | None = None,
        directed: bool = False,
        name: str = "network",
        model: Doer | None = None,
    ) -> Self:
        """A network from an adjacency matrix, or a two-mode one from an incidence matrix.

        A cell that is 0 is no tie, any other its weight; NaN and ``None`` are pairs that were not
        observed. If all are 0 and 1, there are no weights.

        Args:
            matrix: An array of numpy, a sparse one of scipy, a frame of pandas whose labels name
                the nodes, or rows of numbers.
            nodes: Ids of the nodes, or of the rows of an incidence matrix.
            columns: Ids of the columns of an incidence matrix, which are of mode 1.
            directed: Whether the cell of row *i* and column *j* is a tie from *i* to *j*.
            name: Name of the network.
            model: The model that it comes from; the default model if it is not given.

        Raises:
            ValueError: If the names do not fit, or an undirected matrix is not symmetric.
            TypeError: If it is no matrix, a cell is not a number, or an id is not a string.
        """
        from jmdi.graph.network_matrices import network_of_matrix

        return network_of_matrix(
            cls,
            matrix,
            nodes=nodes,
            columns=columns,
            directed=directed,
            name=name,
            model=model,
        )

    @classmethod
    def from_networkx(
        cls,
        graph: Any,
        *,
        name: str | None = None,
        weight: str = "weight",
        model: Doer | None = None,
    ) -> Self:
        """A network from a networkx graph of any class.

        Args:
            graph: The graph.
            name: Name of the network; by default that of the graph.
            weight: The edge attribute that holds the weight.
            model: The model that it comes from; the default model if it is not given.

        Raises:
            ValueError: If two nodes have the same text, or a weight is not finite.
            TypeError: If a weight is not a number.
        """
        from jmdi.graph.networkx_bridge import from_networkx

        return from_networkx(cls, graph, name=name, weight=weight, model=model)

    @classmethod
    def from_igraph(
        cls,
        graph: Any,
        *,
        name: str | None = None,
        weight: str = "weight",
        model: Doer | None = None,
    ) -> Self:
        """A network from a graph of python-igraph.

        The vertex attribute ``name`` is the id, and ``type``, if all have it, the mode; ``type_``
        is then an attribute ``type``, as `to_igraph` writes it.

        Args:
            graph: The graph.
            name: Name of the network; by default that of the graph.
            weight: The edge attribute that holds the weight.
            model: The model that it comes from; the default model if it is not given.

        Raises:
            ValueError: If two vertices have the same name, or a weight is not finite.
            TypeError: If a weight is not a number.
        """
        from jmdi.graph.igraph_bridge import from_igraph

        return from_igraph(cls, graph, name=name, weight=weight, model=model)

    def to_frames(self) -> Frames:
        """The network as two tables, ``nodes`` and ``edges``, from which `from_frame` makes it.

        Each is a `Table`, which pandas, Polars and anything that speaks Arrow can take.
        """
        from jmdi.graph.network_frames import frames_of

        return frames_of(self)

    def to_scipy(self, *, weighted: bool | None = None) -> Any:
        """The adjacency matrix as a sparse array, or the incidence matrix of a two-mode network.

        Rows and columns are in the order of the nodes; those of mode 0 are the rows and those of
        mode 1 the columns of an incidence matrix. Weights of parallel edges are added. A pair that
        was not observed is NaN, and so is a weight that is not known: which of both it is, only
        the matrix without weights says. The network itself says what else is not known.

        Args:
            weighted: Whether cells are weights, else 1; by default if the network has some.

        Returns:
            A ``scipy.sparse.csr_array`` of ``float64``.

        Raises:
            ImportError: If scipy is not installed.
        """
        from jmdi.graph.network_matrices import matrix_of

        return matrix_of(self, weighted)

    def to_igraph(self, *, ties_only: bool = True) -> Any:
        """The network as a graph of python-igraph.

        Ids are the vertex attribute ``name``, modes ``type``; parallel edges stay. A weight that
        is not known is ``None``. An own attribute of such a name has an underscore: ``type_``.

        Args:
            ties_only: Whether edges that are no ties are left out: those of pairs that are untied
                or were not observed. With them igraph takes each for a tie, and `from_igraph`
                gives the same network.

        Returns:
            An ``igraph.Graph``.

        Raises:
            ImportError: If igraph is not installed.
        """
        from jmdi.graph.igraph_bridge import to_igraph

        return to_igraph(self, ties_only)

    def to_networkx(self, *, multi: bool = False, ties_only: bool = True, copy: bool = True) -> Any:
        """The network as a networkx graph; networkx is imported here and not before.

        Nodes and edges are in the order of the network, and what is not known is left out.
        Without ``multi`` parallel edges become one: weights are added, and an attribute in which
        they differ becomes the tuple of its values.

        Args:
            multi: Whether to make a graph that can hold parallel edges.
            ties_only: Whether edges that are no ties are left out: those of pairs that are untied
                or were not observed. With them networkx takes each for a tie, and
                `from_networkx` gives the same network.
            copy: Whether to make a graph of its own; otherwise one that is frozen and shared.

        Returns:
            A ``Graph``, ``DiGraph``, ``MultiGraph`` or ``MultiDiGraph``.
        """
        from jmdi.graph.networkx_bridge import to_networkx

        if copy:
            return to_networkx(self, multi=multi, ties_only=ties_only, frozen=False)
        return self._once(
            f"networkx {multi} {ties_only}",
            lambda: to_networkx(self, multi=multi, ties_only=ties_only, frozen=True),
        )

    def of_model(self, model: Doer) -> Network:
        """The same network as one of another model; nothing is copied."""
        return self if self._model is model else like(self, model=model)

    def metric(self, name: str, /, **parameters: Any) -> Result:
        """Computes a metric of networks.

        Raises:
            NotFound: If there is no such metric or parameter; it names the near ones.
        """
        return self.model.metric(self, name, **parameters)

    def table(self, metrics: Measures = (), *, attributes: Iterable[str] = ()) -> Table:
        """A row for each node: its id, its label, a column for each metric, and ``coverage``.

        Where a value has bounds, these are columns of their own. What is not known, or not
        defined, is ``None``, and the notes of the table say why. ``coverage`` is the share of the
        pairs of a node that was observed.

        A column whose heading another has already is marked: ``coverage'``.

        Args:
            metrics: Names of metrics, or Results such as ``net.metric("degree", direction="in")``;
                a mapping from headings gives each column its own.
            attributes: Node attributes that stand before them.

        Raises:
            NotFound: If there is no such metric or attribute; it names the near ones.
            ValueError: If a metric has no value for each node.
        """
        from jmdi.graph.describing import node_table

        return node_table(self, metrics, attributes)

    def summary(self, metrics: Measures = ()) -> Table:
        """Table 1 of a paper: size, density, components, centralization and the like, with bounds.

        A row for each measure with ``value``, ``lower`` and ``upper``; where there is no value,
        the notes say why. ``net.summary().to_latex()`` is ready for a paper.

        Args:
            metrics: Further metrics, by name or as Results.

        Raises:
            NotFound: If there is no such metric; it names the near ones.
        """
        from jmdi.graph.describing import summary

        return summary(self, metrics)

    def compare(self, other: Network, metrics: Names | None = None) -> Comparison:
        """What differs between this network and a later one, in nodes, ties, weights and measures.

        Nodes are the same if their ids are. A tie is *unknown* where the other network did not
        observe its pair.

        Args:
            other: The network after.
            metrics: Metrics of both, by name; density if not given, of two modes theirs.

        Raises:
            NotFound: If there is no such metric; it names the near ones.
            TypeError: If a Result is given in place of a name: it is of one network only.
            ValueError: If only one of them is directed, or has two modes.
        """
        from jmdi.graph.comparing import compared

        return compared(self, other, metrics)

    def to_dict(self) -> dict[str, Any]:
        """The network as JSON values in node-link form, which networkx and d3 read too.

        Raises:
            DataError: If an attribute has a value that no rule covers.
        """
        stream = io.BytesIO()
        self.model.write(self, stream, format="node-link")
        found: dict[str, Any] = json.loads(stream.getvalue())
        return found

    def losses(self, format: str, /, **options: object) -> tuple[Problem, ...]:
        """What a format cannot keep of this network, by kind and member; nothing is written.

        Args:
            format: Name of the exporter, such as ``graphml``.
            **options: Options of the exporter.
        """
        return self.model.losses(self, format, **options)

    def write(
        self, path: str | os.PathLike[str], /, *, format: str | None = None, **options: object
    ) -> None:
        """Writes the network in the format of the path's ending, or of ``format``."""
        self.model.write(self, path, format=format, **options)
