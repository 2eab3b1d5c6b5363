"""Makes docs/reference from the code: kinds, hooks, formats, metrics, problem codes, commands.

Run it after changing any of these; tests/test_docs.py holds the pages against it. The pages
file-format.md, mapping.md, migrations.md, parity.md, platforms.md and versioning.md are written by
hand.

    python tools/make_reference.py
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "reference"
PLUGINS = ("iati", "network", "scaling", "workbook", "workplan")
"""The plugins whose formats, metrics and codes stand in the reference beside the core's."""

sys.path.insert(0, str(Path(__file__).parent))

from reference import interface, model, plugins  # noqa: E402

import jmdi  # noqa: E402


def build_model() -> jmdi.Model:
    """The core with the plugins that the reference describes, whatever else is installed."""
    return jmdi.Model.build(PLUGINS)


def pages() -> dict[str, str]:
    """The pages by path."""
    catalog = build_model().catalog
    return {
        "api.md": interface.api_page(),
        "checks.md": plugins.checks_page(catalog),
        "cli.md": interface.cli_page(),
        "formats.md": plugins.formats_page(catalog),
        "hooks.md": plugins.hooks_page(),
        **plugins.hook_pages(),
        "kinds.md": model.entities_page(catalog),
        "metrics.md": plugins.metrics_page(catalog),
        "problem-codes.md": plugins.codes_page(catalog),
        "projections.md": plugins.projections_page(catalog),
        "relations.md": model.relations_page(catalog),
        "specs.md": plugins.specs_page(),
        "values.md": model.values_page(),
        "vocabularies.md": model.vocabularies_page(catalog),
    }


def main() -> None:
    """Writes the pages."""
    for name, text in pages().items():
        (TARGET / name).parent.mkdir(parents=True, exist_ok=True)
        (TARGET / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
