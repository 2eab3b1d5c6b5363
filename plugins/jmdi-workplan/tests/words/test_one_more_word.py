"""A word that the reader does not know is learnt from one row of a table, and from nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

READ = """
import json, pathlib, sys
from jmdi.words import tables
from jmdi_workplan.words import lexicon
tables.SHARED, lexicon.PLANS = (tables.Tables(pathlib.Path(one)) for one in sys.argv[1:])
from jmdi_workplan.audience import read_audience
from jmdi_workplan.finance import read_finance
from jmdi_workplan.places import read_places
from jmdi_workplan.plan.columns import match_columns
from jmdi_workplan.plan.title_block import read_header
from jmdi_workplan.timeline import read_timeline
from jmdi.words.placeholders import says_something
sized = [g.size.value for g in read_audience("kumi farmers") if g.size]
print(json.dumps({
    "placeholder": [
        says_something("baadaye"),
        read_finance("baadaye")[0].reason,
        read_timeline("baadaye").reason,
        read_places("baadaye")[0].rule,
    ],
    "month": read_timeline("3 Machi 2016").edtf,
    "calendar": match_columns(["Action", "Objective", "2016 / Machi"])[2].period,
    "weekday": read_timeline("Jumatatu 4 May 2016").edtf,
    "column": [c.meaning for c in match_columns(["Shughuli", "Bajeti"])],
    "title-block": list(read_header(["Mwandishi: Working group"]).authors),
    "number": [str(value) for value in sized],
    "scale": str(read_finance("USD 3 elfu")[0].amount),
    "per": read_finance("USD 3 per mtu")[0].per,
}))
"""
SHARED = """placeholder,baadaye,to_be_determined
month,Machi,3
"""
OWN = """weekday,Jumatatu,weekday
column,Shughuli,action
column,Bajeti,finance
title-block,Mwandishi,author
number,kumi,10
scale,elfu,3
per,mtu,person
"""
KNOWN = {
    "placeholder": [False, "to_be_determined", "to_be_determined", "unstated"],
    "month": "2016-03-03",
    "calendar": "2016-03",
    "weekday": "2016-05-04",
    "column": ["action", "finance"],
    "title-block": ["Working group"],
    "number": ["10"],
    "scale": "3000",
    "per": "person",
}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_one_row_teaches_every_reader_a_word(tmp_path: Path, language: str) -> None:
    core, plans = _tables("jmdi", tmp_path), _tables("jmdi_workplan", tmp_path)
    before = _read(core, plans)
    for folder, rows in ((core, SHARED), (plans, OWN)):
        with (folder / f"{language}.csv").open("a", encoding="utf-8") as table:
            table.write(rows)
    after = _read(core, plans)
    assert after == KNOWN
    unknown = {key for key in KNOWN if before[key] != KNOWN[key]}
    assert unknown == KNOWN.keys()


def _tables(package: str, within: Path) -> Path:
    folder = within / package
    folder.mkdir()
    for table in files(package).joinpath("words").iterdir():
        if table.name.endswith(".csv"):
            shutil.copyfile(str(table), folder / table.name)
    return folder


def _read(core: Path, plans: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", READ, str(core), str(plans)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found
