"""What a report shows of knowledge: pillars, the pyramid, codings, trails and gaps."""

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
    Panel(f"knowledge:{name}", "knowledge", say.texts[name], f"jmdi_knowledge.panels.{name}:{name}")
    for name in ("pillars", "pyramid", "codification", "trails", "gaps")
]
"""The panels, in the order of a reader's questions."""
