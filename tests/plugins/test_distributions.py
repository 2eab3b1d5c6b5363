"""What is installed is the same as `importlib.metadata` says, which is not imported for it."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
import zipfile

import pytest

from jmdi.plugins.distributions import NOT_INSTALLED, entries_of, name_and_version, version_of

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\nName: in the text\n"


def as_metadata_says(group):
    entries = importlib.metadata.entry_points(group=group)
    return {(e.name, e.value, e.dist.metadata["Name"], e.dist.version) for e in entries}


def as_read_here(group):
    return {(e.name, e.value, e.distribution, e.version) for e in entries_of(group)}


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def installed(place, folder, text, name="acme", version="1.0", metadata="METADATA"):
    home = place / folder
    home.mkdir(parents=True)
    (home / metadata).write_text(METADATA.format(name=name, version=version))
    (home / "entry_points.txt").write_text(text)


@pytest.mark.parametrize("group", ["jmdi.plugins", "console_scripts", "pytest11", "none.such"])
def test_entry_points_of_this_environment(group):
    assert as_read_here(group) == as_metadata_says(group)


def test_all_that_a_file_of_entry_points_may_hold(place):
    text = "# [acme.x]\n[acme.x]\n# a = b\n\n a = os : path.join [more]\nb=os.path\n[acme.xy]"
    installed(place, "acme-1.0.dist-info", text)
    installed(place, "Old.Acme.egg-info", "[acme.x]\nd = os\n", "Old.Acme", "0.1", "PKG-INFO")
    assert as_read_here("acme.x") == as_metadata_says("acme.x")
    loaded = {entry.name: entry.load() for entry in entries_of("acme.x")}
    import os

    assert loaded == {"a": os.path.join, "b": os.path, "d": os}


def test_of_two_of_one_name_the_first_on_the_path_is_installed(place, monkeypatch):
    installed(place / "two", "acme_x-2.0.dist-info", "[acme.x]\na = os\n", "acme-x", "2.0")
    installed(place / "one", "Acme.X-1.0.dist-info", "[acme.x]\na = sys\n", "Acme.X", "1.0")
    monkeypatch.syspath_prepend(str(place / "two"))
    monkeypatch.syspath_prepend(str(place / "one"))
    assert as_read_here("acme.x") == as_metadata_says("acme.x") == {("a", "sys", "Acme.X", "1.0")}


def test_what_lies_in_an_archive_is_found_too(place, monkeypatch):
    with zipfile.ZipFile(place / "all.zip", "w") as archive:
        archive.writestr("zipped-3.dist-info/METADATA", METADATA.format(name="zipped", version=3))
        archive.writestr("zipped-3.dist-info/entry_points.txt", "[acme.x]\na = os\n")
    monkeypatch.syspath_prepend(str(place / "all.zip"))
    assert as_read_here("acme.x") == {("a", "os", "zipped", "3")}
    assert version_of("zipped") == "3"


def test_versions():
    assert version_of("jmdi") == importlib.metadata.version("jmdi")
    assert version_of("Typing.Extensions") == importlib.metadata.version("typing-extensions")
    assert version_of("no-such-thing") == NOT_INSTALLED


@pytest.mark.parametrize("head", ["", "Summary: none\n", None])
def test_a_distribution_that_does_not_say_its_name(head):
    assert name_and_version(lambda _: head) == ("(unknown)", "(unknown)")


def test_a_model_is_built_without_importlib_metadata():
    code = "import sys, json, jmdi; jmdi.Model.build([]); print(json.dumps([*sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"importlib.metadata", "email", "zipfile"} & set(json.loads(done.stdout))
