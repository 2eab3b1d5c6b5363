"""``--param`` reaches the parameters of the projection, and says so when a metric has them too."""

from __future__ import annotations

import json

import pytest

import jmdi as library

TIES = """source,target,type,strength,directed,reported_by,trust,period
a,b,funding,4,,a,1,2012
b,a,funding,2,,b,1,2012
b,c,advocacy,1,true,,2,2013
"""

GIVEN = {
    "actors": {
        "nodes": "actor",
        "ties": "false",
        "co_participation": "false",
        "weight": "count",
        "kinds": "initiative,partnership",
        "tie_kinds": "funding,advocacy",
        "directed": "false",
        "reports": "min",
        "publishers": "true",
        "as_of": "2012-06-01",
        "exclude_flagged": "false",
    },
    "co-participation": {
        "nodes": "actor",
        "weight": "newman",
        "kinds": "initiative",
        "publishers": "true",
        "as_of": "2012-06-01",
        "exclude_flagged": "false",
    },
    "actors-initiatives": {
        "kinds": "partnership",
        "nodes": "actor",
        "as_of": "2012-06-01",
        "exclude_flagged": "false",
    },
    "partnerships": {"style": "clique", "nodes": "actor", "as_of": "2012-06-01"},
    "corridors": {"by": "territory", "count": "fractional", "as_of": "2012-06-01"},
    "flow": {
        "nodes": "actor",
        "types": "disbursement,incoming_funds",
        "during": "2012-01-01/2013-01-01",
        "currency": "USD",
        "rates": "rates.csv",
        "hierarchy": "all",
        "publishers": "false",
        "exclude_flagged": "false",
    },
    "full": {"as_of": "2012-06-01"},
    "knowledge": {"as_of": "2012-06-01"},
    "workplan": {"plan": "plan/1", "as_of": "2012-06-01"},
}
NEEDS = {"rates": ("--param", "currency=USD")}
"""What must be given beside a parameter."""


@pytest.fixture
def ties(place):
    (place / "t").mkdir()
    (place / "t" / "actors.csv").write_text("id,name\na,A\nb,B\nc,C\n")
    (place / "t" / "ties.csv").write_text(TIES)
    (place / "rates.csv").write_text("currency,date,rate\nEUR,2012,1.3\n")
    (place / "t" / "workplans.csv").write_text("id,names\nplan/1,Plan\n")
    return "t"


def results(run, *words):
    done = run("metrics", *words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)["results"]


def test_all_parameters_are_tried():
    projections = library.default_model().catalog.projections
    core = {name: spec for name, spec in projections.items() if ":" not in name}
    assert {n: set(given) for n, given in GIVEN.items()} == {
        name: {parameter.name for parameter in spec.parameters} for name, spec in core.items()
    }


@pytest.mark.parametrize(
    ("projection", "name"), [(p, name) for p, given in GIVEN.items() for name in given]
)
@pytest.mark.parametrize("prefix", ["", "projection."])
def test_every_parameter_of_every_projection(jmdi, ties, projection, name, prefix):
    value = f"{prefix}{name}={GIVEN[projection][name]}"
    given = ("--param", value, *NEEDS.get(name, ()))
    (found,) = results(jmdi, ties, "components", "--projection", projection, *given)
    assert found["subject"].startswith("network")


def test_they_change_the_network(jmdi, ties):
    (plain,) = results(jmdi, ties, "density")
    assert (plain["value"], plain["notes"]["reports"]) == (0.5, "max")
    (less,) = results(jmdi, ties, "density", "--param", "tie_kinds=funding")
    assert less["value"] == pytest.approx(1 / 3)
    (one,) = results(jmdi, ties, "density", "--param", "reports=min", "--param", "directed=false")
    assert (one["value"], one["notes"]["reports"]) == (pytest.approx(2 / 3), "min")
    (day,) = results(jmdi, ties, "density", "--as-of", "2013-06-01")
    assert day["value"] == pytest.approx(1 / 6)


def test_a_name_that_metric_and_projection_have(jmdi, ties, place):
    (place / "own.py").write_text(
        "import jmdi\nJMDI_API = 1\n"
        "@jmdi.metric('own:heavy', 'Heavy')\n"
        "def heavy(network: jmdi.Network, *, weight: int = 1) -> float:\n"
        "    '''Ties.\n\n    Args:\n        weight: A number.\n    '''\n"
        "    return weight + (0 if network.weight is None else 100)\n"
        "@jmdi.hookimpl\ndef jmdi_metrics():\n    return jmdi.metrics_of(__name__)\n"
    )
    own = (ties, "own:heavy", "--plugin", "own.py")
    assert results(jmdi, *own, "--param", "weight=2")[0]["value"] == 102
    assert "projection.weight" in jmdi("metrics", *own, "--param", "weight=2").stderr
    both = ("--param", "weight=2", "--param", "projection.weight=count")
    assert results(jmdi, *own, *both)[0]["value"] == 2
    assert "projection.weight" not in jmdi("metrics", *own, "--param", "directed=false").stderr


