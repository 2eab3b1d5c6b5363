"""Plugins whose kinds, files, schemas or migrations are wrong."""

import jmdi


class mute:
    """Wrong: a field that is not described."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Mute]


@jmdi.define("mute:thing")
class Mute(jmdi.Entity):
    """A thing."""

    size: int = 0


class fluid:
    """Wrong: a kind whose records can be changed."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Fluid]


@jmdi.define("fluid:thing")
class Fluid(jmdi.Entity):
    """A thing."""


Fluid.__setattr__ = object.__setattr__


class rough:
    """Wrong: a kind whose records cannot be hashed."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Rough]


@jmdi.define("rough:thing")
class Rough(jmdi.Entity):
    """A thing."""


Rough.__hash__ = None


def hidden_kind():
    @jmdi.define("hidden:thing")
    class Hidden(jmdi.Entity):
        """A thing."""

    return Hidden


HIDDEN = hidden_kind()


class hidden:
    """Wrong: a kind that is declared inside a function."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        return [HIDDEN]


class lossy:
    """Wrong: a field that does not hold what it was given."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Lossy]


@jmdi.define("lossy:thing")
class Lossy(jmdi.Entity):
    """A thing.

    Attributes:
        name: Its name.
    """

    name: str = ""

    def __attrs_post_init__(self):
        object.__setattr__(self, "name", f"<{self.name}>")


class picky:
    """Wrong: a kind that refuses values of its declared types."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Picky]


@jmdi.define("picky:thing")
class Picky(jmdi.Entity):
    """A thing.

    Attributes:
        size: Its size, which must be positive.
    """

    size: int = 1

    def __attrs_post_init__(self):
        if self.size < 1:
            raise ValueError("the size must be positive")


class shifty:
    """Wrong: a field that holds another type than it is declared to."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Shifty]


@jmdi.define("shifty:thing")
class Shifty(jmdi.Entity):
    """A thing.

    Attributes:
        name: Its name.
    """

    name: str = ""

    def __attrs_post_init__(self):
        object.__setattr__(self, "name", len(str(self.name)))


class silent:
    """Wrong: its schema is not committed, or that of another version is."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Silent]


@jmdi.define("silent:thing")
class Silent(jmdi.Entity):
    """A thing.

    Attributes:
        size: Its size.
    """

    size: int = 0


class ageless:
    """Wrong: a second version, and no way to it from the first."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Ageless]


@jmdi.define("ageless:thing", v=2)
class Ageless(jmdi.Entity):
    """A thing."""


class forgetful:
    """Wrong: a migration that leaves out what the new version needs."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Forgetful]

    @jmdi.hookimpl
    def jmdi_migrations():
        return [jmdi.Migration("forgetful:thing", 1, 2, dict)]


@jmdi.define("forgetful:thing", v=2)
class Forgetful(jmdi.Entity):
    """A thing.

    Attributes:
        size: Its size, which version 1 called extent.
    """

    size: int


class forked:
    """Wrong: a kind that is another after it was sent to a process."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Forked]


@jmdi.define("forked:thing")
class Forked(jmdi.Entity):
    """A thing."""


def _another(name):
    return Forked(id=f"{name}/again")


Forked.__reduce__ = lambda self: (_another, (self.id,))


class unmakeable:
    """Wrong: no id can be made of what it says."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        return [Unmakeable]


@jmdi.define("unmakeable:thing", id_from=("size",))
class Unmakeable(jmdi.Entity):
    """A thing.

    Attributes:
        size: How large.
    """

    size: bool | None = None
