"""The site as `python tools/build_site.py` built it, without a server and without a network.

It is looked at in build/site: `.ci/run` builds it before; where nobody has, the tests skip.
"""

from __future__ import annotations

import html.parser
import json
import re
import shutil
import sys
import urllib.parse
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SITE = ROOT / "build" / "site"
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "docs" / "_ext")]

import build_site  # noqa: E402

HERE = sorted(SITE.glob("*/index.html"))
needs_site = pytest.mark.skipif(not HERE, reason="not built: python tools/build_site.py")
LOADING = {
    "audio": "src",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "script": "src",
    "source": "src",
    "video": "src",
}


class Loaded(html.parser.HTMLParser):
    """What a page loads, and where its links lead."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids |= {given[name] for name in ("id", "name") if given.get(name)}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag in LOADING and given.get(LOADING[tag]) and given.get("rel") != "canonical":
            self.loads.append(given[LOADING[tag]])


@pytest.fixture(scope="module")
def pages() -> dict[Path, Loaded]:
    """Every page of the site but the reports in frames, which have tests of their own."""
    found = HERE[-1].parent.rglob("*.html")
    return {path: Loaded(path) for path in found if "made" not in path.parts}


@needs_site
def test_pages_load_nothing_from_elsewhere(pages):
    assert len(pages) > 100
    outside = re.compile(r"(?:[a-z]+:)?//|[a-z]+:")
    elsewhere = {
        (path.name, one) for path, page in pages.items() for one in page.loads if outside.match(one)
    }
    assert not {pair for pair in elsewhere if not pair[1].startswith("data:")}
    for sheet in HERE[-1].parent.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.search(r"@import\s+[\"']?https?:|url\([\"']?(?:https?:)?//", text), sheet


@needs_site
def test_links_lead_somewhere(pages):
    broken = set()
    for path, page in pages.items():
        for link in page.links:
            name, _, anchor = urllib.parse.unquote(link).partition("#")
            target = (path.parent / name).resolve() if name else path
            if re.match(r"[a-z]+:", link):
                continue
            if "_modules" in path.parts:  # sources lead back to a page; Sphinx mistakes anchors
                anchor = ""
            if not target.is_file() or (anchor and anchor not in ids_of(target, pages)):
                broken.add((path.name, link))
    assert not broken


def ids_of(path: Path, pages: dict[Path, Loaded]) -> set[str]:
    return pages[path].ids if path in pages else Loaded(path).ids


@needs_site
def test_pages_name_no_machine(pages):
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert str(ROOT) not in text, path
        assert not re.search(r"object at 0x[0-9a-f]+|site-packages", text), path


@needs_site
def test_every_public_name_has_a_place_in_the_reference(pages):
    import jmdi

    ids = {one for page in pages.values() for one in page.ids}
    modules = ("datasets", "metrics", "panels")
    assert not [n for n in jmdi.__all__ if n not in modules and f"jmdi.{n}" not in ids]


def test_versions_are_listed_with_the_latest_first(tmp_path):
    for name in ("26.2", "26.10", "25.12"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("x")
    build_site.list_versions(tmp_path)
    listed = json.loads((tmp_path / "versions.json").read_text())
    assert [one["name"] for one in listed] == ["26.10", "26.2", "25.12"]
    assert listed[0]["url"] == "26.10/index.html"
    assert "26.10/index.html" in (tmp_path / "index.html").read_text()
    script = (tmp_path / "versions.js").read_text()
    assert json.loads(script.removeprefix("window.jmdiVersions = ").removesuffix(";\n")) == listed


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def visit(browser):
    """Opens a page of the site; at the end, nothing was asked for outside its folder."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    asked, wrong = [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on("requestfailed", lambda request: wrong.append(request.url))
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    page = context.new_page()

    def opened(name: str, folder: Path = SITE):
        page.goto((folder / name).as_uri())
        return page

    yield opened
    context.close()
    assert asked
    assert not [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
    assert not wrong


VERSION = HERE[-1].parent.name if HERE else ""


@needs_site
@pytest.mark.parametrize(
    "name",
    [
        "index",
        "how-to/read-iati",
        "reference/api/data",
        "reference/metrics/network",
        "gallery/index",
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_asks_for_nothing_outside_its_folder(visit, name, scheme):
    page = visit(f"{VERSION}/{name}.html")
    page.emulate_media(color_scheme=scheme)
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 1280


@needs_site
def test_search_works_without_a_server(visit):
    page = visit(f"{VERSION}/index.html")
    page.keyboard.press("Control+k")
    page.keyboard.type("anchorage")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li a:has-text('Measure scaling')")  # one by one
    page.locator("#search-results li a", has_text="Measure scaling").first.click()
    page.wait_for_selector("h1:has-text('Measure scaling')")


@needs_site
def test_versions_can_be_switched_without_a_server(visit, tmp_path):
    for name in ("26.2", "26.10"):
        (tmp_path / name / "how-to").mkdir(parents=True)
        for one in ("_images", "_static", "searchindex.js"):
            (tmp_path / name / one).symlink_to(SITE / VERSION / one)
        for one in ("index.html", "how-to/read-iati.html"):
            text = (SITE / VERSION / one).read_text(encoding="utf-8")
            changed = text.replace(f'data-version="{VERSION}"', f'data-version="{name}"')
            (tmp_path / name / one).write_text(changed, encoding="utf-8")
    build_site.list_versions(tmp_path)
    page = visit("26.2/how-to/read-iati.html", tmp_path)
    select = page.locator(".site-versions select").first
    select.wait_for()
    assert select.locator("option").all_inner_texts() == ["26.10", "26.2"]
    assert select.input_value().endswith("26.2/index.html")
    select.select_option(label="26.10")
    page.wait_for_url("**/26.10/index.html")
