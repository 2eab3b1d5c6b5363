"""The Report: one HTML page of a Dataset, to write, to embed or to keep as text."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable

import attrs
from markupsafe import Markup

from jmdi import BadParameter, Dataset, Progress, Result
from jmdi.files.paths import atomic_write
from jmdi_report.choosing import results_for
from jmdi_report.facts import Facts
from jmdi_report.page import page
from jmdi_report.privacy import without_contacts
from jmdi_report.settings import SECTIONS, Digits, Settings, Theme, names_of

__all__ = ["Report", "report"]


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
            stream.write(self.html.encode("utf-8", "replace"))

    def embed(self, height: int = 720) -> Embedded:
        """The page in a frame for a notebook, cut off from the notebook around it.

        Args:
            height: Height of the frame in pixels.
        """
        return Embedded(self.html, height)


@attrs.frozen(slots=True)
class Embedded:
    """A page in a frame; a notebook shows it.

    Attributes:
        html: The page.
        height: Height of the frame in pixels.
    """

    html: str = attrs.field(repr=lambda html: f"<{len(html):,} characters>")
    height: int = 720

    def _repr_html_(self) -> str:
        """A frame that may run the page's script, and reach nothing of the notebook."""
        return Markup(
            '<iframe sandbox="allow-scripts allow-downloads" title="jmdi" width="100%" '
            'height="{}" srcdoc="{}"></iframe>'
        ).format(self.height, self.html)


def report(
    dataset: Dataset,
    *,
    lang: str | Iterable[str] = "en",
    title: str | None = None,
    theme: Theme = "auto",
    sections: str | Iterable[str] = SECTIONS,
    metrics: str | Iterable[str | Result] | None = None,
    digits: Digits = "latn",
    include_contacts: bool = False,
    max_nodes: int = 20000,
    compress: bool = True,
    seed: int = 0,
    stamp: bool | datetime.datetime = False,
    command: str = "",
    progress: Progress | None = None,
) -> Report:
    """One HTML page of the records and their metrics, which opens offline and sends nothing.

    Names of persons, and attributes and texts that say how to reach them, are left out unless
    ``include_contacts`` says otherwise. The same records and arguments give the same bytes.

    Args:
        dataset: The records.
        lang: The language of the page, or several, of which the reader chooses; it opens in
            the first.
        title: Title of the page; by default that of the dataset.
        theme: ``light``, ``dark``, or ``auto`` for what the reader's system says.
        sections: Those of ``overview``, ``network``, ``plan``, ``knowledge``, ``tables`` and
            ``method`` that it has.
        metrics: Names of metrics, or Results; by default those that the records can answer.
        digits: Digits of numbers in Arabic: ``latn`` or ``arab``.
        include_contacts: Whether contacts and names of persons are shown.
        max_nodes: With more actors, the map shows a bubble for each country and type.
        compress: Whether the script and large data are written compressed; else as plain text.
        seed: Seed of the force layout.
        stamp: Whether the page says when it was made, or when; the variable SOURCE_DATE_EPOCH
            is followed.
        command: The command that made it, which the page cites.
        progress: Called as ``progress(done, total, what)`` with the metrics computed.

    Raises:
        NotFound: If there is no such language, section or metric.
        BadParameter: If another argument is none of those that are there.
    """
    settings = Settings(
        languages=lang,
        title=title or "",
        theme=theme,
        sections=sections,
        digits=digits,
        include_contacts=include_contacts,
        max_nodes=max_nodes,
        compress=compress,
        seed=seed,
        stamp=_stamp(stamp),
        command=command,
    )
    results = _results(dataset, metrics, progress)
    shown = dataset if include_contacts else without_contacts(dataset)
    return Report(page(Facts(shown, settings), results, dataset.digest()))


def _results(
    dataset: Dataset, metrics: str | Iterable[str | Result] | None, progress: Progress | None
) -> list[Result]:
    given = names_of(metrics) if isinstance(metrics, str) else list(metrics or ())
    found: list[Result] = [m for m in given if isinstance(m, Result)]
    names = None if metrics is None else [m for m in given if not isinstance(m, Result)]
    for name in names or ():
        if not isinstance(name, str):
            raise BadParameter(f"metrics: names or Results, not {name!r}")
    for result in results_for(dataset, names):
        found.append(result)
        if progress is not None:
            progress(len(found), None, result.metric)
    return found


def _stamp(stamp: bool | datetime.datetime) -> str:
    """When the page is made, in UTC; empty if it is not to say so."""
    if isinstance(stamp, datetime.datetime):
        moment = stamp.astimezone(datetime.UTC)
    elif epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    elif stamp:
        moment = datetime.datetime.now(datetime.UTC)
    else:
        return ""
    return moment.strftime("%Y-%m-%d %H:%M UTC")
