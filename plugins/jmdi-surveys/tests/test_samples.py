"""The published samples read as the page of surveys and 3W tables counts them."""

from __future__ import annotations

from collections import Counter

import openpyxl
import pytest
from survey_helpers import FORM, SHARED, codes, named, read, shared, ties

import jmdi
from jmdi import Actor, Contributes, Initiative, Participates, Rates, Territory

KOBO = SHARED / "surveys"
HXL = SHARED / "hxl"
EXPORTS = ("labels-en.xlsx", "labels-fr-hierarchy.xlsx", "xml-names.xlsx", "api.json")


def survey(export, *, form):
    name = f"kobo-partner-survey-{export}"
    return read(KOBO / name, name, **({"form": FORM} if form else {}))


@shared
@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_has_its_nested_repeats_whatever_its_headers_are(export, form):
    data = survey(export, form=form)
    said = ties(data, "collaboration")
    partners = [t for t in said if t[2] == "present"]
    never = [t for t in said if t[2] == "absent"]
    assert len(partners) == 8 and len(never) == 1 + 6
    # one row says "never"; ma_c answered and named nobody, which six absent ties say
    reporters = {tie.reported_by for tie in data.of(jmdi.Tie)} - {None}
    assert len(reporters) == 4
    pairs = {(a, b) for a, b, _, _ in partners if a != b}
    assert len(pairs) == 5 and sum((b, a) in pairs for a, b in pairs) == 2
    assert sum(a == b for a, b, _, _ in partners) == 1
    roster = Counter(state for *_, state, _ in {(*t[:3], 0) for t in ties(data, "acquaintance")})
    assert (roster["present"], roster["absent"]) == (7, 1)
    unknown = [t for t in data.of(jmdi.Tie) if t.extra.get("state.answer") == "unknown"]
    assert len(unknown) == 1
    assert sorted(int(r.score) for r in data.of(Rates)) == [2, 3, 3, 3, 4, 4, 4]
    assert len(data.of(Initiative)) == 2
    found = codes(data)
    assert {"J548", "surveys:S3", "surveys:S7", "surveys:S10"} <= set(found)
    assert "withheld@example.org" not in repr(data)


@shared
def test_all_exports_of_one_form_are_one_dataset():
    """With the form, headers and answers are those of the form; sources and order apart."""
    found = []
    for export in EXPORTS:
        data = survey(export, form=True)
        found.append(
            (
                sorted(named(data).values()),
                sorted(ties(data), key=repr),
                sorted(str(rating.score) for rating in data.of(Rates)),
            )
        )
    assert all(one == found[0] for one in found)


@shared
def test_a_csv_that_has_lost_its_repeats_says_so():
    data = survey("labels-en.csv", form=True)
    (problem,) = [one for one in data.problems if one.code == "surveys:S6"]
    assert "'n_partners' counts 7" in problem.message and "XLSX" in problem.cure
    assert not ties(data, "collaboration") and len(data.of(Actor)) == 5


@shared
def test_honduras():
    """The donor's column has no tag; its header says what it is."""
    data = read(HXL / "345_honduras.csv", "345_honduras.csv")
    names = named(data)
    implementers = {p.target: names[p.source] for p in data.of(Participates)}
    assert len(set(implementers.values())) == 43
    assert len({names[c.source] for c in data.of(Contributes)}) == 38
    pairs = {(names[c.source], implementers[c.target]) for c in data.of(Contributes)}
    assert len({pair for pair in pairs if pair[0] != pair[1]}) == 31
    places = [t.code.code for t in data.of(Territory) if t.code]
    levels = Counter(map(len, places))
    assert levels[4] == 19 and levels[6] == 198 and "31" in places
    assert len({s.code for i in data.of(Initiative) for s in i.sectors}) == 13
    assert sum(source.locator == "row 4" for i in data for source in i.sources) > 3


