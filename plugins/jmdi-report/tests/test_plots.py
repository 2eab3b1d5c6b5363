"""Figures show what the data say, change nothing else, and are the same bytes every time."""

from __future__ import annotations

import re

import pytest

import jmdi

matplotlib = pytest.importorskip("matplotlib")

from jmdi_report.layouts import territory  # noqa: E402
from jmdi_report.plots.actors import Actors, arranged  # noqa: E402
from jmdi_report.plots.marks import outline  # noqa: E402
from jmdi_report.plots.saving import image, save  # noqa: E402
from jmdi_report.plots.saying import drawn  # noqa: E402
from jmdi_report.plots.styles import STYLES  # noqa: E402


@pytest.fixture(scope="module")
def sample():
    return jmdi.datasets.load("sample")


@pytest.fixture(scope="module")
def net(sample):
    return sample.project("actors")


@pytest.fixture(autouse=True)
def nothing_changes():
    before = dict(matplotlib.rcParams)
    yield
    assert dict(matplotlib.rcParams) == before


def words(axes):
    """All texts of a figure."""
    found = axes.figure.findobj(matplotlib.text.Text)
    return " ".join(text.get_text() for text in found)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("layout", ["territory", "force", "matrix"])
def test_every_layout_in_every_style_is_the_same_bytes_twice(net, layout, style):
    one, two = (image(net.plot(layout=layout, style=style), "svg") for _ in range(2))
    assert one == two
    assert b"<dc:date>" not in one


@pytest.mark.parametrize("format", ["png", "pdf"])
def test_other_formats_are_too(net, format):
    assert image(net.plot(), format) == image(net.plot(), format)


def test_figures_stand_where_the_page_has_them(net):
    actors = Actors.of(net)
    at = arranged(actors, "territory", 0)
    same = territory(
        actors.types, actors.places, actors.degrees
    )  # no country of the sample is on a map
    assert (at.x == same.x).all() and at.circles == same.circles


def test_a_network_names_its_places_types_and_best_connected(net):
    said = words(net.plot())
    assert "Local authority (48)" in said and "Type not known (2)" in said
    assert "Harmonia · 15" in said
    assert "Autorité nationale (8)" in words(net.plot(language="fr"))


def test_countries_have_their_names_and_own_codes_those_of_the_data(net):
    assert "Bahria · 15" in words(net.plot())  # XB, which babel calls Pseudo-Bidi
    plain = jmdi.Network.from_edges(
        [("a", "b")], nodes={"a": {"country": "CH"}, "b": {"country": "XB"}}
    )
    said = words(plain.plot(language="fr"))
    assert "Suisse · 1" in said and "XB · 1" in said


def test_ties_that_go_one_way_have_an_arrow_and_many_are_bands():
    def polygons(net):
        return [c for c in net.plot().collections if type(c).__name__ == "PolyCollection"]

    ways = [("a", "b"), ("b", "a"), ("b", "c")]
    net = jmdi.Network.from_edges(ways, directed=True)
    assert len(polygons(net)[0].get_paths()) == 1
    assert len(polygons(jmdi.Network.from_edges(ways))) == 1  # the nodes alone
    many = [(f"{i}", f"{j}") for i in range(100) for j in range(i)]
    nodes = {f"{i}": {"country": "SN" if i % 2 else "MA"} for i in range(100)}
    lines = [
        c
        for c in jmdi.Network.from_edges(many, nodes=nodes).plot().collections
        if type(c).__name__ == "LineCollection"
    ]
    assert [len(c.get_segments()) for c in lines] == [1]


def test_nodes_of_other_kinds_are_named_by_kind(sample):
    said = words(sample.project("workplan").plot(layout="force"))
    assert "action (12)" in said and "Type not known" not in said


def test_labels_can_be_chosen(net):
    town = net.nodes[4]
    assert net.node(4).label() in words(net.plot(labels=[town]))
    assert len(net.plot(labels=False).texts) < len(net.plot(labels=True).texts) == 129
    with pytest.raises(jmdi.NotFound, match="node 'nowhere'"):
        net.plot(labels=["nowhere"])


