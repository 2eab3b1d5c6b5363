"""The plugin does what jmdi asks of every plugin."""

from __future__ import annotations

from pathlib import Path

from jmdi.testing import PluginConformance

SAMPLES = Path(__file__).parent / "samples"


class TestNetworkfiles(PluginConformance):
    plugin = "networkfiles"
    examples = 15
    samples = tuple(sorted(p for p in SAMPLES.iterdir() if p.name != "README.md"))
