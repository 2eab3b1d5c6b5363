"""A value keeps the model that it came from, whatever is done with it, and falls back to none."""

from __future__ import annotations

import concurrent.futures
import copy
import io
import multiprocessing
import operator
import pickle
import subprocess
import sys
import types

import attrs
import keeper
import pytest

import jmdi
from jmdi.app import Model, default_model
from jmdi.plugins.catalog import Catalog

PAIRS = b"a b\nb c\nc a\nc d\n"


@pytest.fixture(scope="module")
def model():
    return Model.build([keeper])


@pytest.fixture(autouse=True)
def no_default_model(monkeypatch):
    """Whoever asks for the default model fails."""

    def refuse():
        raise AssertionError("a value fell back to the default model")

    monkeypatch.setattr("jmdi.app.default_model", refuse)


SAME = {
    "as it is": lambda value: value,
    "pickled": lambda value: pickle.loads(pickle.dumps(value)),
    "copied": copy.copy,
    "copied deeply": copy.deepcopy,
}
DATASETS = {
    "as it is": lambda ds: ds,
    "with_records": lambda ds: ds.with_records(jmdi.Actor(id="e")),
    "without": lambda ds: ds.without("d"),
    "where": lambda ds: ds.where(jmdi.Actor, lambda actor: actor.id != "d"),
    "merge": lambda ds: ds.merge(jmdi.Dataset([jmdi.Actor(id="z")])),
    "merged into": lambda ds: jmdi.Dataset([jmdi.Actor(id="z")]).merge(ds),
    "diff applied": lambda ds: ds.diff(ds.without("d")).apply(ds),
}
NETWORKS = {
    "actors": lambda ds: ds.project("actors"),
    "full": lambda ds: ds.project("full"),
    "a plugin's, without a dataset": lambda ds: ds.project("keeper:ties"),
}
SMALLER = {
    "as it is": lambda net: net,
    "simple": lambda net: net.simple(),
    "subnetwork": lambda net: net.subnetwork(net.nodes[:2]),
    "from_networkx": lambda net: jmdi.Network.from_networkx(net.to_networkx(), model=net.model),
    "from_edges": lambda net: jmdi.Network.from_edges([("a", "b")], model=net.model),
}
RESULTS = {
    "as it is": lambda result: result,
    "evolved": lambda result: attrs.evolve(result, title="other"),
}


@pytest.mark.parametrize("again", SAME)
@pytest.mark.parametrize("change", DATASETS)
def test_a_dataset_keeps_its_model(model, change, again):
    read = SAME[again](model.read(io.BytesIO(PAIRS), format="keeper:pairs"))
    dataset = SAME[again](DATASETS[change](read))
    assert read.model is dataset.model is model
    assert dataset.metric("keeper:records").value == len(dataset)
    assert dataset.doubled() == 2 * len(dataset)
    assert {problem.code for problem in dataset.check()} <= {"J302"}  # an end that is gone


@pytest.mark.parametrize("again", SAME)
@pytest.mark.parametrize("smaller", SMALLER)
@pytest.mark.parametrize("projection", NETWORKS)
def test_a_network_keeps_its_model(model, projection, smaller, again):
    dataset = model.read(io.BytesIO(PAIRS), format="keeper:pairs")
    network = SAME[again](NETWORKS[projection](dataset))
    changed = SAME[again](SMALLER[smaller](network))
    assert network.model is changed.model is model
    assert changed.metric("keeper:size").value == len(changed)
    assert changed.doubled() == 2 * len(changed)
    out = io.BytesIO()
    changed.model.write(changed, out, format="graphml")
    assert out.getvalue()


@pytest.mark.parametrize("again", SAME)
@pytest.mark.parametrize("change", RESULTS)
def test_a_result_keeps_its_model(model, change, again):
    dataset = model.read(io.BytesIO(PAIRS), format="keeper:pairs")
    of_data = dataset.metric("keeper:records")
    of_network = dataset.metric("keeper:size")
    for result in (of_data, of_network):
        kept = SAME[again](RESULTS[change](SAME[again](result)))
        assert kept.model is model
        assert kept.doubled() == 2 * kept.value


def test_a_bundled_data_set_is_read_with_the_model_that_is_given(model):
    assert jmdi.datasets.load("jmdi", model=model).model is model


def test_a_value_made_without_a_model_takes_the_default_one(monkeypatch):
    monkeypatch.setattr("jmdi.app.default_model", default_model)
    for value in (jmdi.Dataset(), jmdi.Network.from_edges([]), jmdi.Result(value=1)):
        assert value.model is default_model()
        assert pickle.loads(pickle.dumps(value)).model is default_model()
        assert SAME["pickled"](default_model()) is default_model()


