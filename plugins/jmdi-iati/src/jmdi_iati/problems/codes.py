"""What can be wrong with IATI files: the messages, and what ``jmdi explain`` says."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi import ProblemCode, Severity

__all__ = ["MESSAGES", "PROBLEM_CODES"]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_ROWS: dict[str, tuple[Severity, str, str | None, str]] = {
    # code: severity, message, hint, why
    "I101": (
        WARNING,
        "the file is empty",
        None,
        "A file of no bytes holds no activity; publishers leave them behind.",
    ),
    "I102": (
        ERROR,
        "not an IATI document: {what}",
        "give an iati-activities file",
        "The document has no iati-activity and no iati-organisation.",
    ),
    "I103": (
        ERROR,
        "a document type is declared, which is not read",
        "delete the line that begins with <!DOCTYPE",
        "Document types define entities, with which a small file can fill a machine or "
        "fetch other files. IATI needs none.",
    ),
    "I104": (
        ERROR,
        "the document is broken: {what}",
        "ask the publisher for a whole file; --on-error collect keeps what was read",
        "What stands before the break was read; what follows may be lost.",
    ),
    "I105": (
        WARNING,
        "repaired: {what}",
        None,
        "The XML is not well-formed here, but what was meant could be read.",
    ),
    "I106": (
        WARNING,
        "bytes that are not {what} were read as Windows-1252",
        None,
        "The file is in another encoding than it says.",
    ),
    "I107": (
        WARNING,
        "control characters, which XML forbids, were left out",
        None,
        "Such characters come from office programs; strict readers stop at them.",
    ),
    "I108": (
        ERROR,
        "more than the bounds allow: {what}",
        "raise limits.line or limits.size if the file is trusted",
        "Bounds keep a hostile file from filling the machine.",
    ),
    "I109": (
        ERROR,
        "{what} cannot be opened safely",
        "unpack it yourself, or get it again",
        "Archives that expand without end, lead out of their folder, or are damaged.",
    ),
    "I110": (
        WARNING,
        "{what} is not a regular file and was passed over",
        None,
        "Links, pipes and devices in a folder are not followed.",
    ),
    "I111": (
        INFO,
        "version not stated; read as {what}",
        None,
        "Without a version the structure of the text decides: narratives mean 2.x.",
    ),
    "I112": (
        WARNING,
        "an activity stands inside another activity",
        None,
        "A closing tag is missing; both were read.",
    ),
    "I113": (
        INFO,
        "{what} outside of activities is kept in the header",
        None,
        "It belongs to no activity.",
    ),
    "I114": (
        INFO,
        "a file of the folder is neither XML nor packed and was passed over",
        None,
        "Only files with the endings of IATI files and archives are opened.",
    ),
    "I201": (
        WARNING,
        "the activity has no identifier",
        "give each activity an iati-identifier",
        "Without one the activity cannot be referred to; its id is made from its content.",
    ),
    "I202": (INFO, "an activity was met twice with the same content", None, "It was read once."),
    "I203": (
        WARNING,
        "an activity was met twice with different content; the newest is kept",
        None,
        "The one with the newest last-updated-datetime is kept; if that does not decide, the "
        "first, and the newest document of a folder or archive comes first.",
    ),
    "I204": (
        INFO,
        "several identifiers in one activity; the first counts",
        None,
        "The others are kept in its XML.",
    ),
    "I205": (
        INFO,
        "contact data was left out",
        "read with contacts=True, or --option contacts=true, to keep it",
        "Names, telephones and addresses of persons are not imported unless asked for.",
    ),
    "I301": (
        WARNING,
        "date not read: {what}",
        "write dates as YYYY-MM-DD",
        "The words can mean several days or none; they are kept.",
    ),
    "I302": (
        INFO,
        "date was read from words: {what}",
        None,
        "The attribute iso-date is missing or not a date, the text is one.",
    ),
    "I303": (
        WARNING,
        "implausible year: {what}",
        "check the year",
        "The date is kept as it stands.",
    ),
    "I304": (
        WARNING,
        "the activity starts after it ends",
        "check the activity-dates",
        "Its period is not known; the dates are kept.",
    ),
    "I305": (
        WARNING,
        "amount not read: {what}",
        "write amounts as 1234.56",
        "It is kept as typed, and its value is not known.",
    ),
    "I306": (
        WARNING,
        "amount with thousands separators",
        "write amounts as 1234.56",
        "Commas between groups of three digits were left out.",
    ),
    "I307": (
        WARNING,
        "currency not read",
        "write an ISO 4217 code",
        "It is kept as typed, and the currency is not known.",
    ),
    "I309": (
        WARNING,
        "not a code: {what}",
        None,
        "The code is missing or on no version of its list; it is kept as typed.",
    ),
    "I310": (
        WARNING,
        "shares of {what} do not add up to 100",
        "give percentages for all or none, adding up to 100",
        "The shares are not known; the percentages as stated are kept in the XML.",
    ),
    "I311": (
        INFO,
        "{what} taken from transactions, the activity has none",
        None,
        "The standard allows either place.",
    ),
    "I313": (
        INFO,
        "old code of a country read as its new one: {what}",
        None,
        "Kosovo was KS or KO before it was XK.",
    ),
    "I401": (
        INFO,
        "organisation reference mended by rule",
        None,
        "The reference as written is kept on the identifier.",
    ),
    "I402": (
        INFO,
        "the reference is a category, not an organisation",
        None,
        "Codes such as 22000 stand for all organisations of a type; the name identifies.",
    ),
    "I403": (
        INFO,
        "the reference is no identifier of the world: {what}",
        None,
        "Only references with the prefix of a registered list identify an organisation; "
        "here the name does, within its publisher.",
    ),
    "I404": (
        INFO,
        "a placeholder stands for an unknown organisation",
        None,
        "Taken as a name it would become a false hub: it is kept as an actor of its own in "
        "each activity, flagged, and left out of projections of actors.",
    ),
    "I405": (
        WARNING,
        "an organisation has neither name nor reference",
        None,
        "It is kept as an unknown actor of the activity, flagged.",
    ),
    "I406": (
        INFO,
        "one organisation under several names or types; kept as claims",
        None,
        "What differs from the first mention is kept as claims about the actor.",
    ),
    "I407": (
        INFO,
        "a name looks like several organisations",
        None,
        "It is kept as one; splitting it is for a person to decide.",
    ),
    "I408": (
        INFO,
        "an activity with more than {what} partners",
        None,
        "Activities with very many partners dominate projections of actors.",
    ),
    "I501": (
        INFO,
        "money from an organisation to itself makes no tie",
        None,
        "It is kept on the activity.",
    ),
    "I502": (
        INFO,
        "a transaction without a second party makes no tie",
        None,
        "Only one side is known; it is kept on the activity.",
    ),
    "I503": (INFO, "an activity related to itself", None, "The link is left out."),
    "I504": (
        INFO,
        "a document link without a usable address",
        None,
        "It is kept on the activity only.",
    ),
    "I505": (
        INFO,
        "elements and attributes of other namespaces are kept: {what}",
        None,
        "They are kept in the activity's XML.",
    ),
    "I601": (
        ERROR,
        "cannot be written as IATI: {what}",
        "add what is missing; nothing is invented",
        "The standard requires it, and the record does not have it.",
    ),
}

MESSAGES: Mapping[str, tuple[Severity, str, str | None]] = {
    code: (severity, message, hint) for code, (severity, message, hint, _) in _ROWS.items()
}
"""Severity, message and hint by code."""

PROBLEM_CODES: tuple[ProblemCode, ...] = tuple(
    ProblemCode(
        f"iati:{code}", message.replace("{what}", "…"), why, hint or "Nothing need be done."
    )
    for code, (_, message, hint, why) in _ROWS.items()
)