def test_colours_and_sizes_are_attributes_results_or_mappings(net):
    degrees = net.metric("network:degree")
    assert "Degree" in words(net.plot(color=degrees, size=degrees))
    assert "not known: 120" in words(net.plot(color={net.nodes[0]: 1.5}))
    assert "XE (16)" in words(net.plot(color="country"))
    with pytest.raises(jmdi.NotFound, match="attribute 'colour'"):
        net.plot(color="colour")
    with pytest.raises(ValueError, match="2 values for 121 nodes"):
        net.plot(size=[1, 2])


def test_what_nobody_observed_is_not_drawn_as_a_tie():
    net = jmdi.Network("n", "abcd", [0], [1], unobserved=[(1, 2)])
    lines = [c for c in net.plot().collections if type(c).__name__ == "LineCollection"]
    assert [len(c.get_segments()) for c in lines] == [1, 1]
    solid, dashed = (c.get_linestyle()[0][1] for c in lines)
    assert solid is None and dashed is not None
    cells = net.plot(layout="matrix").images[0].get_array()
    assert sorted(cells.ravel().tolist()) == [0] * 12 + [1] * 2 + [3] * 2


@pytest.mark.parametrize("layout", ["territory", "force", "matrix"])
def test_a_network_of_nobody_and_one_of_plain_ids_are_drawn(layout):
    assert jmdi.Network("empty", ()).plot(layout=layout)
    assert jmdi.Network.from_edges([("a", "b"), ("b", "c")]).plot(layout=layout)


def test_given_axes_are_used_and_names_are_checked(net):
    axes = matplotlib.figure.Figure().subplots()
    assert net.plot(axes) is axes
    with pytest.raises(jmdi.NotFound, match="did you mean 'territory'"):
        net.plot(layout="teritory")
    with pytest.raises(jmdi.NotFound, match="style 'drak'"):
        net.plot(style="drak")


def test_files_are_written_whole_by_their_ending(net, tmp_path):
    save(net.plot(), tmp_path / "map.svg")
    assert re.match(rb"<\?xml", (tmp_path / "map.svg").read_bytes())
    with pytest.raises(jmdi.NotFound, match="'gif'"):
        save(net.plot(), tmp_path / "map.gif")


@pytest.mark.parametrize(
    "shape",
    [
        "circle",
        "square",
        "triangle",
        "diamond",
        "down",
        "pentagon",
        "hexagon",
        "plus",
        "star",
        "cross",
        "bar",
    ],
)
def test_shapes_have_one_area(shape):
    x, y = outline(shape).T
    area = abs(sum(x[i - 1] * y[i] - x[i] * y[i - 1] for i in range(len(x)))) / 2
    assert area == pytest.approx(3.14159, rel=1e-3)


def test_people_have_no_name():
    people = jmdi.Actor(
        id="a", names={"en": "Ana López"}, type=jmdi.code("actor-type", "individuals")
    )
    net = jmdi.dataset([people, jmdi.Actor(id="b", names={"en": "Naga"})]).project("actors")
    said = words(net.plot(labels=True))
    assert "Naga" in said and "(hidden)" in said and "Ana" not in said


def test_a_name_is_no_formula_and_shows_no_address(tmp_path):
    name = "US$5 to $\\foo{ ana@x.example"
    ds = jmdi.dataset(
        [
            jmdi.Actor(id="a", names={"en": name}),
            jmdi.Actor(id="b", names={"en": "\ud800"}),
            jmdi.Tie(id="t", source="a", target="b"),
            jmdi.Action(id="x", names={"en": name}, timeline=jmdi.Period("2026")),
        ]
    )
    net = ds.project("actors")
    for i, axes in enumerate(
        (net.plot(), net.plot(layout="matrix"), net.metric("degree").plot(), ds.plot_gantt())
    ):
        axes.figure.savefig(tmp_path / f"{i}.svg")
    assert drawn(name).startswith("US\\$5 to \\$\\foo{ ")
    assert "ana@" not in drawn(name)
