"""The core is held to what it asks of plugins, and so is the plugin of jmdi.testing."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import alpha
import beta

import jmdi
from jmdi.testing import PluginConformance, loopback

HERE = Path(__file__).parent


class TestBuiltin(PluginConformance):
    plugin = "jmdi"
    samples: ClassVar = {"table": [HERE / "samples" / "actors.csv"]}
    examples = 10
    options: ClassVar = {"workplan-adherence": {"as_of": "2016-01-01"}}

    def sample_datasets(self):
        done = jmdi.Observation(
            id="o",
            of="a",
            role=jmdi.code("observation-role", "actual"),
            period=jmdi.Period("2015-10-19"),
        )
        action = jmdi.Action(id="a", timeline=jmdi.Period("2015-10"))
        finished = self.subject.model.dataset([action, done])
        return [*super().sample_datasets(), finished]


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
