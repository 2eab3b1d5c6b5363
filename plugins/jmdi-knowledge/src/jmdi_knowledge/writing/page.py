"""Drafts as a page of HTML."""

from __future__ import annotations

from html import escape

from jmdi.files.safe_xml import legal
from jmdi_knowledge.writing.draft import Block, Bullets, Draft, Grid, Heading, Missing, Quote

__all__ = ["page"]

_STYLE = (
    "body{max-width:48em;margin:2em auto;padding:0 1em;font:1rem/1.5 system-ui,sans-serif}"
    "blockquote{margin-inline:1em 0;padding-inline-start:1em;border-inline-start:.2em solid #888}"
    "table{border-collapse:collapse}td,th{border:1px solid #888;padding:.2em .5em;text-align:start}"
    ".missing{font-style:italic}"
)


def page(draft: Draft) -> bytes:
    """The draft as a page that needs nothing else; what is text in it stays text."""
    side = "rtl" if draft.language == "ar" else "ltr"
    body = "\n".join(_of(block) for block in draft.blocks)
    whole = (
        f'<!DOCTYPE html>\n<html lang="{escape(draft.language)}" dir="{side}">\n<head>\n'
        f'<meta charset="utf-8">\n<title>{_text(draft.title)}</title>\n<style>{_STYLE}</style>\n'
        f"</head>\n<body>\n<h1>{_text(draft.title)}</h1>\n{body}\n</body>\n</html>\n"
    )
    return whole.encode()


def _of(block: Block) -> str:
    if isinstance(block, Heading):
        name = f"h{block.level + 1}"
        return f'<{name} dir="auto">{_text(block.text)}</{name}>'
    if isinstance(block, Missing):
        return f'<p class="missing">[{_text(block.text)}]</p>'
    if isinstance(block, Quote):
        about = f"<footer>— {_text(block.about)} [{block.source}]</footer>"
        return f'<blockquote dir="auto"><p>{_text(block.text)}</p>{about}</blockquote>'
    if isinstance(block, Bullets):
        name = "ol" if block.numbered else "ul"
        items = "".join(f'<li dir="auto">{_text(item)}</li>' for item in block.items)
        return f"<{name}>{items}</{name}>"
    if isinstance(block, Grid):
        head = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in block.head)
        rows = (
            "<tr>" + "".join(f'<td dir="auto">{_text(cell)}</td>' for cell in row) + "</tr>"
            for row in block.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f'<p dir="auto">{_text(block.text)}</p>'


def _text(text: str) -> str:
    return escape(legal(text)).replace("\n", "<br>")
