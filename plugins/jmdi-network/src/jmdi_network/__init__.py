"""Network metrics with stated definitions, and null models for all of them."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jmdi_network.accessors import (
        best_ties,
        bootstrap,
        criticality,
        logit_qap,
        mrqap,
        null,
        qap,
        record_null,
    )
    from jmdi_network.methods import methods_statement
    from jmdi_network.nulls.permuting import difference, same
    from jmdi_network.projections.backbone import disparity_backbone, fdsm_backbone, sdsm_backbone
    from jmdi_network.projections.twomode import onto

__all__ = [
    "best_ties",
    "bootstrap",
    "criticality",
    "difference",
    "disparity_backbone",
    "fdsm_backbone",
    "logit_qap",
    "methods_statement",
    "mrqap",
    "null",
    "onto",
    "qap",
    "record_null",
    "same",
    "sdsm_backbone",
]

_HOMES = {
    "best_ties": "accessors",
    "bootstrap": "accessors",
    "criticality": "accessors",
    "difference": "nulls.permuting",
    "disparity_backbone": "projections.backbone",
    "fdsm_backbone": "projections.backbone",
    "logit_qap": "accessors",
    "methods_statement": "methods",
    "mrqap": "accessors",
    "null": "accessors",
    "onto": "projections.twomode",
    "qap": "accessors",
    "record_null": "accessors",
    "same": "nulls.permuting",
    "sdsm_backbone": "projections.backbone",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)
