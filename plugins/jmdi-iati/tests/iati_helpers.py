"""What the tests of the rules share: one record of a class, and pieces of activities."""

from __future__ import annotations


def only(dataset, cls):
    (found,) = dataset.of(cls)
    return found


def org(name="", ref="", role="4", type="", tag="participating-org", more=""):
    said = "".join(
        f' {key}="{text}"' for key, text in (("ref", ref), ("role", role), ("type", type)) if text
    )
    words = f"<narrative>{name}</narrative>" if name else ""
    return f"<{tag}{said} {more}>{words}</{tag}>"


def transaction(kind, provider="", receiver="", ref="", value="100", currency=""):
    date = "2015-01-01"
    said = f' currency="{currency}"' if currency else ""
    parts = "".join(
        f'<{tag} ref="{ref}"><narrative>{name}</narrative></{tag}>'
        for tag, name in (("provider-org", provider), ("receiver-org", receiver))
        if name
    )
    return (
        f'<transaction><transaction-type code="{kind}"/><transaction-date iso-date="{date}"/>'
        f'<value value-date="{date}"{said}>{value}</value>{parts}</transaction>'
    )
