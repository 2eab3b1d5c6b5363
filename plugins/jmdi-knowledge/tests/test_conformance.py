"""The plugin does what jmdi asks of every plugin."""

from __future__ import annotations

from pathlib import Path

from knowledge_helpers import programme

from jmdi.testing import PluginConformance

FILES = Path(__file__).parent / "files"


class TestKnowledge(PluginConformance):
    plugin = "knowledge"
    examples = 10
    samples = {  # noqa: RUF012
        "knowledge:qdpx": (FILES / "desk.qdpx",),
        "knowledge:qualcoder": (FILES / "desk.qda" / "data.qda",),
        "knowledge:qualcoder-folder": (FILES / "desk.qda",),
        "knowledge:taguette": (FILES / "desk.sqlite3",),
    }

    def sample_datasets(self):
        return [*super().sample_datasets()[:5], self.subject.model.dataset(programme())]
