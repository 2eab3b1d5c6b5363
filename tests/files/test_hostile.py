"""Input that is broken or meant to break: a problem with its place, never a traceback."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from filing import actor, codes, dump, lines, load
from hostile_lines import BAD_LINES
from hypothesis import given, settings
from hypothesis import strategies as st

import jmdi
from jmdi.plugins.context import Limits

HEADER = b'{"jmdi":"1.0"}\n'
ACTOR = b'{"kind":"actor","id":"a/1"}\n'


@pytest.mark.parametrize("line", BAD_LINES)
def test_a_bad_line_is_a_problem_and_the_others_are_read(core, line):
    dataset, problems = load(HEADER + BAD_LINES[line] + b"\n" + ACTOR, core)
    assert codes(problems) == ["J105"]
    assert problems[0].where == jmdi.Where(file="input", line=2)
    assert [record.id for record in dataset] == ["a/1"]


@pytest.mark.parametrize("line", BAD_LINES)
def test_a_bad_document_is_refused(core, line):
    data = b'{"jmdi":"1.0","records":[' + BAD_LINES[line] + b"]}"
    with pytest.raises(jmdi.FormatError) as caught:
        load(data, core, "json")
    assert codes(caught.value.problems) == ["J105"]


@pytest.mark.parametrize("depth", [63, 200, 900])
def test_unknown_members_nest_at_most_sixty_four_deep(core, depth):
    raw = b'{"kind":"actor","id":"a","x":' + b"[" * depth + b"]" * depth + b"}\n"
    dataset, problems = load(HEADER + raw, core)
    if depth == 63:
        assert problems == ()
        assert dump(dataset, core).endswith(raw)
    else:
        assert set(codes(problems)) <= {"J105", "J203"}
        assert len(problems) == 1


@pytest.mark.parametrize(
    "place", [b'"names":{"en":%s}', b'"period":%s', b'"sources":[%s]', b'"id":%s']
)
def test_declared_members_do_not_nest(core, place):
    deep = b"[" * 800 + b"]" * 800
    _, problems = load(HEADER + b'{"kind":"actor",' + place % deep + b"}\n", core)
    assert set(codes(problems)) <= {"J202", "J203", "J105"}
    assert problems


def test_byte_order_mark_and_windows_line_ends_are_read(core):
    data = b"\xef\xbb\xbf" + (HEADER + ACTOR).replace(b"\n", b"\r\n") + b"\r\n \t\r\n"
    dataset, problems = load(data, core)
    assert (len(dataset), problems) == (1, ())
    assert load(b"\xef\xbb\xbf" + dump(dataset, core, "json"), core, "json")[0] == dataset


BAD_HEADERS = {
    "empty": b"",
    "blank": b"\n\n",
    "no header": ACTOR,
    "an array": b"[]\n",
    "a number": b"1\n",
    "no version": b"{}\n",
    "version of a wrong type": b'{"jmdi":1.0}\n',
    "version that is none": b'{"jmdi":"one"}\n',
    "other digits": '{"jmdi":"١.٠"}\n'.encode(),
    "huge version": b'{"jmdi":"1' + b"0" * 9999 + b'.0"}\n',
    "not JSON": b"jmdi\n",
    "kinds is a list": b'{"jmdi":"1.0","kinds":[]}\n',
    "kind is a string": b'{"jmdi":"1.0","kinds":{"actor":"1"}}\n',
    "kind without a name": b'{"jmdi":"1.0","kinds":{"":{"v":1}}}\n',
    "version true": b'{"jmdi":"1.0","kinds":{"actor":{"v":true}}}\n',
    "version zero": b'{"jmdi":"1.0","kinds":{"actor":{"v":0}}}\n',
    "version negative": b'{"jmdi":"1.0","kinds":{"actor":{"v":-999999999999}}}\n',
    "version null": b'{"jmdi":"1.0","kinds":{"actor":{"v":null}}}\n',
    "ancestors are a string": b'{"jmdi":"1.0","kinds":{"a:b":{"is":"actor"}}}\n',
    "ancestor is a list": b'{"jmdi":"1.0","kinds":{"a:b":{"is":[[]]}}}\n',
    "facets is a list": b'{"jmdi":"1.0","facets":[1]}\n',
    "facet is a number": b'{"jmdi":"1.0","facets":{"a:b":1}}\n',
    "facet of version x": b'{"jmdi":"1.0","facets":{"a:b":{"v":"x"}}}\n',
    "deep member": b'{"jmdi":"1.0","x":' + b"[" * 300 + b"]" * 300 + b"}\n",
}


@pytest.mark.parametrize("header", BAD_HEADERS)
@pytest.mark.parametrize("format", ["jsonl", "json"])
def test_a_bad_header_is_refused(core, header, format):
    data = BAD_HEADERS[header] + ACTOR
    if format == "json":
        data = BAD_HEADERS[header].strip()[:-1] + b',"records":[]}'
    with pytest.raises(jmdi.FormatError) as caught:
        load(data, core, format)
    (problem,) = caught.value.problems
    assert problem.code in ("J102", "J105")
    assert problem.where.file == "input"


def test_a_file_of_a_newer_format_is_refused_and_says_what_to_do(core):
    data = b'{"jmdi":"2.0","by":"jmdi 27.2"}\n' + ACTOR
    with pytest.raises(jmdi.FormatTooNew) as caught:
        load(data, core)
    (problem,) = caught.value.problems
    assert problem.code == "J110"
    assert problem.cure == "upgrade jmdi"
    assert str(problem).startswith("input:1 J110 written by jmdi 27.2 in format 2.0; this is jmdi")
    assert load(b'{"jmdi":"1.7"}\n' + ACTOR, core)[1] == ()


def test_lines_and_documents_are_bounded(core):
    limits = Limits(line=100, size=150)
    long = b'{"kind":"actor","id":"' + b"x" * 200 + b'"}\n'
    for data in (HEADER + long, b'{"jmdi":"1.0","x":"' + b"x" * 200 + b'"}\n'):
        with pytest.raises(jmdi.FormatError) as caught:
            load(data, core, limits=limits)
        assert codes(caught.value.problems) == ["J103"]
    with pytest.raises(jmdi.FormatError) as caught:
        load(b'{"jmdi":"1.0","records":[]}' + b" " * 200, core, "json", limits=limits)
    assert codes(caught.value.problems) == ["J103"]
    assert load(HEADER + ACTOR, core, limits=limits)[1] == ()


def test_the_list_of_problems_is_bounded(core):
    _, problems = load(HEADER + b"x\n" * 50, core, limits=Limits(problems=10))
    assert sorted(codes(problems)) == ["J104"] + ["J105"] * 10
    assert problems[0].message == "40 more problems; only the first 10 are listed"


def test_what_is_not_listed_is_as_bad_as_its_worst(core):
    context = jmdi.ImportContext(limits=Limits(problems=1))
    for severity in (jmdi.Severity.ERROR, jmdi.Severity.INFO, jmdi.Severity.INFO):
        context.problem("J105", "x", severity=severity)
    assert [p.severity for p in context.problems] == [jmdi.Severity.ERROR, jmdi.Severity.INFO]
    context.problem("J105", "x", severity=jmdi.Severity.WARNING)
    context.problem("J105", "x", severity=jmdi.Severity.INFO)
    assert context.problems[-1].severity is jmdi.Severity.WARNING
    assert context.unlisted == 4


@pytest.mark.parametrize(
    "line", ['{"kind":"actor","id":"a","names":1}', '{"kind":"actor","id":""}', '{"kind":"actor"}']
)
def test_memory_is_bounded_where_every_line_is_wrong(core, line):
    """Without the collector: what an error leaves behind must not be a circle."""
    data = HEADER + f"{line}\n".encode() * 4000
    load(data, core)
    tracemalloc.start()
    try:
        load(data, core, limits=Limits(problems=10))
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("records", ["{}", "null", '"x"', "1"])
def test_a_document_needs_an_array_of_records(core, records):
    with pytest.raises(jmdi.FormatError) as caught:
        load(b'{"jmdi":"1.0","records":%s}' % records.encode(), core, "json")
    assert codes(caught.value.problems) == ["J102"]


def test_many_members_and_one_twice_are_found_at_once(core):
    members = b",".join(b'"%d":1' % n for n in range(100_000))
    data = HEADER + b"{" + members + b',"99999":1}\n'
    assert codes(load(data, core)[1]) == ["J105"]


SEEDS = [
    lines(
        {"kind": "actor", "id": "a/1", "names": {"en": "A"}, "sources": [{"date": "2015-01-01"}]},
        {"kind": "tie", "id": "t", "source": "a", "target": "b", "amounts": [{"amount": "1.5"}]},
        {"kind": "x:y", "id": "1", "x:y": {"a": [1, 2.5, None]}},
        header={"jmdi": "1.0", "kinds": {"x:y": {"v": 2, "is": ["actor"]}}, "facets": {}},
    ),
    b'{"jmdi":"1.0","records":[\n{"kind":"pillar","id":"p","number":1},\n{"kind":"item","id":"i"}]}',
]
PIECES = [
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b",",
    b":",
    b"null",
    b"1e999",
    b"\\ud800",
    b"\xff",
    b"\n",
    b"-",
    b'"kind"',
    b'"jmdi"',
    b"true",
    b"\x00",
    b'"id":1,',
    b"9" * 30,
]


@st.composite
def mutated(draw):
    """A file with some pieces cut out, doubled, or put in."""
    data = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 12)))
        put = draw(st.sampled_from([b"", data[start:end] * 2, *PIECES]) | st.binary(max_size=3))
        data = data[:start] + put + data[end:]
    return data


@pytest.mark.parametrize("format", ["jsonl", "json", None])
def test_whatever_the_bytes_only_documented_errors_come(core, format):
    @settings(max_examples=200)
    @given(mutated() | st.binary(max_size=40))
    def check(data):
        dataset = core.read(io.BytesIO(data), format=format, on_error="keep")
        again, _ = load(dump(dataset, core), core)
        assert set(again) == set(dataset)
        for problem in (*dataset.problems, *dataset.unread.values()):
            assert problem.code.startswith("J")
            assert problem.code != "J108"
            assert problem.message

    check()


@pytest.mark.parametrize("data", [b"", b" \n", b"\xef\xbb\xbf", b"\n"])
@pytest.mark.parametrize("format", ["jsonl", "json"])
def test_an_empty_file_is_said_to_be_empty(core, data, format):
    with pytest.raises(jmdi.FormatError) as caught:
        load(data, core, format)
    (problem,) = caught.value.problems
    assert problem.code == "J102"
    assert problem.message.startswith("is empty, and a header is required")
    with pytest.raises(jmdi.FormatError, match="is empty"):
        core.read(io.BytesIO(data.strip(b"\xef\xbb\xbf")))


@pytest.mark.parametrize("version", ['"2.0"', '"2.17"', '"10000000.0"', "2", "17"])
def test_a_newer_format_is_said_to_be_newer(core, version):
    for data, format in (("", "jsonl"), (',"records":{"by kind":[]}', "json")):
        with pytest.raises(jmdi.FormatTooNew, match="reads format 1"):
            load(f'{{"jmdi":{version}{data}}}\n'.encode(), core, format)


def test_a_header_longer_than_what_is_looked_at_first_is_a_header(core):
    kinds = {f"acme:k{n}": {"v": 1, "is": ["actor"], "from": "x" * 100} for n in range(1000)}
    data = lines(actor(), header={"jmdi": "1.0", "kinds": kinds})
    assert len(core.read(io.BytesIO(data))) == 1
    document = b'{"jmdi":"1.0","records":[' + b'{"kind":"actor","id":"a"},' * 5000
    assert len(core.read(io.BytesIO(document[:-1] + b"]}"))) == 5000


def test_a_fault_of_a_document_has_its_line(core):
    with pytest.raises(jmdi.FormatError, match="at line 3, column"):
        load(b'{"jmdi":"1.0",\n"records":[\n{]}', core, "json")


@pytest.mark.parametrize("version", ['"x"', "1", "true", "null", '"1"', "-2", "2.5"])
def test_what_is_no_version_is_no_header(core, version):
    with pytest.raises(jmdi.FormatError) as caught:
        load(f'{{"jmdi":{version}}}\n'.encode(), core)
    assert codes(caught.value.problems) == ["J102"]


def test_a_newer_kind_is_said_to_be_newer(core):
    data = b'{"jmdi":"1.0","kinds":{"actor":{"v":9}}}\n{"kind":"actor","id":"a"}\n'
    problems = load(data, core)[1]
    assert "(v9, newer than the installed v1)" in problems[0].message
