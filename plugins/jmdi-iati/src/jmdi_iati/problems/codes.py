"""What can be wrong with IATI files: the messages, and what ``jmdi explain`` says of them."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi import ProblemCode, Severity
from jmdi.classes import frozen

__all__ = ["MESSAGES", "PROBLEM_CODES", "Message"]


@frozen
class Message:
    """What is said of a problem.

    Attributes:
        severity: How bad it is.
        text: What is wrong; ``{what}`` is replaced by what sets it apart from others of its code.
        why: Why it is a problem, or what was done about it.
        cure: What to do; ``None`` if there is nothing to do.
    """

    severity: Severity
    text: str
    why: str
    cure: str | None = None


ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

MESSAGES: Mapping[str, Message] = {
    # I1: files and documents
    "I101": Message(
        WARNING,
        "the file is empty",
        "A file of no bytes holds no activity; publishers sometimes leave such files behind.",
    ),
    "I102": Message(
        ERROR,
        "not an IATI document: {what}",
        "The document has no iati-activity and no iati-organisation.",
        "give an iati-activities file",
    ),
    "I103": Message(
        ERROR,
        "a document type is declared, which is not read",
        "Document types define entities, with which a small file can fill the memory of a machine "
        "or fetch other files. IATI needs none.",
        "delete the line that begins with <!DOCTYPE",
    ),
    "I104": Message(
        ERROR,
        "the document is broken: {what}",
        "What comes before the break was read; what follows may be lost.",
        "ask the publisher for a complete file; with --on-error keep what was read stays",
    ),
    "I105": Message(
        WARNING,
        "repaired: {what}",
        "The XML is not well-formed here, but what was meant could be read.",
    ),
    "I106": Message(
        WARNING,
        "bytes that are not {what} were read as Windows-1252",
        "The file is in another encoding than it says.",
    ),
    "I107": Message(
        WARNING,
        "control characters, which XML forbids, were left out",
        "Such characters come from office programs; strict readers stop at them.",
    ),
    "I108": Message(
        ERROR,
        "more than the limits allow: {what}",
        "Limits keep a hostile file from filling the memory of the machine.",
        "if you trust the file, read it in Python with larger limits, such as "
        "limits=jmdi.Limits(size=10**10, line=10**8, members=10**6)",
    ),
    "I109": Message(
        ERROR,
        "{what} cannot be opened safely",
        "The archive is damaged, expands without end, or has members that lead out of its folder.",
        "unpack it yourself, or download it again",
    ),
    "I110": Message(
        WARNING,
        "{what} is not a regular file and was not opened",
        "Links, pipes and devices in a folder or archive are not followed.",
    ),
    "I111": Message(
        INFO,
        "the version is not stated; read as {what}",
        "Without a version the elements decide: an activity with narratives is of 2.x.",
    ),
    "I112": Message(
        WARNING,
        "an activity is inside another activity",
        "A closing tag is missing; both were read.",
    ),
    "I113": Message(
        INFO,
        "{what} outside of activities is kept in the header",
        "It belongs to no activity.",
    ),
    "I114": Message(
        INFO,
        "a file of the folder is neither XML nor packed and was not opened",
        "Only files with the endings of IATI files and archives are opened.",
    ),
    "I115": Message(
        WARNING,
        "version {what} is newer than 2.03, the newest that is known, and is read as that",
        "What is new in it is kept in the XML of activities, but not understood.",
        "look for a newer jmdi-iati",
    ),
    "I116": Message(
        WARNING,
        "declared as {what}, but read as UTF-8, which its bytes are",
        "Programs write UTF-8 under the declaration of another encoding. Letters that would make "
        "no sense in the declared one are read as UTF-8; the others as declared.",
    ),
    "I117": Message(
        WARNING,
        "bytes that are no characters of {what} became U+FFFD",
        "The file is damaged, or in another encoding than it says.",
    ),
    # I2: activities as a whole
    "I201": Message(
        WARNING,
        "the activity has no identifier",
        "Others cannot refer to an activity without one; its id is made from its content.",
        "give each activity an iati-identifier",
    ),
    "I202": Message(
        INFO,
        "{what} occurs twice with the same content",
        "It was read once.",
    ),
    "I203": Message(
        WARNING,
        "{what} occurs twice with different content; the newest is kept",
        "The one with the last last-updated-datetime is kept, in whatever order they come; of "
        "those of one moment that of the document with the last generated-datetime; then the "
        "longer one.",
    ),
    "I204": Message(
        INFO,
        "several identifiers in one activity; the first counts",
        "The others are kept in its XML.",
    ),
    "I205": Message(
        INFO,
        "contact data was left out",
        "Names, telephone numbers and addresses of persons are not imported unless asked for.",
        "read with contacts=True, or --option contacts=true, to keep it",
    ),
    # I3: dates, amounts, codes, shares
    "I301": Message(
        WARNING,
        "date not read: {what}",
        "The words can mean several days or none; they are kept.",
        "write dates as YYYY-MM-DD",
    ),
    "I302": Message(
        INFO,
        "date was read from words: {what}",
        "The attribute iso-date is missing or not a date, the text is one.",
    ),
    "I303": Message(
        WARNING,
        "implausible year: {what}",
        "The date is kept as it is.",
        "check the year",
    ),
    "I304": Message(
        WARNING,
        "the activity starts after it ends",
        "Its period is not known; the dates are kept.",
        "check the activity-dates",
    ),
    "I305": Message(
        WARNING,
        "amount not read: {what}",
        "It is kept as typed, and its value is not known.",
        "write amounts as 1234.56",
    ),
    "I306": Message(
        WARNING,
        "amount with thousands separators",
        "Commas between groups of three digits were left out.",
        "write amounts as 1234.56",
    ),
    "I307": Message(
        WARNING,
        "currency not read: {what}",
        "It is kept as typed, and the currency is not known.",
        "write an ISO 4217 code, or one for all as default-currency of the activity",
    ),
    "I309": Message(
        WARNING,
        "not a code: {what}",
        "The code is missing or on no version of its list; it is kept as typed.",
    ),
    "I310": Message(
        WARNING,
        "shares of {what} do not add up to 100",
        "The shares are not known; the percentages as stated are kept in the XML.",
        "give percentages for all or none, adding up to 100",
    ),
    "I311": Message(
        INFO,
        "{what} taken from transactions, the activity has none",
        "The standard allows either place.",
    ),
    "I313": Message(
        INFO,
        "old code of a country read as its new one: {what}",
        "Kosovo was KS or KO before it was XK.",
    ),
    "I314": Message(
        WARNING,
        "a transaction names another recipient than the activity",
        "The standard allows either place, not both; the share of the only recipient that the "
        "activity names is not known.",
        "name recipients at the activity or at each transaction",
    ),
    "I315": Message(
        INFO,
        "one place of a gazetteer under several names; kept as claims",
        "Names that differ from the first one are kept as claims about the place.",
    ),
    # I4: organisations
    "I401": Message(
        INFO,
        "organisation reference corrected by rule",
        "The reference as written is kept on the identifier.",
    ),
    "I402": Message(
        INFO,
        "the reference is a category, not an organisation",
        "Codes such as 22000 mean all organisations of a type; the name identifies.",
    ),
    "I403": Message(
        INFO,
        "the reference identifies no organisation: {what}",
        "Only references with the prefix of a registered list identify an organisation; "
        "here its name does, among those of the same publisher.",
    ),
    "I404": Message(
        INFO,
        "an unknown organisation is kept as a placeholder",
        "Read as a name it would join activities that have nothing in common: it is kept as an "
        "actor of its own in each activity, flagged, and left out of projections of actors.",
    ),
    "I405": Message(
        WARNING,
        "an organisation has neither name nor reference",
        "A participant is kept as an unknown actor of the activity, flagged; a provider or "
        "receiver of money is not known.",
    ),
    "I406": Message(
        INFO,
        "one organisation under several names or types; kept as claims",
        "What differs from the first mention is kept as claims about the actor.",
    ),
    "I407": Message(
        INFO,
        "a name looks like several organisations",
        "It is kept as one; a person has to decide whether to split it.",
    ),
    "I408": Message(
        INFO,
        "an activity with more than {what} partners",
        "Activities with very many partners dominate projections of actors.",
    ),
    "I409": Message(
        INFO,
        "one name with several identifiers in an activity: kept as several organisations",
        "Within an activity mentions of one name are one organisation if at most one registered "
        "identifier is given with it. With two it is not known which of them is wrong.",
    ),
    # I5: money, links, other namespaces
    "I501": Message(
        INFO,
        "money from an organisation to itself makes no tie",
        "It is kept as a transaction.",
    ),
    "I502": Message(
        INFO,
        "a transaction without a second party makes no tie",
        "Only one side is known; it is kept as a transaction.",
    ),
    "I503": Message(
        INFO,
        "an activity is related to itself",
        "The link is left out.",
    ),
    "I504": Message(
        INFO,
        "a document link without a usable address",
        "It is kept on the activity only.",
    ),
    "I505": Message(
        INFO,
        "elements and attributes of other namespaces are kept: {what}",
        "They are kept in the activity's XML.",
    ),
    "I506": Message(
        INFO,
        "several narratives in one language, of which the first counts: {what}",
        "The others are kept in the activity's XML. Those of titles and descriptions are all read.",
    ),
    "I507": Message(
        INFO,
        "kept in the activity's XML, not as data: {what}",
        "No field of the records holds it; it is written back as it was.",
    ),
    "I508": Message(
        WARNING,
        "the XML of an organisation's own file is not kept",
        "Another had named the organisation before, and its record was made then. What the file "
        "says is in the records; it cannot be written back as an organisation file.",
        "give the organisation file as an input of its own",
    ),
    # I6: writing
    "I601": Message(
        ERROR,
        "cannot be written as IATI: {what}",
        "The standard requires it, and the record does not have it.",
        "add what is missing; nothing is invented",
    ),
    "I602": Message(
        WARNING,
        "left out, because 2.03 has no place for it: {what}",
        "Versions 1.01 to 1.05 had it. What was published is kept in the records.",
    ),
    "I603": Message(
        WARNING,
        "not valid as 2.03: {what}",
        "It was published so, or what a record says does not fit. Nothing is invented.",
        "add what is missing to the records, or ask the publisher",
    ),
}
"""What is said of each problem, by its code without the plugin's prefix."""

PROBLEM_CODES: tuple[ProblemCode, ...] = tuple(
    ProblemCode(
        f"iati:{code}",
        message.text.replace("{what}", "…"),
        message.why,
        message.cure or "Nothing needs to be done.",
    )
    for code, message in MESSAGES.items()
)
