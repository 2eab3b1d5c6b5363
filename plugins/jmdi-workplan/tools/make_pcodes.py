"""Write data/pcodes.csv from OCHA's list of P-codes.

Usage::

    python make_pcodes.py ocha-global-pcodes-adm1-2.csv

All first-level units are kept, and the second-level ones of the eight countries of the initiative.
``iso`` is the ISO 3166-2 code of the unit, where its name, read as a place of that country, has
exactly one. ``since`` is the day from which the list holds.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from jmdi_workplan.places import read_places
from jmdi_workplan.places.gazetteer import alpha2

DATA = Path(__file__).parents[1] / "src" / "jmdi_workplan" / "data"
TWO_LEVELS = frozenset(("CR", "EC", "MA", "NP", "PH", "SN", "SV", "TN"))


def iso_code(country: str, name: str) -> str:
    """The ISO 3166-2 code that a name has in a country; empty if it has none or several."""
    found = {one.code for one in read_places(name, country=country) if one.code}
    here = [code for code in found if code.startswith(f"{country}-")]
    return here[0] if len(here) == len(found) == 1 else ""


def main(path: str) -> None:
    """Read OCHA's list, write ours."""
    rows = []
    with Path(path).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            country = alpha2(row["Location"])
            level = row["Admin Level"]
            if country is None or not (level == "1" or country in TWO_LEVELS):
                continue
            iso = iso_code(country, row["Name"])
            rows.append([row["P-Code"], country, level, row["Name"], iso, row["Valid from date"]])
    held: Counter[str] = Counter(row[4] for row in rows)
    seen: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row[2]):
        if held[row[4]] > 1 and seen.setdefault(row[4], row[0]) != row[0]:
            row[4] = ""  # a lower unit that has the name of the one above it
    with (DATA / "pcodes.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("code", "country", "level", "name", "iso", "since"))
        writer.writerows(sorted(rows))
    print(f"{len(rows)} P-codes, {sum(bool(row[4]) for row in rows)} with an ISO code")


if __name__ == "__main__":
    main(sys.argv[1])
