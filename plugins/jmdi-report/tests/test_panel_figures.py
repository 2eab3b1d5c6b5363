"""Panels as figures, and the command that writes figures."""

from __future__ import annotations

import datetime

import pytest
from click.testing import CliRunner

import jmdi
from jmdi import panels
from jmdi.cli.root import cli
from jmdi.metrics.result import NoFigure

matplotlib = pytest.importorskip("matplotlib")

from jmdi_report.plots.panels import panel  # noqa: E402
from jmdi_report.plots.saving import image  # noqa: E402
from jmdi_report.plots.saying import said  # noqa: E402


@pytest.fixture(scope="module")
def plan():
    return jmdi.datasets.load("jmdi")


def texts(axes):
    return " ".join(t.get_text() for t in axes.figure.findobj(matplotlib.text.Text))


def day(text):
    return datetime.date.fromisoformat(text)


def test_a_plan_shows_what_is_sure_what_is_not_and_what_has_no_date(plan):
    axes = plan.plot_gantt()
    bars = [patch for patch in axes.patches if patch.get_height() == 0.5]
    assert [bool(bar.get_hatch()) for bar in bars].count(True) == 1
    said = texts(axes)
    assert "After Holy Week 2016" in said and "12,000 – 15,000 USD" in said
    assert "embedded" in said.lower() and " 0 " not in said
    assert "fixed" in said and "to be determined" in said and "single day" in said


def test_a_day_is_a_diamond_and_rows_of_a_group_have_a_head():
    spans = [panels.Span(day("2016-01-04"), day("2016-01-04"), "single")]
    row = panels.Row("Meeting", "Local level", spans, money=jmdi.Money(reason="in_kind"))
    axes = panel(panels.Timeline([row]))
    assert [line.get_marker() for line in axes.lines] == ["D"]
    assert "Local level" in texts(axes) and "In kind" in texts(axes)
    assert "Jan\n2016" in texts(axes)


def test_a_plan_in_arabic_runs_from_right_to_left(plan):
    axes = plan.plot_gantt(language="ar")
    left, right = axes.get_xlim()
    assert left > right


def test_pillars_say_how_many_and_why_not():
    levels = [panels.Level(f"Pillar {n}", n, panels.Range(0.5, 0.25, 1)) for n in range(1, 5)]
    levels.append(panels.Level("Pillar 5", panels.Unknown("nobody said")))
    axes = panel(panels.Levels(levels, "pillars"))
    assert len(axes.patches) == 5  # a roof and four columns
    assert "nobody said" in texts(axes)
    assert len(panel(panels.Levels(levels)).patches) == 5


@pytest.mark.parametrize("style", ["light", "dark", "print"])
def test_panels_of_all_plugins_are_drawn_the_same_twice(style):
    ds = jmdi.datasets.load("sample")
    drawn = 0
    for spec in ds.model.catalog.panels.values():
        body = spec.make(ds)
        if body is None:
            continue
        try:
            one = image(panel(body, style=style), "svg")
        except NoFigure as error:
            assert "is text and no picture" in str(error)
            continue
        assert one == image(panel(body, style=style), "svg")
        drawn += 1
    assert drawn >= 5


def test_bars_say_why_they_have_no_length():
    bars = panels.Bars(
        [
            panels.Bar("a", 3, low=2, high=5),
            panels.Bar("b", why="to be determined"),
            panels.Bar("c", parts=[panels.Part("x", 1), panels.Part("y", 2)]),
        ],
        "EUR",
    )
    axes = panel(bars)
    assert [patch.get_width() for patch in axes.patches] == [3, 1, 2]
    assert "to be determined" in texts(axes) and axes.get_xlabel() == "EUR"


def test_a_matrix_hatches_what_is_not_known():
    axes = panel(panels.Matrix(["r"], ["a", "b"], [[1, None]], "pieces"))
    assert [patch.get_hatch() for patch in axes.patches] == ["////"]


def test_a_curve_has_its_band_and_marks():
    points = [panels.Point(x, x / 4, x / 8, x / 2) for x in range(4)]
    curve = panels.Curve(
        [panels.Line("share", points)], "year", "share", [panels.Mark("half", y=0.5)]
    )
    axes = panel(curve)
    assert [line.get_label() for line in axes.lines] == ["share", "half"]
    assert len(axes.collections) == 1
    days = [panels.Point(day(f"201{n}-01-01"), n) for n in range(3)]
    assert "2010" in texts(panel(panels.Curve([panels.Line("x", days)])))


