"""What a report shows of scaling: anchorage, the vector, adoption, and signs that last."""

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
    Panel(f"scaling:{name}", "overview", say.texts[name], f"jmdi_scaling.panels.{name}:{name}")
    for name in ("anchorage", "vector", "adoption", "institutions")
]
"""The panels, in the order of a reader's questions."""
