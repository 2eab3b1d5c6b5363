"""The page as Python writes it: what it holds and leaves out, and that it is always the same."""

from __future__ import annotations

import base64
import datetime
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi import Actor, KnowledgeItem, Tie, code
from jmdi_report import payload
from jmdi_report.payload import as_json
from jmdi_report.privacy import masked, without_folders

HOSTILE = '</script><img src=x onerror="alert(1)">\u2028'


@pytest.fixture(scope="module")
def everything():
    """A model with all plugins that are installed."""
    return jmdi.Model.build()


@pytest.fixture(scope="module")
def sample(everything):
    return jmdi.datasets.load("sample", model=everything)


@pytest.fixture(scope="module")
def page(sample):
    return sample.report(compress=False).html


def data_of(html):
    found = re.search(
        r'<script type="application/json" id="data"([^>]*)>(.*?)</script>', html, re.S
    )
    text = found[2]
    if "gzip+base64" in found[1]:
        text = gzip.decompress(base64.b64decode(text)).decode()
    return json.loads(text)


def two(model, **more):
    """Two tied actors."""
    actors = [
        Actor(id="a", names={"en": HOSTILE}, type=code("actor-type", "local_authority"), **more),
        Actor(id="b", names={"en": "Fund"}, country="SN"),
    ]
    return model.dataset([*actors, Tie(id="t", source="a", target="b")])


def test_the_sections_of_the_sample_are_all_there(page):
    for name in ("overview", "network", "plan", "knowledge", "tables", "method"):
        assert f'<section id="{name}"' in page


def test_the_payload_has_one_item_for_each_actor(page, sample):
    data = data_of(page)
    actors = len(sample.of(Actor))
    assert data["version"] == 1
    for column in ("id", "label", "type", "place", "degree"):
        assert len(data["map"][column]) == actors
    for layout in data["map"]["layouts"].values():
        assert len(layout["x"]) == len(layout["y"]) == actors
        assert 0 <= min(layout["x"]) <= max(layout["x"]) <= 65535
    ties = data["map"]["ties"]
    assert len(ties["s"]) == len(ties["t"]) == len(ties["layer"]) > 0
    assert max(ties["layer"]) < len(data["map"]["layers"])
    assert set(ties["state"]) == {0, 1, 2}


def test_degrees_are_those_of_the_network(page, sample):
    data = data_of(page)
    net = sample.project("actors", directed=False)
    partners = {id: set() for id in net.nodes}
    for edge in net.edges:
        partners[edge.source].add(edge.target)
        partners[edge.target].add(edge.source)
    degrees = dict(zip(data["map"]["id"], data["map"]["degree"], strict=True))
    assert degrees == {id: len(found - {id}) for id, found in partners.items()}


def test_only_our_script_may_run_and_nothing_is_loaded(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; img-src data: blob:;")
    for tag, rule in (("style", "style-src"), ('script type="module"', "script-src")):
        text = re.search(rf"<{tag}>(.*?)</", page, re.S)[1]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in policy
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|https?://[^\s\"']*\.(js|css)", page)


def test_what_a_name_says_is_never_markup(everything):
    html = two(everything).report(compress=False).html
    assert "<img src=x" not in html
    assert "\u2028" not in re.search(r'id="data">.*', html)[0]
    assert HOSTILE in data_of(html)["map"]["label"]


@given(st.text())
def test_json_in_a_script_element_is_the_same_and_closes_nothing(text):
    written = as_json([text])
    assert "<" not in written
    assert not {"\u2028", "\u2029"} & set(written)
    assert json.loads(written) == [text]


def test_the_same_records_give_the_same_bytes_whatever_the_hash_seed():
    program = (
        "import hashlib, jmdi; ds = jmdi.datasets.load('sample');"
        "html = ds.report(lang=['fr', 'ar'], metrics=['density', 'scaling:anchorage']).html;"
        "print(hashlib.sha256(html.encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_the_clock_is_asked_only_on_request(sample, monkeypatch):
    def said(**more):
        return sample.report(sections="method", metrics=["density"], **more).html

    assert "1970" not in said()
    moment = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
    assert "2026-03-01 12:00 UTC" in said(stamp=moment)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert "1970-01-02 00:00 UTC" in said()


def test_contacts_and_persons_are_left_out_unless_asked_for(everything):
    person = Actor(
        id="p",
        names={"en": "Jane Doe"},
        type=code("actor-type", "individuals"),
        description={"en": "call +221 33 123 45 67"},
        extra={"e-mail": "jane@example.org", "staff": 3},
    )
    item = KnowledgeItem(id="i", text="write to jane@example.org", author="Jane Doe")
    ds = two(everything).with_records(person, item, Tie(id="u", source="p", target="a"))
    shown = ds.report(compress=False).html
    assert not re.search(r"Jane|jane|33 123", shown)
    assert data_of(shown)["map"]["attributes"].keys() == {"staff"}
    told = ds.report(compress=False, include_contacts=True).html
    assert all(word in told for word in ("Jane Doe", "jane@example.org", "33 123"))


def test_persons_have_no_name_in_ids_attributes_texts_and_problems(everything):
    person = Actor(
        id="actor/jane-doe",
        names={"en": "Jane Doe"},
        type=code("actor-type", "individuals"),
        description={"en": "Jane Doe teaches"},
        extra={"focal point": "Jane Doe", "persons": 3},
    )
    records = [person, Tie(id="u", source="actor/jane-doe", target="a", reported_by="b")]
    ds = two(everything, extra={"author": "Jane Doe"}).with_records(records)
    problem = jmdi.Problem("J203", "error", "Jane Doe is there twice", jmdi.Where(record=person.id))
    ds = jmdi.Dataset(ds.records, model=everything, problems=[problem])
    shown = ds.report(compress=False).html
    assert not re.search(r"jane", shown, re.IGNORECASE)
    data = data_of(shown)["map"]
    assert data["attributes"].keys() == {"persons"}  # a number
    assert len(data["ties"]["s"]) == 2
    assert "Jane Doe" in ds.report(compress=False, include_contacts=True).html


def test_half_a_surrogate_pair_is_no_text(everything):
    ds = everything.dataset([Actor(id="a", names={"en": "\ud800x"})])
    assert ds.report().html.encode("utf-8")
    assert as_json(["\ud800x"]) == '["?x"]'


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a.b+c@mail.example.org, please", "[e-mail], please"),
        ("+33 (0)1 23 45 67 89", "[phone]"),
        ('{"a":"x@y.org","b":"+33 123456789"}', '{"a":"[e-mail]","b":"[phone]"}'),
        ("1 + 12345678", "1 + 12345678"),
        ("2015-11-01/2015-12-01", "2015-11-01/2015-12-01"),
    ],
)
def test_addresses_are_masked_in_texts(text, left):
    assert masked(text) == left


