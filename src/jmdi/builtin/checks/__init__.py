"""The rules that every dataset should obey, as checks; they report and never repair."""

from __future__ import annotations

from jmdi.errors import Severity
from jmdi.model.relations import Rates, Tie
from jmdi.plugins.specs import Check, ProblemCode

__all__ = ["CHECKS", "PROBLEM_CODES"]

LINKS = "jmdi.builtin.checks.links"
VALUES = "jmdi.builtin.checks.values"

CHECKS: tuple[Check, ...] = (
    Check("J301", None, f"{LINKS}:duplicate_ids", doc="Ids are unique."),
    Check("J302", None, f"{LINKS}:dangling", doc="What is referred to is there."),
    Check(
        "J303",
        None,
        f"{LINKS}:wrong_ends",
        doc="Relations join records of the kinds that they are for.",
    ),
    Check(
        "J304",
        None,
        f"{LINKS}:wrong_references",
        doc="References point at records of the kind that their field is for.",
    ),
    Check("J305", None, f"{LINKS}:cycles", doc="No hierarchy runs in a circle."),
    Check("J306", None, f"{VALUES}:bad_dates", doc="Dates are EDTF."),
    Check("J307", None, f"{VALUES}:turned_periods", doc="Periods end after they start."),
    Check(
        "J308",
        None,
        f"{VALUES}:strange_dates",
        Severity.WARNING,
        doc="Dates lie between 1900 and 2100.",
    ),
    Check(
        "J309", None, f"{VALUES}:unknown_codes", Severity.INFO, doc="Codes are in their vocabulary."
    ),
    Check(
        "J310",
        None,
        f"{VALUES}:wrong_schemes",
        Severity.WARNING,
        doc="Fields hold codes of the vocabulary that they name.",
    ),
    Check("J311", None, f"{VALUES}:intensities", doc="Intensities go from 0 to 5."),
    Check("J312", None, f"{VALUES}:shares", doc="Shares go from 0 to 1."),
    Check("J313", Tie, f"{LINKS}:self_ties", Severity.WARNING, doc="No actor is tied to itself."),
    Check(
        "J314",
        None,
        f"{VALUES}:wrong_types",
        doc="Fields hold values of the type that they declare.",
    ),
    Check("J315", None, f"{VALUES}:waves", doc="Waves are counted from 0 or 1."),
    Check(
        "J316",
        Tie,
        f"{VALUES}:ties_of_nothing",
        Severity.WARNING,
        doc="A tie that is said to be present is more than 0.",
    ),
    Check(
        "J317",
        Tie,
        f"{VALUES}:states_of_ties",
        Severity.WARNING,
        doc="The state of a tie says whether it is there.",
    ),
    Check("J318", Rates, f"{VALUES}:answers_off_scale", doc="Answers lie on their scale."),
    Check(
        "J319",
        None,
        f"{VALUES}:countries",
        Severity.WARNING,
        doc="Countries are codes of two letters.",
    ),
)

