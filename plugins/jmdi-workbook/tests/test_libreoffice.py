"""LibreOffice opens a workbook, and what it saves is read back."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from workbook_helpers import facts, file_with_all

import jmdi

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


@pytest.mark.parametrize(("ending", "most"), [("xlsx", None), ("ods", 200), ("xls", 200)])
def test_libreoffice_opens_and_saves_it(tmp_path, ending, most):
    """In its own format and that of old Excel too, beside the importers that share the endings."""
    model = jmdi.Model.build()
    before = model.dataset(jmdi.datasets.load("jmdi").records[:most])
    path = tmp_path / "evidence.xlsx"
    path.write_bytes(file_with_all(before, "ar"))
    saved = converted(path, ending, tmp_path / "saved")
    after = model.read(saved, on_error="keep")
    assert facts(after) == facts(before)
    assert all(p.code == "workbook:W5" and p.value not in before for p in after.problems)


def test_libreoffice_prints_it(tmp_path):
    path = tmp_path / "evidence.xlsx"
    path.write_bytes(file_with_all(jmdi.datasets.load("jmdi"), "ar"))
    assert converted(path, "pdf", tmp_path / "saved").read_bytes().startswith(b"%PDF")
