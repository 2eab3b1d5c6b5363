"""One writer at a time, by the lock of a folder or by that of a file, as Windows has it."""

from __future__ import annotations

import sys
import tempfile
import types
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from jmdi.errors import FormatError
from jmdi.files import only_writer

fcntl = pytest.importorskip("fcntl")


class Windows(types.ModuleType):
    """What `only_writer` uses of msvcrt: the lock of a byte of an open file."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def locking(self, descriptor: int, mode: int, size: int) -> None:
        assert size == 1
        try:
            how = fcntl.LOCK_UN if mode == self.LK_UNLCK else fcntl.LOCK_EX | fcntl.LOCK_NB
            fcntl.flock(descriptor, how)
        except BlockingIOError:
            raise PermissionError(13, "Permission denied") from None


@pytest.fixture(params=["posix", "windows", "none"])
def system(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The locks of a system: of folders, of files, or none."""
    if request.param != "posix":
        monkeypatch.setitem(sys.modules, "fcntl", None)
    found = Windows("msvcrt") if request.param == "windows" else None
    monkeypatch.setitem(sys.modules, "msvcrt", found)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "data").mkdir()
    return str(request.param)


def test_writers_take_turns(system: str, tmp_path: Path) -> None:
    inside: list[int] = []
    together: list[int] = []

    def write(number: int) -> None:
        with only_writer.only_writer(tmp_path / "data"):
            inside.append(number)
            sleep(0.005)
            together.append(len(inside))
            inside.remove(number)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(write, range(12))) == [None] * 12
    assert system == "none" or together == [1] * 12
    assert list((tmp_path / "data").iterdir()) == []


def test_a_writer_waits_so_long_and_the_folder_is_free_afterwards(
    system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if system == "none":
        pytest.skip("nobody waits")
    monkeypatch.setattr(only_writer, "PATIENCE", 0.03)
    data, link = tmp_path / "data", tmp_path / "link"
    link.symlink_to(data)
    with (
        only_writer.only_writer(data),
        pytest.raises(FormatError, match="another writer is replacing its files"),
        only_writer.only_writer(link),
    ):
        pass
    with only_writer.only_writer(data), only_writer.only_writer(tmp_path):
        pass
