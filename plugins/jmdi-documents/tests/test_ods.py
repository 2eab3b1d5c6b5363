from __future__ import annotations

from typing import Any

STYLES = (
    '<style:style style:name="grey" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#bfbfbf"/></style:style>'
    '<style:style style:name="child" style:family="table-cell" style:parent-style-name="grey"/>'
    '<style:style style:name="off" style:family="table"><style:table-properties '
    'table:display="false"/></style:style>'
    '<number:date-style style:name="N1"><number:month/><number:year/></number:date-style>'
    '<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>'
)


def cell(text: str = "", attributes: str = "") -> str:
    inside = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) if text else ""
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def table(*rows: str, attributes: str = "") -> str:
    return f'<table:table table:name="Plan" {attributes}>{"".join(rows)}</table:table>'


def test_struck_out_numbers_and_dates_are_left_out(on: Any) -> None:
    line = 'style:text-line-through-style="solid"'
    style = (
        '<style:style style:name="cut" style:family="table-cell">'
        f"<style:text-properties {line}/></style:style>"
    )
    values = (
        ("5000", 'office:value-type="float" office:value="5000"'),
        ("2/10/15", 'office:value-type="date" office:date-value="2015-10-02"'),
        ("TRUE", 'office:value-type="boolean" office:boolean-value="true"'),
        ("words", ""),
    )
    cells = [cell(text, f'table:style-name="cut" {said}') for text, said in values]
    file = on.ods_file(table(row(*cells)), style)
    assert [c.text for c in on.read(file, "p.ods").grids[0].cells] == [""] * 4
    assert on.codes == ["D135"] * 4
    assert [problem.value for problem in on.problems] == [text for text, _ in values]
    every = on.read(file, "p.ods", hidden=True).grids[0].cells
    assert [c.text for c in every] == ["5000", "2015-10-02", "TRUE", "words"]


def test_values(on: Any) -> None:
    number = 'office:value-type="{}" office:value="{}"'
    cells = (
        cell("a\nb"),
        cell("12.30", number.format("float", "12.3")),
        cell("€1,500.00", number.format("currency", "1500")),
        cell("1 500,00 FCFA", number.format("currency", "1500")),
        cell("26%", number.format("percentage", "0.255")),
        cell("19/10/15", 'office:value-type="date" office:date-value="2015-10-19"'),
        cell(
            "10/15",
            'table:style-name="month" office:value-type="date" office:date-value="2015-10-01"',
        ),
        cell("x", 'office:value-type="boolean" office:boolean-value="true"'),
        cell("<text:span>span</text:span><text:s text:c='2'/>x<text:line-break/>y"),
        cell("", 'table:formula="of:=[.A1]*2"'),
    )
    grid = on.read(on.ods_file(table(row(*cells)), STYLES), "p").grids[0]
    assert [c.text for c in grid.cells] == [
        "a\nb",
        "12.3",
        "€1500",
        "1500 FCFA",
        "25.5%",
        "2015-10-19",
        "2015-10",
        "TRUE",
        "span  x\ny",
        "",
    ]
    assert grid.cells[-1].formula == "=[.A1]*2"
    assert on.codes == ["D141"]


def test_spans_fills_groups_and_hidden(on: Any) -> None:
    data = on.ods_file(
        table(
            '<table:table-column table:number-columns-repeated="2"/>'
            '<table:table-column table:visibility="collapse"/>',
            "<table:table-header-rows>"
            + row(
                cell("h", 'table:number-columns-spanned="2" table:number-rows-spanned="2"'),
                "<table:covered-table-cell/>",
                cell("", 'table:style-name="child"'),
            )
            + "</table:table-header-rows>",
            row(
                "<table:covered-table-cell><text:p>under</text:p></table:covered-table-cell>",
                attributes='table:visibility="collapse"',
            ),
            attributes='table:style-name="off"',
        ),
        STYLES,
    )
    assert on.read(data, "p.ods").grids == () and "D134" in on.codes
    grid = on.read(data, "p.ods", hidden=True).grids[0]
    first, grey = grid.cells
    assert (first.text, first.row_span, first.column_span) == ("h\nunder", 2, 2)
    assert (grey.fill, grey.column) == ("BFBFBF", 2)
    assert (grid.hidden, grid.hidden_rows, grid.hidden_columns) == (True, (1,), (2,))
    assert on.codes == ["D124"]


def test_repeated_cells(on: Any) -> None:
    empty = cell("", 'table:number-columns-repeated="16000"')
    grey = cell("", 'table:style-name="grey" table:number-columns-repeated="16000"')
    data = on.ods_file(
        table(
            row(
                cell("x", 'table:number-columns-repeated="3"'),
                empty,
                attributes='table:number-rows-repeated="2"',
            ),
            row(empty, attributes='table:number-rows-repeated="1048000"'),
            row(grey),
        ),
        STYLES,
    )
    grid = on.read(data, "p.ods").grids[0]
    assert [(c.row, c.column) for c in grid.cells] == [
        (0, 0),
        (0, 1),
        (0, 2),
        (1, 0),
        (1, 1),
        (1, 2),
    ]
    bomb = row(
        cell("x", 'table:number-columns-repeated="9999999"'),
        attributes='table:number-rows-repeated="9999999"',
    )
    assert on.refused(on.ods_file(table(bomb)), "p.ods") == "D110"


def test_annotations_and_boxes(on: Any) -> None:
    note = "<office:annotation><text:p>who?</text:p></office:annotation><text:p>a</text:p>"
    frame = "<draw:frame><draw:text-box><text:p>drawn</text:p></draw:text-box></draw:frame>"
    box = f"<table:shapes>{frame}</table:shapes>"
    data = on.ods_file(table(box, row(f"<table:table-cell>{note}</table:table-cell>")))
    document = on.read(data, "p.ods")
    assert document.grids[0].at(0, 0).text == "a"
    assert [(x.text, x.style) for x in document.paragraphs] == [
        ("who?", "comment"),
        ("drawn", "text box"),
    ]


def test_a_sheet_that_jmdi_made_is_not_read(on: Any) -> None:
    name = '<table:named-expressions><table:named-range table:name="jmdi_made"/>'
    made = table(row(cell("Timeline")), f"{name}</table:named-expressions>")
    document = on.read(on.ods_file(made + table(row(cell("a")))), "p.ods")
    assert [cell.text for cell in document.grids[0].cells] == ["a"] and on.codes == ["D145"]
