"""What is proposed for a table: read from its header and cells, printed, never applied unasked."""

from __future__ import annotations

import tomllib

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import jmdi
from jmdi import FormatError, Where
from jmdi.files.mapping import TableRow, guess, mapping_of, write_mapping
from jmdi.files.mapping.rules import (
    CellRule,
    ColumnRule,
    RecordRule,
    TableMapping,
    TableRule,
)
from jmdi.files.mapping.tables import header_row_of

CATALOG = jmdi.Model.build().catalog


def proposed(table: str, kind: str | None = None):
    rows = [TableRow(line.split(";"), Where(line=n)) for n, line in enumerate(table.split("\n"), 1)]
    return guess(rows[0], rows[1:], CATALOG, kind)


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Product;Channel;Organisation", "disseminated"),
        ("Produit;Canal;Destinataire", "disseminated"),
        ("Producto;Canal;Organización", "disseminated"),
        ("Produto;Canal;Organização", "disseminated"),
        ("المنتج;القناة;المنظمة", "disseminated"),
        ("Organisation;Partner;Strength", "tie"),
        ("Respondent;Partner;Strength", "tie"),
        ("Actividad;Sector;Fecha de inicio", "initiative"),
        ("Título;Texto;Municipio", "item"),
        ("Indicator;Value;Date", "observation"),
        ("Organisation type;Organisation", "actor"),
    ],
)
def test_the_header_says_the_kind_in_five_languages(header: str, kind: str) -> None:
    assert list(proposed(header).mapping.records) == [kind]


def test_the_order_of_day_and_month_is_taken_only_where_it_is_proven() -> None:
    assert (
        proposed("Text;Date\na;25/03/2026\nb;03/04/2026").mapping.columns["Date"].date
        == "day-first"
    )
    unsure = proposed("Text;Date\na;03/04/2026")
    assert unsure.mapping.columns["Date"].date is None
    assert "03/04/2026" in unsure.notes["Date"]


def test_words_in_cells_become_codes_and_answers() -> None:
    found = proposed("Texto;Tipo de fuente\na;entrevista\nb;otra").mapping.columns
    assert found["Tipo de fuente"].values == {"entrevista": "interview"}
    found = proposed("Indicador;Valor\na;no se sabe\nb;3").mapping.columns
    assert found["Valor"].unknown == ("no se sabe",)


def test_contacts_are_dropped_and_what_no_field_holds_is_kept_with_its_type() -> None:
    found = proposed("Text;Hue;Write to\nx;12;a@example.org").mapping.columns
    assert (found["Hue"].to, found["Hue"].type) == (("extra",), "number")
    assert found["Write to"].to == ("drop",)


def test_columns_that_repeat_are_one_pattern() -> None:
    found = proposed("Organisation;Partner 1;Strength 1;Partner 2;Strength 2").mapping
    assert found.records["tie"].each == "n"
    assert list(found.columns) == ["Organisation", "Partner {n}", "Strength {n}"]


def test_a_header_that_says_nothing_asks_for_the_kind() -> None:
    with pytest.raises(FormatError, match="--kind"):
        proposed("a;b")
    with pytest.raises(FormatError, match="did you mean item"):
        proposed("a;b", "items")


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
lists = st.lists(words, max_size=3).map(tuple)
cell_members = {
    "values": st.none() | st.dictionaries(words, words, max_size=3),
    "yes": st.none() | lists,
    "no": st.none() | lists,
    "unknown": st.none() | lists,
    "not_asked": st.none() | lists,
    "blank": st.none() | lists,
    "split": st.none() | lists.map(lambda parts: tuple(filter(None, parts))),
    "language": st.none() | words,
    "date": st.sampled_from([None, "day-first", "month-first", "year-first"]),
    "decimal": st.sampled_from([None, ",", "."]),
    "unit": st.none() | lists,
    "scheme": st.none() | words,
    "by": st.sampled_from([None, "name", "id", "key"]),
    "type": st.sampled_from([None, "text", "number", "yes-no"]),
}
cells = st.builds(CellRule, **cell_members)
columns = st.builds(
    ColumnRule,
    to=st.lists(words, min_size=1, max_size=2).map(tuple),
    optional=st.booleans(),
    also=lists,
    only=lists,
    **cell_members,
)
constants = words | st.booleans() | st.integers(-(10**6), 10**6) | st.floats(-1e6, 1e6)
records = st.builds(
    RecordRule,
    kind=words,
    key=lists,
    each=st.none() | words,
    when=st.dictionaries(words, lists, max_size=2),
    set=st.dictionaries(words, constants, max_size=2),
    link=st.dictionaries(words, lists, max_size=2),
    silence=st.sampled_from([None, "absent", "unobserved"]),
)
tables = st.builds(
    TableMapping,
    columns=st.dictionaries(words, columns, min_size=1, max_size=3),
    records=st.dictionaries(words, records, max_size=2),
    repeats=st.dictionaries(words, columns, max_size=1),
    cells=cells,
    table=st.builds(
        TableRule,
        sheet=st.none() | words,
        header_row=st.none() | st.integers(1, 99),
        first_row=st.none() | st.integers(1, 99),
        delimiter=st.sampled_from([None, ",", ";", "\t", "x"]),
        encoding=st.none() | words,
    ),
)
mappings = st.builds(attrs.evolve, tables, title=words) | st.builds(
    TableMapping,
    tables=st.dictionaries(words, tables, min_size=1, max_size=2),
    cells=cells,
    title=words,
)


@given(mappings, words)
def test_a_mapping_comes_back_as_it_was_written(mapping: TableMapping, note: str) -> None:
    text = write_mapping(mapping, dict.fromkeys(mapping.columns, note))
    again = mapping_of(tomllib.loads(text), None)
    assert again == mapping
    assert list(again.columns) == list(mapping.columns)
    assert write_mapping(again) == write_mapping(mapping)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("Name;Country;Sector", None),
        ("Names\nAlba\nBari", None),
        (";;\nName;Country;Sector\nAlba;;health", None),
        ("Partners of the desk;;\nName;Country;Sector", 2),
        ("Partners;Partners;Partners\n;;\nName;Country;Sector", 3),
        ("Printed on;4 May;;;\nBy;Ana;;;\nName;Country;Sector;Level;Date\nAlba;IT;;;", 3),
        ("", None),
    ],
)
def test_the_header_is_found_below_a_title(table: str, row: int | None) -> None:
    lines = enumerate(table.split("\n"), 1)
    rows = [TableRow(line.split(";"), Where(line=number)) for number, line in lines]
    assert header_row_of(rows) == row
