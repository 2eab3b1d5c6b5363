"""The bases of all kinds: records, entities, relations and facets."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

import attrs

from jmdi.errors import ModelError
from jmdi.model.declare import define
from jmdi.model.fields import Id, Ref, Text, slots_of
from jmdi.model.frozen import EMPTY
from jmdi.model.values import Identifier, Period, Source
from jmdi.model.writing import unstructure

__all__ = ["Entity", "Facet", "Record", "Relation", "evolve", "pick"]


@attrs.frozen(slots=True, kw_only=True, weakref_slot=False)
class Facet:
    """Base of the typed blocks that plugins add to existing kinds with ``@jmdi.facet``."""

    name: ClassVar[str]
    extra: Mapping[str, Any] = attrs.field(default=EMPTY, repr=False)


F = TypeVar("F", bound=Facet)
T = TypeVar("T")


@define("record", abstract=True)
class Record:
    """Base of everything in a dataset: an id, where it comes from, and what else was written.

    Attributes:
        id: Unique in a dataset and stable over runs.
        sources: Where the record comes from.
        facets: Blocks of plugins, by facet name.
        extra: Members that no installed plugin declares, kept as they were.
    """

    if TYPE_CHECKING:
        __attrs_attrs__: ClassVar[tuple[attrs.Attribute[Any], ...]]
    kind: ClassVar[str]
    standin: ClassVar[bool] = False

    id: Id
    sources: tuple[Source, ...] = ()
    facets: Mapping[str, Facet] = EMPTY
    extra: Mapping[str, Any] = EMPTY

    def facet(self, cls: type[F]) -> F | None:
        """The block of a plugin on this record; ``None`` when it has none.

        Raises:
            ModelError: If the class is not a facet.
        """
        name = getattr(cls, "name", None)
        if not isinstance(name, str):
            raise ModelError(f"{cls.__name__} is not declared with @jmdi.facet")
        found = self.facets.get(name)
        return found if isinstance(found, cls) else None

    def with_facet(self, block: Facet) -> Self:
        """A copy of the record with a block of a plugin added or replaced.

        Raises:
            BadValue: If the facet is declared for other kinds.
        """
        return evolve(self, facets={**self.facets, block.name: block})

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON values, as files hold it; decimals and dates are strings.

        ``model.record`` makes the record of it again.

        Raises:
            DataError: If a text is not Unicode.
        """
        return unstructure(self)

    def label(self, *languages: str) -> str:
        """The record's name in the first of these languages that it has, else any, else its id."""
        return pick(getattr(self, "names", EMPTY), *languages) or self.id


@define("entity", abstract=True)
class Entity(Record):
    """Base of the kinds of thing that exist by themselves.

    Attributes:
        names: Names by language.
        description: Description by language.
        identifiers: What registers outside call it.
        period: When it exists, lasts or is planned for.
    """

    names: Text = EMPTY
    description: Text = EMPTY
    identifiers: tuple[Identifier, ...] = ()
    period: Period | None = None


@define("relation", abstract=True, ends=(Entity, Entity))
class Relation(Record):
    """Base of the kinds of fact that join two records.

    Attributes:
        source: The record it goes from.
        target: The record it goes to.
        period: When it holds.
    """

    source: Ref[Entity]
    target: Ref[Entity]
    period: Period | None = None


def evolve(record: T, **changes: Any) -> T:
    """A copy of a record or value with some fields changed; facets and ``extra`` ride along.

    Raises:
        TypeError: If there is no such field.
        BadValue: If a field cannot hold its new value.
    """
    cls: Any = type(record)
    names, values = _arguments(cls)
    return cls(**{**dict(zip(names, values(record), strict=True)), **changes})  # type: ignore[no-any-return]


@functools.cache
def _arguments(cls: Any) -> tuple[tuple[str, ...], attrgetter[Any]]:
    """The names by which a class takes its fields, and what gets them from an object.

    They are found once, because attrs' own ``evolve`` looks at all fields each time.
    """
    fields = [field for field in slots_of(cls) if field.init]
    return tuple(f.alias for f in fields), attrgetter(*(f.name for f in fields))


def pick(text: Mapping[str, str], *languages: str) -> str:
    """The words of a text in the first language that it has.

    After the languages asked for come English, the undetermined language ``und``, and the
    first language in alphabetical order. An empty text gives an empty string.
    """
    for language in (*languages, "en", "und", *sorted(text)):
        if language in text:
            return text[language]
    return ""
