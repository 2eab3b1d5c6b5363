"""A metric says each thing once: at its function."""

from __future__ import annotations

import functools
import pickle
import sys
import types
from collections.abc import Iterable
from typing import Annotated, Any, Literal

import pytest

import jmdi
from jmdi.app import Model
from jmdi.errors import BadParameter
from jmdi.graph.network import Network
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.lazy import LazyRef
from jmdi.plugins.specs import Metric, Projection
from jmdi.running.measuring import run

NETWORK = Network.from_edges([("a", "b"), ("b", "c")])


def reading(direction: str, weighted: bool) -> str:
    return f"{direction} ties, {'by weight' if weighted else '1 each'}"


@jmdi.metric(
    "test:ties",
    "Ties",
    value_is=lambda direction: f"count of {direction}",
    convention=reading,
    citation="A 2000",
    range=(0, None),
)
def ties(
    network: Network,
    groups: str | Iterable[str],
    *,
    direction: Literal["in", "out"] = "in",
    weighted: bool = False,
    steps: Annotated[int, jmdi.AtLeast(1)] = 2,
) -> int:
    """How many ties there are.

    Sum over actors, ``m``.

    Args:
        network: The network.
        groups: The groups, one
            or several.
        direction: Which ties.
        weighted: Whether weights count.
        steps: How far.

    Returns:
        Their number.
    """
    return network.n_edges


def plain(network: Network, *, levels: Unknown = None) -> int:  # type: ignore[name-defined] # noqa: F821
    """Nothing."""
    return network.n_edges


SPEC = jmdi.metrics_of(sys.modules[__name__])[0]


def compute(**given: Any) -> jmdi.Result:
    return run(Model(Catalog()), SPEC, NETWORK, given)


def test_a_declared_function_stays_the_same() -> None:
    assert ties(NETWORK, "country") == 2
    assert pickle.loads(pickle.dumps(SPEC)).run is ties


def test_parameters_are_those_of_signature_and_args() -> None:
    groups, direction, weighted, steps = SPEC.parameters
    assert (groups.name, groups.doc, groups.required) == (
        "groups",
        "The groups, one or several.",
        True,
    )
    assert (direction.default, direction.choices) == ("in", ("in", "out"))
    assert (weighted.default, weighted.choices) == (False, (True, False))
    assert (steps.doc, steps.default, steps.choices) == ("How far.", 2, ())
    assert SPEC.doc == "How many ties there are.\n\nSum over actors, ``m``."


@pytest.mark.parametrize("target", [ties, f"{__name__}:ties", LazyRef(f"{__name__}:ties")])
def test_a_spec_given_directly_reads_its_function_too(target: Any) -> None:
    assert Metric("test:ties", target).parameters == SPEC.parameters
    assert Projection("ties", target).parameters == SPEC.parameters
    assert Projection("ties", target).doc == "How many ties there are."


def test_a_type_that_cannot_be_resolved_stays_its_text() -> None:
    (levels,) = Metric("test:plain", plain).parameters
    assert (levels.type, levels.doc) == ("Unknown", "")


def test_convention_and_value_are_said_of_the_parameters_bound() -> None:
    result = compute(groups="country", direction="out", weighted=True)
    assert result.convention == "out ties, by weight"
    assert repr(result) == "test:ties = 2   (count of out)"
    assert "in ties, 1 each" in compute(groups="country").cite()
    assert SPEC.words(SPEC.convention) == "in ties, 1 each"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "needs a value for groups. The groups"),
        ({"groups": 3}, "takes groups as a text or a list, each item a text, not 3"),
        ({"groups": "g", "steps": 0}, "steps as a whole number, at least 1, not 0; the default"),
        ({"groups": "g", "steps": "2"}, "not '2'"),
        ({"groups": "g", "direction": "sideways"}, "choose from 'in', 'out'"),
        ({"groups": "g", "weighted": 1}, "does not take weighted=1"),
        ({"groups": list(range(999))}, "…"),
    ],
)
def test_what_a_parameter_takes_is_checked_by_its_type(given: dict[str, Any], said: str) -> None:
    with pytest.raises(BadParameter, match=said):
        compute(**given)


def test_an_iterator_is_read_once_and_kept() -> None:
    assert compute(groups=iter(["a", "b"])).parameters["groups"] == ("a", "b")


def test_metrics_are_gathered_from_where_they_are_declared() -> None:
    other = types.ModuleType("other")
    other.ties = ties  # type: ignore[attr-defined]
    assert jmdi.metrics_of(other) == []
    assert [spec.name for spec in jmdi.metrics_of(__name__)] == ["test:ties"]


