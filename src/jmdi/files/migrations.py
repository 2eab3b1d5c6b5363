"""Brings raw records of older versions up to date before they are structured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jmdi.model.declare import spec_of
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.specs import Migration

__all__ = ["migrate", "migrate_facets", "path_of"]


def path_of(catalog: Catalog, cls: type, version: int) -> tuple[Migration, ...] | None:
    """The steps from a version of a kind or facet to that of its class.

    Returns:
        The steps in order; ``None`` if the version is newer than the class or a step is
        missing, so that it cannot be read and stays as it is.
    """
    spec = spec_of(cls)
    steps = [catalog.migrations.get((spec.name, v)) for v in range(version, spec.version)]
    known = tuple(step for step in steps if step is not None)
    return known if len(known) == len(steps) and version <= spec.version else None


def migrate_facets(
    raw: dict[str, Any], facets: Mapping[str, tuple[Migration, ...]]
) -> tuple[dict[str, Any], dict[str, tuple[Any, Exception]]]:
    """Brings the facets of a raw record up to date.

    Returns:
        The raw record; the given one is not changed. And the facets for which that failed, as
        they were, with the exception; the raw record is without them.
    """
    due = [name for name in facets if name in raw]
    if not due:
        return raw, {}
    migrated = dict(raw)
    failed: dict[str, tuple[Any, Exception]] = {}
    for name in due:
        try:
            migrated[name] = migrate(migrated[name], facets[name])
        except Exception as error:
            failed[name] = (migrated.pop(name), error)
    return migrated, failed


def migrate(raw: Any, steps: tuple[Migration, ...]) -> dict[str, Any]:
    """A raw object after some migrations; the given one is not changed.

    Raises:
        Exception: Whatever a step raises; `TypeError` if one returns no dict.
    """
    for step in steps:
        try:
            raw = step.step(dict(raw))
        except (Exception, KeyboardInterrupt):
            raise
        except BaseException as error:  # sys.exit in a step is its failure, as any other
            raise RuntimeError(f"{type(error).__name__}: {error}") from error
        if raw.__class__ is not dict:
            raise TypeError(f"the step from version {step.from_v} returned no dict")
    return raw  # type: ignore[no-any-return]
