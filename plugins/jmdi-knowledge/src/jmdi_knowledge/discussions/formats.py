"""The importers of this room. Imported at every start, so it imports nothing heavy."""

from __future__ import annotations

from jmdi import Importer, Parameter
from jmdi.files.mapping import MAPPING
from jmdi_knowledge.discussions.options import OPTIONS

__all__ = ["IMPORTERS"]

HERE = "jmdi_knowledge.discussions"
MAIL = f"{HERE}.mail.importer"
CHATS = f"{HERE}.chats"
TRANSCRIPTS = f"{HERE}.transcripts.importer"

TEXT = (*OPTIONS, Parameter("encoding", "encoding of a text that is not UTF-8", type=str | None))
CHAT = (
    *TEXT,
    Parameter(
        "day_order",
        "order of the numbers of all dates, where the file leaves it open",
        choices=("dmy", "mdy", "ymd", None),
    ),
)
TALK = (
    *TEXT,
    Parameter("date", "when it was said or written, in EDTF", type=str | None),
    Parameter(
        "source_type",
        "what it comes from, where that is known",
        choices=("e_discussion", "live_chat", "report", "interview", "other", None),
    ),
)

IMPORTERS = [
    Importer(
        "knowledge:mbox",
        (".mbox", ".mbx", ".txt"),
        f"{MAIL}:read_mbox",
        f"{MAIL}:sniff_mbox",
        "mail in an mbox file, and monthly texts of mailing-list archives",
        options=OPTIONS,
    ),
    Importer(
        "knowledge:eml",
        (".eml",),
        f"{MAIL}:read_eml",
        f"{MAIL}:sniff_eml",
        "one message of mail",
        options=OPTIONS,
    ),
    Importer(
        "knowledge:whatsapp",
        (".txt",),
        f"{CHATS}.text_chats:read",
        f"{CHATS}.text_chats:sniff_whatsapp",
        "chats exported from WhatsApp as text",
        options=CHAT,
    ),
    Importer(
        "knowledge:signal",
        (".txt",),
        f"{CHATS}.text_chats:read",
        f"{CHATS}.text_chats:sniff_signal",
        "chats exported from Signal as text",
        options=CHAT,
    ),
    *(
        Importer(
            f"knowledge:{name}",
            (ending,),
            f"{CHATS}.{name}:read",
            f"{CHATS}.{name}:sniff",
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
        f"{HERE}.documents.importer:read",
        f"{HERE}.documents.importer:sniff",
        "interviews and reports, by section and speaker",
        options=TALK,
    ),
    Importer(
        "knowledge:vtt",
        (".vtt",),
        f"{TRANSCRIPTS}:read",
        f"{TRANSCRIPTS}:sniff_vtt",
        "transcripts in WebVTT, such as those of Teams, Zoom and Stream",
        options=TALK,
    ),
    Importer(
        "knowledge:srt",
        (".srt",),
        f"{TRANSCRIPTS}:read",
        f"{TRANSCRIPTS}:sniff_srt",
        "transcripts in SubRip",
        options=TALK,
    ),
    Importer(
        "knowledge:table",
        (".csv", ".tsv", ".xlsx", ".json"),
        f"{HERE}.tables.importer:read",
        f"{HERE}.tables.importer:sniff",
        "tables of messages or notes, by a mapping of their columns",
        options=(*TALK, MAPPING),
    ),
]
