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
        "networkfiles:N105",
        "labels that are not unique",
        "A label is the id of its vertex. Two vertices with one label may be one actor written "
        "twice, or two actors with one name; nobody but you knows.",
        "Give each vertex a label of its own, or merge the two where they are one.",
    ),
    ProblemCode(
        "networkfiles:N106",
        "direction of a matrix",
        "A matrix does not say whether its ties have a direction. In one that is the same both "
        "ways each pair is read as one tie without direction.",
        "Say it with --option directed=true or directed=false.",
    ),
    ProblemCode(
        "networkfiles:N107",
        "ties without a value among others with one",
        "The format says that a value which is left away is 1.",
        "Nothing, unless the values are missing for another reason.",
    ),
    ProblemCode(
        "networkfiles:N108",
        "line that cannot be read",
        "It does not say what a line at its place must say, or names a vertex that the header "
        "does not have. It was not read.",
        "Correct the line.",
    ),
    ProblemCode(
        "networkfiles:N109",
        "part of the file not read",
        "It has no place among records, such as the colours of a drawing.",
        "Nothing, unless it matters.",
    ),
    ProblemCode(
        "networkfiles:N110",
        "empty cells of a matrix",
        "An empty cell may mean that there is no tie, or that nobody asked. Only you know; until "
        "you say it, the pair counts as not observed.",
        "If an empty cell means that there is no tie, say it with --option blank=0.",
    ),
    ProblemCode(
        "networkfiles:N111",
        "labels of rows and columns differ",
        "In a matrix of ties between the same actors each has a row and a column. A label that "
        "stands on one side only may be misspelt; its other pairs count as not observed. Labels "
        "that differ in case alone are read as one.",
        "Correct the labels, or say --option matrix=incidence for a matrix of two modes.",
    ),
    ProblemCode(
        "networkfiles:N112",
        "first row of a list of ties",
        "A list without a header begins with a tie. If its first row names the columns, it would "
        "become a tie between two names of columns.",
        "Say --option header=true or header=false.",
    ),
    ProblemCode(
        "networkfiles:N113",
        "connection that is not clear",
        "Its direction is none that Kumu knows, or an end is the label of several elements, and "
        "nobody knows which is meant.",
        "Write directed, undirected or mutual; name the element by its ID or a label of its own.",
    ),
    ProblemCode(
        "networkfiles:N114",
        "project of Kumu without elements",
        "The file describes maps and views. Elements and connections of such a project are kept "
        "elsewhere, such as in a spreadsheet that Kumu reads.",
        "Export elements and connections in Kumu, and read these files.",
    ),
    ProblemCode(
        "networkfiles:N115",
        "network too large for a matrix",
        "A matrix has a cell for each pair: with 10,000 nodes these are a hundred million.",
        "Write a list of ties, or a part of the network.",
    ),
    ProblemCode(
        "networkfiles:N116",
        "sums in a matrix",
        "A row or column of sums is no actor, but nothing besides its label tells it from one.",
        "Delete it from the sheet if it holds sums.",
    ),
    ProblemCode(
        "networkfiles:N117",
        "third name of each row of a list",
        "A row of three names is a name and two neighbours, unless the third says what kind of tie "
        "it is, or when it was.",
        "Say --option layout=ties or layout=neighbours.",
    ),
    ProblemCode(
        "networkfiles:N118",
        "comma that may part thousands",
        "In 1,500 the comma may stand for a decimal point, or part thousands. It was read as a "
        "decimal one, as no other number shows what commas are.",
        "Write 1500 or 1.5.",
    ),
    ProblemCode(
        "networkfiles:N119",
        "matrix without labels",
        "A square of numbers has no names above its columns or before its rows, so its actors are "
        "numbered.",
        "Put labels above the columns and before the rows.",
    ),
)
