"""The page on shapes and colours of figures and of the report."""

from __future__ import annotations

from jmdi_report.palette import BACKGROUND, FAMILIES, UNKNOWN, Look
from reference.text import coded, page, table


def palette_page() -> str:
    """palette.md: how each family of actor types is drawn."""
    return page(
        "Palette",
        "How figures and the page of `jmdi report` draw actors. Colour is never alone: each "
        "family of types has a shape too. Every two colours differ by a ΔE2000 of 15 or more, "
        "also for readers with one of three deficiencies of colour vision, and each has a "
        "contrast of 3:1 or more to its background; tests compute both.",
        table(
            ("Family", "Code", "Shape", "On a light background", "On a dark background"),
            map(_row, (*FAMILIES, UNKNOWN)),
        ),
        f"The backgrounds are {_swatch(BACKGROUND['light'])} and {_swatch(BACKGROUND['dark'])}. "
        "A type of a [vocabulary](vocabularies/actor-type.md) that belongs to no family is grey, "
        "with a shape and a label of its own.",
    )


def _row(look: Look) -> tuple[str, ...]:
    colours = (_swatch(look.light), _swatch(look.dark))
    return (look.labels["en"], coded(look.code), look.shape, *colours)


def _swatch(colour: str) -> str:
    return f'<span class="swatch" style="background: {colour}"></span> `{colour}`'
