"""``dataset.gaps()``: what stands on no evidence, and what evidence came to nothing yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, TypeAlias

from jmdi.errors import NotFound
from jmdi.graph.table import Table
from jmdi.model.kinds import KnowledgeItem, KnowledgeProduct, Theme
from jmdi.model.relations import Coded
from jmdi.model.wellknown import CLUSTERS, CODEBOOK
from jmdi_knowledge.trails.quotes import passages_of
from jmdi_knowledge.trails.walks import below, ends_of, reached, uses_of

if TYPE_CHECKING:
    from jmdi.graph.dataset import Dataset

__all__ = ["CLAIM", "claims_of", "gaps", "themes_of"]

Gap: TypeAlias = Literal["theme", "territory", "claim", "passage"]

COLUMNS = ("gap", "id", "label", "product", "why")

CLAIM = re.compile(r"\[claim:[^\S\n]*([^\]\n]*?)[^\S\n]*\]", re.IGNORECASE)
"""How the author of a product marks what a sentence stands on."""


def gaps(dataset: Dataset, *, codebook: str | None = None) -> Table:
    """Where the trail has gaps, a row for each.

    A ``theme`` without a quote in it or in a narrower one; a ``territory`` with items of which
    none is on record as used in a product; a ``claim`` that a product's text marks with
    ``[claim: id]`` and that its trail does not bear out; a ``passage`` below a product whose
    text is no longer the one that was coded. A gap says what is not on record, not that there is
    nothing.

    Args:
        dataset: The records.
        codebook: Only themes of this codebook; those of all that are recorded or coded to if it
            is not given.
    """
    rows = [*_themes(dataset, codebook), *_territories(dataset)]
    for product in sorted(dataset.of(KnowledgeProduct), key=lambda one: one.id):
        rows += [*_claims(dataset, product), *_passages(dataset, product)]
    return Table(COLUMNS, rows)


_Row: TypeAlias = tuple[Gap, str, str, str | None, str]


def themes_of(dataset: Dataset, codebook: str | None = None) -> dict[str, Theme]:
    """The themes that can be coded to: of one codebook, or of all that the data uses.

    The seven clusters are there when they are asked for, when something is coded to one, and when
    the data has no themes of its own. Folders, which may not be coded to, are left out.

    Args:
        dataset: The records.
        codebook: Name of the codebook.

    Raises:
        NotFound: If no theme is of this codebook; it names near ones.
    """
    own = {theme.id: theme for theme in dataset.of(Theme)}
    used = {coding.target for coding in dataset.of(Coded)}
    if not own or codebook == CODEBOOK or any(one.id in used for one in CLUSTERS):
        own = {one.id: one for one in CLUSTERS} | own
    names = sorted({theme.codebook for theme in own.values() if theme.codebook is not None})
    if codebook is not None and codebook not in names:
        raise NotFound("codebook", codebook, tuple(names))
    chosen = sorted(own.values(), key=lambda theme: theme.id)
    return {
        theme.id: theme
        for theme in chosen
        if theme.codable is not False and codebook in (None, theme.codebook)
    }


def claims_of(product: KnowledgeProduct) -> list[str]:
    """The ids that a product's text marks with ``[claim: id]``, each once."""
    return list(dict.fromkeys(CLAIM.findall(product.text or "")))


def _themes(dataset: Dataset, codebook: str | None) -> Iterator[_Row]:
    themes = themes_of(dataset, codebook)
    quoted: set[str] = set()
    for item in dataset.of(KnowledgeItem):
        for one in passages_of(dataset, item):
            if one.quote and one.text != "broken" and one.theme not in quoted:
                quoted.update(_with_broader(dataset, one.theme))
    for id, theme in themes.items():
        if id not in quoted:
            yield "theme", id, theme.label(), None, "no item has an intact passage coded to it"


def _with_broader(dataset: Dataset, id: str) -> set[str]:
    """A theme and all that are broader."""

    def broader(at: str) -> list[str]:
        theme = dataset.find(at, Theme)
        above = () if theme is None else (theme.parent, *theme.also_within)
        return [one for one in above if one is not None]

    return set(reached(id, broader))


def _territories(dataset: Dataset) -> Iterator[_Row]:
    used: dict[str, bool] = {}
    numbers: dict[str, int] = {}
    for item in dataset.of(KnowledgeItem):
        if item.territory is not None:
            is_used = used.get(item.territory, False) or bool(uses_of(dataset, item.id))
            used[item.territory] = is_used
            numbers[item.territory] = numbers.get(item.territory, 0) + 1
    for id in sorted(id for id, is_used in used.items() if not is_used):
        place = dataset.find(id)
        items = f"{numbers[id]} item{'s' * (numbers[id] != 1)}"
        why = f"{items} from it, none on record as used in a product"
        yield "territory", id, id if place is None else place.label(), None, why


def _claims(dataset: Dataset, product: KnowledgeProduct) -> Iterator[_Row]:
    claims = claims_of(product)
    trail = _in_trail(dataset, product.id) if claims else set()
    for id in claims:
        if not id:
            why = "the mark names no id"
        elif id not in dataset.by_id:
            why = "no record has this id"
        elif id not in trail:
            why = "it is not in the trail of the product"
        elif not _quotes_below(dataset, id):
            why = "its trail ends without a passage whose text is the one that was coded"
        else:
            continue
        yield "claim", id, product.label(), product.id, why


def _in_trail(dataset: Dataset, id: str) -> set[str]:
    """A product, all that it was made from, and the codings of its items."""
    found = {id, *below(dataset, id)}
    codings = {coding.id for one in found for coding in dataset.out(one, Coded)}
    return found | codings


def _quotes_below(dataset: Dataset, id: str) -> bool:
    """Whether some passage of what stands below a record, or of the coding itself, is intact."""
    record = dataset.by_id[id]
    if isinstance(record, Coded):
        item = dataset.find(record.source, KnowledgeItem)
        return item is not None and any(
            record in one.codings and one.text != "broken" and bool(one.quote)
            for one in passages_of(dataset, item)
        )
    items = [record, *(end.record for end in ends_of(dataset, id))]
    return any(
        one.text != "broken" and bool(one.quote)
        for item in items
        if isinstance(item, KnowledgeItem)
        for one in passages_of(dataset, item)
    )


def _passages(dataset: Dataset, product: KnowledgeProduct) -> Iterator[_Row]:
    seen: set[str] = set()
    for end in ends_of(dataset, product.id):
        if not isinstance(end.record, KnowledgeItem) or end.id in seen:
            continue
        seen.add(end.id)
        for one in passages_of(dataset, end.record):
            if one.text == "broken":
                why = "the text is no longer the one that was coded"
                yield "passage", one.codings[0].id, end.record.label(), product.id, why
