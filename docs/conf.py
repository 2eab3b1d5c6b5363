"""How Sphinx builds the site: ``python tools/build_site.py --open``, or ``nox -s docs``."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from pygments.lexers.special import TextLexer

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

project = "jmdi"
author = "the jmdi authors"
copyright = author
release = version = tomllib.loads((HERE.parent / "pyproject.toml").read_text())["project"][
    "version"
]
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
    "sphinx_design",
    "reference",
    "gallery",
    "navigation",
    "names",
]
exclude_patterns = ["_*"]
templates_path = ["_templates"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "attrs_block", "attrs_inline"]
myst_heading_anchors = 5
"""Headings have the anchors that a code host gives them."""

autodoc_default_options = {"members": True}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_class_signature = "mixed"
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_custom_sections = ["Source"]
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

html_theme = "pydata_sphinx_theme"
html_title = f"jmdi {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("versions.js", {"defer": "defer"})]
html_show_sourcelink = html_copy_source = False
html_show_search_summary = False
"""They are fetched, which a browser refuses to pages of a folder; the search itself is not."""

html_theme_options = {
    "logo": {"text": "jmdi"},
    "navbar_align": "left",
    "navbar_end": ["versions", "theme-switcher"],
    "header_links_before_dropdown": 6,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_toc_level": 1,
    "navigation_depth": 2,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}


def setup(app):
    """Blocks of CSV are shown as they are; Pygments knows no such language."""
    app.add_lexer("csv", TextLexer)
