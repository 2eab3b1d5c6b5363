from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jmdi.words.folding import as_typed, fold, without_footnote
from jmdi_workplan.data import table
from jmdi_workplan.places import PlaceMention, find_country, mentions_in, read_places, telling
from jmdi_workplan.places.gazetteer import country_name, readings, subdivision_name

CODELISTS = Path(__file__).parents[5] / "shared" / "data" / "codelists"


def codes(text: str, country: str | None = None) -> list[str | None]:
    return [one.code or one.country for one in read_places(text, country=country)]


def only(text: str, country: str | None = None) -> PlaceMention:
    (one,) = read_places(text, country=country)
    return one


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Philippines", "PH"),
        ("the Philippines", "PH"),
        ("Republic of the Philippines", "PH"),
        ("FILIPINAS", "PH"),
        ("Sénégal", "SN"),
        ("République du Sénégal", "SN"),
        ("SEN", "SN"),
        ("Túnez", "TN"),
        ("Tunisie", "TN"),
        ("Royaume du Maroc", "MA"),
        ("Marruecos", "MA"),
        ("Népal", "NP"),
        ("República del Ecuador", "EC"),
        ("El Salvador", "SV"),
        ("Costa Rica", "CR"),
        ("Kosovo", "XK"),
        ("Ivory Coast", "CI"),
        ("Burma", "MM"),
        ("DRC", "CD"),
        ("RDC", "CD"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Bolivia (Plurinational State of)", "BO"),
        ("Korea, Republic of", "KR"),
        ("Bosnia and Herzegovina", "BA"),
        ("EE.UU.", "US"),
        ("Phillipines", None),
        ("Congo", None),
        ("Korea", None),
        ("", None),
        ("Region III", None),
        ("QQ", None),
    ],
)
def test_find_country(text: str, code: str | None) -> None:
    assert find_country(text) == code


def test_country_names_of_the_iati_list() -> None:
    path = CODELISTS / "non-embedded" / "Country.xml"
    if not path.exists():
        pytest.skip("no shared data")
    wrong = []
    missed = 0
    for item in ElementTree.parse(path).iter("codelist-item"):
        for narrative in item.iterfind("name/narrative"):
            found = find_country(narrative.text or "")
            missed += found is None
            if found not in (None, item.findtext("code")):
                wrong.append((narrative.text, found))
    assert wrong == []
    assert missed <= 12


