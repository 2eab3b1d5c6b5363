"""Reads topics of Discourse, page by page: pages may overlap, and come in any order.

The id of a post is made of topic and number, so that pages merge. A post that is answered and
stands on another page is an item without text, which the other page fills.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from jmdi import ImportContext, KnowledgeItem, Record, make_id
from jmdi.files.strict_json import first_members
from jmdi_knowledge.discussions.building import QUOTE_LINK, REPLY_LINK, Discussion, Reply
from jmdi_knowledge.discussions.chats.members import flag, number, objects, text
from jmdi_knowledge.discussions.dates import of_iso
from jmdi_knowledge.discussions.markup import text_of
from jmdi_knowledge.discussions.sources import bad_json, json_in

__all__ = ["read", "sniff"]

SMALL_ACTION = 3
"""The type of a post that says that the topic was closed, moved, pinned."""


def sniff(head: bytes) -> bool | str:
    """Whether it is an object with a stream of posts."""
    return b"post_stream" in first_members(head) or "it has no stream of posts"


def read(stream: BinaryIO, context: ImportContext) -> Iterator[Record]:
    """Reads a page of a topic.

    Args:
        stream: The file.
        context: The options of `discussions.options`; where problems go.

    Yields:
        An item for the topic and one for each post.

    Raises:
        FormatError: If it is not JSON, or no topic.
    """
    topic = json_in(stream, context)
    found = topic.get("post_stream") if isinstance(topic, dict) else None
    posts = list(objects(found.get("posts") if isinstance(found, dict) else None))
    if not posts:
        raise bad_json("it has no posts", context)
    discussion = Discussion(context, "e_discussion")
    for post in posts:
        discussion.people.meet(text(post, "username", "name"), also=[text(post, "name")])
    yield from discussion.places
    yield from _Topic(discussion, topic, posts).records()
    discussion.report()


class _Topic:
    """The records of a page."""

    def __init__(
        self, discussion: Discussion, topic: Mapping[str, Any], posts: list[Mapping[str, Any]]
    ) -> None:
        self.discussion = discussion
        self.posts = {n: post for post in posts if (n := number(post, "post_number")) is not None}
        first = posts[0]
        self.title = text(topic, "title") or text(first, "topic_slug").replace("-", " ")
        identity = number(first, "topic_id")
        known = number(topic, "id") if identity is None else identity
        self.parts = (str(known), text(first, "topic_slug") or text(topic, "slug"))
        self.thread = make_id("item", "discourse", *self.parts)

    def records(self) -> Iterator[KnowledgeItem]:
        """The topic, its posts by number, and those on other pages that these answer."""
        yield self.discussion.thread(self.thread, self.title)
        beyond: set[int] = set()
        for at, post in sorted(self.posts.items()):
            if number(post, "post_type") == SMALL_ACTION:
                self.discussion.event(text(post, "action_code") or "action")
                continue
            words, marks, quoted = text_of(text(post, "cooked"))
            answered, how = self.answered(post, quoted)
            if answered is not None and answered not in self.posts:
                beyond.add(answered)
            yield self.discussion.item(
                self.identity(at),
                None if flag(post, "user_deleted") else words,
                f"post {at}",
                author=self.discussion.people.pseudonym(text(post, "username", "name")),
                date=of_iso(text(post, "created_at")),
                thread=self.thread,
                reply=Reply(self.identity(answered), how) if answered is not None else None,
                marks=marks,
                edited=True if (number(post, "version") or 1) > 1 else None,
                deleted=flag(post, "user_deleted"),
                hidden=flag(post, "hidden"),
            )
        for at in sorted(beyond):
            place = f"post {at}, on another page"
            yield self.discussion.item(self.identity(at), None, place, thread=self.thread)

    def identity(self, at: int) -> str:
        return make_id("item", "discourse post", *self.parts, at)

    def answered(self, post: Mapping[str, Any], quoted: tuple[str, ...]) -> tuple[int | None, str]:
        """The post that a post answers: by its link, else the first that it quotes."""
        at = number(post, "post_number")
        linked = number(post, "reply_to_post_number")
        if linked is not None and linked != at:
            return linked, REPLY_LINK
        numbers = [int(one) for one in quoted if one.isascii() and one.isdigit() and len(one) < 10]
        return next((one for one in numbers if one != at), None), QUOTE_LINK
