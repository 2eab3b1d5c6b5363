"""Writes fiscal_years.csv: the month in which the fiscal year of each country's government begins.

    python tools/make_fiscal_years.py PATH

``PATH`` is a clone of github.com/factbook/factbook.json, which keeps The World Factbook (public
domain) as JSON. The Factbook dropped its field "Fiscal year" on 23 May 2024, so the revision before
is read. A fiscal year that begins within a month, as in Ethiopia and Nepal, is left out: its
quarters are none of whole months.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

REVISION = "11d95493^"
DATE = "2024-05-23"
DATA = Path(__file__).parents[1] / "src" / "jmdi_workplan" / "data"
MONTHS = "January February March April May June July August September October November December"
FIRST = re.compile(rf"(?:from )?1 (?P<month>{MONTHS.replace(' ', '|')})\b")
CORRECTED = {
    "BI": 7,
    "CM": 1,
    "CR": 1,
    "ET": None,
    "LA": 1,
    "LR": 1,
    "MW": 4,
    "QA": 1,
    "RW": 7,
    "ZA": None,
}
"""What had changed when the Factbook dropped the field; in Ethiopia the year begins on 8 July, and
in South Africa in April or, of municipalities, in July."""


def show(path: str, *words: str) -> str:
    """What git prints about a clone."""
    done = subprocess.run(["git", "-C", path, *words], capture_output=True, text=True, check=True)
    return done.stdout


def start(text: str) -> int | None:
    """The month in which a fiscal year begins, as the Factbook says it."""
    if text.strip().lower().startswith("calendar year"):
        return 1
    found = FIRST.match(text.strip())
    return MONTHS.split().index(found["month"]) + 1 if found else None


def main(path: str) -> None:
    """Writes the table."""
    known = {row["code"] for row in csv.DictReader((DATA / "countries.csv").open(encoding="utf-8"))}
    found = {}
    for name in show(path, "ls-tree", "-r", "--name-only", REVISION).split("\n"):
        if not name.endswith(".json") or name.count("/") != 1:
            continue
        country = json.loads(show(path, "show", f"{REVISION}:{name}"))
        domain = country.get("Communications", {}).get("Internet country code", {})
        code = domain.get("text", "")[1:3].upper().replace("UK", "GB")
        said = country.get("Economy", {}).get("Fiscal year", {}).get("text", "")
        if code in known and (month := start(said)):
            found[code] = month
    rows = sorted((code, month) for code, month in (found | CORRECTED).items() if month)
    with (DATA / "fiscal_years.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["country", "start_month"])
        out.writerows(rows)


if __name__ == "__main__":
    main(sys.argv[1])
