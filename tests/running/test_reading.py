"""What reading gives, reports and refuses, whatever the importer is."""

from __future__ import annotations

import copy
import inspect
import io
import pickle
import threading

import pytest

import jmdi

HEADER = b'{"jmdi":"1.0"}\n'
GOOD = HEADER + b'{"kind":"actor","id":"a"}\n'
MANY = HEADER + b"".join(b'{"kind":"actor","id":"%d"}\n' % n for n in range(20_000))
EVERY = ("jsonl", "json", "table")


class acme:
    """A plugin with importers that misbehave."""

    @jmdi.hookimpl
    def jmdi_importers():
        def swallow(stream, context):
            try:
                while stream.read(10):
                    yield jmdi.Actor(id="a")
            except Exception:
                yield jmdi.Actor(id="b")

        def endless(stream, context):
            while True:
                context.keep_going()
                yield jmdi.Actor(id="a")

        def fail(stream, context):
            yield jmdi.Actor(id="a")
            raise ZeroDivisionError("by zero")

        def numbers(stream, context):
            yield 3

        def told(stream, context):
            context.problem("acme:A1", "bad", severity=stream.read().decode())
            yield jmdi.Actor(id="a")

        def refuses(stream, context):
            problem = jmdi.Problem("acme:A2", jmdi.Severity.ERROR, "is not of Acme")
            raise jmdi.FormatError([problem])

        made = {"numbers": numbers, "told": told, "refuses": refuses}
        made |= {"swallow": swallow, "endless": endless, "fail": fail}
        return [jmdi.Importer(f"acme:{n}", (f".{n}",), read) for n, read in made.items()]


@pytest.fixture(scope="module")
def model():
    return jmdi.Model.build([acme])


class Stop(Exception):
    """What a progress function raises."""


def stop(done, total, input):
    raise Stop


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(GOOD)
    (tmp_path / "b.jsonl").write_bytes(b"no header\n")
    (tmp_path / "c.jsonl").write_bytes(HEADER + b'{"kind":"actor","id":"c"}\n')
    return tmp_path


def test_all_ways_to_read_have_one_signature():
    wanted = inspect.signature(jmdi.Model.read).parameters
    names = [name for name in wanted if name != "self"]
    assert list(inspect.signature(jmdi.read).parameters) == names
    assert list(inspect.signature(jmdi.Model.stream).parameters) == ["self", *names]
    assert inspect.getdoc(jmdi.read) == inspect.getdoc(jmdi.Model.read)


def test_a_file_that_cannot_be_read_does_not_take_the_others_down(core, folder):
    dataset = core.read(str(folder / "*.jsonl"), on_error="keep")
    assert [record.id for record in dataset] == ["a", "c"]
    assert {name: p.code for name, p in dataset.unread.items()} == {str(folder / "b.jsonl"): "J102"}
    assert dataset.problems == tuple(dataset.unread.values())
    assert "1 unread" in repr(dataset)
    assert "b.jsonl" in dataset.summary()
    with pytest.raises(jmdi.FormatError, match="J102"):
        core.read(str(folder / "*.jsonl"))


def test_what_is_missing_or_fails_is_unread_too(model, tmp_path):
    (tmp_path / "x.fail").write_bytes(b"x")
    dataset = model.read([tmp_path / "x.fail", tmp_path / "none.jsonl"], on_error="keep")
    assert [problem.code for problem in dataset.unread.values()] == ["J108", "J101"]
    assert len(dataset) == 0
    assert set(model.catalog.codes) >= {"J108", "J101"}
    with pytest.raises(jmdi.PluginError, match="by zero"):
        model.read(tmp_path / "x.fail")
    with pytest.raises(jmdi.NotFound):
        model.read(tmp_path / "x.fail", on_error="keep", format="acme:fial")


