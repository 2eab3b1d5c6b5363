"""What can be wrong with a survey, and the error that says so."""

from __future__ import annotations

from jmdi import FormatError, Problem, ProblemCode, Severity, Where
from jmdi_documents import problem_codes

__all__ = ["PROBLEM_CODES", "refused"]


def refused(code: str, message: str, file: str, cure: str | None = None) -> FormatError:
    """The error for a file that cannot be read at all.

    Args:
        code: The end of its code, such as ``S1``.
        message: What is wrong.
        file: The name of the file.
        cure: What to do about it.
    """
    problem = Problem(f"surveys:{code}", Severity.ERROR, message, Where(file=file), cure=cure)
    return FormatError([problem])


PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "surveys:S1",
        "no answers, or no form",
        "The file is no JSON, has no list of answers, or is no form.",
        "Give the answers as an API gives them, an export as XLSX or CSV, or the XLSForm.",
    ),
    ProblemCode(
        "surveys:S2",
        "sheet that is no table of answers",
        "The file is an export of answers; this sheet has no key that joins it to them.",
        "Nothing needs to be done, unless it holds answers.",
    ),
    ProblemCode(
        "surveys:S3",
        "columns that a form notes by itself",
        "Times, ids of the device and of the answer, and the name of who typed are left out.",
        "Nothing needs to be done.",
    ),
    ProblemCode(
        "surveys:S4",
        "rows that belong to no answer",
        "Rows of a repeated question name an answer that the file does not have.",
        "Export again, with all answers and all repeats in one file.",
    ),
    ProblemCode(
        "surveys:S5",
        "questions of one name",
        "Two questions in different groups have the same name or label; their groups stand before "
        "them, or a number stands behind.",
        "Give the form with the option form, or export with XML names instead of labels.",
    ),
    ProblemCode(
        "surveys:S6",
        "lost repeats",
        "The answers say that there are partners, and the file has no table of them. Kobo's CSV "
        "has no repeated questions.",
        "Export as XLSX, which has a sheet for each repeat, or take the answers of the API.",
    ),
    ProblemCode(
        "surveys:S7",
        "another number than was said",
        "An answer says how many there are, and gives more or fewer rows. The rows are read.",
        "Nothing needs to be done if the number was an estimate.",
    ),
    ProblemCode(
        "surveys:S8",
        "no mapping",
        "Nobody has said what the columns mean, or no preset knows enough of them. A guess is "
        "shown, and is applied only when it is accepted.",
        "See what is proposed: 'jmdi mapping FILE -o m.toml'. Correct it, and give --mapping "
        "m.toml.",
    ),
    ProblemCode(
        "surveys:S9",
        "read by a preset",
        "A preset was named, and says what the columns mean.",
        "Look whether it is right; 'jmdi mapping FILE' writes the same as a file to correct.",
    ),
    ProblemCode(
        "surveys:S10",
        "tie with itself",
        "Somebody named himself or herself as a partner. The tie is kept.",
        "Nothing needs to be done, unless another partner was meant.",
    ),
    ProblemCode(
        "surveys:S11",
        "an actor named as a sum",
        "A row or column of sums was read as if it were an organisation that answers or is named.",
        'Say in the mapping that the word is as good as an empty cell: blank = ["Total"]; or '
        "delete the row or column.",
    ),
    *problem_codes("surveys"),
)
"""What ``jmdi explain`` says of each code."""
