"""Reading and writing with a Model: sources, errors, streams, formats."""

from __future__ import annotations

import importlib.metadata
import io
import pickle

import pytest

import jmdi

HEADER = b'{"jmdi":"1.0"}\n'
GOOD = HEADER + b'{"kind":"actor","id":"a/1"}\n'
BAD = GOOD + b'{"kind":"actor","id":2}\n'


class Trickle(io.RawIOBase):
    """A stream that cannot seek and gives a few bytes at a time, as a pipe does."""

    def __init__(self, data):
        self.data = io.BytesIO(data)

    def readable(self):
        return True

    def readinto(self, buffer):
        part = self.data.read(min(7, len(buffer)))
        buffer[: len(part)] = part
        return len(part)


class Reader:
    """The least that is a stream: it can only be read."""

    def __init__(self, data):
        self.read = io.BytesIO(data).read


@pytest.mark.parametrize("wrap", [io.BytesIO, Trickle, Reader])
@pytest.mark.parametrize("format", [None, "jsonl"])
def test_streams_of_any_kind_are_read(core, wrap, format):
    assert len(core.read(wrap(GOOD), format=format)) == 1


def test_errors_are_raised_or_kept(core):
    with pytest.raises(jmdi.DataError) as caught:
        core.read(io.BytesIO(BAD), format="jsonl")
    dataset = core.read(io.BytesIO(BAD), format="jsonl", on_error="keep")
    problems = dataset.problems
    assert caught.value.problems == problems
    assert len(dataset) == 1
    with pytest.raises(ValueError, match="ignore"):
        core.read(io.BytesIO(GOOD), on_error="ignore")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.problems, str(again)) == (caught.value.problems, str(caught.value))


def test_several_sources_become_one_dataset(core, tmp_path):
    for name in ("b", "a"):
        line = f'{{"kind":"actor","id":"{name}"}}\n'.encode()
        (tmp_path / f"{name}.jsonl").write_bytes(HEADER + line)
    both = core.read(str(tmp_path / "*.jsonl"))
    assert sorted(record.id for record in both) == ["a", "b"]
    assert core.read([tmp_path / "a.jsonl", tmp_path / "b.jsonl"]) == both
    with pytest.raises(jmdi.FormatError, match="no file fits"):
        core.read(str(tmp_path / "*.xyz"))
    with pytest.raises(ValueError, match="nothing to read"):
        core.read([])
    odd = tmp_path / "[odd].jsonl"
    odd.write_bytes(GOOD)
    assert len(core.read(str(odd))) == 1


def test_a_stream_of_records_knows_its_problems(core):
    feed = io.BytesIO(BAD)
    feed.name = "feed"
    records = core.stream(feed, format="jsonl", on_error="keep")
    assert next(records).id == "a/1"
    assert list(records) == []
    assert [p.code for p in records.problems] == ["J203"]
    assert records.problems[0].where.file == "feed"
    assert records.header["jmdi"] == "1.0"
    assert [r.id for r in core.stream(io.BytesIO(GOOD))] == ["a/1"]


def test_a_stream_of_records_raises_errors_when_they_are_met(core):
    records = core.stream(io.BytesIO(BAD), format="jsonl")
    assert next(records).id == "a/1"
    with pytest.raises(jmdi.DataError, match="J203"):
        next(records)


def test_a_stream_of_several_inputs_goes_on_after_one_that_cannot_be_read(core, tmp_path):
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    sources = [tmp_path / "none.jsonl", tmp_path / "good.jsonl"]
    records = core.stream(sources, on_error="keep")
    assert [record.id for record in records] == ["a/1"]
    assert [p.code for p in records.unread.values()] == ["J101"]


def test_progress_is_told(core):
    seen = []
    data = HEADER + b"".join(b'{"kind":"actor","id":"%d"}\n' % n for n in range(60_000))
    core.read(io.BytesIO(data), format="jsonl", progress=lambda *said: seen.append(said))
    done, total, names = zip(*seen, strict=True)
    assert list(done) == sorted(done)
    assert (done[0], done[-1]) == (0, len(data))
    assert set(total) == {len(data)}
    assert set(names) == {"input"}


def test_unknown_formats_and_options_are_answered_with_near_ones(core, tmp_path):
    with pytest.raises(jmdi.NotFound, match="'jsonl'"):
        core.read(io.BytesIO(GOOD), format="jsnl")
    with pytest.raises(jmdi.NotFound, match="colour"):
        core.read(io.BytesIO(GOOD), format="jsonl", colour="red")
    dataset = core.read(io.BytesIO(GOOD), format="jsonl")
    with pytest.raises(jmdi.NotFound, match="did you mean 'order'"):
        core.write(dataset, tmp_path / "x.jsonl", ordr="input")
    with pytest.raises(jmdi.NotFound, match="exporter for"):
        core.write(dataset, tmp_path / "x.nothing")
    with pytest.raises(TypeError, match="name the format"):
        core.write(dataset, io.BytesIO())


