"""Hypothesis strategies for records and Datasets, derived from the declared fields.

What a class declares is all that is needed: a new kind, facet or value class has a strategy
as soon as it is declared. Where the types alone would give implausible values, such as a
``reason`` that is no code, the name of the field decides.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from jmdi.model.declare import fields_of, spec_of
from jmdi.model.fields import FieldInfo, FieldType, RefTo
from jmdi.model.frozen import EMPTY
from jmdi.model.records import Facet, Record, Relation
from jmdi.model.values import DatedPart, Money, Period
from jmdi.testing.basics import (
    decimals,
    edtf_texts,
    ids,
    json_objects,
    texts,
    unknown_members,
    words,
)

if TYPE_CHECKING:
    from jmdi.app import Model
    from jmdi.graph.dataset import Dataset
    from jmdi.plugins.catalog import Catalog

__all__ = ["datasets", "facets", "field_values", "records", "values"]

R = TypeVar("R", bound=Record)
F = TypeVar("F", bound=Facet)

Refs: TypeAlias = Callable[[RefTo], SearchStrategy[str] | None]
"""Gives ids that a reference may hold; ``None`` when there is nothing to refer to."""
Known: TypeAlias = Mapping[Any, SearchStrategy[Any]]

REASONS = ("not_stated", "to_be_determined", "ambiguous", "in_kind", "embedded")
_NAMED: Mapping[str, SearchStrategy[Any]] = {
    "reason": st.sampled_from(REASONS),
    "currency": st.sampled_from(("EUR", "XOF", "TND", "PHP")),
    "country": st.sampled_from(("SN", "GE", "PH", "MA")),
    "qualifier": st.sampled_from(("approximate", "at_most", "at_least")),
    "language": st.sampled_from(("en", "fr", "es")),
    "edtf": edtf_texts(),
    "share": st.decimals(0, 1, places=2),
}
"""What a field of this name holds, where it is a plain text or number."""

_TIMES = st.datetimes(
    timezones=st.integers(-14 * 60, 14 * 60).map(
        lambda minutes: datetime.timezone(datetime.timedelta(minutes=minutes))
    )
)
_EDTF = edtf_texts()
_PLAIN: Mapping[str, SearchStrategy[Any]] = {
    "str": words(),
    "int": st.integers() | st.integers(-(10**30), 10**30),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "bool": st.booleans(),
    "decimal": decimals(),
    "date": st.dates(),
    "datetime": _TIMES,
    "id": ids(),
    "text": texts(),
    "json": json_objects(),
}


def _any_id(_: RefTo) -> SearchStrategy[str] | None:
    return ids()


def field_values(
    kind: FieldType, *, refs: Refs = _any_id, known: Known = EMPTY
) -> SearchStrategy[Any] | None:
    """Values of a field type, without ``None``.

    Args:
        kind: The field type.
        refs: Gives the ids that references hold.
        known: Strategies to use for classes instead of those derived from their fields.

    Returns:
        The strategy; ``None`` when it needs a reference and there is nothing to refer to.
    """
    if kind.form in _PLAIN:
        return _EDTF if kind.edtf else _PLAIN[kind.form]
    if not known and not _refers(kind):
        return _without_refs(kind)
    return _field_values(kind, refs, known)


@functools.cache
def _refers(kind: FieldType) -> bool:
    """Whether values of a type hold references."""
    parts = fields_of(kind.cls) if kind.form == "value" else ()
    return (
        kind.form == "ref"
        or (kind.item is not None and _refers(kind.item))
        or any(_refers(part.type) for part in parts)
    )


@functools.cache
def _without_refs(kind: FieldType) -> SearchStrategy[Any] | None:
    """The strategy of a type that holds no references: made once, for it is always the same."""
    return _field_values(kind, _any_id, EMPTY)


def _field_values(kind: FieldType, refs: Refs, known: Known) -> SearchStrategy[Any] | None:
    if kind.form == "ref":
        assert kind.ref is not None
        return refs(kind.ref)
    if kind.form == "value":
        made = _values(kind.cls, refs, known)
        if made is None or kind.scheme is None:
            return made
        return st.builds(kind.cls, st.just(kind.scheme), words()) | made
    if kind.form == "literal":
        return st.sampled_from(kind.choices)
    if kind.form == "enum":
        return st.sampled_from(list(kind.cls))
    assert kind.item is not None
    item = field_values(kind.item, refs=refs, known=known)
    if item is None:
        return None
    if kind.form == "tuple":
        return st.lists(item, max_size=2).map(tuple)
    return st.dictionaries(words(), item, max_size=2)


def values(cls: type[Any], *, known: Known = EMPTY) -> SearchStrategy[Any]:
    """Instances of a value class such as ``Money``, with unknown members now and then.

    Args:
        cls: The value class.
        known: Strategies to use for classes instead of those derived from their fields.
    """
    strategy = _values(cls, _any_id, known)
    assert strategy is not None
    return strategy


def facets(cls: type[F], *, known: Known = EMPTY) -> SearchStrategy[F]:
    """Instances of a facet.

    Args:
        cls: The facet's class.
        known: Strategies to use for classes instead of those derived from their fields.
    """
    strategy = _instances(cls, _any_id, known)
    assert strategy is not None
    return strategy


def records(
    cls: type[R], *, blocks: Iterable[type[Facet]] = (), known: Known = EMPTY
) -> SearchStrategy[R]:
    """Records of a kind, with unknown members now and then.

    Args:
        cls: The class of the kind.
        blocks: Facets that the records may carry.
        known: Strategies to use for classes instead of those derived from their fields.
    """
    strategy = _records(cls, _any_id, known, tuple(blocks))
    assert strategy is not None
    return strategy


def whole(cls: type[Any], *, known: Known = EMPTY) -> SearchStrategy[Any]:
    """Instances of a kind or facet in which every field has a value.

    Args:
        cls: The class.
        known: Strategies to use for classes instead of those derived from their fields.
    """
    if cls in known:
        return known[cls]
    members = _members(fields_of(cls), _any_id, known)
    assert members is not None
    return _named(cls, st.fixed_dictionaries({**members[0], **members[1]}))


def _values(cls: Any, refs: Refs, known: Known) -> SearchStrategy[Any] | None:
    if cls in known:
        return known[cls]
    if cls is Period:
        return _periods()
    if cls is Money:
        return _money()
    return _instances(cls, refs, known)


def _instances(cls: Any, refs: Refs, known: Known) -> SearchStrategy[Any] | None:
    """Instances of a value class or facet."""
    members = _members(fields_of(cls), refs, known)
    if members is None:
        return None
    required, optional = members
    optional["extra"] = unknown_members(avoid=[f.name for f in fields_of(cls)])
    return _named(cls, st.fixed_dictionaries(required, optional=optional))


def _records(
    cls: Any, refs: Refs, known: Known, blocks: tuple[type[Facet], ...]
) -> SearchStrategy[Any] | None:
    if cls in known:
        return known[cls]
    members = _members(fields_of(cls), refs, known)
    if members is None:
        return None
    required, optional = members
    declared = [name for f in fields_of(cls) for name in (f.name, f.owner)]
    carried = {spec_of(facet).name: facet for facet in blocks}
    optional["extra"] = unknown_members(avoid=[*declared, *carried])
    if carried:
        optional["facets"] = st.fixed_dictionaries(
            {}, optional={name: facets(facet, known=known) for name, facet in carried.items()}
        )
    return _named(cls, st.fixed_dictionaries(required, optional=optional))


def _named(cls: Any, members: SearchStrategy[dict[str, Any]]) -> SearchStrategy[Any]:
    """Instances of a class; shown by its name, because all its members would fill pages."""

    def of() -> SearchStrategy[Any]:
        return members

    return _instance(cls, of)


@st.composite
def _instance(draw: DrawFn, cls: Any, of: Callable[[], SearchStrategy[dict[str, Any]]]) -> Any:
    return cls(**draw(of()))


def _members(
    declared: Sequence[FieldInfo], refs: Refs, known: Known
) -> tuple[dict[str, SearchStrategy[Any]], dict[str, SearchStrategy[Any]]] | None:
    """Strategies for required and for other fields; ``None`` if a required one has none."""
    required: dict[str, SearchStrategy[Any]] = {}
    optional: dict[str, SearchStrategy[Any]] = {}
    for field in declared:
        strategy = field_values(field.type, refs=refs, known=known)
        if field.type.form in ("str", "decimal") and field.name in _NAMED:
            strategy = _NAMED[field.name]
        if strategy is None:
            if field.required:
                return None
        elif field.required:
            required[field.name] = strategy
        else:
            optional[field.name] = strategy
    return required, optional


def _periods() -> SearchStrategy[Period]:
    typed = st.none() | words()
    part = st.builds(DatedPart, of=words(), edtf=edtf_texts())
    dated = st.builds(Period, edtf=edtf_texts(), words=typed)
    several = st.builds(
        Period, edtf=edtf_texts(), words=typed, parts=st.lists(part, max_size=2).map(tuple)
    )
    unknown = st.builds(
        Period, words=typed, reason=_NAMED["reason"], extra=unknown_members(avoid=["edtf"])
    )
    return dated | several | unknown


def _money() -> SearchStrategy[Money]:
    amount = st.decimals(0, 10**9, places=2)
    shared = {"words": st.none() | words(), "per": st.sampled_from((None, "total", "region"))}
    known = st.builds(
        Money,
        amount=amount,
        currency=_NAMED["currency"],
        qualifier=st.none() | _NAMED["qualifier"],
        date=st.none() | st.dates(),
        **shared,
    )
    unknown = st.builds(Money, reason=_NAMED["reason"], **shared)
    ambiguous = st.builds(
        Money,
        amount=amount,
        reason=st.just("ambiguous"),
        candidates=st.just(("USD", "XCD")),
        extra=unknown_members(avoid=[f.name for f in fields_of(Money)]),
        **shared,
    )
    return known | unknown | ambiguous


def datasets(
    model: Model,
    *,
    kinds: Iterable[type[Record]] | None = None,
    max_size: int = 8,
    known: Known = EMPTY,
) -> SearchStrategy[Dataset]:
    """Datasets whose references all point at records of a fitting kind.

    Args:
        model: The model whose kinds and facets are used.
        kinds: The kinds to use; ``None`` for all that are not only bases for others.
        max_size: Most entities; there are at most as many relations.
        known: Strategies to use for classes instead of those derived from their fields.
    """
    chosen = tuple(kinds) if kinds is not None else tuple(model.catalog.kinds.values())
    usable = [cls for cls in chosen if not spec_of(cls).abstract]
    return _datasets(model, usable, max_size, known)


@st.composite
def _datasets(
    draw: DrawFn, model: Model, kinds: list[type[Record]], max_size: int, known: Known
) -> Dataset:
    from jmdi.graph.dataset import Dataset

    catalog = model.catalog
    entities = [cls for cls in kinds if not issubclass(cls, Relation)]
    relations = [cls for cls in kinds if issubclass(cls, Relation)]
    some = st.lists(st.sampled_from(entities), max_size=max_size) if entities else st.just([])
    classes = {f"{cls.kind}/{n}": cls for n, cls in enumerate(draw(some))}
    made = [_made(draw, catalog, cls, i, classes, known) for i, cls in classes.items()]
    joining = [cls for cls in relations if all(_ends(cls, classes))]
    if joining:
        for n, cls in enumerate(draw(st.lists(st.sampled_from(joining), max_size=max_size))):
            made.append(_made(draw, catalog, cls, f"{cls.kind}/{n}", classes, known))
    return Dataset([record for record in made if record is not None], model=model)


def _made(
    draw: DrawFn,
    catalog: Catalog,
    cls: Any,
    identity: str,
    classes: Mapping[str, type[Record]],
    known: Known,
) -> Any:
    """One record with this id whose references point at records of these classes."""

    def refs(ref: RefTo) -> SearchStrategy[str] | None:
        fitting = [i for i, other in classes.items() if _fits(other, ref.target)]
        return st.sampled_from(fitting) if fitting else None

    strategy = _records(cls, refs, known, tuple(catalog.facets_on(cls).values()))
    if strategy is None:
        return None
    changes: dict[str, Any] = {"id": identity}
    if issubclass(cls, Relation):
        for end, fitting in zip(("source", "target"), _ends(cls, classes), strict=True):
            changes[end] = draw(st.sampled_from(fitting))
    return attrs.evolve(draw(strategy), **changes)


def _ends(cls: Any, classes: Mapping[str, type[Record]]) -> tuple[list[str], list[str]]:
    source, target = spec_of(cls).ends or (Record, Record)
    return (
        [i for i, other in classes.items() if _fits(other, source)],
        [i for i, other in classes.items() if _fits(other, target)],
    )


def _fits(cls: type[Record], target: Any) -> bool:
    """Whether a class is one of those that a reference or an end names."""
    if isinstance(target, tuple):
        return any(_fits(cls, one) for one in target)
    if isinstance(target, type):
        return issubclass(cls, target)
    return any(target in (base.__name__, getattr(base, "kind", None)) for base in cls.__mro__)
