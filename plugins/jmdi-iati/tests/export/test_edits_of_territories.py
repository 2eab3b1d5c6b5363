"""A territory that several activities share is written in each that uses it, by lxml alone."""

from __future__ import annotations

import io
import random
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import jmdi
from jmdi_iati.facets import Location

CODES = ("100", "200")
NAMES = ("Town", "Ville", "Lowtown")
POINTS = ("13.7 -89.2", "13.8 -89.1", "")


def write(dataset) -> bytes:
    stream = io.BytesIO()
    dataset.write(stream, format="iati:activities")
    return stream.getvalue()


def location(draw) -> str:
    code, name, point = draw.choice(CODES), draw.choice(NAMES), draw.choice(POINTS)
    where = f"<point><pos>{point}</pos></point>" if point else ""
    own = draw.choice(('<x:own xmlns:x="urn:x">kept</x:own>', ""))
    return (
        f'<location ref="L"><location-id vocabulary="G1" code="{code}"/><name><narrative>{name}'
        f"</narrative></name><description><narrative>{draw.choice(NAMES)}</narrative></description>"
        f"{where}{own}</location>"
    )


def document(files, draw) -> bytes:
    return files.document(
        *(
            files.activity(*(location(draw) for _ in range(draw.randrange(4))), id=f"A-{n}")
            for n in range(4)
        )
    )


def said(element) -> tuple[str | None, ...]:
    """What a location says: name, description, point, and what else is in it."""
    paths = ("name/narrative", "description/narrative", "point/pos", "{urn:x}own")
    return tuple(element.findtext(path) for path in paths)


def by_code(xml: bytes) -> list[tuple[str, tuple[str | None, ...]]]:
    return [
        (one.find("location-id").get("code"), said(one))
        for one in etree.fromstring(xml).iter("location")
    ]


def shared(dataset):
    return [t for t in dataset.of(jmdi.Territory) if t.code and t.code.scheme == "geonames"]


EDITS = {
    "names": (0, lambda t: t.names["en"], lambda t: jmdi.evolve(t, names={"en": "New"}), "New"),
    "description": (
        1,
        lambda t: t.description["en"],
        lambda t: jmdi.evolve(t, description={"en": "New"}),
        "New",
    ),
    "degrees": (
        2,
        lambda t: t.facet(Location).point,
        lambda t: t.with_facet(
            jmdi.evolve(t.facet(Location), latitude=Decimal(1), longitude=Decimal(2))
        ),
        "1 2",
    ),
    "point": (
        2,
        lambda t: t.facet(Location).point,
        lambda t: t.with_facet(jmdi.evolve(t.facet(Location), point="3 4")),
        "3 4",
    ),
}


@pytest.mark.parametrize("name", EDITS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_an_edit_is_written_in_each_activity_that_said_the_old_value(files, name, seed):
    at, old, edit, new = EDITS[name]
    draw = random.Random(seed)
    dataset, _ = files.read(document(files, draw))
    if not shared(dataset):
        return
    town = draw.choice(shared(dataset))
    before = by_code(write(dataset))
    wanted = [
        (code, (*says[:at], new, *says[at + 1 :]))
        if code == town.code.code and says[at] == old(town)
        else (code, says)
        for code, says in before
    ]
    assert wanted != before
    assert by_code(write(dataset.with_records(edit(town)))) == wanted


RECIPIENTS = (
    '<recipient-country code="SN" percentage="100"><narrative>own words</narrative>'
    '</recipient-country><transaction><transaction-type code="3"/>'
    '<transaction-date iso-date="2020-01-01"/><value value-date="2020-01-01">1</value>'
    '<recipient-country code="SN"/></transaction>'
    '<recipient-region vocabulary="99" code="R"><narrative>North</narrative></recipient-region>'
)


def test_the_code_of_a_country_is_written_in_each_activity(files):
    dataset, _ = files.read(
        files.document(*(files.activity(RECIPIENTS, id=f"A-{n}") for n in range(3)))
    )
    (senegal,) = (t for t in dataset.of(jmdi.Territory) if t.country == "SN")
    edited = jmdi.evolve(senegal, code=jmdi.code("iso-3166-1", "ML"), country="ML")
    before = write(dataset)
    assert write(dataset.with_records(edited)) == before.replace(b'code="SN"', b'code="ML"')


def test_the_name_of_an_own_region_is_written_where_the_old_one_stood(files):
    other = RECIPIENTS.replace("North", "The North")
    texts = (RECIPIENTS, RECIPIENTS, other)
    dataset, _ = files.read(
        files.document(*(files.activity(text, id=f"A-{n}") for n, text in enumerate(texts)))
    )
    (region,) = (t for t in dataset.of(jmdi.Territory) if t.code.scheme == "iati-region-99")
    before = write(dataset)
    edited = write(dataset.with_records(jmdi.evolve(region, names={"en": "Upland"})))
    assert edited == before.replace(b">North<", b">Upland<")
    alone = dataset.where(jmdi.Initiative, lambda i: i.identifiers[0].value == "A-2")
    alone = alone.where(jmdi.Transaction, lambda one: one.initiative in alone)
    assert write(alone).split(b"\n")[2] == before.split(b"\n")[4]


def test_a_gazetteer_s_place_of_a_published_file(files, real):
    dataset, _ = files.read(real("iati/millenniumchallenge-xk.xml"))
    town = next(t for t in shared(dataset) if t.names)
    old = next(iter(town.names.values()))
    xml = write(dataset)
    edited = jmdi.evolve(town, names=dict.fromkeys(town.names, "New"))
    before, after = (
        [
            ("".join(one.find("name").itertext()).strip(), one.findtext("point/pos"))
            for one in etree.fromstring(text).iter("location")
            if one.find("location-id") is not None
        ]
        for text in (xml, write(dataset.with_records(edited)))
    )
    assert [("New" if name == old else name, point) for name, point in before] == after != before
