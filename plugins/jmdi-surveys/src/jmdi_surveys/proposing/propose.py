"""Proposes a mapping of a whole file: which preset fits which table."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from jmdi import FormatError, ImportContext
from jmdi.files.mapping import Proposal, TableMapping
from jmdi.files.mapping.write import key_of
from jmdi.plugins.catalog import Catalog
from jmdi.words.folding import fold
from jmdi_surveys.answers.form import Form
from jmdi_surveys.answers.objects import ROOT
from jmdi_surveys.answers.reading import File
from jmdi_surveys.codes import refused
from jmdi_surveys.proposing.candidates import Candidate, candidate_of
from jmdi_surveys.proposing.fitting import Fitted, fitted
from jmdi_surveys.proposing.given import Given
from jmdi_surveys.proposing.matching import Match, match
from jmdi_surveys.proposing.numbered import gathered, numbered
from jmdi_surveys.proposing.presets import KOBO, preset
from jmdi_surveys.proposing.roster import ANSWERS, Roster, rosters

__all__ = ["propose"]

WHO = ("Organisation", "Implementing partner", "Donor")
WHERE_OR_WHAT = ("Sector", "Activity", "Adm1 code", "Adm1", "Adm2 code", "Adm2", "Adm3", "Location")


def propose(
    file: File,
    context: ImportContext,
    catalog: Catalog,
    wanted: str | None,
    sheet: str | None = None,
    header_row: int | None = None,
) -> Proposal:
    """What the columns of a file mean.

    Args:
        file: The file.
        context: Its name, for problems.
        catalog: The kinds and vocabularies that are known.
        wanted: The preset to use; the one that fits best if not given.
        sheet: The sheet to look at; all if not given.
        header_row: The row of the header; found if not given.

    Raises:
        FormatError: If no preset fits, with what is missing.
        NotFound: If there is no such preset.
    """
    tables = [
        table
        for one in file.sheets
        if sheet is None or one.name == sheet
        if (table := candidate_of(one, export=file.export, header_row=header_row)) is not None
    ]
    proposer = _Proposer(tables, file, context, catalog)
    if wanted == KOBO and not file.export:
        raise proposer.nothing("it is no export of Kobo or ODK", "leave out the option preset")
    if file.export and wanted in (None, KOBO):
        return proposer.export()
    return proposer.sheets(wanted)


@attrs.frozen
class _Choice:
    """A preset that fits a table."""

    name: str
    preset: TableMapping
    table: Candidate
    found: Match
    by: str = "Organisation"


@attrs.define
class _Proposer:
    tables: Sequence[Candidate]
    file: File
    context: ImportContext
    catalog: Catalog

    def choice(self, name: str, table: Candidate) -> _Choice:
        """How a preset fits a table."""
        rules = preset(name)
        seen: list[Roster] = []
        if "partner" in rules.repeats:
            seen = rosters(list(table.columns.values()), self.names(rules, table))
        return _Choice(name, rules, table, match(rules, table, seen))

    def names(self, rules: TableMapping, table: Candidate) -> set[str]:
        """The names of organisations that are known before a roster is looked for."""
        first = match(rules, table, ())
        names = {c for seen in first.columns.get("Respondent", ()) for c in seen.cells}
        for other in self.tables:
            found = match(preset("survey"), other, ())
            names |= {c for seen in found.columns.get("Partner", ()) for c in seen.cells}
        form = self.file.form
        if form is not None:
            names |= {name for choices in _lists(form, names) for name in choices}
        return names

    def export(self) -> Proposal:
        """A mapping of all tables of an export: answers, partners, what they do together."""
        chosen: dict[str, _Choice] = {}
        for table in self.tables:
            names = ("roster", "members") if table.sheet == ROOT else ("survey", "activities")
            fits = [c for c in (self.choice(n, table) for n in names) if not c.found.lacking]
            if fits:
                chosen[table.sheet] = max(fits, key=lambda c: c.found.score)
        if any(choice.name == "survey" for choice in chosen.values()):
            chosen = {sheet: _beside_partners(choice) for sheet, choice in chosen.items()}
        if not chosen:
            raise self.nothing(
                "no question names the organisation that answers, or a partner",
                "name them in a mapping: 'jmdi mapping FILE --option preset=members' begins one",
            )
        return self.whole(list(chosen.values()), "Partner survey")

    def sheets(self, wanted: str | None) -> Proposal:
        """A mapping of the table that a preset fits best, and of a list of its members."""
        names = ("survey", "roster", "3w") if wanted is None else (wanted,)
        tagged = [table for table in self.tables if table.tagged]
        choices = [self.choice(name, table) for table in tagged or self.tables for name in names]
        fits = [choice for choice in choices if _fits(choice)]
        if not fits:
            raise self.why_not(choices)
        best = max(fits, key=lambda choice: choice.found.score)
        others = [] if best.name == "3w" else self.members(best)
        if any(other.by == "ID" for other in others):
            best = attrs.evolve(best, by="ID")
        return self.whole([*others, best], best.preset.title)

    def members(self, best: _Choice) -> list[_Choice]:
        """A sheet that lists organisations of which half are named in the answers."""
        named = {
            fold(cell)
            for column in ("Respondent", "Partner")
            for seen in best.found.columns.get(column, ())
            for cell in seen.cells
        }
        found = []
        for table in self.tables:
            if table is best.table:
                continue
            choice = self.choice("members", table)
            if choice.found.lacking:
                continue
            for column in ("Organisation", "ID"):
                seen = choice.found.columns.get(column, ())
                listed = {fold(cell) for one in seen for cell in one.cells}
                if 2 * len(listed & named) >= len(named):
                    found.append(attrs.evolve(choice, by=column))
                    break
        return found[:1]

    def whole(self, choices: Sequence[_Choice], title: str) -> Proposal:
        """The mapping of the tables that presets fit."""
        form = self.file.form
        labels = {q.name: q.labels[0] for q in form.questions if q.labels} if form else {}
        choices = [attrs.evolve(c, found=gathered(c.found, c.table)) for c in choices]
        export = self.file.export
        fits = []
        for c in choices:
            lists = c.name == "members" and not export
            given = (c.preset, c.found, c.table, self.catalog, export, lists, labels)
            fits.append(numbered(fitted(Given(*given))))
        if any(problem.code == "surveys:D109" for problem in self.context.problems):
            fits = [_encoded(fit, "cp1252") for fit in fits]
        parts = [
            self.labelled(_by_id(fit.mapping, choice), choice.table)
            for fit, choice in zip(fits, choices, strict=True)
        ]
        if len(parts) == 1 and not self.file.export:
            return Proposal(parts[0], fits[0].notes)
        tables = {
            part.table.sheet or f"table {number}": attrs.evolve(part, title="")
            for number, part in enumerate(parts, start=1)
        }
        notes = {
            f"tables.{key_of(name)}.{header}": note
            for name, fit in zip(tables, fits, strict=True)
            for header, note in fit.notes.items()
        }
        return Proposal(TableMapping(tables=tables, title=title), notes)

    def labelled(self, mapping: TableMapping, table: Candidate) -> TableMapping:
        """A mapping that gives organisations the labels of the form instead of their codes."""
        form = self.file.form
        if form is None:
            return mapping
        columns = dict(mapping.columns)
        repeats = dict(mapping.repeats)
        for rules, cells in (
            (columns, {name: set(seen.cells) for name, seen in table.columns.items()}),
            (repeats, {name: set(rule.only) for name, rule in repeats.items()}),
        ):
            for name, rule in rules.items():
                names = any(path.endswith((".names", ".source", ".target")) for path in rule.to)
                found = cells.get(name, set()) if names else set()
                lists = _lists(form, found)
                labels = {
                    code: labels[0]
                    for choices in lists
                    for code, labels in choices.items()
                    if code in found and labels and labels[0] != code
                }
                blank = rule.blank or mapping.cells.blank or ()
                labels = {code: label for code, label in labels.items() if code not in blank}
                if labels:
                    rules[name] = attrs.evolve(rule, values=labels)
        return attrs.evolve(mapping, columns=columns, repeats=repeats)

    def why_not(self, choices: Sequence[_Choice]) -> FormatError:
        """Why no preset fits: what was found, and what was not."""
        nearest = max(choices, key=lambda c: c.found.score, default=None)
        if nearest is None or not nearest.found.score:
            return self.nothing(
                "no column is known as one of a survey or of who does what where",
                "'jmdi mapping FILE --from table' or '--from workbook:table' proposes a mapping "
                "of any table",
            )
        if nearest.name == "3w":
            table = repr(nearest.table.sheet) if nearest.table.sheet else "the table"
            places = ", ".join(repr(s.header) for c in nearest.found.columns.values() for s in c)
            return self.nothing(
                f"no column names organisations; {table} has "
                f"{places} alone: it counts actors and does not say who they are",
                "ask for the table with a row for each organisation and place",
            )
        lacking = ", ".join(nearest.found.lacking)
        return self.nothing(
            f"no column is known for: {lacking}", "write a mapping, or name its header in a preset"
        )

    def nothing(self, message: str, cure: str) -> FormatError:
        """The error for a file to which no preset fits."""
        return refused("S8", message, self.context.name, cure)


def _by_id(mapping: TableMapping, choice: _Choice) -> TableMapping:
    """A mapping whose organisations are named by the ids that a list of members has."""
    if choice.by != "ID":
        return mapping
    name = "ID" if choice.name == "members" else "Respondent"
    header = choice.found.columns[name][0].header
    org = attrs.evolve(mapping.records["org"], key=(header,))
    columns = dict(mapping.columns)
    repeats = dict(mapping.repeats)
    if name == "Respondent":
        columns[header] = attrs.evolve(
            columns[header], to=("org.identifiers",), scheme="survey:id", values=None
        )
    for rules in (columns, repeats):
        for words, rule in rules.items():
            if any(path.endswith((".target", ".source")) for path in rule.to):
                rules[words] = attrs.evolve(rule, by="key")
    records = {**mapping.records, "org": org}
    return attrs.evolve(mapping, records=records, columns=columns, repeats=repeats)


def _beside_partners(choice: _Choice) -> _Choice:
    """A roster of yes and no beside a table of partners asks whom one knows, not works with."""
    roster = choice.found.rosters.get("{partner}")
    if roster is None or not all(fold(c) in ANSWERS for one in roster.columns for c in one.cells):
        return choice
    rest = {name: one for name, one in choice.found.rosters.items() if name != "{partner}"}
    found = attrs.evolve(choice.found, rosters={**rest, "{partner} know": roster})
    return attrs.evolve(choice, found=found)


def _encoded(fit: Fitted, encoding: str) -> Fitted:
    """A mapping that says the encoding of its text."""
    place = attrs.evolve(fit.mapping.table, encoding=encoding)
    return attrs.evolve(fit, mapping=attrs.evolve(fit.mapping, table=place))


def _fits(choice: _Choice) -> bool:
    if choice.found.lacking or not choice.found.score:
        return False
    if choice.name != "3w":
        return True
    columns = choice.found.columns
    return any(n in columns for n in WHO) and any(n in columns for n in WHERE_OR_WHAT)


def _lists(form: Form, names: set[str]) -> list[dict[str, tuple[str, ...]]]:
    """The lists of choices that some answers are from."""
    return [dict(choices) for choices in form.choices.values() if len(names & set(choices)) > 1]
