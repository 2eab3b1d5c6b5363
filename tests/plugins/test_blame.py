"""What a plugin's function raises is that plugin's failure."""

from __future__ import annotations

import io

import pytest

import jmdi
from jmdi.plugins.blame import blamed, blamed_steps
from jmdi.plugins.catalog import Catalog, Origin

CATALOG = Catalog(
    origins={
        ("metric", "acme:one"): Origin("acme", "jmdi-acme", "1.0"),
        ("metric", "mine:one"): Origin("mine", "(given)", ""),
        ("metric", "density"): Origin("jmdi", "jmdi", "26.1"),
    }
)
WHOSE = {
    "acme:one": "metric 'acme:one' of plugin 'acme' from jmdi-acme 1.0 failed: ",
    "mine:one": "metric 'mine:one' of plugin 'mine' failed: ",
    "density": "metric 'density' failed: ",
}
NOBODYS = (KeyboardInterrupt, MemoryError)
BLAMED = (SystemExit(0), GeneratorExit(), StopIteration(), ZeroDivisionError(), BaseException())


def raising(error):
    yield 1
    raise error


@pytest.mark.parametrize("name", WHOSE)
@pytest.mark.parametrize("error", BLAMED, ids=repr)
def test_it_is_named_whatever_it_raises(name, error):
    with (
        pytest.raises(jmdi.PluginError, match=f"^{WHOSE[name]}") as caught,
        blamed(CATALOG, "metric", name),
    ):
        raise error
    assert caught.value.__cause__ is error


@pytest.mark.parametrize("error", [*NOBODYS, jmdi.BadParameter])
def test_an_interrupt_the_end_of_memory_and_what_it_may_raise_pass(error):
    with pytest.raises(error), blamed(CATALOG, "metric", "acme:one", jmdi.JmdiError):
        raise error
    steps = blamed_steps(lambda: raising(error()), CATALOG, "metric", "acme:one", jmdi.JmdiError)
    assert next(steps) == 1
    with pytest.raises(error):
        next(steps)


@pytest.mark.parametrize("error", [*BLAMED[:2], *BLAMED[3:]], ids=repr)
def test_so_is_a_generator_and_one_that_does_not_even_begin(error):
    steps = blamed_steps(lambda: raising(error), CATALOG, "metric", "acme:one", did="stopped")
    assert next(steps) == 1
    with pytest.raises(jmdi.PluginError, match=r"'acme' from jmdi-acme 1\.0 stopped: "):
        next(steps)
    with pytest.raises(jmdi.PluginError, match="TypeError: 'NoneType' object is not iterable"):
        next(blamed_steps(lambda: None, CATALOG, "metric", "acme:one"))


def test_a_reader_that_stops_early_is_nobodys_failure():
    cleaned = []

    def read(stream, context):
        try:
            yield jmdi.Actor(id="a")
            yield jmdi.Actor(id="b")
        finally:
            cleaned.append(True)

    class Plugin:
        @staticmethod
        @jmdi.hookimpl
        def jmdi_importers():
            return [jmdi.Importer("mine:x", (".x",), read)]

    records = jmdi.Model.build(Plugin).stream(io.BytesIO(b"x"), format="mine:x")
    assert next(records).id == "a"
    records.close()
    assert cleaned == [True]


@pytest.mark.parametrize("error", [ValueError("x"), UnicodeError("x"), *BLAMED], ids=repr)
def test_whatever_an_exporter_raises_is_its_plugins_failure(error):
    def write(dataset, stream):
        raise error

    class Plugin:
        @staticmethod
        @jmdi.hookimpl
        def jmdi_exporters():
            return [jmdi.Exporter("mine:y", (".y",), write)]

    model = jmdi.Model.build([Plugin()])
    with pytest.raises(jmdi.PluginError, match=r"^exporter 'mine:y' of plugin 'Plugin' failed: "):
        model.write(model.dataset([jmdi.Actor(id="a")]), io.BytesIO(), format="mine:y")
