"""Writes the example discussion, chat, meeting and interview, each in the formats of its programs.

All people, places and words are invented. Run it from the repository root:

    python tools/make_discussions.py
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

import attrs

FOLDER = Path(__file__).parent.parent / "examples" / "knowledge"
ZONE = datetime.timezone(datetime.timedelta(hours=2))


@attrs.frozen
class Said:
    """One message: who, when, what, and the number of the message that it answers."""

    who: str
    when: str
    text: str
    answers: int | None = None
    title: str = "Who pays for the help desk?"

    @property
    def moment(self) -> datetime.datetime:
        """When it was said."""
        return datetime.datetime.fromisoformat(self.when)

    @property
    def handle(self) -> str:
        """What the person is called in a forum."""
        return self.who.lower().replace(" ", ".")

    @property
    def address(self) -> str:
        """An address that belongs to nobody."""
        return f"{self.handle}@example.org"


DISCUSSION = (
    Said(
        "Amina Sow",
        "2015-06-10T10:00:00",
        "Our municipality opened a help desk for returning migrants in March.\n"
        "How do others pay for theirs?",
    ),
    Said(
        "Luca Ferri",
        "2015-06-10T15:20:00",
        "From the fee on permits, and the province adds a room.",
        1,
    ),
    Said(
        "Rosa Cruz",
        "2015-06-12T08:05:00",
        "From Amina's desk we learned to ask the diaspora association first.\n"
        "It pays for the first two years.",
        1,
    ),
    Said(
        "Tomas Vidal",
        "2015-06-14T18:40:00",
        "And after two years? A desk without a line in the budget closes.",
        3,
    ),
    Said(
        "Amina Sow",
        "2015-06-15T09:00:00",
        "That is why we wrote it into the development plan. Luca Ferri has the text.",
        4,
    ),
    Said(
        "Luca Ferri",
        "2015-07-02T11:30:00",
        "The text of the plan is in the toolbox now.",
        None,
        "Text of the plan",
    ),
)

CHAT = (
    Said("Rosa Cruz", "2015-03-28T21:30:00", "Good evening! The fair had 200 visitors."),
    Said("Tomas Vidal", "2015-03-28T21:34:00", "Great.\nHow many asked about a loan?"),
    Said("Rosa Cruz", "2015-03-28T21:41:00", "About 40: most of them women. 🙂", 2),
    Said("Amina Sow", "2015-03-29T09:02:00", "Please write that down for the report, Rosa Cruz."),
)

MEETING = (
    Said("Amina Sow", "00:00:03.120", "Good morning, the desk has been open since March."),
    Said("Luca Ferri", "00:00:08.010", "Who pays for it? The ratio is 2:1, I think."),
    Said("Amina Sow", "00:00:12.500", "The council & the province, half each."),
)

INTERVIEW = (
    ("Interviewer", "How did the desk begin, and who asked for it first?"),
    (
        "Respondent",
        "The women's cooperative asked for it. They sent money home, and paid too much.",
    ),
    ("Interviewer", "What would you tell another municipality that wants one?"),
    ("Respondent", "Begin with one afternoon a week, and write it into the plan before you open."),
    ("Interviewer", "And what did not work as you expected in the first year?"),
    ("Respondent", "The opening hours: people work then. Now we open on Saturday, too."),
)
HEAD = (
    ("Date", "10 June 2015"),
    ("Place", "Fontana"),
    ("Country", "Atlantia"),
    ("Language", "English"),
    ("Interviewer", "Luca Ferri"),
    ("Respondent", "Fatou Mbaye"),
)
REPORT = (
    ("Context", "Returning migrants had to go to the capital for advice."),
    ("Practice", "The municipality opened a help desk, one afternoon a week."),
    ("Lesson", "A desk that is not in the budget closes when the project ends."),
)


def mail(number: int) -> EmailMessage:
    """A message of the discussion as mail, with the one that it answers quoted."""
    one = DISCUSSION[number - 1]
    message = EmailMessage()
    message["From"] = f"{one.who} <{one.address}>"
    message["To"] = "desks@example.org"
    message["Date"] = format_datetime(one.moment.replace(tzinfo=ZONE))
    message["Message-ID"] = f"<{number}@desks.example.org>"
    text = one.text
    if one.answers:
        answered = DISCUSSION[one.answers - 1]
        message["Subject"] = f"Re: {one.title}"
        message["In-Reply-To"] = f"<{one.answers}@desks.example.org>"
        quoted = "\n".join(f"> {line}" for line in answered.text.split("\n"))
        text = f"On {answered.moment:%d %B %Y}, {answered.who} wrote:\n{quoted}\n\n{text}"
    else:
        message["Subject"] = one.title
    message.set_content(f"{text}\n\n-- \n{one.who}\n+39 06 555 0{number}00\n", cte="8bit")
    return message


def mbox(postmark: str) -> bytes:
    """The discussion as an mbox file; a body line that begins with "From" is escaped."""
    parts = []
    for number, one in enumerate(DISCUSSION, 1):
        data = mail(number).as_bytes().replace(b"\nFrom ", b"\n>From ")
        parts.append(f"From {postmark.format(one=one)}\n".encode() + data + b"\n")
    return b"".join(parts)


def pipermail() -> bytes:
    """The same as the monthly text of a mailing-list archive."""
    parts = []
    for number, one in enumerate(DISCUSSION, 1):
        sender = one.address.replace("@", " at ")
        lines = [f"From {sender}  {one.moment:%a %b %d %H:%M:%S %Y}"]
        lines.append(f"From: {sender} ({one.who})")
        lines.append(f"Date: {one.moment:%a, %d %b %Y %H:%M:%S +0200}")
        lines.append(f"Subject: [desks] {'Re: ' if one.answers else ''}{one.title}")
        if one.answers:
            lines.append(f"In-Reply-To: <{one.answers}@desks.example.org>")
        lines.append(f"Message-ID: <{number}@desks.example.org>")
        parts.append("\n".join([*lines, "", one.text, "", ""]))
    return "\n".join(parts).encode()


def discourse() -> list[bytes]:
    """The discussion as a topic of Discourse in two pages, of which the second goes backwards."""
    posts: list[dict[str, Any]] = []
    for number, one in enumerate(DISCUSSION[:5], 1):
        words = "".join(f"<p>{escape(line)}</p>" for line in one.text.split("\n"))
        posts.append(
            {
                "id": 700 + number,
                "username": one.handle,
                "name": one.who,
                "created_at": f"{one.when}.000Z",
                "cooked": words,
                "post_number": number,
                "post_type": 1,
                "reply_to_post_number": one.answers,
                "topic_id": 7,
                "topic_slug": "help-desk",
                "version": 1,
            }
        )
    posts[4]["reply_to_post_number"] = None
    posts[4]["cooked"] = (
        '<aside class="quote" data-username="tomas.vidal" data-post="4" data-topic="7">'
        f"<blockquote><p>And after two years?</p></blockquote></aside>{posts[4]['cooked']}"
    )
    closed = {**posts[0], "id": 707, "post_number": 7, "post_type": 3, "cooked": ""}
    closed |= {"action_code": "closed.enabled", "created_at": "2015-07-01T00:00:00.000Z"}
    pages = (posts[:4], [closed, *reversed(posts[2:])])
    return [
        as_json({"post_stream": {"posts": page}, "id": 7, "title": DISCUSSION[0].title})
        for page in pages
    ]


def as_json(value: object) -> bytes:
    """A value as indented JSON."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def whatsapp() -> bytes:
    """The chat as WhatsApp on a telephone set to English of the United Kingdom exports it."""
    lines = ["28/03/2015, 21:29 - Rosa Cruz created group “Local desk”"]
    lines += [f"{one.moment:%d/%m/%Y, %H:%M} - {one.who}: {one.text}" for one in CHAT]
    lines.append("29/03/2015, 09:05 - Rosa Cruz: IMG-20150329-WA0001.jpg (file attached)\nThe fair")
    return "\n".join(lines).encode() + b"\n"