PROBLEM_CODES: tuple[ProblemCode, ...] = (
    ProblemCode(
        "J301",
        "two records have one id",
        "An id belongs to one record. Queries and references take the first; the others "
        "cannot be reached.",
        "Give one of them another id, or merge the files with Dataset.merge, which unites "
        "records of the same id.",
    ),
    ProblemCode(
        "J302",
        "a reference leads nowhere",
        "The record that is referred to is not in the dataset. Networks leave such links out "
        "and count them.",
        "Add the record, read the file that holds it together with this one, or correct the id.",
    ),
    ProblemCode(
        "J303",
        "a relation joins the wrong kinds",
        "Each kind of relation declares which kinds it goes from and to; derived kinds fit too.",
        "Correct the end, or use the kind of relation that is meant.",
    ),
    ProblemCode(
        "J304",
        "a reference points at the wrong kind",
        "The field is for records of another kind.",
        "Correct the id; 'jmdi schema KIND' says what the field is for.",
    ),
    ProblemCode(
        "J305",
        "a hierarchy runs in a circle",
        "A territory lies within itself, a theme is its own parent, an initiative part of "
        "itself, or knowledge derived from itself, by way of others.",
        "The message names the circle: remove the link that is wrong.",
    ),
    ProblemCode(
        "J306",
        "a date is not EDTF",
        "Dates are written in EDTF (ISO 8601-2), so that vague dates differ from exact "
        "ones without guessing.",
        "Write 2015-10-19, 2015-10, 2015-10/2015-12 or 2015?; where no date can be derived, "
        "leave edtf out, keep the words, and give a reason.",
    ),
    ProblemCode(
        "J307",
        "a period ends before it starts",
        "The second date of an interval lies before the first.",
        "Swap them, or correct the year.",
    ),
    ProblemCode(
        "J308",
        "a date is far off",
        "Dates before 1900 or after 2100 are most often typing mistakes.",
        "Check the year; if it is right, ignore the warning.",
    ),
    ProblemCode(
        "J309",
        "a code is not in its vocabulary",
        "Vocabularies are open: the code is kept. But a metric that groups by code will count "
        "it apart.",
        "Use a code that the vocabulary has, or add yours to it by a plugin.",
    ),
    ProblemCode(
        "J310",
        "a code is of another vocabulary",
        "Metrics look for codes of the vocabulary that the field names.",
        "Map the code; vocabularies list matches in others.",
    ),
    ProblemCode(
        "J311",
        "an intensity is off the scale",
        "Intensity is one of the six levels of the Levels of Collaboration Scale: 0 none, "
        "1 networking, 2 cooperation, 3 coordination, 4 coalition, 5 collaboration.",
        "Use one of them; keep figures on a scale of your own in 'strength'.",
    ),
    ProblemCode(
        "J312",
        "a share is not between 0 and 1",
        "Shares are parts of one whole.",
        "Write 25 % as 0.25.",
    ),
    ProblemCode(
        "J313",
        "an actor is tied to itself",
        "Metrics of simple networks leave such ties out and say how many.",
        "Correct one end, or remove the tie.",
    ),
    ProblemCode(
        "J314",
        "a field holds a value of the wrong type",
        "The record was made by a program that did not keep to the declared type; it cannot be "
        "written to a file.",
        "Give the field what it declares: Decimal for amounts, a tuple for several values.",
    ),
    ProblemCode(
        "J315",
        "a wave is counted below 0",
        "Waves of a study have whole numbers in the order in which they were done.",
        "Number the waves from 0 or 1.",
    ),
    ProblemCode(
        "J316",
        "a tie is present and of strength 0",
        "Intensity 0 and strength 0 say that there is no tie, and networks count it as absent, "
        "whatever its state says.",
        "Leave the figure out where it is not known, or leave out the state.",
    ),
    ProblemCode(
        "J317",
        "a state that is not about presence",
        "Networks count a tie as there unless its state is absent, unobserved or unknown, because "
        "a column named state may say something else, such as a state of a federation.",
        "Write present, absent, unobserved or unknown; name a column of another meaning otherwise.",
    ),
    ProblemCode(
        "J318",
        "an answer is outside its scale",
        "The record says the lowest and the highest answer. Metrics count an answer beyond them "
        "as missing.",
        "Correct the answer, or the scale: low and high.",
    ),
    ProblemCode(
        "J319",
        "a country is not written as its code",
        "Countries are compared by their codes of two letters (ISO 3166-1 alpha-2); a name, or a "
        "code in small letters, is another country to every metric.",
        "Write the code, such as PH; a mapping says what names mean: values.",
    ),
    ProblemCode(
        "J330",
        "two sources contradict each other",
        "Both have a record with this id and say different things about it.",
        "Merge with on_conflict='claim' to keep both, or decide with 'keep' or 'replace'.",
    ),
    ProblemCode(
        "J390",
        "a check failed",
        "The check itself has a fault; the data may be fine. The other checks still ran.",
        "Report it to the authors of the check, with the message.",
    ),
)
