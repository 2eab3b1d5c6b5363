"""The modules of the page's script, one by one, in node."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MODULES = sorted((HERE.parent / "src/jmdi_report/script").glob("*.js"))


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_modules_do_what_they_say():
    files = sorted(map(str, HERE.glob("script/*.test.mjs")))
    run = subprocess.run(
        ["node", "--test", *files], capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_text_becomes_markup_or_code(module):
    text = module.read_text("utf-8")
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    assert not re.search(forbidden, text)
    sending = r"\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|https?://(?!www\.w3)"
    assert not re.search(sending, text)
    assert text.count("\n") <= 500