def signal() -> bytes:
    """The chat as an export of Signal."""
    return "".join(
        f"[{one.moment:%Y-%m-%d, %H:%M}] {one.who}: {one.text}\n" for one in CHAT
    ).encode()


def telegram() -> bytes:
    """The chat as Telegram Desktop exports it."""
    messages: list[dict[str, Any]] = [
        {"id": 1, "type": "service", "date": "2015-03-28T21:29:00", "action": "create_group"}
    ]
    for number, one in enumerate(CHAT, 1):
        message: dict[str, Any] = {"id": number + 1, "type": "message", "date": one.when}
        message |= {"from": one.who, "from_id": f"user{number}"}
        first, _, rest = one.text.partition(" ")
        message["text"] = [{"type": "bold", "text": first}, f" {rest}"]
        if one.answers:
            message["reply_to_message_id"] = one.answers + 1
        messages.append(message)
    chat = {"name": "Local desk", "type": "private_group", "id": 42, "messages": messages}
    return as_json(chat)


def instagram() -> bytes:
    """The chat as Instagram exports it: each byte of UTF-8 as a letter."""
    messages = [
        {
            "sender_name": one.who,
            "timestamp_ms": int(one.moment.replace(tzinfo=datetime.UTC).timestamp()) * 1000,
            "content": one.text.encode().decode("latin-1"),
        }
        for one in reversed(CHAT)
    ]
    names = sorted({one.who for one in CHAT})
    chat = {"participants": [{"name": name} for name in names], "messages": messages}
    return json.dumps({**chat, "title": "Local desk"}, indent=1).encode() + b"\n"


