"""Words of titles and descriptions: what was changed in them, narrative by narrative."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence

from jmdi_iati.export.lists import Item, patch
from jmdi_iati.export.trees import place, take_out
from jmdi_iati.standard.schema import Rule
from jmdi_iati.standard.words import language, texts_of, words_of
from jmdi_iati.standard.xml import XML_LANG, Element, narrated, new

__all__ = ["patch_texts", "patch_words"]

Words = Mapping[str, Sequence[str]]
"""What is said in each language, a narrative each."""


def patch_words(
    parent: Element,
    holders: Sequence[Element],
    now: Words,
    make: Callable[[], Element],
    rule: Rule,
    default: str,
) -> None:
    """Changes the narratives of elements that say one thing together.

    Args:
        parent: Where the elements are.
        holders: The elements, such as all general descriptions.
        now: What they are to say.
        make: A new element, if there is none.
        rule: What the schema says of the parent.
        default: The language of narratives that do not say theirs.
    """
    said: dict[str, list[Element]] = {}
    for narrative in (part for holder in holders for part in holder.iterchildren("narrative")):
        if words_of(narrative):
            said.setdefault(language(narrative.get(XML_LANG), default), []).append(narrative)
    first = holders[0] if holders else make()
    if not holders:
        place(parent, first, rule)
    within = rule.children[first.tag]
    for spoken in dict.fromkeys((*said, *now)):
        before = [
            Item(_narrative(words_of(part), spoken, default), (part,))
            for part in said.get(spoken, ())
        ]
        wanted = [_narrative(words, spoken, default) for words in now.get(spoken, ())]
        patch(first, before, wanted, within, default)
    for holder in holders or [first]:
        if not len(holder):
            take_out(holder)


def _narrative(words: str, spoken: str, default: str) -> Element:
    made = new("narrative", words)
    if spoken not in (default, "und"):
        made.set(XML_LANG, spoken)
    return made


def patch_texts(
    parent: Element,
    holders: Sequence[Element],
    now: Sequence[Mapping[str, str]],
    attributes: Mapping[str, str],
    rule: Rule,
    default: str,
) -> None:
    """Changes elements of which each says a thing of its own, such as objectives.

    One that says several is written as several first.

    Args:
        parent: Where the elements are.
        holders: The elements.
        now: What they are to say.
        attributes: The attributes of a new element.
        rule: What the schema says of the parent.
        default: The language of narratives that do not say theirs.
    """
    texts = [texts_of(holder, default) for holder in holders]
    if [text for said in texts for text in said] == list(now):
        return
    before = []
    for element, said in zip(holders, texts, strict=True):
        for text in said:
            before.append(Item(narrated("description", text, **attributes), (element,)))
            element = _rest(element, default) if text is not said[-1] else element
    wanted = [narrated("description", text, **attributes) for text in now]
    patch(parent, before, wanted, rule, default)


def _rest(holder: Element, default: str) -> Element:
    """A new element after another, for all but what that says first in each language."""
    rest = copy.copy(holder)
    seen: set[str] = set()
    for old, new_one in zip(list(holder), list(rest), strict=True):
        spoken = language(old.get(XML_LANG), default)
        if spoken in seen and words_of(old):
            take_out(old)
        else:
            rest.remove(new_one)
            seen |= {spoken} if words_of(old) else set()
    holder.addnext(rest)
    return rest