def test_python_and_the_command_line_take_them_alike(jmdi, ties):
    data = library.read(ties)
    (said,) = results(
        jmdi, ties, "density", "--param", "tie_kinds=funding", "--param", "reports=min"
    )
    found = data.metric("density", tie_kinds="funding", reports="min")
    assert said | found.to_dict() == said
    same = data.metric("density", **{"projection.tie_kinds": "funding"}, reports="min")
    assert same.value == found.value
    assert "network actors (tie_kinds='funding', reports='min')" in found.cite()
    network = data.project("actors", tie_kinds="funding", reports="min")
    assert found.value == network.metric("density").value
    fixed = data.metric("network:corridor-concentration", by="territory")
    assert fixed.subject == "network corridors (by='territory')"


def test_a_mapping_is_written_as_json(jmdi, ties, place):
    (place / "own.py").write_text(
        "import jmdi\nfrom collections.abc import Mapping\nJMDI_API = 1\n"
        "@jmdi.metric('own:named', 'Named')\n"
        "def named(network: jmdi.Network, *, names: Mapping[str, str] | None = None) -> int:\n"
        "    '''Names.\n\n    Args:\n        names: Of nodes.\n    '''\n"
        "    return len(names or ())\n"
        "@jmdi.hookimpl\ndef jmdi_metrics():\n    return jmdi.metrics_of(__name__)\n"
    )
    own = (ties, "own:named", "--plugin", "own.py", "--param")
    assert results(jmdi, *own, 'names={"a": "A"}')[0]["value"] == 1
    done = jmdi("metrics", *own, "names=a=A")
    assert done.exit_code == 2
    assert """write it as JSON, such as names='{"NAME": "VALUE"}'""" in done.stderr


def test_writing_takes_them_too(ties, place):
    data = library.read(ties)
    data.write(place / "n.graphml", projection="actors", tie_kinds="funding", directed=False)
    made = library.read(place / "n.graphml").project("actors")
    assert not made.directed and len(made.layers()) == 1
    with pytest.raises(library.NotFound, match="did you mean 'tie_kinds'"):
        data.write(place / "n.graphml", projection="actors", tie_kind="funding")


def test_questions_take_them_too(jmdi, ties, place):
    (place / ties / "ties.csv").write_text("source,target,type,period\na,b,funding,\nb,c,,2013\n")
    day = ("--param", "as_of=2014-06-01")
    done = jmdi("ask", ties, "density", "--json", "--param", "projection.tie_kinds=funding", *day)
    asked = json.loads(done.stdout)
    given = {"projection.tie_kinds": "funding", "as_of": "2014-06-01"}
    every = library.read(ties).ask("density", parameters=given)
    assert [question.to_dict() for question in every] == asked["questions"]
    assert asked["questions"] and not library.read(ties).ask("density")
    (found,) = results(jmdi, ties, "density", "--param", "tie_kinds=funding", *day)
    assert found | asked["result"] == found


def test_null_models_of_a_dataset_take_them_too(ties):
    given = {"parameters": {"tie_kinds": "funding"}, "model": "edges", "draws": 20}
    network = library.read(ties).project("actors", tie_kinds="funding")
    found = library.read(ties).null("density", **given)
    assert found.values == network.null("density", model="edges", draws=20).values
    assert found.parameters["projection"] == "actors"
    assert found.parameters["parameters"] == {"projection.tie_kinds": "funding"}


def test_unknown_ones_are_refused_with_near_names(jmdi, ties):
    for given, meant in (
        ("dircted=false", "directed"),
        ("projection.dircted=false", "projection.directed"),
    ):
        done = jmdi("metrics", ties, "density", "--param", given)
        assert done.exit_code == 2
        assert f"did you mean '{meant}'" in done.stderr
    done = jmdi("metrics", ties, "density", "--param", "reports=mni")
    assert done.exit_code == 2
    assert "min" in done.stderr
    assert jmdi("metrics", ties, "density", "--param", "directed=perhaps").exit_code == 2


def test_a_year_and_a_parameter_that_no_name_is_near(jmdi, ties):
    year = jmdi("metrics", str(ties), "density", "--as-of", "2019")
    assert "for the year give a day of it, such as 2019-12-31" in year.stderr
    assert "a wave is --param as_of=2" in jmdi("metrics", str(ties), "--as-of", "2").stderr
    far = jmdi("metrics", str(ties), "density", "--param", "n=30")
    assert "'jmdi metrics --list' has those of each metric" in far.stderr


def test_convert_takes_them_too(jmdi, ties, place):
    words = ("convert", ties, "-o", "n.node-link.json", "--projection", "actors")
    assert jmdi(*words, "--param", "directed=false").exit_code == 0
    assert json.loads((place / "n.node-link.json").read_text())["directed"] is False
    wrong = jmdi(*words, "--force", "--param", "dircted=false")
    assert wrong.exit_code == 2
    assert "did you mean 'directed'?" in wrong.stderr
    records = jmdi("convert", ties, "-o", "n.jsonl", "--param", "directed=false")
    assert records.exit_code == 2
    assert "--param is for formats of networks" in records.stderr
