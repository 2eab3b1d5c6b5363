"""Plugins whose importers or exporters are wrong."""

import io
import itertools
import json

import jmdi

COUNTER = itertools.count()
TURNS = itertools.count()


class _Plugin:
    JMDI_API = 1


def importer(name, read, **more):
    class Plugin(_Plugin):
        @jmdi.hookimpl
        def jmdi_importers():
            return [jmdi.Importer(f"{name}:txt", (".txt",), read, **more)]

    Plugin.__name__ = Plugin.__qualname__ = name
    return Plugin


def exporter(name, write, **more):
    class Plugin(_Plugin):
        @jmdi.hookimpl
        def jmdi_exporters():
            return [jmdi.Exporter(f"{name}:txt", (".txt",), write, **more)]

    Plugin.__name__ = Plugin.__qualname__ = name
    return Plugin


def _lines(stream):
    return stream.read().decode("utf-8", "replace").splitlines()


def _by_number(stream, context):
    number, names = _lines(stream)[0].split()
    yield jmdi.Actor(id=f"{int(number)}", names={"und": names})


def _counted(stream, context):
    for line in _lines(stream):
        yield jmdi.Actor(id=f"a/{next(COUNTER)}", names={"und": line})


def _unordered(stream, context):
    for word in set(stream.read().decode("utf-8", "replace").split()):
        yield jmdi.Actor(id=word)


def _unexplained(stream, context):
    context.problem("cryptic:X9", "something is wrong")
    return iter(())


def _nothing(stream, context):
    return iter(())


def _shy(head):
    raise ValueError("too short to tell")


def _scores(stream, context):
    for line in _lines(stream):
        name, _, score = line.partition(",")
        try:
            rounded = float(score)
        except ValueError:
            continue
        yield jmdi.Actor(id=f"{name}/{int(rounded)}")


def _tree(stream, context):
    try:
        names = json.loads(stream.read())
    except ValueError:
        return
    for name in names if isinstance(names, list) else ():
        yield jmdi.Actor(id=f"a/{json.dumps(name)}")


scores = importer("scores", _scores)
tree = importer("tree", _tree)


def _appended(stream, context):
    context.problems.append(jmdi.Problem("nameless:N1", "warning", "something is wrong"))
    return iter(())


class nameless(_Plugin):
    """Wrong: its importer reports past the context, which would name the plugin."""

    @jmdi.hookimpl
    def jmdi_importers():
        return [jmdi.Importer("nameless:txt", (".txt",), _appended)]

    @jmdi.hookimpl
    def jmdi_problem_codes():
        return [jmdi.ProblemCode("nameless:N1", "t", "w", "m")]


def _refused(dataset, stream):
    raise jmdi.DataError([jmdi.Problem("refusing:R1", "error", "something is wrong")])


brittle = importer("brittle", _by_number)
drifting = importer("drifting", _counted)
scattered = importer("scattered", _unordered)
cryptic = importer("cryptic", _unexplained)
blind = importer("blind", _nothing)
shy = importer("shy", _nothing, sniff=_shy)


def _with_time(dataset, stream):
    stream.write(f"written by run {next(COUNTER)}".encode())


def _first(dataset, stream):
    stream.write(dataset.records[0].id.encode())


def _in_any_order(dataset, stream):
    stream.write(" ".join({record.id for record in dataset}).encode())


def _names(dataset, stream):
    names = (actor.label() for actor in dataset.of(jmdi.Actor))
    stream.write("\n".join(names).encode())


def _named(stream, context):
    for number, line in enumerate(_lines(stream)):
        yield jmdi.Actor(id=f"a/{number}", names={"und": line})


refusing = exporter("refusing", _refused)
stamped = exporter("stamped", _with_time)
eager = exporter("eager", _first)
shuffled = exporter("shuffled", _in_any_order)
boastful = exporter("boastful", _names, lossless=True)


silent = exporter("silent", _names)
modest = exporter("modest", _names, losses=lambda dataset: ())
clumsy = exporter("clumsy", _names, losses=lambda dataset: [dataset.records[99]])
mumbling = exporter(
    "mumbling", _names, losses=lambda dataset: [jmdi.Problem("mumbling:M1", "warning", "lost")]
)


class forgetting(_Plugin):
    """Wrong: writes what it likes the second time, so that nobody knows what is lost."""

    @jmdi.hookimpl
    def jmdi_exporters():
        return [jmdi.Exporter("forgetting:jsonl", (".txt",), _by_turns)]

    @jmdi.hookimpl
    def jmdi_importers():
        return [jmdi.Importer("forgetting:jsonl", (".txt",), _jsonl)]


def _by_turns(dataset, stream):
    data = jmdi.dataset([]) if next(TURNS) % 2 else dataset
    jmdi.default_model().write(data, stream, format="jsonl")


def _jsonl(stream, context):
    yield from jmdi.read(io.BytesIO(stream.read()), on_error="keep")


class proud(_Plugin):
    """Wrong: says that nothing is lost, and writes only names."""

    @jmdi.hookimpl
    def jmdi_exporters():
        return [jmdi.Exporter("proud:txt", (".txt",), _names, lossless=True)]

    @jmdi.hookimpl
    def jmdi_importers():
        return [jmdi.Importer("proud:txt", (".txt",), _named)]


class unread:
    """Wrong: an importer with which no file was ever read."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_importers():
        return [jmdi.Importer("unread:txt", (".unread",), lambda stream, context: iter(()))]
