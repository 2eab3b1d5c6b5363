"""Running a metric: what goes in is checked, and so is what comes out."""

from __future__ import annotations

import decimal
import math
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any, Literal

import attrs
import pytest

import jmdi.metrics
from jmdi.app import Model
from jmdi.errors import BadParameter, NotFound, PluginError, WrongTarget
from jmdi.graph.dataset import Dataset
from jmdi.graph.network import Network
from jmdi.metrics.result import NoFigure, Result, UndefinedResult, undefined
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.specs import Metric, Projection
from jmdi.running.measuring import run

NETWORK = Network.from_edges([("a", "b")], name="pairs")


def compute(
    function: Callable[..., Any], target: Any = NETWORK, given: Mapping[str, Any] = {}, **more: Any
) -> Result:
    def measured(
        target: Any, *, ties: Literal["all", "in", "out"] = "all", as_of: Any = None
    ) -> Any:
        return function(target, ties=ties, as_of=as_of)

    spec = Metric("test:m", measured, title="M", **more)
    pairs = Projection("pairs", lambda _: NETWORK)
    catalog = Catalog(metrics={"test:m": spec}, projections={"pairs": pairs})
    if isinstance(target, Dataset):
        target = Dataset(target.records, model=Model(catalog))
    return run(Model(catalog), "test:m", target, given)


def number(_: Any, **__: Any) -> float:
    return 0.5


def test_a_plain_number_becomes_a_result_with_all_that_the_metric_declares() -> None:
    result = compute(
        number, unit="share", range=(0, 1), polarity="higher", citation="C 2000", convention="c"
    )
    assert (result.value, result.metric, result.title) == (0.5, "test:m", "M")
    assert (result.unit, result.range, result.polarity) == ("share", (0, 1), "higher")
    assert (result.citation, result.convention) == ("C 2000", "c")
    assert dict(result.parameters) == {"ties": "all", "as_of": None}
    assert result.subject == "network pairs"


def test_what_the_result_says_itself_comes_first() -> None:
    result = compute(lambda _, **__: Result(value=1, unit="USD", convention="own"), unit="x")
    assert (result.unit, result.convention) == ("USD", "own")


def test_parameters_reach_the_metric_and_wrong_ones_are_told() -> None:
    assert compute(lambda _, ties, as_of: len(ties), given={"ties": "out"}).value == 3
    with pytest.raises(NotFound, match="did you mean 'ties'"):
        compute(number, given={"tie": "in"})
    with pytest.raises(BadParameter, match="did you mean 'all'"):
        compute(number, given={"ties": "al"})


def test_a_required_parameter_must_be_given() -> None:
    def dated(network: Network, *, as_of: str) -> float:
        """A number.

        Args:
            network: The network.
            as_of: the day
        """
        return 0.5

    spec = Metric("m", dated)
    with pytest.raises(BadParameter, match=r"needs a value for as_of\. the day"):
        run(Model(Catalog(metrics={"m": spec})), "m", NETWORK, {})


def test_an_unknown_metric_names_the_near_ones() -> None:
    with pytest.raises(NotFound, match="test:ties"):
        run(
            Model(Catalog(metrics={"test:ties": Metric("test:ties", number)})),
            "test:tie",
            NETWORK,
            {},
        )


def named(asked: str, *names: str) -> str:
    return Catalog(metrics={name: Metric(name, number) for name in names}).metric(asked).name


def test_a_bare_name_is_that_of_the_core_or_of_the_only_plugin_that_has_it() -> None:
    assert named("density", "density", "acme:density") == "density"
    assert named("reach", "acme:reach", "acme:ties") == "acme:reach"
    assert named("acme-reach", "acme:reach") == "acme:reach"
    assert named("half-reach", "half:reach", "acme:other") == "half:reach"
    with pytest.raises(NotFound, match="write acme:reach or other:reach"):
        named("reach", "acme:reach", "other:reach")


@pytest.mark.parametrize("returned", [math.nan, math.inf, None, "1", True, {"a": math.nan}])
def test_what_no_metric_may_return_is_the_plugins_fault(returned: Any) -> None:
    with pytest.raises(PluginError, match="test:m"):
        compute(lambda _, **__: returned)


@pytest.mark.parametrize("returned", [1.5, -0.1, {"a": 2}, Result(value=0.5, lower=0.1, upper=1.2)])
def test_a_value_outside_its_range_is_the_plugins_fault(returned: Any) -> None:
    with pytest.raises(PluginError, match="outside its declared range 0 to 1"):
        compute(lambda _, **__: returned, range=(0, 1))


def test_rounding_may_pass_the_end_of_the_range_and_is_not_clipped() -> None:
    assert compute(lambda _, **__: 1 + 1e-12, range=(0, 1)).value == 1 + 1e-12


