"""What all parts of a page are made from: the records, the language, the network."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from jmdi import Code, Dataset, Network, Record, Territory
from jmdi.model.records import pick
from jmdi.model.wellknown import WELL_KNOWN
from jmdi.panels import Country
from jmdi_report.localised import Localised, country_names
from jmdi_report.settings import Settings
from jmdi_report.words import RIGHT_TO_LEFT, texts_of

__all__ = ["Facts"]


class Facts:
    """The records of a page, and how they are named in its language.

    Args:
        dataset: The records that may be shown.
        settings: How the page is made.
    """

    def __init__(self, dataset: Dataset, settings: Settings) -> None:
        self.dataset = dataset
        self.settings = settings
        self.language = settings.language
        self.texts: Mapping[str, str] = texts_of(self.language)
        self.local = Localised(self.language, settings.digits)

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @functools.cached_property
    def network(self) -> Network:
        """The actors and what ties them."""
        return self.dataset.project("actors")

    def text(self, key: str, **fill: object) -> str:
        """A text of the page; numbers that are filled in are written as the language does."""
        return self.texts[key].format_map({k: self.shown(v) for k, v in fill.items()})

    def t(self, key: str, **fill: object) -> Markup:
        """A text as markup that changes with the language."""
        given = {k: v for k, v in fill.items() if isinstance(v, (int, float, str))}
        filled = Markup(' data-gaps="{}"').format(_json(given)) if given else ""
        return Markup('<span data-t="{}"{}>{}</span>').format(key, filled, self.text(key, **fill))

    def shown(self, value: object) -> str:
        """A number as the language writes it, anything else as text."""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self.local.number(value)
        return str(value)

    def words(self, words: str | Mapping[str, str], element: str = "span") -> Markup:
        """A text of a panel: a name as it is, or a text by language that changes with it."""
        if isinstance(words, str):
            return Markup("<bdi>{}</bdi>").format(words) if words else Markup("")
        if not words:
            return Markup("")
        words = self._everywhere(words)
        offered = {k: words[k] for k in self.settings.languages if k in words}
        data = Markup(' data-words="{}"').format(_json(offered)) if len(offered) > 1 else ""
        text = pick(words, self.language)
        return Markup("<{0}{1}>{2}</{0}>").format(Markup(element), data, text)

    def plain(self, words: str | Mapping[str, str]) -> str:
        """The same without markup."""
        return words if isinstance(words, str) else pick(self._everywhere(words), self.language)

    def _everywhere(self, words: Mapping[str, str]) -> Mapping[str, str]:
        """A country in all languages of the page, any other text as it is."""
        if isinstance(words, Country):
            return country_names(words, self.settings.languages)
        return words

    def label(self, record: Record | None) -> str:
        """What a record is called."""
        return "" if record is None else record.label(self.language)

    def named(self, id: str | None) -> str:
        """What the record of an id is called; the id if there is none."""
        if id is None:
            return ""
        record = self.dataset.by_id.get(id) or WELL_KNOWN.get(id)
        return id if record is None else self.label(record)

    def concept(self, code: Code | None) -> str:
        """What a code means in the language."""
        if code is None:
            return ""
        found = self._concepts.get((code.scheme, code.code))
        if found is None:
            vocabulary = self.dataset.model.catalog.vocabularies.get(code.scheme)
            concept = vocabulary.get(code.code) if vocabulary else None
            found = pick(concept.labels, self.language) if concept else ""
            found = self._concepts[code.scheme, code.code] = found or code.words or code.code
        return found

    def reason(self, code: str) -> str:
        """Why something is not known."""
        return self.concept(Code("unknown-reason", code))

    @functools.cached_property
    def _concepts(self) -> dict[tuple[str, str], str]:
        return {}

    @functools.cached_property
    def _countries(self) -> dict[str, str]:
        """Names of countries that the records give."""
        return {
            t.country: self.label(t)
            for t in self.dataset.of(Territory)
            if t.country and t.code is not None and t.code.code == t.country
        }

    def country(self, code: str | None) -> str:
        """What a country is called."""
        if not code:
            return ""
        return self._countries.get(code) or self.local.country(code)


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
