"""The plugin does what jmdi asks of every plugin."""

from __future__ import annotations

from pathlib import Path

from knowledge_helpers import programme

from jmdi.testing import PluginConformance

TALK = Path(__file__).parents[3] / "examples" / "knowledge"


class TestKnowledge(PluginConformance):
    plugin = "knowledge"
    examples = 10
    samples = {  # noqa: RUF012
        "knowledge:qdpx": (TALK / "desk.qdpx",),
        "knowledge:qualcoder": (TALK / "desk.qda" / "data.qda",),
        "knowledge:qualcoder-folder": (TALK / "desk.qda",),
        "knowledge:taguette": (TALK / "desk.sqlite3",),
        "knowledge:qdc": (TALK / "desk.qdc",),
        "knowledge:skos": (TALK / "desk.ttl",),
        "knowledge:skos-xml": (TALK / "desk.rdf",),
        "knowledge:skos-json": (TALK / "desk.skos.jsonld",),
        "knowledge:codebook-csv": (TALK / "desk.codebook.csv",),
        "knowledge:mbox": (TALK / "desks.mbox", TALK / "desks-2015-June.txt"),
        "knowledge:eml": (TALK / "question.eml",),
        "knowledge:whatsapp": (TALK / "whatsapp.txt",),
        "knowledge:signal": (TALK / "signal.txt",),
        "knowledge:telegram": (TALK / "telegram.json",),
        "knowledge:instagram": (TALK / "instagram.json",),
        "knowledge:slack": (TALK / "slack.zip",),
        "knowledge:discourse": (TALK / "topic-page-1.json", TALK / "topic-page-2.json"),
        "knowledge:vtt": (TALK / "meeting-teams.vtt", TALK / "meeting-zoom.vtt"),
        "knowledge:table": (TALK / "discussion.csv",),
        "knowledge:srt": (TALK / "meeting.srt",),
        "knowledge:document": (
            TALK / "interview.txt",
            TALK / "interview.docx",
            TALK / "interview.odt",
            TALK / "report.pdf",
            TALK / "report.md",
            TALK / "report.html",
        ),
    }

    def sample_datasets(self):
        return [*super().sample_datasets()[:5], self.subject.model.dataset(programme())]
