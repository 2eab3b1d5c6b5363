"""Files are known by how they begin, whatever their names end in."""

from __future__ import annotations

from pathlib import Path

import pytest

import jmdi

SAMPLES = Path(__file__).parent / "samples"
NAMES = [
    "partners.paj",
    "lists.net",
    "events.net",
    "visits.dl",
    "half.dl",
    "partners.vna",
    "joined.##h",
]


@pytest.mark.parametrize("ending", [".txt", ".dat", "", ".csv"])
@pytest.mark.parametrize("name", NAMES)
def test_another_ending_changes_nothing(tmp_path, name, ending):
    path = tmp_path / f"copy{ending}"
    path.write_bytes((SAMPLES / name).read_bytes())
    assert jmdi.read(path) == jmdi.read(SAMPLES / name)
