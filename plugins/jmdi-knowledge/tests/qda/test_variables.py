"""What variables of a project say is data: own attributes, which are written back."""

from __future__ import annotations

import io
import shutil
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import jmdi
from jmdi import Actor, Coded, KnowledgeItem

GUID = "a0000000-0000-4000-8000-00000000000"
KINDS = {
    "Text": "north",
    "Boolean": "true",
    "Integer": "7",
    "Float": "2.50",
    "Date": "2015-10-01",
    "DateTime": "2015-10-01T08:00:00Z",
}
TYPED = {
    "Text": "north",
    "Boolean": True,
    "Integer": 7,
    "Float": 2.5,
    "Date": "2015-10-01",
    "DateTime": "2015-10-01T08:00:00Z",
}


def value(number, form, text):
    return (
        f'<VariableValue><VariableRef targetGUID="{GUID}{number}"/>'
        f"<{form}Value>{text}</{form}Value></VariableValue>"
    )


def declared(*variables):
    rows = "".join(
        f'<Variable guid="{GUID}{n}" name="{name}" typeOfVariable="{form}"/>'
        for n, (name, form) in enumerate(variables)
    )
    return f"<Variables>{rows}</Variables>"


def source(number, values="", selection=""):
    return (
        f'<TextSource guid="e000000{number}-0000-4000-8000-000000000000" name="Talk {number}">'
        f"<PlainTextContent>one two three</PlainTextContent>{selection}{values}</TextSource>"
    )


def case(number, values, *refs):
    guid = f"d000000{number}-0000-4000-8000-000000000000"
    return f'<Case guid="{guid}" name="Respondent {number}">{values}{"".join(refs)}</Case>'


def to_source(number):
    return f'<SourceRef targetGUID="E000000{number}-0000-4000-8000-000000000000"/>'


def items(dataset):
    return {one.label(): one for one in dataset.of(KnowledgeItem)}


def own(record):
    return {name: one for name, one in record.extra.items() if name != "qda"}


def again(projects, dataset):
    out = io.BytesIO()
    projects.model.write(dataset, out, format="knowledge:qdpx")
    return out.getvalue(), projects.read(out.getvalue(), people="keep")


@pytest.fixture
def typed(projects):
    body = declared(*((f"a {form.lower()}", form) for form in KINDS))
    values = "".join(value(n, form, text) for n, (form, text) in enumerate(KINDS.items()))
    return projects.xml(f"{body}<Sources>{source(1, values)}</Sources>").encode()


def test_values_have_the_type_that_their_element_says(projects, typed, valid):
    dataset = projects.read(typed, people="keep")
    said = own(items(dataset)["Talk 1"])
    assert said == {f"a {form.lower()}": TYPED[form] for form in KINDS}
    assert [type(one) for one in said.values()] == [type(one) for one in TYPED.values()]
    data, back = again(projects, dataset)
    valid(data)
    assert b"2.50" in projects.unzipped(data), "a value that nobody changed is written as it was"
    assert own(items(back)["Talk 1"]) == said


def test_a_changed_a_new_and_a_deleted_value_are_written(projects, typed, valid):
    dataset = projects.read(typed, people="keep")
    item = items(dataset)["Talk 1"]
    extra = {k: v for k, v in item.extra.items() if k != "a text"}
    extra |= {"a float": 3, "a date": "2016-01-31", "visits": 4, "weight": 0.000001, "late": False}
    changed = dataset.with_records(jmdi.evolve(item, extra=extra))
    data, back = again(projects, changed)
    valid(data)
    assert own(items(back)["Talk 1"]) == {k: v for k, v in extra.items() if k != "qda"}
    tree = etree.fromstring(projects.unzipped(data))
    forms = {one.get("name"): one.get("typeOfVariable") for one in tree.iter("{*}Variable")}
    assert forms["visits"] == "Integer"
    assert forms["weight"] == "Float"
    assert forms["late"] == "Boolean"
    assert "<DateValue>2016-01-31" in projects.unzipped(data).decode()


def test_what_all_cases_say_holds_for_their_sources(projects):
    cases = (
        case(1, value(0, "Text", "north") + value(1, "Integer", "40"), to_source(1), to_source(2)),
        case(2, value(0, "Text", "north") + value(1, "Integer", "41"), to_source(2)),
    )
    body = declared(("province", "Text"), ("age", "Integer"))
    sources = source(1) + source(2, value(1, "Integer", "5")) + source(3)
    xml = projects.xml(f"{body}<Cases>{''.join(cases)}</Cases><Sources>{sources}</Sources>")
    dataset = projects.read(xml.encode(), people="keep")
    said = {name: own(one) for name, one in items(dataset).items() if name.startswith("Talk")}
    assert said["Talk 1"] == {"province": "north", "age": 40}
    assert said["Talk 2"] == {"province": "north", "age": 5}, "what it says itself comes first"
    assert said["Talk 3"] == {}
    assert [p.code for p in dataset.problems if "'age'" in p.message] == ["knowledge:Q117"]
    data, back = again(projects, dataset)
    assert projects.unzipped(data).count(b"<VariableValue") == 5, "those of cases are not repeated"
    assert {name: own(one) for name, one in items(back).items() if name in said} == said


def test_a_case_of_a_selection_is_of_its_codings(projects):
    selection = projects.selection(0, 3)
    guid = selection.partition('guid="')[2][:36].upper()
    one = case(1, value(0, "Boolean", "1"), f'<SelectionRef targetGUID="{guid}"/>')
    body = declared(("urban", "Boolean"))
    text = source(1, selection=selection + projects.selection(4, 7))
    xml = projects.xml(f"{body}<Cases>{one}</Cases><Sources>{text}</Sources>")
    dataset = projects.read(xml.encode(), people="keep")
    assert [own(coded) for coded in dataset.of(Coded)] == [{"urban": True}, {}]
    _, back = again(projects, dataset)
    assert [own(coded) for coded in back.of(Coded)] == [{"urban": True}, {}]


