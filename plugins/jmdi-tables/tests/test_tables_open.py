"""What is open is the same data: expressions, records, pieces, networks and metrics."""

from __future__ import annotations

import attrs
import ibis
import pytest
from table_helpers import has_waves

import jmdi
import jmdi_tables
from jmdi import Actor, BadParameter, FormatError, NotFound
from jmdi.model.declare import spec_of


@pytest.fixture(scope="module", params=["sample", "jmdi"])
def data(request, tmp_path_factory):
    """A data set as tables, and as it is read from them."""
    folder = tmp_path_factory.mktemp("open") / f"{request.param}.parquet"
    jmdi.write(jmdi.datasets.load(request.param), folder)
    with jmdi_tables.open(folder) as tables:
        yield tables, jmdi.read(folder)


def test_kinds_and_rows(data):
    tables, dataset = data
    assert tables.kinds == {k: sum(r.kind == k for r in dataset) for k in tables.kinds}
    assert tables.count(tables["actor"]) == tables.kinds["actor"]
    with pytest.raises(NotFound):
        tables["actors"]
    with pytest.raises(NotFound, match="typ"):
        tables.of("actor", "typ")


def test_subkinds_are_of_their_kind(tmp_path):
    @jmdi.define("acme:bank")
    class Bank(jmdi.Actor):
        """A bank."""

        licence: str | None = None

    class Acme(jmdi.Plugin):
        @jmdi.hookimpl
        def jmdi_kinds(self):
            return [Bank]

    model = jmdi.Model.build(["tables", Acme()])
    given = [Bank(id="b", licence="7", country="MA"), Actor(id="a", country="FR")]
    model.write(model.dataset(given), tmp_path / "x.parquet")
    for reader in (model, jmdi.Model.build(["tables"])):  # with the plugin, and without it
        with jmdi_tables.open(tmp_path / "x.parquet", model=reader) as tables:
            rows = tables.rows(tables.of("actor", "id", "kind", "country").order_by("id"))
            assert [(r["id"], r["kind"], r["country"]) for r in rows] == [
                ("a", "actor", "FR"),
                ("b", spec_of(Bank).name, "MA"),
            ]
            assert {r.id for r in tables.records("actor", {"country": "MA"})} == {"b"}
            assert tables.rows(tables.of("practice", "id", what="names")) == []


def test_records_come_back_whole(data):
    tables, dataset = data
    assert list(tables.records("initiative")) == list(dataset.of(jmdi.Initiative))
    country = next(a.country for a in dataset.of(Actor) if a.country)
    found = {r.id for r in tables.records("actor", {"country": country})}
    assert found == {a.id for a in dataset.of(Actor) if a.country == country}


def test_a_piece_is_a_dataset(data):
    tables, dataset = data
    centre = next(iter(dataset.of(jmdi.Participates))).source
    piece = tables.dataset(around=centre)
    near = {r.id for r in dataset.out(centre)} | {r.id for r in dataset.in_(centre)}
    assert near <= {record.id for record in piece}
    assert all(dataset.find(record.id) is not None for record in piece)
    with pytest.raises(FormatError, match="at most 10"):
        tables.dataset(max_records=10)
    with pytest.raises(NotFound):
        tables.dataset(around="nobody")


PROJECTED = [{}, {"as_of": "2015-06-01"}, {"as_of": 1}, {"kinds": "initiative"}]


@pytest.mark.parametrize("parameters", PROJECTED)
def test_a_network_is_that_of_memory(data, parameters):
    tables, dataset = data
    if not has_waves(dataset, parameters.values()):
        for of in (tables.network, dataset.project):
            with pytest.raises(NotFound, match="wave '1' not found"):
                of("co-participation", **parameters)
        return
    mine = tables.network("co-participation", **parameters)
    other = dataset.project("co-participation", **parameters)
    assert mine.nodes == other.nodes
    assert list(zip(mine.source, mine.target, strict=True)) == list(
        zip(other.source, other.target, strict=True)
    )
    assert list(map(repr, mine.weight)) == list(map(repr, other.weight))
    assert sorted(mine.unobserved_ties) == sorted(other.unobserved_ties)
    assert mine.notes == other.notes
    for name, column in mine.node_attributes.items():
        assert column == other.node_attributes[name], name
    shared = zip(mine.edge_attributes["shared"], other.edge_attributes["shared"], strict=True)
    assert all(set(ours) == set(theirs) for ours, theirs in shared)
    for edge in range(0, mine.n_edges, 97):
        ours, theirs = mine.records(edge), other.records(edge)
        assert {record.id for record in ours} == {record.id for record in theirs}


