"""An activity or organisation that is changed in place to what the records say."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from jmdi import Actor, Dataset, Territory, Vocabulary
from jmdi_iati.export.context import Context
from jmdi_iati.export.reread import Reading, alone
from jmdi_iati.standard.schema import Rule, rule_of
from jmdi_iati.standard.xml import Element

__all__ = ["Patch"]


@attrs.frozen(slots=True)
class Patch:
    """An element that is brought to what the records say.

    Attributes:
        element: The activity or organisation.
        reading: What it said before.
        context: All records.
    """

    element: Element
    reading: Reading
    context: Context

    @property
    def id(self) -> str:
        """The id of its initiative or actor."""
        return self.reading.id

    @property
    def language(self) -> str:
        """The language of narratives that do not say theirs."""
        return self.reading.draft.language

    @property
    def dataset(self) -> Dataset:
        """All records."""
        return self.context.dataset

    @property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The vocabularies of the model of the records."""
        return self.context.vocabularies

    @property
    def rule(self) -> Rule:
        """What the schema says of it."""
        return rule_of(self.element.tag)

    def rule_for(self, part: Element) -> Rule:
        """What the schema says of an element in it; of one that it does not know, of its parent."""
        parent = part.getparent()
        if part is self.element or parent is None:
            return self.rule
        within = self.rule_for(parent)
        return within.children.get(part.tag, within)

    def territory(self, id: str | None) -> Territory | None:
        """A territory, as the records have it now: others may have named it first."""
        known = self.dataset.find(id, Territory) if id else None
        read = self.reading.records.get(id or "")
        return known or (read if isinstance(read, Territory) else None)

    def actor(self, id: str | None) -> Actor | None:
        """An actor, as the records have it now: others may have named it first."""
        known = self.dataset.find(id, Actor) if id else None
        read = self.reading.records.get(id or "")
        return known or (read if isinstance(read, Actor) else None)

    def of(self, *tags: str) -> list[Element]:
        """The children with these names."""
        return list(self.element.iterchildren(*tags))

    def alone(self, child: Element) -> Reading:
        """What a child says by itself."""
        return alone(child, self.element, self.id, self.vocabularies)
