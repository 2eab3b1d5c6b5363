"""Headers of other forms: counted, plural, of a person beside an organisation, in Portuguese."""

from __future__ import annotations

import io

from survey_helpers import MODEL, mapping_of, named, proposed, read, ties, workbook

from jmdi import Actor, Contributes, Participates, Rates, Territory


def test_counted_columns_of_partners_are_one_each():
    data = read(
        "Organisation,Partner 1,How often 1,Trust 1,Partner 2,How often 2,Trust 2\n"
        "Alba,Brisa,weekly,3,Cora,yearly,1\nBrisa,Alba,3,2,none,,\n"
    )
    assert sorted(ties(data), key=str) == [
        ("Alba", "Brisa", "present", 4),
        ("Alba", "Cora", "present", 1),
        ("Brisa", "Alba", "present", 3),
    ]
    assert sorted(int(rates.score) for rates in data.of(Rates)) == [1, 2, 3]
    assert "none" not in named(data).values()


def test_one_cell_may_list_all_partners():
    data = read("Organisation;Partners\nAlba;Brisa, Cora\nBrisa;Alba\nCora;\n")
    assert [t[:2] for t in sorted(ties(data), key=str)][:2] == [("Alba", "Brisa"), ("Alba", "Cora")]


def test_an_organisation_goes_before_the_person_who_answered_for_it():
    text = "Respondent,Your organisation,Partner\nMaria,Alba,Brisa\nJuan,Alba,Brisa\n"
    assert sorted(named(read(text)).values()) == ["Alba", "Brisa"]
    assert "it may be 'Respondent'" in proposed(text).notes["Respondent"]
    assert mapping_of("Respondent,Partner\nAlba,Brisa\n")["columns"]["Respondent"] == "org.names"


def test_surveys_in_portuguese():
    data = read(
        "Sua organização;Organização parceira;Frequência;Confiança (1-4);Respondeu\n"
        "Alba;Brisa;4;3;sim\nBrisa;Alba;3;2;sim\nCora;;;;não\n"
    )
    assert sorted(ties(data), key=str) == [
        ("Alba", "Brisa", "present", 4),
        ("Brisa", "Alba", "present", 3),
    ]
    roster = read("Organização,Confiança em Alba,Confiança em Brisa\nAlba,,3\nBrisa,2,\n")
    assert sorted(int(rates.score) for rates in roster.of(Rates)) == [2, 3]


def test_who_does_what_where_in_portuguese():
    data = read(
        "Organização implementadora;Doador;Setor;Província;Distrito;Atividade\n"
        "Alba;Fundo Dalia;Saúde;Norte;Um;Oficinas\n"
    )
    assert sorted(named(data).values()) == ["Alba", "Fundo Dalia"]
    assert len(data.of(Participates)) == len(data.of(Contributes)) == 1
    assert len(data.of(Territory)) == 2


def test_a_column_of_a_roster_is_one_whatever_word_says_that_nobody_asked():
    text = "Organisation,Alba,Brisa,Cora\nAlba,,3,0\nBrisa,2,,n/a\nDalia,don't know,1,\n"
    rules = mapping_of(text)
    assert rules["repeats"]["partner"]["only"] == ["Alba", "Brisa", "Cora"]
    assert ("Alba", "Cora", "absent", None) in ties(read(text))


def test_who_was_asked_is_on_the_roster_and_who_is_only_named_is_not():
    text = "Respondent,Partner,Answered\nAlba,Brisa,yes\nBrisa,Elba,yes\nCora,,no\n"
    asked = {actor.label() for actor in read(text).of(Actor) if actor.extra.get("asked")}
    assert asked == {"Alba", "Brisa", "Cora"}
    silent = read("Respondent,Partner\nAlba,Brisa\n").of(Actor)
    assert not any("asked" in actor.extra for actor in silent)


def test_a_list_of_members_says_who_was_asked():
    members = [["Organisation", "Type"], *([name, "ONG"] for name in ("Alba", "Brisa", "Cora"))]
    answers = [["Respondent", "Partner", "Trust"], ["Alba", "Brisa", 3], ["Brisa", "Elba", 2]]
    data = read(workbook(Members=members, Answers=answers), "x.xlsx")
    asked = {actor.label() for actor in data.of(Actor) if actor.extra.get("asked")}
    assert asked == {"Alba", "Brisa", "Cora"}


def test_a_column_that_comes_twice_is_named_as_what_it_may_be():
    notes = proposed("Respondent,Partner,Partner,Trust\nAlba,Brisa,Cora,3\n").notes
    assert "it may be 'Partner'" in notes["Partner (2)"]


def test_how_often_is_said_in_words_of_four_languages():
    said = ("every month", "une fois par semaine", "todos los meses", "uma vez por ano")
    rows = "\n".join(f"A{n};B;{word}" for n, word in enumerate(said))
    found = ties(read(f"Respondent;Partner;How often\n{rows}\n"))
    assert sorted(strength for *_, strength in found) == [1, 3, 3, 4]


PAIRS = """Organisation,Partner,Strength,Trust,Country,Sector,Place
Alba,Brisa,4,3,PH,Health,Fez
Alba,Cora,2,1,PH,Health,Rabat
Brisa,Alba,3,2,ML,Water,Fez
"""


def test_what_all_rows_of_a_respondent_say_is_of_the_respondent():
    columns = mapping_of(PAIRS)["columns"]
    assert columns["Country"] == "org.country"
    assert columns["Sector"] == "org.extra"
    assert columns["Place"] == "tie.extra"
    told = {actor.label(): actor for actor in read(PAIRS).of(Actor)}
    assert [told[name].country for name in ("Alba", "Brisa", "Cora")] == ["PH", "ML", None]
    assert told["Alba"].extra["Sector"] == "Health"
    assert not any("Sector" in rates.extra for rates in read(PAIRS).of(Rates))


def test_a_country_that_differs_among_rows_is_of_the_tie():
    columns = mapping_of(PAIRS.replace("Alba,Cora,2,1,PH", "Alba,Cora,2,1,ML"))["columns"]
    assert columns["Country"] == "tie.extra"


def test_a_row_or_column_of_sums_is_no_organisation():
    text = "Organisation,Alba,Brisa,Total\nAlba,,2,2\nBrisa,1,,1\nTotal,1,2,3\n"
    mapping = mapping_of(text)
    assert mapping["columns"]["Organisation"]["blank"] == ["Total"]
    assert mapping["repeats"]["partner"]["only"] == ["Alba", "Brisa"]
    assert sorted(named(read(text)).values()) == ["Alba", "Brisa"]
    mapping["columns"]["Organisation"] = "org.names"
    again = MODEL.read(io.BytesIO(text.encode()), format="surveys:table", mapping=mapping)
    assert [p.cure for p in again.problems if p.code == "surveys:S11"] == [
        'in the mapping, at the column that names it: blank = ["Total"]'
    ]


def test_names_of_countries_are_asked_for_their_codes():
    said = proposed(PAIRS.replace(",PH,", ",Philippines,")).notes["Country"]
    assert said.endswith("say which codes of two letters these are: 'Philippines'")
    assert "say which" not in proposed(PAIRS).notes["Country"]
