"""From IATI to JSON Lines and back by the command line, from files, folders and streams."""

from __future__ import annotations

import gzip
import io
import shutil
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import jmdi
from jmdi.cli.root import cli
from jmdi_iati.compare import compare

FILES = Path(__file__).parent / "files"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command line in an empty folder with this plugin alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JMDI_PLUGINS", "iati")

    def begin(*arguments, code=0, **more):
        result = CliRunner().invoke(cli, [str(a) for a in arguments], **more)
        assert result.exit_code == code, result.output
        return result

    return begin


def there_and_back(run, source):
    run("convert", source, "-o", "y.jsonl", "--on-error", "keep", "--force")
    run("convert", "y.jsonl", "-o", "z.xml", "--force")
    with Path(source).open("rb") as one, Path("z.xml").open("rb") as other:
        return compare(one, other)


def test_there_and_back(run):
    found = there_and_back(run, FILES / "agency-a.xml")
    assert [(d.element, d.missing, d.added) for d in found.differences] == [("contact-info", 1, 0)]
    old = there_and_back(run, FILES / "old.xml")
    assert not old.unexpected
    assert all("words of 1.x" in d.reason for d in old.differences)


def test_contact_persons_are_kept_when_asked(run):
    run("convert", FILES / "agency-a.xml", "-o", "y.jsonl", "--option", "contacts=true")
    run("convert", "y.jsonl", "-o", "z.xml")
    with (FILES / "agency-a.xml").open("rb") as one, Path("z.xml").open("rb") as other:
        assert not compare(one, other).differences


def test_real_files_there_and_back(run, real, real_names, tmp_path):
    for name in real_names:
        data = real(f"iati/{name}")
        if b"<iati-activit" not in data or len(data) > 500_000:
            continue
        (tmp_path / name).write_bytes(data)
        found = there_and_back(run, name)
        assert found.activities
        assert {d.element for d in found.differences} <= {"contact-info"}, f"{name}: {found}"


def test_a_folder_is_recognised(run, tmp_path):
    shutil.copytree(FILES, tmp_path / "published")
    (tmp_path / "published" / "notes.txt").write_text("x")
    (tmp_path / "published" / "more.xml.gz").write_bytes(
        gzip.compress((FILES / "old.xml").read_bytes())
    )
    run("convert", "published", "-o", "a.jsonl")
    dataset = jmdi.read("published", on_error="keep")
    problems = dataset.problems
    assert dataset == jmdi.read("a.jsonl")
    assert {i.identifiers[0].value for i in dataset.of(jmdi.Initiative)} == {
        "GB-CHC-1-A1",
        "GB-CHC-1-A2",
        "SN-ANSD-7-B",
    }
    assert {"iati:I114", "iati:I202"} <= {p.code for p in problems}


def packed(mode):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{mode}") as archive:
        for path in sorted(FILES.iterdir()):
            archive.add(path, path.name)
    return out.getvalue()


@pytest.mark.parametrize("mode", ["", "gz", "xz"])
def test_standard_input_and_archives_are_recognised(run, tmp_path, mode):
    name = f"a.tar.{mode}".rstrip(".")
    (tmp_path / name).write_bytes(packed(mode))
    run("convert", "-", "-o", "b.jsonl", input=packed(mode))
    run("convert", name, "-o", "a.jsonl")
    assert len(jmdi.read("a.jsonl")) == len(jmdi.read("b.jsonl")) > 20


def test_a_break_stops_or_keeps_what_stands_before_it(run, files, tmp_path):
    data = files.document(*(files.activity(id=f"A-{n}") for n in range(5)))
    (tmp_path / "cut.xml").write_bytes(data[: data.rindex(b"<iati-identifier>")])
    failed = run("convert", "cut.xml", "-o", "a.jsonl", code=1)
    assert "with --on-error keep what was read stays" in failed.output
    assert failed.output.count("I104") == 1
    assert not Path("a.jsonl").exists()
    run("convert", "cut.xml", "-o", "a.jsonl", "--on-error", "keep", code=1)
    assert len(jmdi.read("a.jsonl").of(jmdi.Initiative)) == 4


def test_one_line_for_each_sort_of_problem(run, files, tmp_path):
    bad = '<activity-status code="x"/><sector code="no"/>'
    many = files.document(*(files.activity(bad, id=f"A-{n}") for n in range(300)))
    (tmp_path / "many.xml").write_bytes(many)
    shown = run("validate", "many.xml").output
    assert "(300 times: line 1 activity 1; line 1 activity 2; line 1 activity 3; …)" in shown
    assert len(shown.splitlines()) < 30


def told(model, source, **more):
    """What is told of progress."""
    calls = []
    progress = lambda done, total, name: calls.append((done, total))  # noqa: E731
    for _ in model.stream(source, on_error="keep", progress=progress, **more):
        pass
    return calls


def test_progress_counts_bytes_as_they_lie_on_disk(files, tmp_path):
    shutil.copytree(FILES, tmp_path / "in")
    archive = tmp_path / "a.tar.gz"
    archive.write_bytes(packed("gz"))
    sizes = sum(path.stat().st_size for path in FILES.iterdir())
    calls = told(files.model, tmp_path / "in")
    assert calls[-1] == (sizes, sizes)
    calls = told(files.model, archive)
    assert calls == sorted(calls, key=lambda call: call[0])
    assert calls[-1][0] <= archive.stat().st_size
