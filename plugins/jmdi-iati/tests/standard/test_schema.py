"""What the table of elements says is what the schemas of IATI say, by lxml's own validator."""

from __future__ import annotations

import copy
import functools
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from jmdi_iati.standard.schema import conform, faults, put_in_order, rule_of

SCHEMAS = Path(__file__).parents[4].parent / "shared" / "data" / "schemas" / "iati-2.03"
FILES = Path(__file__).parents[1] / "files"
ROOTS = {"iati-activity": "activities", "iati-organisation": "organisations"}


@functools.cache
def schema(tag):
    path = SCHEMAS / f"iati-{ROOTS[tag]}-schema.xsd"
    if not path.is_file():
        pytest.skip("no schemas beside the repository")
    return etree.XMLSchema(etree.parse(path))


def is_valid(element):
    root = etree.Element(f"iati-{ROOTS[element.tag]}", version="2.03")
    root.append(copy.deepcopy(element))
    return schema(element.tag).validate(root)


@functools.cache
def sample(name):
    return etree.parse(FILES / f"{name}.xml").getroot()[0]


def whole(rule, tag, text):
    """An element with all that the table names, once."""
    made = etree.Element(tag, {name: text[kind] for name, kind in rule.attributes.items()})
    made.text = text[rule.text] if rule.text else None
    made.extend(whole(child, name, text) for name, child in rule.children.items())
    return made


TEXT = {
    "string": "a",
    "date": "2020-01-01",
    "dateTime": "2020-01-01T00:00:00Z",
    "decimal": "1.5",
    "boolean": "true",
    "int": "-1",
    "positiveInteger": "2020",
    "nonNegativeInteger": "0",
    "anyURI": "http://a.example",
    "NMTOKEN": "a",
}


@pytest.mark.parametrize("tag", ROOTS)
def test_an_element_with_all_that_there_is_is_valid(tag):
    element = whole(rule_of(tag), tag, TEXT)
    assert list(faults(element)) == []
    assert is_valid(element)


BAD = ("", "x", "2020-02-30", "2020-1-1", "1,000", "1.", "-0", "0", " 1 ", "TRUE", "+5")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(tag=st.sampled_from(sorted(ROOTS)), seed=st.integers(0, 10**9), times=st.integers(1, 3))
def test_a_fault_is_one_for_the_schema_too(tag, seed, times):
    """Elements and attributes go, come, change and move at random."""
    element, draw = whole(rule_of(tag), tag, TEXT), random.Random(seed)
    for _ in range(times):
        # The schema of organisations says nothing of its identifier, and wants what is of other
        # namespaces in the middle of a document-link.
        odd = ("organisation-identifier", "document-link" * (tag == "iati-organisation"))
        parts = [p for p in element.iter() if p.tag not in odd]
        part = draw.choice(parts[1:])
        parent = part.getparent()
        if parent is None:
            continue
        do = draw.randrange(7)
        if do == 0:
            parent.remove(part)
        elif do == 1 and part.attrib:
            del part.attrib[draw.choice(list(part.attrib))]
        elif do == 2 and part.attrib:
            name = draw.choice([n for n in part.attrib if "ur" not in n] or ["x"])
            part.set(name, draw.choice(BAD))
        elif do == 3:
            part.text = draw.choice(BAD)
        elif do == 4:
            parent.insert(draw.randrange(len(parent)), copy.deepcopy(part))
        elif do == 5:
            part.set(draw.choice(["unknown", "{urn:x}known", "code"]), "a")
        else:
            part.append(etree.Element(draw.choice(["unknown", "{urn:x}known", "narrative"])))
    found = list(faults(element))
    assert (found == []) == is_valid(element), found


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_what_was_put_in_order_is_in_order(seed):
    element, draw = copy.deepcopy(sample("agency-a")), random.Random(seed)
    for part in list(element.iter()):
        part[:] = draw.sample(list(part), len(part))
    put_in_order(element)
    assert list(faults(element)) == ["value is no decimal"]


def test_what_has_no_place_is_left_out_and_counted():
    element = copy.deepcopy(sample("agency-a"))
    element.find("budget").set("updated", "2012")
    element.find("activity-status").text = "Implementation"
    etree.SubElement(element, "activity-website")
    assert conform(element) == {
        "budget/@updated": 1,
        "words of activity-status": 1,
        "activity-website": 1,
    }
    assert list(faults(element)) == ["value is no decimal"]
