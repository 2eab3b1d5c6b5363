"""Codes that the model of a Dataset has, and no table of the exporter, as IATI writes them."""

from __future__ import annotations

import io
import types

import pytest
from lxml import etree

import jmdi
from jmdi_iati import plugin
from jmdi_iati.export.elements import organisation

EXPECTED = {"financial_institution": "70", "chamber": "70", "bank": "70", "unheard_of": None}
LISTS = {
    "actor-type": "iati-organisation-type",
    "organisation-role": "iati-organisation-role",
    "initiative-status": "iati-activity-status",
    "governance-level": "iati-activity-scope",
    "initiative-relation": "iati-related-activity-type",
}


@pytest.fixture
def model():
    """A model in which a plugin adds types of actors, a role and a status."""
    acme = types.ModuleType("acme")
    acme.JMDI_API = 1
    own = [
        jmdi.Vocabulary(
            "actor-type",
            [
                jmdi.Concept("chamber", matches={"iati-organisation-type": "70"}),
                jmdi.Concept("bank", broader="financial_institution"),
            ],
        ),
        jmdi.Vocabulary("organisation-role", [jmdi.Concept("contractor", broader="implementing")]),
        jmdi.Vocabulary(
            "initiative-status",
            [jmdi.Concept("on_hold", matches={"iati-activity-status": "~6"})],
        ),
    ]
    acme.jmdi_vocabularies = jmdi.hookimpl(lambda: own)
    return jmdi.Model.build([acme, plugin])


@pytest.mark.parametrize(("kind", "number"), EXPECTED.items())
def test_a_type_is_written_as_what_it_matches_or_falls_under(model, kind, number):
    actor = jmdi.Actor(id="actor/a", names={"en": "A"}, type=jmdi.code("actor-type", kind))
    vocabularies = model.catalog.vocabularies
    made = organisation("participating-org", actor, role="4", vocabularies=vocabularies)
    assert made.get("type") == number


def written(model, *records):
    out = io.BytesIO()
    model.write(model.dataset(records), out, format="iati:activities")
    return etree.fromstring(out.getvalue()), out.getvalue()


def test_a_whole_dataset_is_written_by_the_vocabularies_of_its_own_model(model):
    kinds = ("chamber", "bank", "financial_institution")
    actors = [
        jmdi.Actor(
            id=f"actor/{kind}",
            names={"en": kind},
            identifiers=(jmdi.Identifier("GB-CHC", kind),),
            type=jmdi.code("actor-type", kind),
        )
        for kind in kinds
    ]
    initiative = jmdi.Initiative(
        id="initiative/a",
        names={"en": "A"},
        description={"en": "A"},
        identifiers=(jmdi.Identifier("iati-identifier", "GB-CHC-bank-1"),),
        status=jmdi.code("initiative-status", "on_hold"),
        period=jmdi.Period("2020-01-01/2021-12-31"),
        sources=(jmdi.Source("A", publisher="actor/bank"),),
    )
    parts = [
        jmdi.Participates(
            id=f"participates/{kind}",
            source=f"actor/{kind}",
            target="initiative/a",
            role=jmdi.code("organisation-role", "contractor"),
        )
        for kind in kinds
    ]
    root, data = written(model, *actors, initiative, *parts)
    assert {o.get("type") for o in root.iter("reporting-org", "participating-org")} == {"70"}
    assert {o.get("role") for o in root.iter("participating-org")} == {"4"}
    assert [s.get("code") for s in root.iter("activity-status")] == ["6"]

    # IATI's code says less than ours: what comes back is the type that means just 70.
    again = model.read(io.BytesIO(data), format="iati:xml")
    assert {a.type.code for a in again.of(jmdi.Actor)} == {"private_sector"}

    # A model without the plugin does not know two of the types. It leaves them out, but IATI
    # requires that of who reports.
    plain = jmdi.Model.build([plugin])
    known = [jmdi.evolve(p, role=jmdi.code("organisation-role", "funding")) for p in parts]
    with pytest.raises(jmdi.DataError, match="reporting-org/@type"):
        written(plain, *actors, initiative, *known)
    source = jmdi.Source("A", publisher="actor/financial_institution")
    other, _ = written(plain, *actors, jmdi.evolve(initiative, sources=(source,)), *known)
    assert [o.get("type") for o in other.iter("participating-org")] == [None, None, "70"]


@pytest.mark.parametrize(("scheme", "name"), LISTS.items())
def test_every_code_of_iati_is_read_and_written_back(model, scheme, name):
    vocabularies = model.catalog.vocabularies
    meanings = vocabularies[scheme].meanings(name)
    assert set(vocabularies[name].codes()) == set(meanings)
    for theirs, ours in meanings.items():
        assert jmdi.model.vocabularies.match(vocabularies, jmdi.code(scheme, ours), name) == theirs
