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


def trees(name: str, text: str) -> dict[str, list[str]]:
    """The pages below a page by the heading under which they are, as named from its folder."""
    own, seen, found = PurePosixPath(name).name, set[str](), {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE):
        links = [str(link) for link in map(PurePosixPath, LINK.findall(part)) if _below(own, link)]
        if new := [link for link in dict.fromkeys(links) if link not in seen]:
            title = "" if part is text or part.startswith("#") else part.partition("\n")[0]
            found[title] = new
            seen.update(new)
    return found


def _below(own: str, link: PurePosixPath) -> bool:
    match link.parts:
        case [_]:
            return own == "index"
        case [folder, page]:
            return page == "index" if own == "index" else folder == own
    return False


def _complete(app: Sphinx, name: str, content: list[str]) -> None:
    """Files that are not of docs are given to whoever follows the link, as they are."""
    page = OUTSIDE.sub(r"](path:\1)", content[0])
    for title, links in trees(name, content[0]).items():
        caption = f":caption: {title}\n" if title and "]" not in title else ""
        page += f"\n```{{toctree}}\n:hidden:\n{caption}\n" + "\n".join(links) + "\n```\n"
    content[0] = page


def setup(app: Sphinx) -> dict[str, Any]:
    """Adds to each page a tree of those below it, which is not shown on the page."""
    app.connect("source-read", _complete)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
