"""The worked plugins of examples/write_a_plugin/ pass what every plugin must."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import ClassVar

import jmdi
from jmdi.testing import PluginConformance

FOLDER = Path(__file__).parents[1] / "examples" / "write_a_plugin"


def load(file):
    """A plugin, imported once as a module of its name."""
    path = FOLDER / file
    if path.stem not in sys.modules:
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[path.stem] = module
        spec.loader.exec_module(module)
    return sys.modules[path.stem]


class Worked(PluginConformance):
    """With few examples each: the kit itself is tested elsewhere."""

    examples = 5


class TestPartner(Worked):
    plugin = load("partner_survey/partner.py")
    samples = (FOLDER / "partner_survey" / "survey.csv",)


class TestUcinet(Worked):
    plugin = load("ucinet_dl/ucinet.py")


class TestOnward(Worked):
    plugin = load("onward_adoption/onward.py")

    def sample_datasets(self):
        """Those of the kit, and a practice that spreads: without one there is no value."""
        towns = [jmdi.Actor(id=name) for name in "abcd"]
        days = zip("abcd", ("2012-03", "2012-11-20", "2013", "2016"), strict=True)
        adoptions = [
            jmdi.Adopts(id=f"x{name}", source=name, target="p", period=jmdi.Period(day))
            for name, day in days
        ]
        ties = [jmdi.Tie(id=f"t{a}{b}", source=a, target=b) for a, b in ("ab", "bc", "cd")]
        spread = self.subject.model.dataset([*towns, jmdi.Practice(id="p"), *adoptions, *ties])
        return [*super().sample_datasets(), spread]


class TestTwinning(Worked):
    plugin = load("twinning/twinning.py")
    schemas = FOLDER / "twinning" / "schemas"
    ties_only: ClassVar = {"twinning:towns": "which actors are towns is known of those that signed"}


class TestRisk(Worked):
    plugin = load("risk_facet/risk.py")
    older: ClassVar = {
        ("risk:review", 1): {"kind": "actor", "id": "a", "risk:review": {"points": 3}}
    }
