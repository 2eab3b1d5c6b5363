"""Shell completion of names that the core and the installed plugins have."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import click

__all__ = ["complete"]

Sort = Literal["codes", "engines", "exporters", "importers", "kinds", "metrics", "projections"]


def complete(what: Sort) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """A completion of an option or argument; files named with ``--plugin`` are not run for it.

    Args:
        what: The names that fit.
    """

    def names(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
        from jmdi.cli.session import Session

        catalog = Session().load(tolerant=True)
        return sorted(name for name in getattr(catalog, what) if name.startswith(incomplete))

    return names
