"""What IATI says beyond the core's fields, as facets on the core's kinds."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jmdi import (
    Actor,
    Code,
    Facet,
    Indicator,
    Initiative,
    KnowledgeProduct,
    Participates,
    Ref,
    Territory,
    Text,
    facet,
    value,
)
from jmdi.model.frozen import EMPTY

__all__ = [
    "Activity",
    "Condition",
    "Document",
    "Link",
    "Location",
    "Measured",
    "Mention",
    "Organisation",
    "Scope",
]


@value
class Scope:
    """An emergency or appeal that a humanitarian activity belongs to.

    Attributes:
        code: Its code, in the vocabulary as published.
        type: Whether it is an emergency or an appeal.
        words: What it is called.
    """

    code: Code
    type: Code | None = None
    words: Text = EMPTY
    extra: Mapping[str, Any] = EMPTY


@value
class Condition:
    """A condition of an activity.

    Attributes:
        type: Of what kind: of policy, performance or fiduciary.
        words: What it says.
    """

    type: Code | None = None
    words: Text = EMPTY
    extra: Mapping[str, Any] = EMPTY


@value
class Link:
    """A document or page that an activity links to.

    Attributes:
        url: Its address, as written.
        format: Its media type, as written.
        title: Its title.
        description: What it is.
        categories: Its document categories.
        languages: ISO 639-1 codes.
        date: When it was published.
    """

    url: str | None = None
    format: str | None = None
    title: Text = EMPTY
    description: Text = EMPTY
    categories: tuple[Code, ...] = ()
    languages: tuple[str, ...] = ()
    date: datetime.date | None = None
    extra: Mapping[str, Any] = EMPTY


@facet("iati:activity", on=Initiative)
class Activity(Facet):
    """An activity as it was published.

    ``xml`` is the whole element, contact persons left out, so nothing is lost; the other
    fields are read from it for those who want to select by them.

    Attributes:
        version: Version of the standard, as stated or as inferred.
        xml: The element as published, with its own namespaces.
        root: Attributes of the file's root other than the version.
        updated: When the publisher last changed it, as written.
        hierarchy: Its level in the publisher's own hierarchy.
        humanitarian: Whether it is marked as humanitarian, as a whole or in some transactions.
        dates: The first day that each of planned and actual start and end can mean, in EDTF.
        codes: Policy markers, tags, default flow, finance, aid and tied status, and
            collaboration type.
        titles: Further titles in a language that has one already.
        remarks: Descriptions of the type "other".
        scopes: The emergencies and appeals that it belongs to.
        conditions: The conditions that are attached to it.
        attached: Whether any are.
        documents: What it links to, publications included.
        unread: What was not to be read of it: ``money``, ``results``.
    """

    version: str | None = None
    xml: str | None = None
    root: Mapping[str, str] = EMPTY
    updated: str | None = None
    hierarchy: str | None = None
    humanitarian: bool | None = None
    dates: Mapping[str, str] = EMPTY
    codes: tuple[Code, ...] = ()
    titles: tuple[Text, ...] = ()
    remarks: tuple[Text, ...] = ()
    scopes: tuple[Scope, ...] = ()
    conditions: tuple[Condition, ...] = ()
    attached: bool | None = None
    documents: tuple[Link, ...] = ()
    unread: tuple[str, ...] = ()


@facet("iati:mention", on=Participates)
class Mention(Facet):
    """How an activity names a participating organisation, beyond its name, reference and role.

    Attributes:
        activity: Identifier of the organisation's own activity.
        channel: CRS channel code.
        type: Organisation type as written here.
        count: How often the same organisation is named in the same role, if more than once.
    """

    activity: str | None = None
    channel: str | None = None
    type: str | None = None
    count: int | None = None


@facet("iati:indicator", on=Indicator)
class Measured(Facet):
    """The place of an indicator in the results of an activity.

    Attributes:
        result: Title of the result.
        about: What the result is.
        type: Type of the result.
        measure: How the indicator is measured.
        reference: Code of the indicator in a published list.
    """

    result: Text = EMPTY
    about: Text = EMPTY
    type: Code | None = None
    measure: Code | None = None
    reference: Code | None = None


@facet("iati:location", on=Territory)
class Location(Facet):
    """A place that an activity names.

    Attributes:
        latitude: Degrees north, WGS 84.
        longitude: Degrees east, WGS 84.
        point: The point as written.
        administrative: Administrative divisions that contain it.
        codes: Exactness, reach, class and feature designation.
    """

    latitude: Decimal | None = None
    longitude: Decimal | None = None
    point: str | None = None
    administrative: tuple[Code, ...] = ()
    codes: tuple[Code, ...] = ()


@facet("iati:document", on=KnowledgeProduct)
class Document(Facet):
    """A publication that an activity or organisation links to.

    Attributes:
        activity: The first initiative that links to it.
        format: Its media type, as written.
        categories: Its document categories.
    """

    activity: Ref[Initiative] | None = None
    format: str | None = None
    categories: tuple[Code, ...] = ()


@facet("iati:organisation", on=Actor)
class Organisation(Facet):
    """An organisation's own file, as it was published.

    Attributes:
        version: Version of the standard, as stated or as inferred.
        xml: The element as published.
        root: Attributes of the file's root other than the version.
        updated: When it was last changed, as written.
    """

    version: str | None = None
    xml: str | None = None
    root: Mapping[str, str] = EMPTY
    updated: str | None = None