def slack() -> bytes:
    """The chat as a channel of a workspace that Slack exported."""
    people = {name: f"U{number}" for number, name in enumerate(sorted({o.who for o in CHAT}), 1)}
    users = [
        {
            "id": identity,
            "name": name.lower().replace(" ", "."),
            "real_name": name,
            "profile": {
                "email": f"{identity.lower()}@example.org",
                "image_24": "https://example.org",
            },
        }
        for name, identity in people.items()
    ]
    days: dict[str, list[dict[str, Any]]] = {}
    stamps: list[str] = []
    for one in CHAT:
        seconds = int(one.moment.replace(tzinfo=datetime.UTC).timestamp())
        stamps.append(f"{seconds}.000100")
        text = one.text.replace("Rosa Cruz", f"<@{people['Rosa Cruz']}>")
        event = {"type": "message", "user": people[one.who], "text": text, "ts": stamps[-1]}
        if one.answers:
            event["thread_ts"] = stamps[one.answers - 1]
        days.setdefault(one.when[:10], []).append(event)
    first = days["2015-03-28"]
    first.insert(
        0, {"type": "message", "subtype": "channel_join", "user": "U1", "ts": "1427578000.1"}
    )
    members: dict[str, Any] = {
        "channels.json": [{"id": "C1", "name": "local-desk", "members": list(people.values())}],
        "users.json": users,
    }
    members |= {f"local-desk/{day}.json": events for day, events in days.items()}
    return archive({name: as_json(value) for name, value in members.items()})


