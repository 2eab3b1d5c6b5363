"""The panels of this plugin, in the order of a reader's questions."""

from __future__ import annotations

from jmdi import Panel
from jmdi_workplan.panels import say

__all__ = ["PANELS"]

_HOME = "jmdi_workplan.panels"

PANELS = [
    Panel(f"workplan:{name}", "plan", say.texts[name], f"{_HOME}.{name}:{name}")
    for name in ("figures", "timeline", "money", "audience")
]
