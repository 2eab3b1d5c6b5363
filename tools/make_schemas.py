"""Writes the JSON Schemas of the file format to schemas/, from the declared fields.

Run it after a field or kind was changed; a test fails when the committed files differ.
"""

from __future__ import annotations

from pathlib import Path

import jmdi
from jmdi.files.schema import schema_files

TARGET = Path(__file__).parents[1] / "schemas"


def main() -> None:
    """Writes every schema and removes those that are no longer made."""
    files = schema_files(jmdi.Model.build(discover=False, strict=True).catalog)
    TARGET.mkdir(exist_ok=True)
    for old in TARGET.glob("*.schema.json"):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(files)} schemas in {TARGET.name}/")


if __name__ == "__main__":
    main()