# The first-level units that each of the eight countries lists, as ministries type them.
JMDI = {
    "CR": "Alajuela A;Cartago C;Guanacaste G;Heredia H;Limón L;Puntarenas P;San José SJ",
    "EC": "Azuay A;Bolívar B;Carchi C;Orellana D;Esmeraldas E;Cañar F;Guayas G;Chimborazo H;"
    "Imbabura I;Loja L;Manabí M;Napo N;El Oro O;Pichincha P;Los Ríos R;Morona Santiago S;"
    "Santo Domingo de los Tsáchilas SD;Santa Elena SE;Tungurahua T;Sucumbíos U;Galápagos W;"
    "Cotopaxi X;Pastaza Y;Zamora Chinchipe Z",
    "SV": "Ahuachapán AH;Cabañas CA;Chalatenango CH;Cuscatlán CU;La Libertad LI;Morazán MO;"
    "La Paz PA;Santa Ana SA;San Miguel SM;Sonsonate SO;San Salvador SS;San Vicente SV;"
    "La Unión UN;Usulután US",
    "MA": "Tanger-Tétouan-Al Hoceima 01;L'Oriental 02;Fès-Meknès 03;Rabat-Salé-Kénitra 04;"
    "Béni Mellal-Khénifra 05;Casablanca-Settat 06;Marrakech-Safi 07;Drâa-Tafilalet 08;"
    "Souss-Massa 09;Guelmim-Oued Noun 10;Laâyoune-Sakia El Hamra 11;Dakhla-Oued Ed-Dahab 12",
    "NP": "Koshi Province P1;Madhesh P2;Province No. 3 P3;Gandaki Pradesh P4;Lumbini Province P5;"
    "Karnali Province P6;Sudurpashchim P7",
    "PH": "Region I 01;Region II 02;Region III 03;Reg. IV-A 40;MIMAROPA 41;Region V 05;"
    "Region VI 06;Region VII 07;Region VIII 08;Region IX 09;Region X 10;Region XI 11;Region XII 12;"
    "Region XIII 13;ARMM 14;CAR 15;NCR 00;CALABARZON 40;III (Central Luzon) 03;Caraga 13;"
    "Region IV-A CALABARZON 40;Davao Region 11;Cebu CEB;Negros Oriental NER",
    "SN": "Dakar DK;Diourbel DB;Fatick FK;Kaffrine KA;Kolda KD;Kédougou KE;Kaolack KL;Louga LG;"
    "Matam MT;Sédhiou SE;Saint-Louis SL;Tambacounda TC;Thiès TH;Ziguinchor ZG",
    "TN": "Tunis 11;Ariana 12;Ben Arous 13;La Manouba 14;Nabeul 21;Zaghouan 22;Bizerte 23;Béja 31;"
    "Jendouba 32;Le Kef 33;Siliana 34;Kairouan 41;Kasserine 42;Sidi Bouzid 43;Sousse 51;"
    "Monastir 52;Mahdia 53;Sfax 61;Gafsa 71;Tozeur 72;Kébili 73;Gabès 81;Médenine 82;Tataouine 83",
}
TYPED = [
    (country, *entry.rsplit(" ", 1)) for country, row in JMDI.items() for entry in row.split(";")
]


@pytest.mark.parametrize(("country", "text", "code"), TYPED)
def test_the_eight_countries(country: str, text: str, code: str) -> None:
    for form in (text, text.upper(), f"  {text}. "):
        one = only(form, country)
        assert (one.country, one.code) == (country, f"{country}-{code}"), form


def test_the_eight_countries_are_complete() -> None:
    listed = {row["code"] for row in table("subdivisions.csv") if row["country"] in JMDI}
    read = {f"{country}-{code}" for country, _, code in TYPED}
    assert read <= listed
    second_level = {code for code in listed if code[:2] in ("MA", "PH") and code[3:].isalpha()}
    assert listed - second_level <= read


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("Regions III, VII and XI", "PH", ["PH-03", "PH-07", "PH-11"]),
        ("Regions 3, 7 & 11", "PH", ["PH-03", "PH-07", "PH-11"]),
        (
            "Regions I, IV-A, V, VI, XI and NCR",
            "PH",
            ["PH-01", "PH-40", "PH-05", "PH-06", "PH-11", "PH-00"],
        ),
        ("Philippines (Regions III and NCR)", None, ["PH-03", "PH-00"]),
        ("Régions de Dakar, Thiès et Saint-Louis", "SN", ["SN-DK", "SN-TH", "SN-SL"]),
        ("Gouvernorats de Sfax et du Kef", "TN", ["TN-61", "TN-33"]),
        ("Provincias de Loja, El Oro y Zamora Chinchipe", "EC", ["EC-L", "EC-O", "EC-Z"]),
        ("Departamento de La Paz", "SV", ["SV-PA"]),
        ("Iloilo e Ilocos Norte", "PH", ["PH-ILI", "PH-ILN"]),
        ("Dakar / Thiès\n- Matam; Louga", "SN", ["SN-DK", "SN-TH", "SN-MT", "SN-LG"]),
        ("Dakar, Thiès, Senegal", None, ["SN-DK", "SN-TH"]),
        ("Toledo, Spain", "PH", ["ES-TO"]),
        ("Toledo (España)", "PH", ["ES-TO"]),
        ("Bosnia and Herzegovina, Italy and Spain", None, ["BA", "IT", "ES"]),
        ("Italy (Tuscany and Lombardy)", "TN", ["IT-52", "IT-25"]),
        ("Commune of X (Dakar)", "SN", [None, "SN-DK"]),
        ("Casablanca - Settat", "MA", ["MA-06"]),
        ("PH-CEB", None, ["PH-CEB"]),
        ("Region VII (Cebu, Bohol)", "PH", ["PH-07", "PH-CEB", "PH-BOH"]),
    ],
)
def test_lists(text: str, country: str | None, expected: list[str | None]) -> None:
    assert codes(text, country) == expected


