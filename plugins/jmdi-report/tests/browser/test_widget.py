"""The network in a notebook: its traits in Python, its module in the browser."""

from __future__ import annotations

import json

import pytest

from .conftest import HOSTILE

pytest.importorskip("anywidget", reason="the extra widget is not installed")

NOTEBOOK = """<!doctype html><meta charset="utf-8"><body style="background:#111;color:#eee">
<div id="cell"></div><script type="application/json" id="state">{state}</script>
<script type="module">{esm}
const state = JSON.parse(document.querySelector("#state").textContent);
const listeners = [];
window.model = {{
  get: (name) => state[name],
  set: (name, value) => {{ state[name] = value; }},
  save_changes: () => {{ window.saved = (window.saved ?? 0) + 1; }},
  on: (_, listener) => listeners.push(listener),
  off: (_, listener) => listeners.splice(listeners.indexOf(listener), 1),
  python: (value) => {{ state.selection = value; listeners.forEach((one) => one()); }},
  listeners,
}};
window.remove = render({{model: window.model, el: document.querySelector("#cell")}});
</script>"""


@pytest.fixture(scope="module")
def widget(dataset):
    return dataset.widget()


def test_what_is_chosen_is_a_trait(widget):
    import traitlets

    heard = []
    widget.observe(lambda change: heard.append(change["new"]), "selection")
    widget.selection = "actor:07"
    widget.selection = None
    assert heard == ["actor:07", None]
    with pytest.raises(traitlets.TraitError, match="no actor of the map has the id 'nobody'"):
        widget.selection = "nobody"


def test_a_widget_carries_what_it_shows_and_no_more(widget):
    assert set(widget.content) == {"payload", "texts", "style"}
    assert widget.content["payload"]["tables"] == {}
    assert widget.content["texts"]["details.title"] == "Details"
    assert len(widget.content["payload"]["map"]["id"]) == 60


def test_the_notebook_and_python_choose_together(browser, widget, tmp_path):
    state = json.dumps({"content": widget.content, "selection": None}).replace("<", "\\u003c")
    path = tmp_path / "notebook.html"
    path.write_text(NOTEBOOK.format(state=state, esm=widget._esm), encoding="utf-8")
    context = browser.new_context(viewport={"width": 900, "height": 900})
    try:
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        page.locator("#map canvas").wait_for()
        assert page.locator(".network").get_attribute("data-theme") == "dark"
        page.evaluate("() => window.model.python('actor:00')")
        assert page.locator("#details h3").inner_text() == HOSTILE
        assert page.evaluate("() => window.saved") is None  # Python knows already
        page.locator("#details ul a").first.click()
        assert page.evaluate("() => [window.model.get('selection'), window.saved]") != [None, None]
        page.locator("#map canvas").focus()
        page.keyboard.press("Escape")
        assert page.evaluate("() => [window.model.get('selection'), window.saved]") == [None, 2]
        page.evaluate("() => window.remove()")
        assert page.evaluate("() => window.model.listeners.length") == 0
        assert page.evaluate("() => window.ran ?? null") is None
        assert errors == []
    finally:
        context.close()
