"""Records that many elements state, such as actors: what was edited, and where that is written.

A record is made of the first element that states it; others may call it something else, which is
claimed. So an element says something new only where it said what the record said before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar

from jmdi import Code, Record, Text
from jmdi_iati.export.work import Patch

__all__ = ["Key", "Said", "carried", "edits", "plain", "said_text", "text"]

R = TypeVar("R", bound=Record)


class Key(NamedTuple):
    """A field, and the language of its words."""

    field: str
    language: str = ""

    @property
    def at(self) -> str:
        """Where a claim says it."""
        return f"/{self.field}/{self.language}" if self.language else f"/{self.field}"


Said: TypeAlias = Mapping[Key, Any]
"""What is said of a record; what is not said is not in it."""


def said_text(field: str, words: Text) -> Said:
    """What a field says in each language."""
    return {Key(field, language): said for language, said in words.items()}


def text(said: Said, field: str) -> dict[str, str]:
    """The words of a field by language."""
    return {key.language: words for key, words in said.items() if key.field == field}


def plain(code: Code | None) -> Code | None:
    """A code without the words that it was read from."""
    return None if code is None else Code(code.scheme, code.code)


def edits(
    work: Patch, kind: type[R], say: Callable[[R], Said], claimed: Collection[str] = ()
) -> Mapping[str, tuple[Said, Said]]:
    """The records that an activity or organisation states and that were edited since.

    Args:
        work: The activity or organisation.
        kind: The kind of the records.
        say: What elements state of a record.
        claimed: The fields of which claims say what else is said.

    Returns:
        What each said before, and what it says now, by its id.
    """
    found: dict[str, tuple[Said, Said]] = {}
    known = work.context.edits  # which are the same in all activities that state a record
    for read in work.reading.of(kind):
        if read.id not in known and (record := work.dataset.find(read.id, kind)) is not None:
            here, now = say(read), say(record)
            if here == now and not record.sources:
                known[read.id] = None
            elif origins := work.context.origins.of(record, work.reading):
                before = _before(now, [say(one) for one in origins])
                known[read.id] = None if before == now else (before, now)
            else:
                before, now = _unclaimed(read.id, here, now, work, claimed)
                found |= {} if before == now else {read.id: (before, now)}
        if (edit := known.get(read.id)) is not None:
            found[read.id] = edit
    return found


def _unclaimed(
    id: str, here: Said, now: Said, work: Patch, claimed: Collection[str]
) -> tuple[Said, Said]:
    """What a record said and says, if what it was read from is left out of the data.

    What an activity says and nobody claims is what the record said.
    """
    claims = work.context.origins.claims(id)
    sure = {k for k, v in here.items() if k.field in claimed and (k.at, v) not in claims}
    before, after = ({k: v for k, v in one.items() if k in sure} for one in (here, now))
    return before, after


def _before(now: Said, origins: Sequence[Said]) -> Said:
    """What a record said: what it says now, if one of its origins did, else what the first did."""
    before = {}
    for key in dict.fromkeys((*now, *(key for one in origins for key in one))):
        said, value = [one.get(key) for one in origins], now.get(key)
        if value not in said:
            value = next((one for one in said if one is not None), None)
        if value is not None:
            before[key] = value
    return before


def carried(said: Said, before: Said, now: Said) -> dict[Key, Any]:
    """What an element says instead: something new where it said what the record said before."""
    found = dict(said)
    for key in dict.fromkeys((*before, *now)):
        old, new = before.get(key), now.get(key)
        for place in () if old == new else _where(key, old, said, before):
            if new is None:
                del found[place]
            else:
                found[place] = now.get(place, new)
    return found


def _where(key: Key, old: object, said: Said, before: Said) -> Collection[Key]:
    """The keys under which an element says what a record said.

    Publishers write one name in files of several languages: words that the record had in one
    language only are the same words in another.
    """
    if old is not None:
        alike = [k for k, value in said.items() if value == old and k.field == key.field]
        return [k for k in alike if k == key or k not in before]
    # What the record did not say is added where the element says the rest as the record did.
    rest = {k: value for k, value in before.items() if k.field == key.field}
    own = {k: value for k, value in said.items() if k.field == key.field}
    agrees = not own if not rest else any(rest.get(k) == value for k, value in own.items())
    return [key] if key not in said and agrees else []