@pytest.mark.parametrize(
    "text", ["Region III", "Regions III, VII and XI", "Region IV-A", "Phillipines", "Zone X"]
)
def test_words_stay_words_without_a_country(text: str) -> None:
    for one in read_places(text):
        assert (one.country, one.code, one.rule) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "country", "land"),
    [
        ("Luxembourg", None, None),
        ("Mexico", None, "MX"),
        ("Panama", None, "PA"),
        ("Djibouti", None, "DJ"),
        ("Guatemala", None, "GT"),
        ("El Salvador", None, None),
        ("Granada", None, None),
        ("Georgia", "PH", None),
        ("La Paz", None, None),
        ("Cuenca", None, None),
        ("Bagmati", "NP", "NP"),
        ("Davao", "PH", "PH"),
        ("Congo", None, None),
        ("Túnez", "TN", "TN"),
    ],
)
def test_two_readings_are_never_guessed(text: str, country: str | None, land: str | None) -> None:
    one = only(text, country)
    assert one.code is None
    assert one.country == land
    assert one.rule is not None
    assert one.rule.startswith("ambiguous")


@pytest.mark.parametrize(
    ("text", "country", "rule"),
    [
        ("Pichincha", "SN", "elsewhere"),
        ("Souss-Massa-Drâa", "MA", "no-code"),
        ("Bagmati Zone", "NP", "no-code"),
        ("Far-Western Development Region", "NP", "no-code"),
        ("Region IV", "PH", "no-code"),
        ("Cuenca", "EC", "no-code"),
        ("Quezon City", "PH", "no-code"),
        ("Cebu City", "PH", "municipality"),
        ("Commune de Dakar", "SN", "municipality"),
        ("Oriental", None, "common word"),
        ("TBD", "PH", "unstated"),
        ("à déterminer", "SN", "unstated"),
        ("online", "PH", "online"),
    ],
)
def test_no_code_and_why(text: str, country: str | None, rule: str) -> None:
    one = only(text, country)
    assert (one.code, one.words) == (None, text)
    assert one.rule is not None
    assert one.rule.startswith(rule)


def test_a_plan_of_today_means_no_place_that_was_abolished() -> None:
    texts = ("Gandaki", "Bagmati, Lumbini")
    today = [one.code for text in texts for one in read_places(text, country="NP", year=2024)]
    then = [one.code for text in texts for one in read_places(text, country="NP", year=2014)]
    assert today == ["NP-P4", "NP-P3", "NP-P5"]
    assert then == [None, None, None]
    assert read_places("Janakpur", country="NP", year=2024)[0].code is None


def test_what_a_village_lies_in_is_read() -> None:
    found = read_places("Barangay San Isidro, Tabaco City, Albay", country="PH")
    assert [one.code for one in found] == [None, None, "PH-ALB"]
    assert found[0].rule == "municipality"


@pytest.mark.parametrize(
    "text", ["Tout le territoire national", "All counties", "Todas as ilhas", "جميع المحافظات"]
)
def test_the_whole_country(text: str) -> None:
    (one,) = read_places(text, country="KE")
    assert (one.country, one.rule) == ("KE", "nationwide")


def test_a_type_word_must_fit() -> None:
    assert only("Département de Dakar", "SN").code is None
    assert only("Region of Cebu", "PH").code is None
    assert only("Province of Cebu", "PH").code == "PH-CEB"
    assert only("Bagmati Province", "NP").code == "NP-P3"
    assert [one.code for one in read_places("Départements de Pikine et Dakar", country="SN")] == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    "text", ["nationwide", "National level", "niveau national", "a nivel nacional", "Todo el país"]
)
def test_nationwide(text: str) -> None:
    assert only(text, "SN") == PlaceMention(text, "SN", None, "Senegal", "nationwide")
    assert only(text).country is None