@shared
@pytest.mark.parametrize(
    ("file", "actors", "territories"),
    [
        ("3w_as_of_may_2021.xlsx", 38, 22),
        ("3w_car_mar2022.xlsx", 136, 17 + 79),
        ("3w_tcd_oct2021.xlsx", 132, 23),
    ],
)
def test_tables_with_tags(file, actors, territories):
    data = read(HXL / file, file)
    assert len(data.of(Actor)) == actors
    assert len(data.of(Territory)) == territories
    assert not {"No partner", "PSS Team"} & set(named(data).values())


def rows_of(file, sheet):
    """The rows below the last row of tags, counted without a line of the reader."""
    book = openpyxl.load_workbook(HXL / file, read_only=True, data_only=True)
    rows = [row for row in book[sheet].iter_rows(values_only=True) if any(row)]
    book.close()
    tagged = [n for n, row in enumerate(rows) if any(str(cell).startswith("#") for cell in row)]
    return rows[tagged[-1] + 1 :]


@shared
def test_partners_and_implementers_of_libya():
    """34 spellings of implementers; two, *No partner* and *PSS Team*, are no organisations."""
    counted = rows_of("3w_as_of_may_2021.xlsx", "3W as of May 2021")
    spelt = {row[4] for row in counted if row[4]}
    assert (len(counted), len(spelt)) == (495, 34) and {"No partner", "PSS Team"} <= spelt
    data = read(HXL / "3w_as_of_may_2021.xlsx", "x.xlsx")
    parts = data.of(Participates)
    assert len(data.of(Initiative)) == 495
    assert len({p.source for p in parts if p.role and p.role.code == "implementing"}) == 32
    codes_of_places = {t.code.code for t in data.of(Territory)}
    assert len(codes_of_places) == 22 and "LY0106" in codes_of_places


@shared
def test_spellings_of_a_place_are_claims_of_its_code():
    data = read(HXL / "3w_car_mar2022.xlsx", "x.xlsx")
    names = {c.about for c in data.of(jmdi.Claim)}
    assert len(names) == 9 and codes(data).count("J550") == 4
    assert len(data.of(Initiative)) == 1809


@shared
def test_acronyms_are_aliases():
    data = read(HXL / "3w_tcd_oct2021.xlsx", "x.xlsx")
    aliases = {i.value for a in data.of(Actor) for i in a.identifiers if i.scheme == "acronym"}
    assert len(aliases) == 132


@shared
@pytest.mark.filterwarnings("ignore:Data Validation extension")  # openpyxl's, of the other reader
def test_burkina_faso_is_read_from_the_sheet_with_tags():
    """Its tags stand in two rows, one with a cell that the spreadsheet filled in.

    The page of formats counts 421 rows: the second row of tags, and 420 of data.
    """
    assert len(rows_of("5w_bfa_fev2022.xlsx", "Jan - Fev Public")) == 420
    data = read(HXL / "5w_bfa_fev2022.xlsx", "x.xlsx")
    names = named(data)
    parts = data.of(Participates)
    assert len(data.of(Initiative)) == 420
    donors = {names[c.source] for c in data.of(Contributes)}
    assert {"GFFO", "CDCS", "CRS", "USAID"} <= donors and "CRS/USAID" not in donors
    implementers = {names[p.source] for p in parts if p.role and p.role.code == "implementing"}
    assert len(implementers) == 60 and "SI" in names.values()


@shared
def test_counts_of_actors_are_no_actors():
    file = HXL / "ukr_5w_round12_2022_05_26.xlsx"
    with pytest.raises(jmdi.FormatError, match="no column names organisations"):
        read(file, "x.xlsx", preset="3w")
    with pytest.raises(AssertionError, match="counts actors"):
        read(file, "x.xlsx")


@shared
def test_tags_and_header_words_say_the_same():
    tiny = HXL / "tiny"
    with_tags, without = (
        read(tiny / f"whowhatwhere_{name}_3w_data.csv", "x.csv") for name in ("afg", "notags")
    )
    assert [jmdi.evolve(r, sources=()) for r in with_tags] == [
        jmdi.evolve(r, sources=()) for r in without
    ]
    assert len(with_tags.of(Territory)) == 3
