"""No JSON value of a wrong type is converted: each gives a problem at its place."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from filing import actor, codes, lines, load, read_one, tie
from forms import RIGHT, WRONG, Every, every, plugin

import jmdi
from jmdi.files import codec
from jmdi.model.constructors import unchecked
from jmdi.model.writing import canonical_json


@pytest.fixture(scope="module")
def model():
    return jmdi.Model.build([plugin])


TYPES = {
    "str": "x",
    "int": 1,
    "float": 0.5,
    "bool": True,
    "array": [1],
    "object": {"x": 1},
    "empty array": [],
    "empty object": {},
    "zero": 0,
    "empty str": "",
}
TAKEN = {
    "a_str": {"str", "empty str"},
    "an_int": {"int", "zero"},
    "a_float": {"float"},
    "a_bool": {"bool"},
    "a_decimal": set(),
    "a_date": set(),
    "a_datetime": set(),
    "an_enum": set(),
    "a_literal": {"str"},
    "a_ref": {"str"},
    "a_text": {"empty object"},
    "a_value": {"object", "empty object"},
    "a_tuple": {"array", "empty array"},
    "a_mapping": {"object", "empty object"},
}


@pytest.mark.parametrize(("field", "value"), [(f, v) for f, vs in RIGHT.items() for v in vs])
def test_right_values_are_read_and_written_as_they_were(model, field, value):
    record, problems = read_one(every(**{field: value}), model)
    assert problems == ()
    again, _ = read_one(every(**{field: value}), model)
    assert again == record
    written = canonical_json(record)
    back, _ = load(lines() + written.encode(), model)
    assert back.records == (record,)


@pytest.mark.parametrize(
    ("field", "value"),
    [(f, TYPES[t]) for f in RIGHT for t in TYPES if t not in TAKEN[f]]
    + [(f, v) for f, vs in WRONG.items() for v in vs],
)
def test_wrong_values_are_problems_at_their_place(model, field, value):
    record, problems = read_one(every(**{field: value}), model)
    assert record is None
    assert {p.code for p in problems} == {"J203"}
    for problem in problems:
        assert problem.path.startswith(f"/test:every/{field}")
        where = jmdi.Where("input", 2, record="e/1", kind="test:every", member=problem.path)
        assert problem.where == where
        assert problem.message


def test_null_is_unknown_where_unknown_is_allowed(model):
    fields = {name: None for name in RIGHT if name not in ("a_text", "a_tuple", "a_mapping")}
    record, problems = read_one(every(**fields), model)
    assert problems == ()
    assert record == Every(id="e/1")
    for name in ("a_text", "a_tuple", "a_mapping"):
        assert codes(read_one(every(**{name: None}), model)[1]) == ["J203"]


PLACES = [
    (actor(country=686), "/country", "J203"),
    (actor(names="Town"), "/names", "J203"),
    (
        actor(identifiers=[{"scheme": "x", "value": "1"}, {"scheme": "x", "value": 1}]),
        "/identifiers/1/value",
        "J203",
    ),
    (actor(identifiers=[{"scheme": "x"}]), "/identifiers/0/value", "J202"),
    (actor(period={"parts": [{"of": "x", "edtf": "2015"}, 7]}), "/period/parts/1", "J203"),
    (actor(period={"parts": [{"of": "x"}]}), "/period/parts/0/edtf", "J202"),
    (actor(sources={}), "/sources", "J203"),
    (actor(type={"scheme": "a", "code": 1}), "/type/code", "J203"),
    (actor(type="ngo"), "/type", "J203"),
    ({"kind": "actor"}, "/id", "J202"),
    (actor(id=1), "/id", "J203"),
    (actor(id=""), "/id", "J203"),
    (tie(source=None), "/source", "J203"),
    (tie(amounts=[{}, {"amount": 1.5}]), "/amounts/1/amount", "J203"),
    ({"kind": "pillar", "id": "p/1", "number": "1"}, "/number", "J203"),
    ({"kind": "pillar", "id": "p/1", "number": True}, "/number", "J203"),
]


@pytest.mark.parametrize(("raw", "path", "code"), PLACES)
def test_a_problem_says_where(core, raw, path, code):
    record, problems = read_one(raw, core)
    assert record is None
    assert [(p.code, p.path) for p in problems] == [(code, path)]
    assert problems[0].where.line == 2
    assert str(problems[0]).startswith("input:2 ")


def test_all_problems_of_a_record_are_told(core):
    raw = actor(country=1, names="x", identifiers=[{}, 3], sources=[{"title": 1}, {"date": "x"}])
    _, problems = read_one(raw, core)
    assert sorted(p.path for p in problems) == [
        "/country",
        "/identifiers/0/scheme",
        "/identifiers/0/value",
        "/identifiers/1",
        "/names",
        "/sources/0/title",
        "/sources/1/date",
    ]


def test_raising_names_the_first_ten_and_the_count(core):
    raw = [actor(id=f"a/{n}", country=n) for n in range(14)]
    import io

    with pytest.raises(jmdi.DataError) as caught:
        core.read(io.BytesIO(lines(*raw)), format="jsonl")
    assert len(caught.value.problems) == 14
    assert str(caught.value).splitlines()[0] == "14 errors in the data"
    assert str(caught.value).splitlines()[-1] == "  … and 4 more"


NOT_RECORDS = ["null", "1", '"x"', "[]", "{}", '{"kind":1}', '{"kind":"No Name"}', '{"id":"a"}']


@pytest.mark.parametrize("line", NOT_RECORDS)
def test_a_line_that_is_no_record_is_a_problem(core, line):
    dataset, problems = load(lines() + line.encode() + b"\n" + lines(actor())[15:], core)
    assert codes(problems)[0] == "J201"
    assert problems[0].where.line == 2
    assert len(dataset) <= 1


WRONG_FIELDS = [
    (jmdi.Actor, {"id": 1}),
    (jmdi.Actor, {"id": "a", "country": 1}),
    (jmdi.Actor, {"id": "a", "type": "ngo"}),
    (jmdi.Tie, {"id": "t", "source": "a", "target": None}),
    (jmdi.Tie, {"id": "t", "source": "a", "target": "b", "intensity": 1.5}),
    (jmdi.Tie, {"id": "t", "source": "a", "target": "b", "intensity": True}),
    (jmdi.Pillar, {"id": "p", "number": "1"}),
    (jmdi.Observation, {"id": "o", "value": Decimal("NaN")}),
    (jmdi.Observation, {"id": "o", "value": Decimal("1E+100000")}),
    (jmdi.Actor, {"id": ""}),
    (jmdi.Observation, {"id": "o", "value": Decimal("1E-100000")}),
    (jmdi.Claim, {"id": "c", "about": "a", "field": "/x", "value": "1", "date": "2015"}),
    (
        jmdi.Claim,
        {
            "id": "c",
            "about": "a",
            "field": "/x",
            "value": "1",
            "date": datetime.datetime(2015, 1, 1),
        },
    ),
    (jmdi.Actor, {"id": "a", "sources": ("S",)}),
    (jmdi.Actor, {"id": "a", "names": {"en": "\ud800"}}),
    (jmdi.KnowledgeProduct, {"id": "k", "languages": ("en", 1)}),
]


@pytest.mark.parametrize(("cls", "fields"), WRONG_FIELDS, ids=repr)
def test_what_could_not_be_read_again_is_not_made_and_not_written(core, cls, fields):
    from filing import dump

    if "names" not in fields:  # of a text only its writer asks whether it is Unicode
        with pytest.raises(
            jmdi.BadValue, match=rf"^{cls.__name__}\.\w+(\[\d\])?: expected .+, got"
        ):
            cls(**fields)
    with pytest.raises(jmdi.DataError) as caught:
        dump(core.dataset([unchecked(cls)(**fields)]), core)
    assert caught.value.problems[0].code in ("J202", "J203", "J208")


def test_numbers_of_the_largest_size_that_is_written_can_be_read(core):
    from filing import dump

    for text in ("1E+498", "1E-498", "9" * 500, "-" + "9" * 500):
        record = jmdi.Observation(id="o", value=Decimal(text))
        assert load(dump(core.dataset([record]), core), core)[0].records == (record,)


def test_the_first_objects_of_a_class_are_read_as_all_others(model, monkeypatch):
    raw = [one for one, *_ in PLACES] + [tie(), actor(beside={"x": [1]}, country="PH")]
    raw += [every(**{name: value}) for name in (RIGHT | WRONG) for value in RIGHT[name]]
    sample = (jmdi.datasets.HOME / "sample.jsonl").read_bytes()

    def read():
        codec.codec_of.cache_clear()  # which has met some
        found = [load(lines(*raw), model), load(sample, jmdi.default_model())]
        return [([*map(canonical_json, data)], [*map(str, said)]) for data, said in found]

    by_a_loop = read()
    monkeypatch.setattr(codec, "FEW", 0)
    assert by_a_loop == read()
    codec.codec_of.cache_clear()
    assert by_a_loop[0][0] and by_a_loop[0][1]
