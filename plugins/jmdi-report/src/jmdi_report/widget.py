"""The network section of the page in a notebook (extra ``widget``, anywidget).

``dataset.widget()`` shows the map with its filters and details, as the page does. The id of the
actor that is chosen is the trait ``selection``, which Python can read, set and observe.
"""

from __future__ import annotations

import json

try:
    import anywidget
    import traitlets
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        "the widget needs anywidget, which is not installed: pip install 'jmdi-report[widget]'"
    ) from missing

from jmdi import Dataset
from jmdi_report.facts import Facts
from jmdi_report.network_map import NetworkMap
from jmdi_report.payload import as_json, payload, script_texts
from jmdi_report.privacy import masked, without_contacts
from jmdi_report.scripts import FOLDER, joined_script
from jmdi_report.settings import Settings

__all__ = ["NetworkWidget", "widget"]


class NetworkWidget(anywidget.AnyWidget):
    """The map of a network, its filters and its details.

    Attributes:
        selection: The id of the actor that is chosen; ``None`` if none is.
    """

    _esm = joined_script("widget.js")
    content = traitlets.Dict().tag(sync=True)
    selection = traitlets.Unicode(None, allow_none=True).tag(sync=True)

    @traitlets.validate("selection")
    def _known(self, proposal: traitlets.Bunch) -> str | None:
        """Refuses an id that the map does not have."""
        wanted: str | None = proposal["value"]
        if wanted is not None and wanted not in self.content["payload"]["map"]["id"]:
            raise traitlets.TraitError(f"no actor of the map has the id {wanted!r}")
        return wanted


def widget(
    dataset: Dataset,
    *,
    lang: str = "en",
    include_contacts: bool = False,
    max_nodes: int = 20000,
    seed: int = 0,
) -> NetworkWidget:
    """The map of the actors and their ties in a notebook.

    Names of persons, and attributes that say how to reach them, are left out unless
    ``include_contacts`` says otherwise.

    Args:
        dataset: The records.
        lang: Its language.
        include_contacts: Whether contacts and names of persons are shown.
        max_nodes: With more actors, the map shows a bubble for each country and type.
        seed: Seed of the force layout.

    Raises:
        NotFound: If the language is none of the page's.
    """
    settings = Settings(
        languages=(lang,),
        sections=("network",),
        include_contacts=include_contacts,
        max_nodes=max_nodes,
        seed=seed,
    )
    facts = Facts(dataset if include_contacts else without_contacts(dataset), settings)
    text = as_json(payload(facts, NetworkMap(facts), []))
    style = [(FOLDER / name).read_text("utf-8") for name in ("widget.css", "engine.css")]
    content = {
        "payload": json.loads(text if include_contacts else masked(text)),
        "texts": script_texts(lang, joined_script("widget.js")),
        "style": "\n".join(style),
    }
    return NetworkWidget(content=content)