def test_what_is_no_picture_or_not_there_is_said():
    with pytest.raises(NoFigure, match="Paragraphs is text and no picture"):
        panel(panels.Paragraphs(["text"]))
    with pytest.raises(NoFigure, match="there is no action to draw"):
        jmdi.dataset([]).plot_gantt()
    with pytest.raises(NoFigure, match="there is no record of a pillar"):
        jmdi.dataset([]).plot_pillars()
    with pytest.raises(jmdi.NotFound, match="language 'xx'"):
        panel(panels.Paragraphs(["text"]), language="xx")


def run(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def partners(tmp_path):
    path = tmp_path / "partners.jsonl"
    jmdi.write(jmdi.datasets.load("sample"), path)
    return path


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("--layout", "force", "--seed", "3", "--style", "dark"),
        ("--layout", "gantt", "--size", "18x12"),
        ("--layout", "pillars", "--lang", "es"),
        ("--metric", "network:degree", "--style", "print"),
        ("--color", "network:degree"),
        ("--param", "co_participation=false"),
        ("--metric", "network:degree", "--projection", "full", "--param", "direction=in"),
    ],
)
def test_the_command_writes_the_same_bytes(partners, tmp_path, more):
    for name in ("one.svg", "two.svg"):
        assert run("plot", partners, "-o", tmp_path / name, "-q", *more).exit_code == 0
    one = (tmp_path / "one.svg").read_bytes()
    assert one == (tmp_path / "two.svg").read_bytes()
    assert one.startswith(b"<?xml")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("-o", "map.gif"), "-o ends in .svg, .png or .pdf"),
        (("-o", "map.svg", "--size", "big"), "such as 18x12, not 'big'"),
        (("-o", "map.svg", "--lang", "xx"), "language 'xx' not found"),
        (("-o", "map.svg", "--metric", "densty"), "did you mean 'density'"),
        (("-o", "map.svg", "--param", "tie_kind=x"), "did you mean 'tie_kinds'"),
        (("-o", "map.svg", "--layout", "gantt", "--param", "as_of=2"), "not for --layout gantt"),
    ],
)
def test_the_command_says_what_is_wrong(partners, tmp_path, monkeypatch, more, said):
    monkeypatch.chdir(tmp_path)
    result = run("plot", partners, "-q", *more)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "map.svg").exists()


def test_a_picture_is_replaced_only_by_force(partners, tmp_path):
    out = tmp_path / "map.svg"
    out.write_text("mine")
    assert run("plot", partners, "-o", out, "-q").exit_code == 3
    assert out.read_text() == "mine"
    assert run("plot", partners, "-o", out, "-q", "--force").exit_code == 0


def test_a_range_is_said_with_its_bounds():
    assert said(panels.Range(None, 2), "en") == "≥ 2"
    assert said(panels.Range(3, 2, 5), "en") == "3 [2 – 5]"
    assert said(panels.Range(None), "fr") == "inconnu"


def test_parameters_reach_the_projection_and_the_metric(tmp_path):
    kinds = {"ab": "funding", "bc": "advocacy"}
    ties = [
        jmdi.Tie(id=pair, source=pair[0], target=pair[1], type=jmdi.code("tie-kind", kind))
        for pair, kind in kinds.items()
    ]
    path = tmp_path / "ties.jsonl"
    jmdi.dataset([*(jmdi.Actor(id=id) for id in "abc"), *ties]).write(path)
    drawn = {}
    for more in ((), ("--param", "tie_kinds=funding"), ("--param", "projection.tie_kinds=funding")):
        for metric in ((), ("--metric", "network:degree")):
            out = tmp_path / "x.svg"
            result = run("plot", path, "-o", out, "-q", "--force", *metric, *more)
            assert result.exit_code == 0, result.stderr
            drawn[metric, more[1:]] = out.read_bytes()
    for metric in ((), ("--metric", "network:degree")):
        plain, one, two = (d for (of, _), d in drawn.items() if of == metric)
        assert plain != one == two
