"""The options of every importer that reads what people wrote or said; it imports nothing heavy."""

from __future__ import annotations

from jmdi import Parameter

__all__ = ["OPTIONS"]

OPTIONS = (
    Parameter(
        "key",
        "file with the key of pseudonyms, made if it is not there; else one in the user's folder "
        "of settings",
        type=str | None,
    ),
    Parameter(
        "people",
        "pseudonyms for people, or keep their names",
        default="pseudonyms",
        choices=("pseudonyms", "keep"),
    ),
    Parameter("names", "text file of more names to hide in texts, one on a line", type=str | None),
    Parameter(
        "organisations",
        "text file of names that are no persons and stay, one on a line",
        type=str | None,
    ),
)
