"""What a report shows of IATI: activities, roles, money, and what is not stated."""

from __future__ import annotations

from pathlib import Path

from jmdi import Panel
from jmdi.words.phrases import Phrases

__all__ = ["MOST", "PANELS", "say"]

MOST = 25
"""Most rows of a panel."""

say = Phrases(Path(__file__).parent / "words.csv")
"""The texts of these panels."""

PANELS = [
    Panel(f"iati:{name}", "plan", say.texts[name], f"jmdi_iati.panels.{name}:{name}")
    for name in ("activities", "roles", "money", "unknowns")
]
"""The panels, in the order of a reader's questions."""
