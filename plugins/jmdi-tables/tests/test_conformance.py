"""The plugin does what jmdi asks of every plugin, and counts what the core counts."""

from __future__ import annotations

from jmdi.testing import PluginConformance


class TestTables(PluginConformance):
    plugin = "tables"
    examples = 15
    counted = ("density", "isolates", "components", "money-total")
