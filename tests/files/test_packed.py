"""Files compressed with gzip, with and without its ending."""

from __future__ import annotations

import gzip
import io

import pytest

import jmdi

TEXT = b'{"jmdi":"1.0"}\n{"kind":"actor","id":"a"}\n{"kind":"actor","id":"b"}\n'
PACKED = gzip.compress(TEXT, mtime=0)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl", "a.JSONL.GZ", "a"])
def test_a_compressed_file_is_read_by_its_first_bytes(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(PACKED)
    assert [record.id for record in jmdi.read(path)] == ["a", "b"]


def test_a_compressed_stream_is_read_and_its_bytes_are_counted():
    seen = []
    stream = io.BytesIO(PACKED)
    ds = jmdi.read(stream, format="jsonl", progress=lambda done, total, _: seen.append(done))
    assert len(ds) == 2
    assert max(seen) == len(TEXT)


@pytest.mark.parametrize("data", [PACKED[:-3], PACKED[:-9] + b"\xff" * 9, PACKED + b"more"])
def test_what_is_damaged_is_refused(data):
    with pytest.raises(jmdi.FormatError, match="compressed with gzip, and damaged"):
        jmdi.read(io.BytesIO(data), format="jsonl")


def test_what_expands_too_much_is_refused():
    bomb = gzip.compress(b'{"jmdi":"1.0"}\n' + b" " * 30_000_000, mtime=0)
    with pytest.raises(jmdi.FormatError, match="more than 200 times its size"):
        jmdi.read(io.BytesIO(bomb), format="jsonl")
    with pytest.raises(jmdi.FormatError, match="expands to more than 1,000 bytes"):
        jmdi.read(io.BytesIO(bomb[:900]), format="jsonl", limits=jmdi.Limits(size=1000))
