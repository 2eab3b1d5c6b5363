"""Filters, search, one selection, the address, keys and fingers on the map."""

from __future__ import annotations

import pytest

from .conftest import opened

STATUS = "#map-status"


def shown(page) -> tuple[int, int]:
    """How many actors and ties the page says it shows."""
    numbers = [int(n) for n in page.locator(STATUS).inner_text().split() if n.isdigit()]
    return numbers[0], numbers[2]


def chosen(page) -> str | None:
    """What is chosen, where everything that shows it agrees."""
    address = page.evaluate("decodeURIComponent(location.hash)")
    if not address.startswith("#actor="):
        assert page.locator("tr.chosen").count() == 0
        assert page.locator("#details h3").inner_text() == "Best connected"
        return None
    id = address.removeprefix("#actor=")
    name = page.locator("#details h3").inner_text()
    assert page.locator("[data-table=actors] tr.chosen").get_attribute("data-id") == id
    assert page.locator("[data-table=actors] tr.chosen a").inner_text() == name
    assert page.locator("#live").inner_text() == f"Chosen: {name}"
    return id


def test_each_filter_changes_what_is_shown(page):
    all_actors, all_ties = shown(page)
    assert all_actors == 60
    form = page.locator("#filters")
    form.get_by_label("Local authority").uncheck()
    fewer, ties = shown(page)
    assert fewer < all_actors and ties < all_ties
    page.get_by_role("button", name="Reset filters").click()
    assert shown(page) == (all_actors, all_ties)
    form.get_by_label("Type not known").uncheck()
    assert shown(page)[0] == 54
    page.get_by_role("button", name="Reset filters").click()
    form.get_by_label("Country").select_option(label="Tunisia")
    assert shown(page)[0] < 20
    page.get_by_role("button", name="Reset filters").click()
    form.get_by_label("Advocacy").uncheck()
    assert shown(page)[0] == 60 and shown(page)[1] < all_ties
    page.get_by_role("button", name="Reset filters").click()
    form.get_by_label("Partners at least").fill("4")
    assert shown(page)[0] < 60
    page.get_by_role("button", name="Reset filters").click()
    before = page.evaluate(PICTURE)
    form.get_by_label("Show ties that were not observed").check()
    page.wait_for_timeout(250)
    assert page.evaluate(PICTURE) != before
    assert shown(page) == (all_actors, all_ties)  # they are drawn, but nobody knows that they are


def test_own_attributes_filter_too(page):
    form = page.locator("#filters")
    form.get_by_label("Own attribute").select_option("staff")
    form.get_by_label("from", exact=True).fill("50")
    assert shown(page)[0] == 7 + 20  # 50 to 59 without multiples of three, and the unknown
    form.get_by_label("not known", exact=True).uncheck()
    assert shown(page)[0] == 7
    form.get_by_label("Own attribute").select_option("sector")
    assert shown(page)[0] == 60
    form.get_by_label("health").uncheck()
    assert shown(page)[0] == 30


def test_a_search_finds_whatever_the_accents(page):
    page.get_by_label("Find an actor").fill("fes")
    page.get_by_role("button", name="Commune de Fès").click()
    assert chosen(page) == "actor:03"
    page.get_by_label("Find an actor").fill("nobody of this name")
    assert page.locator("ul.found").inner_text() == "No row fits the search"


def test_one_selection_for_map_details_table_and_address(page):
    assert chosen(page) is None
    page.locator("#details ol a").first.click()
    first = chosen(page)
    page.locator("#details ul a").first.click()
    second = chosen(page)
    assert None not in {first, second} and first != second
    page.locator("[data-table=actors] tbody a").nth(5).click()
    assert chosen(page) not in {None, first, second}
    page.get_by_role("button", name="Clear").click()
    assert chosen(page) is None
    assert page.evaluate("location.hash") == ""


def test_an_address_opens_its_actor(browser, written):
    with opened(browser, written("en,ar"), hash="#actor=actor%3A42") as page:
        assert page.locator("#details h3").inner_text() == "Actor 42"
        page.evaluate("location.hash = '#actor=actor:07'")
        page.wait_for_function("document.querySelector('#details h3').innerText === 'Actor 07'")
    with opened(browser, written("en,ar"), hash="#actor=nobody") as page:
        assert chosen_nothing(page)


def chosen_nothing(page) -> bool:
    return page.locator("tr.chosen").count() == 0


