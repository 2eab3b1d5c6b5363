"""When an action takes place."""

from jmdi_workplan.timeline.reading import Timeline, read_timeline

__all__ = ["Timeline", "read_timeline"]
