from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jmdi.model import edtf
from jmdi_workplan.timeline import Timeline, read_timeline

REASONS = {"not_stated", "to_be_determined", "not_dated", "ambiguous", "unreadable"}

DATED = [
    # Lists of numerals, years of two digits, words of Arabic that are written together.
    ("I y II trimestre 2024", "2024-33/2024-34"),
    ("I, II e IV Trimestres de 2024", "{2024-33,2024-34,2024-36}"),
    ("trimestres I y II de 2024", "2024-33/2024-34"),
    ("الربع الأول والثاني 2024", "2024-33/2024-34"),
    ("مارس وسبتمبر 2024", "{2024-03,2024-09}"),
    ("كانون الثاني وشباط 2024", "2024-01/2024-02"),
    ("بداية من مارس 2024", "2024-03/.."),
    ("بنهاية يونيو 2024", "../2024-06"),
    ("على مدار السنة 2024", "2024"),
    ("Até 30 de Junho de 2024", "../2024-06-30"),
    ("De Março até Junho de 2024", "2024-03/2024-06"),
    ("Ao longo de 2024", "2024"),
    ("A lo largo del 2024", "2024"),
    ("1st Sem 2024", "2024-40"),
    ("1ère sem. de mars 2024", "2024-03~"),
    ("Week 12, 2024", "2024-03-18/2024-03-24"),
    ("2024Q2", "2024-34"),
    ("T2/24", "2024-34"),
    ("10-12/05/2024", "2024-05-10/2024-05-12"),
    # One day.
    ("October 19, 2015", "2015-10-19"),
    ("october 19th, 2015", "2015-10-19"),
    ("19 October 2015", "2015-10-19"),
    ("Monday 19 October 2015", "2015-10-19"),
    ("the 19th of October, 2015", "2015-10-19"),
    ("Oct. 19, 2015", "2015-10-19"),
    ("19-Oct-2015", "2015-10-19"),
    ("19-Oct-15", "2015-10-19"),
    ("le 19 octobre 2015", "2015-10-19"),
    ("1er mars 2016", "2016-03-01"),
    ("15 févr. 2016", "2016-02-15"),
    ("19 de octubre de 2015", "2015-10-19"),
    ("El lunes 19 de octubre del 2015", "2015-10-19"),
    ("primero de marzo de 2016", "2016-03-01"),
    ("15 set. 2015", "2015-09-15"),
    ("19 أكتوبر 2015", "2015-10-19"),
    ("١٩ أكتوبر ٢٠١٥", "2015-10-19"),
    ("19/10/2015", "2015-10-19"),
    ("10/19/2015", "2015-10-19"),
    ("05/05/2015", "2015-05-05"),
    ("19.10.2015", "2015-10-19"),
    ("2015-10-19", "2015-10-19"),
    ("2015/10/19", "2015-10-19"),
    ("2015-1-5", "2015-01-05"),
    ("2015-10-19 00:00:00", "2015-10-19"),
    ("2015-10-19T08:30:00Z", "2015-10-19"),
    # Months and years.
    ("Nov. 2015", "2015-11"),
    ("novembre 2015", "2015-11"),
    ("noviembre de 2015", "2015-11"),
    ("março de 2015", "2015-03"),
    ("mois de mars 2015", "2015-03"),
    ("10/2015", "2015-10"),
    ("2015/10", "2015-10"),
    ("Oct '15", "2015-10"),
    ("2015", "2015"),
    ("in 2015", "2015"),
    ("année 2015", "2015"),
    ("throughout 2016", "2016"),
    ("toute l'année 2016", "2016"),
    # Quarters, semesters, seasons, weeks.
    ("Q3 2015", "2015-35"),
    ("2015 Q3", "2015-35"),
    ("Q4-2015", "2015-36"),
    ("4T 2015", "2015-36"),
    ("T3 2015", "2015-35"),
    ("3rd quarter of 2015", "2015-35"),
    ("last quarter of 2015", "2015-36"),
    ("2e trimestre 2015", "2015-34"),
    ("2ème trimestre de l'année 2015", "2015-34"),
    ("premier trimestre 2016", "2016-33"),
    ("tercer trimestre de 2015", "2015-35"),
    ("II trimestre 2016", "2016-34"),
    ("quarter 3, 2015", "2015-35"),
    ("first semester 2016", "2016-40"),
    ("S1 2016", "2016-40"),
    ("second half of 2015", "2015-41"),
    ("2nd semester 2016", "2016-41"),
    ("primer cuatrimestre de 2015", "2015-37"),
    ("segundo bimestre de 2016", "2016-03/2016-04"),
    ("summer 2015", "2015-22"),
    ("été 2015", "2015-22"),
    ("otoño 2015", "2015-23"),
    ("2015-W42", "2015-10-12/2015-10-18"),
    ("week of 19 October 2015", "2015-10-19/2015-10-25"),
    ("semaine du 20 octobre 2015", "2015-10-20~"),
    ("1ère quinzaine de mai 2015", "2015-05-01/2015-05-15"),
    ("segunda quincena de febrero de 2016", "2016-02-16/2016-02-29"),
    # About a time.
    ("mid-2015", "2015~"),
    ("early March 2016", "2016-03~"),
    ("fin 2015", "2015~"),
    ("mi-mars 2016", "2016-03~"),
    ("A finales de marzo de 2016", "2016-03~"),
    ("first week of May 2015", "2015-05~"),
    ("primera semana de mayo 2015", "2015-05~"),
    ("first half of May 2015", "2015-05~"),
    ("around March 2016", "2016-03~"),
    ("vers le 15 mars 2016", "2016-03-15~"),
    ("March 2016?", "2016-03?"),
    ("around March 2016 (tbc)", "2016-03%"),
    # Ranges.
    ("January to June 2016", "2016-01/2016-06"),
    ("Jan 2015 to Mar 2016", "2015-01/2016-03"),
    ("19-21 Oct 2015", "2015-10-19/2015-10-21"),
    ("October 19-21, 2015", "2015-10-19/2015-10-21"),
    ("du 19 au 21 octobre 2015", "2015-10-19/2015-10-21"),
    ("du lundi 19 au mercredi 21 octobre 2015", "2015-10-19/2015-10-21"),
    ("del 19 al 21 de octubre de 2015", "2015-10-19/2015-10-21"),
    ("15 oct. 2015 - 20 nov. 2015", "2015-10-15/2015-11-20"),
    ("28 October to 3 November 2015", "2015-10-28/2015-11-03"),
    ("1/1/2016 - 31/12/2016", "2016-01-01/2016-12-31"),
    ("03/04/2015 - 15/04/2015", "2015-04-03/2015-04-15"),
    ("19-21/10/2015", "2015-10-19/2015-10-21"),
    ("de marzo a mayo de 2015", "2015-03/2015-05"),
    ("mars à mai 2015", "2015-03/2015-05"),
    ("entre mars et juin 2015", "2015-03/2015-06"),
    ("between March and June 2015", "2015-03/2015-06"),
    ("2015-2016", "2015/2016"),
    ("2016–2017", "2016/2017"),
    ("from 2015 to 2017", "2015/2017"),
    ("Q3 2015 - Q1 2016", "2015-35/2016-33"),
    ("mid January 2016 to end of March 2016", "2016-01~/2016-03~"),
    ("Start: 1 March 2015\nEnd: 30 June 2016", "2015-03-01/2016-06-30"),
    ("Début : mars 2015 ; fin : juin 2016", "2015-03/2016-06"),
    ("November and December 2015", "2015-11/2015-12"),
    ("Q3/Q4 2015", "2015-35?/2015-36?"),
    ("Oct/Nov 2015", "2015-10?/2015-11?"),
    # Open and unknown ends.
    ("à partir de mars 2015", "2015-03/.."),
    ("a partir de marzo de 2015", "2015-03/.."),
    ("dès mars 2015", "2015-03/.."),
    ("since 2014", "2014/.."),
    ("October 2015 onwards", "2015-10/.."),
    ("October 2015 to present", "2015-10/.."),
    ("2015 - ongoing", "2015/.."),
    ("until June 2016", "../2016-06"),
    ("by the end of June 2016", "../2016-06"),
    ("jusqu'à fin juin 2016", "../2016-06"),
    ("hasta el 30 de junio de 2016", "../2016-06-30"),
    ("before June 2016", "../2016-05-31"),
    ("after 19 October 2015", "2015-10-20/.."),
    ("October 2015 – TBD", "2015-10/"),
    ("Start: March 2015", "2015-03/"),
    # Lists.
    ("19 and 21 October 2015", "{2015-10-19,2015-10-21}"),
    ("October 19, 21 and 22, 2015", "{2015-10-19,2015-10-21,2015-10-22}"),
    ("19, 21 y 22 de octubre de 2015", "{2015-10-19,2015-10-21,2015-10-22}"),
    ("October 19-21 and November 3, 2015", "{2015-10-19..2015-10-21,2015-11-03}"),
    ("March, June and September 2015", "{2015-03,2015-06,2015-09}"),
    ("2015: March, June", "{2015-03,2015-06}"),
    ("Le 1er mars 2016 et le 5 avril 2016", "{2016-03-01,2016-04-05}"),
    ("Q1 and Q2 2016", "2016-33/2016-34"),
    ("2e et 4e trimestres 2015", "{2015-34,2015-36}"),
    ("2015, 2016 and 2017", "2015/2017"),
    ("October or December 2015", "[2015-10,2015-12]"),
    ("each month in 2016", "{2016-01..2016-12}"),
    ("chaque trimestre 2016", "{2016-33..2016-36}"),
    ("mensualmente, de enero a junio de 2016", "{2016-01..2016-06}"),
    # Doubt.
    ("Nov–Dec 2015 (to be determined)", "2015-11?/2015-12?"),
    ("November and December 2015 (to be determined)", "2015-11?/2015-12?"),
    ("octobre 2015 (à confirmer)", "2015-10?"),
    ("octubre de 2015, por confirmar", "2015-10?"),
    ("October 2015\n(dates to be confirmed)", "2015-10?"),
    # Other calendars beside a date of this one, and EDTF itself.
    ("Poush 2072 BS (December 2015)", "2015-12"),
    ("Ramadan (18 June – 17 July 2015)", "2015-06-18/2015-07-17"),
    ("2015/16", "2015~/2016~"),
    ("FY 2015/16", "2015~/2016~"),
    ("{2015-10-19,2015-10-21}", "{2015-10-19,2015-10-21}"),
    ("2015-11?/2015-12?", "2015-11?/2015-12?"),
    ("../2016-06", "../2016-06"),
    ("Q4 2015 (October 19, 2015)", "2015-10-19"),
]

