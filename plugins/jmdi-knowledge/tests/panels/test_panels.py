"""What a report shows of knowledge, by hand on a few records."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import jmdi
from jmdi.datasets import load
from jmdi.panels import Unknown, in_language
from jmdi_knowledge.panels.codification import codification
from jmdi_knowledge.panels.gaps import gaps
from jmdi_knowledge.panels.pillars import pillars
from jmdi_knowledge.panels.pyramid import pyramid
from jmdi_knowledge.panels.trails import trails

TEXT = "We pay the clerk ourselves now, so the desk stays."
INTERVIEW = jmdi.code("item-source", "interview")


def english(words):
    return in_language(words, "en")


def item(id, **more):
    return jmdi.KnowledgeItem(id=id, **{"text": TEXT, **more})


def coded(item, theme, digest=hashlib.sha256(TEXT.encode()).hexdigest(), **more):  # noqa: B008
    where = {"start": 0, "stop": 30, "text_digest": digest, "coder": "P-1"}
    return jmdi.Coded(id=f"{item}-{theme}", source=item, target=theme, **{**where, **more})


def derives(source, target):
    return jmdi.Derives(id=f"{source}-{target}", source=source, target=target)


def test_the_roof_is_the_first_pillar_and_unknown_is_not_zero():
    ds = jmdi.dataset(
        [
            jmdi.Practice(id="p", names={"en": "Desk"}, pillars=("pillar/3",)),
            item("i", pillars=("pillar/1", "pillar/2")),
            item("j"),
        ]
    )
    found = pillars(ds)
    assert found.shape == "pillars"
    assert english(found.levels[0].label).startswith("1 ·")
    counts = [level.count for level in found.levels]
    assert counts[:3] == [1, 1, 1]
    assert english(counts[3].reason) == "none on record"
    assert english(found.note).endswith("Records that do not say their pillar: 1.")
    assert [english(link.label) for link in found.levels[2].examples] == ["Desk"]
    assert found.levels[1].progress.value == 0
    assert found.levels[4].progress is None


def test_a_layer_is_above_what_its_products_were_made_from():
    tool, summary = (jmdi.code("layer", name) for name in ("a-tool", "b-summary"))
    ds = jmdi.dataset(
        [
            jmdi.KnowledgeProduct(id="t", layer=tool),
            jmdi.KnowledgeProduct(id="s", layer=summary),
            jmdi.KnowledgeProduct(id="u", layer=summary),
            derives("s", "t"),
            item("i"),
        ]
    )
    levels = pyramid(ds).levels
    assert [english(level.label) for level in levels[:3]] == [
        "b-summary",
        "a-tool",
        "Practices and lessons",
    ]
    assert [level.count for level in levels[:2]] == [2, 1]
    assert isinstance(levels[2].count, Unknown) and levels[3].count == 1


def test_items_count_at_the_broadest_theme_and_those_without_text_apart():
    ds = jmdi.dataset(
        [
            jmdi.Theme(id="work", names={"en": "Work"}, codebook="own"),
            jmdi.Theme(id="jobs", names={"en": "Jobs"}, codebook="own", parent="work"),
            jmdi.Theme(id="home", names={"en": "Home"}, codebook="own"),
            item("a", source_type=INTERVIEW),
            item("b", source_type=INTERVIEW),
            item("c", text=None),
            coded("a", "jobs"),
            coded("a", "work"),
            coded("a", "home"),
        ]
    )
    found = codification(ds)
    columns = [english(text) for text in found.columns]
    assert columns == ["Home", "Work", "Not coded yet", "Not known, text is not here"]
    assert [english(text) for text in found.rows] == ["Interview", "Source not stated"]
    assert found.values == ((1, 1, 1, 0), (0, 0, 0, 1))


def test_a_trail_leads_from_the_product_to_the_words_and_shows_what_is_broken():
    ds = jmdi.dataset(
        [
            jmdi.KnowledgeProduct(id="guide", names={"en": "Guide"}),
            jmdi.KnowledgeProduct(id="leaflet", names={"en": "Leaflet"}),
            jmdi.Practice(id="desk", names={"en": "Desk"}),
            jmdi.Theme(id="work", codebook="own"),
            item("i", source_type=INTERVIEW),
            item("j", text="Something else was written here since then."),
            derives("guide", "desk"),
            derives("desk", "i"),
            derives("desk", "j"),
            coded("i", "work"),
            coded("j", "work"),
        ]
    )
    found = trails(ds)
    steps = [(english(step.label), step.rank, step.state) for step in found.steps]
    assert steps[:3] == [("Guide", 0, "sound"), ("Leaflet", 0, "sound"), ("Desk", 1, "sound")]
    assert sorted(steps[3:5]) == [
        ("“Something else was written her”", 2, "broken"),
        ("“We pay the clerk ourselves now”", 2, "sound"),
    ]
    assert steps[5][1:] == (3, "sound") and steps[5][0] == "Interview"
    assert (0, 2) in found.links and (2, 3) in found.links
    assert english(found.steps[1].note) == "nothing on record says what it was made from"


def test_gaps_of_products_come_first():
    rows = gaps(load("sample")).rows
    assert english(rows[0][0]) == "Claim that the trail does not bear out"
    assert english(rows[1][0]) == "Quote whose text has changed"
    assert english(rows[-1][0]) == "Place whose contributions no product uses"


def test_figures_of_the_bundled_programmes():
    sample, real = load("sample"), load("jmdi")
    assert [level.count for level in pyramid(sample).levels] == [3, 3, 11]
    assert [level.count for level in pyramid(real).levels] == [34, 19, 5]
    assert [level.count for level in pillars(sample).levels] == [4, 13, 6, 2, 2]
    assert codification(sample).values[0] == (1, 2, 2, 0, 2, 0, 0, 0, 0)
    broken = [step for step in trails(sample).steps if step.state == "broken"]
    assert len(broken) == 1 and broken[0].rank == 2


@pytest.mark.parametrize("make", [pillars, pyramid, codification, trails, gaps])
def test_without_knowledge_there_is_nothing(make):
    assert make(jmdi.dataset([jmdi.Actor(id="a")])) is None


def test_a_large_programme_stays_small():
    products = [jmdi.KnowledgeProduct(id=f"p{n:03}") for n in range(200)]
    items = [item(f"i{n:03}") for n in range(200)]
    links = [derives(f"p{n:03}", f"i{m:03}") for n in range(200) for m in range(n % 5)]
    found = trails(jmdi.dataset([*products, *items, *links]))
    assert len(found.steps) <= 50 and found.left_out > 150


def test_what_the_examples_hold_is_shown():
    folder = Path(__file__).parents[4] / "examples" / "knowledge"
    ds = jmdi.read([folder / "desk.qdpx", folder / "whatsapp.txt"], on_error="keep")
    found = codification(ds)
    assert [english(text) for text in found.rows] == ["Live chat", "Source not stated"]
    assert english(found.columns[-1]) == "Not coded yet" and found.values[0][-1] == 5
    assert found.values[1] == (2, 1, 0)
