"""Each script of the gallery runs, says nothing, and writes what its page shows."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs" / "_ext"))

import gallery  # noqa: E402


@pytest.mark.parametrize("script", gallery.scripts(), ids=lambda path: path.stem)
def test_a_script_writes_its_figure(script, tmp_path, capfd):
    for name in ("matplotlib", "jmdi_report", "jmdi_scaling", "jmdi_knowledge", "jmdi_iati"):
        pytest.importorskip(name)
    gallery.run(script, tmp_path)
    assert capfd.readouterr() == ("", "")
    figure = (tmp_path / gallery.FIGURE).read_text(encoding="utf-8")
    assert figure.startswith("<?xml") and "<path" in figure
    written = {path.name for path in tmp_path.iterdir()}
    assert written <= {"examples", gallery.FIGURE, gallery.REPORT}


@pytest.mark.parametrize("script", gallery.scripts(), ids=lambda path: path.stem)
def test_a_script_says_what_it_shows(script):
    title, words, code = gallery.parts(script)
    assert 10 < len(title) < 80 and len(words) > 40 and code.startswith(("import ", "from "))
    assert len(code.splitlines()) <= 40
    page = gallery.page(script, report=True)
    assert f"# {title}\n" in page and code in page
    assert f"made/{script.stem}.svg" in page and f"made/{script.stem}.html" in page
    assert f"[{title}]({script.stem}.md)" in gallery.cards()
