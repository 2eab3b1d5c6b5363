"""One at a time: each record once, states in order, the sort of each problem explained."""

from __future__ import annotations

import io

import jmdi
from jmdi_iati.compare import compare, main
from jmdi_iati.problems.codes import MESSAGES, PROBLEM_CODES


def test_stream_gives_what_read_gives(files, real, real_names):
    for name in real_names:
        data = real(f"iati/{name}")
        if len(data) < 500_000:
            streamed = list(files.model.stream(io.BytesIO(data), format="iati:xml"))
            assert streamed == list(files.read(data)[0])
            assert len({r.id for r in streamed}) == len(streamed)


def test_ends_of_relations_come_before_them(files):
    dataset, _ = files.of(
        '<participating-org role="4"><narrative>A</narrative></participating-org>',
        '<recipient-country code="SN"/>',
    )
    seen = set()
    for record in dataset:
        if isinstance(record, jmdi.Relation):
            assert {record.source, record.target} <= seen
        seen.add(record.id)


def test_progress_is_told_in_bytes(files):
    told = []
    data = files.document(*(files.activity(id=f"A-{n}") for n in range(900)))
    progress = lambda done, total, name: told.append(done)  # noqa: E731
    for _ in files.model.stream(io.BytesIO(data), format="iati:xml", progress=progress):
        pass
    assert told == sorted(told)
    assert told[-1] == len(data)


def test_problems_are_told_even_when_the_reader_stops_early(files):
    data = files.document(
        *(files.activity('<activity-status code="x"/>', id=f"A-{n}") for n in range(5))
    )
    stream = files.model.stream(io.BytesIO(data), format="iati:xml", on_error="keep")
    for record in stream:
        if isinstance(record, jmdi.Initiative):
            break
    stream.close()
    assert [p.code for p in stream.problems] == ["iati:I309"]


def test_every_code_is_explained(files):
    assert {c.code for c in PROBLEM_CODES} == {f"iati:{code}" for code in MESSAGES}
    for code in PROBLEM_CODES:
        assert files.model.catalog.codes[code.code].why


def test_each_code_is_one_problem_that_lists_what_it_is_about(files):
    parts = "".join(f'<x:p{n % 60} xmlns:x="urn:x"/>' for n in range(300))
    problems = files.model.read(
        io.BytesIO(files.document(files.activity(parts))), format="iati:xml", on_error="keep"
    ).problems
    (foreign,) = [p for p in problems if p.code == "iati:I505"]
    assert "(300 times" in foreign.message
    assert "others (50), p0 (5), p1 (5), p2 (5), p3 (5) and 46 more" in foreign.message
    assert len(foreign.message) < 300


def test_comparison_says_what_differs(files, tmp_path, capsys):
    one = files.document(
        files.activity("<title><narrative>A</narrative></title>"), files.activity(id="A-2")
    )
    other = files.document(files.activity("<title><narrative>B</narrative></title>"))
    found = compare(io.BytesIO(one), io.BytesIO(other))
    assert {d.element: (d.missing, d.added) for d in found.differences} == {
        "iati-activity": (1, 0),
        "title": (1, 1),
    }
    assert [d.element for d in found.unexpected] == ["title"]
    for name, data in (("x.xml", one), ("y.xml", other)):
        (tmp_path / name).write_bytes(data)
    assert main([str(tmp_path / "x.xml"), str(tmp_path / "y.xml")]) == 1
    assert main([str(tmp_path / "x.xml"), str(tmp_path / "x.xml")]) == 0
    assert "title: -1 +1" in capsys.readouterr().out


def test_foreign_elements_beside_activities_go_to_the_header(files):
    data = files.document(
        '<r:record xmlns:r="urn:r" contact-email="a@example.org" x="1"/>', files.activity()
    )
    dataset, codes = files.read(data)
    assert 'x="1"' in dataset.header["iati:foreign"][0]
    assert "example.org" not in dataset.header["iati:foreign"][0]
    assert "I113" in codes


def test_reading_the_package_loads_no_parser():
    import subprocess
    import sys
    from pathlib import Path

    source = Path(__file__).parents[2] / "src"
    code = (
        "import sys; from jmdi_iati import plugin; list(plugin.jmdi_importers());"
        "print('lxml' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join([str(source), *sys.path])},
    )
    assert done.stdout.strip() == "False"
