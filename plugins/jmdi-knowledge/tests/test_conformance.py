"""The plugin does what jmdi asks of every plugin."""

from __future__ import annotations

from knowledge_helpers import programme

from jmdi.testing import PluginConformance


class TestKnowledge(PluginConformance):
    plugin = "knowledge"
    examples = 10
    samples = ()

    def sample_datasets(self):
        return [*super().sample_datasets()[:5], self.subject.model.dataset(programme())]