UNDATED = [
    ("", "not_stated"),
    (" \n", "not_stated"),
    ("–", "not_stated"),
    ("N/A", "not_stated"),
    ("s/d", "not_stated"),
    ("TBD", "to_be_determined"),
    ("T.B.D.", "to_be_determined"),
    ("(to be determined)", "to_be_determined"),
    ("à déterminer", "to_be_determined"),
    ("Por determinar", "to_be_determined"),
    ("dates to be confirmed", "to_be_determined"),
    ("3 months, TBD", "to_be_determined"),
    ("ongoing", "not_dated"),
    ("en cours", "not_dated"),
    ("Permanente", "not_dated"),
    ("3 months", "not_dated"),
    ("two weeks", "not_dated"),
    ("6 mois", "not_dated"),
    ("every year", "not_dated"),
    ("quarterly", "not_dated"),
    ("March", "not_dated"),
    ("19 October", "not_dated"),
    ("Year 1, Q3", "not_dated"),
    ("Week 12", "not_dated"),
    ("Sem 1 2024", "not_dated"),
    ("M1-M6", "not_dated"),
    ("after Ramadan", "not_dated"),
    ("After Holy Week 2016", "not_dated"),
    ("después de Semana Santa 2016", "not_dated"),
    ("avant Pâques 2016", "not_dated"),
    ("Dashain", "not_dated"),
    ("Tihar 2072", "not_dated"),
    ("Poush 2072 BS", "not_dated"),
    ("15 Poush 2056", "not_dated"),
    ("2057-03-15 BS", "not_dated"),
    ("FY 2072/73", "not_dated"),
    ("2072", "not_dated"),
    ("2072-03-15", "not_dated"),
    ("15 March 2072", "not_dated"),
    ("15 Ramadan 1436", "not_dated"),
    ("03/04/2015", "ambiguous"),
    ("15/03/15", "ambiguous"),
    ("05/05/15", "ambiguous"),
    ("Jan-15", "ambiguous"),
    ("Oct 15", "ambiguous"),
    ("2010-11", "ambiguous"),
    ("2015-35", "ambiguous"),
    ("FY 2015", "ambiguous"),
    ("Q2 FY 2015/16", "ambiguous"),
    ("winter 2015/16", "ambiguous"),
    ("Nov - Feb 2016", "ambiguous"),
    ("Mars 2015, juin", "ambiguous"),
    ("19 October 2015 and 21", "ambiguous"),
    ("March 15 April 2015", "ambiguous"),
    ("Phase 2 October 2015", "ambiguous"),
    ("19/21 October 2015", "ambiguous"),
    ("05-07/2015", "ambiguous"),
    ("Week 3 of March 2015", "ambiguous"),
    ("October 2015 / January 2016", "ambiguous"),
    ("Article 15 of March 2015", "ambiguous"),
    ("30 days after 19 October 2015", "ambiguous"),
    ("after the training in March 2016", "ambiguous"),
    ("postponed from March to June 2015", "ambiguous"),
    ("not before March 2016", "ambiguous"),
    ("19 October 2015; 03/04/2015", "ambiguous"),
    ("31 June 2015", "unreadable"),
    ("2015-13-01", "unreadable"),
    ("5th quarter of 2015", "unreadable"),
    ("2000 participants", "unreadable"),
    ("participants: 2000", "unreadable"),
    ("USD 2015", "unreadable"),
    ("2015 €", "unreadable"),
    ("from 2000 to 2500 participants", "unreadable"),
    ("2000-2010 beneficiaries", "unreadable"),
    ("Budget 2015", "unreadable"),
    ("formation de 2000", "unreadable"),
    ("carried out 2015", "unreadable"),
    ("1436", "unreadable"),
    ("when there is time", "unreadable"),
]

