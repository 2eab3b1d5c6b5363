"""``jmdi explain-file`` shows each segment with what it was read as."""

from __future__ import annotations

import io
from pathlib import Path

from click.testing import CliRunner

from jmdi import ImportContext
from jmdi_workplan.explain import command, explained

PLAN = """Work plan 2016
Country,Nepal

At the local level
Activity,Weather,Timeline
Phase 1: begin,,
Forum,fine,March 2016
,,April 2016
Total,,

At the national level
Activity,Weather,Timeline
Law,bad,soon
"""


def test_each_segment_is_shown_with_what_it_was_read_as() -> None:
    context = ImportContext(name="plan.csv")
    lines = list(explained(io.BytesIO(PLAN.encode()), context))
    kinds = [line.split("  ")[0] for line in lines if line[0] != " "]
    assert kinds[:8] == [
        "TITLE BLOCK",
        "CAPTION",
        "HEADER",
        "SECTION",
        "ACTION",
        "TOTAL",
        "CAPTION",
        "HEADER",
    ]
    text = "\n".join(lines)
    assert "Weather   ? not understood" in text
    assert "when       {2016-03,2016-04}  'March 2016 April 2016'" in text
    assert "under      Phase 1: begin" in text
    assert "country    NP" in text
    assert "table 2    At the national level: national" in text


def test_a_refused_file_shows_the_row_that_is_most_like_a_header(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Our plan\nWhat happens?,Budget,Timeline\nForum,5,May\n", encoding="utf-8")
    done = CliRunner().invoke(command, [str(file)])
    assert done.exit_code == 0
    assert "NEAREST HEADER   file, row 2" in done.stdout
    assert "What happens?  ? not understood" in done.stdout
    assert "Budget         finance" in done.stdout


def test_who_does_what_how_often_and_what_was_observed_is_shown() -> None:
    plan = (
        b"Work plan 2016\nPrepared by: Town A\n"
        b"Activity,Responsible,Source of funds,Timeline,Indicator,Target,Status\n"
        b"Forum,Town A,Bank B,Quarterly 2016,Forums held,4,Ongoing\n"
    )
    lines = [
        " ".join(line.split()) for line in explained(io.BytesIO(plan), ImportContext(name="p"))
    ]
    said = {"who Town A implementing", "who Bank B funding", "who Town A author"}
    assert said | {"target 4 Forums held", "actual Ongoing"} <= set(lines)
    assert any(", every quarter" in line for line in lines)
