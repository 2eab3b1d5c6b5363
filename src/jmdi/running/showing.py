"""Makes the panels of a report; one that fails says so and the others are still shown."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

import attrs

from jmdi.errors import PluginError
from jmdi.graph.dataset import Dataset
from jmdi.panels import Body
from jmdi.plugins.blame import blamed
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.specs import Panel

__all__ = ["Shown", "body_of", "shown"]

log = logging.getLogger("jmdi")


@attrs.frozen(slots=True)
class Shown:
    """A panel that was made.

    Attributes:
        panel: The panel.
        body: What it shows; ``None`` if it failed.
        why: Why it failed, in one sentence that names the plugin.
    """

    panel: Panel
    body: Body | None
    why: str | None = None


def body_of(panel: Panel, dataset: Dataset, catalog: Catalog) -> Body | None:
    """What a panel shows of a dataset; ``None`` if the dataset has nothing for it.

    Raises:
        PluginError: If it fails, or returns what no panel may return; it names the plugin.
    """
    with blamed(catalog, "panel", panel.name):
        body = panel.make(dataset)
        if body is not None and not isinstance(body, Body):
            raise TypeError(f"it returns one of the bodies of jmdi.panels, not {body!r:.80}")
        return body


def shown(dataset: Dataset, panels: Iterable[Panel] | None = None) -> Iterator[Shown]:
    """The panels that have something to show of a dataset, and those that fail.

    Args:
        dataset: The records.
        panels: The panels; by default all that the model of the dataset knows, by name.
    """
    catalog = dataset.model.catalog
    for panel in catalog.panels.values() if panels is None else panels:
        try:
            body = body_of(panel, dataset, catalog)
        except PluginError as error:
            log.warning("%s", error)
            yield Shown(panel, None, str(error))
            continue
        if body is not None:
            yield Shown(panel, body)
