"""Plugins named with ``--plugin``: files and modules that need no packaging."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

__all__ = ["load_given"]


def load_given(name: str) -> ModuleType | Unloadable:
    """The plugin of a file or module.

    One that cannot be imported is given back as an object that fails when it is registered,
    so that the loader reports it like every other broken plugin.
    """
    try:
        return _from_file(Path(name)) if _is_file(name) else importlib.import_module(name)
    except (Exception, SystemExit) as error:
        return Unloadable(name, error)


def _is_file(name: str) -> bool:
    return name.endswith(".py") or os.sep in name


def _from_file(path: Path) -> ModuleType:
    package = sys.modules.setdefault("jmdi_given", ModuleType("jmdi_given"))
    name = f"{package.__name__}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


class Unloadable:
    """Stands for a plugin that could not be imported.

    Args:
        name: The file or module as the user gave it.
        error: Why it could not be imported.
    """

    def __init__(self, name: str, error: BaseException) -> None:
        self.__name__ = Path(name).stem if _is_file(name) else name
        # An AttributeError would be taken for "it states no JMDI_API".
        self._error = ImportError(str(error)) if isinstance(error, AttributeError) else error

    @property
    def JMDI_API(self) -> int:
        """Raises why the plugin could not be imported."""
        raise self._error
