"""The made-up files are those that their script writes, and are read unasked where they can be."""

from __future__ import annotations

import importlib.util

import pytest
from talks import TALK, heard

NAMED = ("interview.docx", "interview.odt", "report.md", "report.html", "discussion.csv")
"""Files that may be something else, so that their format is named."""


def written():
    place = TALK.parents[1] / "tools" / "make_discussions.py"
    spec = importlib.util.spec_from_file_location("make_discussions", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.files()


FILES = written()


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_files_are_those_of_the_script(name):
    assert (TALK / name).read_bytes() == FILES[name]


@pytest.mark.parametrize("name", sorted(set(FILES) - set(NAMED)))
def test_each_is_read_without_naming_its_format(name):
    assert heard(TALK / name).all
