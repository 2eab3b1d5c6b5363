"""The attributes of a network as columns of one plain type each, for graph files.

The rules, which hold for GraphML and GEXF alike:

- what is not known (``None``, NaN) is left out;
- a text has one column for each language, ``names.en``; a period has its EDTF, and its words
  in ``period.words``; a code is ``scheme:code``; dates are ISO 8601;
- tuples, other mappings and other values are JSON text;
- a decimal is a double if that is exactly the same number for the whole column, else text;
- whole numbers beyond 64 bits, infinities and numbers so small that igraph refuses them
  (below 2.2e-308) make the column text, and so do mixed types;
- an empty id becomes U+FFFD; a character that XML cannot hold is refused;
- an attribute whose name the format needs itself gets an underscore: ``id_``.

Whatever is changed by these rules, except for the form of known types, is reported.
"""

from __future__ import annotations

import datetime
import enum
import math
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import attrs

from jmdi.errors import DataError, Problem, Severity, Where
from jmdi.files.safe_xml import legal
from jmdi.graph.pairs import said_states
from jmdi.model.frozen import thaw
from jmdi.model.values import Code, Period
from jmdi.model.writing import dumps, value_writer

if TYPE_CHECKING:
    from jmdi.graph.network import Network

__all__ = [
    "Column",
    "ExportWarning",
    "Report",
    "attributes_of_edges",
    "columns_of",
    "edge_columns",
    "node_columns",
    "plain",
    "report_to",
    "unique",
    "xml_ids",
    "xml_text",
]

Type = Literal["boolean", "long", "double", "string"]
What = Literal["node", "edge"]
Report: TypeAlias = Callable[[Problem], None]

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
RESERVED: Mapping[str, frozenset[str]] = {
    "node": frozenset({"id"}),
    "edge": frozenset({"id", "source", "target", "key"}),
}
"""Names that formats, or networkx when it reads them, need for nodes and edges themselves."""

INT64 = 2**63
EXACT_INT = 2**53


class ExportWarning(UserWarning):
    """Something could not be written as it is; the message is that of a Problem."""


def report_to(report: Report | None) -> Report:
    """Where problems of an export go: as asked, else Python's warnings."""
    if report is not None:
        return report
    return lambda problem: warnings.warn(str(problem), ExportWarning, stacklevel=4)


@attrs.frozen(slots=True)
class Column:
    """One attribute of all nodes or edges.

    Attributes:
        name: Its name.
        type: The type of its values.
        values: One value for each node or edge; ``None`` where there is none.
    """

    name: str
    type: Type
    values: Sequence[Any]

    def text(self, index: int) -> str | None:
        """The value of one node or edge as XML writes it."""
        value = self.values[index]
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        return repr(float(value)) if self.type == "double" else str(value)


def node_columns(network: Network, report: Report) -> list[Column]:
    """The attributes of the nodes; ``mode`` is 0 or 1 in a two-mode network."""
    columns = dict(network.node_attributes)
    if network.mode is not None:
        columns.setdefault("mode", network.mode)
    return columns_of(columns, "node", report)


def edge_columns(network: Network, report: Report) -> list[Column]:
    """The attributes of the edges as columns; see `attributes_of_edges`."""
    return columns_of(attributes_of_edges(network), "edge", report)


def attributes_of_edges(network: Network) -> dict[str, Sequence[Any]]:
    """The attributes of the edges, ``weight`` first when the network has weights.

    ``state`` says of each edge that is no tie why it is none. An attribute of its own that is
    named ``weight`` too becomes ``weight_``.
    """
    columns: dict[str, Sequence[Any]] = dict(network.edge_attributes)
    if network.weight is not None:
        own = columns.pop("weight", None)
        columns = {"weight": network.weight, **columns}
        if own is not None:
            columns["weight_"] = own
    if (states := said_states(network)) is not None:
        columns["state"] = states
    return columns


def columns_of(attributes: Mapping[str, Sequence[Any]], what: What, report: Report) -> list[Column]:
    """Attributes as columns of one plain type each; those without any value are left out.

    Raises:
        DataError: If a value is of a type that no rule covers.
    """
    columns = []
    for name, values in attributes.items():
        for part, items in _parts(name, list(values)):
            column = _column(part, items, what, report)
            if column is not None:
                columns.append(column)
    own = RESERVED[what]
    names = unique(f"{c.name}_" if c.name in own else c.name for c in columns)
    return [attrs.evolve(c, name=n) for c, n in zip(columns, names, strict=True)]


