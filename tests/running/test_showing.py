"""Panels of plugins: those that have something to show, and those that fail."""

from __future__ import annotations

import pytest

import jmdi
from jmdi.panels import Paragraphs
from jmdi.running.showing import shown

ACTOR = jmdi.Actor(id="a")


def plugin(called, **makes):
    class Own:
        __name__ = called

        @jmdi.hookimpl
        def jmdi_panels(self):
            return [
                jmdi.Panel(f"{called}:{name}", "plan", {"en": name}, make)
                for name, make in makes.items()
            ]

    return Own()


def fail(dataset):
    raise SystemExit(0)


def test_a_panel_with_nothing_to_show_is_left_out():
    own = plugin("own", b=lambda ds: Paragraphs(["b"]), a=lambda ds: None)
    ds = jmdi.Model.build([own]).dataset([ACTOR])
    (found,) = shown(ds)
    assert (found.panel.name, found.body.texts) == ("own:b", ("b",))


@pytest.mark.parametrize(
    ("make", "words"),
    [(fail, "failed: SystemExit: 0"), (lambda ds: "<b>3</b>", "it returns one of the bodies")],
)
def test_one_that_fails_is_named_and_the_others_are_shown(make, words, caplog):
    ds = jmdi.Model.build([plugin("own", a=make, b=lambda ds: Paragraphs(["b"]))]).dataset()
    broken, whole = shown(ds)
    assert words in broken.why and "panel 'own:a' of plugin 'own'" in broken.why
    assert caplog.messages == [broken.why]
    assert broken.body is None and whole.body is not None and whole.why is None


def test_two_plugins_with_one_panel_both_lose_it():
    one, two = (plugin("own", a=lambda ds: None) for _ in range(2))
    with pytest.raises(jmdi.PluginError):
        jmdi.Model.build([one, two])


def test_a_section_that_is_not_there_is_refused():
    with pytest.raises(jmdi.ModelError, match="section is one of 'overview'"):
        jmdi.Panel("own:a", "map", {"en": "A"}, fail)
    with pytest.raises(jmdi.ModelError, match="title is texts by language"):
        jmdi.Panel("own:a", "plan", "A", fail)
