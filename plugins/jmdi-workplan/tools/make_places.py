"""Write data/countries.csv and data/subdivisions.csv from local copies of CLDR.

Usage::

    python make_places.py --localenames DIR --subdivisions DIR --core DIR \
        --codes iso3166-2.json [--country-check Country.xml]

``DIR`` are unpacked CLDR JSON packages (cldr-localenames-full, cldr-subdivisions-full, cldr-core).
``--codes`` is any JSON file with a list of ``{"code": "XX-YYY", "name": …}``: only the codes in it
are kept, and its names serve as a check, because CLDR holds withdrawn codes and, where ISO gave old
codes to new places (Iran, Morocco), old names under new codes. ``subdivision_fixes.csv`` corrects
those; the script stops when a CLDR name belongs to another code of the same country and no fix is
written. ``--country-check`` is the IATI Country code list; names not found are listed.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from jmdi.words.folding import fold

HERE = Path(__file__).parent
DATA = HERE.parent / "src" / "jmdi_workplan" / "data"

LANGUAGES = ("en", "fr", "es")
MORE_LANGUAGES = ("pt", "it", "de")
# CLDR regions that are not ISO 3166-1 countries; XK is kept, as IATI and the EU use it.
NOT_COUNTRIES = frozenset(
    ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)


def load(path: Path) -> Any:
    """Read one JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read one CSV file with a header row."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Write one CSV file with Unix line ends."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def territories(folder: Path, language: str) -> Mapping[str, str]:
    """Country names of one language, keyed by alpha-2 code with CLDR's ``-alt-`` marks."""
    names = load(folder / "main" / language / "territories.json")
    found: Mapping[str, str] = names["main"][language]["localeDisplayNames"]["territories"]
    return found


def country_rows(localenames: Path, core: Path) -> list[list[str]]:
    """One row per country: alpha-2, alpha-3, three names, other names."""
    names = {key: territories(localenames, key) for key in LANGUAGES + MORE_LANGUAGES}
    alpha3 = load(core / "supplemental" / "codeMappings.json")["supplemental"]["codeMappings"]
    extra = {row["code"]: row["names"].split(";") for row in rows_of(HERE / "country_aliases.csv")}
    rows = [["", "", "", "", "", ";".join(extra[""])]]
    for code in sorted(key for key in names["en"] if len(key) == 2 and key.isalpha()):
        if code in NOT_COUNTRIES:
            continue
        main = [names[key][code] for key in LANGUAGES]
        others = [
            text
            for key in LANGUAGES + MORE_LANGUAGES
            for name, text in sorted(names[key].items())
            if name == code or name.startswith(code + "-alt-")
        ]
        seen, aliases = {fold(text) for text in main}, []
        for text in others + extra.get(code, []):
            if fold(text) not in seen:
                seen.add(fold(text))
                aliases.append(text)
        rows.append([code, alpha3[code]["_alpha3"], *main, ";".join(aliases)])
    return rows


def subdivision_rows(folder: Path, codes: Path) -> list[list[str]]:
    """One row per current ISO 3166-2 code that CLDR or the fixes name."""
    names = load(folder / "subdivisions" / "en" / "en.json")
    cldr = names["subdivisions"]["localeDisplayNames"]["subdivisions"]
    fixes = {row["code"]: row["name"] for row in rows_of(HERE / "subdivision_fixes.csv")}
    listed = load(codes)
    current = {row["code"]: row["name"] for row in listed.get("3166-2", listed)}
    owners = {(code[:2], fold(name)): code for code, name in current.items()}
    rows, wrong = [], []
    for code in sorted(current):
        name = fixes.get(code) or cldr.get(code.replace("-", "").lower())
        if name is None:
            continue
        name = name.rstrip("²³ ")
        owner = owners.get((code[:2], fold(name)), code)
        if owner != code and code not in fixes and fold(current[code]) != fold(name):
            wrong.append(f"{code}: CLDR says {name}, which is {owner}")
        rows.append([code, code[:2], name])
    allowed = {"BG-22", "EE-84", "ES-AS"}  # a region and its city or province of the same name
    wrong = [line for line in wrong if line.split(":")[0] not in allowed]
    if wrong:
        raise SystemExit("write a fix for:\n" + "\n".join(wrong))
    return rows


def unresolved(check: Path) -> list[str]:
    """Names of the IATI Country list that the written table does not know."""
    from jmdi_workplan.places.names import find_country

    return [
        f"{item.findtext('code')}: {narrative.text}"
        for item in ElementTree.parse(check).iter("codelist-item")
        for narrative in item.iterfind("name/narrative")
        if find_country(narrative.text or "") != item.findtext("code")
    ]


def main() -> None:
    """Read the arguments, write both tables, report the check."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("--localenames", "--subdivisions", "--core", "--codes"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--country-check", type=Path)
    given = parser.parse_args()
    countries = country_rows(given.localenames, given.core)
    write(DATA / "countries.csv", ("code", "alpha3", "en", "fr", "es", "other"), countries)
    subdivisions = subdivision_rows(given.subdivisions, given.codes)
    write(DATA / "subdivisions.csv", ("code", "country", "name"), subdivisions)
    print(f"{len(countries) - 1} countries, {len(subdivisions)} subdivisions")
    if given.country_check:
        print("\n".join(unresolved(given.country_check)) or "every name of the list resolves")


if __name__ == "__main__":
    main()
