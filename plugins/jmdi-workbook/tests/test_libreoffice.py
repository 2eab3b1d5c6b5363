"""LibreOffice opens a workbook, and what it saves is read back."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from workbook_helpers import facts, file_with_all

import jmdi
from jmdi_workbook import plugin

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]


def converted(path, ending, folder):
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", ending, "--outdir", folder, path]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / f"{path.stem}.{ending}"


def test_libreoffice_opens_and_saves_it(tmp_path):
    model = jmdi.Model.build([plugin])
    before = jmdi.datasets.load("jmdi", model=model)
    path = tmp_path / "evidence.xlsx"
    path.write_bytes(file_with_all(before, "ar"))
    saved = converted(path, "xlsx", tmp_path / "saved")
    after = model.read(saved)
    assert facts(after) == facts(before)
    assert all(p.code == "workbook:W5" and p.value not in before for p in after.problems)
    assert converted(path, "pdf", tmp_path / "saved").read_bytes().startswith(b"%PDF")
