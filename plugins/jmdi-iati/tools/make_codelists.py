"""Makes the package's code lists from those that IATI publishes.

    python tools/make_codelists.py FOLDER --version 2026-06

FOLDER holds the XML files of the two repositories of code lists, embedded and not, in any
depth. Each list that is used becomes ``data/<name>.tsv``: code, status, category, and a name
per language that was published. The registry's list of publishers, a CSV file, becomes one too.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

DATA = Path(__file__).parent.parent / "src" / "jmdi_iati" / "standard" / "data"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LISTS = (
    "ActivityScope",
    "ActivityStatus",
    "AidType",
    "BudgetIdentifier",
    "CRSChannelCode",
    "CashandVoucherModalities",
    "CollaborationType",
    "ConditionType",
    "Country",
    "Currency",
    "DisbursementChannel",
    "DocumentCategory",
    "EarmarkingCategory",
    "FinanceType",
    "FlowType",
    "GeographicVocabulary",
    "HumanitarianScopeType",
    "IndicatorMeasure",
    "OrganisationIdentifier",
    "OrganisationRegistrationAgency",
    "OrganisationRole",
    "OrganisationType",
    "PolicyMarker",
    "Region",
    "RelatedActivityType",
    "ResultType",
    "Sector",
    "SectorCategory",
    "SectorVocabulary",
    "TagVocabulary",
    "TiedStatus",
    "TransactionType",
    "UNSDG-Goals",
    "UNSDG-Targets",
)
HEAD = (
    "# {name}: code list of the International Aid Transparency Initiative (IATI) as of {version},"
    " CC BY 4.0, IATI; made by tools/make_codelists.py, not edited by hand"
)


def words(element: Any) -> str:
    """The text of an element on one line, without tabs."""
    return " ".join("".join(element.itertext()).split())


def names(item: Any, default: str) -> Iterator[tuple[str, str]]:
    """Language and name, for each that is published."""
    for narrative in item.iterfind("name/narrative"):
        if text := words(narrative):
            yield (narrative.get(XML_LANG) or default).lower(), text


def rows(path: Path) -> list[list[str]]:
    """The rows of a list, its header first."""
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    default = root.get(XML_LANG) or "en"
    items = root.findall("codelist-items/codelist-item")
    labels = [dict(names(item, default)) for item in items]
    languages = sorted({language for label in labels for language in label})
    table = [["code", "status", "category", *languages]]
    for item, label in zip(items, labels, strict=True):
        status = item.get("status") or ""
        table.append(
            [
                words(item.find("code")),
                "" if status == "active" else status,
                words(item.find("category")) if item.find("category") is not None else "",
                *(label.get(language, "") for language in languages),
            ]
        )
    return table


def publishers(path: Path) -> list[list[str]]:
    """The publishers that IATI registered: identifier, country in place of a category, name."""
    with path.open(encoding="utf-8", newline="") as stream:
        found = {row["publisher_iati_id"].strip(): row for row in csv.DictReader(stream)}
    table = [["code", "status", "category", "und"]]
    for code in sorted(found):
        if code:
            row = found[code]
            name = " ".join(row["title"].split())
            table.append([code, "", row["publisher_country"].strip(), name])
    return table


def write(name: str, table: list[list[str]], version: str) -> None:
    """Writes a list with its version and attribution."""
    lines = [HEAD.format(name=name, version=version)]
    lines += ["\t".join(row).rstrip("\t") for row in table]
    (DATA / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes all lists."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--version", required=True, help="month of publication, such as 2026-06")
    given = parser.parse_args(arguments)
    found = {path.stem: path for path in sorted(given.folder.rglob("*.xml"))}
    if missing := [name for name in LISTS if name not in found]:
        parser.error(f"{given.folder} has no {', '.join(missing)}")
    DATA.mkdir(exist_ok=True)
    for name in LISTS:
        write(name, rows(found[name]), given.version)
    for path in sorted(given.folder.rglob("*publishers.csv")):
        write("publishers", publishers(path), given.version)


if __name__ == "__main__":
    main()
