"""The Report: one HTML page of a Dataset, to write, to embed or to keep as text."""

from __future__ import annotations

import os
from pathlib import Path

import attrs
import jinja2

from jmdi import Dataset
from jmdi.files.paths import atomic_write

__all__ = ["Report", "report"]

TEMPLATES = Path(__file__).parent / "templates"


@attrs.frozen(slots=True)
class Report:
    """One self-contained HTML page.

    Attributes:
        html: The page.
    """

    html: str = attrs.field(repr=lambda html: f"<{len(html):,} characters>")

    def write(self, path: str | os.PathLike[str]) -> None:
        """Writes the page; the file appears whole or not at all.

        Raises:
            FormatError: If it cannot be written.
        """
        with atomic_write(path) as stream:
            stream.write(self.html.encode("utf-8"))


def report(dataset: Dataset, *, title: str | None = None) -> Report:
    """One HTML page of the records and their metrics, which opens offline.

    Args:
        dataset: The records.
        title: Title of the page; by default that of the dataset.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    page = environment.get_template("page.html")
    return Report(page.render(title=title or dataset.title or "jmdi"))
