"""Networks of some nodes and edges of a network: those of which a condition holds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from jmdi.errors import NotFound
from jmdi.graph.naming import moment_of, no_wave
from jmdi.graph.numbers import limit
from jmdi.graph.pairs import edge_states, given_pairs, opened
from jmdi.graph.reducing import part
from jmdi.model.values import Period

if TYPE_CHECKING:
    from jmdi.graph.network_data import N, NetworkData

__all__ = ["Condition", "filtered", "is_known", "with_edges"]

Condition: TypeAlias = Mapping[str, object] | Callable[[Mapping[str, Any]], bool | None]
"""What must hold: a value, several values or a function of a value by attribute, or a function of
all attributes that says yes, no, or ``None`` where it is not known."""

Held: TypeAlias = Sequence[bool | None]
"""For each node or edge whether a condition holds; ``None`` where nobody knows."""


_BY_ID = {"node": "; nodes by their ids are network.subnetwork(ids)"}
"""What to write instead of a condition that is only a list of names."""


def is_known(value: object) -> bool:
    """Whether a value is one: ``None`` and NaN are not."""
    return value is not None and value == value


def filtered(
    network: N,
    nodes: Condition | None,
    edges: Condition | None,
    least: float | None,
    most: float | None,
    as_of: datetime.date | str | int | None,
) -> N:
    """See :meth:`jmdi.Network.filter`."""
    if nodes is not None:
        network = _with_nodes(network, nodes)
    held: list[Held] = []
    said = []
    if edges is not None:
        ends = {"source": network.source, "target": network.target}
        own: dict[str, Sequence[Any]] = {
            name: [network.nodes[i] for i in end] for name, end in ends.items()
        }
        own["weight"] = [edge.weight for edge in network.edges]
        held.append(_held(edges, {**network.edge_attributes, **own}, network.n_edges, "edge"))
        said.append(_said(edges))
    least = None if least is None else limit("min_weight", least)
    most = None if most is None else limit("max_weight", most)
    if least is not None or most is not None:
        weights = [edge.weight for edge in network.edges]
        held.append([_between(weight, least, most) for weight in weights])
        said += [] if least is None else [f"weight >= {least:g}"]
        said += [] if most is None else [f"weight <= {most:g}"]
    if as_of is not None:
        held.append(_in_force(network, moment_of(as_of)))
        said.append(f"as of {as_of}")
    if not held:
        return network
    said = [*network.notes.get("filtered_edges", ()), *said]
    return with_edges(network, [_all(one) for one in zip(*held, strict=True)], filtered_edges=said)


def with_edges(
    network: N,
    held: Held,
    *,
    given: Iterable[tuple[int, int]] | None = None,
    count: str = "ties_unknown",
    **notes: Any,
) -> N:
    """The network of the edges of which something holds, with all nodes.

    Of a tie of which it is not known, its pair was not observed.

    Args:
        network: The network.
        held: For each edge whether it holds.
        given: The pairs that were not observed before; those that the maker gave if not given.
        count: What the note is called that counts the ties of which it is not known.
        **notes: Further notes.
    """
    states = edge_states(network)
    disputed = network.edge_attributes.get("disputed", (None,) * network.n_edges)
    open_ = [
        edge
        for edge, holds in enumerate(held)
        if holds is None and (states is None or states[edge] != "absent" or disputed[edge] is True)
    ]
    unknown, both_ways = opened(network, [[edge] for edge in open_])
    return part(
        network,
        range(len(network)),
        [edge for edge, holds in enumerate(held) if holds],
        unobserved=[*(given_pairs(network) if given is None else given), *unknown],
        both_ways=both_ways,
        notes={**network.notes, **notes, **({count: len(unknown)} if unknown else {})},
    )


def _with_nodes(network: N, condition: Condition) -> N:
    columns = {**network.node_attributes, "id": network.nodes}
    held = _held(condition, columns, len(network), "node")
    unknown = held.count(None)
    notes: dict[str, Any] = {
        **network.notes,
        "filtered_nodes": [*network.notes.get("filtered_nodes", ()), _said(condition)],
    }
    if unknown:
        notes["nodes_unknown_left_out"] = unknown
    keep = [i for i, holds in enumerate(held) if holds]
    inside = set(keep)
    ends = enumerate(zip(network.source, network.target, strict=True))
    return part(network, keep, [e for e, pair in ends if inside.issuperset(pair)], notes=notes)


def _held(
    condition: Condition, columns: Mapping[str, Sequence[Any]], rows: int, what: str
) -> list[bool | None]:
    """For each row whether a condition holds.

    Raises:
        NotFound: If there is no such attribute; it names the near ones.
        TypeError: If the condition is neither a mapping nor a function.
        ValueError: If a value is looked for that says nothing.
    """
    if callable(condition):
        cells = zip(*columns.values(), strict=True) if columns else ((),) * rows
        return [_truth(condition(dict(zip(columns, row, strict=True)))) for row in cells]
    held: list[list[bool | None]] = []
    if not isinstance(condition, Mapping):
        raise TypeError(
            f"what holds of {what}s is a mapping from attributes to what is wanted, or a function "
            f"of all attributes, not {condition!r:.60}{_BY_ID.get(what, '')}"
        )
    for name, wanted in condition.items():
        if name not in columns:
            raise NotFound(f"{what} attribute", str(name), tuple(columns))
        if wanted is None:
            raise ValueError(
                f"{name}: None is not a value that can be looked for; for those that are not "
                f"known give a function of the {what}: lambda {what}: {what}[{name!r}] is None"
            )
        held.append([_holds(value, wanted) for value in columns[name]])
    return [_all(one) for one in zip(*held, strict=True)] if held else [True] * rows


def _holds(value: object, wanted: object) -> bool | None:
    """Whether a value is one that is wanted; of an edge made of several, whether any is."""
    known = [one for one in (value if isinstance(value, tuple) else (value,)) if is_known(one)]
    if not known:
        return None
    if callable(wanted):
        found = [_truth(wanted(one)) for one in known]
        return True if True in found else None if None in found else False
    if isinstance(wanted, Collection) and not isinstance(wanted, (str, bytes, Mapping)):
        return any(one in wanted for one in known)
    return any(one == wanted for one in known)


def _truth(answer: object) -> bool | None:
    return bool(answer) if is_known(answer) else None


def _all(held: Iterable[bool | None]) -> bool | None:
    answers = set(held)
    return False if False in answers else None if None in answers else True


def _between(weight: float | None, least: float | None, most: float | None) -> bool | None:
    if weight is None:
        return None
    return (least is None or weight >= least) and (most is None or weight <= most)


def _said(condition: Condition) -> str:
    """A condition in words, for the notes."""
    if callable(condition):
        return getattr(condition, "__name__", "a function")
    return ", ".join(f"{name} = {_value_said(value)}" for name, value in condition.items())


def _value_said(value: object) -> str:
    if callable(value):
        return getattr(value, "__name__", "a function")
    if isinstance(value, (set, frozenset)):
        return " or ".join(sorted(map(str, value)))
    if isinstance(value, (tuple, list)):
        return " or ".join(map(str, value))
    return str(value)


def _in_force(network: NetworkData, moment: datetime.date | int) -> list[bool | None]:
    """For each edge whether it is in force on a day or in a wave.

    Raises:
        NotFound: If the edges have neither a period nor a wave, or no such wave.
    """
    name = "period"
    if isinstance(moment, int):
        name = "period.wave" if "period.wave" in network.edge_attributes else "wave"
    if name not in network.edge_attributes:
        if isinstance(moment, int):
            raise no_wave(moment, ())
        raise NotFound(
            "edge attribute",
            name,
            tuple(network.edge_attributes),
            cure="a day can be given to a projection, too: project(..., as_of=...)",
        )
    column = network.edge_attributes[name]
    if isinstance(moment, int):
        waves = {part for value in column for part in _parts(value) if isinstance(part, int)}
        if moment not in waves:
            raise no_wave(moment, waves)
        return [_one_answer([_same(part, moment) for part in _parts(value)]) for value in column]
    return [_one_answer([_covers(part, moment) for part in _parts(value)]) for value in column]


def _parts(value: object) -> Sequence[object]:
    return value if isinstance(value, tuple) else (value,)


def _same(value: object, wave: int) -> bool | None:
    return value == wave if is_known(value) else None


def _one_answer(answers: Collection[bool | None]) -> bool | None:
    """Of an edge made of several, of which some hold and some do not, nobody knows what is left."""
    return next(iter(answers)) if len(set(answers)) == 1 else None


def _covers(value: object, day: datetime.date) -> bool | None:
    if not is_known(value):
        return None
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        return value == day
    period = value if isinstance(value, Period) else Period(str(value))
    return period.covers(day)
