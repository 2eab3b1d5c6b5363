"""Every public name has a docstring, and so has everything public on it."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
MODULES = sorted(
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    for path in (SOURCE / "jmdi").rglob("*.py")
    if path.name != "__main__.py"
)
NEEDS = {"jmdi.cli": "click", "jmdi.testing": "hypothesis"}


def undocumented(name, thing):
    """Names of a public thing and of its public members that have no docstring."""
    if not (inspect.isclass(thing) or inspect.isroutine(thing)):
        return
    if not (thing.__doc__ or "").strip():
        yield name
    if inspect.isclass(thing) and thing.__module__.startswith("jmdi"):
        for part, member in vars(thing).items():
            function = getattr(member, "fget", None) or getattr(member, "__func__", member)
            inherited = any(part in vars(base) for base in thing.__mro__[1:])
            if not part.startswith("_") and inspect.isfunction(function) and not inherited:
                yield from undocumented(f"{name}.{part}", function)


@pytest.mark.parametrize("module", MODULES)
def test_public_names_have_docstrings(module):
    for package, needed in NEEDS.items():
        if module.startswith(package):
            pytest.importorskip(needed)
    loaded = importlib.import_module(module)
    assert (loaded.__doc__ or "").strip()
    names = getattr(loaded, "__all__", ())
    missing = [m for n in names for m in undocumented(f"{module}.{n}", getattr(loaded, n))]
    assert missing == []
    assert all(hasattr(loaded, name) for name in names)
