"""Suggestions have reasons, are the same each time, and code nothing."""

from __future__ import annotations

import json
import random

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_helpers import coded, item

import jmdi

DESK = "The migration desk answers every question."
FUND = "Savings of migrants are matched by a fund."


@pytest.fixture
def talks(model):
    return model.dataset(
        [
            jmdi.Theme(id="desks", names={"en": "Desks"}),
            jmdi.Theme(id="funds", names={"en": "Funds"}),
            item("a", DESK),
            item("b", FUND),
            coded("a", "desks", "ana", 0, len(DESK)),
            coded("b", "funds", "ana", 0, len(FUND)),
            item("new", "It rains. Who runs the migration desk? A fund has savings."),
            item("other", "Nada de eso."),
            item("bare", None),
        ]
    )


def test_a_suggestion_says_why(talks):
    second, first = talks.suggest_codes().to_dicts()
    assert (first["item"], first["theme"], first["passage"]) == (
        "new",
        "funds",
        "coded/b-funds-ana-0",
    )
    assert first["sentence"] == "A fund has savings." and first["quote"] == FUND
    assert first["words"] == ("fund", "savings")
    assert second["sentence"] == "Who runs the migration desk?" and second["theme_label"] == "Desks"
    assert second["words"] == ("desk", "migration", "the")
    text = talks.get("new").text
    assert text[second["start"] : second["stop"]] == second["sentence"]
    assert 0.1 <= first["score"] <= second["score"] <= 1


def test_nothing_is_coded_and_what_is_coded_is_not_suggested_again(talks):
    before = talks.digest()
    talks.suggest_codes()
    assert talks.digest() == before
    again = talks.suggest_codes(items="a", least=0.01)
    assert "desks" not in again.column("theme")


def test_what_a_message_quotes_is_passed_over(model):
    from jmdi_knowledge.facets import Mark, Utterance

    said = f"> {DESK}\nWe run a desk for migrants."
    quoting = jmdi.evolve(
        item("b", said),
        facets={"knowledge:utterance": Utterance(marks=(Mark(0, len(DESK) + 2, "quote"),))},
    )
    made = [item("a", DESK), coded("a", "desks", "ana", 0, len(DESK)), quoting]
    (row,) = model.dataset(made).suggest_codes().to_dicts()
    assert row["sentence"] == "We run a desk for migrants."


def test_limits(talks):
    assert len(talks.suggest_codes(per_item=1)) == 1
    assert len(talks.suggest_codes(least=1)) == 0
    with pytest.raises(jmdi.NotFound, match="codebook"):
        talks.suggest_codes(codebook="none")
    with pytest.raises(jmdi.BadParameter):
        talks.suggest_codes(least=0)
    with pytest.raises(jmdi.NotFound):
        talks.suggest_codes(items=["nobody"])


def test_a_broken_passage_is_no_example(model):
    made = [item("a", DESK), coded("a", "desks", "ana", 0, 9, text="Another."), item("b", DESK)]
    assert len(model.dataset(made).suggest_codes()) == 0


def test_the_order_of_records_does_not_matter(talks):
    records = list(talks)
    random.Random(1).shuffle(records)
    assert talks.model.dataset(records).suggest_codes() == talks.suggest_codes()


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_texts(one, other):
    from jmdi_knowledge.suggesting.nearest import suggest_codes

    made = jmdi.dataset([item("a", one), coded("a", "t", "ana", 0, len(one)), item("b", other)])
    for row in suggest_codes(made).to_dicts():
        assert row["words"] and other[row["start"] : row["stop"]] == row["sentence"]


def test_the_command(talks, tmp_path):
    from jmdi.cli.root import cli

    path = tmp_path / "talks.jsonl"
    talks.write(path)
    run = CliRunner().invoke
    assert "like coded/b-funds-ana-0" in run(cli, ["code", "suggest", str(path)]).output
    found = json.loads(run(cli, ["code", "suggest", str(path), "--json"]).stdout)["suggestions"]
    assert found[1]["words"] == ["fund", "savings"]
    assert len(run(cli, ["code", "suggest", str(path), "--csv"]).stdout.splitlines()) == 3
    none = run(cli, ["code", "suggest", str(path), "--item", "other"])
    assert none.exit_code == 0 and "nothing is suggested" in none.output