def archive(members: dict[str, bytes]) -> bytes:
    """A zip archive that is the same whenever and wherever it is made, so nothing is packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name, (2015, 9, 1, 0, 0, 0)), data)
    return out.getvalue()


def later(time: str) -> str:
    """The end of a cue, three seconds after its beginning."""
    return f"{time[:6]}{int(time[6:8]) + 3:02}{time[8:]}"


def teams() -> bytes:
    """The meeting as Teams writes it: voices in tags, identifiers of their own."""
    parts = ["WEBVTT\n"]
    for number, one in enumerate(MEETING):
        voice = f"<v {escape(one.who)}>{escape(one.text)}</v>"
        identity = f"0b1d6f3e-8f0a-4a55-9c58-1f2a33aa0001/{number}-0"
        parts.append(f"{identity}\n{one.when} --> {later(one.when)}\n{voice}\n")
    return "\n".join(parts).encode()


def zoom() -> bytes:
    """The meeting as Zoom writes it: names before a colon."""
    parts = ["WEBVTT\n"]
    for number, one in enumerate(MEETING, 1):
        parts.append(f"{number}\n{one.when} --> {later(one.when)}\n{one.who}: {one.text}\n")
    return "\n".join(parts).encode()


def subrip() -> bytes:
    """The meeting as SubRip: a comma in the times, and nobody named."""
    parts = []
    for number, one in enumerate(MEETING, 1):
        times = f"{one.when} --> {later(one.when)}".replace(".", ",")
        parts.append(f"{number}\n{times}\n{one.text}\n")
    return "\n".join(parts).encode()


def interview() -> bytes:
    """The interview as text."""
    head = "\n".join(f"{name}: {value}" for name, value in HEAD)
    turns = "\n\n".join(f"{who}: {text}" for who, text in INTERVIEW)
    return f"Interview 4\n\n{head}\n\n{turns}\n".encode()


def paragraphs() -> list[str]:
    """The interview as paragraphs."""
    head = [f"{name}: {value}" for name, value in HEAD]
    return ["Interview 4", *head, *(f"{who.upper()}: {text}" for who, text in INTERVIEW)]


def word() -> bytes:
    """The interview as a Word document of as few parts as there can be."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    body = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs())
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
    }
    return archive({name: text.encode() for name, text in members.items()})


def writer() -> bytes:
    """The interview as an OpenDocument text."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "manifest")
    )
    kind = "application/vnd.oasis.opendocument.text"
    body = "".join(f"<text:p>{escape(text)}</text:p>" for text in paragraphs())
    members = {
        "mimetype": kind,
        "content.xml": f'<office:document-content {spaces} office:version="1.3"><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document-content>",
        "META-INF/manifest.xml": f'<manifest:manifest {spaces} manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>",
    }
    return archive({name: text.encode() for name, text in members.items()})


def markdown() -> bytes:
    """A report by section."""
    sections = "\n\n".join(f"## {title}\n\n{text}" for title, text in REPORT)
    return f"# The help desk of Fontana\n\n{sections}\n".encode()


def page() -> bytes:
    """The same report as a web page."""
    sections = "".join(f"<h2>{title}</h2>\n<p>{escape(text)}</p>\n" for title, text in REPORT)
    head = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"></head><body>\n'
    return f"{head}<h1>The help desk of Fontana</h1>\n{sections}</body></html>\n".encode()


def pdf() -> bytes:
    """The same report as a PDF file of a page for each section."""
    fonts, pages = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", range(len(REPORT))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", fonts]
    kids = []
    for title, text in REPORT:
        drawn = f"BT /F1 12 Tf 50 780 Td ({title}) Tj 0 -40 Td ({text}) Tj ET"
        objects.append(f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream")
        content = len(objects)
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {content} 0 R>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(pages)}>>"
    out, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


def table() -> bytes:
    """The discussion as a table."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("Id", "Date", "Author", "Country", "Reply to", "Thread", "Message"))
    for number, one in enumerate(DISCUSSION, 1):
        country = "Atlantia" if one.who != "Tomas Vidal" else "Borea"
        rows.writerow((number, one.when[:10], one.who, country, one.answers, one.title, one.text))
    return out.getvalue().encode()


def files() -> dict[str, bytes]:
    """All files, by name."""
    first, second = discourse()
    return {
        "desks.mbox": mbox("{one.address} {one.moment:%a %b %d %H:%M:%S %Y}"),
        "desks-2015-June.txt": pipermail(),
        "question.eml": mail(1).as_bytes(),
        "topic-page-1.json": first,
        "topic-page-2.json": second,
        "discussion.csv": table(),
        "whatsapp.txt": whatsapp(),
        "signal.txt": signal(),
        "telegram.json": telegram(),
        "instagram.json": instagram(),
        "slack.zip": slack(),
        "meeting-teams.vtt": teams(),
        "meeting-zoom.vtt": zoom(),
        "meeting.srt": subrip(),
        "interview.txt": interview(),
        "interview.docx": word(),
        "interview.odt": writer(),
        "report.md": markdown(),
        "report.html": page(),
        "report.pdf": pdf(),
    }


def main() -> None:
    """Writes all files."""
    FOLDER.mkdir(exist_ok=True)
    for name, data in files().items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