SETTINGS = [
    ("03/04/2015", {"day_first": True}, "2015-04-03"),
    ("03/04/2015", {"day_first": False}, "2015-03-04"),
    ("19/10/2015", {"day_first": False}, "2015-10-19"),
    ("15/03/15", {"day_first": True}, "2015-03-15"),
    ("March", {"default_year": 2016}, "2016-03"),
    ("19 October", {"default_year": 2015}, "2015-10-19"),
    ("Q1 and Q3", {"default_year": 2016}, "{2016-33,2016-35}"),
    ("March 2015", {"default_year": 2016}, "2015-03"),
    ("may be postponed", {"default_year": 2016}, None),
    ("Oct 15", {"default_year": 2015}, None),
    ("Nov to Feb", {"default_year": 2015}, None),
    ("3 months", {"default_year": 2015}, None),
    ("FY 2015/16", {"fiscal_year_start": 7}, "2015-07/2016-06"),
    ("FY15/16", {"fiscal_year_start": 7}, "2015-07/2016-06"),
    ("Q2 FY 2015/16", {"fiscal_year_start": 7}, "2015-10/2015-12"),
    ("March FY 2015/16", {"fiscal_year_start": 7}, "2016-03"),
    ("FY 2015", {"fiscal_year_start": 1}, "2015"),
    ("FY 2015", {"fiscal_year_start": 7}, None),
    ("2015/16", {"fiscal_year_start": 7}, "2015~/2016~"),
    ("FY 2072/73", {"fiscal_year_start": 7}, None),
]


