"""Each kind of body of a panel as the page writes it, and a panel that fails."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pytest

import jmdi
from jmdi import Money, Panel, panels
from jmdi_report import plugin
from jmdi_report.choosing import CANDIDATES
from jmdi_report.facts import Facts
from jmdi_report.sections.cards import card_of
from jmdi_report.settings import Settings

DAY = datetime.date(2015, 11, 1)
TITLE = {"en": "A panel", "ar": "لوحة"}
BODIES = {
    "cards": (
        panels.Cards([panels.Card("Cost", value=panels.Unknown({"en": "not asked"}))]),
        ["Cost", "not asked"],
    ),
    "grid": (
        panels.Grid(
            [panels.Column("Name"), panels.Column("Cost", "money")],
            [("<b>Alba</b>", Money(reason="in_kind")), ("Bora", Money("5", "USD"))],
            left_out=3,
        ),
        ["&lt;b&gt;Alba&lt;/b&gt;", "In kind", "5 USD", ">and 3 more<"],
    ),
    "bars": (
        panels.Bars([panels.Bar("Local", 0.4, 0.3, 0.6), panels.Bar("None", why="not recorded")]),
        ["40%", "[30% – 60%]", "not known", "not recorded"],
    ),
    "stacked": (
        panels.Bars(
            [panels.Bar("EUR", parts=[panels.Part("own", Decimal(5)), panels.Part("x", 7)])]
        ),
        ['class="series-0"', 'class="series-1"', ">12<"],
    ),
    "matrix": (
        panels.Matrix(("a",), ("b", "c"), ((8, None),)),
        ['<td class="shade-8">8<', '<td class="none">?<'],
    ),
    "timeline": (
        panels.Timeline(
            [
                panels.Row("Training", spans=[panels.Span(DAY, DAY.replace(day=30), "uncertain")]),
                panels.Row(
                    "Opening", spans=[panels.Span(DAY, DAY, "single")], money=Money("5", "USD")
                ),
                panels.Row("Law", dates=panels.Unknown("not stated")),
            ]
        ),
        ['class="uncertain"', 'class="day"', "5 USD", "not stated", "no date"],
    ),
    "curve": (
        panels.Curve(
            [panels.Line("share", [panels.Point(2010, 0.1, 0.0, 0.2), panels.Point(2011, 0.4)])],
            marks=[panels.Mark("tipping", y=0.25)],
        ),
        ['class="stroke series-0"', "tipping", "<td>2011</td>"],
    ),
    "levels": (
        panels.Levels([panels.Level("Products", 3, panels.Range(0.4, 0.2, 0.6))]),
        ["Products", "40% [20% – 60%]"],
    ),
    "trail": (
        panels.Trail(
            [panels.Step("Guide", "product"), panels.Step("a quote", "quote", 1, "broken")],
            [(0, 1)],
        ),
        ["Guide", "a quote", 'class="broken"'],
    ),
    "paragraphs": (panels.Paragraphs(["one", {"en": "two"}]), ["one", "two"]),
}


def model_with(make):
    class Own(jmdi.Plugin):
        @jmdi.hookimpl
        def jmdi_panels(self):
            return [Panel("own:panel", "plan", TITLE, make)]

    return jmdi.Model.build([plugin, Own()])


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_body_says_what_it_holds_without_a_script(name, lang):
    body, said = BODIES[name]
    html = model_with(lambda dataset: body).dataset().report(lang=lang, sections="plan").html
    section = re.search(r'<section id="plan".*?</main>', html, re.S)[0]
    assert TITLE[lang] in section
    if lang == "en":
        for text in said:
            assert text in section.replace("<span>", "").replace('<small class="ends"> ', ""), text


def test_a_panel_without_anything_to_show_is_not_there():
    html = model_with(lambda dataset: None).dataset().report(sections=["plan", "method"]).html
    assert '<section id="plan"' not in html


@pytest.mark.parametrize("error", [jmdi.NotFound("practice", "x", ["y"]), KeyError("x")])
def test_a_panel_that_fails_says_so_and_the_page_is_there(error):
    def fails(dataset):
        raise error

    html = model_with(fails).dataset().report(sections=["plan", "method"]).html
    plan = re.search(r'<section id="plan".*?</section>', html, re.DOTALL)[0]
    assert "failed" in plan and type(error).__name__ in plan
    assert '<section id="method"' in html


def test_what_is_no_body_is_named():
    html = model_with(lambda dataset: "<b>").dataset().report(sections="plan").html
    assert "one of the bodies of jmdi.panels" in html


def test_every_candidate_is_a_metric_of_the_core_or_of_a_known_plugin():
    metrics = jmdi.Model.build().catalog.metrics
    prefixes = {name.partition(":")[0] for name in metrics}
    for name, _ in CANDIDATES:
        assert name in metrics or name.partition(":")[0] not in prefixes


def test_a_country_is_named_in_the_language_of_the_page():
    ds = jmdi.dataset([jmdi.Actor(id="a")])
    facts = Facts(ds, Settings(languages=("fr", "en")))
    spain = panels.Country("ES", {"en": "Spain"})
    assert facts.plain(spain) == "Espagne"
    assert "Spain" in facts.words(spain) and "Espagne" in facts.words(spain)
    own = panels.Country("XA", {"en": "Amaria"})
    assert facts.plain(own) == "Amaria"


@pytest.mark.parametrize(
    ("low", "high", "said"), [(2, 5, "2 – 5"), (2, None, "≥ 2"), (None, 5, "≤ 5")]
)
def test_a_card_without_a_value_shows_the_bounds_that_it_has(low, high, said):
    facts = Facts(jmdi.dataset([jmdi.Actor(id="a")]), Settings())
    assert card_of(facts, jmdi.Result(metric="m", lower=low, upper=high)).value == said


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [
        (None, 2, 5, "2 – 5"),
        (None, 2, None, "≥ 2"),
        (None, None, 5, "≤ 5"),
        (3, 2, 5, "3 [2 – 5]"),
        (3, 3, 3, "3"),
        (3, 2, None, "3 [≥ 2]"),
        (None, None, None, "not known"),
    ],
)
def test_a_bound_is_never_shown_as_the_value(value, low, high, said):
    grid = panels.Grid([panels.Column("x")], [[panels.Range(value, low, high)]])
    bars = panels.Bars([panels.Bar("a", value, low, high)], "places")
    for body in (grid, bars):
        html = model_with(lambda _, body=body: body).dataset().report(sections="plan").html
        assert said in html.replace('<small class="ends">', "")
        assert said.startswith(("3", "n")) or f">{said}" in html


@pytest.mark.parametrize(
    ("low", "high", "drawn"),
    [(None, None, (50, 0)), (0.25, 0.75, (25, 50)), (0.25, None, (25, 75)), (None, 0.75, (0, 75))],
)
def test_a_range_with_an_open_end_is_drawn_to_the_end_of_the_scale(low, high, drawn):
    facts = Facts(jmdi.dataset([jmdi.Actor(id="a")]), Settings())
    result = jmdi.Result(metric="m", value=0.5, lower=low, upper=high, range=(0, 1))
    line = card_of(facts, result).whisker
    assert (line.low, line.width, line.value) == (*drawn, 50)
