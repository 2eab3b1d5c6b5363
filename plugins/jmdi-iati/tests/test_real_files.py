"""Published files: counts that were taken by other means, and no errors of the records."""

from __future__ import annotations

import re

import pytest

import jmdi
from jmdi_iati.reading import sniff


def test_every_activity_is_read(files, real, real_names):
    for name in real_names:
        data = real(f"iati/{name}")
        dataset, _ = files.read(data)
        expected = set(re.findall(rb"<iati-identifier[^>]*>\s*([^<]*?)\s*</iati-identifier>", data))
        known = {
            i.identifiers[0].value
            for i in dataset.of(jmdi.Initiative)
            if not i.sources[0].method.endswith("only referred to")
        }
        assert len(known) == len(expected), name


def test_records_are_sound(files, real, real_names):
    for name in real_names:
        dataset, problems = files.read(real(f"iati/{name}"))
        assert not [p for p in dataset.check().problems if p.is_error], name
        assert len(problems) < 60


def test_organisations_are_not_hubs_by_name_of_nobody(files, real):
    dataset, _ = files.read(real("iati/state-nepal.xml"))
    network = dataset.project("actors")
    assert network.notes["excluded_actors"] > 0
    assert not [i for i in network.nodes if "Other" in network.node(network.index[i]).label()]


def test_control_characters_are_where_they_are_known_to_be(files, real):
    _, codes = files.read(real("iati/millenniumchallenge-xk.xml"))
    assert "I107" in codes


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_same_bytes_under_any_hash_seed(real, seed, tmp_path):
    import os
    import subprocess
    import sys
    from pathlib import Path

    source = tmp_path / "x.xml"
    source.write_bytes(real("iati/hxl-proxy-iati-dataset.xml"))
    code = (
        "import sys, jmdi, hashlib, io; from jmdi_iati import plugin;"
        "m = jmdi.Model.build([plugin]);"
        "ds = m.read(sys.argv[1], on_error='keep'); out = io.BytesIO();"
        "m.write(ds, out, format='jsonl', order='input');"
        "print(hashlib.sha256(out.getvalue()).hexdigest(), [str(p) for p in ds.problems])"
    )
    root = Path(__file__).parents[1] / "src"
    results = {
        subprocess.run(
            [sys.executable, "-c", code, "x.xml"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
            env={
                **os.environ,
                "PYTHONHASHSEED": one,
                "PYTHONPATH": os.pathsep.join([str(root), *sys.path]),
            },
        ).stdout
        for one in ("0", seed)
    }
    assert len(results) == 1


def test_sniffing(real, real_names):
    for name in real_names:
        head = real(f"iati/{name}")[:65536]
        assert sniff.xml(head) is (True if head else sniff.xml(b"")), name
    assert sniff.xml(b"") == "it is empty"
    assert sniff.xml(b"<graphml/>") is not True
    assert sniff.archive(b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml") is not True
