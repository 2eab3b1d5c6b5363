"""Lines come back in order of their keys, from memory or from disk."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi import Actor
from jmdi.files import line_store
from jmdi.files.line_store import LineStore
from jmdi.files.lines import encoded_record
from jmdi.files.native import canonical_order

texts = st.text(st.sampled_from("\0\x01ab\x7fé\uffff\U0001f600"), min_size=1, max_size=3)


def lines(path, records, order):
    with contextlib.closing(LineStore(path)) as store:
        store.put(0, ((0, record) for record in records))
        return list(store.lines(order))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("stores")


@given(st.lists(texts, unique=True))
def test_lines_come_in_the_order_of_texts(folder, ids):
    records = [Actor(id=identity) for identity in ids]
    path = folder / "lines"
    path.unlink(missing_ok=True)
    found = lines(path, records, "canonical")
    assert found == list(map(encoded_record, canonical_order(records)))


@pytest.mark.parametrize("cache", [10, 16_000])
@pytest.mark.parametrize("order", ["canonical", "input"])
def test_more_lines_than_are_held_are_sorted_on_disk(tmp_path, monkeypatch, cache, order):
    monkeypatch.setattr(line_store, "CACHE", cache)
    ids = [f"actor/{n * 7919 % 5000:04}" for n in range(5000)]
    records = [Actor(id=identity, description={"en": "x" * 1000}) for identity in ids]
    wanted = canonical_order(records) if order == "canonical" else records
    assert lines(tmp_path / "lines", records, order) == list(map(encoded_record, wanted))
