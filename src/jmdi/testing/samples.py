"""Datasets and networks that exporters, projections and metrics are tried on."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Sequence
from typing import Any

from hypothesis.strategies import SearchStrategy

from jmdi.app import Model
from jmdi.builtin.walking import leaves
from jmdi.datasets import load
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.model.declare import fields_of, spec_of
from jmdi.model.fields import FieldType
from jmdi.model.kinds import Action, Actor, WorkPlan
from jmdi.model.records import Record
from jmdi.model.relations import Tie
from jmdi.testing.drawing import QUICKLY, drawn, for_each
from jmdi.testing.strategies import datasets
from jmdi.testing.subject import Subject
from jmdi.testing.suite import Suite, kept, quick

__all__ = [
    "drawn_datasets",
    "for_each_dataset",
    "needed_kinds",
    "sample_datasets",
    "sample_networks",
    "small_datasets",
    "strange_dataset",
]

_MIDDLE = (
    "initiative/ph-summid-calabarzon",
    "practice/migration-in-local-plan",
    "tie/rdc-iv-a--atikha--joint_implementation--ph-summid-calabarzon",
    "tie/eu--naga--funding--ph-jmdi-bicol",
    "evidence/rdc-iv-a--coordination_body",
    "observation/ph-summid-calabarzon-provincial-plans-with-migration",
    "coded/philippine-book--institutionalisation",
    "disseminated/philippine-book--ulap",
    "claim/jmdi-11",
)
_INVENTED = (
    "initiative/05",
    "partnership/04",
    "practice/fund",
    "product/1",
    "claim/sample-1",
    "rates/xa-ministry--xa-town-1--openness",
    "evidence/xa-1-1--budget_line",
    "transaction/04-outgoing_commitment-2013",
    "transaction/04-expenditure-2015",
    "budget/04-2015-original",
    "budget/04-2015-revised",
)
"""Records of the invented programme with what the real one lacks: gifts, ratings, money."""

_STRANGE = b"""\
{"jmdi":"1.0","kinds":{"absent:cooperative":{"v":3,"is":["actor","entity"]}},"facets":{"absent:rating":{"v":1}}}
{"kind":"absent:cooperative","id":"absent/1","names":{"en":"Cooperative A"},"country":"SN","absent:cooperative":{"members":9}}
{"kind":"actor","id":"absent/2","absent:rating":{"grade":"A"}}
{"kind":"absent:ledger","id":"absent/3","names":{"und":"Ledger"}}
{"kind":"absent:lends","id":"absent/4","source":"absent/1","target":"absent/3"}
{"kind":"tie","id":"absent/5","source":"absent/1","target":"absent/2"}
"""  # noqa: E501


def needed_kinds(subject: Subject) -> list[type[Record]]:
    """The kinds of a plugin, and those that its relations, references and facets need."""
    known = [cls for cls in subject.catalog.kinds.values() if not spec_of(cls).abstract]
    chosen: dict[type[Record], None] = dict.fromkeys([Actor, Tie])
    waiting: list[type[Record]] = [*subject.kinds]
    waiting += [_concrete(spec_of(facet).on, known) for facet in subject.facets]
    while waiting:
        cls = waiting.pop(0)
        if cls not in chosen:
            chosen[cls] = None
            waiting += [_concrete(target, known) for target in _targets(cls)]
    return list(chosen)


def _targets(cls: type[Record]) -> list[Any]:
    """What the ends of a relation, and references that cannot be left out, must point at."""
    required = [f.type for f in fields_of(cls) if f.required]
    refs = [kind.ref.target for kind in required if isinstance(kind, FieldType) and kind.ref]
    ends = spec_of(cls).ends if cls.kind != "relation" else None
    return [*(ends or ()), *refs]


def _concrete(target: Any, known: list[type[Record]]) -> type[Record]:
    """The first kind that a class, a tuple of classes or a name means."""
    for one in target if isinstance(target, tuple) else (target,):
        for cls in known:
            names = {base.__name__ for base in cls.__mro__} | {cls.kind}
            if one in names or (isinstance(one, type) and issubclass(cls, one)):
                return cls
    return Actor


NUMBER = 3
"""How many of the small datasets are samples for all that a plugin adds."""


def sample_datasets(subject: Subject, random: Sequence[Dataset] = ()) -> tuple[Dataset, ...]:
    """An empty dataset, parts of the bundled ones, drawn ones, and one with an absent plugin's.

    Args:
        subject: The plugin.
        random: The drawn ones.
    """
    model = subject.model
    bundled = (
        _around(load(name, model=model), middle)
        for name, middle in (("jmdi", _MIDDLE), ("sample", _INVENTED))
    )
    return (model.dataset(), *bundled, *random, strange_dataset(model))


def drawn_datasets(suite: Any) -> list[Dataset]:
    """The largest of the small Datasets of a suite; none when only what is fast is tried."""
    found = [] if quick() else sorted(small_datasets(suite), key=len)
    return found[-NUMBER:]


def for_each_dataset(case: Suite, check: Callable[[Dataset], None], *, examples: int) -> None:
    """Runs a check on Datasets that nobody chose; the smallest that fails is shown.

    They are drawn once for all checks of a suite. Hypothesis draws again only where one fails.

    Args:
        case: The suite.
        check: The check.
        examples: How many Datasets.
    """
    chosen = small_datasets(type(case))[: min(examples, QUICKLY) if quick() else examples]
    failing = next((dataset for dataset in chosen if _fails(check, dataset)), None)
    if failing is not None:
        for_each(_small(case.subject), check, examples=examples)
        check(failing)


def _fails(check: Callable[[Dataset], None], dataset: Dataset) -> bool:
    try:
        check(dataset)
    except Exception:
        return True
    return False


def _small(subject: Subject) -> SearchStrategy[Dataset]:
    """Small Datasets, of values that the plugin says make sense."""
    known = dict(subject.added("jmdi_strategies"))
    return datasets(subject.model, kinds=needed_kinds(subject), max_size=5, known=known)


@kept
def small_datasets(suite: Any) -> Sequence[Dataset]:
    """Small Datasets that nobody chose, drawn once for a suite."""
    case: Suite = suite()
    return drawn(_small(case.subject), min(case.examples, QUICKLY) if quick() else case.examples)


def _around(dataset: Dataset, middle: Collection[str]) -> Dataset:
    """Some records, the plan's, the relations of all of them, and whatever these refer to.

    All of a programme would take the kit minutes for each metric.
    """
    kept = {*middle, *dataset.of(WorkPlan).ids(), *dataset.of(Action).ids()}
    kept |= {relation.id for id in tuple(kept) for relation in (*dataset.in_(id), *dataset.out(id))}
    waiting = list(kept)
    while waiting:
        record = dataset.find(waiting.pop())
        refers = () if record is None else leaves(record, "ref")
        found = {leaf.value for leaf in refers if isinstance(leaf.value, str)} - kept
        kept |= found
        waiting += found
    return Dataset([record for record in dataset if record.id in kept], model=dataset.model)


def strange_dataset(model: Model) -> Dataset:
    """A dataset with kinds and a facet of a plugin that is installed nowhere: stand-ins."""
    found = model.read(io.BytesIO(_STRANGE), format="jsonl", on_error="keep")
    return Dataset(found, model=model, header=found.header)


def sample_networks() -> list[Network]:
    """Networks of several shapes: directed or not, with loops, parallel ties and isolates."""
    wheel = [(f"n{i}", f"n{(i + 1) % 7}") for i in range(7)] + [("n0", f"n{i}") for i in (2, 3, 4)]
    arcs: list[Any] = [("n0", "n1", 2.0), ("n1", "n0"), ("n1", "n2"), ("n1", "n2", 0.5)]
    arcs += [("n2", "n2"), ("n3", "n4", 3.0), ("n4", "n5"), ("n5", "n3"), ("n2", "n6")]
    parts = [("n0", "n1"), ("n1", "n2"), ("n2", "n0"), ("n3", "n4"), ("n5", "n5")]
    full = [(f"n{i}", f"n{j}") for i in range(5) for j in range(i)]
    star = [("n0", f"n{i}") for i in range(1, 6)]
    return [
        _network("wheel", wheel, 7),
        _network("arcs", arcs, 8, directed=True),
        _network("parts", parts, 7),
        _network("full", full, 5),
        _network("star", star, 6, groups=6),
        _network("ties of none", [], 4),
    ]


def _network(
    name: str, edges: list[Any], number: int, *, directed: bool = False, groups: int = 3
) -> Network:
    """A network whose nodes have the attributes that groups are made of; one is not known."""
    nodes = {
        f"n{i}": {
            "group": _GROUPS[i % (groups if groups > 3 else 2)],
            "type": _TYPES[i % groups],
            "side": None if i == 5 else ("origin", "destination")[i // 3 % 2],
            "country": _COUNTRIES[i % groups],
        }
        for i in range(number)
    }
    return Network.from_edges(edges, nodes=nodes, directed=directed, name=name)


_GROUPS = ("north", "south", "east", "west", "coast", "hills")
_TYPES = ("local_authority", "civil_society", "university", "diaspora", "business", "media")
_COUNTRIES = ("SN", "IT", "PH", "TN", "GE", "MA")
