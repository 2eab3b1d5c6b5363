"""Short ways to write what was said, coded, made of it and sent out."""

from __future__ import annotations

import hashlib

import jmdi
from jmdi import code


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def item(name, text="Words that were said.", source=None, **more):
    kind = code("item-source", source) if source else None
    return jmdi.KnowledgeItem(id=name, text=text, source_type=kind, **more)


def coded(item, theme, coder=None, start=None, stop=None, text=None, **more):
    """A coding; with the text it keeps its hash."""
    return jmdi.Coded(
        id=f"coded/{item}-{theme}-{coder}-{start}",
        source=item,
        target=theme,
        coder=coder,
        start=start,
        stop=stop,
        text_digest=None if text is None else digest(text),
        **more,
    )


def derives(made, *origins):
    return [jmdi.Derives(id=f"derives/{made}-{o}", source=made, target=o) for o in origins]


def sent(product, to, **more):
    return jmdi.Disseminated(id=f"sent/{product}-{to}", source=product, target=to, **more)
