"""The pages of docs/reference that are built from the code, whenever the site is built.

Git holds the pages of ``BY_HAND`` only. The others say what the code says: kinds, codes, hooks,
formats, metrics, problem codes, commands, and the Python interface.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kept import ROOT, kept

import jmdi
from reference import api, interface, model, palette, plugins

if TYPE_CHECKING:
    from sphinx.application import Sphinx

TARGET = ROOT / "docs" / "reference"
BY_HAND = (
    "changelog.md",
    "file-format.md",
    "index.md",
    "mapping.md",
    "migrations.md",
    "parity.md",
    "platforms.md",
    "versioning.md",
)
NULLS = "nulls.md"
"""The page that takes half a minute: it draws networks at random."""

PLUGINS = ("iati", "knowledge", "network", "report", "scaling", "workbook", "workplan")
"""The plugins whose formats, metrics and codes stand in the reference beside the core's."""


def build_model() -> jmdi.Model:
    """The core with the plugins that the reference describes, whatever else is installed."""
    return jmdi.Model.build(PLUGINS)


def pages() -> dict[str, str]:
    """The pages by path, without ``NULLS``."""
    catalog = build_model().catalog
    return {
        **api.api_pages(),
        "checks.md": plugins.checks_page(catalog),
        "cli.md": interface.cli_page(),
        "formats.md": plugins.formats_page(catalog),
        "hooks.md": plugins.hooks_page(),
        **plugins.hook_pages(),
        "kinds.md": model.entities_page(catalog),
        **plugins.metrics_pages(catalog),
        "palette.md": palette.palette_page(),
        "problem-codes.md": plugins.codes_page(catalog),
        "projections.md": plugins.projections_page(catalog),
        "relations.md": model.relations_page(catalog),
        "specs.md": plugins.specs_page(),
        "values.md": model.values_page(),
        **model.vocabularies_pages(catalog),
    }


def write(target: Path = TARGET) -> None:
    """Writes the pages, and takes away those of names that are gone.

    A page that is the same is left alone, so that only what changed is built again.
    """
    made = {**pages(), NULLS: nulls_text()}
    for old in target.rglob("*.md"):
        if old.relative_to(target).as_posix() not in (*made, *BY_HAND):
            old.unlink()
    for name, text in made.items():
        path = target / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def nulls_text() -> str:
    """The page of null models, drawn again only where a line of code has changed."""
    return (kept("nulls", _draw) / NULLS).read_text(encoding="utf-8")


def _draw(folder: Path) -> None:
    from reference.nulls import nulls_page

    (folder / NULLS).write_text(nulls_page(), encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, Any]:
    """Writes the pages before Sphinx looks for them."""
    app.connect("config-inited", lambda *_: write())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
