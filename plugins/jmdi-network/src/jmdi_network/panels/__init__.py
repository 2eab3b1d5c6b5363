"""What a report shows of networks: who works with whom, corridors, and who stands between."""

from __future__ import annotations

from pathlib import Path

from jmdi import Panel
from jmdi.words.phrases import Phrases

__all__ = ["MOST", "PANELS", "say"]

MOST = 15
"""Most rows of a panel."""

say = Phrases(Path(__file__).parent / "words.csv")
"""The texts of these panels."""

PANELS = [
    Panel(f"network:{key}", "network", say.texts[name], f"jmdi_network.panels.{name}:{name}")
    for name in ("mixing", "corridors", "best_connected", "brokerage")
    for key in [name.replace("_", "-")]
]
"""The panels, in the order of a reader's questions."""
