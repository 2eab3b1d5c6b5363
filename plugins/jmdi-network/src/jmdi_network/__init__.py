"""Network metrics with stated definitions, and null models for all of them."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jmdi_network.backbone import disparity_backbone, fdsm_backbone, sdsm_backbone
    from jmdi_network.critical import best_ties, criticality
    from jmdi_network.methods import methods_statement
    from jmdi_network.nulls import bootstrap, null
    from jmdi_network.permuting import difference, mrqap, qap, same
    from jmdi_network.twomode import onto

__all__ = [
    "best_ties",
    "bootstrap",
    "criticality",
    "difference",
    "disparity_backbone",
    "fdsm_backbone",
    "methods_statement",
    "mrqap",
    "null",
    "onto",
    "qap",
    "same",
    "sdsm_backbone",
]

_HOMES = {
    "best_ties": "critical",
    "bootstrap": "nulls",
    "criticality": "critical",
    "difference": "permuting",
    "disparity_backbone": "backbone",
    "fdsm_backbone": "backbone",
    "methods_statement": "methods",
    "mrqap": "permuting",
    "null": "nulls",
    "onto": "twomode",
    "qap": "permuting",
    "same": "permuting",
    "sdsm_backbone": "backbone",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)
