"""Cards of notebooks are small, safe and about nobody in person."""

from __future__ import annotations

import html.parser
import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.display.card import MOST_BYTES, Section, card
from jmdi.display.privacy import is_personal, masked

HOSTILE = "<img src=x onerror=alert(1)></script><b>\"'&"


def every_card(n: int, name: str) -> dict[str, str]:
    """A card of each class, of n things with a name that is said wherever it can be."""
    actors = [
        jmdi.Actor(
            id=f"actor/{i}",
            names={"en": f"{name} {i}", "ar": "بلدية " * 20},
            type=jmdi.code("actor-type", f"own-{i % 50}"),
            country="SN",
            extra={name: name},
        )
        for i in range(n)
    ]
    problems = [
        jmdi.Problem(f"J{i % 400:03}", "error", name, jmdi.Where(file=name, row=i), value=name)
        for i in range(n)
    ]
    ds = jmdi.Dataset(actors, header={"title": name}, problems=problems, unread={name: problems[0]})
    net = jmdi.Network.from_edges(
        [(a.id, b.id) for a, b in itertools.pairwise(actors)],
        nodes={a.id: {f"{name} {k}": name for k in range(30)} for a in actors},
        name=name,
    )
    result = jmdi.Result(
        metric=name,
        title=name,
        value=0.5,
        lower=0.25,
        upper=0.75,
        range=(0, 1),
        values={a.id: i for i, a in enumerate(actors)},
        labels={a.id: f"{name} {a.id}" for a in actors},
        convention=name * 100,
        parameters={name: [name] * 100},
        notes={name: name},
    )
    table = jmdi.Table([f"{name} {k}" for k in range(200)], [[name * 20] * 200] * n)
    shown = (ds, ds.of(jmdi.Actor), net, result, table, jmdi.CheckReport(problems))
    return {type(one).__name__: one._repr_html_() for one in shown}


class Tags(html.parser.HTMLParser):
    """The elements and attributes of a page, and whether every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen |= {tag, *(f"@{name}" for name, _ in attrs)}
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


TAGS = "div style pre p b i span details summary table tr th td"


@pytest.mark.parametrize("n", [1, 20_000])
def test_cards_are_small_and_hold_nothing_that_runs(n):
    for name, page in every_card(n, HOSTILE).items():
        assert len(page.encode()) <= MOST_BYTES, name
        tags = Tags()
        tags.feed(page)
        assert tags.open == []
        assert {tag for tag in tags.seen if not tag.startswith("@")} <= set(TAGS.split())
        attributes = {tag for tag in tags.seen if tag.startswith("@")}
        assert attributes <= {"@class", "@style", "@open", "@aria-hidden"}


def test_styles_hold_inside_the_card_only():
    page = jmdi.Dataset()._repr_html_()
    style = re.search(r"<style>(.*)</style>", page)[1].replace(
        "@media(prefers-color-scheme:dark){", ""
    )
    selectors = [one for rule in style.split("}") for one in rule.partition("{")[0].split(",")]
    assert all(".jmdi" in one for one in selectors if one)
    assert "prefers-color-scheme:dark" in page and "--jp-content-font-color0" in page


def test_without_styles_the_card_is_text():
    sample = jmdi.datasets.load("sample")
    page = sample._repr_html_()
    text = re.search(r"<pre>(.*?)</pre>", page, re.DOTALL)[1]
    begins = f"Dataset sample (invented for jmdi) of {len(sample):,} records\n  tie  295"
    assert text.startswith(begins)
    assert '<div style="display:none">' in page  # what its styles show


def test_a_dataset_and_its_records_name_no_actor():
    cards = every_card(3, "Ana López")
    assert "Ana" not in cards["Records"]
    assert cards["Dataset"].count("Ana") == 2  # the title of the data, in both forms
    assert "Ana" not in cards["CheckReport"].replace("Ana López, row", "")  # the file's name
    assert "actor/1" not in cards["Dataset"] + cards["Records"] + cards["CheckReport"]


def test_people_and_their_contacts_are_hidden():
    table = jmdi.Table(
        ("town", "Contact person", "e_mail", "note"),
        [("Naga", "Ana López", "a@b.org", "call +34 600 123 456, or ana@x.example")],
    )
    page = table._repr_html_()
    assert "Naga" in page and page.count("(hidden)") == 4  # as HTML and as text
    assert not [word for word in ("Ana", "a@b", "123 456", "ana@x") if word in page]
    result = jmdi.Result(
        metric="ties", values={"person/ana": 3, "actor/naga": 2}, labels={"person/ana": "Ana"}
    )
    assert "Ana" not in result._repr_html_() and "actor/naga" in result._repr_html_()


@pytest.mark.parametrize(
    ("name", "personal"),
    [
        ("contact_person", True),
        ("E-mail", True),
        ("person/ana", True),
        ("acme:person/7", True),
        ("author", True),
        ("telephone", True),
        ("actor/people-abroad", False),
        ("personnel", False),
        ("authority", False),
        ("country", False),
    ],
)
def test_names_say_what_is_personal(name, personal):
    assert is_personal(name) is personal


def test_numbers_of_people_are_shown_and_those_of_phones_are_not():
    page = jmdi.Table(("people", "phone"), [(4711, 600123456)])._repr_html_()
    assert "4,711" in page and "600" not in page.partition("</style>")[2]


def test_a_text_keeps_its_dates_and_numbers():
    text = "2015-06-01 to 2016-12-31, 12 000 EUR, +4 towns, 10 @ 5"
    assert masked(text) == text


def test_values_and_bounds_are_shown():
    page = jmdi.Result(metric="m", value=0.5, lower=0.25, upper=0.75, range=(0, 1))._repr_html_()
    assert "0.5   [0.25, 0.75]" in page
    assert "left:25.0%;width:50.0%" in page and 'left:50.0%"' in page
    page = jmdi.undefined("no_ties")._repr_html_()
    assert "undefined: no_ties" in page


cells = st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=300), st.booleans())


@given(
    st.text(max_size=500),
    st.lists(st.text(max_size=2000), max_size=3),
    st.lists(st.lists(st.lists(cells, max_size=30), max_size=30), max_size=6),
)
def test_no_card_is_too_large(title, lines, parts):
    page = card(title, lines, [Section(title, rows) for rows in parts])
    assert len(page.encode("utf-8", "replace")) <= MOST_BYTES
    tags = Tags()
    tags.feed(page)
    assert tags.open == []


def test_persons_among_the_values_of_a_result_have_no_name():
    person = jmdi.Actor(
        id="actor/jane-doe",
        names={"en": "Jane Doe"},
        type=jmdi.code("actor-type", "individuals"),
    )
    town = jmdi.Actor(id="town", names={"en": "Town"})
    ds = jmdi.dataset([person, town, jmdi.Tie(id="t", source=person.id, target="town")])
    result = ds.project("actors").metric("degree")
    assert result.labels == {person.id: "Jane Doe", "town": "Town"}
    shown = result._repr_html_()
    assert "jane" not in shown.lower()
    assert "(hidden)" in shown
    assert "Town" in shown