def test_pairs_beyond_the_limit_are_not_handed_over(data):
    tables, _ = data
    with pytest.raises(FormatError, match="at most 5 "):
        tables.network(max_edges=5)
    assert tables.network(where=lambda a: a.country == "MA").n_nodes < tables.network().n_nodes


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"country": "MA"}, "not {'country': 'MA'}"),
        (lambda a: a.country == "MA" and a.level.isnull(), "joined with & and |"),
        (lambda _: ibis._.country == "MA" or ibis._.level.isnull(), "joined with & and |"),
        (lambda a: a.country, "it gave what is string"),
        (lambda a: "MA", "it gave 'MA'"),
    ],
)
def test_what_is_no_condition_is_refused(data, where, said):
    with pytest.raises(BadParameter, match="where is a function of the table") as error:
        data[0].network(where=where)
    assert said in str(error.value)


def test_a_condition_may_be_deferred_or_hold_for_all(data):
    every = data[0].network().nodes
    middle = every[len(every) // 2]
    ours = data[0].network(where=lambda a: a.id > middle)
    assert 0 < ours.n_nodes < len(every)
    assert data[0].network(where=lambda _: ibis._.id > middle).nodes == ours.nodes
    for always in (True, ibis.literal(True)):
        found = data[0].network(where=lambda _, always=always: always)
        assert found.nodes == every


def test_an_error_of_the_callers_own_is_left_as_it_is(data):
    with pytest.raises(ValueError, match="invalid literal"):
        data[0].network(where=lambda a: a.country == int("x"))


def test_a_condition_on_no_column_names_the_near_one(data):
    with pytest.raises(NotFound, match="did you mean 'country'"):
        data[0].network(where=lambda a: a.contry == "MA")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("country", "not 'country'"),
        ({"type": "ngo"}, "such as 'type.words'"),
        ({"period.start": "2012"}, "it cannot be '2012'"),
    ],
)
def test_what_columns_cannot_hold_is_refused(data, where, said):
    with pytest.raises(BadParameter, match=said):
        list(data[0].records("actor", where))


def test_a_column_within_one_of_its_own_name_is_not_found(data):
    with pytest.raises(NotFound, match=r"type\.type"):
        data[0].of("actor", inner="type.type")


METRICS = ["density", "isolates", "components", "network:degree", "scaling:anchorage"]


@pytest.mark.parametrize("name", METRICS)
@pytest.mark.parametrize("view", [{}, {"as_of": "2015-06-01"}])
@pytest.mark.parametrize("projection", [None, "co-participation"])
def test_metrics_are_those_of_memory(data, name, view, projection):
    tables, dataset = data
    if name.startswith("scaling"):
        given = {}
    else:
        given = view if projection is None else {**view, "projection": projection}
    mine = tables.metric(name, **given)
    assert tables.folder.path.name in mine.subject
    other = dataset.metric(name, **given)
    assert attrs.evolve(mine, subject="") == attrs.evolve(other, subject="")
    assert mine.labels == other.labels


def test_what_is_wrong_is_said(data):
    tables, _ = data
    with pytest.raises(NotFound, match="densty"):
        tables.metric("densty")
    with pytest.raises((BadParameter, NotFound)):
        tables.metric("density", projection="co-participation", as_of="yesterday")


