"""Characters of symbol fonts: a tick typed in Wingdings is stored as a letter."""

from __future__ import annotations

__all__ = ["is_symbol_font", "symbol", "symbols"]

_FONTS: dict[str, dict[int, str]] = {
    "wingdings": {
        0x6C: "●",
        0x6E: "■",
        0x6F: "□",
        0x70: "□",
        0x71: "❑",
        0x72: "❒",
        0x73: "⬧",
        0x75: "◆",
        0x76: "❖",
        0x9F: "•",
        0xA1: "○",
        0xA7: "▪",
        0xA8: "□",
        0xD8: "➢",
        0xDF: "←",
        0xE0: "→",
        0xE8: "➔",
        0xEF: "⇦",
        0xF0: "⇨",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
    },
    "wingdings 2": {
        0x4F: "✗",
        0x50: "✓",
        0x51: "☒",
        0x52: "☑",
        0x53: "☒",
        0x54: "☒",
        0x97: "●",
        0xA3: "□",
    },
    "symbol": {0xB7: "•", 0xAE: "→", 0xD7: "⋅", 0xDE: "⇒", 0x2D: "−", 0xA3: "≤", 0xB3: "≥"},
}
PRIVATE = range(0xF000, 0xF100)


def is_symbol_font(font: str | None) -> bool:
    """Whether the letters of a font are pictures."""
    return font is not None and font.lower() in _FONTS


def symbol(code: int, font: str | None) -> str:
    """The character that a code of a symbol font shows; the code itself where it is not known."""
    private = code in PRIVATE
    table = _FONTS.get((font or ("symbol" if private else "")).lower(), {})
    found = table.get(code - 0xF000 if private else code)
    if found is not None:
        return found
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code <= 0xFFFD else "\ufffd"


def symbols(text: str, font: str | None) -> str:
    """A text typed in a symbol font as it looks."""
    return "".join(symbol(ord(char), font) for char in text)
