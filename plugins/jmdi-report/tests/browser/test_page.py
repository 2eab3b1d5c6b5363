"""Tables, languages, themes, accessibility and paper."""

from __future__ import annotations

import csv
import io

import pytest

from .conftest import FORMULA, HOSTILE, opened


def rows(page, name: str = "actors") -> list[str]:
    return page.locator(f"[data-table={name}] tbody th").all_inner_texts()


def test_tables_sort_search_and_turn_pages(page):
    table = page.locator("[data-table=actors]")
    bar, foot = page.locator(".table-bar").first, page.locator(".table-foot").first
    assert table.locator("tbody tr").count() == 25
    assert foot.locator("span").inner_text() == "Rows 1 to 25 of 60"
    foot.get_by_role("button", name="Next").click()
    foot.get_by_role("button", name="Next").click()
    assert foot.locator("span").inner_text() == "Rows 51 to 60 of 60"
    assert foot.get_by_role("button", name="Next").is_disabled()
    table.get_by_role("button", name="Name").click()
    up = rows(page)
    assert table.locator("th").first.get_attribute("aria-sort") == "ascending"
    table.get_by_role("button", name="Name").click()
    assert table.locator("th").first.get_attribute("aria-sort") == "descending"
    assert rows(page)[0] != up[0]
    bar.get_by_role("searchbox").fill("FES")
    page.wait_for_function("() => document.querySelectorAll('[data-table=actors] tr')[2] == null")
    assert rows(page) == ["Commune de Fès"]


def test_csv_is_whole_and_runs_nothing(page):
    with page.expect_download() as download:
        page.locator(".table-bar button").first.click()
    assert download.value.suggested_filename == "actors.csv"
    raw = download.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len(read) == 61
    names = [row[1] for row in read]
    assert f"'{FORMULA}" in names and HOSTILE in names
    assert not any(cell[:1] in ("=", "+", "@") for row in read for cell in row)


def test_the_language_changes_all_at_once(page):
    page.get_by_label("Language").select_option("ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ar"
    left = page.locator("main").inner_text()
    for text in ("Filters", "Best connected", "At a glance", "Download CSV", "Rows 1"):
        assert text not in left
    assert "{" not in page.locator("header").inner_text() + left
    aligned = "e => getComputedStyle(e).textAlign"
    assert page.locator("table.grid td.n").first.evaluate(aligned) == "left"
    assert page.locator("table.grid td:not(.n)").first.evaluate(aligned) == "right"
    filters = page.locator("#filters").bounding_box()
    assert filters["x"] > page.locator("#map").bounding_box()["x"]
    page.locator("#controls select").first.select_option("en")
    assert page.locator("#details h3").inner_text() == "Best connected"


def test_the_theme_changes_the_map_too(page):
    canvas = "document.querySelector('#map canvas')"
    corner = f"[...{canvas}.getContext('2d').getImageData(3, 3, 1, 1).data]"
    assert page.evaluate(corner) == [255, 255, 255, 255]
    page.get_by_label("Theme").select_option("dark")
    assert page.evaluate(corner) == [0x12, 0x16, 0x1D, 255]


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation(browser, written, lang, theme):
    axe = pytest.importorskip("axe_core_python.sync_playwright").Axe()
    with opened(browser, written(lang), color_scheme=theme) as page:
        for state in ("opened", "used"):
            if state == "used":
                page.locator("#details a").first.click()
                page.locator("button[data-view=matrix]").click()
            found = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
            wrong = [
                (rule["id"], node["html"][:200], node["failureSummary"][:300])
                for rule in found["violations"]
                for node in rule["nodes"]
            ]
            assert wrong == [], state


def test_on_paper_nothing_is_cut(page, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    page.get_by_label("Theme").select_option("dark")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True, print_background=True)
    pages = pypdf.PdfReader(tmp_path / "page.pdf").pages
    text = "\n".join(one.extract_text() for one in pages)
    assert 3 <= len(pages) <= 20
    assert all(one.mediabox.width > one.mediabox.height for one in pages)
    assert text.count("Actor ") >= 45  # the 50 best connected
    assert "Best connected" in text
    page.emulate_media(media="print")
    assert page.evaluate(TOO_WIDE) == []
    assert page.locator("#filters fieldset:visible").count() == 1  # the legend of the map
    assert page.locator("#filters input:visible").count() == 0
    page.emulate_media(media="screen")
    assert page.locator("[data-table=actors] tbody tr").count() == 25  # again as on the screen
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const wide = (e) => e.getBoundingClientRect().right > width + 1 && !e.closest('.hidden, svg');
  return [...document.querySelectorAll('main *')].filter(wide)
    .map((e) => e.outerHTML.slice(0, 120));
}"""
"""What reaches over the edge of the paper."""


@pytest.mark.parametrize("width", [320, 768])
def test_a_narrow_window_has_one_column_and_no_sideways_scroll(browser, written, width):
    size = {"width": width, "height": 800}
    with opened(browser, written("en,ar"), viewport=size) as page:
        reach = page.evaluate("document.documentElement.scrollWidth")
        assert reach <= width, page.evaluate(TOO_WIDE)
        assert page.locator("#map canvas").bounding_box()["width"] <= width
