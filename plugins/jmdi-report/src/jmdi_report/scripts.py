"""Our script, put together from its modules: what they import from each other is taken away.

The modules are ES modules that node can import one by one. A browser that opens a file from disk
loads no other file, so the page holds them all in one element.
"""

from __future__ import annotations

import base64
import functools
import gzip
import re
from pathlib import Path

from markupsafe import Markup

__all__ = ["joined_script", "packed_script"]

FOLDER = Path(__file__).parent / "script"
FIRST = "main.js"
"""The module that the page begins with."""

_IMPORT = re.compile(r'^import\s[^;]*?from\s+"\./([\w-]+\.js)";\n', re.MULTILINE)
_COMMENT = re.compile(r"^ *(?:/\*\*(?:[^*]|\*(?!/))*\*/|//[^\n]*)\n", re.MULTILINE)
"""Comments that stand on lines of their own: they are for those who change the modules."""

_INDENT = re.compile(r"^(?:  )+", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class|let)", re.MULTILINE)


@functools.cache
def joined_script(first: str = FIRST) -> str:
    """The text of a module after those that it imports, each once.

    Args:
        first: The name of its file.
    """
    texts: dict[str, str] = {}

    def add(name: str) -> None:
        if name in texts:
            return
        texts[name] = ""  # begun: modules import each other in no circle, or the order is free
        source = (FOLDER / name).read_text("utf-8")
        for found in _IMPORT.finditer(source):
            add(found[1])
        del texts[name]  # so that it comes after what it imports
        texts[name] = _EXPORT.sub("", _IMPORT.sub("", source))

    add(first)
    shown = (f"// {name}\n{_short(text)}\n" for name, text in texts.items())
    return "\n".join(shown)


def packed_script(script: str) -> Markup:
    """The element with a script as base64 of gzip, less than half as long, for ``loader.js``."""
    packed = base64.b64encode(gzip.compress(script.encode("utf-8"), 9, mtime=0))
    return Markup('<script type="text/plain" id="packed">{}</script>').format(
        packed.decode("ascii")
    )


def _short(text: str) -> str:
    """The text of a module without what only its authors need; it stays readable."""
    plain = re.sub(r"\n{2,}", "\n", _COMMENT.sub("", text).strip())
    return _INDENT.sub(lambda found: "\t" * (len(found[0]) // 2), plain)
