"""Colours as six hexadecimal digits, from the ways that documents write them."""

from __future__ import annotations

import colorsys
import re

__all__ = ["INDEXED", "css_colour", "hex_colour", "mixed", "tinted"]

HEX = re.compile(r"#?(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
RGB = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]{1,9}%?)\s*)?\)"
)
SHORT = re.compile(r"#([0-9A-Fa-f])([0-9A-Fa-f])([0-9A-Fa-f])")
NONE = {"", "auto", "none", "transparent", "inherit", "initial", "unset", "window", "windowtext"}
NAMED = {
    "black": "000000",
    "silver": "C0C0C0",
    "gray": "808080",
    "grey": "808080",
    "white": "FFFFFF",
    "maroon": "800000",
    "red": "FF0000",
    "purple": "800080",
    "fuchsia": "FF00FF",
    "green": "008000",
    "lime": "00FF00",
    "olive": "808000",
    "yellow": "FFFF00",
    "navy": "000080",
    "blue": "0000FF",
    "teal": "008080",
    "aqua": "00FFFF",
    "orange": "FFA500",
    "lightgray": "D3D3D3",
    "lightgrey": "D3D3D3",
    "darkgray": "A9A9A9",
    "darkgrey": "A9A9A9",
    "gainsboro": "DCDCDC",
    "whitesmoke": "F5F5F5",
    "lightblue": "ADD8E6",
    "lightgreen": "90EE90",
    "lightyellow": "FFFFE0",
    "pink": "FFC0CB",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "gold": "FFD700",
    "beige": "F5F5DC",
    "darkblue": "00008B",
    "darkgreen": "006400",
    "darkred": "8B0000",
    "skyblue": "87CEEB",
    "steelblue": "4682B4",
    "dimgray": "696969",
    "dimgrey": "696969",
    "khaki": "F0E68C",
}

_BASIC = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
INDEXED: tuple[str, ...] = tuple(
    f"{_BASIC} {_BASIC} "
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 "
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF "
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 "
    "003366 339966 003300 333300 993300 993366 333399 333333".split()
)
"""The default palette of Excel 97, which newer files still refer to by number."""


def hex_colour(text: str | None) -> str | None:
    """Six digits in capitals of a colour such as ``BFBFBF`` or ``FFBFBFBF``; else ``None``."""
    found = HEX.fullmatch((text or "").strip())
    return found[1].upper() if found else None


def css_colour(text: str) -> tuple[str | None, bool]:
    """A colour of a web page, and whether it was understood; no colour is understood too."""
    plain = text.strip().lower().removesuffix("!important").strip()
    short, rgb = SHORT.fullmatch(plain), RGB.fullmatch(plain)
    if plain in NONE:
        return None, True
    if plain in NAMED:
        return NAMED[plain], True
    if short:
        return "".join(digit * 2 for digit in short.groups()).upper(), True
    if rgb:
        if rgb[4] in ("0", "0%", "0.0"):
            return None, True
        return "".join(f"{min(255, int(part)):02X}" for part in rgb.groups()[:3]), True
    if len(plain.removeprefix("#")) == 6 and hex_colour(plain):
        return hex_colour(plain), True
    return None, False


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)


def mixed(front: str, back: str, percent: int) -> str:
    """A pattern of two colours as one, ``percent`` of it in front."""
    pairs = zip(_parts(front), _parts(back), strict=True)
    return "".join(f"{(a * percent + b * (100 - percent) + 50) // 100:02X}" for a, b in pairs)


def tinted(colour: str, tint: float) -> str:
    """A colour of a theme made lighter (tint up to 1) or darker (down to -1)."""
    tint = max(-1.0, min(1.0, tint))
    hue, light, full = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = colorsys.hls_to_rgb(hue, light, full)
    return "".join(f"{round(part * 255):02X}" for part in (red, green, blue))
