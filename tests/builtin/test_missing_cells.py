"""What cells say that means that nothing is known."""

from __future__ import annotations

from pathlib import Path

import pytest

import jmdi

TIES = """source,target,strength,trust,sector,state
a,b,2,NA,x,NA
a,c,NA,3,NA,present
a,d,1,2,y,NA
"""


@pytest.fixture
def ties(tmp_path: Path) -> Path:
    path = tmp_path / "ties.csv"
    path.write_text(TIES)
    return path


@pytest.mark.parametrize("missing", ["NA", ("NA", "-")])
def test_what_is_said_to_be_missing_is_not_known(ties: Path, missing: object) -> None:
    for source in (ties, ties.parent):
        ds = jmdi.read(source, missing=missing)
        net = ds.project("actors", weight="trust")
        assert [edge.weight for edge in net.edges] == [None, 3, 2]
        assert net.edge_attributes["sector"] == ("x", None, "y")
        assert net.edge_attributes["state"] == (None, "present", None)
        assert [tie.strength for tie in ds.of(jmdi.Tie)] == [2, None, 1]
        assert list(net.layers(by="sector")) == ["x", "y"]


def test_what_may_be_missing_is_told(ties: Path) -> None:
    problems = jmdi.read(ties, on_error="keep").problems
    cure = "if it means that it is not known: the option missing=NA"
    told = sorted((p.code, p.where.column) for p in problems if p.cure == cure)
    assert told == [("J203", 3), ("J528", 4), ("J528", 5)]
    with pytest.raises(jmdi.DataError):
        jmdi.read(ties)
