"""Files of every release are read for ever, and written again as they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from filing import dump, errors, header_of

import jmdi
from jmdi.model.declare import spec_of

ARCHIVE = Path(__file__).parents[1] / "archive"
FILES = sorted(ARCHIVE.glob("*/*.json*"))


def test_the_first_release_is_archived():
    assert (ARCHIVE / "26.1" / "every-kind.jsonl") in FILES


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_an_archived_file_is_read_and_written_again_as_it_was(core, file):
    dataset = core.read(file, on_error="keep")
    problems = dataset.problems
    assert errors(problems) == []
    assert {p.code for p in problems} <= {"J107", "J207"}
    written = dump(dataset, core, file.suffix[1:])
    by = b'"by":"jmdi %s"'
    expected = file.read_bytes().replace(
        by % file.parent.name.encode(), by % jmdi.__version__.encode(), 1
    )
    assert written == expected


def test_the_archive_of_this_release_covers_every_kind_and_an_absent_plugin(core):
    dataset = core.read(ARCHIVE / "26.1" / "every-kind.jsonl")
    kinds = {name for name, cls in core.catalog.kinds.items() if not spec_of(cls).abstract}
    held = {record.kind for record in dataset}
    assert kinds <= held
    assert {record.kind for record in dataset if record.standin} == {
        "absent:cooperative",
        "absent:lends-to",
    }
    assert "absent:rating" in dataset.header["facets"]
    first = header_of((ARCHIVE / "26.1" / "every-kind.jsonl").read_bytes())
    assert first["kinds"]["absent:cooperative"]["v"] == 3