def test_values_beside_a_value_are_of_another_measure() -> None:
    result = compute(lambda _, **__: Result(value=1, values={"size": 30}), range=(0, 1))
    assert result.values == {"size": 30}


def test_errors_of_a_metric_are_chained_and_name_it() -> None:
    def broken(_: Any, **__: Any) -> float:
        return 1 / 0

    with pytest.raises(PluginError, match=r"test:m.*ZeroDivisionError") as error:
        compute(broken)
    assert isinstance(error.value.__cause__, ZeroDivisionError)


def test_an_undefined_result_within_a_metric_makes_it_undefined() -> None:
    result = compute(lambda _, **__: float(undefined("no_ties")) + 1)
    assert result.undefined == "no_ties"
    with pytest.raises(PluginError, match="interval"):
        compute(lambda _, **__: float(Result(metric="x", lower=1, upper=2)))


def test_own_errors_pass() -> None:
    def missing(_: Any, **__: Any) -> float:
        raise NotFound("workplan", "x")

    with pytest.raises(NotFound):
        compute(missing)


def test_not_applicable_says_why() -> None:
    result = compute(number, accepts=lambda _: "it has two modes")
    assert result.not_applicable
    assert result.why == "it has two modes"
    assert compute(number, accepts=lambda _: True).value == 0.5


def test_a_metric_of_networks_asks_a_dataset_to_project_first() -> None:
    with pytest.raises(WrongTarget, match="project"):
        compute(number, Dataset())
    with pytest.raises(WrongTarget, match="dataset"):
        compute(number, on="dataset")


def test_a_metric_on_a_projection_gets_it() -> None:
    assert compute(lambda net, **__: net.n_edges, Dataset(), on="pairs").value == 1
    assert compute(lambda ds, **__: len(ds), Dataset(), on="dataset").subject.startswith("dataset ")


def test_parameters_that_are_no_json_are_kept_as_text() -> None:
    result = compute(number, given={"as_of": Network})
    assert "Network" in result.parameters["as_of"]


def test_the_package_is_lazy_and_lists_its_names() -> None:
    code = "import sys, jmdi.metrics; print('jmdi.metrics.result' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert all(getattr(jmdi.metrics, name) is not None for name in jmdi.metrics.__all__)
    assert set(jmdi.metrics.__all__) <= set(dir(jmdi.metrics))
    with pytest.raises(AttributeError, match="nothing_such"):
        getattr(jmdi.metrics, "nothing_" + "such")
    assert pickle.loads(pickle.dumps(UndefinedResult("no_ties"))).reason == "no_ties"


def drawn(result: Result, ax: Any, **style: Any) -> Any:
    return result.value, ax, style


def test_a_result_is_drawn_by_what_its_metric_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    result = compute(number, plot=drawn, extra="acme[plot]")
    assert result == attrs.evolve(result, model=None)
    assert "model" not in repr(result) and set(result.to_dict()) == set(Result(value=1).to_dict())
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(NoFigure, match=r"acme\[plot\]"):
        result.plot()
    monkeypatch.setattr("importlib.util.find_spec", lambda _: object())
    assert result.plot("axes", color="k") == (0.5, "axes", {"color": "k"})
    nothing = compute(lambda _, **__: undefined("no_ties"), plot=drawn)
    with pytest.raises(UndefinedResult, match="no_ties"):
        nothing.plot()


def test_a_result_without_a_figure_says_which_have_one() -> None:
    with pytest.raises(NoFigure, match="has no figure"):
        compute(number).plot()
    with pytest.raises(NoFigure, match="pip install jmdi-report"):
        Result(value=1, model=jmdi.Model.build([])).plot()


def test_a_result_does_not_depend_on_the_decimals_of_the_host():
    def third(dataset: jmdi.Dataset) -> jmdi.Result:
        """A third."""
        return jmdi.Result(value=decimal.Decimal(1) / 3)

    metric = jmdi.Metric("t:third", third, on="dataset")
    with decimal.localcontext() as host:
        host.prec = 3
        few = run(jmdi.Model.build([]), metric, jmdi.dataset(), {})
        assert decimal.getcontext().prec == 3
    assert few.value == decimal.Decimal("0." + "3" * 28)


def test_a_value_that_cannot_be_shown_is_refused_as_any_other():
    class Shy:
        def __repr__(self) -> str:
            raise RuntimeError("not shown")

    with pytest.raises(BadParameter, match="ties=<Shy, whose repr raises RuntimeError>"):
        compute(number, given={"ties": Shy()})
    with pytest.raises(jmdi.BadValue, match="got Shy <Shy, whose repr raises RuntimeError>"):
        jmdi.Actor(id=Shy())  # type: ignore[arg-type]
