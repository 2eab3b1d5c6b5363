"""The pages on the Python interface: which names stand where; Sphinx reads their docstrings."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import jmdi
from reference.text import block, body, page, summary, table

GROUPS = {
    "reading": (
        "Reading, asking and writing",
        ("jmdi.shortcuts", "jmdi.app", "jmdi.running"),
        "What reads files and asks questions. `jmdi.read` and the like use `default_model()`; a "
        "`Model` of your own has the plugins that you name.",
    ),
    "data": (
        "Datasets, networks and tables",
        ("jmdi.graph",),
        "What is read, and seen as a graph.",
    ),
    "results": ("Results", ("jmdi.metrics",), "What a metric gives."),
    "kinds": (
        "Kinds and relations",
        ("jmdi.model.kinds", "jmdi.model.money", "jmdi.model.relations", "jmdi.model.wellknown"),
        "The classes of records. [Kinds](../kinds.md) and [relations](../relations.md) have their "
        "fields as tables, with vocabularies.",
    ),
    "values": (
        "Values",
        ("jmdi.model.values", "jmdi.model.edtf"),
        "Parts of records that have no id; [values](../values.md) has their fields as tables.",
    ),
    "plugins": (
        "For plugins",
        ("jmdi.plugins",),
        "What [hooks](../hooks.md) return and take, and what is registered.",
    ),
    "errors": ("Errors and problems", ("jmdi.errors",), "What is raised, and what is reported."),
    "declaring": (
        "Declaring kinds",
        ("jmdi.model",),
        "What a kind of your own is made of: [write a kind](../../how-to/write-a-kind.md).",
    ),
}
"""Page → its title, the modules whose names stand there, and what it begins with.

A name stands on the first page that has its module, or the room of its module.
"""

MODULES = ("jmdi.datasets", "jmdi.metrics", "jmdi.panels", "jmdi.testing")
"""Public modules, each with a page."""

WORDS = {
    "Cell": "What stands in a cell of a table: a text, a number, a date, money, a record, what is "
    "not known, or several of these.",
    "Words": "A plain string is data, such as a name, and is never translated; a mapping gives a "
    "text by language.",
    "CLUSTERS": "The seven clusters of the programme, as `Theme` records that every Dataset knows.",
    "Id": "The type of the field `id`: a string.",
    "PILLARS": "The five pillars of knowledge management, as `Pillar` records that every Dataset "
    "knows.",
    "Progress": "What is called as `progress(done, total, input)` while work goes on.",
    "REASONS": "Why a result can be undefined; [metrics](../metrics.md) lists the reasons.",
    "Ref": "`Ref[Actor]` is the type of a field that holds the id of an actor; `Ref['Actor']` "
    "where the class comes later.",
    "Text": "The type of names and descriptions: a mapping from language to words.",
    "hookimpl": "Marks a function as an implementation of the [hook](../hooks.md) that it is named "
    "after.",
}
"""Names of what has no docstring of its own."""


def api_pages() -> dict[str, str]:
    """api.md and api/<group>.md, by path."""
    groups = {group: [*_names(group)] for group in GROUPS}
    made = {
        f"api/{group}.md": page(title, words, *(_entry("jmdi", name) for name in groups[group]))
        for group, (title, _, words) in GROUPS.items()
    }
    for name in MODULES:
        made[f"api/{name.rpartition('.')[2]}.md"] = _module(importlib.import_module(name))
    return {"api.md": _index(groups), **made}


def _index(groups: dict[str, list[str]]) -> str:
    parts = []
    for group, names in groups.items():
        rows = [(f"{{py:obj}}`jmdi.{name}`", _summary(name)) for name in names]
        parts += [f"## [{GROUPS[group][0]}](api/{group}.md)", table(("Name", "What it is"), rows)]
    rows = [
        (f"[`{name}`](api/{name.rpartition('.')[2]}.md)", summary(importlib.import_module(name)))
        for name in MODULES
    ]
    return page(
        "Python interface",
        "What is on these pages is public; everything else may change without notice. Importing "
        "`jmdi` is cheap: each name is loaded when it is first used.",
        *parts,
        "## Modules",
        table(("Module", "What it is for"), rows),
    )


def _summary(name: str) -> str:
    """What a name is, without links: they lead from the pages of groups."""
    return WORDS[name].replace("](../", "](") if name in WORDS else summary(getattr(jmdi, name))


def _names(group: str) -> Iterator[str]:
    """The public names of a group, in the order of the alphabet."""
    for name in sorted(jmdi.__all__, key=lambda n: (n.casefold(), n)):
        if not isinstance(getattr(jmdi, name), ModuleType) and group_of(name) == group:
            yield name


def group_of(name: str) -> str:
    """The page on which a public name stands."""
    home = next(home for home, names in jmdi._HOMES.items() if name in names.split())
    fitting = (g for g, (_, rooms, _) in GROUPS.items() if f"{home}.".startswith(_inside(rooms)))
    return next(fitting)


def _inside(rooms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{room}." for room in rooms)


def _module(module: ModuleType) -> str:
    names = sorted(module.__all__)
    words = body(module).split(">>>")[0].strip()
    return page(module.__name__, words, *(_entry(module.__name__, name) for name in names))


def _entry(module: str, name: str) -> str:
    """The directive with which Sphinx reads a name."""
    thing = getattr(importlib.import_module(module), name)
    if name in WORDS:
        return f":::{{py:data}} {module}.{name}\n{WORDS[name]}\n:::"
    if module != "jmdi" and getattr(jmdi, name, None) is thing:
        return f"See {{py:obj}}`jmdi.{name}`."
    lines = [f".. {_directive(thing)}:: {module}.{name}"]
    if thing is jmdi.Network:  # its members stand in three classes, of which it is the last
        lines.append("   :inherited-members: FromModel")
    elif isinstance(thing, type) and thing.__base__ is not object:
        lines.append("   :show-inheritance:")
    return block("\n".join(lines), "{eval-rst}")


def _directive(thing: Any) -> str:
    if isinstance(thing, type):
        return "autoexception" if issubclass(thing, BaseException) else "autoclass"
    return "autofunction" if inspect.isroutine(thing) else "autodata"
