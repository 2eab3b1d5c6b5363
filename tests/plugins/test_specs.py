"""What plugins register is checked when it is made, and imported when it is used."""

from __future__ import annotations

import pytest

import jmdi
from jmdi.plugins.hookspecs import HOOKS, JmdiSpec


@pytest.mark.parametrize(
    "target", ["", "module", "module:", ":name", "a b:c", "a:b c", "a::b", "1:x"]
)
def test_a_lazy_reference_has_a_module_and_a_name(target):
    with pytest.raises(jmdi.ModelError, match="is not of the form"):
        jmdi.LazyRef(target)


def test_a_lazy_reference_is_imported_on_its_first_call():
    assert jmdi.LazyRef("json:dumps")([1]) == "[1]"
    assert jmdi.LazyRef("json.decoder:JSONDecoder.decode").load()
    for target in ("no_such_module_at_all:x", "json:no_such_name"):
        with pytest.raises(jmdi.PluginError, match="cannot be loaded"):
            jmdi.LazyRef(target)()


@pytest.mark.parametrize("extension", ["csv", ".CSV", ""])
def test_an_extension_begins_with_a_dot(extension):
    with pytest.raises(jmdi.ModelError):
        jmdi.Importer("a:b", (extension,), len)


@pytest.mark.parametrize("read", [None, 7, "no colon"])
def test_a_callable_is_a_function_or_a_reference(read):
    with pytest.raises(jmdi.ModelError):
        jmdi.Importer("a:b", (".b",), read)


def test_every_hook_has_a_docstring_with_an_example():
    for name in HOOKS:
        doc = getattr(JmdiSpec, name).__doc__
        assert ">>>" in doc
        assert "hookimpl" in doc
