"""The plugin does what jmdi asks of every plugin."""

from __future__ import annotations

from typing import Any, ClassVar

from jmdi.testing import PluginConformance

ANSWERS = b"organisation,partner,strength\nTown,Club,3\nClub,Town,0\n"


class TestSurveys(PluginConformance):
    plugin = "surveys"
    examples = 10
    samples = (("answers.csv", ANSWERS),)
    options: ClassVar[dict[str, Any]] = {
        "surveys:table": {
            "mapping": {
                "kind": "tie",
                "columns": {
                    "organisation": ["source", "reported_by"],
                    "partner": "target",
                    "strength": {"to": "strength", "no": "0"},
                },
            }
        }
    }