@pytest.mark.parametrize(("text", "date"), DATED)
def test_dates(text: str, date: str) -> None:
    found = read_timeline(text)
    assert (found.edtf, found.reason, found.words) == (date, None, text)
    assert edtf.parse(date).text == date


@pytest.mark.parametrize(("text", "reason"), UNDATED)
def test_no_date_is_made_up(text: str, reason: str) -> None:
    found = read_timeline(text)
    assert (found.edtf, found.reason, found.words) == (None, reason, text)


@pytest.mark.parametrize(("text", "settings", "date"), SETTINGS)
def test_settings(text: str, settings: dict[str, int], date: str | None) -> None:
    assert read_timeline(text, **settings).edtf == date  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "date", "parts"),
    [
        (
            "Region III: October 19, 2015; Region VII: October 21, 2015",
            "{2015-10-19,2015-10-21}",
            (("Region III", "2015-10-19"), ("Region VII", "2015-10-21")),
        ),
        (
            "• Région III : 19 octobre 2015\n• Région VII : 21 octobre 2015",
            "{2015-10-19,2015-10-21}",
            (("Région III", "2015-10-19"), ("Région VII", "2015-10-21")),
        ),
        (
            "Region III: 19 Oct; VII: 21 Oct; XI: 22 Oct 2015",
            "{2015-10-19,2015-10-21,2015-10-22}",
            (("Region III", "2015-10-19"), ("VII", "2015-10-21"), ("XI", "2015-10-22")),
        ),
        (
            "Nov 2015 (Manila); Jan 2016 (Cebu)",
            "{2015-11,2016-01}",
            (("Manila", "2015-11"), ("Cebu", "2016-01")),
        ),
        (
            "Fase 1: marzo de 2015\nFase 2: junio a julio de 2015",
            "{2015-03,2015-06..2015-07}",
            (("Fase 1", "2015-03"), ("Fase 2", "2015-06/2015-07")),
        ),
        (
            "2015:\nPhase 1: March\nPhase 2: June",
            "{2015-03,2015-06}",
            (("Phase 1", "2015-03"), ("Phase 2", "2015-06")),
        ),
    ],
)
def test_a_date_for_each_part(text: str, date: str, parts: tuple[tuple[str, str], ...]) -> None:
    assert read_timeline(text) == Timeline(date, None, parts, text, "")