def test_figures_out_of_range_are_no_unknown_ones(tmp_path):
    given = [jmdi.Initiative(id="i", budget=[jmdi.Money("9" * 40, "EUR")])]
    jmdi.write(jmdi.dataset(given), tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        with pytest.raises(jmdi.DataError, match="out of range"):
            tables.of("initiative", "budget")
        assert tables.rows(tables.of("initiative", "id")) == [{"id": "i"}]


def test_nothing_is_left_in_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    jmdi.write(jmdi.dataset([Actor(id="a")]), "x.parquet")
    with jmdi_tables.open("x.parquet", memory="200MB", threads=1) as tables:
        tables.metric("density", projection="co-participation")
    assert [p.name for p in tmp_path.iterdir()] == ["x.parquet"]


def test_what_is_asked_wrongly_is_said(data, tmp_path):
    tables, dataset = data
    with pytest.raises(NotFound, match="did you mean 'actor'"):
        next(tables.records("actr"))
    with pytest.raises(NotFound, match="did you mean 'actor'"):
        tables.dataset(kinds=["actr"])
    with pytest.raises(BadParameter, match="cannot be 5"):
        next(tables.records("actor", {"country": 5}))
    assert len(tables.dataset(kinds="actor")) == len(dataset.of(Actor))
    for setting in ({"memory": "4 apples"}, {"threads": 0}, {"spill": str(tmp_path / "none")}):
        with pytest.raises(BadParameter):
            jmdi_tables.open(tables.folder.path, **setting)
    for place, reason in ((tmp_path / "none", "no such folder"), (__file__, "is no folder")):
        with pytest.raises(FormatError, match=reason):
            jmdi_tables.open(place)


def test_nothing_and_languages_can_be_asked_for(data):
    tables, dataset = data
    without = {actor.id for actor in dataset.of(Actor) if actor.country is None}
    assert {r.id for r in tables.records("actor", {"country": None})} == without
    named = next(actor for actor in dataset.of(Actor) if "en" in actor.names)
    assert named in list(tables.records("actor", {"names.en": named.names["en"]}))


def test_a_folder_above_is_no_column(tmp_path):
    place = tmp_path / "year=2015" / "id=7.parquet"
    given = [Actor(id="a"), Actor(id="b")]
    place.parent.mkdir()
    jmdi.write(jmdi.dataset(given), place)
    with jmdi_tables.open(place) as tables:
        assert "year" not in tables["actor"].columns
        assert [row["id"] for row in tables.rows(tables.of("actor", "id"))] == ["a", "b"]
        assert tables.partly_read().by_id["b"].id == "b"


@pytest.mark.parametrize("name", ["a\0b", "it's", 'a"b', "a\nb", "a\\0", "%20"])
def test_ids_hold_any_character(tmp_path, name):
    given = [Actor(id=name), jmdi.Initiative(id="i")]
    given.append(jmdi.Participates(id="p", source=name, target="i"))
    jmdi.write(jmdi.dataset(given), tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        assert len(tables.dataset(around=name)) == 3


@pytest.mark.parametrize("name", ["a\0b", "it's", 'a"b', "a\nb", "a\\0", "%20"])
def test_texts_that_are_asked_for_hold_any_character(tmp_path, name):
    given = [Actor(id="a", names={"en": name}, country=name), Actor(id="b", names={"en": "b"})]
    jmdi.write(jmdi.dataset(given), tmp_path / "x.parquet")
    with jmdi_tables.open(tmp_path / "x.parquet") as tables:
        for where in ({"names.en": name}, {"country": name}, {"country": name, "id": "a"}):
            assert [record.id for record in tables.records("actor", where)] == ["a"]
        assert not [*tables.records("actor", {"country": name, "id": "b"})]
        with pytest.raises(BadParameter, match="no text of tables"):
            next(tables.records("actor", {"country": "\ud800"}))


def test_limits_are_those_that_are_asked_for(data):
    tables, dataset = data
    with pytest.raises(FormatError, match="at most 5 "):
        tables.metric("network:clustering", projection="co-participation", max_edges=5)
    with pytest.raises(FormatError, match=r"at most 5 .*raise max_records"):
        tables.metric("scaling:isolation", draws=5, max_records=5)
    with pytest.raises(FormatError, match="at most 5 "):
        tables.network("flow", max_records=5)
    enough = len(dataset)
    assert tables.metric("scaling:isolation", draws=5, max_records=enough).defined


USES = {
    "records": lambda tables: next(tables.records("actor")),
    "records that hold something": lambda tables: next(tables.records("actor", {"id": "a"})),
    "a table": lambda tables: tables["actor"],
    "columns": lambda tables: tables.of("actor", "id"),
    "a dataset": lambda tables: tables.dataset(),
    "a network": lambda tables: tables.network(),
    "a projection in memory": lambda tables: tables.network("flow"),
    "a count": lambda tables: tables.metric("density", projection="co-participation"),
    "a metric in memory": lambda tables: tables.metric("scaling:isolation", draws=5),
    "rows": lambda tables: tables.rows(None),
}


@pytest.mark.parametrize("use", USES)
def test_what_is_closed_says_so(tmp_path, use):
    jmdi.write(jmdi.dataset([Actor(id="a")]), tmp_path / "x.parquet")
    tables = jmdi_tables.open(tmp_path / "x.parquet")
    tables.metric("density", projection="co-participation")
    tables["actor"]
    tables.close()
    tables.close()
    with pytest.raises(jmdi.JmdiError, match=r"'x\.parquet' were closed"):
        USES[use](tables)
    assert "duckdb" in repr(tables)
    assert tables.kinds == {"actor": 1}


@pytest.mark.parametrize("nodes", ["actr", "initiative"])
def test_nodes_that_are_no_actors_are_refused_as_in_memory(data, nodes):
    said = []
    for one in data:
        with pytest.raises(ValueError, match="kind derived from it") as error:
            one.metric("density", projection="co-participation", nodes=nodes)
        said.append(str(error.value))
    assert said[0] == said[1]
