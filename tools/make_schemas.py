"""Writes the JSON Schemas of the file format, from the declared fields.

Those of the core go to schemas/, those of the plugins of the tests and examples beside them.
Run it after a field or kind was changed; tests fail when the committed files differ.

    python tools/make_schemas.py
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import jmdi
from jmdi.files.schema import schema_files

ROOT = Path(__file__).parents[1]
TWINNING = ROOT / "examples" / "write_a_plugin" / "twinning"
sys.path[:0] = [str(ROOT / "tests" / "support"), str(TWINNING)]


def made(*plugins: ModuleType) -> dict[str, str]:
    """The schemas that plugins add to those of the core; without any, those of the core."""
    core = jmdi.Model.build([])
    files = schema_files(core.catalog)
    if not plugins:
        return files
    model = jmdi.Model.build([*plugins])
    return {name: text for name, text in schema_files(model.catalog).items() if name not in files}


def write(folder: Path, files: dict[str, str]) -> None:
    """Writes every schema of a folder and removes those that are no longer made."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.schema.json"):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{folder.relative_to(ROOT)}: {len(files)} schemas")


def main() -> None:
    """Writes the schemas of the core, of the plugins of the tests, and of an example."""
    alpha, beta, twinning = map(importlib.import_module, ("alpha", "beta", "twinning"))
    loopback = importlib.import_module("jmdi.testing.loopback")
    write(ROOT / "schemas", made())
    write(ROOT / "tests" / "testing" / "schemas", made(loopback, alpha, beta))
    write(TWINNING / "schemas", made(twinning))


if __name__ == "__main__":
    main()
