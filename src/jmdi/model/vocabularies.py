"""Vocabularies as SKOS sees them: schemes of concepts with labels and broader concepts.

Validation against a vocabulary is soft: a code that it does not have is kept and reported.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import attrs

from jmdi.classes import frozen
from jmdi.errors import BadValue
from jmdi.model.checking import to_text
from jmdi.model.fields import Text
from jmdi.model.frozen import EMPTY
from jmdi.model.values import Code

__all__ = ["Concept", "Vocabulary", "match"]


def _is_code(concept: Concept, field: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not value:
        cure = f"write {str(value)!r}" if isinstance(value, int) else ""
        raise BadValue(value, cure, wanted="a code as text", owner="Concept", field=field.name)


@frozen
class Concept:
    """One code of a vocabulary.

    Attributes:
        code: The code.
        labels: Its label by language.
        broader: The code above it.
        matches: Codes of other vocabularies with the same meaning, by their scheme; several are
            separated by spaces, and a match that is only broader starts with ``~``.
        note: When to use it.
    """

    code: str = attrs.field(validator=_is_code)
    labels: Text = attrs.field(default=EMPTY, converter=to_text)
    broader: str | None = attrs.field(default=None, validator=attrs.validators.optional(_is_code))
    matches: Mapping[str, str] = attrs.field(default=EMPTY, converter=to_text)
    note: str = ""


Concepts: TypeAlias = Iterable[Concept] | Callable[[], Iterable[Concept]]


def _kept(concepts: Concepts) -> tuple[Concept, ...] | Callable[[], Iterable[Concept]]:
    return concepts if callable(concepts) else _read(concepts)


def _read(concepts: Concepts) -> tuple[Concept, ...]:
    found = tuple(concepts() if callable(concepts) else concepts)
    above: dict[str, str | None] = {}
    for one in found:
        if not isinstance(one, Concept):
            raise BadValue(one, "write jmdi.Concept('red')", wanted="a Concept")
        if one.code in above:
            raise BadValue(one.code, "leave one of both out", wanted="each code once")
        above[one.code] = one.broader
    _refuse_circles(above)
    return found


def _refuse_circles(above: Mapping[str, str | None]) -> None:
    """Refuses codes that are above themselves.

    Args:
        above: The code above each code.
    """
    ends: set[str] = set()
    for code in above:
        way: dict[str, None] = {}
        at: str | None = code
        while at is not None and at in above and at not in ends:
            if at in way:
                circle = " < ".join([*list(way)[list(way).index(at) :], at])
                raise BadValue(circle, "one of them has no broader", wanted="no circle of broader")
            way[at] = None
            at = above[at]
        ends.update(way)


@frozen
class Vocabulary:
    """A scheme of codes.

    Attributes:
        scheme: Its name, as ``Code.scheme`` says it.
        concepts: Its codes, in the order in which they are shown. Give a function, and the
            codes are read when something first asks for them.
        title: What it lists.
        source: Where the codes come from.
        complete: Whether a code outside it is a mistake, and warned of, rather than an extension.
    """

    scheme: str
    _concepts: Concepts = attrs.field(alias="concepts", converter=_kept, eq=_read)
    title: str = ""
    source: str = ""
    complete: bool = False

    def __repr__(self) -> str:
        return f"Vocabulary({self.scheme!r}, {len(self.concepts)} codes)"

    @functools.cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """Its codes, in the order in which they are shown."""
        return _read(self._concepts)

    @functools.cached_property
    def _by_code(self) -> Mapping[str, Concept]:
        return {concept.code: concept for concept in reversed(self.concepts)}

    def get(self, code: str) -> Concept | None:
        """The concept of a code; ``None`` when the vocabulary does not have it."""
        return self._by_code.get(code)

    def codes(self) -> tuple[str, ...]:
        """All codes, in order."""
        return tuple(c.code for c in self.concepts)

    def extended(self, concepts: Iterable[Concept]) -> Vocabulary:
        """The vocabulary with more codes after its own."""
        return attrs.evolve(self, concepts=(*self.concepts, *concepts))

    def falls_under(self, code: str, wanted: Collection[str]) -> bool | None:
        """Whether a code is one of those wanted, by itself or by a code above it.

        Returns:
            ``None`` where one of those wanted is below the code, so that the code is too broad to
            tell: a government may be a local authority.
        """
        if any(one in wanted for one in self.upwards(code)):
            return True
        return None if any(code in self.upwards(one) for one in wanted) else False

    def upwards(self, code: str) -> Iterator[str]:
        """A code and those above it."""
        at: str | None = code
        while at is not None:
            yield at
            concept = self.get(at)
            at = concept.broader if concept else None

    def meanings(self, scheme: str) -> dict[str, str]:
        """Its codes by the codes of another vocabulary that mean the same; the first one counts.

        Matches that are only broader are left out: ``~70`` does not say what 70 is here.
        """
        found: dict[str, str] = {}
        for concept in self.concepts:
            for matched in concept.matches.get(scheme, "").split():
                if not matched.startswith("~"):
                    found.setdefault(matched, concept.code)
        return found


def match(vocabularies: Mapping[str, Vocabulary], code: Code | None, scheme: str) -> str | None:
    """What a code is in another vocabulary, by its ``matches`` or those of the codes above it.

    Args:
        vocabularies: The vocabularies of a model, by scheme.
        code: The code; ``None`` has no match.
        scheme: The other vocabulary.

    Returns:
        The code that means the same, else one that is broader; ``None`` when neither is known.
    """
    if code is None or code.scheme == scheme:
        return None if code is None else code.code
    vocabulary = vocabularies.get(code.scheme)
    for concept in map(vocabulary.get, vocabulary.upwards(code.code)) if vocabulary else ():
        if concept is None:
            return None
        if matches := concept.matches.get(scheme, "").split():
            return min(matches, key=lambda matched: matched.startswith("~")).removeprefix("~")
    return None
