"""The gallery: a page for each script of docs/gallery, with the figure and the report it writes.

A script begins with a docstring, whose first line is the title of its page. It runs in a folder
that has examples/, and writes ``figure.svg`` there and, if it likes, ``report.html``.
"""

from __future__ import annotations

import ast
import contextlib
import runpy
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kept import ROOT, kept

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HOME = ROOT / "docs" / "gallery"
MADE = HOME / "made"
FIGURE, REPORT = "figure.svg", "report.html"
NOTICE = "<!-- built from a script by docs/_ext/gallery.py; do not edit -->"


def scripts() -> list[Path]:
    """The scripts, in the order in which they are shown."""
    return sorted(HOME.glob("*.py"))


def run(script: Path, folder: Path) -> None:
    """Runs a script in a folder."""
    shutil.copytree(ROOT / "examples", folder / "examples", dirs_exist_ok=True)
    with contextlib.chdir(folder):
        runpy.run_path(str(script), run_name="__main__")


def page(script: Path, report: bool) -> str:
    """The page of a script."""
    title, words, code = parts(script)
    lines = [NOTICE, "", f"# {title}", "", words, "", f"![{title}](made/{script.stem}.svg)", ""]
    lines += ["```python", code, "```", ""]
    if report:
        source = f"made/{script.stem}.html"
        lines += [
            "## The report",
            "",
            f'<p><a href="{source}">Open it alone</a></p>',
            f'<iframe class="report" src="{source}" title="{title}" loading="lazy"></iframe>',
            "",
        ]
    return "\n".join(lines)


def parts(script: Path) -> tuple[str, str, str]:
    """Title, words and code of a script."""
    text = script.read_text(encoding="utf-8")
    tree = ast.parse(text)
    title, _, words = (ast.get_docstring(tree) or "").partition("\n")
    code = "\n".join(text.splitlines()[tree.body[0].end_lineno or 0 :])
    return title.removesuffix("."), words.strip(), code.strip()


def cards() -> str:
    """The grid of figures on the page of the gallery."""
    lines = ["::::{grid} 1 2 2 3", ":gutter: 3", ""]
    for script in scripts():
        title, _, _ = parts(script)
        lines += [
            f":::{{grid-item-card}} [{title}]({script.stem}.md)",
            f":img-top: made/{script.stem}.svg",
            ":::",
            "",
        ]
    return "\n".join([*lines, "::::", ""])


def _make(folder: Path) -> None:
    for script in scripts():
        with tempfile.TemporaryDirectory() as work:
            run(script, Path(work))
            for name in (FIGURE, REPORT):
                if (Path(work) / name).is_file():
                    made = folder / f"{script.stem}{Path(name).suffix}"
                    shutil.copyfile(Path(work) / name, made)


def _write(*_: Any) -> None:
    """Runs the scripts, and writes their pages."""
    made = kept("gallery", _make)
    shutil.rmtree(MADE, ignore_errors=True)
    shutil.copytree(made, MADE)
    for old in HOME.glob("*.md"):
        if old.name != "index.md" and not old.with_suffix(".py").is_file():
            old.unlink()
    for script in scripts():
        text = page(script, report=(made / f"{script.stem}.html").is_file())
        path = script.with_suffix(".md")
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")


def _show(app: Sphinx, name: str, content: list[str]) -> None:
    if name == "gallery/index":
        content[0] += f"\n{cards()}"


def _copy(app: Sphinx, error: Exception | None) -> None:
    """Reports stand beside the pages that have them in a frame."""
    for path in MADE.glob("*.html"):
        target = Path(app.outdir) / "gallery" / "made" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def setup(app: Sphinx) -> dict[str, Any]:
    """Makes the pages before Sphinx looks for them, and their navigation after that."""
    app.connect("config-inited", _write)
    app.connect("source-read", _show, priority=400)
    app.connect("build-finished", _copy)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
