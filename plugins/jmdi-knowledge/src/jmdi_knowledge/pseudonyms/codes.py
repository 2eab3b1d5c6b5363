"""What ``jmdi explain`` says of the problems with people."""

from __future__ import annotations

from jmdi import ProblemCode

__all__ = ["PROBLEM_CODES"]

PROBLEM_CODES = (
    ProblemCode(
        "knowledge:P101",
        "no key for pseudonyms",
        "People get pseudonyms that are made with a key. The file of the key cannot be read or "
        "made, or holds something else.",
        "Name a file that can be written, such as --option key=people.key; it is made if it is "
        "not there. With --option people=keep names stay as they are.",
    ),
    ProblemCode(
        "knowledge:P102",
        "contacts were left out",
        "E-mail addresses, telephone numbers and photos of people are never kept, in texts either: "
        "there stands [e-mail] or [phone].",
        "Nothing needs to be done.",
    ),
    ProblemCode(
        "knowledge:P103",
        "people have pseudonyms",
        "Each name became P- and ten digits, the same for the same name and key in every file. "
        "Names of the participants were replaced in the texts, too. First names alone, nicknames "
        "and people who took no part are not found.",
        "Keep the key apart from the data: who has it and a list of names can tell who is who. "
        "More names to hide are listed in a file, --option names=FILE; names that are "
        "organisations and stay, --option organisations=FILE.",
    ),
    ProblemCode(
        "knowledge:P104",
        "others can read the key",
        "Other users of this computer can read the key, and could find out who is who.",
        "Take their rights away: chmod 600 and the name of the file.",
    ),
    ProblemCode(
        "knowledge:P105",
        "list of names cannot be read",
        "The file that names or organisations are listed in is missing, too large or no text.",
        "Save it as text in UTF-8, with one name on a line.",
    ),
)
