"""What can be wrong with codebooks: the messages, and what ``jmdi explain`` says of them."""

from __future__ import annotations

from collections.abc import Mapping

from jmdi import Severity
from jmdi_knowledge.reporting import Message, problem_codes

__all__ = ["MESSAGES", "PROBLEM_CODES"]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

MESSAGES: Mapping[str, Message] = {
    "B101": Message(
        ERROR,
        "not a codebook: {what}",
        "The file is no codebook of this format, or it is damaged beyond what can be read.",
        "export the codebook from its tool again",
    ),
    "B102": Message(
        ERROR,
        "a context of another place is named, which is not fetched: {what}",
        "JSON-LD may keep the meaning of its names elsewhere. Nothing is fetched from the network.",
        "write the context into the file itself",
    ),
    "B103": Message(
        WARNING,
        "a parent is not known: {what}",
        "A code names a broader code that the file does not describe, or several of that name.",
        "name the parent by its id or code",
    ),
    "B104": Message(
        WARNING,
        "codes lie within each other: {what}",
        "A code cannot be broader than what it lies within. These links were left out.",
        "correct the broader codes",
    ),
    "B105": Message(
        WARNING,
        "several labels of one language: {what}",
        "SKOS allows one preferred label for each language. The first in alphabetical order was "
        "kept, the others are in extra.",
        "choose one label",
    ),
    "B106": Message(
        INFO,
        "not kept: {what}",
        "These parts of the file are no codes, and a codebook here holds codes only.",
    ),
    "B107": Message(
        ERROR,
        "cannot be written: {what}",
        "The format demands what the records do not say, or cannot hold what they say.",
        "correct the record and write again",
    ),
    "B108": Message(
        WARNING,
        "a row has no name: {what}",
        "A code without a name cannot be chosen; the row was left out.",
        "name the code, or delete the row",
    ),
    "B109": Message(
        WARNING,
        "codes contradict each other: {what}",
        "Two codes have one GUID or id, or a code lies within itself. The first is kept.",
        "correct the GUIDs",
    ),
    "B110": Message(
        ERROR,
        "a document type is declared, which is not read",
        "Document types define entities, with which a small file can fill the memory of a machine "
        "or fetch other files.",
        "delete the line that begins with <!DOCTYPE",
    ),
    "B111": Message(
        WARNING,
        "an identifier holds what no IRI may: {what}",
        "An IRI holds no blanks, quotes, brackets, braces or control characters. These were "
        "written with percent signs, %20 for a blank.",
        "correct the identifier where the codebook was made",
    ),
}

PROBLEM_CODES = problem_codes(MESSAGES)
