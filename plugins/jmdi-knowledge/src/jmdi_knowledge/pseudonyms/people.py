"""The people of one input: their pseudonyms, their names in texts, and contacts that are dropped.

A pseudonym is ``P-`` and the first ten hexadecimal digits of HMAC-SHA-256 of the folded name with
the key. Whoever holds the key and a list of names can tell who is who; nobody else can.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from jmdi import FormatError, ImportContext, Problem, Severity, Where
from jmdi.display.privacy import EMAIL
from jmdi.words.folding import as_typed, fold
from jmdi_knowledge.pseudonyms.hiding import Hidden, Names, contacts_in, replaced
from jmdi_knowledge.pseudonyms.keys import Key, key_of

__all__ = ["People"]

DIGITS = 10
"""Hexadecimal digits of a pseudonym."""

PSEUDONYM = re.compile(r"P-[0-9a-f]{10}")
"""What was made here before, and is written in a file that is read again."""

MOST = 1_000_000
"""Bytes of a list of names."""

BESIDE = re.compile(r"\s*[(\[|/]|\s+(?:-|–|via)\s+")
"""What parts a name from an organisation or a list that stands beside it."""

Contact = Literal["e-mail address", "telephone number", "photo"]


class People:
    """The people of one input."""

    def __init__(self, context: ImportContext) -> None:
        options = context.options
        self.keep = options.get("people") == "keep"
        self._context = context
        self._key: Key | None = None
        self._pseudonyms: dict[str, str] = {}
        self._organisations = {_folded(name) for name in _listed(options.get("organisations"))}
        self._contacts: Counter[str] = Counter()
        self._mentions = 0
        self._names = Names()
        for name in _listed(options.get("names")):
            self.meet(name)

    def pseudonym(self, name: str | None) -> str | None:
        """What stands for a person of this name; ``None`` where there is no name.

        The name itself where names are kept, or where it was said to be an organisation's.

        Raises:
            FormatError: If there is no key and none can be made.
        """
        typed = as_typed(name or "")
        if not typed:
            return None
        folded = _folded(typed)
        if self.keep or folded in self._organisations or PSEUDONYM.fullmatch(typed):
            return typed
        if folded not in self._pseudonyms:
            if self._key is None:
                self._key = key_of(self._context.options.get("key"))
            digest = hmac.new(self._key.secret, _bytes(folded), hashlib.sha256).hexdigest()
            self._pseudonyms[folded] = f"P-{digest[:DIGITS]}"
        return self._pseudonyms[folded]

    def meet(
        self, name: str | None, *, also: Iterable[str | None] = (), addresses: Iterable[str] = ()
    ) -> str | None:
        """A participant: the pseudonym, which now also stands for the name in texts.

        Args:
            name: The name.
            also: Other names of which the source says that they are the same person's.
            addresses: E-mail addresses of the same person, which are hidden in texts.
        """
        pseudonym = self.pseudonym(name)
        if pseudonym is None or self.keep:
            return pseudonym
        if pseudonym != as_typed(name or ""):
            for one in (name, *also):
                for form in _forms(one or ""):
                    self._names.add(form, pseudonym)
        for address in addresses:
            self._names.add(address, EMAIL)
            self._names.add(address.replace("@", " at "), EMAIL)
        return pseudonym

    def coder(self, name: str | None) -> str | None:
        """A coder: the pseudonym, which stands for a full name in texts; "admin" is a word."""
        full = len(as_typed(name or "").split()) > 1
        return self.meet(name) if full else self.pseudonym(name)

    def hide(self, text: str) -> Hidden:
        """A text without names of participants, e-mail addresses and telephone numbers."""
        if self.keep:
            return Hidden(text)
        contacts = list(contacts_in(text))
        names = list(self._names.found(text))
        if not contacts and not names:
            return Hidden(text)
        hidden = replaced(text, [*contacts, *names])
        for edit in hidden.edits:
            if edit.by.startswith("["):
                self.drop("e-mail address" if edit.by == EMAIL else "telephone number")
            else:
                self._mentions += 1
        return hidden

    def drop(self, what: Contact, number: int = 1) -> None:
        """Counts contacts that were left out."""
        if number:
            self._contacts[what] += number

    def report(self) -> None:
        """Says once what was done: how many people, with which key, and what was dropped."""
        where = Where(file=self._context.name)
        if self._contacts:
            counts = ", ".join(f"{_many(n, what)}" for what, n in sorted(self._contacts.items()))
            self._context.problem(
                "knowledge:P102", f"{counts} left out", severity=Severity.INFO, where=where
            )
        if self._key is None:
            return
        made = ", which was made now" if self._key.made else ""
        message = (
            f"{_many(len(self._pseudonyms), 'name')} got a pseudonym with the key "
            f"{self._key.place}{made}; {_many(self._mentions, 'mention')} in texts replaced"
        )
        cure = "keep the key apart from the data; another one is named with key=FILE"
        # A file that nobody asked for must not go unseen.
        unasked = self._key.made and not self._context.options.get("key")
        severity = Severity.WARNING if unasked else Severity.INFO
        self._context.problem("knowledge:P103", message, severity=severity, where=where, cure=cure)
        if self._key.open_to_others:
            message = f"others can read the key {self._key.place}"
            cure = f"chmod 600 {self._key.place}"
            self._context.problem("knowledge:P104", message, where=where, cure=cure)


def _forms(name: str) -> list[str]:
    """A name as texts have it: without what stands beside it, and not turned round.

    "López, Ana (Municipality)" is "López, Ana" and "Ana López", too.
    """
    bare = BESIDE.split(name, maxsplit=1)[0].strip()
    last, comma, first = bare.partition(",")
    turned = f"{first} {last}" if comma else bare
    return [name, *(form for form in (bare, turned) if len(form.split()) > 1)]


def _folded(name: str) -> str:
    """A name for comparing; one of signs alone, such as an emoji, as it is."""
    return fold(name) or unicodedata.normalize("NFKC", as_typed(name)).casefold()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 'es' if what.endswith('s') else 's'}"


def _listed(file: str | None) -> list[str]:
    """The names in a file, one on a line.

    Raises:
        FormatError: If it cannot be read.
    """
    if not file:
        return []
    try:
        with Path(file).open("rb") as stream:
            data = stream.read(MOST + 1)
        if len(data) > MOST:
            raise ValueError(f"it has more than {MOST:,} bytes")
        return [name for line in data.decode("utf-8-sig").splitlines() if (name := as_typed(line))]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"the list of names {file} cannot be read: {reason}"
        cure = "save it as text in UTF-8, one name on a line"
        problem = Problem("knowledge:P105", Severity.ERROR, message, Where(file), cure=cure)
        raise FormatError([problem]) from None