def test_an_importer_that_gives_no_records_is_named(model):
    with pytest.raises(jmdi.PluginError, match="'acme:numbers' of plugin 'acme' gave 3, which is"):
        model.read(io.BytesIO(b"x"), format="acme:numbers")
    dataset = model.read(io.BytesIO(b"x"), format="acme:numbers", on_error="keep")
    assert [problem.code for problem in dataset.unread.values()] == ["J108"]


def test_a_severity_in_words_is_not_lost(model):
    with pytest.raises(jmdi.DataError, match="acme:A1"):
        model.read(io.BytesIO(b"error"), format="acme:told")
    with pytest.raises(jmdi.PluginError, match="'error', 'warning' or 'info', not 'fatal'"):
        model.read(io.BytesIO(b"fatal"), format="acme:told")
    assert jmdi.Check("acme:C1", None, len, severity="warning").severity is jmdi.Severity.WARNING


def test_wrong_arguments_are_the_callers_fault(core):
    dataset, target = core.dataset(), io.BytesIO()
    with pytest.raises(TypeError, match=r"not a list: jmdi\.dataset\(records\) makes"):
        core.write([jmdi.Actor(id="a")], target, format="jsonl")
    with pytest.raises(TypeError, match="binary mode"):
        core.write(dataset, io.StringIO(), format="jsonl")
    with pytest.raises(TypeError, match="a Dataset is checked, not a list"):
        core.check([])
    with pytest.raises(TypeError, match="name of a metric is a text, not None"):
        dataset.metric(None)
    with pytest.raises(TypeError, match="name of a projection is a text, not 3"):
        dataset.project(3)


def test_what_was_unread_stays_known_but_makes_no_difference(core, folder):
    dataset = core.read(str(folder / "*.jsonl"), on_error="keep")
    changed = dataset.with_records(jmdi.Actor(id="d")).without("a").where(jmdi.Actor, lambda a: a)
    merged = core.dataset([jmdi.Actor(id="e")]).merge(dataset, dataset)
    for other in (pickle.loads(pickle.dumps(dataset)), copy.deepcopy(dataset), changed, merged):
        assert other.unread == dataset.unread
        assert other.problems == dataset.problems
    bare = core.dataset(dataset.records)
    assert bare == dataset
    assert bare.digest() == dataset.digest()
    assert not bare.unread


def test_progress_is_reported_for_small_files(core, folder):
    seen = []
    names = [str(folder / "a.jsonl"), str(folder / "c.jsonl")]
    core.read(names, progress=lambda *said: seen.append(said))
    sizes = [(folder / name).stat().st_size for name in ("a.jsonl", "c.jsonl")]
    assert seen == [
        report
        for name, size in zip(names, sizes, strict=True)
        for report in ((0, size, name), (size, size, name))
    ]


def test_progress_of_a_pipe_has_no_total(core):
    class Pipe:
        read = io.BytesIO(MANY).read

    seen = []
    core.read(Pipe(), progress=lambda done, total, name: seen.append((done, total)))
    assert [total for _, total in seen] == [None] * len(seen)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert seen[-1][0] == len(MANY)


@pytest.mark.parametrize("format", ["jsonl", "acme:swallow"])
@pytest.mark.parametrize("on_error", ["raise", "keep"])
def test_what_the_progress_function_raises_is_passed_on(model, format, on_error):
    with pytest.raises(Stop):
        model.read(io.BytesIO(MANY), format=format, progress=stop, on_error=on_error)
    with pytest.raises(Stop):
        list(model.stream(io.BytesIO(MANY), format=format, progress=stop, on_error=on_error))


def test_a_progress_bar_that_cannot_write_is_no_unreadable_input(core):
    def bar(done, total, name):
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        core.read(io.BytesIO(MANY), format="jsonl", progress=bar, on_error="keep")


@pytest.mark.parametrize("format", ["jsonl", "acme:swallow", "acme:endless"])
def test_reading_is_cancelled_from_another_thread(model, format):
    cancel = threading.Event()
    timer = threading.Timer(0.01, cancel.set)
    timer.start()
    with pytest.raises(jmdi.Cancelled, match="input was cancelled"):
        while True:
            model.read(io.BytesIO(MANY), format=format, cancel=cancel, on_error="keep")
    timer.join()


