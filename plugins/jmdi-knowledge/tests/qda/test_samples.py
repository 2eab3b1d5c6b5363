"""One invented project in the files of three tools, each of which counts in its own way."""

from __future__ import annotations

import pytest

from jmdi import Coded, KnowledgeItem, Theme

QUOTES = {
    "a desk 🙂 for migrants",
    "training",
    "cafe\u0301 owners offered jobs",
    "مكتب العائدين",
    "يعمل مع البلدية",
    "shares its office",
}


@pytest.mark.parametrize("name", ["desk.qdpx", "desk.qda", "desk.qda/data.qda", "desk.sqlite3"])
def test_every_quote_is_the_one_that_was_coded(projects, name):
    dataset = projects.read(projects.files / name)
    assert set(projects.quotes(dataset)) == QUOTES
    assert {coded.extra["qda"]["unit"].split(",")[0] for coded in dataset.of(Coded)} == {
        {"x": "UTF-16 units", "a": "code points", "3": "UTF-8 bytes"}[name[-1]]
    }
    assert projects.codes(dataset) == []


def test_refi_keeps_who_what_and_when(projects):
    dataset = projects.read(projects.files / "desk.qdpx")
    codings = dataset.of(Coded)
    assert len(codings) == 8
    assert {str(coded.date) for coded in codings} == {"2015-10-01", "2015-10-02"}
    assert len({coded.coder for coded in codings}) == 2
    assert all(str(coded.coder).startswith("P-") for coded in codings)
    assert [coded.memo for coded in codings if coded.memo] == ["to discuss"] * 2
    whole, *talks = dataset.of(KnowledgeItem)
    assert {talk.part_of for talk in talks} == {whole.id}
    [case] = talks[0].extra["qda"]["cases"]
    assert case["variables"] == {"province": "PH-BTG"}
    assert case["name"].startswith("P-")


def test_codes_form_a_tree_with_folders_and_colours(projects):
    for name in ("desk.qdpx", "desk.qda"):
        themes = {theme.label(): theme for theme in projects.read(projects.files / name).of(Theme)}
        assert themes["Economic inclusion"].codable is False
        assert themes["Training"].parent == themes["Economic inclusion"].id
        assert themes["Training"].code == "Economic inclusion / Training"
        assert themes["Training"].colour == "#d62728"
        assert themes["Training"].definition == {"und": "courses & skills"}


def test_qualcoder_keeps_annotations_cases_and_journal(projects):
    dataset = projects.read(projects.files / "desk.qda")
    whole, first, _ = dataset.of(KnowledgeItem)
    kept = first.extra["qda"]
    assert kept["annotations"][0]["memo"] == "when?"
    assert kept["cases"][0]["variables"] == {"province": "PH-BTG"}
    assert whole.extra["qda"]["project"]["journal"][0]["entry"] == "Ask in May."
    important = [c for c in dataset.of(Coded) if c.extra["qda"].get("important")]
    assert len(important) == 2


def test_taguette_says_who_coded_in_its_history_and_levels_if_asked(projects):
    plain = projects.read(projects.files / "desk.sqlite3")
    assert {theme.code for theme in plain.of(Theme)} == {
        "Partnerships",
        "Partnerships: Places to meet",
        "Economic inclusion: Training",
    }
    assert len({coded.coder for coded in plain.of(Coded)}) == 2
    levels = projects.read(projects.files / "desk.sqlite3", separator=":")
    themes = {theme.code: theme for theme in levels.of(Theme)}
    assert themes["Economic inclusion"].codable is False
    assert themes["Economic inclusion / Training"].parent == themes["Economic inclusion"].id
    assert themes["Partnerships / Places to meet"].parent == themes["Partnerships"].id
    assert len(themes) == 4
    assert projects.read(projects.files / "desk.sqlite3", separator="") == plain


def test_names_of_people_can_be_kept(projects):
    dataset = projects.read(projects.files / "desk.qdpx", people="keep", cases="actors")
    assert {coded.coder for coded in dataset.of(Coded)} == {"Coder One", "Coder Two"}
    import jmdi

    assert [actor.label() for actor in dataset.of(jmdi.Actor)] == ["Respondent A"]
