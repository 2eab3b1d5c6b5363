"""The other end of `jmdi.testing.outputs.run_apart`: runs in an interpreter of its own.

It loads the plugins before anything else that is heavy, so that what they load is seen.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jmdi.plugins.references import Reference
from jmdi.testing.watching import watching

if TYPE_CHECKING:
    from jmdi.testing.outputs import Tasks

__all__ = ["HEAVY", "main"]

HEAVY = ("networkx", "numpy", "pandas", "scipy", "polars", "pyarrow", "matplotlib", "lxml")
"""Packages that take long to load; a plugin imports them where they are used."""


def main() -> None:
    """Does what the command line asks and prints the answer as JSON on the last line."""
    references, others, job = *map(json.loads, sys.argv[2:4]), Path(sys.argv[4])
    from jmdi.app import Model

    Model.build([])
    before = set(sys.modules)
    notices: list[str] = []
    with watching(notices):
        plugins = [_load(reference) for reference in references]
        model = Model.build(plugins)
    after = set(sys.modules)
    from jmdi.testing.outputs import Job, beside, outputs, plainly

    model = beside(model, [*plugins, *map(_load, others)]) if others else model

    asked: Job = pickle.loads(job.read_bytes())
    traces: dict[str, str] = {}
    answer = {
        "heavy": [name for name in HEAVY if name in after and name not in before],
        "modules": sorted(after - before),
        "notices": notices,
        "outputs": outputs(
            model, asked, _watched(traces) if asked.watched else plainly, backwards=True
        ),
        "traces": traces,
    }
    print(f"\n{json.dumps(answer)}", file=sys.__stdout__)  # a plugin may have put another there


def _watched(traces: dict[str, str]) -> Callable[[str, Tasks], list[str]]:
    """Runs tasks; the first trace that they leave is kept by name.

    Tasks that import something are watched when they run again: what a library that many share
    does when it is first imported is not the doing of the plugin.
    """

    def run(name: str, tasks: Tasks) -> list[str]:
        notices: list[str] = []
        before = len(sys.modules)
        with watching(notices):
            texts = tasks()
        if notices and len(sys.modules) > before:
            notices.clear()
            with watching(notices):
                tasks()
        if notices:
            traces.setdefault(name, notices[0])
        return texts

    return run


def _load(reference: Mapping[str, str]) -> object:
    """A plugin: the name of an installed one, or the module or object itself."""
    if "name" in reference:
        return reference["name"]
    return Reference(**reference).load()