def test_an_office_file_names_the_plugin_that_reads_it(core, tmp_path):
    plan = tmp_path / "plan.docx"
    plan.write_bytes(b"PK\x03\x04")
    with pytest.raises(jmdi.FormatError, match="jmdi-workplan"):
        core.read(plan)


def test_a_folder_names_the_plugin_that_writes_and_reads_it(core, tmp_path):
    with pytest.raises(jmdi.NotFound, match="jmdi-tables"):
        core.write(core.read(io.BytesIO(GOOD), format="jsonl"), f"{tmp_path}/registry.parquet/")
    folder = tmp_path / "registry.parquet"
    folder.mkdir()
    with pytest.raises(jmdi.FormatError, match="jmdi-tables"):
        core.read(folder)


class broken:
    """A plugin whose importer and sniff fail."""

    @jmdi.hookimpl
    def jmdi_importers():
        def read(stream, context):
            yield jmdi.Actor(id="a/1")
            raise ZeroDivisionError("by zero")

        def sniff(head):
            raise ValueError("no idea")

        return [jmdi.Importer("broken:x", (".broken",), read, sniff)]


def test_an_importer_that_fails_is_named(tmp_path):
    model = jmdi.Model.build([broken])
    with pytest.raises(
        jmdi.PluginError, match=r"'broken:x' of plugin 'broken' failed on .*by zero"
    ) as caught:
        model.read(io.BytesIO(b""), format="broken:x")
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_sniff_that_fails_is_the_plugins_failure(tmp_path):
    model = jmdi.Model.build([broken])
    file, other = tmp_path / "a.broken", tmp_path / "b.jsonl"
    file.write_bytes(b"x")
    other.write_bytes(GOOD)
    said = r"'broken:x' of plugin 'broken' failed to say whether it reads .*a\.broken: .*no idea"
    with pytest.raises(jmdi.PluginError, match=said):
        model.read(file)
    assert len(model.read(other)) == 1


def test_the_default_model_serves_the_shortcuts(tmp_path, monkeypatch):
    monkeypatch.setenv("JMDI_PLUGINS", "off")  # a setting of the command line alone
    dataset = jmdi.dataset([jmdi.Actor(id="a/1", names="A")])
    jmdi.write(dataset, tmp_path / "a.jsonl")
    assert jmdi.read(tmp_path / "a.jsonl") == dataset
    assert dataset.model is jmdi.default_model()
    assert jmdi.check(dataset).problems is not None
    assert jmdi.default_model() is jmdi.default_model()
    names = {status.name for status in jmdi.default_model().catalog.plugins}
    entries = importlib.metadata.entry_points(group="jmdi.plugins")
    assert names == {"jmdi", *(entry.name for entry in entries)}


@pytest.fixture
def with_folders():
    """A model with importers of folders of two sorts of notes."""

    class Plugin:
        JMDI_API = 1

        @staticmethod
        @jmdi.hookimpl
        def jmdi_importers():
            def read(stream, context):
                assert stream is None
                yield jmdi.Actor(id=f"actor/{context.path[-1]}")

            for name in ("one", "two"):

                def knows(head, name=name):
                    return head.startswith(name.encode()) or f"does not begin with {name}"

                yield jmdi.Importer(f"notes:{name}", (".note",), read, knows, folder=True)

    return jmdi.Model.build([Plugin()])


def test_a_folder_is_recognised_by_its_files(with_folders, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.NOTE").write_text("two notes")
    (tmp_path / "b.note").write_text("something else")
    (tmp_path / "link.note").symlink_to("/dev/zero")
    assert len(with_folders.read(tmp_path)) == 1
    (tmp_path / "c.note").write_text("one note")
    with pytest.raises(jmdi.FormatError, match="notes:one, notes:two"):
        with_folders.read(tmp_path)
    assert len(with_folders.read(tmp_path, format="notes:one")) == 1


def test_importers_of_folders_are_not_asked_about_files(with_folders, tmp_path):
    (tmp_path / "a.note").write_text("one note")
    with pytest.raises(jmdi.FormatError, match="no importer knows"):
        with_folders.read(tmp_path / "a.note")


def test_a_folder_that_nobody_knows_is_one_of_tables(with_folders, tmp_path):
    with pytest.raises(jmdi.FormatError, match="no table in the folder"):
        with_folders.read(tmp_path)
    (tmp_path / "actors.csv").write_text("id\na/1\n")
    assert len(with_folders.read(tmp_path)) == 1