def test_variables_named_as_fields_or_twice_get_other_names(projects):
    body = declared(("date", "Text"), ("place", "Text"), ("place", "Text"), ("qda", "Text"))
    values = "".join(value(n, "Text", word) for n, word in enumerate("abcd"))
    xml = projects.xml(f"{body}<Sources>{source(1, values)}</Sources>").encode()
    dataset = projects.read(xml, people="keep")
    said = own(items(dataset)["Talk 1"])
    assert said == {"date_": "a", "place": "b", "place_2": "c", "qda_": "d"}
    assert own(items(again(projects, dataset)[1])["Talk 1"]) == said


def test_thousands_of_variables_of_one_name_are_told_apart(projects):
    many = "".join(
        f'<Variable guid="{n}" name="place" typeOfVariable="Text"/>' for n in range(20_000)
    )
    last = (
        '<VariableValue><VariableRef targetGUID="19999"/><TextValue>x</TextValue></VariableValue>'
    )
    xml = projects.xml(f"<Variables>{many}</Variables><Sources>{source(1, last)}</Sources>")
    assert own(items(projects.read(xml.encode(), people="keep"))["Talk 1"]) == {"place_20000": "x"}


@pytest.mark.parametrize(
    ("form", "text"),
    [("Integer", "many"), ("Float", "1e999"), ("Boolean", "maybe"), ("Date", "31.12.2015")],
)
def test_a_value_of_another_type_stays_text_and_is_reported(projects, form, text):
    body = declared(("odd", form))
    xml = projects.xml(f"{body}<Sources>{source(1, value(0, form, text))}</Sources>").encode()
    dataset = projects.read(xml, people="keep")
    assert own(items(dataset)["Talk 1"]) == {"odd": text}
    assert "knowledge:Q112" in {problem.code for problem in dataset.problems}


def test_names_of_people_in_values_are_hidden(projects, tmp_path):
    users = f'<Users><User guid="{GUID}9" name="Ana María López"/></Users>'
    body = users + declared(("by", "Text"))
    xml = projects.xml(f"{body}<Sources>{source(1, value(0, 'Text', 'Ana María López'))}</Sources>")
    dataset = projects.read(xml.encode(), key=str(tmp_path / "people.key"))
    assert items(dataset)["Talk 1"].extra["by"].startswith("P-")


def test_cases_that_are_actors_have_them_too(projects):
    actors = projects.read(projects.files / "desk.qdpx", people="keep", cases="actors").of(Actor)
    assert [own(actor) for actor in actors] == [{"province": "PH-BTG"}]


@pytest.mark.parametrize("name", ["desk.qdpx", "desk.qda"])
def test_a_variable_can_say_the_territory(projects, name):
    path = projects.files / name
    dataset = projects.read(path, people="keep", territory_variable="province")
    [place] = dataset.of(jmdi.Territory)
    assert place.label() == "PH-BTG"
    assert [one.territory for one in dataset.of(KnowledgeItem)] == [None, place.id, None]
    wrong = projects.read(path, people="keep", territory_variable="region")
    [problem] = [one for one in wrong.problems if one.code == "knowledge:Q118"]
    assert "there are province" in problem.message


def test_a_variable_that_is_called_territory_can_say_it(projects):
    xml = projects.xml(
        f"{declared(('territory', 'Text'))}<Sources>{source(1, value(0, 'Text', 'Thiès'))}"
        f"{source(2, value(0, 'Text', 'THIES'))}</Sources>"
    )
    dataset = projects.read(xml.encode(), people="keep", territory_variable="territory")
    assert len({one.territory for one in dataset.of(KnowledgeItem)} - {None}) == 1
    assert len(dataset.of(jmdi.Territory)) == 1


def test_qualcoder_says_which_attributes_are_numbers(projects, tmp_path):
    folder = shutil.copytree(projects.files / "desk.qda", tmp_path / "desk.qda")
    (folder / "data.qda").chmod(0o600)
    with sqlite3.connect(folder / "data.qda") as database:
        database.execute(
            "create table attribute_type (name text, date text, owner text, memo text, "
            "caseOrFile text, valuetype text)"
        )
        database.execute(
            "insert into attribute_type (name, caseOrFile, valuetype) "
            "values ('length', 'file', 'numeric'), ('date', 'file', 'character')"
        )
        rows = [("length", "file", "12", 1), ("date", "file", "12", 1), ("empty", "file", "", 1)]
        database.executemany(
            "insert into attribute (name, attr_type, value, id) values (?, ?, ?, ?)", rows
        )
    database.close()
    dataset = projects.read(folder, people="keep")
    _, first, _ = dataset.of(KnowledgeItem)
    assert own(first) == {"province": "PH-BTG", "length": 12, "date_": "12"}
    assert own(items(again(projects, dataset)[1])[first.label()]) == own(first)


scalars = st.one_of(
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1).filter(
        str.strip
    ),
)


@given(
    many=st.lists(
        st.dictionaries(st.sampled_from(["a", "b c", "été", "موقع"]), scalars), max_size=4
    )
)
def test_own_attributes_of_items_come_back(projects, many):
    made = [
        KnowledgeItem(id=f"item/{n}", names={"und": f"Item {n}"}, text=f"text {n}", extra=extra)
        for n, extra in enumerate(many)
    ]
    theme = jmdi.Theme(id="theme/x", names={"und": "x"})
    _, back = again(projects, projects.model.dataset([theme, *made]))
    found = items(back)
    for item in made:
        assert own(found[item.label()]) == own(item)
        assert found[item.label()].text == item.text
