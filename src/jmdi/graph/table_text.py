"""A table as text for a paper: Markdown and LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

__all__ = ["latex", "markdown"]

Rows = Sequence[Sequence[str]]

_LATEX = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "→": r"$\rightarrow$",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "−": "$-$",
}
_SPECIAL = re.compile(f"[{re.escape(''.join(_LATEX))}]")


def markdown(
    columns: Sequence[str], rows: Rows, numeric: Sequence[bool], notes: Sequence[str]
) -> str:
    """A table of pipes, numbers to the right."""
    rule = ["---:" if number else "---" for number in numeric]
    lines = [_pipes(map(_in_pipes, columns)), _pipes(rule)]
    lines += [_pipes(map(_in_pipes, row)) for row in rows]
    return "\n".join([*lines, *(f"\n{note}" for note in notes)])


def _pipes(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _in_pipes(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\\", "\\\\").replace("|", "\\|"))


def latex(
    columns: Sequence[str],
    rows: Rows,
    numeric: Sequence[bool],
    notes: Sequence[str],
    caption: str,
    label: str,
) -> str:
    """A ``tabular`` with the rules of booktabs; in a float where it has a caption or a label."""
    shape = "".join("r" if number else "l" for number in numeric)
    lines = [f"\\begin{{tabular}}{{{shape}}}", "\\toprule", _cells(columns), "\\midrule"]
    lines += [*map(_cells, rows), "\\bottomrule", "\\end{tabular}"]
    lines += [f"\\par\\footnotesize {_in_latex(note)}" for note in notes]
    if caption or label:
        head = ["\\begin{table}", "\\centering"]
        head += [f"\\caption{{{_in_latex(caption)}}}"] if caption else []
        head += [f"\\label{{{label}}}"] if label else []
        lines = [*head, *lines, "\\end{table}"]
    return "\n".join(["% \\usepackage{booktabs}", *lines]) + "\n"


def _cells(cells: Sequence[str]) -> str:
    return " & ".join(map(_in_latex, cells)) + r" \\"


def _in_latex(text: str) -> str:
    escaped = _SPECIAL.sub(lambda match: _LATEX[match[0]], text)
    return re.sub(r"\s+", " ", escaped)