def test_a_large_network_is_shown_by_place_and_type_and_says_so(sample):
    html = sample.report(max_nodes=50, compress=False, metrics=["density"]).html
    data = data_of(html)
    assert data["map"]["aggregated"] is True
    assert sum(data["map"]["size"]) == len(sample.of(Actor))
    assert len(data["map"]["id"]) < 80
    assert "more than 50" in html
    assert len(data["tables"]["actors"]["rows"][0]) == len(sample.of(Actor))


def test_large_data_is_compressed_and_the_same(sample, monkeypatch):
    monkeypatch.setattr(payload, "LARGE", 1000)
    packed, plain = (sample.report(compress=c, metrics=["density"]).html for c in (True, False))
    assert data_of(packed) == data_of(plain)
    assert len(packed) < len(plain)


def test_the_language_of_numbers_and_texts(sample):
    html = sample.report(lang="ar", digits="arab", sections="overview", metrics=["density"]).html
    assert '<html lang="ar" dir="rtl"' in html
    assert "٪" in html
    assert "لمحة سريعة" in html
    french = sample.report(lang="fr", sections="overview", metrics=["density"]).html
    assert re.search(r"8,8\s%", french)


def test_what_there_is_not_is_refused_by_name(sample):
    with pytest.raises(jmdi.NotFound, match="language 'xx'"):
        sample.report(lang="xx")
    with pytest.raises(jmdi.NotFound, match="section 'maps'"):
        sample.report(sections="maps")
    with pytest.raises(jmdi.NotFound, match="metric"):
        sample.report(metrics="denstiy")
    with pytest.raises(jmdi.BadParameter, match="metrics: names or Results, not 5"):
        sample.report(metrics=[5])
    with pytest.raises(jmdi.BadParameter, match="theme is one of auto, light, dark, not 'blue'"):
        sample.report(theme="blue")


def test_named_metrics_are_shown_and_results_too(sample):
    result = sample.metric("density")
    html = sample.report(metrics=[result, "isolates"], sections="overview").html
    assert re.findall(r'data-metric="([^"]*)"', html) == ["density", "isolates"]


def test_a_notebook_shows_it_in_a_frame_of_its_own(sample):
    shown = sample.report(sections="method", metrics=["density"]).embed(300)._repr_html_()
    assert shown.startswith('<iframe sandbox="allow-scripts allow-downloads"')
    assert "allow-same-origin" not in shown
    assert "<html" not in shown  # it is the text of an attribute


def test_an_empty_dataset_has_a_page(everything):
    html = everything.dataset().report().html
    assert '<section id="overview"' in html
    assert '<section id="network"' not in html


def test_it_is_written_whole(sample, tmp_path):
    path = tmp_path / "page.html"
    report = sample.report(sections="method", metrics=["density"])
    report.write(path)
    assert path.read_text("utf-8") == report.html
    assert [found.name for found in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the key /home/ana/.config/jmdi/people.key, made now", "the key people.key, made now"),
        (r"C:\Users\Ana\plan.docx is locked", "plan.docx is locked"),
        ("~/plans/a.docx", "a.docx"),
        ("see https://example.org/a/b and actor/x/y, 1/2/2015", None),
    ],
)
def test_folders_of_the_author_are_left_out(text, left):
    assert without_folders(text) == (text if left is None else left)


def test_problems_name_files_without_folders(tmp_path):
    table = tmp_path / "ties.csv"
    table.write_text("source,target\nA,B\n,C\n", "utf-8")
    ds = jmdi.read(table, on_error="keep")
    assert ds.problems
    html = ds.report(compress=False, sections="method").html
    assert "ties.csv" in html and str(tmp_path) not in html