def test_morocco_and_iran_have_current_names() -> None:
    assert subdivision_name("MA-02") == "L'Oriental"
    assert subdivision_name("IR-23") == "Tehran"
    assert only("Kosovo").country == "XK"
    assert all(one.country != "RS" for one in readings()["kosovo"])


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("Training of trainers in Region VII, Cebu City", "PH", ["PH-07"]),
        ("Workshops in Regions III, VII and XI with partners", "PH", ["PH-03", "PH-07", "PH-11"]),
        ("Seminar at the University of Cebu and in Bohol", "PH", ["PH-BOH"]),
        ("Antique furniture is shown in Bohol province", "PH", ["PH-BOH"]),
        ("Caravan in Iloilo, Antique and Capiz", "PH", ["PH-ILI", "PH-ANT", "PH-CAP"]),
        ("Formation à Dakar et dans la région de Thiès", "SN", ["SN-DK", "SN-TH"]),
        ("Atelier de la commune de Kolda", "SN", []),
        ("Taller en la provincia de Pichincha y en Loja", "EC", ["EC-P", "EC-L"]),
        ("Study visit to Italy, Georgia and Spain", "SN", []),
        ("Forum with RDC members in Region V", "PH", ["PH-05"]),
        ("Visita a la VIII Región y a Chiloé", "CL", ["CL-BI"]),
        ("Talleres en las Regiones V, VIII y XVI", "CL", ["CL-VS", "CL-BI", "CL-NB"]),
        ("Training in Regions 5 and 6", "GH", ["GH-EP", "GH-AH"]),
        ("Fair in Region 14", "ET", ["ET-AA"]),
        ("Fair in Region 14", "SN", []),
        ("Forum de la RDC à Kinshasa", "CD", ["CD", "CD-KN"]),
        ("un repas à dakar", "SN", []),
        ("Mission à Rabat-Salé-Kénitra", "MA", ["MA-04"]),
    ],
)
def test_mentions_in_a_sentence(text: str, country: str, expected: list[str]) -> None:
    assert [one.code or one.country for one in mentions_in(text, country)] == expected


@given(
    st.lists(st.sampled_from(("Kumasi", "’Kumasi", "(Accra)", "région", "Region", "V", "of", "7")))
)
def test_a_text_without_a_telling_word_names_no_place(words: list[str]) -> None:
    text = " ".join(words)
    for country in ("GH", "PH", None):
        told = telling([text, "in Region V, Kumasi", "à la région 7"], country)
        assert telling([text], country) == told & {*words}
        assert not mentions_in(text, country) or not told.isdisjoint(words)


PIECES = st.sampled_from(
    [
        "Region",
        "Regions ",
        "III",
        "IV-A",
        " and ",
        ", ",
        " (",
        ")",
        "Dakar",
        "Cebu",
        "City",
        "Toledo",
        "Spain",
        "Commune de ",
        "nationwide",
        "\n",
        "/",
        " - ",
        "de la ",
        "Korea",
        "((",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))
LANDS = st.sampled_from([None, "PH", "SN", "MA", "ZZ"])


@given(TEXTS, LANDS)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text: str, country: str | None) -> None:
    for one in (*read_places(text, country=country), *mentions_in(text, country)):
        assert one.words
        assert one.code is None or (one.code[:2] == one.country and subdivision_name(one.code))
        assert one.country is None or country_name(one.country) or one.country == country
    find_country(text)


@given(TEXTS, LANDS)
@settings(max_examples=100, deadline=None)
def test_every_word_of_a_mention_was_typed(text: str, country: str | None) -> None:
    typed = set(fold(text).split())
    for one in read_places(text, country=country):
        assert set(fold(one.words).split()) <= typed


