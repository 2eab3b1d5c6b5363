"""Names in signatures and docstrings lead to where ``jmdi`` has them; others are shown as code.

A class stands in the reference as ``jmdi.Dataset``, and signatures name it by its module or by
its bare name. A name of jmdi that is public and not found stays an error of the build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.domains.python import PyObject

import jmdi
import jmdi.metrics

HOMES = (jmdi, jmdi.metrics)

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def _resolve(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.Element | None:
    if node.get("refdomain") != "py":
        return None
    last = node["reftarget"].rpartition(".")[2]
    home = next((home for home in HOMES if last in home.__all__), None)
    if home is None:
        return content if node["reftype"] in ("class", "data", "obj") else None
    return env.domains["py"].resolve_xref(
        env, node["refdoc"], app.builder, "obj", f"{home.__name__}.{last}", node, content
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Is asked for a name that Sphinx does not find; attributes are called attributes."""
    for field in PyObject.doc_field_types:
        if field.name == "variable":
            field.label = "Attributes"
    app.connect("missing-reference", _resolve)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
