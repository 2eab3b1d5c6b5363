"""The exporters of drafts: one function for each format, all with the same options."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from jmdi import Dataset
from jmdi_knowledge.writing.draft import Draft
from jmdi_knowledge.writing.markdown import markdown
from jmdi_knowledge.writing.page import page
from jmdi_knowledge.writing.skeletons import Language, Template, draft_of
from jmdi_knowledge.writing.word import word

__all__ = ["write_docx", "write_html", "write_markdown"]


def _writer(form: Callable[[Draft], bytes]) -> Callable[..., None]:
    def write(
        dataset: Dataset,
        stream: BinaryIO,
        *,
        product: str | None = None,
        template: Template | None = None,
        language: Language = "en",
        quotes: int = 3,
    ) -> None:
        """Writes a product as a draft, with quotes, counts, gaps and numbered sources.

        Args:
            dataset: The records.
            stream: Where it goes.
            product: Id of the product; without one, all items and practices are used.
            template: Which sections there are; without, those of the product's type.
            language: Language of the headings.
            quotes: How many quotes a theme or practice has at most.
        """
        draft = draft_of(dataset, product, template=template, language=language, quotes=quotes)
        stream.write(form(draft))

    return write


write_docx = _writer(word)
write_html = _writer(page)
write_markdown = _writer(markdown)
