"""No word that the library takes itself swallows a plugin's parameter, and none is ignored."""

from __future__ import annotations

import io
import types

import pytest

import jmdi


def plugin(**hooks):
    module = types.ModuleType("acme")
    module.JMDI_API = 1
    for name, found in hooks.items():
        setattr(module, name, jmdi.hookimpl(lambda found=found: found))
    return module


NAMES = {"name": "n", "model": "m", "format": "f", "data": "d", "target": "t", "projection": "p"}


@jmdi.metric("acme:all", "All", on="dataset", citation="Acme")
def everything(
    dataset: jmdi.Dataset,
    *,
    name: str = "",
    model: str = "",
    format: str = "",
    data: str = "",
    target: str = "",
    projection: str = "",
) -> jmdi.Result:
    """What it was given."""
    given = {"name": name, "model": model, "format": format, "data": data}
    given |= {"target": target, "projection": projection}
    return jmdi.Result(value=1, notes=given)


@jmdi.metric("acme:size", "Size", on="dataset", citation="Acme")
def size(dataset: jmdi.Dataset) -> int:
    """n."""
    return len(dataset)


def every_option(dataset, stream, *, path="", data="", target="", name=""):
    """Writes its options."""
    stream.write(f"{path} {data} {target} {name}".encode())


def test_a_metric_gets_its_parameters_whatever_their_names():
    model = jmdi.Model.build([plugin(jmdi_metrics=everything.__jmdi_metrics__)])
    ds = model.dataset()
    assert ds.metric("acme:all", **NAMES).notes == NAMES
    assert model.metric(ds, "acme:all", **NAMES).notes == NAMES


def test_an_exporter_gets_its_options_whatever_their_names(tmp_path):
    exporter = jmdi.Exporter("acme:x", (".x",), every_option)
    model = jmdi.Model.build([plugin(jmdi_exporters=[exporter])])
    options = {"path": "p", "data": "d", "target": "t", "name": "n"}
    model.dataset().write(str(tmp_path / "a.x"), **options)
    model.write(model.dataset(), str(tmp_path / "b.x"), **options)
    assert {path.read_text() for path in tmp_path.iterdir()} == {"p d t n"}


def test_a_format_that_is_read_too_comes_before_a_report_of_the_same_ending(tmp_path):
    def writer(words):
        return lambda dataset, stream: stream.write(words)

    exporters = [jmdi.Exporter(f"acme:{n}", (".x",), writer(n.encode())) for n in ("draft", "plan")]
    importer = jmdi.Importer("acme:plan", (".x",), lambda stream, context: iter(()))
    model = jmdi.Model.build([plugin(jmdi_exporters=exporters, jmdi_importers=[importer])])
    model.dataset().write(tmp_path / "a.x")
    assert (tmp_path / "a.x").read_text() == "plan"


def test_a_projection_is_refused_where_there_is_nothing_to_project():
    ds = jmdi.Model.build([plugin(jmdi_metrics=size.__jmdi_metrics__)]).dataset(
        [jmdi.Actor(id="a")]
    )
    with pytest.raises(jmdi.NotFound, match="projection"):
        ds.project("actors").metric("density", projection="actors")
    with pytest.raises(jmdi.NotFound, match="projection"):
        ds.metric("acme:size", projection="actors")
    with pytest.raises(jmdi.NotFound, match="projection"):
        ds.project("actors").model.write(
            ds.project("actors"), io.BytesIO(), format="graphml", projection="actors"
        )
    assert ds.metric("density", projection="actors").subject == "network actors"


def test_names_that_would_never_arrive_are_refused():
    @jmdi.metric("acme:ties", "Ties", on="network", citation="Acme")
    def ties(network: jmdi.Network, *, projection: str = "") -> float:
        """m."""
        return 0.0

    with pytest.raises(jmdi.ModelError, match="'projection' would never reach it"):
        ties.__jmdi_metrics__[0].parameters  # noqa: B018
    wrong = jmdi.Exporter("acme:x", (".x",), lambda data, stream, *, format="": None)
    with pytest.raises(jmdi.ModelError, match="'format'"):
        wrong.options  # noqa: B018
    with pytest.raises(jmdi.ModelError, match=r"importer 'acme:x'.*'limits'"):
        jmdi.Importer("acme:x", (".x",), list, options=(jmdi.Parameter("limits"),))