def test_a_click_on_the_map_chooses_and_clears(page):
    page.locator("#map canvas").scroll_into_view_if_needed()
    x, y = page.evaluate(PLACE, 42)
    page.mouse.click(x, y)
    assert chosen(page) == "actor:42"
    box = page.locator("#map canvas").bounding_box()
    page.mouse.click(box["x"] + 4, box["y"] + box["height"] - 4)
    assert chosen(page) is None


PLACE = """(index) => {
  const map = JSON.parse(document.querySelector('#data').textContent).map;
  const {x, y, step, width, height} = map.layouts.territory;
  const box = document.querySelector('#map canvas').getBoundingClientRect();
  const margin = Math.min(40, box.width / 10, box.height / 10);
  const inner = [box.width - 2, box.height - 2];
  const k = Math.min((inner[0] - 2 * margin) / width, (inner[1] - 2 * margin) / height);
  return [box.left + 1 + inner[0] / 2 + (x[index] * step - width / 2) * k,
          box.top + 1 + inner[1] / 2 + (y[index] * step - height / 2) * k];
}"""
"""Where an actor is on the screen when the whole map is in view; the canvas has a border of 1."""


def test_keys_work_while_the_map_has_the_focus_and_only_then(page):
    page.keyboard.press("n")
    assert chosen(page) is None
    page.locator("#map canvas").focus()
    page.keyboard.press("n")
    first = chosen(page)
    page.keyboard.press("n")
    second = chosen(page)
    assert None not in {first, second} and first != second
    page.keyboard.press("P")
    assert chosen(page) == first
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.id") == "details"
    page.keyboard.press("Escape")
    assert chosen(page) == first
    page.locator("#map canvas").focus()
    page.keyboard.press("Escape")
    assert chosen(page) is None


PICTURE = "document.querySelector('#map canvas').toDataURL()"


def test_keys_move_and_zoom(page):
    page.locator("#map canvas").focus()
    whole = page.evaluate(PICTURE)
    for key in ("+", "ArrowLeft", "-", "ArrowDown"):
        before = page.evaluate(PICTURE)
        page.keyboard.press(key)
        page.wait_for_timeout(220)
        assert page.evaluate(PICTURE) != before, key
    page.keyboard.press("0")
    page.wait_for_timeout(220)
    assert page.evaluate(PICTURE) == whole


def test_the_wheel_scrolls_the_page_until_the_map_is_chosen(page):
    canvas = page.locator("#map canvas")
    canvas.scroll_into_view_if_needed()
    canvas.hover()
    before, scrolled = page.evaluate(PICTURE), page.evaluate("scrollY")
    page.mouse.wheel(0, 60)
    page.wait_for_function("before => scrollY > before", arg=scrolled)
    canvas.focus()
    scrolled = page.evaluate("scrollY")
    page.mouse.wheel(0, -60)
    page.wait_for_function("before => " + PICTURE + " !== before", arg=before)
    assert page.evaluate("scrollY") == scrolled


def test_two_fingers_zoom(browser, written):
    with opened(browser, written("en,ar"), has_touch=True) as page:
        page.locator("#map canvas").scroll_into_view_if_needed()
        before = page.evaluate(PICTURE)
        box = page.locator("#map canvas").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        session = page.context.new_cdp_session(page)

        def touch(kind: str, *spreads: float) -> None:
            points = [{"x": x + s, "y": y, "id": i} for i, s in enumerate(spreads)]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        touch("touchStart", -30, 30)
        for spread in (40, 60, 90):
            touch("touchMove", -spread, spread)
        touch("touchEnd")
        page.wait_for_timeout(250)
        assert page.evaluate(PICTURE) != before
        assert page.seen.errors == []


HOWTO = {"territory": "Each circle", "force": "Tied actors", "matrix": "Each cell"}


@pytest.mark.parametrize("view", HOWTO)
def test_each_view_shows_the_same_network(page, view):
    page.locator(f"button[data-view={view}]").click()
    assert page.locator(f"button[data-view={view}]").get_attribute("aria-pressed") == "true"
    assert page.locator("#map canvas").is_visible() == (view != "matrix")
    assert page.locator("#howto").inner_text().startswith(HOWTO[view])
    assert shown(page)[0] == 60
    if view == "matrix":
        page.locator("#filters").get_by_label("Local authority").uncheck()
        rows = page.locator("table.mixing").first.locator("tbody th").all_inner_texts()
        assert rows and "Local authority" not in rows


def test_direction_has_arrows(page):
    before = page.evaluate(PICTURE)
    page.get_by_label("Show direction").check()
    assert page.evaluate(PICTURE) != before
