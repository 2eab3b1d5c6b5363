"""Write data/currencies.csv and data/country_currencies.csv of the plugin.

Facts only, from three lists:

- ISO 4217, list one (the table inside the package ``iso4217``): active codes, minor units;
- IATI codelist Currency (Currency.xml): codes withdrawn since, which older plans still use;
- Unicode CLDR (through the package ``babel``): the legal tender of each territory today.

Run: ``pip install babel iso4217 && python make_currencies.py path/to/Currency.xml``.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import iso4217
from babel.core import get_global

DATA = Path(__file__).parent.parent / "src" / "jmdi_workplan" / "data"
WITHDRAWN_WITHOUT_MINOR_UNIT = {"BYR"}
NOT_TENDER = {"BOV", "CLF", "COU", "MXV", "USN", "USS", "UYI", "UYW", "VED", "XBT"}


def minor_units(codelist: str) -> dict[str, int]:
    """Minor units by code; withdrawn codes have two places but for one."""
    units = {c.code: c.exponent for c in iso4217.Currency if c.exponent is not None}
    for code in re.findall(r"<code>([A-Z]{3})</code>", codelist):
        units.setdefault(code, 0 if code in WITHDRAWN_WITHOUT_MINOR_UNIT else 2)
    return {code: units[code] for code in sorted(units) if code not in NOT_TENDER}


def tenders(known: Iterable[str]) -> dict[str, list[str]]:
    """The currencies that are legal tender of each ISO 3166-1 country, the main one first."""
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as lines:
        countries = {row["code"] for row in csv.DictReader(lines)}
    found = {}
    for country, rows in sorted(get_global("territory_currencies").items()):
        now = [code for code, _, until, tender in rows if until is None and tender]
        if country in countries and now and all(code in known for code in now):
            found[country] = now
    return found


def write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write one table."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Write both tables."""
    units = minor_units(Path(sys.argv[1]).read_text(encoding="utf-8"))
    write("currencies.csv", ("code", "minor_unit"), ((c, str(n)) for c, n in units.items()))
    write(
        "country_currencies.csv",
        ("country", "currencies"),
        ((c, ";".join(codes)) for c, codes in tenders(units).items()),
    )


if __name__ == "__main__":
    main()
