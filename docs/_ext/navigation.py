"""The navigation is what pages link to: an index lists the pages of its folder, once.

A page named ``index`` is above the pages of its folder and the indexes of folders in it to which
it has links; any other page is above those of the folder of its own name. The order is that of
the links.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LINK = re.compile(r"\]\(([\w./-]+)\.md\)")
OUTSIDE = re.compile(r"\]\(((?:\.\./)+(?:examples|plugins|src|tools)/[\w./-]+\.md)\)")


def children(name: str, text: str) -> list[str]:
    """The pages below a page, as they are named from its folder."""
    own = PurePosixPath(name).name
    found = map(PurePosixPath, LINK.findall(text))
    return list(dict.fromkeys(str(link) for link in found if _below(own, link)))


def _below(own: str, link: PurePosixPath) -> bool:
    match link.parts:
        case [_]:
            return own == "index"
        case [folder, page]:
            return page == "index" if own == "index" else folder == own
    return False


def _complete(app: Sphinx, name: str, content: list[str]) -> None:
    """Files that are not of docs are given to whoever follows the link, as they are."""
    content[0] = OUTSIDE.sub(r"](path:\1)", content[0])
    if below := children(name, content[0]):
        content[0] += "\n```{toctree}\n:hidden:\n\n" + "\n".join(below) + "\n```\n"


def setup(app: Sphinx) -> dict[str, Any]:
    """Adds to each page a tree of those below it, which is not shown on the page."""
    app.connect("source-read", _complete)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