def _parts(name: str, values: list[Any]) -> Iterable[tuple[str, list[Any]]]:
    """A column of texts as one for each language, one of periods as EDTF and words."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, Period) for value in known):
        yield name, [getattr(value, "edtf", None) for value in values]
        yield f"{name}.words", [getattr(value, "words", None) for value in values]
    elif known and all(map(_is_text, known)):
        for language in sorted({key for value in known for key in value}):
            yield f"{name}.{language}", [None if v is None else v.get(language) for v in values]
    else:
        yield name, values


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(k, str) and isinstance(v, str) and LANGUAGE.fullmatch(k)
        for k, v in value.items()
    )


def plain(value: Any) -> Any:
    """A value as JSON knows it: lists and objects for tuples, mappings and value classes.

    Raises:
        TypeError: If it is of a type that JSON has no form for.
    """
    if value is None or isinstance(value, (str, bool, int, float, Decimal)):
        return value.value if isinstance(value, enum.Enum) else value
    if isinstance(value, Code) and value.words is None and not value.extra:
        return str(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return plain(value.value)
    cls: Any = type(value)
    if "__jmdi_value__" in cls.__dict__:
        return thaw(value_writer(cls)(value))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=repr)
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no form in a graph file")


def _scalar(value: Any) -> Any:
    """A value as text, number or truth value; ``None`` for NaN."""
    value = plain(value)
    if isinstance(value, (dict, list)):
        return dumps(_finite(value))
    return None if isinstance(value, (float, Decimal)) and math.isnan(value) else value


def _finite(value: Any) -> Any:
    """A JSON value without NaN and infinities, which become null and text."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    if isinstance(value, (float, Decimal)) and not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    return value


def _column(name: str, values: list[Any], what: str, report: Report) -> Column | None:
    try:
        scalars = [_scalar(value) for value in values]
    except TypeError as error:
        message = f"{what} attribute {name!r}: {error}"
        cure = "leave the attribute out, or turn it into text or numbers"
        raise DataError([Problem("J511", Severity.ERROR, message, cure=cure)]) from None
    if all(value is None for value in scalars):
        return None
    kind = _type(scalars)
    if kind == "string":
        if len({_family(value) for value in scalars if value is not None}) > 1:
            report(
                Problem(
                    "J512",
                    Severity.INFO,
                    f"{what} attribute {name!r} has values of several types; it is written as text",
                )
            )
        scalars = [_as_text(value) for value in scalars]
    return Column(name, kind, scalars)


def _family(value: Any) -> str:
    if isinstance(value, bool):
        return "truth"
    return "text" if isinstance(value, str) else "number"


def _type(scalars: Iterable[Any]) -> Type:
    classes = {_class(value) for value in scalars if value is not None}
    if classes == {"boolean"}:
        return "boolean"
    if classes <= {"short", "long"}:
        return "long"
    if classes <= {"short", "double"}:
        return "double"
    return "string"


def _class(value: Any) -> str:
    """``short`` is a whole number that a double holds exactly."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        if abs(value) <= EXACT_INT:
            return "short"
        return "long" if -INT64 <= value < INT64 else "string"
    if isinstance(value, float):
        return "double" if _is_normal(value) else "string"
    if isinstance(value, Decimal):
        normal = value.is_finite() and _is_normal(float(value))
        return "double" if normal and Decimal(repr(float(value))) == value else "string"
    return "string"


def _is_normal(number: float) -> bool:
    return math.isfinite(number) and (number == 0 or abs(number) >= sys.float_info.min)


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def xml_ids(network: Network, report: Report) -> list[str]:
    """The ids of the nodes, none of them empty, still all different."""
    if "" in network.nodes:
        message = "the id of a node is empty; U+FFFD stands for it"
        where = Where(file=network.name or None)
        report(Problem("J510", Severity.WARNING, message, where))
    return unique(node or "\ufffd" for node in network.nodes)


def unique(names: Iterable[str]) -> list[str]:
    """Names, of which those that were there before get a number: ``x``, ``x_2``."""
    taken: set[str] = set()
    result = []
    for name in names:
        number, candidate = 1, name
        while candidate in taken:
            number += 1
            candidate = f"{name}_{number}"
        taken.add(candidate)
        result.append(candidate)
    return result


_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#9;",
}
_SPECIAL = re.compile('[&<>"\r\n\t]')


def xml_text(text: str) -> str:
    """A text for an attribute or element of XML.

    Raises:
        UnicodeEncodeError: If XML cannot hold it.
    """
    return _SPECIAL.sub(lambda match: _ENTITIES[match[0]], legal(text))
