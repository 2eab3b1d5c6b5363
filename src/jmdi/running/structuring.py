"""Makes a record of an object as JSON holds it, as strictly as from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from jmdi.errors import DataError, Problem, Severity, Where, suggest
from jmdi.model.records import Record

if TYPE_CHECKING:
    from jmdi.files.codec import Codec

__all__ = ["record"]


def record(codec: Codec, raw: Mapping[str, Any]) -> Record:
    """The record of one object, as strictly as from a file, and with all its facets.

    Raises:
        DataError: With a problem for each member that is not as it must be.
    """
    if not isinstance(raw, Mapping):
        raise TypeError(f"a record is a mapping with kind and id, not {type(raw).__name__}")
    kinds = codec.catalog.kinds
    kind = raw.get("kind")
    if not isinstance(kind, str) or kind not in kinds:
        near = suggest(kind, kinds) if isinstance(kind, str) else []
        cure = f"did you mean {' or '.join(near)}?" if near else "install the plugin of this kind"
        if not isinstance(kind, str):
            cure = 'give the name of a kind, such as "actor"'
        where = Where(record=str(raw.get("id") or "") or None)
        message = f"there is no kind {kind!r}" if "kind" in raw else "member 'kind' is missing"
        raise DataError([Problem("J201", Severity.ERROR, message, where, "/kind", cure=cure)])
    found = codec.structure(dict(raw), kinds[kind])
    if problems := list(codec.facet_problems(found)):
        raise DataError([attrs.evolve(one, severity=Severity.ERROR) for one in problems])
    return found
