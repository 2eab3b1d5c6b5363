"""The other end of `jmdi.testing.outputs.run_apart`: runs in an interpreter of its own.

It loads the plugins before anything else that is heavy, so that what they load is seen.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import pickle
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["HEAVY", "main"]

HEAVY = ("networkx", "numpy", "pandas", "scipy", "polars", "pyarrow", "matplotlib", "lxml")
"""Packages that take long to load; a plugin imports them where they are used."""


def main() -> None:
    """Does what the command line asks and prints the answer as JSON on the last line."""
    references, job = json.loads(sys.argv[2]), Path(sys.argv[3])
    from jmdi.app import Model
    from jmdi.plugins.guard import Watch, watching

    Model.build(discover=False)
    before = set(sys.modules)
    watch = Watch()
    with watching(watch):
        plugins = [_load(reference) for reference in references]
    names = [plugin for plugin in plugins if isinstance(plugin, str)]
    given = [plugin for plugin in plugins if not isinstance(plugin, str)]
    model = Model.build(given, discover=bool(names), only=names, strict=True)
    after = set(sys.modules)
    work = pickle.loads(job.read_bytes())
    if work is None:
        heavy = [name for name in HEAVY if name in after and name not in before]
        notices = [n for status in model.catalog.plugins for n in status.notices]
        notices = [*watch.notices, *notices]
        answer: Any = {"heavy": heavy, "modules": sorted(after - before), "notices": notices}
    else:
        from jmdi.testing.outputs import outputs

        answer = outputs(model, work)
    print(f"\n{json.dumps(answer)}")


def _load(reference: Mapping[str, str]) -> Any:
    """A plugin: the name of an installed one, or the module or object itself."""
    if "name" in reference:
        return reference["name"]
    name = reference["module"]
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError:
        spec = importlib.util.spec_from_file_location(name, reference["file"])
        if spec is None or spec.loader is None:
            raise
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    attribute = reference.get("attribute")
    return getattr(module, attribute) if attribute else module
