"""Reads a workspace that Slack exported: a zip archive with a file for each channel and day."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import attrs

from jmdi import ImportContext, KnowledgeItem, Record, Severity, make_id
from jmdi_documents.office.archive import Archive
from jmdi_knowledge.discussions.building import REPLY_LINK, Discussion, Reply
from jmdi_knowledge.discussions.chats.members import objects, text
from jmdi_knowledge.discussions.dates import of_epoch
from jmdi_knowledge.discussions.sources import archive_in, json_of

__all__ = ["read", "sniff"]

ENTRY = re.compile(
    rb"PK\x03\x04.{26}(?:[^/\0]{1,80}/)?"
    rb"(?:(?:channels|users|dms|groups|mpims|integration_logs)\.json"
    rb"|[^/\0]{1,80}/\d{4}-\d\d-\d\d\.json)",
    re.DOTALL,
)
DAY = re.compile(r"(?P<channel>[^/]+)/\d{4}-\d\d-\d\d\.json\Z")
TOKEN = re.compile(r"<([^<>\n]{1,2000})>")

CHANNELS = {"channels.json", "groups.json", "mpims.json"}
"""The lists of channels: public, private, and of several people."""

WRITTEN = {"", "me_message", "thread_broadcast", "reply_broadcast"}
"""The sorts of message that a person writes; the others are the work of programs."""


def sniff(head: bytes) -> bool | str:
    """Whether it is an archive with the lists or the days of a workspace."""
    return bool(ENTRY.match(head)) or "its first member is none of a workspace of Slack"


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a workspace.

    Args:
        stream: The archive.
        context: The options of `discussions.options`; where problems go.

    Yields:
        For each channel an item, and one for each message that a person wrote.

    Raises:
        FormatError: If the archive is unsafe or damaged, or a member is not JSON.
    """
    archive = archive_in(stream, context)
    discussion = Discussion(context, "live_chat")
    days: dict[str, list[str]] = {}
    for name in sorted(archive.names):
        if found := DAY.search(name):
            days.setdefault(found["channel"], []).append(name)
    if not days:
        cure = "give the zip file that Slack made, not files of it"
        discussion.problem("knowledge:M101", "it has no message", Severity.ERROR, cure=cure)
        return
    workspace = _Workspace(discussion, archive)
    yield from discussion.places
    for channel, members in sorted(days.items()):
        yield from workspace.records(channel, members)
    discussion.report()


@attrs.define
class _Workspace:
    """The people and channels of a workspace."""

    discussion: Discussion
    archive: Archive
    people: dict[str, str] = attrs.field(factory=dict)
    """The name of each user, by id."""
    ids: dict[str, str] = attrs.field(factory=dict)
    """The id of each channel, by name; other workspaces have channels of the same names."""

    def __attrs_post_init__(self) -> None:
        for name in self.archive.names:
            list_ = name.rpartition("/")[2]
            if list_ == "users.json":
                for user in self.objects(name):
                    self.meet(user)
            elif list_ in CHANNELS:
                self.ids |= {text(one, "name"): text(one, "id") for one in self.objects(name)}

    def objects(self, member: str) -> Iterator[Mapping[str, Any]]:
        """The objects of a list in a member of the archive."""
        return objects(json_of(self.archive.read(member), self.discussion.context, member))

    def meet(self, user: Mapping[str, Any]) -> None:
        """Keeps the name of a user, and drops the contacts."""
        found = user.get("profile")
        profile = found if isinstance(found, dict) else {}
        names = [text(user, "real_name"), text(profile, "real_name"), text(profile, "display_name")]
        names += [text(user, "name")]
        name = next(filter(None, names), "")
        if identity := text(user, "id"):
            self.people[identity] = name or identity
        self.discussion.people.meet(name, also=names)
        people = self.discussion.people
        people.drop("e-mail address", bool(text(profile, "email")))
        people.drop("telephone number", bool(text(profile, "phone")))
        people.drop("photo", any(member.startswith("image_") for member in profile))

    def records(self, channel: str, members: list[str]) -> Iterator[KnowledgeItem]:
        """A channel and what people wrote in it, day by day."""
        title = self.discussion.people.hide(channel).text
        parts = ("slack", self.ids.get(channel) or title)
        thread = make_id("item", *parts)
        yield self.discussion.thread(thread, title, title)
        events = [(member, event) for member in members for event in self.objects(member)]
        written = [(member, event) for member, event in events if self.is_written(event)]
        known = {text(event, "ts") for _, event in written}
        for member, event in written:
            yield self.message(parts, member, event, known, thread)

    def is_written(self, event: Mapping[str, Any]) -> bool:
        """Whether a person wrote it; what is not is counted by its sort."""
        sort = text(event, "subtype")
        if sort in WRITTEN and text(event, "user") and not event.get("bot_id"):
            return True
        self.discussion.event(sort or text(event, "type") or "message of a program")
        return False

    def message(
        self,
        channel: tuple[str, ...],
        member: str,
        event: Mapping[str, Any],
        known: set[str],
        thread: str,
    ) -> KnowledgeItem:
        """A message as an item."""
        moment, parent = text(event, "ts"), text(event, "thread_ts")
        reply = None
        if parent and parent != moment:
            if parent in known:
                reply = Reply(make_id("item", *channel, parent), REPLY_LINK)
            else:
                what = "replies to messages that are not in the file"
                self.discussion.count("knowledge:M104", what)
        user = text(event, "user")
        return self.discussion.item(
            self.discussion.identity(*channel, moment),
            self.words(text(event, "text")) or None,
            f"{self.discussion.people.hide(member).text}, ts {moment}",
            author=self.discussion.people.pseudonym(self.people.get(user, user)),
            date=of_epoch(moment),
            thread=thread,
            reply=reply,
            answers=parent if parent and parent != moment and reply is None else None,
            edited=True if isinstance(event.get("edited"), dict) else None,
            attached=tuple(
                text(file, "name", "title")[:200] or "file" for file in objects(event.get("files"))
            ),
        )

    def words(self, typed: str) -> str:
        """A text with people, channels and links as they are shown."""
        return html.unescape(TOKEN.sub(self.shown, typed))

    def shown(self, found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        if target.startswith("@"):
            name = self.people.get(target[1:]) or label or target[1:]
            return f"@{self.discussion.people.pseudonym(name)}"
        if target.startswith(("#", "!")):
            return f"{target[0] if target[0] == '#' else '@'}{label or target[1:]}"
        address = target.removeprefix("mailto:")
        return f"{label} ({address})" if label and label != address else address
