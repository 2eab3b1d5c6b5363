"""Writes a Dataset as a folder of tables, one for each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jmdi.builtin.formats.tables.replacing import HEADER, README, replace_tables
from jmdi.files.delimited import guard, write_row
from jmdi.files.header import make_header
from jmdi.files.native import canonical_order
from jmdi.files.tables import parties
from jmdi.files.tables.own import plain_columns, text_of
from jmdi.files.tables.plan import EXTRA, PARTIES, has_parties, plan_of, table_name
from jmdi.model.declare import summary_of
from jmdi.model.kinds import Partnership
from jmdi.model.records import Record, Relation
from jmdi.model.writing import dumps, unstructure

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["tables_of", "write_tables", "write_template"]


def tables_of(dataset: Dataset) -> Iterator[tuple[str, list[list[str]]]]:
    """The tables of a dataset: file name, and rows of cells with the header first.

    Only columns that some record fills are written. Rows are in canonical order.
    """
    by_kind: dict[str, list[Record]] = {}
    for record in canonical_order(dataset.records):
        by_kind.setdefault(record.kind, []).append(record)
    ids = Counter(record.id for record in dataset.records)
    party_rows: list[dict[str, str]] = []
    for kind, records in by_kind.items():
        raws = [unstructure(record) for record in records]
        plan = plan_of(type(records[0]))
        plain = plain_columns(plan, raws)
        rows = []
        for record, raw in zip(records, raws, strict=True):
            if has_parties(type(record)) and ids[record.id] == 1:
                party_rows += [parties.party_cells(record.id, p) for p in raw.pop(PARTIES, ())]
            own = {name: text_of(value) for name, value in raw.items() if name in plain}
            rows.append(plan.write(raw, own))
        yield f"{table_name(kind)}.csv", _table(rows, _columns(type(records[0]), rows))
    if party_rows:
        used = {column for row in party_rows for column in row}
        columns = [column for column in parties.COLUMNS if column in used]
        yield f"{PARTIES}.csv", _table(party_rows, columns)


def _columns(cls: type[Record], rows: Iterable[Mapping[str, str]]) -> list[str]:
    """The columns that are used: declared ones in order, then others by name, ``extra`` last."""
    used = dict.fromkeys(column for row in rows for column in row)
    needed = ("id", "source", "target") if issubclass(cls, Relation) else ("id",)
    ordered: dict[str, None] = dict.fromkeys(needed)
    for _, form in plan_of(cls).fields:
        ordered.update(dict.fromkeys(name for name in form.names if name in used))
        if form.languages:
            ordered.update(dict.fromkeys(sorted(name for name in used if form.takes(name))))
    ordered.update(dict.fromkeys(sorted(name for name in used if name not in ordered)))
    if EXTRA in ordered:
        del ordered[EXTRA]
        ordered[EXTRA] = None
    return list(ordered)


def _table(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> list[list[str]]:
    header = [guard(column) for column in columns]
    body = [[guard(row[c]) if c in row else "" for c in columns] for row in rows]
    return [header, *body]


def _encoded(rows: Iterable[Sequence[str]]) -> bytes:
    return "".join(map(write_row, rows)).encode("utf-8")


def write_tables(dataset: Dataset, folder: str) -> None:
    """Writes a folder of CSV files and ``jmdi.json``, all of them or none.

    Cells that a spreadsheet would run as a formula get a leading apostrophe, which the
    importer takes away again.

    Args:
        dataset: The records.
        folder: The folder: a new one, an empty one, or one that was written so before.

    Raises:
        DataError: If a field holds something else than it is declared to.
        FormatError: If the folder holds other files, or cannot be written.
    """
    header = make_header(dataset.records, dataset.model.catalog, dataset.header)
    files = {name: _encoded(rows) for name, rows in tables_of(dataset)}
    header["tables"] = sorted(files)
    files[HEADER] = (dumps(header) + "\n").encode("utf-8")
    replace_tables(Path(folder), files)


def write_template(folder: str) -> None:
    """Writes empty tables with all the columns of each kind, and a README with a line for each.

    Raises:
        FormatError: If the folder holds other files, or cannot be written.
    """
    from jmdi.model import kinds, money, relations

    files: dict[str, bytes] = {}
    lines = ["# Tables to fill in", "", *_TEMPLATE_NOTES, ""]
    modules = (kinds, money, relations)
    named: list[type[Record]] = [getattr(m, n) for m in modules for n in m.__all__]
    for cls in named:
        name = f"{table_name(cls.kind)}.csv"
        files[name] = _encoded([[*plan_of(cls).columns]])
        lines.append(f"- `{name}`: {summary_of(cls)}")
        if cls is Partnership:
            files[f"{PARTIES}.csv"] = _encoded([[*parties.COLUMNS[:-1]]])
            lines.append(f"- `{PARTIES}.csv`: One party of a partnership per row.")
    files[README] = "\n".join([*lines, ""]).encode("utf-8")
    replace_tables(Path(folder), files)


_TEMPLATE_NOTES = (
    "Keep the tables and columns that you need and delete the others. Save them as CSV UTF-8.",
    "",
    "- Leave a cell empty where nothing is known.",
    "- A text has a column for each language: `names.en`, `names.fr`; plain `names` is a text",
    "  whose language is not said.",
    "- A code is written `scheme:code`; where a column has a code list of its own, the code is",
    "  enough. Dates are EDTF: `2015`, `2015-10`, `2015-10-19`, `2015-10/2016-03`, `2015-35`",
    "  (third quarter); put what was typed in `period.words`.",
    "- Several values in one cell are separated by ` | `.",
    "- `ties.csv` may hold just `source,target` with names of actors: actors are then made.",
    "- Columns of your own are kept by their own name, as text, numbers, or true and false.",
    "",
)