@pytest.mark.parametrize(
    ("text", "date", "rest"),
    [
        ("October 19, 2015, 200 participants", "2015-10-19", "200 participants"),
        ("5 workshops in October 2015", "2015-10", "5 workshops"),
        ("In March 2015, 25 officials will be trained", "2015-03", "25 officials will be trained"),
        ("Meeting with 2015 members in 2016", "2016", "Meeting with 2015 members"),
        ("2-3 days in May 2016", "2016-05", "2-3 days"),
        ("6 months from March 2015", "2015-03/", "6 months"),
        ("Forum, 19-20 October 2015, Manila", "2015-10-19/2015-10-20", "Forum; Manila"),
        ("Plan 2015-2017", "2015/2017", "Plan"),
        ("19 October 2015, 9:00-12:00", "2015-10-19", "9:00-12:00"),
        ("Region III: October 19, 2015; Region VII: TBD", "2015-10-19", "Region VII: TBD"),
        ("In March, 2000 participants", None, "2000 participants"),
        ("03/04/2015 in Cebu", None, "03/04/2015 in Cebu"),
    ],
)
def test_what_was_not_understood_is_said(text: str, date: str | None, rest: str) -> None:
    found = read_timeline(text)
    assert (found.edtf, found.rest) == (date, rest)


@pytest.mark.parametrize("settings", [{"fiscal_year_start": 13}, {"default_year": 72}])
def test_settings_out_of_range(settings: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(settings))):
        read_timeline("2015", **settings)  # type: ignore[arg-type]


ENGLISH = "January February March April May June July August September October November December"
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
SPANISH = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
FORMS = [
    (ENGLISH, "{month} {day}, {year}"),
    (ENGLISH, "{day} {month} {year}"),
    (FRENCH, "le {day} {month} {year}"),
    (FRENCH, "{day} {month} {year}"),
    (SPANISH, "{day} de {month} de {year}"),
    (SPANISH, "{day} {month} {year}"),
]
forms = st.sampled_from(FORMS)
days = st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31))


def typed(day: datetime.date, form: tuple[str, str]) -> str:
    names, pattern = form
    return pattern.format(day=day.day, month=names.split()[day.month - 1], year=day.year)


@given(days, forms)
def test_a_day_as_typed_reads_back(day: datetime.date, form: tuple[str, str]) -> None:
    assert read_timeline(typed(day, form)) == Timeline(str(day), None, (), typed(day, form), "")