ELSEWHERE = """
import pickle, sys
value = pickle.load(sys.stdin.buffer)
from jmdi.app import _default_model
assert _default_model.cache_info().currsize == 0
names = sorted(s.name for s in value.model.catalog.plugins if s.state == "active")
import jmdi
net = value.project("keeper:ties") if isinstance(value, jmdi.Dataset) else value
print(*names, net.metric("keeper:size").value, net.metric("keeper:size").model is value.model)
"""


def elsewhere(value, *path):
    """What another process, which has nothing but what is pickled, does with a value."""
    code = f"import sys; sys.path[:0] = {list(path)!r}\n{ELSEWHERE}"
    environment = {"PYTHONPATH": ":".join(p for p in sys.path if "support" not in p)}
    return subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps(value),
        env=environment,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("project", [False, True])
def test_another_process_builds_an_equal_model(model, project):
    dataset = model.read(io.BytesIO(PAIRS), format="keeper:pairs")
    value = dataset.project("keeper:ties") if project else dataset
    done = elsewhere(value)
    assert done.stdout.decode().split() == ["jmdi", "keeper", "4", "True"], done.stderr.decode()


def test_what_cannot_be_built_elsewhere_says_so():
    loose = types.ModuleType("loose")
    with pytest.raises(jmdi.PluginError, match="'loose' is a module that cannot be imported"):
        pickle.dumps(Model.build([loose]).dataset())

    class Local:
        pass

    with pytest.raises(jmdi.PluginError, match="held by no module"):
        pickle.dumps(Model.build([Local()]).dataset())
    with pytest.raises(jmdi.PluginError, match=r"Model\.build"):
        pickle.dumps(Model(Catalog()).dataset())


def test_a_plugin_that_is_not_there_any_more_is_named(model, tmp_path):
    module = tmp_path / "fleeting.py"
    module.write_text("import jmdi\n@jmdi.hookimpl\ndef jmdi_metrics():\n    return []\n")
    sys.path.insert(0, str(tmp_path))
    try:
        import fleeting

        value = Model.build([fleeting]).dataset([jmdi.Actor(id="a")])
        data = pickle.dumps(value)
    finally:
        sys.path.remove(str(tmp_path))
    module.unlink()
    code = """
import copy, pickle, sys
value = pickle.load(sys.stdin.buffer)
assert len(copy.deepcopy(pickle.loads(pickle.dumps(value)))) == 1
print(value.model)
value.metric("isolates")
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=data,
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=False,
    )
    assert b"a model that cannot be built here: the plugin 'fleeting'" in done.stdout
    last = done.stderr.splitlines()[-1]
    assert last.startswith(b"jmdi.errors.PluginError: the model of this value cannot be built in")
    assert b"the plugin 'fleeting' cannot be imported: ModuleNotFoundError" in last


def worker(context):
    """A pool of one process."""
    return concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context(context))


@pytest.mark.parametrize("context", ["spawn", "fork"])
def test_values_keep_their_model_in_workers(model, context):
    if context not in multiprocessing.get_all_start_methods():
        pytest.skip("no fork")
    dataset = model.read(io.BytesIO(PAIRS), format="keeper:pairs")
    network = dataset.project("keeper:ties")
    with worker(context) as pool:
        for value, name in ((dataset, "keeper:records"), (network, "keeper:size")):
            run = operator.methodcaller("metric", name)
            result = pool.submit(run, value).result(timeout=60)
            assert result.model is model
            assert result.value == len(value)


SCRIPT = """
import multiprocessing, sys
import jmdi
from concurrent.futures import ProcessPoolExecutor

class Plugin:
    @jmdi.hookimpl
    def jmdi_metrics(self):
        return [jmdi.Metric("own:size", len, on="dataset")]

plugin = Plugin()

def size(dataset):
    return dataset.metric("own:size").value

if __name__ == "__main__":
    dataset = jmdi.Model.build([plugin]).dataset([jmdi.Actor(id="a")])
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        print(pool.submit(size, dataset).result(timeout=60))
    with open("value", "wb") as file:
        import pickle
        pickle.dump(dataset, file)
"""


def test_a_plugin_of_a_script_is_found_by_its_workers_and_by_another_program(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)

    def run(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={"PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    assert run("script.py").stdout == "1\n"
    code = "import pickle; print(pickle.load(open('value', 'rb')).metric('own:size').value)"
    done = run("-W", "ignore", "-c", code)
    assert done.stdout == "1\n", done.stderr
