import pickle
from decimal import Decimal

import pytest

import jmdi
from jmdi.app import Model
from jmdi.errors import NotFound, Problem, Severity
from jmdi.graph.dataset import Dataset, WrongKind
from jmdi.model.declare import define
from jmdi.model.kinds import Action, Actor, Claim, Initiative, Pillar
from jmdi.model.records import Entity, Record, Relation
from jmdi.model.relations import Participates, Tie
from jmdi.model.values import Period, Source, code


@define("test:bank")
class Bank(Actor):
    """An institution licensed to take deposits."""

    licence: str | None = None


A = Actor(id="actor/a", names={"en": "Municipality A"}, country="MA")
B = Bank(id="actor/b", names={"en": "Bank B"}, licence="7")
C = Actor(id="actor/c", country="SN", type=code("actor-type", "academia"))
I = Initiative(id="initiative/i", period=Period("2014"))  # noqa: E741
T = Tie(id="tie/ab", source="actor/a", target="actor/b", intensity=3)
P = Participates(id="participates/a", source="actor/a", target="initiative/i")
ALL = (A, B, C, I, T, P)


def test_order_length_and_membership() -> None:
    ds = Dataset(ALL)
    assert ds.records == ALL
    assert len(ds) == 6
    assert "actor/a" in ds
    assert "actor/z" not in ds
    assert list(ds) == list(ALL)


def test_of_includes_subkinds_in_order_and_is_made_once() -> None:
    ds = Dataset(ALL)
    assert ds.of(Actor).ids() == ("actor/a", "actor/b", "actor/c")
    assert ds.of(Bank).ids() == ("actor/b",)
    assert ds.of(Relation) == (T, P)
    assert ds.of(Record) == ALL
    assert ds.of(Entity) == (A, B, C, I)
    assert ds.of(Actor) is ds.of(Actor)
    assert ds.of(Action) == ()
    with pytest.raises(TypeError, match=r"jmdi\.Actor"):
        ds.of("actor")  # type: ignore[type-var]


def test_get_is_typed_and_suggests() -> None:
    ds = Dataset(ALL)
    assert ds.get("actor/b", Bank) is B
    assert ds.get("actor/b") is B
    with pytest.raises(NotFound) as found:
        ds.get("actor/aa", Actor)
    assert "actor/a" in found.value.suggestions
    with pytest.raises(WrongKind, match="of kind 'actor', not 'initiative'"):
        ds.get("actor/a", Initiative)
    assert ds.find("actor/a", Initiative) is None
    assert ds.find("actor/z") is None


def test_suggestions_stay_quick_in_large_datasets() -> None:
    many = Dataset(Actor(id=f"actor/{i:06d}") for i in range(20_000))
    with pytest.raises(NotFound) as found:
        many.get("actor/019998x")
    assert len(found.value.valid) <= 2000


def test_pillars_and_clusters_are_always_there() -> None:
    ds = Dataset()
    assert ds.get("pillar/1", Pillar).overarches[0] == "pillar/2"
    assert ds.find("theme/partnerships") is not None
    assert "pillar/1" not in ds


def test_first_of_duplicates_wins() -> None:
    other = Actor(id="actor/a", country="TN")
    ds = Dataset((A, other))
    assert ds.by_id["actor/a"] is A
    assert len(ds) == 2


def test_relations_by_end() -> None:
    ds = Dataset(ALL)
    assert ds.out("actor/a") == (T, P)
    assert ds.out("actor/a", Tie) == (T,)
    assert ds.in_("actor/b") == (T,)
    assert ds.in_("actor/b", Participates) == ()
    assert ds.neighbours("actor/a") == (B, I)
    assert ds.neighbours("actor/b") == (A,)
    assert ds.neighbours("initiative/i", Tie) == ()
    assert ds.out("nobody") == ()


def test_where_drops_what_lost_an_end_and_claims_about_it() -> None:
    claim = Claim(id="claim/1", about="tie/ab", field="/intensity", value="2")
    ds = Dataset((*ALL, claim))
    kept = ds.where(Actor, lambda actor: actor.country != "MA")
    assert kept.records == (B, C, I)
    assert ds.where(Actor, lambda _: True) == ds
    assert ds.where(Tie, lambda _: False).records == (A, B, C, I, P)


def test_with_records_replaces_in_place_and_appends() -> None:
    ds = Dataset(ALL)
    new = Actor(id="actor/a", country="TN")
    later = Actor(id="actor/d")
    changed = ds.with_records(new, [later])
    assert changed.records == (new, B, C, I, T, P, later)
    assert ds.records == ALL
    assert ds.without("actor/a", "tie/ab").records == (B, C, I, P)
    with pytest.raises(NotFound):
        ds.without("actor/zz")


