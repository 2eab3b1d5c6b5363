"""Rates of exchange that the user supplies; without them nothing is converted."""

from __future__ import annotations

import datetime
import hashlib
import io
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from jmdi.builtin.money.sums import times
from jmdi.classes import frozen
from jmdi.errors import FormatError, NotFound, Problem, Severity, Where
from jmdi.files.delimited import Row, read_rows
from jmdi.model.values import Money

__all__ = ["Rates", "read_rates"]

LIMIT = 100_000_000
"""Most bytes, and cells, of a table of rates."""

BACK = 7
"""Days that a rate is still taken after its own: markets close at weekends and on holidays."""

COLUMNS = ("currency", "date", "rate")


@frozen
class Rates:
    """Rates of exchange to one currency.

    Attributes:
        name: Name of the file.
        digest: SHA-256 of the file, as hexadecimal digits.
        by_currency: The rate by currency, then by day, month or year: ``2020-01-31``, ``2020-01``
            or ``2020``; how much one unit of the currency is worth.
    """

    name: str
    digest: str
    by_currency: Mapping[str, Mapping[str, Decimal]]

    def rate(self, currency: str, day: datetime.date | None, to: str) -> Decimal | None:
        """The rate of a day: its own, that of up to seven days before, its month's, its year's.

        Args:
            currency: The currency to convert from.
            day: The day; only a currency's own rate of 1 needs none.
            to: The currency that the table converts to.
        """
        if currency == to:
            return Decimal(1)
        known = self.by_currency.get(currency)
        if known is None or day is None:
            return None
        for back in range(BACK + 1):
            ordinal = day.toordinal() - back
            if ordinal < 1:
                break
            found = known.get(datetime.date.fromordinal(ordinal).isoformat())
            if found is not None:
                return found
        iso = day.isoformat()
        return known.get(iso[:7]) or known.get(iso[:4])

    def convert(self, money: Money, day: datetime.date | None, to: str) -> Decimal | None:
        """An amount in another currency; ``None`` if amount, currency or rate is not known.

        Args:
            money: The amount; its own ``date`` is the day of the rate, where it has one.
            day: The day otherwise.
            to: The currency that the table converts to.
        """
        if money.amount is None or money.currency is None:
            return None
        rate = self.rate(money.currency, money.date or day, to)
        return None if rate is None else times(money.amount, rate)

    def notes(self) -> dict[str, str]:
        """What a Result says of the table."""
        return {"rates": self.name, "rates_sha256": self.digest}


def read_rates(path: str) -> Rates:
    """Reads a CSV file with the columns ``currency``, ``date`` and ``rate``.

    Args:
        path: The file. ``date`` is a day, a month or a year; ``year`` is taken for it. ``rate`` is
            how much one unit of the currency is worth in the currency that is converted to.

    Raises:
        FormatError: If it is no such table; it says in which row and column.
        NotFound: If there is no such file.
    """
    file = Path(path)
    if not file.is_file():
        raise NotFound("file", path, cure="give the path of a CSV file: currency,date,rate")
    content = file.read_bytes()
    found: dict[str, dict[str, Decimal]] = {}
    rows = read_rows(io.BytesIO(content), file.name, size=LIMIT, cells=LIMIT)
    places = _places(next(rows, None), file.name)
    for row in rows:
        if any(row.cells):
            currency, date, rate = _read(row, places, file.name)
            if found.setdefault(currency, {}).setdefault(date, rate) != rate:
                what = f"{currency} has two rates for {date}"
                raise _refused("date", row, places, file.name, what)
    return Rates(file.name, hashlib.sha256(content).hexdigest(), found)


def _places(head: Row | None, name: str) -> dict[str, int]:
    """Where each column is."""
    cells = [] if head is None else [cell.strip().lower() for cell in head.cells]
    named = {("date" if cell == "year" else cell): at for at, cell in enumerate(cells)}
    if missing := [column for column in COLUMNS if column not in named]:
        what = f"there is no column {', '.join(missing)}"
        cure = "name the columns currency, date and rate in the first row"
        raise FormatError(
            [Problem("J120", Severity.ERROR, what, Where(file=name, line=1), cure=cure)]
        )
    return named


def _read(row: Row, places: Mapping[str, int], name: str) -> tuple[str, str, Decimal]:
    """Currency, date and rate of a row."""
    cells = {
        column: row.cells[places[column]].strip() if places[column] < len(row.cells) else ""
        for column in COLUMNS
    }
    currency, date = cells["currency"].upper(), cells["date"]
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise _refused(
            "currency", row, places, name, f"{cells['currency']!r} is no currency of ISO 4217"
        )
    if not _is_date(date):
        raise _refused(
            "date", row, places, name, f"{date!r} is no day, month or year such as 2020-01"
        )
    try:
        rate = Decimal(cells["rate"])
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or rate <= 0:
        raise _refused(
            "rate", row, places, name, f"{cells['rate']!r} is no rate above 0 such as 1.0842"
        )
    return currency, date, rate


def _is_date(text: str) -> bool:
    full = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    try:
        return datetime.date.fromisoformat(full).isoformat() == full
    except ValueError:
        return False


def _refused(column: str, row: Row, places: Mapping[str, int], name: str, what: str) -> FormatError:
    where = Where(file=name, line=row.line, column=places[column] + 1)
    cure = f"correct the cell under {column}"
    return FormatError([Problem("J120", Severity.ERROR, what, where, cure=cure)])
