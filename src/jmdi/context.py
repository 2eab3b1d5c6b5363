"""The one door from the lower levels up to the default model.

A Dataset or Network made without a model looks up projections and metrics by name in the
default model, which is built from the installed plugins on first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from jmdi.plugins.catalog import Catalog

__all__ = ["default_catalog"]


def default_catalog() -> Catalog:
    """The catalog of the default model."""
    app = importlib.import_module("jmdi.app")
    return cast("Catalog", app.default_model().catalog)
