"""Which message answers which: by reply link, else by the same subject within 30 days."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from jmdi_knowledge.discussions.building import REPLY_LINK, SAME_SUBJECT
from jmdi_knowledge.discussions.marks import subject_of

__all__ = ["Index", "Link", "links_of"]

DAYS_30 = 30 * 86_400.0


@attrs.frozen(slots=True)
class Index:
    """What of a message decides on its thread.

    Attributes:
        id: Its Message-ID; empty if it has none.
        answers: Ids that it says it answers, the nearest first.
        subject: Its subject.
        seconds: When it was sent; ``None`` if that is not known.
    """

    id: str
    answers: tuple[str, ...]
    subject: str
    seconds: float | None


@attrs.frozen(slots=True)
class Link:
    """The place of a message in the discussion, as numbers of messages from 0.

    Attributes:
        root: The message that its thread began with.
        parent: The message that it answers.
        how: How that was found out.
    """

    root: int
    parent: int | None = None
    how: str = ""


def links_of(messages: Sequence[Index]) -> list[Link]:
    """The place of each message in the discussion."""
    by_id: dict[str, int] = {}
    for number, message in enumerate(messages):
        if message.id:
            by_id.setdefault(message.id, number)
    parents = _by_subject(messages)
    for number, message in enumerate(messages):
        linked = next((by_id[one] for one in message.answers if one in by_id), None)
        if linked is not None and linked != number:
            parents[number] = (linked, REPLY_LINK)
    roots = _roots(len(messages), parents)
    return [Link(roots[n], *parents.get(n, (None, ""))) for n in range(len(messages))]


def _by_subject(messages: Sequence[Index]) -> dict[int, tuple[int, str]]:
    """For each reply the message of the same subject that came last before it."""
    alike: dict[str, list[tuple[float, int, bool]]] = {}
    for number, message in enumerate(messages):
        subject, is_reply = subject_of(message.subject)
        if subject and message.seconds is not None:
            alike.setdefault(subject, []).append((message.seconds, number, is_reply))
    found: dict[int, tuple[int, str]] = {}
    for group in alike.values():
        group.sort()
        for (before, earlier, _), (after, later, is_reply) in pairwise(group):
            if is_reply and after - before <= DAYS_30:
                found[later] = (earlier, SAME_SUBJECT)
    return found


def _roots(number: int, parents: dict[int, tuple[int, str]]) -> list[int]:
    """The first message of each thread; of messages that answer each other in a circle the first.

    A link of a circle that is only supposed is taken away. Each message is walked once, so the
    time is linear.
    """
    roots = [-1] * number
    for start in range(number):
        path: list[int] = []
        on_path: set[int] = set()
        at = start
        while roots[at] < 0 and at not in on_path:
            path.append(at)
            on_path.add(at)
            if at not in parents:
                break
            at = parents[at][0]
        if roots[at] >= 0:
            root = roots[at]
        elif at in parents:
            circle = path[path.index(at) :]
            supposed = [one for one in circle if parents[one][1] == SAME_SUBJECT]
            root = min(supposed or circle)
            if supposed:
                del parents[root]
        else:
            root = at
        for one in path:
            roots[one] = root
    return roots
