"""Functions of plugins that are called as methods of Dataset, Network and Result."""

from __future__ import annotations

import pytest

import jmdi
from jmdi.plugins.loader import build_catalog

OF_THE_CORE = {"dataset.ask"}


def plugin(called, *accessors):
    class Own:
        __name__ = called

        @jmdi.hookimpl
        def jmdi_accessors(self):
            return accessors

    return Own()


def model_with(*plugins):
    return jmdi.Model.build(plugins)


def largest(network, least=0):
    """The largest degree."""
    return max(network.degree().values(), default=least)


def test_an_accessor_is_a_method_with_its_signature_and_its_words():
    model = model_with(plugin("own", jmdi.Accessor("largest", "network", largest)))
    net = jmdi.Network.from_edges([("a", "b"), ("b", "c")], model=model)
    assert net.largest() == 2
    assert jmdi.Network.from_edges([], model=model).largest(least=7) == 7
    assert net.largest.__doc__ == "The largest degree."
    assert "largest" in dir(net) and "degree" in dir(net)
    assert "largest" not in dir(model.dataset())
    assert not hasattr(model.dataset(), "largest")


def test_an_accessor_is_imported_when_it_is_asked_for():
    target = "no_module_of_this_name:plot"
    model = model_with(plugin("own", jmdi.Accessor("plotted", "network", target)))
    net = jmdi.Network.from_edges([], model=model)
    with pytest.raises(jmdi.PluginError, match="no_module_of_this_name"):
        net.plotted  # noqa: B018


def test_a_missing_one_names_the_near_one_or_what_to_install(core):
    net = jmdi.Network.from_edges([], model=core)
    with pytest.raises(AttributeError, match="did you mean 'degree'"):
        net.degre  # noqa: B018
    with pytest.raises(AttributeError, match="comes with jmdi-network: pip install jmdi-network"):
        net.null  # noqa: B018
    with pytest.raises(jmdi.NotFound, match="comes with jmdi-network: pip install jmdi-network"):
        net.metric("network:null", metric="density")
    with pytest.raises(AttributeError, match="no attribute '_private'"):
        net._private  # noqa: B018


@pytest.mark.parametrize(
    ("accessor", "why"),
    [
        (("metric", "network"), "'network.metric' would hide Network.metric"),
        (("records", "dataset"), "'dataset.records' would hide Dataset.records"),
        (("value", "result"), "'result.value' would hide Result.value"),
        (("class", "network"), "'class' is not a name for an accessor"),
        (("model", "result"), "would hide Result.model"),
        (("_x", "network"), "not a name for an accessor"),
        (("a-b", "network"), "not a name for an accessor"),
        (("x", "table"), "one of dataset, network, result"),
    ],
)
def test_a_name_that_cannot_be_is_refused(accessor, why):
    own = plugin("own", jmdi.Accessor(*accessor, largest))
    with pytest.raises(jmdi.PluginError, match=why):
        model_with(own)
    catalog = build_catalog([own], missing="skip")
    assert set(catalog.accessors) == OF_THE_CORE and why in catalog.plugins[1].error


def test_two_plugins_that_claim_one_accessor_are_both_named():
    one, two = (plugin(n, jmdi.Accessor("plot", "network", largest)) for n in ("one", "two"))
    catalog = build_catalog([one, two], missing="skip")
    (problem,) = catalog.problems
    assert "accessor 'network.plot' is claimed by plugin 'one'" in problem.message
    assert "plugin 'two'" in problem.message
    assert set(catalog.accessors) == OF_THE_CORE
    other = plugin("two", jmdi.Accessor("plot", "dataset", largest))
    both = {"network.plot", "dataset.plot"}
    assert set(build_catalog([one, other]).accessors) == both | OF_THE_CORE


@pytest.mark.parametrize("error", [SystemExit(0), GeneratorExit(), BaseException("gone")])
def test_an_accessor_cannot_end_the_process(error):
    def leave(network):
        raise error

    model = model_with(plugin("own", jmdi.Accessor("leave", "network", leave)))
    net = jmdi.Network.from_edges([], model=model)
    with pytest.raises(jmdi.PluginError, match=r"'network\.leave' of plugin 'own'") as caught:
        net.leave()
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), MemoryError(), ValueError("no"), KeyError()]
)
def test_other_exceptions_of_an_accessor_stay_what_they_are(error):
    def fail(network):
        raise error

    model = model_with(plugin("own", jmdi.Accessor("fail", "network", fail)))
    with pytest.raises(type(error)) as caught:
        jmdi.Network.from_edges([], model=model).fail()
    assert caught.value is error
