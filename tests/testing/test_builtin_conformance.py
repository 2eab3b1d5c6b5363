"""The core is held to what it asks of plugins, and so is the plugin of jmdi.testing."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import alpha
import beta

from jmdi.testing import PluginConformance, loopback

HERE = Path(__file__).parent


class TestBuiltin(PluginConformance):
    plugin = "jmdi"
    samples: ClassVar = {"table": [HERE / "samples" / "actors.csv"]}
    ties_only: ClassVar = {
        "knowledge": "it shows the actors that a product reached, and nobody else",
        "workplan": "it shows who works together on actions, and nobody else",
    }
    examples = 10


class TestLoopback(PluginConformance):
    plugin = loopback
    beside = alpha
    schemas = HERE / "schemas"
    older: ClassVar = {
        ("loopback:bank", 1): {"kind": "loopback:bank", "id": "b", "loopback:bank": {"permit": "7"}}
    }


class TestAlpha(PluginConformance):
    plugin = alpha
    schemas = HERE / "schemas"
    older: ClassVar = {
        ("alpha:bank", 1): {"kind": "alpha:bank", "id": "b", "alpha:bank": {"permit": "7"}},
        ("alpha:risk", 1): {"kind": "actor", "id": "a", "alpha:risk": {"points": 3}},
    }


class TestBetaThatExtendsAlpha(PluginConformance):
    plugin = beta
    extends = (alpha,)
    schemas = HERE / "schemas"
