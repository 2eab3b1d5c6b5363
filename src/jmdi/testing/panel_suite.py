"""What every panel must obey: it is data, in words that can be translated, and names no person."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs
import pytest

from jmdi.errors import PluginError
from jmdi.graph.dataset import Dataset
from jmdi.metrics.result import Result
from jmdi.model.kinds import Actor, KnowledgeItem
from jmdi.model.records import Record, evolve
from jmdi.model.relations import Coded
from jmdi.model.values import code
from jmdi.panels import Body
from jmdi.plugins.specs import Panel
from jmdi.testing.outputs import shown
from jmdi.testing.sampled import SampledSuite
from jmdi.testing.subject import described
from jmdi.testing.suite import fault

__all__ = ["PanelSuite"]

PERSON = "Zenobia Planted-Person"
"""A name that is no word of any panel."""

_MARKUP = re.compile(r"</?[a-z][^<>]*>|<!--|&(?:[a-z]+|#x?[0-9a-f]+);", re.IGNORECASE)


class PanelSuite(SampledSuite):
    """Checks the panels of a plugin on Datasets of many shapes."""

    def _panels(self) -> list[Panel]:
        panels: list[Panel] = self.subject.added("jmdi_panels")
        if not panels:
            pytest.skip(f"the plugin {self.subject.name!r} adds no panels")
        return self._wanted(panels)

    def _body(
        self, panel: Panel, dataset: Dataset, do: Callable[..., Any] | None = None
    ) -> Body | None:
        do = do or self._now
        try:
            found: Body | None = do(shown, panel.name, dataset, {})
        except PluginError as error:
            raise fault(
                f"{described(panel)} fails on {dataset!r}: {error}",
                why="the page says so to people who never heard of the plugin",
                cure="return None if the data has nothing for it, else one of the bodies of "
                "jmdi.panels; expect every field to be unknown, and records of other plugins",
            ) from error
        return found

    def test_panels_are_titled(self) -> None:
        """10: a panel has a title in English, the language that all others fall back to."""
        for panel in self._panels():
            if not panel.title.get("en", "").strip():
                raise fault(
                    f"{described(panel)} has no title in English",
                    why="a reader of a language that it lacks sees nothing, and no list names it",
                    cure='write title={"en": "Who pays", "fr": "Qui paie"}',
                )

    def test_panels_hold_plain_data(self) -> None:
        """10: a panel makes a body of any Dataset, whose texts hold no markup."""
        for panel in self._panels():
            made = [self._body(panel, dataset, self._once) for dataset in self._datasets()]
            for text in (t for part in (panel.title, made) for t in _texts(part)):
                if found := _MARKUP.search(text):
                    raise fault(
                        f"{described(panel)} has HTML in its texts: {found[0]!r} in {text!r:.80}",
                        why="it is shown as it is typed: the page writes its own HTML, so that "
                        "it stays safe, printable and readable for everybody",
                        cure="return plain texts, and a body of the shape that is meant",
                    )

    def test_panels_are_deterministic(self) -> None:
        """10: a panel shows the same each time, under any hash seed."""
        for panel in self._panels():
            for place, dataset in enumerate(self._datasets()):
                first = self._body(panel, dataset, self._once)
                again = functools.partial(self._body, panel, dataset)
                if not self._is_repeated(f"panel {panel.name}", place, first, again):
                    raise fault(
                        f"{described(panel)} shows something else the second time",
                        why="two pages of the same data differ, and nobody knows which holds",
                        cure="keep no state between calls, read no clock, and give metrics with "
                        "random numbers a seed",
                    )
        self._check_hash_seeds("panel")

    def test_panels_name_no_persons(self) -> None:
        """10: a panel shows no name of a person, nor a contact."""
        for panel in self._panels():
            for dataset in map(_with_person, self._datasets()):
                if any(PERSON in text for text in _texts(self._body(panel, dataset))):
                    raise fault(
                        f"{described(panel)} shows the name of a person",
                        why="pages travel, and nobody asked the person",
                        cure="name records with jmdi.panels.link_to, which leaves persons out; "
                        "show neither coders nor what stands in extra",
                    )


def _texts(thing: object) -> Iterator[str]:
    """All texts of a body, a Result and ids left out."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        yield from (text for value in thing.values() for text in _texts(value))
    elif attrs.has(cls := type(thing)) and not isinstance(thing, Result):
        members = (getattr(thing, a.name) for a in attrs.fields(cls))
        yield from (text for member in members for text in _texts(member))
    elif isinstance(thing, Iterable):
        yield from (text for item in thing for text in _texts(item))


def _with_person(dataset: Dataset) -> Dataset:
    """The same data, in which the actor with the most relations, authors and coders are persons."""
    actors = dataset.of(Actor)
    tied = {actor.id: len(dataset.in_(actor.id)) + len(dataset.out(actor.id)) for actor in actors}
    first = max(tied, key=lambda id: (tied[id], id), default=None)
    records = (_personal(record, first) for record in dataset)
    return Dataset(records, model=dataset.model, header=dataset.header)


def _personal(record: Record, person: str | None) -> Record:
    more = {"extra": {**record.extra, "contact": PERSON}}
    if isinstance(record, Coded):
        return evolve(record, coder=PERSON, **more)
    if isinstance(record, KnowledgeItem):
        return evolve(record, author=PERSON, **more)
    if isinstance(record, Actor) and record.id == person:
        kind = code("actor-type", "individuals")
        return evolve(record, names={"en": PERSON}, type=kind, **more)
    return evolve(record, **more)
