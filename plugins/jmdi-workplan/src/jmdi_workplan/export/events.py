"""When and where an action is planned: one event for each of its dates and places."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import attrs

from jmdi import Action, Dataset, Place, Record
from jmdi.model import edtf
from jmdi.words.folding import fold

__all__ = ["Event", "events_of", "place_words"]


@attrs.frozen(slots=True)
class Event:
    """One date of an action.

    Attributes:
        edtf: The date.
        start: Its first day.
        end: Its last day; ``None`` if it goes on.
        exact: Whether its days are certain.
        of: What the date is for, as typed.
        places: Where it is: one place, several where it is not said which date is for which
            place, or none.
    """

    edtf: str
    start: datetime.date
    end: datetime.date | None
    exact: bool
    of: str
    places: tuple[str, ...]


def events_of(action: Action, dataset: Dataset) -> Iterator[Event]:
    """The events of an action; none if it has no date.

    A date for a place that the action names is there only. One date for all places is an event
    in each of them. Several dates and several places without a word on which belongs to which
    are an event per date that names all places.
    """
    if action.timeline is None or action.timeline.edtf is None:
        return
    parts = [(part.of, part.edtf) for part in action.timeline.parts]
    dates = parts or [("", text) for text in _members(action.timeline.edtf)]
    places = {
        words[0]: _full(words[0], place, dataset)
        for place in action.places
        if (words := place_words([place], dataset))
    }
    for of, text in dates:
        parsed = edtf.parse_or_none(text)
        start, end = (parsed.lower(), parsed.upper()) if parsed else (None, None)
        if parsed is None or start is None or (end is None and parsed.end_state != "open"):
            continue
        here = tuple(full for words, full in places.items() if _names(of, words))
        named = tuple(places.values())
        apart = len(dates) == 1 and not here and bool(named)
        groups: list[tuple[str, ...]] = [(one,) for one in named] if apart else [here or named]
        for group in groups:
            yield Event(text, start, end, _exact(text), of, group)


def _names(of: str, place: str) -> bool:
    """Whether what a date is for is a place: ``Region VII`` is ``VII`` of a list of regions."""
    ours, theirs = fold(of).split(), fold(place).split()
    return bool(ours) and bool(theirs) and (ours == theirs or ours[-1] == theirs[-1])


def _full(words: str, place: Place, dataset: Dataset) -> str:
    """The words for a place, with the name of its territory where they do not say it."""
    territory = dataset.find(place.territory, Record) if place.territory else None
    name = territory.label() if territory else ""
    return words if fold(name) in fold(words) else f"{words} ({name})"


def place_words(places: Sequence[Place], dataset: Dataset) -> list[str]:
    """The words for places, each once: as typed, else the name of the territory."""
    found = []
    for place in places:
        territory = dataset.find(place.territory, Record) if place.territory else None
        words = place.words or (territory.label() if territory else place.territory)
        if words:
            found.append(words)
    return list(dict.fromkeys(found))


def _members(text: str) -> list[str]:
    """The dates of an all-of set one by one; any other date as it is."""
    parsed = edtf.parse(text)
    dates = parsed.dates() if text.startswith("{") else ()
    return [date.text for date in dates] or [text]


def _exact(text: str) -> bool:
    """Whether a date says on which days, without doubt."""
    ends = [edtf.parse_or_none(end) for end in text.split("/")]
    return all(end is not None and end.certain and end.precision in ("day", "time") for end in ends)
