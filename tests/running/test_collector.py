"""The pause of the garbage collector ends with the last of its users, whatever their order."""

from __future__ import annotations

import contextlib
import gc
import io
import threading

import pytest

from jmdi.running.collector import paused

FILE = b'{"jmdi":"1.0"}\n{"kind":"actor","id":"a"}\n'


@pytest.fixture(autouse=True)
def left_as_it_was():
    assert gc.isenabled()
    yield
    assert gc.isenabled()


def test_the_first_pauses_and_the_last_puts_back():
    first, second = paused(), paused()
    first.__enter__()
    assert not gc.isenabled()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        with paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_an_error_ends_the_pause():
    with pytest.raises(ZeroDivisionError), paused():
        1 / 0  # noqa: B018


def test_reads_that_overlap_in_threads_leave_it_on(core):
    """Each read is inside its pause when the others begin and end theirs."""
    barrier = threading.Barrier(4)

    class Slow(io.BytesIO):
        def read(self, *size):
            if not self.tell():
                barrier.wait(10)
            return super().read(*size)

    def read():
        core.read(Slow(FILE), format="jsonl")

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_the_pause_of_a_long_read_is_bounded(core, monkeypatch):
    pauses = []

    @contextlib.contextmanager
    def counted():
        pauses.append(1)
        with paused():
            yield

    monkeypatch.setattr("jmdi.running.reading.paused", counted)
    monkeypatch.setattr("jmdi.running.reading.AT_ONCE", 10)
    lines = b"".join(b'{"kind":"actor","id":"%d"}\n' % n for n in range(95))
    assert len(core.read(io.BytesIO(b'{"jmdi":"1.0"}\n' + lines), format="jsonl")) == 95
    assert len(pauses) == 10
