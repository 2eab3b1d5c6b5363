"""What to do about a plugin that cannot be used; what it names can be typed as it stands."""

from __future__ import annotations

import inspect
import sys
import traceback
from pathlib import Path
from types import ModuleType

from jmdi.errors import PluginError
from jmdi.plugins.finding import ABSENT, GIVEN, Candidate
from jmdi.plugins.hookspecs import API

__all__ = ["cure_of", "cure_of_interface", "home_of"]


def cure_of(candidate: Candidate, problem: BaseException) -> str:
    """What to do about what a plugin raised."""
    if candidate.distribution == ABSENT:
        return "install it, correct its name, or leave it out"
    if isinstance(problem, ModuleNotFoundError) and problem.name:
        if problem.name.partition(".")[0] != candidate.module.partition(".")[0]:
            return f"install what it needs: pip install {problem.name.partition('.')[0]}"
        if candidate.distribution != GIVEN:
            again = f"pip install --force-reinstall {candidate.distribution}"
            return f"reinstall {candidate.distribution}: {again}"
    if candidate.distribution == GIVEN:
        return f"correct {_place(candidate, problem)}"
    if isinstance(problem, PluginError):
        return f"upgrade {candidate.distribution} and jmdi to versions that fit each other"
    return f"report it to the authors of {candidate.distribution}, or uninstall it"


def cure_of_interface(candidate: Candidate, wanted: object) -> str:
    """What to do about a plugin that was written for another interface."""
    if isinstance(wanted, int) and wanted > API:
        return "upgrade jmdi: pip install --upgrade jmdi"
    if candidate.distribution == GIVEN:
        return f"write JMDI_API = {API} in {home_of(candidate)}, and try it again"
    name = candidate.distribution
    return f"upgrade {name}: pip install --upgrade {name}"


def _place(candidate: Candidate, problem: BaseException) -> str:
    """The file of a plugin, with the line at which it failed."""
    home = home_of(candidate)
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(problem.__traceback__)
        if Path(frame.filename).name == Path(home).name
    ]
    if isinstance(problem, SyntaxError):
        lines.append(problem.lineno)
    return f"{home}, line {lines[-1]}" if lines else home


def home_of(candidate: Candidate) -> str:
    """The file of a plugin that was given, as it is reached from here; else its module."""
    try:
        plugin = candidate.load()
    except Exception:
        return candidate.module
    module = plugin if isinstance(plugin, ModuleType) else sys.modules.get(type(plugin).__module__)
    if isinstance(plugin, type):
        module = sys.modules.get(plugin.__module__)
    file = inspect.getattr_static(plugin, "__file__", None) or getattr(module, "__file__", None)
    if not isinstance(file, str):
        return candidate.module
    path = Path(file)
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
