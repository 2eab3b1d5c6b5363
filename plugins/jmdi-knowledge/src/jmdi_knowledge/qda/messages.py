"""What can be wrong with coded projects: the messages, and what ``jmdi explain`` says of them."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi import Severity
from jmdi_knowledge.reporting import Message, problem_codes

__all__ = ["MESSAGES", "PROBLEM_CODES"]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

MESSAGES: Mapping[str, Message] = {
    "Q101": Message(
        ERROR,
        "not a coded project: {what}",
        "The file is no REFI-QDA project, QualCoder project or Taguette database, or it is "
        "damaged beyond what can be read.",
        "export the project from its tool again",
    ),
    "Q102": Message(
        WARNING,
        "the archive is odd: {what}",
        "A member that leads out of the archive, is repeated, is encrypted or expands too much "
        "is not read.",
        "export the project from its tool again",
    ),
    "Q103": Message(
        ERROR,
        "a document type is declared, which is not read",
        "Document types define entities, with which a small file can fill the memory of a machine "
        "or fetch other files. REFI-QDA needs none.",
        "delete the line that begins with <!DOCTYPE",
    ),
    "Q104": Message(
        WARNING,
        "the XML is broken: {what}",
        "What could be read was kept; codings after the break may be missing.",
        "export the project from its tool again",
    ),
    "Q105": Message(
        WARNING,
        "a source is not in the file: {what}",
        "Its codings are kept without their text, so nobody can check what was coded.",
        "name the folder where it lies: --option sources=FOLDER",
    ),
    "Q106": Message(
        WARNING,
        "it cannot be decided how positions are counted: {what}",
        "Tools count code points, UTF-16 units or bytes, line ends as one or two. The positions "
        "of this source fit several of these and no quote tells them apart, so code points are "
        "taken; the numbers of the file are kept in extra.",
        "compare some quotes with the tool that wrote the file",
    ),
    "Q107": Message(
        WARNING,
        "the text of a source is not UTF-8: {what}",
        "Bytes that are no text were replaced by U+FFFD.",
        "save the source as text in UTF-8",
    ),
    "Q108": Message(
        WARNING,
        "a selection lies nowhere in its text: {what}",
        "It begins or ends outside the text or inside a character, or it ends before it begins. "
        "The coding is kept without a place, its numbers in extra.",
        "look at the selection in the tool that wrote the file",
    ),
    "Q109": Message(
        WARNING,
        "a coding names a code that the codebook lacks: {what}",
        "Without its code a coding says nothing; it was left out.",
        "export the project from its tool again",
    ),
    "Q110": Message(
        WARNING,
        "codes contradict each other: {what}",
        "Two codes have one GUID, or a code lies within itself. The first is kept.",
        "rename or move the codes in the tool that wrote the file",
    ),
    "Q111": Message(
        WARNING,
        "a quote is not what stands in the text: {what}",
        "The file repeats the words of a selection, and at its position there are others: the "
        "text was changed after it was coded.",
        "look at the selection in the tool that wrote the file",
    ),
    "Q112": Message(
        WARNING,
        "a number or date cannot be read: {what}",
        "What depends on it is not known.",
        "export the project from its tool again",
    ),
    "Q113": Message(
        WARNING,
        "the database is odd: {what}",
        "A table or column that this reader knows is not there, or is a view; what it would say "
        "is not known.",
        "open the project in its tool, which brings its database up to date",
    ),
    "Q114": Message(
        INFO,
        "kept and not understood: {what}",
        "These parts of the file mean nothing to jmdi. They are kept in extra and written back "
        "into a REFI-QDA project.",
    ),
    "Q115": Message(
        INFO,
        "lost on the way to another tool: {what}",
        "Tools drop what they cannot show. The file holds it all the same.",
    ),
    "Q116": Message(
        ERROR,
        "cannot be written as a REFI-QDA project: {what}",
        "REFI-QDA demands what the records do not say, or cannot hold what they say.",
        "correct the record and write again",
    ),
    "Q117": Message(
        INFO,
        "the cases of a source say different things: {what}",
        "What belongs to several cases, as a group interview does, has as own attributes what all "
        "of them say. What they say differently stays with the cases, in extra.",
    ),
    "Q118": Message(
        WARNING,
        "no source has the variable that says its territory: {what}",
        "The territories of the sources are not known.",
        "name one of them, such as --option territory_variable=province",
    ),
}

PROBLEM_CODES = problem_codes(MESSAGES)
