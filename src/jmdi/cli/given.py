"""Plugins named with ``--plugin``: files and modules that need no packaging."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

from jmdi.errors import PluginError
from jmdi.plugins.catalog import Catalog
from jmdi.plugins.finding import GIVEN, installed

__all__ = ["chosen", "load_given", "refuse_broken"]


def chosen(setting: str, given: Sequence[str]) -> list[object] | None:
    """The plugins of a run, as ``Model.build`` takes them.

    Args:
        setting: What ``JMDI_PLUGINS`` says: ``off``, names with commas between, or nothing.
        given: What ``--plugin`` names beside them.
    """
    setting = setting.strip()
    if not setting and not given:
        return None
    known = dict.fromkeys(candidate.name for candidate in installed())
    if setting == "off":
        names: Iterable[str] = ()
    elif setting:
        names = filter(None, (name.strip() for name in setting.split(",")))
    else:
        names = known
    return [*names, *(name if name in known else load_given(name) for name in given)]


def refuse_broken(catalog: Catalog, given: Sequence[str]) -> None:
    """Refuses a plugin that the user named and that fails; others are only reported.

    Raises:
        PluginError: With what would mend it.
    """
    for status in catalog.plugins:
        if status.error and (status.distribution == GIVEN or status.name in given):
            raise PluginError(
                f"plugin {status.name!r} from {status.distribution}: {status.error}; {status.cure}"
            )


def load_given(name: str) -> ModuleType | Unloadable:
    """The plugin of a file or module.

    One that cannot be imported is given back as an object that fails when it is registered,
    so that the loader reports it like every other broken plugin.
    """
    try:
        return _from_file(Path(name)) if _is_file(name) else importlib.import_module(name)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:
        return Unloadable(name, error)


def _is_file(name: str) -> bool:
    return name.endswith(".py") or os.sep in name


def _from_file(path: Path) -> ModuleType:
    folder = path.resolve().parent.name
    name = f"jmdi_given.{f'{folder}.' if path.stem == 'plugin' else ''}{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file")
    for number, char in enumerate(name):
        if char == ".":
            sys.modules.setdefault(name[:number], ModuleType(name[:number]))
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
        self.__file__ = str(Path(name).resolve()) if _is_file(name) else None
        # An AttributeError would be taken for "it states no JMDI_API".
        self._error = ImportError(str(error)) if isinstance(error, AttributeError) else error

    @property
    def JMDI_API(self) -> int:
        """Raises why the plugin could not be imported."""
        raise self._error