def test_a_stream_that_fails_is_not_blamed_on_the_importer(core):
    class Broken:
        pieces = iter([HEADER, b""])

        def read(self, size):
            for piece in self.pieces:
                return piece
            raise Stop

    with pytest.raises(Stop):
        core.read(Broken(), format="jsonl")


@pytest.mark.parametrize(
    ("limits", "format", "says"),
    [
        ({"seconds": 0}, "jsonl", "longer than 0 seconds"),
        ({"seconds": 0.1}, "acme:endless", "longer than 0.1 seconds"),
        ({"rows": 10}, "acme:endless", "more than 10 records"),
        ({"rows": 19_999}, "jsonl", "more than 19,999 records"),
        ({"size": 100}, "json", "more than 100 bytes"),
    ],
)
def test_work_is_bounded(model, limits, format, says):
    data = MANY
    dataset = model.read(
        io.BytesIO(data), format=format, limits=jmdi.Limits(**limits), on_error="keep"
    )
    (problem,) = dataset.unread.values()
    assert problem.code == "J103"
    assert says in problem.message
    assert len(dataset) == 0


def test_as_many_rows_as_are_allowed_are_read(core):
    limits = jmdi.Limits(rows=20_000)
    assert len(core.read(io.BytesIO(MANY), limits=limits)) == 20_000


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (3, "not 3"),
        (None, "not a NoneType"),
        (b"a.jsonl", "wrap bytes in io.BytesIO"),
        (bytearray(b"x"), "wrap bytes"),
        (io.StringIO("x"), r"binary mode, open\(path, 'rb'\)"),
        ({"a.jsonl": 1}, "not a dict"),
        (["a.jsonl", 3], "not 3"),
    ],
)
def test_what_is_no_source_is_refused_with_what_is(core, source, says):
    with pytest.raises(TypeError, match=f"a path, a glob pattern, a binary stream.*{says}"):
        core.read(source)
    with pytest.raises(TypeError, match=says):
        core.stream(source)


def test_a_stream_of_text_is_refused_by_what_it_gives(core):
    class Text:
        def read(self, size):
            return "text"

    with pytest.raises(TypeError, match="gives text"):
        core.read(Text())


@pytest.mark.parametrize(
    ("argument", "says"),
    [
        ({"on_error": "skip"}, "'raise' or 'keep', not 'skip'"),
        ({"format": ["jsonl"]}, "name of an importer"),
        ({"limits": {"size": 3}}, "a jmdi.Limits"),
        ({"progress": "bar"}, "a function, not 'bar'"),
        ({"cancel": True}, "is_set"),
    ],
)
def test_arguments_of_a_wrong_type_are_refused_with_what_is_wanted(core, argument, says):
    with pytest.raises((TypeError, ValueError), match=says):
        core.read(io.BytesIO(GOOD), **argument)


@pytest.mark.parametrize("value", [-1, "3", None, float("nan"), True])
def test_limits_are_numbers(value):
    with pytest.raises(ValueError, match=r"limits.size is a number from 0 up"):
        jmdi.Limits(size=value)


def test_paths_may_come_from_an_iterator(core, folder):
    both = core.read(folder.glob("[ac].jsonl"))
    assert {record.id for record in both} == {"a", "c"}


def test_memory_is_taken_for_what_a_file_holds_not_for_its_bound():
    asked = []

    class Stream(io.BytesIO):
        def read1(self, size=-1):
            asked.append(size)
            return super().read1(size)

        def read(self, size=-1):
            asked.append(size)
            return super().read(size)

    jmdi.read(Stream(b'{"jmdi":"1.0","records":[]}'), format="json")
    assert max(asked) < 10**7


@pytest.mark.parametrize("format", ["acme:told", "acme:refuses", "acme:fail"])
def test_problems_of_an_importer_name_its_plugin(model, format):
    found = model.read(io.BytesIO(b"warning"), format=format, on_error="keep").problems
    assert {problem.plugin for problem in found} == {"acme"}


