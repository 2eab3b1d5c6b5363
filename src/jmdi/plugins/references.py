"""How another process finds a plugin that was given to a model as a module or an object."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from jmdi.classes import frozen
from jmdi.errors import PluginError

__all__ = ["Reference", "reference_to"]


@frozen
class Reference:
    """Where a plugin is found.

    Attributes:
        module: Name of the module.
        file: Its file, for a module that is not found by its name; ``None`` if it has none.
        attribute: The name in the module that holds the plugin; ``None`` for the module itself.
    """

    module: str
    file: str | None = None
    attribute: str | None = None

    def load(self) -> object:
        """The plugin, imported if need be.

        Raises:
            PluginError: If it is not there, or cannot be imported.
        """
        try:
            module = self._module()
            return module if self.attribute is None else getattr(module, self.attribute)
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException as error:
            raise PluginError(
                f"the plugin {self.module!r} cannot be imported: {type(error).__name__}: {error}"
            ) from error

    def _module(self) -> ModuleType:
        """The module of the name, unless another file is meant than the one that has the name."""
        there = self.file is not None and Path(self.file).is_file()
        try:
            module = importlib.import_module(self.module)
        except ModuleNotFoundError:
            if not there:
                raise
            return self._from_file()
        return self._from_file() if there and self.file != _file_of(module) else module

    def _from_file(self) -> ModuleType:
        # A script is not run again as one, but as multiprocessing imports it in its workers.
        name = "__mp_main__" if self.module == "__main__" else self.module
        known = sys.modules.get(name)
        if known is not None and _file_of(known) == self.file:
            return known
        spec = self.file and importlib.util.spec_from_file_location(name, self.file)
        if not spec or spec.loader is None:
            raise ModuleNotFoundError(f"No module named {self.module!r}", name=self.module)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module


def reference_to(plugin: object) -> Reference:
    """Where a plugin is found by another process.

    Raises:
        PluginError: If it is an object that no module holds by a name.
    """
    if isinstance(plugin, ModuleType):
        found = Reference(plugin.__name__, _file_of(plugin))
        if found.file is None and sys.modules.get(found.module) is not plugin:
            raise PluginError(f"plugin {found.module!r} is a module that cannot be imported again")
        return found
    home = sys.modules.get(getattr(plugin, "__module__", None) or type(plugin).__module__)
    if home is not None:
        for name, value in vars(home).items():
            if value is plugin:
                return Reference(home.__name__, _file_of(home), name)
    raise PluginError(
        f"plugin {plugin!r:.80} is held by no module: assign it to a name at the top of its "
        "module, so that another process can import it"
    )


def _file_of(module: ModuleType) -> str | None:
    file = getattr(module, "__file__", None)
    return None if file is None else str(Path(file).resolve())
