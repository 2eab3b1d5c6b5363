"""Text and languages as IATI files have them."""

from __future__ import annotations

import functools
import html
import re

from jmdi_iati.standard.xml import XML_LANG, Element

__all__ = ["clean", "has_words", "identifier", "language", "text_of", "texts_of", "words_of"]

LONG_CODES = {
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "deu": "de",
    "ger": "de",
    "por": "pt",
    "ara": "ar",
    "nld": "nl",
    "dut": "nl",
    "ita": "it",
    "nep": "ne",
    "dan": "da",
    "swe": "sv",
    "nor": "no",
    "fin": "fi",
    "rus": "ru",
    "zho": "zh",
    "chi": "zh",
    "jpn": "ja",
    "kor": "ko",
    "english": "en",
    "french": "fr",
    "spanish": "es",
}
"""What publishers write in place of the codes of two letters that ``xml:lang`` asks for."""

# The tags that office programs and web editors leave in texts; other words in angle brackets stay.
TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|ul|ol|li|div|span|a|h[1-6]|td|tr|table)\b[^<>]*/?>", re.IGNORECASE
)


@functools.lru_cache(maxsize=1024)
def language(code: str | None, default: str) -> str:
    """A language code as jmdi writes it; the default where there is none."""
    first, _, rest = (code or "").strip().replace("_", "-").partition("-")
    first = LONG_CODES.get(first.lower(), first.lower())[:8]
    return f"{first}-{rest[:16]}" if rest else first or default


def clean(text: str) -> str:
    """Words on one line, without tags, entities that were escaped twice, and odd spaces."""
    # Names and titles repeat in a file; long descriptions do not, and would fill the memory.
    return _short(text) if len(text) < 80 else _clean(text)


@functools.lru_cache(maxsize=8192)
def _short(text: str) -> str:
    return _clean(text)


def _clean(text: str) -> str:
    if "&" in text or "<" in text or "\u200b" in text:
        text = html.unescape(html.unescape(text)) if "&" in text else text
        text = TAG.sub(" ", text).replace("\u200b", "")
    if text.isprintable() and "  " not in text:  # of all spaces only U+0020 is printable
        return text.strip()
    return " ".join(text.split())


def identifier(text: str) -> str:
    """An identifier of an activity, the same however XML broke it into lines."""
    return text.strip() if text.isprintable() and "  " not in text else " ".join(text.split())


def words_of(element: Element) -> str:
    """The words of an element without children, or of all within it."""
    text = element.text if len(element) == 0 else "".join(element.itertext())
    return clean(text) if text else ""


def has_words(element: Element) -> bool:
    """Whether an element, or any within it, holds more than space."""
    return any(part.strip() for part in element.itertext())


def text_of(element: Element, default: str) -> dict[str, str]:
    """The narratives of an element by language; of several in one language the first.

    An element without narratives but with words of its own, as in 1.x, gives those.
    """
    texts = texts_of(element, default)
    return texts[0] if texts else {}


def texts_of(element: Element, default: str) -> list[dict[str, str]]:
    """The narratives of an element as texts: the first of each language, the second, and so on."""
    texts: list[dict[str, str]] = []
    for narrative in element:
        if narrative.tag == "narrative":
            words = narrative.text
            if words and (words := clean(words if len(narrative) == 0 else words_of(narrative))):
                spoken = language(narrative.get(XML_LANG), default)
                for text in texts:
                    if spoken not in text:
                        text[spoken] = words
                        break
                else:
                    texts.append({spoken: words})
    if not texts and element.text and (words := clean(element.text)):
        texts.append({language(element.get(XML_LANG), default): words})
    return texts
