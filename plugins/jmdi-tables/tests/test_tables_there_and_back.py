"""What was written as tables comes back byte for byte, with its plugins or without them."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import date
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jmdi
import jmdi_tables
from jmdi import Actor, FormatError, Initiative, Model, Money, Period
from jmdi.testing import datasets
from jmdi_tables import plugin

BARE = Model.build([plugin])
ALL = Model.build([plugin, "iati", "knowledge", "workplan", "workbook", "scaling"])


def lines(dataset):
    stream = io.BytesIO()
    dataset.write(stream, format="jsonl")
    return stream.getvalue()


def there_and_back(dataset, folder, reader):
    dataset.write(folder, format="tables:parquet")
    return reader.read(folder)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("tables") / "data.parquet"


quick = settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=25)


@quick
@given(dataset=datasets(ALL, max_size=6))
def test_the_same_bytes(place, dataset):
    assert lines(there_and_back(dataset, place, ALL)) == lines(dataset)


@quick
@given(dataset=datasets(ALL, max_size=6))
def test_the_same_bytes_where_plugins_are_missing(place, dataset):
    wanted = lines(dataset)
    bare = BARE.read(io.BytesIO(wanted), format="jsonl")
    assert lines(bare) == wanted
    assert lines(there_and_back(bare, place, BARE)) == wanted  # stand-ins and raw blocks
    assert lines(there_and_back(bare, place, ALL)) == wanted
    assert lines(there_and_back(dataset, place, BARE)) == wanted


ODD_AMOUNTS = ("-0", "0.0", "-0.00", "1e3", "12.50", "0.0000000001", "1" * 29, "1" * 30, "9" * 40)


@pytest.mark.parametrize("text", ODD_AMOUNTS)
def test_amounts_keep_their_digits(tmp_path, text):
    said = Initiative(id="i", budget=[Money(Decimal(text), "EUR")])
    dataset = BARE.dataset([said])
    again = there_and_back(dataset, tmp_path / "data.parquet", BARE)
    assert lines(again) == lines(dataset)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@quick
@given(extra=st.dictionaries(st.text("abxyz", min_size=1, max_size=4), json_values, max_size=3))
def test_unknown_members_come_back(place, extra):
    period = Period("2015", extra={k: v for k, v in extra.items() if k not in ("parts", "wave")})
    dataset = BARE.dataset([Actor(id="a", extra=extra), Initiative(id="i", period=period)])
    assert lines(there_and_back(dataset, place, BARE)) == lines(dataset)


def test_columns_can_be_queried(tmp_path):
    dataset = BARE.dataset(
        [
            Initiative(id="i1", names={"en": "Wells"}, period=Period("2015/2016")),
            Initiative(id="i2", budget=[Money("12.50", "EUR")], period=Period("2015/..")),
            Actor(id="a", extra={"placeholder": True}),
            Actor(id="b"),
        ]
    )
    dataset.write(tmp_path / "data.parquet", format="tables:parquet")
    table = pq.read_table(tmp_path / "data.parquet/entities/initiative/part-00000.parquet")
    first, second = table.to_pylist()
    assert first["names"] == [("en", "Wells")]
    period = first["period"]
    assert (period["start"], period["end"]) == (date(2015, 1, 1), date(2016, 12, 31))
    assert second["period"]["end_open"] is True
    (budget,) = second["budget"]
    assert (budget["amount"], budget["amount_digits"]) == (Decimal("12.5"), 2)
    actors = pq.read_table(tmp_path / "data.parquet/entities/actor/part-00000.parquet")
    assert actors["flagged"].to_pylist() == [True, False]


def test_what_no_column_holds_is_counted(tmp_path):
    said = [Initiative(id=f"i{n}", budget=[Money("9" * n, "EUR")]) for n in (3, 35, 40)]
    BARE.dataset(said).write(tmp_path / "data.parquet", format="tables:parquet")
    listed = json.loads((tmp_path / "data.parquet/tables.json").read_text())
    assert listed["entities"]["initiative"]["outside"] == {"budget": 2}


def test_the_same_bytes_twice(tmp_path):
    dataset = jmdi.datasets.load("sample")
    made = []
    for name in ("a.parquet", "b.parquet"):
        BARE.write(dataset, tmp_path / name, format="tables:parquet")
        folder = tmp_path / name
        files = [path for path in folder.rglob("*") if path.is_file()]
        made.append({path.relative_to(folder): path.read_bytes() for path in files})
    assert made[0] == made[1]


def test_long_records_make_small_row_groups(tmp_path, monkeypatch):
    monkeypatch.setattr("jmdi_tables.writing.BATCH_BYTES", 1_000)
    monkeypatch.setattr("jmdi_tables.writing.GROUP_BYTES", 10_000)
    said = [Actor(id=f"a{n:03}", names={"en": "x" * 300}) for n in range(200)]
    dataset = BARE.dataset(said)
    again = there_and_back(dataset, tmp_path / "data.parquet", BARE)
    assert lines(again) == lines(dataset)
    held = pq.ParquetFile(tmp_path / "data.parquet/entities/actor/part-00000.parquet")
    assert held.num_row_groups > 3
    held.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_not_utf8(tmp_path):
    dataset = BARE.dataset([Actor(id="a")])
    place = tmp_path / os.fsdecode(b"data\xff.parquet")
    try:
        place.mkdir()
    except OSError:
        pytest.skip("this file system has no such names")
    assert lines(there_and_back(dataset, place, BARE)) == lines(dataset)
    with pytest.raises(FormatError, match="UTF-8"):
        jmdi_tables.open(place)
