"""GUIDs of what is written: the ones that were read, else made of ids, the same on every run."""

from __future__ import annotations

import re

import attrs

from jmdi_knowledge.codebooks.themes import guid_of

__all__ = ["VALID", "Guids"]

HEX = "[0-9a-fA-F]"
VALID = re.compile(rf"\{{?{HEX}{{8}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{4}}-{HEX}{{12}}\}}?")


@attrs.define(slots=True)
class Guids:
    """The GUIDs of a project.

    Attributes:
        coders: Those of coders by name, in the order in which they were asked for.
    """

    coders: dict[str, str] = attrs.field(factory=dict)
    _known: dict[str, str] = attrs.field(factory=dict)

    def add(self, id: str, guid: object = None) -> str:
        """The GUID of a record: the one it has, if it is one, else one made of its id."""
        valid = isinstance(guid, str) and VALID.fullmatch(guid) is not None
        self._known[id] = str(guid) if valid else guid_of(id)
        return self._known[id]

    def of(self, id: str) -> str:
        """The GUID of a record, which need not be known."""
        return self._known.get(id) or self.add(id)

    def made(self, words: str) -> str:
        """A GUID made of any words."""
        return guid_of(words)

    def coder(self, name: str) -> str:
        """The GUID of a coder."""
        return self.coders.setdefault(name, guid_of(f"coder {name}"))
