"""Makes the picture of the report page that README shows, with a browser and without the network.

    apt-get install chromium && pip install playwright pillow
    python tools/make_pictures.py

It needs Debian's Chromium, or any other that is on the path, and jmdi with all its plugins.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import ViewportSize, sync_playwright

import jmdi
from jmdi_report.report import report

PICTURES = Path(__file__).parents[1] / "docs" / "_static"
SIZE: ViewportSize = {"width": 1280, "height": 760}
COLOURS = 96
"""Enough for flat colours, and a third of the bytes."""


def main() -> None:
    """Writes the light and the dark picture.

    Raises:
        SystemExit: If there is no browser.
    """
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        raise SystemExit("chromium is not installed: apt-get install chromium")
    dataset = jmdi.datasets.load("sample")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        page = Path(folder) / "page.html"
        report(dataset, title="Two Shores, an invented programme").write(page)
        chromium = started.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for theme in ("light", "dark"):
            shown = chromium.new_page(viewport=SIZE, color_scheme=theme)
            shown.goto(page.as_uri())
            shown.wait_for_selector(":root[data-ready]")
            shown.evaluate("document.querySelector('#title-network').scrollIntoView()")
            shown.wait_for_timeout(500)
            taken = Path(folder) / f"{theme}.png"
            shown.screenshot(path=taken)
            small = Image.open(taken).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(PICTURES / f"report-{theme}.png", optimize=True)
        chromium.close()


if __name__ == "__main__":
    main()