def test_it_cannot_change_and_refuses_what_is_no_record() -> None:
    ds = Dataset(ALL)
    with pytest.raises(AttributeError):
        ds.records = ()
    with pytest.raises(TypeError):
        hash(ds)
    with pytest.raises(TypeError, match="holds records"):
        Dataset(["x"])  # type: ignore[list-item]


def test_equality_does_not_depend_on_order() -> None:
    assert Dataset(ALL) == Dataset(reversed(ALL))
    assert Dataset(ALL) != Dataset(ALL[1:])
    assert Dataset((A, A)) != Dataset((A, B))
    assert Dataset() != ()


def test_digest_does_not_depend_on_order_and_changes_with_content() -> None:
    plain = (A, C, I, T, P)
    assert Dataset(plain).digest() == Dataset(reversed(plain)).digest()
    assert Dataset(plain).digest() != Dataset(plain[1:]).digest()
    assert len(Dataset().digest()) == 32


def test_tables_of_records() -> None:
    ds = Dataset(ALL)
    table = ds.of(Actor).table(
        "id", "names.en", "type.code", "label", rank={"actor/a": 1}, n=lambda r: len(r.id)
    )
    assert table.columns == ("id", "names.en", "type.code", "label", "rank", "n")
    assert table.rows[0] == ("actor/a", "Municipality A", None, "Municipality A", 1, 7)
    assert table.rows[2] == ("actor/c", None, "academia", "actor/c", None, 7)
    assert ds.of(Actor).table("licence").column("licence") == (None, "7", None)
    assert ds.of(Initiative).table("period").to_csv() == "period\n2014\n"
    assert ds.of(Actor).table().columns == ("id",)
    with pytest.raises(NotFound) as found:
        ds.of(Actor).table("contry")
    assert found.value.suggestions == ("country",)
    with pytest.raises(ValueError, match="2 values for 3 records"):
        ds.of(Actor).table(x=[1, 2])


def test_records_filter_and_slice() -> None:
    actors = Dataset(ALL).of(Actor)
    assert actors.where(lambda a: a.country == "SN") == (C,)
    assert actors[1:] == (B, C)
    assert actors[0] is A
    assert repr(actors) == "<3 records of Actor>"


def test_summary_and_repr() -> None:
    problem = Problem("J999", Severity.WARNING, "odd")
    sourced = Actor(id="actor/s", sources=(Source("Report"),))
    ds = Dataset((*ALL, sourced), problems=[problem])
    assert "7 records" in ds.summary()
    assert "1   Report" in ds.summary()
    assert "1 warning" in ds.summary()
    assert repr(ds) == (
        "<Dataset of 7 records: 3 actor, 1 initiative, 1 participates, 1 test:bank, … 1 more kind>"
    )
    assert repr(Dataset()) == "<Dataset of 0 records>"
    assert Dataset().summary() == "0 records"


def test_pickle() -> None:
    ds = Dataset((A, C, T), header={"jmdi": "1.0"})
    again = pickle.loads(pickle.dumps(ds))
    assert again == ds
    assert again.header == {"jmdi": "1.0"}


def test_projection_and_metric_by_name(catalog) -> None:
    ds = Dataset((A, C, Tie(id="t", source="actor/a", target="actor/c")), model=Model(catalog))
    net = ds.project("actors")
    assert net.n_edges == 1
    assert float(net.metric("density")) == 1.0
    with pytest.raises(NotFound) as found:
        ds.project("actor")
    assert "actors" in found.value.suggestions
    with pytest.raises(NotFound) as found:
        ds.project("actors", wieght="count")
    assert found.value.suggestions[0] == "weight"
    with pytest.raises(ValueError, match="newman"):
        ds.project("actors", weight="newmann")


def test_check_by_the_catalog(catalog) -> None:
    assert Dataset((A, C), model=Model(catalog)).check().ok
    bad = Dataset((Tie(id="t", source="x", target="y", strength=Decimal(1)),), model=Model(catalog))
    assert not bad.check()


def test_a_notebook_shows_counts_and_no_names(catalog) -> None:
    ds = Dataset((Actor(id="a", names={"en": "<b>Somebody</b>"}), A), model=Model(catalog))
    card = ds._repr_html_()
    assert "Dataset of 2 records" in card
    assert "<td>actor</td><td class=n>2</td>" in card
    assert "Somebody" not in card
    many = Dataset((Actor(id=str(n)) for n in range(5000)), model=Model(catalog))
    assert len(many._repr_html_()) < 8192


def test_records_of_one_id_may_stand_in_any_order():
    one, two, three = (jmdi.Actor(id="a", country=country) for country in ("GH", "SN", "ML"))
    dataset = jmdi.dataset([one, two, three])
    assert dataset == jmdi.dataset([three, one, two])
    assert dataset.digest() == jmdi.dataset([three, one, two]).digest()
    assert dataset != jmdi.dataset([one, two, two])
    assert dataset != jmdi.dataset([one, two])
