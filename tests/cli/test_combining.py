"""Several inputs to JSON Lines: the bytes of a Dataset, by any number of processes."""

from __future__ import annotations

import io
import os
import signal
import time

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from jmdi import Actor, Claim, Dataset, Period, Source, Tie
from jmdi.app import Model
from jmdi.cli.root import cli
from jmdi.files import line_store

MODEL = Model.build([])
few = st.sampled_from
sources = st.lists(few(["A", "B"]).map(Source), max_size=2).map(tuple)
names = st.dictionaries(few(["en", "fr"]), few(["N", "M"]), max_size=2)
actors = st.builds(
    Actor,
    id=few(["a", "b", "a\0", "ab", "é", "\uffff", "\U0001f600"]),
    names=names,
    country=few(["PH", "IT", None]),
    period=few([None, Period("2012"), Period("2013")]),
    sources=sources,
    extra=few([{}, {"x": 1}, {"x": {"y": 2}}]),
)
ties = st.builds(Tie, id=few(["t", "a"]), source=few("ab"), target=few("ab"), sources=sources)
claims = st.builds(
    lambda about, number, field, value, sources: Claim(
        id=f"claim/{about}/{number}", about=about, field=field, value=value, sources=sources
    ),
    few(["a", "b", "t", "z"]),
    few("12"),
    few(["/country", "/names/en"]),
    few(['"PH"', '"N"']),
    sources,
)
rounds = st.lists(st.lists(st.one_of(actors, ties, claims), max_size=6), min_size=2, max_size=4)


def run(*arguments, **options):
    return CliRunner().invoke(cli, [*map(str, arguments)], **options)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def written(folder, records):
    """A file for each list of records, and what a Dataset merged of them becomes."""
    paths = []
    for number, part in enumerate(records):
        paths.append(folder / f"{number}.jsonl")
        MODEL.write(Dataset(part), paths[-1], order="input")
    whole = io.BytesIO()
    MODEL.write(MODEL.read(paths), whole, format="jsonl")
    return paths, whole.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("inputs")


@settings(deadline=None)
@given(rounds, few([1, 16_000]))
def test_inputs_are_merged_as_datasets_are(folder, records, held):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JMDI_PLUGINS", "off")
        patch.setattr(line_store, "CACHE", held)
        patch.setattr("jmdi.cli.reading.read", None)
        paths, whole = written(folder, records)
        result = run("convert", *paths, "-o", "-")
    assert result.exit_code == 0, result.stderr
    assert result.stdout_bytes == whole


@pytest.fixture
def several(place):
    """Five files that say different things of some of the same actors."""
    records = [
        [
            Actor(id=f"actor/{n}", names={"en": f"N{n % (k + 2)}"}, sources=(Source(f"S{k}"),))
            for n in range(k * 7, k * 7 + 12)
        ]
        for k in range(5)
    ]
    paths, whole = written(place, records)
    return [path.name for path in paths], whole


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_any_number_of_processes_gives_the_same(start, several, place, workers):
    names, whole = several
    process = start("convert", *names, "-o", "o.jsonl", "--workers", workers)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert (place / "o.jsonl").read_bytes() == whole
    assert b"claim" in whole


def test_standard_input_and_patterns_are_inputs_too(jmdi, several, place):
    names, whole = several
    given = (place / names[0]).read_bytes()
    (place / names[0]).unlink()
    result = jmdi("convert", "-", "?.jsonl", "-o", "-", input=given)
    assert result.stdout_bytes == whole
    assert jmdi("convert", "-", "*.none", "-o", "-", input=given).exit_code == 3


def test_input_order_is_that_of_a_dataset(jmdi, several, place):
    names, whole = several
    result = jmdi("convert", *names, "-o", "-", "--order", "input")
    assert result.exit_code == 0
    assert sorted(result.stdout_bytes.splitlines()) == sorted(whole.splitlines())
    assert result.stdout_bytes != whole


@pytest.mark.parametrize("workers", [1, 2])
def test_errors_stop_it_and_are_told_in_order_of_the_inputs(start, several, bad, place, workers):
    names, _ = several
    before = names_in(place)
    options = ("-o", "o.jsonl", "--workers", workers)
    process = start("convert", *names, bad, *options)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert b"expected text, got whole number 5" in said
    assert b"Traceback" not in said
    assert names_in(place) == before
    process = start("convert", *names, bad, *options, "--on-error", "keep")
    _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert b"error[J203]" in said
    assert (place / "o.jsonl").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_an_input_that_cannot_be_read_is_named(start, several, place, workers):
    names, _ = several
    (place / "z.jsonl").write_text("no header\n")
    process = start(
        "convert", *names, "z.jsonl", "gone.jsonl", "-o", "o.jsonl", "--workers", workers
    )
    _, said = process.communicate(timeout=120)
    assert process.returncode == 3
    assert b"z.jsonl" in said
    assert b"Traceback" not in said
    assert not (place / "o.jsonl").exists()


PLUGIN = '''
import os, time
import jmdi
JMDI_API = 1

@jmdi.define("mine:village")
class Village(jmdi.Actor):
    """A village.

    Attributes:
        houses: How many houses it has.
    """

    houses: int = 0

def read(stream, context):
    for line in stream:
        if line.startswith(b"sleep"):
            for _ in range(600):
                context.advance(1)
                open("awake", "w").close()
                time.sleep(0.1)
        if line.startswith(b"die"):
            os._exit(9)
        yield Village(id=line.decode().strip(), houses=3)

@jmdi.hookimpl
def jmdi_kinds():
    yield Village

@jmdi.hookimpl
def jmdi_importers():
    yield jmdi.Importer("mine:villages", (".villages",), read)
'''


@pytest.fixture
def villages(place):
    """A plugin of one file, and inputs that only it reads."""
    (place / "mine.py").write_text(PLUGIN)
    for name in "abc":
        (place / f"{name}.villages").write_text(f"v/{name}\nv/all\n")
    return ("--plugin", "mine.py", "convert", "a.villages", "b.villages", "c.villages")


def test_plugins_of_one_file_reach_each_process(start, villages, place):
    for workers in (1, 2):
        options = ("-o", "o.jsonl", "--force", "--workers", workers)
        process = start(*villages, *options)
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
        lines = (place / "o.jsonl").read_text().splitlines()
        assert len(lines) == 5
        assert '"mine:village":{"houses":3}' in lines[1]


def test_a_process_that_dies_is_one_clear_line(start, villages, place):
    (place / "b.villages").write_text("die\n")
    process = start(*villages, "-o", "o.jsonl", "--workers", 2)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 4
    assert b"a process ended before its work was done" in said
    assert not (place / "o.jsonl").exists()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("until", ["awake", "tmp/*"], ids=["reading", "starting"])
def test_an_interrupt_ends_all_processes_and_leaves_nothing(start, villages, place, until):
    (place / "b.villages").write_text("sleep\n")
    before = {*names_in(place), "awake"}
    (place / "tmp").mkdir()
    process = start(
        *villages,
        "-o",
        "o.jsonl",
        "--workers",
        2,
        env={"TMPDIR": str(place / "tmp")},
        start_new_session=True,
    )
    patience = time.monotonic() + 300  # a busy machine takes long to start three processes
    while not [*place.glob(until)] and time.monotonic() < patience:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert b"Traceback" not in said
    assert {*names_in(place)} - {"tmp", "__pycache__"} <= before
    assert names_in(place / "tmp") == []
