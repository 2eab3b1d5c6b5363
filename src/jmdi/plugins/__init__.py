"""Who adds what: hooks, the specifications that they return, and the catalog of all of it.

The package can be called: ``jmdi.plugins()`` tells how loading each plugin went.
"""

from __future__ import annotations

import sys
import types
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jmdi.plugins.catalog import PluginStatus


class _Package(types.ModuleType):
    """A package that can be called, because its name is also that of a function of jmdi."""

    def __call__(self) -> tuple[PluginStatus, ...]:
        """How loading each plugin of the default model went, with name, version and state."""
        from jmdi.context import default_catalog

        return default_catalog().plugins


sys.modules[__name__].__class__ = _Package
