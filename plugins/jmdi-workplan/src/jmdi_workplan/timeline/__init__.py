"""When an action takes place."""

from jmdi_workplan.timeline.reading import Timeline, read_timeline
from jmdi_workplan.timeline.tokens import are_quarters, of_another_calendar

__all__ = ["Timeline", "are_quarters", "of_another_calendar", "read_timeline"]