def test_two_metrics_of_one_name_are_not_gathered_in_silence() -> None:
    module = types.ModuleType("test_twice")
    for name in ("one", "other"):
        exec(f"import jmdi\n@jmdi.metric('test:x', 'X')\ndef {name}(n): ...", vars(module))
    for function in (vars(module)["one"], vars(module)["other"]):
        function.__module__ = "test_twice"
    with pytest.raises(jmdi.ModelError, match=r"'test:x' stands at .*one.*other"):
        jmdi.metrics_of(module)
    vars(module)["other"] = vars(module)["one"]  # a second name of one function is no second metric
    assert [spec.name for spec in jmdi.metrics_of(module)] == ["test:x"]


@pytest.mark.parametrize("what", [len, NETWORK.metric, functools.partial(ties), Metric])
def test_a_metric_is_declared_at_a_function(what: Any) -> None:
    with pytest.raises(jmdi.ModelError, match="'test:y' is declared at a function"):
        jmdi.metric("test:y", "Y")(what)


def test_a_parameter_that_cannot_be_given_by_name_is_refused() -> None:
    def metric(network: Network, depth: int = 1, /) -> float:
        return depth

    with pytest.raises(jmdi.ModelError, match="depth stands before '/'"):
        _ = Metric("test:z", run=metric).parameters


def test_scalars_of_numpy_are_taken_as_pythons_own() -> None:
    import numpy as np

    def metric(network: Network, *, on: bool = False, n: int = 1, ids: Iterable[str] = ()) -> float:
        assert type(on) is bool and type(n) is int
        return n

    spec = Metric("test:z", run=metric)
    given = {"on": np.bool_(True), "n": np.int64(2), "ids": np.array(["a", "b"])}
    result = run(Model.build([]), spec, NETWORK, given)
    assert (result.value, result.parameters["on"], result.parameters["n"]) == (2, True, 2)
    with pytest.raises(BadParameter, match="takes ids as a list"):
        run(Model.build([]), spec, NETWORK, {"ids": np.array(3)})
    with pytest.raises(BadParameter, match=r"did you mean True\?"):
        run(Model.build([]), spec, NETWORK, {"on": "true"})


@pytest.mark.parametrize(
    ("said", "cure"),
    [
        ({"range": None}, r"range is the lowest and the highest value, such as \(0, 1\)"),
        ({"range": (0,)}, r"such as \(0, 1\), or \(0, None\) for no bound, not \(0,\)"),
        ({"range": (1, 0)}, r"range is the lowest and the highest.*not \(1, 0\)"),
        ({"range": (0, "1")}, "range is the lowest and the highest"),
        ({"range": (float("nan"), None)}, "range is the lowest and the highest"),
        ({"polarity": "up"}, "polarity is one of 'higher', 'lower', 'neither', not 'up'"),
        ({"on": None}, "'dataset', 'network' or the name of a projection, not None"),
    ],
)
def test_what_a_metric_cannot_have_is_refused_when_it_is_declared(said: Any, cure: str) -> None:
    with pytest.raises(jmdi.ModelError, match=f"^metric 'test:q': .*{cure}"):
        jmdi.metric("test:q", "Q", **said)(lambda network: 1)


@pytest.mark.parametrize("on", ["netwrok", "test:nowhere"])
def test_a_metric_on_a_projection_that_cannot_be_is_refused(on: str) -> None:
    def build(*where: str) -> Model:
        class test:
            @jmdi.hookimpl
            def jmdi_metrics() -> list[Metric]:  # type: ignore[misc]
                return [Metric(f"test:m{n}", len, on=one) for n, one in enumerate(where)]

        return Model.build([test])

    with pytest.raises(jmdi.PluginError, match=f"metric 'test:m1': no projection .*on='{on}'; "):
        build("network", on)
    assert "test:m1" in build("network", "other:may-come").catalog.metrics


def test_metrics_of_takes_modules():
    with pytest.raises(TypeError, match="takes modules or their names"):
        jmdi.metrics_of(lambda dataset: 1)


def test_what_is_finished_is_counted_first():
    def ties(network: jmdi.Network) -> float:
        """How many.

        Args:
            network: The network.
        """
        return network.n_edges

    with pytest.raises(jmdi.ModelError, match=r"'test:f': finish makes .* give count too"):
        jmdi.metric("test:f", "Ties", finish=lambda counts: jmdi.Result(value=1))(ties)
    jmdi.metric("test:p", "Ties", count=lambda tables: None)(ties)