@given(days, st.sampled_from([ENGLISH, FRENCH, SPANISH]), st.sampled_from(["{} {}", "{} de {}"]))
def test_a_month_as_typed_reads_back(day: datetime.date, names: str, pattern: str) -> None:
    text = pattern.format(names.split()[day.month - 1], day.year)
    assert read_timeline(text).edtf == f"{day:%Y-%m}"


@given(days, days, forms, st.sampled_from([" – ", " - ", " to ", " au ", " al ", " hasta "]))
def test_a_range_as_typed_reads_back(
    one: datetime.date, other: datetime.date, form: tuple[str, str], joint: str
) -> None:
    start, end = sorted([one, other])
    text = f"{typed(start, form)}{joint}{typed(end, form)}"
    assert read_timeline(text).edtf == (str(start) if start == end else f"{start}/{end}")


@given(st.lists(days, min_size=2, max_size=5, unique=True), forms)
def test_a_list_as_typed_reads_back(dates: list[datetime.date], form: tuple[str, str]) -> None:
    lines = [f"Region {n}: {typed(day, form)}" for n, day in enumerate(dates, start=1)]
    found = read_timeline("\n".join(lines))
    assert found.edtf == "{" + ",".join(map(str, dates)) + "}"
    assert found.parts == tuple((f"Region {n}", str(d)) for n, d in enumerate(dates, start=1))


TYPED = (
    "October octobre 19 1st 2e 2015 2016 2072 Q3 T1 quarter of de du , ; : / - – ( ) to au a and "
    "et or until from before after mid early week year years month each FY 2015/16 03/04/2015 "
    "19/10/2015 2015-10 2015-10-19 TBD tbc ? ~ ongoing Ramadan BS workshop 200 participants USD "
    "Region III not '15 S2 h1 24/7 3.5 1,500 \n"
)
WORDS = TYPED.split(" ")
noise = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
glued = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)


@given(
    st.text(max_size=60) | noise | glued,
    st.none() | st.integers(1900, 2060),
    st.none() | st.booleans(),
    st.none() | st.integers(1, 12),
)
def test_any_text_is_read_or_has_a_reason(
    text: str, year: int | None, day_first: bool | None, start: int | None
) -> None:
    found = read_timeline(text, default_year=year, day_first=day_first, fiscal_year_start=start)
    assert found.words == text
    assert (found.edtf is None) is (found.reason in REASONS)
    for date in (found.edtf, *(date for _, date in found.parts)):
        assert date is None or edtf.parse(date).text == date


@given(noise)
def test_years_come_from_the_words(text: str) -> None:
    found = read_timeline(text)
    assert "2072" not in (found.edtf or "")
    if found.edtf is not None and "before" not in text:
        typed_years = {"2015", "2016"}
        parsed = edtf.parse(found.edtf)
        for day in (parsed.first, parsed.last):
            assert day is None or str(day[0]) in typed_years | {"2017"}


@pytest.mark.parametrize("unit", ["the ", "1, ", "of ", "19 ", "March ", "2015 - ", "(", "Q1 x "])
def test_long_texts_end(unit: str) -> None:
    text = unit * (5000 // len(unit))
    found = read_timeline(text)
    assert found.words == text
    assert found.reason in REASONS
    assert read_timeline(text * 2).reason == "unreadable"


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("كانون الثاني 2016", "2016-01"),
        ("تشرين الأول 2015", "2015-10"),
        ("١٩ أكتوبر ٢٠١٥", "2015-10-19"),
        ("الربع الأول من 2016", "2016-33"),
        ("الثلاثي الثاني 2016", "2016-34"),
        ("السداسي الأول 2016", "2016-40"),
        ("النصف الأول من عام 2016", "2016-40"),
        ("الأسبوع الأول من مايو 2016", "2016-05~"),
        ("5 من مايو 2016", "2016-05-05"),
        ("من 3 إلى 5 مايو 2016", "2016-05-03/2016-05-05"),
        ("النشاط الأول من مايو 2016", None),
        ("Jan 2016 → Mar 2016", "2016-01/2016-03"),
    ],
)
def test_arabic_and_arrows(words: str, edtf: str | None) -> None:
    assert read_timeline(words).edtf == edtf
