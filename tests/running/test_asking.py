"""What to ask next, against trying every answer by hand."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi.running import phrasing
from jmdi.running.asking import ask
from jmdi.running.binding import bind
from jmdi.running.measuring import measured
from jmdi.running.tracing import traced
from jmdi.running.unknowns import unknown_fields

SIDES = ("origin", "destination", "both", "transit", "third")


@jmdi.metric("acme:local", "Local on both sides", on="dataset", range=(0, 1), value_is="share")
def local(dataset: jmdi.Dataset) -> jmdi.Result:
    """Share of the initiatives with a local authority on either side; lists may be incomplete."""
    found = []
    for initiative in dataset.of(jmdi.Initiative):
        parts = dataset.in_(initiative.id, jmdi.Participates)
        found.append([_there(dataset, initiative, parts, side) for side in SIDES[:2]])
    n = len(found)
    if not n:
        return jmdi.undefined("missing_input", "there are no initiatives")
    sure = sum(all(sides) for sides in found)
    maybe = sum(False not in sides for sides in found)
    value = sure / n if sure == maybe else None
    return jmdi.Result(value=value, lower=sure / n, upper=maybe / n)


def _there(dataset, initiative, parts, side) -> bool | None:
    """Whether a local authority takes part on a side."""
    states = set()
    for part in parts:
        kind = dataset.get(part.source, jmdi.Actor).type
        is_local = None if kind is None else kind.code == "local_authority"
        known = part.side is not None and part.side.code != "unknown"
        here = part.side.code in (side, "both") if known else None
        states.add(
            False if False in (is_local, here) else None if None in (is_local, here) else True
        )
    if not jmdi.absence_counts(initiative, types=("local_authority",), side=side):
        states.add(None)
    return True if True in states else None if None in states else False


@jmdi.metric("acme:paid", "Paid", on="dataset", range=(0, None), unit="euros", value_is="sum")
def paid(dataset: jmdi.Dataset) -> jmdi.Result:
    """What was paid; what nobody knows is 1,000 euros at most."""
    low = high = 0.0
    for one in dataset.of(jmdi.Contributes):
        amount = None if one.amount is None else one.amount.amount
        if amount is None:
            high += 1000
        else:
            low += float(amount)
            high += float(one.amount.upper or amount)
    return jmdi.Result(value=low if low == high else None, lower=low, upper=high)


@jmdi.metric("acme:plain", "Plain", on="dataset")
def plain(dataset: jmdi.Dataset) -> float:
    """A number without bounds."""
    return float(sum(actor.type is not None for actor in dataset.of(jmdi.Actor)))


@jmdi.metric("acme:each", "Each", on="dataset", range=(0, 1))
def each(dataset: jmdi.Dataset) -> jmdi.Result:
    """Whether each actor is of a university: a number for each and none for all."""
    kinds = {actor.id: actor.type for actor in dataset.of(jmdi.Actor)}
    values = {
        id: None if kind is None else int(kind.code == "academia") for id, kind in kinds.items()
    }
    bounds = {id: (0, 1) for id, value in values.items() if value is None}
    return jmdi.Result(values=values, bounds=bounds)


class Plugin(jmdi.Plugin):
    """A plugin that says nothing of what its metrics read."""

    @jmdi.hookimpl
    def jmdi_metrics(self):
        return jmdi.metrics_of(__name__)


MODEL = jmdi.Model.build(Plugin())


def kind(code: str | None):
    return None if code is None else jmdi.code("actor-type", code)


def side(code: str | None):
    return None if code is None else jmdi.code("side", code)


def programme(*records: jmdi.Record) -> jmdi.Dataset:
    return MODEL.dataset(records)


def by_hand(dataset: jmdi.Dataset, metric: str) -> list[tuple]:
    """All questions about a metric of local authorities, each answer tried, in their order.

    Where no answer alone narrows anything, those to two of them.
    """
    facts = list(_single_answers(dataset, MODEL.catalog.vocabularies["actor-type"].codes()))
    for size in (1, 2):
        asked = []
        for group in combinations(facts, size):
            _, _, answers = zip(*group, strict=True)
            gains = [_gain(dataset, metric, given) for given in product(*answers)]
            if max(gains) > 0:
                mean = round(sum(gains) / len(gains), 12)
                asked.append((-min(gains), -mean, *(fact[:2] for fact in group)))
        if asked:
            break
    return sorted(asked)


def _gain(dataset: jmdi.Dataset, metric: str, answers) -> float:
    after = dataset
    for answer in answers:
        after = answer(after)
    return round(_width(dataset, metric) - _width(after, metric), 12)


def _width(dataset: jmdi.Dataset, metric: str) -> float:
    result = dataset.metric(metric)
    return 1.0 if result.lower is None else result.upper - result.lower


def _single_answers(dataset, types) -> Iterator[tuple]:
    """The id of a record, a field of it, and the answers, each as a change of a Dataset."""

    def put(record, **values):
        return lambda ds: ds.with_records(jmdi.evolve(ds.get(record.id), **values))

    for record in dataset:
        if isinstance(record, jmdi.Actor) and record.type is None:
            yield record.id, "/type", [put(record, type=kind(t)) for t in types]
        if isinstance(record, jmdi.Participates) and record.side in (None, side("unknown")):
            yield record.id, "/side", [put(record, side=side(s)) for s in SIDES]
        if isinstance(record, jmdi.Initiative) and record.participants_complete is not True:
            if record.participants_complete is None:
                said = [put(record, participants_complete=x) for x in (True, False)]
                yield record.id, "/participants_complete", said
            for where in SIDES[:2]:
                yield (
                    record.id,
                    "/absences",
                    [_there_is(record, where), _there_is_none(record, where)],
                )


def _there_is(record, where):
    new = jmdi.Actor(id=f"{record.id}{where}", type=kind("local_authority"))
    part = jmdi.Participates(id=f"of {new.id}", source=new.id, target=record.id, side=side(where))
    return lambda ds: ds.with_records(new, part)


def _there_is_none(record, where):
    def after(ds):
        known = ds.get(record.id)
        none = jmdi.Absence(type=kind("local_authority"), side=side(where))
        return ds.with_records(jmdi.evolve(known, absences=(*known.absences, none)))

    return after


@st.composite
def programmes(draw) -> jmdi.Dataset:
    actors = [
        jmdi.Actor(id=f"a{k}", type=kind(draw(st.sampled_from([None, "local_authority", "ingo"]))))
        for k in range(draw(st.integers(1, 3)))
    ]
    initiatives = [
        jmdi.Initiative(
            id=f"i{k}", participants_complete=draw(st.sampled_from([None, True, False]))
        )
        for k in range(draw(st.integers(1, 3)))
    ]
    sides = st.sampled_from([None, "unknown", "origin", "destination", "both", "transit"])
    parts = [
        jmdi.Participates(
            id=f"p{k}",
            source=draw(st.sampled_from(actors)).id,
            target=draw(st.sampled_from(initiatives)).id,
            side=side(draw(sides)),
        )
        for k in range(draw(st.integers(0, 4)))
    ]
    return programme(*actors, *initiatives, *parts)


@pytest.mark.parametrize("metric", ["acme:local", "scaling:anchorage"])
@given(records=programmes())
def test_the_order_is_that_of_trying_every_answer(metric, records):
    model = MODEL if metric in MODEL.catalog.metrics else jmdi.default_model()
    dataset = model.dataset(records)
    found = ask(dataset, metric, top=None)
    expected = by_hand(dataset, metric)
    if any(q.also for q in found):
        pairs = {frozenset(pair) for _, _, *pair in expected}
        groups = {frozenset((one.record, one.field) for one in (q, *q.also)) for q in found}
        assert pairs and all(len(group) > 2 or group in pairs for group in groups)
    else:
        assert [(-q.certain, -q.mean, (q.record, q.field)) for q in found] == [
            one for one in expected if len(one) == 3
        ]
    for question in found:
        low, high = question.bounds[""]
        for answer in question.answers:
            first, last = answer.bounds[""]
            assert math.isclose(high - low - (last - first), answer.narrowing, abs_tol=1e-9)


DESK = jmdi.Initiative(id="initiative/desk", names={"en": "Help desk"})
CITY = jmdi.Actor(id="actor/city", names={"en": "Nador"}, type=kind("local_authority"))
NGO = jmdi.Actor(id="actor/ngo", names={"en": "Casa"})
AT_HOME = jmdi.Participates(
    id="part/1", source="actor/city", target="initiative/desk", side=side("origin")
)
ABROAD = jmdi.Participates(id="part/2", source="actor/ngo", target="initiative/desk")


def test_what_one_answer_settles_comes_first():
    found = programme(DESK, CITY, AT_HOME).ask("acme:local")
    first = found[0]
    assert first.words == "Did a local authority of the destination take part in “Help desk”?"
    assert (first.record, first.kind, first.field) == (DESK.id, "initiative", "/absences")
    assert {a.said: a.bounds[""] for a in first.answers} == {"yes": (1, 1), "no": (0, 0)}
    assert (first.certain, first.mean, first.bounds[""]) == (1, 1, (0, 1))
    assert str(first) == f"{first.words}\n  yes: 1\n  no: 0"
    assert [(q.field, q.certain, q.mean) for q in found[1:]] == [("/participants_complete", 0, 0.5)]


def test_a_question_names_its_record_and_is_answered_there():
    dataset = programme(jmdi.evolve(DESK, participants_complete=True), CITY, NGO, AT_HOME, ABROAD)
    undecided = jmdi.evolve(ABROAD, side=side("destination"))
    asked = {
        (q.record, q.field): q.words for q in dataset.with_records(undecided).ask("acme:local")
    }
    assert asked == {("actor/ngo", "/type"): "What kind of actor is Casa?"}
    with_type = dataset.with_records(jmdi.evolve(NGO, type=kind("local_authority")))
    asked = {(q.record, q.field): q.words for q in with_type.ask("acme:local")}
    assert asked == {("part/2", "/side"): "On which side does Casa take part in “Help desk”?"}


def test_what_a_question_cannot_name_is_asked_by_the_description():
    evidence = jmdi.Evidence(id="e", criterion=jmdi.code("institutionalisation", "budget"))
    dataset = programme(evidence)
    (fact,) = unknown_fields(dataset, [(0, "state")])
    words = phrasing.phrase(dataset, fact, "en")
    assert words.startswith("E: ") and "{" not in words


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ar"])
def test_every_question_of_the_table_is_in_every_language(language):
    (first, _) = programme(DESK, CITY, AT_HOME).ask("acme:local", language=language)
    assert "Help desk" in first.words and "{" not in first.words
    rows = phrasing._table()
    marks = {
        name: set(re.findall(r"{(\w+)}", row["en"])) == set(re.findall(r"{(\w+)}", row[language]))
        for name, row in rows.items()
    }
    assert all(marks.values()) and all(row[language] for row in rows.values())
    kinds = MODEL.catalog.kinds
    for name in rows:
        kind, *path = name.split(".")
        if kind in kinds:
            fields = {field.name for field in jmdi.fields_of(kinds[kind])}
            assert path[0] in fields or name == "territory.evidence"


def test_who_is_said_to_be_absent_is_not_asked_for():
    none = jmdi.Absence(type=kind("local_authority"), side=side("destination"))
    said = jmdi.evolve(DESK, absences=(none,))
    assert programme(said, CITY, AT_HOME).ask("acme:local") == ()
    assert programme(said, CITY, AT_HOME).metric("acme:local").value == 0


def test_an_adoption_that_is_not_recorded_is_asked_for_by_its_level():
    office = jmdi.Actor(id="actor/office", level=jmdi.code("governance-level", "local"))
    practice = jmdi.Practice(id="practice/desk", names={"en": "Desk"})
    adopted = jmdi.Adopts(id="adopts/1", source=office.id, target=practice.id)
    dataset = jmdi.dataset([office, practice, adopted])
    found = dataset.ask("scaling:up", parameters={"levels": ("local", "national")})
    assert found[0].words == "Has anybody at the national level adopted “Desk”?"
    assert {a.said: a.bounds[""] for a in found[0].answers} == {"yes": (1, 1), "no": (0.5, 0.5)}
    national = jmdi.Absence(level=jmdi.code("governance-level", "national"))
    said = dataset.with_records(jmdi.evolve(practice, absences=(national,)))
    result = said.metric("scaling:up", levels=("local", "national"))
    assert (result.value, result.lower, result.upper) == (0.5, 0.5, 0.5)


def test_every_incomplete_list_is_asked_about_though_a_metric_looks_at_one():
    practices = [jmdi.Practice(id=f"practice/{k}") for k in range(3)]
    office = jmdi.Actor(id="actor/office", level=jmdi.code("governance-level", "local"))
    adopted = jmdi.Adopts(id="adopts/1", source=office.id, target="practice/0")
    dataset = jmdi.dataset([office, *practices, adopted])
    found = dataset.ask("scaling:up", parameters={"levels": ("local", "national")})
    assert [q.record for q in found] == ["practice/0", "practice/1", "practice/2"]


def test_what_no_record_has_is_listed():
    gift = jmdi.Contributes(id="gift", source="a", target="i")
    (question,) = programme(gift).ask("acme:paid")
    assert (question.record, question.field, question.certain) == ("gift", "/amount", None)


def test_records_that_a_metric_changes_and_reads_again_are_nobodys():
    ties = [
        jmdi.Tie(id="ab", source="a", target="b"),
        jmdi.Tie(id="ac", source="a", target="c", state=jmdi.code("presence", "unobserved")),
    ]
    adopted = jmdi.Adopts(id="x", source="b", target="p", period=jmdi.Period(edtf="2014"))
    actors = [jmdi.Actor(id=id) for id in "abc"]
    dataset = jmdi.dataset([*actors, jmdi.Practice(id="p"), *ties, adopted])
    assert dataset.ask("scaling:exposure") is not None


def test_a_sign_of_which_no_record_says_anything_is_asked_for():
    said = [("plan", "present"), ("budget_line", "present"), ("unit", "present")]
    town = jmdi.Territory(id="territory/town", names={"en": "Fairmead"})
    signs = [
        jmdi.Evidence(
            id=name,
            of=town.id,
            criterion=jmdi.code("institutionalisation", name),
            state=jmdi.code("presence", state),
        )
        for name, state in said
    ]
    dataset = jmdi.dataset([town, *signs])
    found = dataset.ask("scaling:institutionalization", parameters={"targets": town.id}, top=None)
    assert {q.words for q in found} == {
        f"Is this present in Fairmead: {label}?"
        for label in ("Ordinance", "Staff", "Coordination body", "Monitoring")
    }
    assert {(q.record, q.field) for q in found} == {(town.id, "")}


@jmdi.define("acme:project")
class Project(jmdi.Initiative):
    """A project.

    Attributes:
        risky: Whether it is risky.
    """

    risky: bool | None = None


@jmdi.facet("acme:checked", on=jmdi.Initiative)
class Checked(jmdi.Facet):
    """What a review found.

    Attributes:
        sound: Whether it is sound.
    """

    sound: bool | None = None


def test_fields_of_kinds_and_facets_of_plugins_are_facts_too():
    @jmdi.metric("own:risk", "Risk", on="dataset", range=(0, 1))
    def risk(dataset: jmdi.Dataset) -> jmdi.Result:
        said = [
            (project.risky, None if (found := project.facet(Checked)) is None else found.sound)
            for project in dataset.of(Project)
        ]
        states = [state for pair in said for state in pair]
        yes, maybe = states.count(True), len(states) - states.count(False)
        return jmdi.Result(lower=yes / len(states), upper=maybe / len(states))

    one = Project(id="project/1", names={"en": "Desk"}).with_facet(Checked())
    asked = {q.field: q for q in ask(programme(one), _spec(risk))}
    assert asked.keys() == {"/acme:project/risky", "/acme:checked/sound"}
    assert {q.certain for q in asked.values()} == {0.5}
    assert asked["/acme:checked/sound"].words == "Desk: whether it is sound?"


def test_a_side_of_a_party_in_a_partnership_is_a_fact_too():
    @jmdi.metric("own:sides", "Sides", on="dataset", range=(0, 1))
    def sides(dataset: jmdi.Dataset) -> jmdi.Result:
        parties = [p for one in dataset.of(jmdi.Partnership) for p in one.parties]
        n = len(parties)
        sure = sum(p.side is not None and p.side.code == "origin" for p in parties)
        maybe = sum(p.side is None for p in parties)
        return jmdi.Result(lower=sure / n, upper=(sure + maybe) / n)

    parties = (jmdi.Party(actor="a", side=side("origin")), jmdi.Party(actor="b"))
    dataset = programme(jmdi.Partnership(id="x", parties=parties))
    (question,) = ask(dataset, _spec(sides))
    assert (question.record, question.field, question.certain) == ("x", "/parties/1/side", 0.5)


def _spec(function) -> jmdi.Metric:
    from jmdi.plugins.specs import DECLARED

    return getattr(function, DECLARED)[0]


def test_a_stated_range_is_tried_and_an_unknown_amount_listed():
    amounts = {
        "known": jmdi.Money(amount=100, currency="EUR"),
        "range": jmdi.Money(amount=10, upper=50, currency="EUR"),
    }
    records = [
        jmdi.Contributes(id=id, source="a", target="i", amount=one) for id, one in amounts.items()
    ]
    (question,) = programme(*records).ask("acme:paid")
    assert question.record == "range" and question.certain == question.mean == 40
    assert {a.said: a.bounds[""] for a in question.answers} == {"10": (110, 110), "50": (150, 150)}
    unknown = jmdi.Contributes(id="unknown", source="a", target="i", amount=None)
    ranked, listed = programme(unknown, *records).ask("acme:paid")
    assert (ranked.record, ranked.certain) == ("range", 40)
    assert (listed.record, listed.certain, listed.mean, listed.answers) == (
        "unknown",
        None,
        None,
        (),
    )


@jmdi.metric("acme:even", "Even", on="dataset", range=(0, 1), value_is="share")
def even(dataset: jmdi.Dataset) -> jmdi.Result:
    """A share that nobody can narrow before all amounts are known."""
    unknown = [one.id for one in dataset.of(jmdi.Contributes) if one.amount is None]
    notes = {"missing": [{"about": id, "field": "/amount"} for id in unknown]}
    if unknown:
        return jmdi.Result(lower=0, upper=1, notes=notes)
    return jmdi.Result(value=0.5)


def test_where_no_answer_alone_narrows_anything_facts_are_asked_for_together():
    amounts = {"one": None, "other": None, "known": jmdi.Money(amount=100, currency="EUR")}
    records = [
        jmdi.Contributes(id=id, source="a", target="i", amount=one) for id, one in amounts.items()
    ]
    (found,) = ask(programme(*records), _spec(even))
    assert (found.record, found.field, found.certain, found.answers) == ("one", "/amount", None, ())
    assert [(q.record, q.field) for q in found.also] == [("other", "/amount")]
    assert str(found) == f"{found.words}\n+ {found.also[0].words}"
    (last,) = ask(programme(*records[1:]), _spec(even))
    assert (last.record, last.certain, last.also) == ("other", None, ())
    assert ask(programme(records[-1]), _spec(even)) == ()


def agreed(least: int):
    """A metric that says nothing before so many actors of the Dataset have the same type."""

    @jmdi.metric("own:agreed", "Agreed", on="dataset", range=(0, 1))
    def agreed_(dataset: jmdi.Dataset) -> jmdi.Result:
        types = [actor.type.code for actor in dataset.of(jmdi.Actor) if actor.type]
        if max(map(types.count, types), default=0) < least:
            return jmdi.Result(lower=0, upper=1)
        return jmdi.Result(value=1)

    return _spec(agreed_)


def test_pairs_that_narrow_are_ranked_with_all_their_answers():
    first, second = (jmdi.Actor(id=f"actor/{k}") for k in range(2))
    (found,) = ask(programme(first, second), agreed(2))
    assert (found.record, found.also[0].record) == ("actor/0", "actor/1")
    types = MODEL.catalog.vocabularies["actor-type"].codes()
    assert found.certain is None  # there are more combinations than are tried
    (one,) = found.answers
    assert (one.said, one.bounds[""]) == (f"{types[0]} and {types[0]}", (1, 1))
    sided = [jmdi.Participates(id=f"p{k}", source="a", target="i") for k in range(2)]
    dataset = programme(jmdi.evolve(DESK, id="i", participants_complete=True), CITY, *sided)

    @jmdi.metric("own:both", "Both", on="dataset", range=(0, 1))
    def both(dataset: jmdi.Dataset) -> jmdi.Result:
        sides = [p.side and p.side.code for p in dataset.of(jmdi.Participates)]
        return jmdi.Result(lower=0, upper=1 if None in sides else 0.5)

    (found,) = ask(dataset, _spec(both))
    assert (found.certain, found.mean, len(found.answers)) == (0.5, 0.5, len(SIDES) ** 2)
    assert found.answers[0].said == "origin and origin"


@pytest.mark.parametrize("number", [3, 20])
def test_larger_groups_have_only_facts_that_are_needed(number):
    dataset = programme(*(jmdi.Actor(id=f"actor/{k:02}") for k in range(number)))
    found = ask(dataset, agreed(3))
    assert [1 + len(q.also) for q in found] == [3] * (number // 3)
    named = [one.record for q in found for one in (q, *q.also)]
    assert len(named) == len(set(named))


def test_signs_of_which_several_are_needed_are_asked_for_together():
    town = jmdi.Territory(id="territory/town", names={"en": "Fairmead"})
    parameters = {"targets": town.id, "as_of": "2016-06-30"}
    found = jmdi.dataset([town]).ask("scaling:institutionalization", parameters=parameters)
    asked = [[one.codes["criterion"] for one in (q, *q.also)] for q in found]
    assert asked == [["plan", "budget_line", "unit", "ordinance"]]
    best = max(found[0].answers, key=lambda answer: answer.narrowing)
    assert best.bounds[""] in ((1, 1), (0, 0))
    one = dict(zip(asked[0], ("present",) * 3, strict=False))
    signs = [
        jmdi.Evidence(
            id=name,
            of=town.id,
            criterion=jmdi.code("institutionalisation", name),
            state=jmdi.code("presence", state),
            period=jmdi.Period("../.."),
        )
        for name, state in one.items()
    ]
    after = jmdi.dataset([town, *signs]).ask(
        "scaling:institutionalization", parameters=parameters, top=None
    )
    assert {q.codes["criterion"] for q in after} >= {"ordinance"}
    assert not any(q.also for q in after)


def test_what_was_asked_in_vain_comes_last_and_says_so():
    asked = jmdi.evolve(NGO, extra={"type.reason": "unknown"})
    other = jmdi.Actor(id="zzz", extra={"type.reason": "not_asked"})
    found = programme(asked, other).ask("acme:each")
    assert [(q.record, q.asked) for q in found] == [("zzz", None), ("actor/ngo", "unknown")]
    assert "asked already: who was asked does not know" in str(found[1])
    gift = jmdi.Contributes(id="gift", source="a", target="i", amount=jmdi.Money(reason="refused"))
    assert [q.asked for q in programme(gift).ask("acme:paid")] == ["refused"]


def test_who_was_asked_for_in_vain_is_not_asked_for_first():
    codes = {
        "type": {"scheme": "actor-type", "code": "local_authority"},
        "side": {"scheme": "side", "code": "destination"},
    }
    said = {"absences.asked": [{**codes, "reason": "unknown"}, 3, {"reason": "unknown"}]}
    first, last = programme(jmdi.evolve(DESK, extra=said), CITY, AT_HOME).ask("acme:local")
    assert (first.field, first.asked) == ("/participants_complete", None)
    assert (last.field, last.asked) == ("/absences", "unknown")
    other = {"absences.asked": [{**codes, "reason": "not_asked"}]}
    found = programme(jmdi.evolve(DESK, extra=other), CITY, AT_HOME).ask("acme:local")
    assert [q.asked for q in found] == [None, None]


def test_where_there_was_no_bound_an_answer_narrows_without_end():
    @jmdi.metric("own:open", "Open", on="dataset", range=(0, None))
    def open_(dataset: jmdi.Dataset) -> jmdi.Result:
        (actor,) = dataset.of(jmdi.Actor)
        if actor.type is None:
            return jmdi.undefined("missing_input")
        return jmdi.Result(value=1)

    (question,) = ask(programme(jmdi.Actor(id="a")), _spec(open_))
    assert question.certain == question.mean == math.inf
    assert question.to_dict()["certain"] is None
    assert question.to_dict()["bounds"] == {"": [0.0, None]}


def test_a_metric_without_bounds_leaves_nothing_to_narrow():
    assert programme(NGO).ask("acme:plain") == ()


def test_of_several_values_all_count_or_the_one_that_is_named():
    other = jmdi.Actor(id="actor/other")
    found = programme(NGO, other).ask("acme:each")
    assert [(q.record, q.certain) for q in found] == [("actor/ngo", 1), ("actor/other", 1)]
    (one,) = programme(NGO, other).ask("acme:each", entry="actor/other")
    assert one.record == "actor/other"
    with pytest.raises(jmdi.BadParameter, match="has no number 'actor/third'"):
        programme(NGO, other).ask("acme:each", entry="actor/third")


def test_a_tie_that_was_not_observed_is_asked_for_on_a_metric_of_networks():
    actors = [jmdi.Actor(id=name, names={"en": name.upper()}) for name in "abc"]
    ties = [
        jmdi.Tie(id="ab", source="a", target="b"),
        jmdi.Tie(id="bc", source="b", target="c"),
        jmdi.Tie(id="ac", source="a", target="c", state=jmdi.code("presence", "unobserved")),
    ]
    (question,) = jmdi.dataset([*actors, *ties]).ask("network:transitivity", projection="actors")
    assert question.words == "Are A and C tied?" and question.field == "/state"
    assert [answer.said for answer in question.answers] == ["present", "absent"]


@pytest.mark.parametrize("top", [0, -1, True, "3", 1.5])
def test_a_number_of_questions_that_makes_no_sense_is_refused(top):
    with pytest.raises(jmdi.BadParameter, match="top is a whole number from 1 up"):
        programme(DESK).ask("acme:local", top=top)


def test_a_metric_that_needs_a_choice_says_which():
    with pytest.raises(jmdi.BadParameter, match="name one as practice="):
        jmdi.datasets.load("jmdi").ask("scaling:exposure")


def test_unknown_names_are_refused():
    with pytest.raises(jmdi.NotFound, match="acme:local"):
        programme(DESK).ask("acme:locl")
    with pytest.raises(jmdi.NotFound, match="takes no parameters"):
        programme(DESK).ask("acme:local", parameters={"x": 1})
    with pytest.raises(jmdi.NotFound, match="language"):
        programme(DESK).ask("acme:local", language="xx")


def test_progress_is_reported_and_cancelling_stops():
    said = []
    programme(DESK, CITY, AT_HOME).ask("acme:local", progress=lambda *a: said.append(a))
    done, total, what = said[-1]
    assert done == total and what == "answers tried"
    assert [one[0] for one in said] == list(range(1, done + 1))
    stop = threading.Event()
    stop.set()
    with pytest.raises(jmdi.Cancelled, match="cancelled after 0 answers"):
        programme(DESK, CITY, AT_HOME).ask("acme:local", cancel=stop)


def test_a_metric_reads_the_same_of_records_that_are_watched():
    dataset = jmdi.datasets.load("jmdi")
    for spec in dataset.model.catalog.metrics.values():
        slow = spec.name in ("scaling:best-seeds", "scaling:cascade", "scaling:vulnerability")
        if spec.on != "dataset" or slow or any(p.required for p in spec.parameters):
            continue
        bound = bind(spec.name, spec.parameters, {})
        try:
            expected = measured(dataset.model, spec, dataset, bound)
        except jmdi.JmdiError:
            continue
        assert measured(dataset.model, spec, traced(dataset, set()), bound) == expected


def test_a_text_that_no_record_has_is_listed():
    @jmdi.metric("own:lessons", "Lessons", on="dataset", range=(0, 1))
    def lessons(dataset: jmdi.Dataset) -> jmdi.Result:
        practices = dataset.of(jmdi.Practice)
        told = sum(bool(p.lesson) and bool(p.names) for p in practices)
        return jmdi.Result(lower=told / len(practices), upper=1)

    (question,) = ask(programme(jmdi.Practice(id="p", names={"en": "Desk"})), _spec(lessons))
    assert (question.record, question.field, question.certain) == ("p", "/lesson", None)
