"""What the plugin adds to jmdi."""

from __future__ import annotations

from collections.abc import Iterable

from jmdi import Accessor, Command, hookimpl

JMDI_API = 1


@hookimpl
def jmdi_accessors() -> Iterable[Accessor]:
    """The report page, the map in a notebook, and figures."""
    return [
        Accessor(
            "report",
            on="dataset",
            run="jmdi_report.report:report",
            doc="one HTML page of the records and their metrics, which opens offline",
        ),
        Accessor(
            "plot_gantt",
            on="dataset",
            run="jmdi_report.plots.panels:gantt",
            doc="the actions of work plans over time, on axes of matplotlib",
        ),
        Accessor(
            "plot_pillars",
            on="dataset",
            run="jmdi_report.plots.panels:pillars",
            doc="the five pillars of knowledge, on axes of matplotlib",
        ),
        Accessor(
            "widget",
            on="dataset",
            run="jmdi_report.widget:widget",
            doc="the map of a network in a notebook, with what is chosen as a trait",
        ),
        Accessor(
            "plot",
            on="network",
            run="jmdi_report.plots.network:plot",
            doc="the map of a network, or its matrix, on axes of matplotlib",
        ),
        Accessor(
            "figure",
            on="result",
            run="jmdi_report.plots.results:figure",
            doc="values with their bounds, a null distribution, a matrix or one value in its range",
        ),
    ]


@hookimpl
def jmdi_commands() -> Iterable[Command]:
    """``jmdi report`` and ``jmdi plot``."""
    return [
        Command(
            "report",
            run="jmdi_report.commands.report:command",
            doc="Write one HTML page that shows the records and their metrics.",
        ),
        Command(
            "plot",
            run="jmdi_report.commands.plot:command",
            doc="Write a picture of the network, of the work plan or of a metric.",
        ),
    ]
