"""The way from a Dataset or a Network up to the exporters of a model."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset
    from jmdi.graph.network import Network
    from jmdi.plugins.catalog import Catalog

__all__ = ["write"]


def write(
    data: Dataset | Network, catalog: Catalog, path: str | os.PathLike[str], **options: Any
) -> None:
    """Writes data with the exporter of a catalog that the path or ``format`` names."""
    model = importlib.import_module("jmdi.app").Model(catalog)
    model.write(data, path, **options)