def test_problems_of_the_core_name_no_plugin(model):
    bad = model.read(io.BytesIO(HEADER + b"{"), format="jsonl", on_error="keep")
    late = model.read(
        io.BytesIO(MANY), format="acme:endless", limits=jmdi.Limits(rows=3), on_error="keep"
    )
    assert {problem.plugin for problem in (*bad.problems, *late.problems)} == {None}


def test_the_error_of_an_importer_names_its_plugin(model):
    with pytest.raises(jmdi.FormatError) as caught:
        model.read(io.BytesIO(GOOD), format="acme:refuses")
    assert caught.value.problems[0].plugin == "acme"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("*.zzz", "no file fits this pattern"),
        ("", "the path is empty"),
        ("x.jsonl", "no such file"),
    ],
)
def test_what_is_not_there_is_an_unread_input(core, folder, name, says):
    there = str(folder / "a.jsonl")
    kept = core.read([there, name], on_error="keep")
    assert len(kept) == 1
    assert says in kept.unread[name].message
    stream = core.stream([name, there], on_error="keep")
    assert len(list(stream)) == 1 and says in stream.unread[name].message
    with pytest.raises(jmdi.FormatError, match=says):
        core.read([there, name])


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), PermissionError("not yours")])
def test_a_path_that_fails_while_it_is_read_is_named(tmp_path, error):
    class failing:
        @jmdi.hookimpl
        def jmdi_importers():
            def read(stream, context):
                yield jmdi.Actor(id="a")
                raise error

            return [jmdi.Importer("failing:x", (".x",), read)]

    path = tmp_path / "a.x"
    path.write_bytes(b"x")
    reading = jmdi.Model.build([failing])
    with pytest.raises(jmdi.FormatError, match="cannot be read: ") as caught:
        reading.read(path)
    assert caught.value.problems[0].where.file == str(path)
    assert list(reading.read(path, on_error="keep").unread) == [str(path)]
    with path.open("rb") as stream, pytest.raises(type(error)):
        reading.read(stream)


class survey:
    """A plugin whose importers look over all inputs before one is read."""

    @jmdi.hookimpl
    def jmdi_importers():
        def look(paths, context):
            if any("bad" in path for path in paths):
                raise ZeroDivisionError("by zero")
            return sorted(path[-5:] for path in paths)

        def read(stream, context):
            yield jmdi.Actor(id=f"{context.name[-5:]} of {context.survey}")

        return [
            jmdi.Importer("survey:one", (".one",), read, survey=look),
            jmdi.Importer("survey:two", (".two",), read, survey=look),
            jmdi.Importer("survey:old", (".old",), read),
        ]


@pytest.fixture
def surveyed(tmp_path):
    for name in ("a.one", "b.two", "c.old", "d.one"):
        (tmp_path / name).write_text("x")
    return jmdi.Model.build([survey]), lambda *names: [str(tmp_path / name) for name in names]


def test_importers_see_all_files_that_are_read_together(surveyed):
    model, paths = surveyed
    found = {record.id for record in model.read(paths("b.two", "c.old", "a.one"))}
    every = "['a.one', 'b.two']"
    assert found == {f"a.one of {every}", f"b.two of {every}", "c.old of None"}
    assert {record.id for record in model.stream(paths("b.two", "a.one"))} < found
    assert {record.id for record in model.read(paths("a.one"))} == {"a.one of None"}
    assert {r.id for r in model.read(paths("a.one", "c.old"))} == {"a.one of None", "c.old of None"}
    named = model.read(paths("a.one", "c.old"), format="survey:one")
    assert {r.id[9:] for r in named} == {"['a.one', 'c.old']"}


def test_an_importer_that_fails_at_looking_over_is_named(surveyed):
    model, paths = surveyed
    with pytest.raises(jmdi.PluginError, match=r"survey:one.*failed to survey inputs.*by zero"):
        model.read(paths("a.one", "bad.one"))
