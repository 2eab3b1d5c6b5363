"""The page sends nothing, loads nothing, and runs nothing but our script."""

from __future__ import annotations

import pytest

from .conftest import CHROMIUM, HOSTILE, opened


def _used(page) -> None:
    """What a reader does: chooses, filters, searches, sorts, looks at each view."""
    page.locator("#details a").first.click()
    page.locator("#filters input[type=checkbox]").first.click()
    for view in ("force", "matrix", "territory"):
        page.locator(f"button[data-view={view}]").click()
    page.locator("[data-table=actors] button.sort").first.click()
    page.locator(".table-bar input").first.fill("img")
    page.wait_for_function("() => document.querySelectorAll('[data-table=actors] tr')[2] == null")
    page.get_by_label("Find an actor").fill("img")
    page.get_by_role("button", name="<img").click()


def test_nothing_is_requested_and_no_rule_is_broken(page):
    page.evaluate(
        "window.broken = []; document.addEventListener('securitypolicyviolation',"
        " (event) => window.broken.push(event.violatedDirective + ' ' + event.blockedURI))"
    )
    _used(page)
    assert [url for url in page.seen.requests if not url.startswith("file:")] == []
    assert len(page.seen.requests) == 1
    assert page.evaluate("window.broken") == []
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0


def test_a_name_never_becomes_markup(page):
    _used(page)
    assert page.evaluate("window.ran") is None
    assert page.locator("img").count() == 0
    assert page.locator("#details h3").inner_text() == HOSTILE
    assert page.locator("[data-table=actors] tr.chosen a").inner_text() == HOSTILE


def test_what_gets_in_by_other_ways_is_stopped_by_the_policy(browser, written):
    with opened(browser, written("en,ar")) as page:
        ran = page.evaluate(
            "async () => { const s = document.createElement('script'); s.textContent ="
            " 'window.ran = 3'; document.body.append(s); let sent = true;"
            " await fetch('https://example.org/').catch(() => (sent = false));"
            " return [window.ran ?? null, sent]; }"
        )
        assert ran == [None, False]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_without_a_script_everything_is_there_to_read(browser, written, lang):
    with opened(browser, written(lang), java_script_enabled=False) as page:
        assert page.locator("#map svg").is_visible()
        assert page.locator("[data-table=actors] tbody tr").count() == 60
        assert page.locator(".card").count() > 0
        assert page.locator("#map canvas").count() == 0
        assert HOSTILE in page.locator("[data-table=actors]").inner_text()
        assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")


def test_the_map_needs_no_webgl(playwright, written):
    args = ["--no-sandbox", "--disable-3d-apis", "--disable-gpu"]
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
    try:
        with opened(started, written("en,ar")) as page:
            assert page.evaluate("document.createElement('canvas').getContext('webgl')") is None
            assert page.evaluate(INKED) > 1000
            assert page.seen.errors == []
    finally:
        started.close()


INKED = """() => {
  const canvas = document.querySelector('#map canvas');
  const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) count += data[i] + data[i + 1] + data[i + 2] < 500;
  return count;
}"""
"""How many pixels of the map are dark."""