@pytest.mark.parametrize(
    "unit", ["a ", "(", ")", "Region ", "III, ", " and ", "- ", "Dakar/", "\n"]
)
def test_long_input_is_bounded(unit: str) -> None:
    text = unit * (19_000 // len(unit))
    assert isinstance(read_places(text, country="PH"), tuple)
    assert isinstance(mentions_in(text, "PH"), tuple)
    assert len(read_places(unit * 30_000, country="PH")) <= 1


def test_words() -> None:
    assert fold("Région  d’Île-de-France & Co.") == "region d ile de france and co"
    assert as_typed(" a \n b ") == "a b"
    assert without_footnote("Budget ** (1)") == "Budget"
    assert without_footnote("Lieu²") == "Lieu"


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("Región VIII", "CL", "CL-BI"),
        ("VIII Región", "CL", "CL-BI"),
        ("Octava Región", "CL", "CL-BI"),
        ("VIII", "CL", "CL-BI"),
        ("Región Metropolitana", "CL", "CL-RM"),
        ("Region 3", "GH", "GH-AA"),
        ("Region 12", "GH", "GH-NP"),
        ("Region 1", "ET", "ET-TI"),
        ("1ère Région", "ML", "ML-1"),
        ("Region 9", "GY", "GY-UT"),
        ("PH05", "PH", "PH-05"),
        ("PH13", "PH", "PH-00"),
        ("MA002002", "MA", "MA-JDI"),
        ("NP0335", "NP", "NP0335"),
    ],
)
def test_regions_by_number_and_by_code(text: str, country: str, code: str) -> None:
    one = only(text, country)
    assert (one.country, one.code) == (country, code)


@pytest.mark.parametrize(
    ("text", "country"), [("Region 8", "GH"), ("Region 9", "ET"), ("Region 40", "CL")]
)
def test_a_number_with_two_meanings_or_none_has_no_code(text: str, country: str) -> None:
    assert only(text, country).code is None


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("Study visit to Italy, Georgia and Spain", "SN", ["IT", "ES"]),
        ("Study visits in Italy and Spain", "PH", ["IT", "ES"]),
        ("Voyage d'étude en Italie et au Maroc", "TN", ["IT", "MA"]),
        ("Forum with RDC members in Region V", "PH", ["PH-05"]),
        ("Fair with partners from Italy", "PH", []),
        ("Forum in RDC", "PH", []),
    ],
)
def test_a_column_of_places_may_lead_abroad(text: str, country: str, expected: list[str]) -> None:
    found = mentions_in(text, country, abroad=True)
    assert [one.code or one.country for one in found] == expected


def test_a_code_of_another_country_is_words() -> None:
    assert only("PH05", "SN").code is None
    assert mentions_in("Meeting of the RDC, UK and UAE desks", None) == ()
    assert mentions_in("Fair with partners from Italy", None) == ()
    assert [one.country for one in mentions_in("Seminar in Italy", None)] == ["IT"]


def test_every_p_code_is_of_its_country_and_its_iso_code_is_listed_once() -> None:
    rows = table("pcodes.csv")
    assert all(country_name(row["country"]) and row["since"] for row in rows)
    coded = [row for row in rows if row["iso"]]
    assert all(row["iso"].startswith(row["country"] + "-") for row in coded)
    assert all(subdivision_name(row["iso"]) for row in coded)
    assert len({row["code"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("ولاية صفاقس", "TN", ["TN-61"]),
        ("صفاقس وقابس", "TN", ["TN-61", "TN-81"]),
        ("ولايات صفاقس والقصرين", "TN", ["TN-61", "TN-42"]),
        ("كلميم واد نون", "MA", ["MA-10"]),
        ("تونس (صفاقس، قابس)", None, ["TN-61", "TN-81"]),
        ("الفلبين", None, ["PH"]),
        ("الكونغو", None, [None]),
    ],
)
def test_places_in_arabic(text: str, country: str | None, expected: list[str | None]) -> None:
    assert codes(text, country) == expected
