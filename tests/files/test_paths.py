"""Opening what may not be a file, and replacing files in one step."""

from __future__ import annotations

import os
import stat

import pytest
from filing import codes

import jmdi
from jmdi.files.paths import atomic_write
from jmdi.model.constructors import unchecked

DATA = b'{"jmdi":"1.0","by":"x","kinds":{}}\n{"kind":"actor","id":"a/1"}\n'


def refused(model, path, code="J101", **options):
    with pytest.raises(jmdi.FormatError) as caught:
        model.read(path, **options)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.where.file == str(path)
    return problem.message


@pytest.mark.parametrize("format", [None, "jsonl", "json"])
def test_what_is_no_regular_file_is_refused(core, tmp_path, format):
    assert "no such file" in refused(core, tmp_path / "none.jsonl", format=format)
    assert refused(core, "a\0b.jsonl", format=format)
    assert refused(core, "x" * 5000, format=format)
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    assert "not a regular file" in refused(core, pipe, format=format)
    assert "not a regular file" in refused(core, "/dev/zero", format=format)
    loop = tmp_path / "loop.jsonl"
    loop.symlink_to(loop)
    assert refused(core, loop, format=format)


def test_a_file_that_may_not_be_read_is_refused(core, tmp_path):
    secret = tmp_path / "secret.jsonl"
    secret.write_bytes(DATA)
    secret.chmod(0)
    if os.access(secret, os.R_OK):
        pytest.skip("this user may read everything")
    assert "cannot be opened" in refused(core, secret)


def test_a_file_larger_than_allowed_is_refused(core, tmp_path):
    big = tmp_path / "big.jsonl"
    big.write_bytes(DATA)
    refused(core, big, "J103", limits=jmdi.Limits(size=10))


def test_a_link_is_followed(core, tmp_path):
    target, link = tmp_path / "target.jsonl", tmp_path / "link.jsonl"
    target.write_bytes(DATA)
    link.symlink_to(target)
    dataset = core.read(link)
    core.write(dataset.with_records(jmdi.Actor(id="a/2")), link)
    assert link.is_symlink()
    assert len(core.read(target)) == 2


def test_an_empty_file_is_refused(core, tmp_path):
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    refused(core, empty, "J102")
    refused(core, empty, "J102", format="jsonl")


def test_the_format_is_found_by_content_too(core, tmp_path):
    other = tmp_path / "data.txt"
    other.write_bytes(DATA)
    assert len(core.read(other)) == 1
    core.write(core.read(other), tmp_path / "data.json")
    assert core.read(tmp_path / "data.json").records == core.read(other).records


class Stop(BaseException):
    """Stands for an interrupt."""


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, MemoryError, Stop])
@pytest.mark.parametrize("old", [None, b"old"])
def test_a_write_that_fails_half_way_changes_nothing(tmp_path, error, old):
    target = tmp_path / "out.jsonl"
    if old is not None:
        target.write_bytes(old)
    with pytest.raises(error), atomic_write(target) as stream:
        stream.write(b"half")
        raise error
    assert [p.name for p in tmp_path.iterdir()] == ([] if old is None else ["out.jsonl"])
    assert old is None or target.read_bytes() == old


def test_a_record_that_cannot_be_written_leaves_the_old_file(core, tmp_path):
    target = tmp_path / "out.jsonl"
    core.write(core.dataset([jmdi.Actor(id="a/1")]), target)
    before = target.read_bytes()
    wrong = unchecked(jmdi.Actor)(id="a/2", country=1)
    with pytest.raises(jmdi.DataError):
        core.write(core.dataset([jmdi.Actor(id="a/0"), wrong]), target)
    assert target.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_the_mode_of_a_file_is_kept(tmp_path):
    target = tmp_path / "out"
    with atomic_write(target) as stream:
        stream.write(b"1")
    umask = os.umask(0o022)
    os.umask(umask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~umask
    target.chmod(0o640)
    with atomic_write(target) as stream:
        stream.write(b"2")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert target.read_bytes() == b"2"


def test_a_file_that_grows_too_large_to_be_written_is_refused(core, tmp_path):
    resource = pytest.importorskip("resource")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, usual[1]))
    try:
        with pytest.raises(jmdi.FormatError, match=r"out\.jsonl J101 cannot be written: "):
            core.write(core.dataset([jmdi.Actor(id="a" * 9999)]), tmp_path / "out.jsonl")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_written_is_refused(core, tmp_path):
    dataset = core.dataset([])
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    for target in (tmp_path / "no" / "out.jsonl", pipe, "a\0b.jsonl", "x" * 5000 + ".jsonl"):
        with pytest.raises(jmdi.FormatError) as caught:
            core.write(dataset, target)
        assert codes(caught.value.problems) == ["J101"]
    assert [p.name for p in tmp_path.iterdir()] == ["pipe.jsonl"]
