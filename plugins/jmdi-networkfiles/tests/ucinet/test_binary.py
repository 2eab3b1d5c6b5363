from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkfile_helpers import codes, ids, read, ties
from ucinet_files import header, numbers

import jmdi

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ["a", "b"]
RELATIONS = [
    ("Alba", "Brisa coop", 1.5, "funds"),
    ("Brisa coop", "Città", None, "funds"),
    ("Città", "Brisa coop", 0.1, "funds"),
    ("Alba", "Brisa coop", 1, "knows"),
    ("Alba", "Città", 1, "knows"),
    ("Brisa coop", "Alba", 1, "knows"),
    ("Città", "Città", 1, "knows"),
]


def test_a_dataset_is_read_from_its_two_files():
    ds = jmdi.read(SAMPLES / "towns.##h")
    assert ids(ds) == ["Alba", "Brisa coop", "Città"]
    assert ties(ds) == RELATIONS
    assert [t.state.code for t in ds.of(jmdi.Tie) if t.state] == ["unobserved"]


def test_a_stream_has_the_numbers_behind_the_header():
    assert ties(read((SAMPLES / "joined.##h").read_bytes(), "ucinet")) == RELATIONS


def test_old_headers_have_short_sizes_and_labels_of_one_byte():
    data = header((2, 2), (["Città", "b"], ["città", "B"]), b"DATE:") + numbers(0, 1, 0, 0)
    ds = read(data, "ucinet")
    assert ties(ds) == [("città", "B", 1)]


def test_other_labels_on_the_columns_make_two_modes():
    data = header((2, 3), (["Forum", "Fair"], ["a", "b", "c"])) + numbers(1, 0, 0, 2, 0, 1)
    net = read(data, "ucinet").project("actors")
    assert net.mode == (0, 0, 0, 1, 1)
    assert net.n_edges == 3


def test_a_header_without_its_data(tmp_path):
    path = tmp_path / "a.##h"
    path.write_bytes(header((2, 2), (NAMES, NAMES)))
    with pytest.raises(jmdi.FormatError, match=r"no data beside it .*\.##d"):
        jmdi.read(path)
    assert codes(read(path.read_bytes(), "ucinet")) == [("U101", None)]
    (tmp_path / "A.##H").write_bytes(path.read_bytes())
    (tmp_path / "A.##D").write_bytes(numbers(0, 1, 0, 0))
    assert ties(jmdi.read(tmp_path / "A.##H")) == [("a", "b", 1)]


def test_data_without_its_header(tmp_path):
    path = tmp_path / "a.##d"
    path.write_bytes(numbers(0, 1, 0, 0))
    with pytest.raises(jmdi.FormatError, match=r"without a header .*\.##h"):
        jmdi.read(path)


@pytest.mark.parametrize("values", [(0, 1, 0), (0, 1, 0, 0, 1)])
def test_data_of_another_header(tmp_path, values):
    (tmp_path / "a.##h").write_bytes(header((2, 2), (NAMES, NAMES)))
    (tmp_path / "a.##d").write_bytes(numbers(*values))
    (problem,) = jmdi.read(tmp_path / "a.##h", on_error="keep").unread.values()
    assert problem.code == "networkfiles:U102"
    assert "1 × 2 × 2 numbers, 16 bytes" in problem.message


@pytest.mark.parametrize(
    "data",
    [
        header((2**30, 2**30), (None, None)),
        header((2**30, 1), (NAMES, None)),
        header((0, 2), (None, None)),
        header((-2, -2), (None, None)),
        header((2, 2), (NAMES, NAMES))[:-1],
        header((2, 2), (NAMES, NAMES)).replace(b"\x02\x00a", b"\xff\x7fa"),
        header((2, 2), (NAMES, NAMES)).replace(b"\x02\x00a", b"\xff\xffa"),
        header((2, 2, 2, 2), (None, None, None, None)),
        b"\x05V6404",
        b"",
    ],
)
def test_a_damaged_header_is_refused(data):
    (problem,) = read(data, "ucinet").unread.values()
    assert problem.code.startswith("networkfiles:")


@given(st.floats(width=32, allow_nan=False, allow_infinity=False, max_value=2.0**119))
def test_numbers_of_four_bytes_stay_what_they_are(value):
    ds = read(header((2, 2), (NAMES, NAMES)) + numbers(0, value, 0, 0), "ucinet")
    found = [float(tie.strength) for tie in ds.of(jmdi.Tie)]
    assert [numbers(number) for number in found] == ([numbers(value)] if value else [])
