"""What can be wrong with any network file, and the errors and notes that say so."""

from __future__ import annotations

from jmdi import FormatError, Problem, ProblemCode, Severity, Where

__all__ = ["PROBLEM_CODES", "refused"]


def refused(code: str, message: str, where: Where, cure: str | None = None) -> FormatError:
    """The error for a file that cannot be read at all.

    Args:
        code: The end of its code, such as ``N101``.
        message: What is wrong.
        where: Where.
        cure: What to do about it.
    """
    problem = Problem(f"networkfiles:{code}", Severity.ERROR, message, where, cure=cure)
    return FormatError([problem])


PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "networkfiles:N101",
        "not a readable network file",
        "The file is not of the format that it should be, or is damaged.",
        "Write it again with the program that it comes from, or name its format with --from.",
    ),
    ProblemCode(
        "networkfiles:N102",
        "network file too large",
        "It has more than the limits allow, or its header promises more than the file can hold.",
        "Split it, raise the limits, or correct the header.",
    ),
    ProblemCode(
        "networkfiles:N103",
        "read as Windows text",
        "The file is no UTF-8 and does not say its encoding. It was read as Windows-1252, which is "
        "right for most files of western Europe; letters are wrong if it is in another encoding.",
        "Save it in UTF-8 if names look wrong.",
    ),
    ProblemCode(
        "networkfiles:N104",
        "several graphs in one file",
        "They are networks of their own; together they would be a network that nobody observed.",
        "Choose one by its name or number: --option graph=1.",
    ),
)
