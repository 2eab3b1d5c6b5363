"""The importers of this room. Imported at every start, so it imports nothing heavy."""

from __future__ import annotations

from jmdi import Importer, Parameter
from jmdi.files.mapping import MAPPING
from jmdi_knowledge.discussions.options import OPTIONS

__all__ = ["importers"]


def importers() -> list[Importer]:
    """Mail, chats, forums, transcripts and interviews."""
    text = (
        *OPTIONS,
        Parameter("encoding", "encoding of a text that is not UTF-8", type=str | None),
    )
    chat = (
        *text,
        Parameter(
            "day_order",
            "order of the numbers of all dates, where the file leaves it open",
            choices=("dmy", "mdy", "ymd", None),
        ),
    )
    talk = (
        *text,
        Parameter("date", "when it was said or written, in EDTF", type=str | None),
        Parameter(
            "source_type",
            "what it comes from, where that is known",
            choices=("e_discussion", "live_chat", "report", "interview", "other", None),
        ),
    )
    transcripts = "jmdi_knowledge.discussions.transcripts.importer"
    chats = "jmdi_knowledge.discussions.chats"
    mail = "jmdi_knowledge.discussions.mail.importer"
    return [
        Importer(
            "knowledge:mbox",
            (".mbox", ".mbx", ".txt"),
            f"{mail}:read_mbox",
            f"{mail}:sniff_mbox",
            "mail in an mbox file, and monthly texts of mailing-list archives",
            options=OPTIONS,
        ),
        Importer(
            "knowledge:eml",
            (".eml",),
            f"{mail}:read_eml",
            f"{mail}:sniff_eml",
            "one message of mail",
            options=OPTIONS,
        ),
        Importer(
            "knowledge:whatsapp",
            (".txt",),
            f"{chats}.text_chats:read",
            f"{chats}.text_chats:sniff_whatsapp",
            "chats exported from WhatsApp as text",
            options=chat,
        ),
        Importer(
            "knowledge:signal",
            (".txt",),
            f"{chats}.text_chats:read",
            f"{chats}.text_chats:sniff_signal",
            "chats exported from Signal as text",
            options=chat,
        ),
        *(
            Importer(
                f"knowledge:{name}",
                (ending,),
                f"{chats}.{name}:read",
                f"{chats}.{name}:sniff",
                doc,
                options=OPTIONS,
            )
            for name, ending, doc in (
                ("discourse", ".json", "pages of a topic of Discourse"),
                ("telegram", ".json", "chats exported from Telegram as JSON"),
                ("instagram", ".json", "chats exported from Instagram as JSON"),
                ("slack", ".zip", "a workspace exported from Slack"),
            )
        ),
        Importer(
            "knowledge:document",
            (".docx", ".odt", ".pdf", ".html", ".htm", ".md", ".txt"),
            "jmdi_knowledge.discussions.documents.importer:read",
            "jmdi_knowledge.discussions.documents.importer:sniff",
            "interviews and reports, by section and speaker",
            options=talk,
        ),
        Importer(
            "knowledge:vtt",
            (".vtt",),
            f"{transcripts}:read",
            f"{transcripts}:sniff_vtt",
            "transcripts in WebVTT, such as those of Teams, Zoom and Stream",
            options=talk,
        ),
        Importer(
            "knowledge:srt",
            (".srt",),
            f"{transcripts}:read",
            f"{transcripts}:sniff_srt",
            "transcripts in SubRip",
            options=talk,
        ),
        Importer(
            "knowledge:table",
            (".csv", ".tsv", ".xlsx", ".json"),
            "jmdi_knowledge.discussions.tables.importer:read",
            "jmdi_knowledge.discussions.tables.importer:sniff",
            "tables of messages or notes, by a mapping of their columns",
            options=(*talk, MAPPING),
        ),
    ]
