"""Brings raw records of older versions up to date before they are structured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jmdi.model.declare import spec_of
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.specs import Migration

__all__ = ["migrate_facets", "path_of"]


def path_of(catalog: Catalog, name: str, version: int) -> tuple[Migration, ...] | None:
    """The steps from a version of a kind or facet to the installed one.

    Returns:
        The steps in order; ``None`` if one is missing, so that the record stays as it is.
    """
    cls = catalog.kinds.get(name) or catalog.facets.get(name)
    if cls is None or version >= spec_of(cls).version:
        return ()
    steps = []
    for start in range(version, spec_of(cls).version):
        step = catalog.migrations.get((name, start))
        if step is None:
            return None
        steps.append(step)
    return tuple(steps)


def migrate_facets(
    raw: dict[str, Any], facets: Mapping[str, tuple[Migration, ...]]
) -> dict[str, Any]:
    """A raw record with its facets brought up to date; the given one is not changed."""
    due = [name for name in facets if name in raw]
    if not due:
        return raw
    migrated = dict(raw)
    for name in due:
        for migration in facets[name]:
            migrated[name] = migration.step(dict(migrated[name]))
    return migrated
