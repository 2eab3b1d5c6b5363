"""What ``jmdi explain`` says of the problems of discussions."""

from __future__ import annotations

from jmdi import ProblemCode

__all__ = ["PROBLEM_CODES"]

PROBLEM_CODES = (
    ProblemCode(
        "knowledge:M101",
        "no message",
        "The file has no message in the form that its kind of file has.",
        "Export the discussion again, and name the format if the file has another ending.",
    ),
    ProblemCode(
        "knowledge:M102",
        "the id of a message came before",
        "Two messages of the file have one id: copies, or the work of a broken program. Both are "
        "kept, each as an item of its own.",
        "Remove copies from the file if they are not wanted.",
    ),
    ProblemCode(
        "knowledge:M103",
        "a message is broken",
        "A part of the message is not what it says: an encoding, base64, a header without end. "
        "What could be read is kept.",
        "Look at the message in the program that it was written with.",
    ),
    ProblemCode(
        "knowledge:M104",
        "replies to messages that are not in the file",
        "The message says which one it answers, and the file does not hold that one. Its id is "
        "kept; nothing is made up.",
        "Join the files of one archive into one file, and read that.",
    ),
    ProblemCode(
        "knowledge:M105",
        "events of the platform were left out",
        "Somebody joined, a topic was closed, a program posted, a call was missed: nobody wrote "
        "or said this.",
        "Nothing needs to be done.",
    ),
    ProblemCode(
        "knowledge:M106",
        "the order of day and month is not known",
        "Every date of the file can be read with the day or the month first. One order holds for "
        "a whole file, so one clear date would be enough. Each date is kept as both days that it "
        "can mean.",
        "Say the order: --option day_order=dmy, or day_order='mdy' in Python.",
    ),
    ProblemCode(
        "knowledge:M107",
        "a date is not of the order of the others",
        "No order of day, month and year fits all dates of the file. The dates that fit no order "
        "are kept as words.",
        "Look whether two exports were joined; read each alone.",
    ),
    ProblemCode(
        "knowledge:M108",
        "a cue is malformed",
        "A line with --> has no two times, or the cue no text. What follows it up to the next cue "
        "is left out.",
        "Mend the line, or export the transcript again.",
    ),
    ProblemCode(
        "knowledge:M109",
        "time goes backwards",
        "A cue begins before the one above it, or ends before it begins. The times are kept.",
        "Look whether two transcripts were joined.",
    ),
    ProblemCode(
        "knowledge:M110",
        "nobody is named",
        "The file does not say who wrote or spoke. The author is unknown, and is not taken from "
        "the lines above.",
        "Add the names to the file, or leave it.",
    ),
    ProblemCode(
        "knowledge:M111",
        "damaged JSON",
        "The file is not JSON, is nested too deeply, or has another form than the export has.",
        "Export the discussion again.",
    ),
    ProblemCode(
        "knowledge:M112",
        "texts were mended",
        "Exports of Instagram write each byte of a letter as a letter of its own. They were put "
        "together again.",
        "Nothing needs to be done.",
    ),
    ProblemCode(
        "knowledge:M113",
        "a document holds nothing to read",
        "The document has no text outside pictures.",
        "A scanned page needs a program that reads pictures of text first.",
    ),
    ProblemCode(
        "knowledge:M114",
        "signs that no text can hold were replaced",
        "A text has NUL characters, or halves of letters that a program cut apart. Each stands as "
        "U+FFFD in the item.",
        "Look at the texts in the program that they were written with.",
    ),
)
