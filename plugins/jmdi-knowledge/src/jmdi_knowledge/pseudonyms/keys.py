"""The key of pseudonyms: a small file that is made on first use and never put into a data set."""

from __future__ import annotations

import os
from pathlib import Path

from jmdi import FormatError, Problem, Severity, Where

__all__ = ["Key", "key_of", "usual_place"]

SHORTEST, LONGEST = 16, 4096
"""Bytes of a key: fewer could be guessed, more are some other file."""


class Key:
    """A key, and what is to be said of its file.

    Attributes:
        secret: Its bytes.
        place: Where its file lies.
        made: Whether the file was made just now.
        open_to_others: Whether other users of the computer may read the file.
    """

    def __init__(self, secret: bytes, place: Path, made: bool) -> None:
        self.secret = secret
        self.place = place
        self.made = made
        self.open_to_others = os.name == "posix" and bool(place.stat().st_mode & 0o077)


def usual_place() -> Path:
    """Where the key lies that is used when none is named: in the user's folder of settings."""
    chosen = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA")
    return Path(chosen or Path("~/.config").expanduser()) / "jmdi" / "people.key"


def key_of(file: str | None) -> Key:
    """The key in a file, which is made if it is not there.

    Args:
        file: The file; the one in the user's folder of settings if not given.

    Raises:
        FormatError: If it cannot be read or made, or holds no key.
    """
    place = Path(file) if file else usual_place()
    try:
        if not file:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = not place.exists() and _make(place)
        with place.open("rb") as stream:
            secret = stream.read(LONGEST + 1).strip()
        if SHORTEST <= len(secret) <= LONGEST:
            return Key(secret, place, made)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _no_key(f"the key {place} cannot be read or made: {reason}") from None
    raise _no_key(
        f"{place} is no key: a key has {SHORTEST} to {LONGEST:,} bytes, not {len(secret):,}"
    )


def _make(place: Path) -> bool:
    """Makes a key; whether this process did so and not another at the same time."""
    beside = place.with_name(f"{place.name}.{os.urandom(8).hex()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(os.urandom(32).hex().encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        # A link never replaces a file: whoever comes second takes the key of the first.
        os.link(beside, place)
    except FileExistsError:
        return False
    finally:
        beside.unlink()
    return True


def _no_key(message: str) -> FormatError:
    cure = "name a file that can be written, key=FILE, or keep the names: people=keep"
    where = Where()
    return FormatError([Problem("knowledge:P101", Severity.ERROR, message, where, cure=cure)])
