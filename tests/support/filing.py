"""Short ways to write and read in memory, for tests."""

from __future__ import annotations

import io
import json

import jmdi


def dump(dataset, model, format="jsonl", **options):
    """A Dataset as bytes."""
    stream = io.BytesIO()
    model.write(dataset, stream, format=format, **options)
    return stream.getvalue()


def load(data, model, format="jsonl", **options):
    """The Dataset in bytes and the problems, whatever they are; it must be readable."""
    found = model.read(io.BytesIO(data), format=format, on_error="keep", **options)
    if found.unread:
        model.read(io.BytesIO(data), format=format, **options)
    return found, found.problems


def lines(*raw, header=None):
    """Raw records as a file."""
    header = {"jmdi": "1.0"} if header is None else header
    return "".join(json.dumps(part) + "\n" for part in (header, *raw)).encode()


def read_one(raw, model, header=None):
    """The record of a raw object, or ``None``, and the problems."""
    dataset, problems = load(lines(raw, header=header), model)
    assert len(dataset) <= 1
    return (dataset.records[0] if dataset.records else None), problems


def header_of(data):
    """The header of a file as JSON."""
    return json.loads(data.partition(b"\n")[0])


def codes(problems):
    """The codes of problems, in order."""
    return [problem.code for problem in problems]


def actor(**fields):
    """A raw actor."""
    return {"kind": "actor", "id": "a/1", **fields}


def tie(**fields):
    """A raw tie."""
    return {"kind": "tie", "id": "t/1", "source": "a/1", "target": "a/2", **fields}


def errors(problems):
    """The problems that are errors."""
    return [p for p in problems if p.severity is jmdi.Severity.ERROR]
