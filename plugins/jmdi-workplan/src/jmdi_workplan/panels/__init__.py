"""What a report shows of work plans: the timeline, the money, and whom actions address."""

from __future__ import annotations

from pathlib import Path

from jmdi import Panel
from jmdi.words.phrases import Phrases

__all__ = ["MOST", "PANELS", "say"]

MOST = 50
"""Most rows of a panel."""

say = Phrases(Path(__file__).parent / "words.csv")
"""The texts of these panels."""

PANELS = [
    Panel(f"workplan:{name}", "plan", say.texts[name], f"jmdi_workplan.panels.{name}:{name}")
    for name in ("figures", "timeline", "money", "audience")
]
"""The panels, in the order of a reader's questions."""
