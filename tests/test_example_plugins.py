"""The worked plugins of examples/write_a_plugin/ do what the guide says of them."""

from __future__ import annotations

import datetime
import importlib.util
import io
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jmdi

FOLDER = Path(__file__).parents[1] / "examples" / "write_a_plugin"
FILES = {
    "partner": "partner_survey/partner.py",
    "ucinet": "ucinet_dl/ucinet.py",
    "onward": "onward_adoption/onward.py",
    "twinning": "twinning/twinning.py",
    "risk": "risk_facet/risk.py",
}


def load(name):
    """A plugin, imported once as a module of its name."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, FOLDER / FILES[name])
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


def model_with(*names):
    return jmdi.Model.build([load(name) for name in names])


def test_all_of_them_work_side_by_side():
    model = model_with(*FILES)
    assert {status.state for status in model.catalog.plugins} == {"active"}
    assert model.catalog.problems == ()


@pytest.mark.parametrize("name", FILES)
def test_names_begin_with_the_name_of_the_plugin(name):
    origins = model_with(name).catalog.origins.items()
    own = [what for what, origin in origins if origin.plugin == name]
    assert own
    assert all(what[1].startswith(f"{name}:") for what in own)


# partner: an importer


@pytest.fixture
def survey():
    found = model_with("partner").read(FOLDER / "partner_survey" / "survey.csv", on_error="keep")
    return found, found.problems


def test_a_survey_becomes_actors_ties_and_ratings(survey):
    ds, _ = survey
    assert [actor.label() for actor in ds.of(jmdi.Actor)] == [
        "Municipality A",
        "Diaspora fund",
        "Cooperative bank",
    ]
    assert [(t.state.code, t.strength) for t in ds.of(jmdi.Tie)] == [
        ("present", 3),
        ("present", 1),
        ("present", 2),
        ("absent", 0),
        ("unobserved", None),
    ]
    assert all(tie.reported_by == tie.source for tie in ds.of(jmdi.Tie))
    assert len(ds.of(jmdi.Rates)) == 30
    assert model_with("partner").check(ds).ok


def test_missing_answers_have_a_reason(survey):
    ds, problems = survey
    rates = ds.of(jmdi.Rates)
    assert all((rate.score is None) == (rate.reason is not None) for rate in rates)
    found = {(rate.reason, rate.dimension.words) for rate in rates if rate.reason}
    assert found == {
        ("not_stated", ""),
        ("not_applicable", "n/a"),
        ("refused", "refused"),
        ("unreadable", "often"),
    }
    told = [(problem.code, problem.where.line) for problem in problems]
    assert told == [("partner:P2", 4), ("partner:P1", 7)]


def test_other_columns_are_kept(survey):
    ds, _ = survey
    assert [tie.extra["answers"]["since"] for tie in ds.of(jmdi.Tie)][:2] == ["2012", "2014"]


def test_ratings_of_a_survey_are_written_and_read_again(survey, tmp_path):
    ds, _ = survey
    ds.write(tmp_path / "survey.jsonl")
    assert jmdi.Model.build([]).read(tmp_path / "survey.jsonl") == ds


@given(st.binary(max_size=200) | st.text('respondt,pa\n"1 4é', max_size=200).map(str.encode))
@settings(deadline=None)
def test_any_bytes_are_a_survey_or_refused(data):
    head = b"respondent,partner,openness\n"
    model = model_with("partner")
    for content in (data, head + data):
        try:
            model.read(io.BytesIO(content), format="partner:survey", on_error="keep")
        except jmdi.FormatError as error:
            assert error.problems[0].code == "partner:P3"


def test_a_survey_is_not_read_beyond_its_limit():
    with pytest.raises(jmdi.FormatError, match="more than 10 bytes"):
        model_with("partner").read(
            io.BytesIO(b"respondent,partner\n"),
            format="partner:survey",
            limits=jmdi.Limits(size=10),
        )


# ucinet: an exporter


def written(network):
    stream = io.BytesIO()
    model_with("ucinet").write(network, stream, format="ucinet:dl")
    return stream.getvalue().decode()


def test_dl_is_a_matrix_by_edges():
    edges = [("a b", "c", 1), ("c", "a b", 0.5), ("c", "c", 1), ("A=B", "c", 1e-7)]
    assert written(jmdi.Network.from_edges(edges, nodes=["lonely"])).splitlines() == [
        "DL n=4",
        "format = edgelist1",
        "labels:",
        "lonely",
        "a_b",
        "c",
        "A_B_4",
        "data:",
        "2 3 1.5",
        "3 2 1.5",
        "3 3 1",
        "3 4 1e-07",
        "4 3 1e-07",
    ]
    directed = jmdi.Network.from_edges([("a", "b"), ("b", "a", 2)], directed=True)
    assert written(directed).splitlines()[-2:] == ["1 2 1", "2 1 2"]
    assert written(jmdi.Network.from_edges([])).splitlines()[0] == "DL n=0"


def test_dl_has_the_names_of_actors():
    ds = jmdi.dataset([jmdi.Actor(id="a", names={"fr": "Collectivité, « A »"})])
    assert written(ds.project("actors")).splitlines()[3] == "Collectivité_«_A_»"


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)


@given(st.lists(st.tuples(names, names, st.floats(0.001, 1e9)), max_size=8), st.booleans())
@settings(deadline=None)
def test_another_program_reads_dl_as_it_was_meant(edges, directed):
    igraph = pytest.importorskip("igraph")
    net = jmdi.Network.from_edges(edges, directed=directed)
    text = written(net)
    labels = text.split("labels:\n")[1].split("data:\n")[0].splitlines()
    assert len({label.casefold() for label in labels}) == len(labels) == len(net)
    if not edges:
        return
    plain = [f"n{i}" for i in range(len(net))]  # igraph knows ASCII only
    head, tail = text.split("labels:\n")[0], text.split("data:\n")[1]
    text = "\n".join([f"{head}labels:", *plain, f"data:\n{tail}"])
    graph = read_dl(igraph, text)
    assert graph.vs["name"] == plain
    expected = {}
    for edge in net.edges:
        cell = (net.index[edge.source], net.index[edge.target])
        for key in {cell, cell if directed else cell[::-1]}:
            expected[key] = expected.get(key, 0) + edge.weight
    got = dict(zip(graph.get_edgelist(), graph.es["weight"], strict=True))
    assert got == pytest.approx(expected)


def read_dl(igraph, text):
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".dl", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        return igraph.Graph.Read_DL(file.name)


# onward: a metric


def spread(when, ties, **parameters):
    """The metric for actors that adopted one practice on some days after the first of 2015."""
    records = [jmdi.Practice(id="p")]
    for name, day in when.items():
        date = datetime.date(2015, 1, 1) + datetime.timedelta(days=day) if day is not None else None
        period = jmdi.Period(str(date)) if date else None
        records += [
            jmdi.Actor(id=name),
            jmdi.Adopts(id=f"x/{name}", source=name, target="p", period=period),
        ]
    records += [jmdi.Tie(id=f"t/{a}{b}", source=a, target=b) for a, b in ties]
    return model_with("onward").dataset(records).metric("onward:mean", **parameters)


def test_adoptions_that_follow_a_tie_are_onward():
    days = {"a": 0, "b": 100, "c": 200, "d": 1000}
    result = spread(days, ["ab", "bc", "ad"])
    assert result.value == pytest.approx(2 / 3)  # b after a, c after b; d came too late
    assert (result.n_used, result.n_eligible, result.notes["recent"]) == (3, 3, 1)
    assert spread(days, ["ab", "bc", "ad"], days=150).value == pytest.approx(2 / 3)
    assert spread(days, [], days=10).value == 0


def test_one_adoption_is_shared_out_among_those_it_follows():
    assert spread({"a": 0, "b": 1, "c": 2, "z": 900}, ["ac", "bc"]).value == pytest.approx(1 / 3)


def test_adoptions_without_a_day_lower_the_coverage():
    result = spread({"a": 0, "b": None, "z": 900}, ["ab"])
    assert (result.value, result.coverage) == (0, 0.5)


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ({}, "missing_input"),
        ({"a": None}, "missing_input"),
        ({"a": 0, "b": 9}, "not_enough_periods"),
    ],
)
def test_the_metric_says_why_there_is_no_value(days, reason):
    assert spread(days, []).undefined == reason


@given(st.permutations([("a", 0), ("b", 30), ("c", 60), ("d", None), ("e", 800)]))
@settings(deadline=None)
def test_order_does_not_matter(days):
    assert spread(dict(days), ["ab", "bc", "ce"]).value == pytest.approx(2 / 3)


# twinning: a kind and a relation


def test_towns_that_signed_are_twins(tmp_path):
    twinning = load("twinning")
    model = model_with("twinning")
    towns = [jmdi.Actor(id=name) for name in "abc"]
    pact = twinning.Agreement(id="pact", period=jmdi.Period("2010/.."), renewable=True)
    alone = twinning.Agreement(id="alone")
    signed = [twinning.Signed(id=f"s/{t.id}", source=t.id, target="pact") for t in towns]
    late = twinning.Signed(id="s/late", source="a", target="alone", date=datetime.date(2014, 5, 1))
    ds = model.dataset([*towns, pact, alone, *signed, late])
    net = ds.project("twinning:towns")
    assert (net.n_nodes, net.n_edges) == (3, 3)
    (problem,) = model.check(ds).problems
    assert (problem.code, problem.where.record, problem.plugin) == (
        "twinning:T1",
        "alone",
        "twinning",
    )
    model.write(ds, tmp_path / "twins.jsonl")
    assert model.read(tmp_path / "twins.jsonl") == ds
    core = jmdi.Model.build([])
    core.write(core.read(tmp_path / "twins.jsonl"), tmp_path / "again.jsonl")
    assert model.read(tmp_path / "again.jsonl") == ds


# risk: a facet


def test_a_facet_is_read_in_its_first_version_too():
    risk = load("risk")
    old = (
        b'{"jmdi":"1.0","facets":{"risk:review":{"v":1,"from":"jmdi-risk 1.0"}}}\n'
        b'{"kind":"actor","id":"a","risk:review":{"points":11,"by":"audit"}}\n'
    )
    model = model_with("risk")
    ds = model.read(io.BytesIO(old))
    review = ds.get("a", jmdi.Actor).facet(risk.Review)
    assert (review.score, dict(review.extra)) == (11, {"by": "audit"})
    (problem,) = model.check(ds).problems
    assert (problem.code, problem.path) == ("risk:R1", "/risk:review/score")


def test_a_review_without_a_score_says_why():
    risk = load("risk")
    actor = jmdi.Actor(id="a").with_facet(risk.Review(reason="withheld"))
    ds = model_with("risk").dataset([actor])
    assert model_with("risk").check(ds).ok
    assert ds.get("a").facet(risk.Review).reason == "withheld"


def test_an_answer_is_exact(survey):
    assert survey[0].of(jmdi.Rates)[0].score == Decimal(4)
