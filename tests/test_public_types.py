"""What public calls take and return stands in ``jmdi`` or one of its public rooms, too."""

from __future__ import annotations

import inspect
import logging
import re
import subprocess
import sys

import jmdi
import jmdi.metrics
import jmdi.panels

PUBLIC = {*jmdi.__all__, *jmdi.metrics.__all__, *jmdi.panels.__all__}
MADE_BY_THE_LIBRARY = {"Edges.__init__", "RecordStream.__init__"}
"""Constructors that nobody else calls."""


def classes():
    """All classes of the library, by name."""
    modules = [m for name, m in sys.modules.items() if name.partition(".")[0] == "jmdi"]
    return {
        name
        for module in modules
        for name, thing in vars(module).items()
        if isinstance(thing, type) and thing.__module__ == module.__name__
    }


def annotated(name, thing):
    """A public thing and its public members, with their annotations."""
    yield name, getattr(thing, "__annotations__", {})
    if isinstance(thing, type) and thing.__module__.startswith("jmdi"):
        for part, member in inspect.getmembers(thing):
            function = member.fget if isinstance(member, property) else member
            if callable(function) and (part == "__init__" or not part.startswith("_")):
                yield f"{name}.{part}", getattr(function, "__annotations__", {})


def types_in(annotation):
    """The names of types that an annotation holds, its strings left out."""
    text = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    return set(re.findall(r"\b[A-Z]\w*", re.sub(r"\".*?\"|'.*?'", "", text)))


def is_alias(name, thing):
    """Whether a name, where a thing is defined, is that of an alias, not of a class."""
    found = vars(sys.modules[thing.__module__]).get(name) if hasattr(thing, "__module__") else None
    return found is not None and not isinstance(found, type)


def test_types_of_public_calls_are_public():
    things = {n: getattr(jmdi, n) for n in jmdi.__all__}
    things |= {n: getattr(jmdi.metrics, n) for n in jmdi.metrics.__all__}
    known = classes()
    missing = {
        f"{place}({parameter}): {name}"
        for thing, value in things.items()
        for place, annotations in annotated(thing, value)
        if place not in MADE_BY_THE_LIBRARY
        for parameter, annotation in annotations.items()
        if not parameter.startswith("_")
        for name in types_in(annotation) & known - PUBLIC
        if not is_alias(name, value)
    }
    assert missing == set()
    assert {"Records", "CheckReport", "Difference", "Edge", "Edges", "Catalog"} <= set(jmdi.__all__)


def test_help_shows_the_real_signature():
    assert inspect.signature(jmdi.read) == inspect.signature(jmdi.Model.read).replace(
        parameters=list(inspect.signature(jmdi.Model.read).parameters.values())[1:]
    )
    assert "on_error" in inspect.signature(jmdi.read).parameters


def test_the_logger_has_a_null_handler_and_the_hosts_handlers_are_left_alone():
    code = (
        "import logging\n"
        "before = list(logging.getLogger().handlers)\n"
        "import jmdi\n"
        "jmdi.dataset()\n"
        "assert logging.getLogger().handlers == before\n"
        "(one,) = logging.getLogger('jmdi').handlers\n"
        "assert type(one) is logging.NullHandler\n"
        "logging.getLogger('jmdi').warning('nobody hears it')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_a_problem_goes_into_the_extra_of_a_log_record(caplog):
    where = jmdi.Where(file="plan.docx", cell="table 2, row 5, cell 4")
    problem = jmdi.Problem("J1", jmdi.Severity.WARNING, "a message", where, "/name")
    with caplog.at_level(logging.WARNING):
        logging.getLogger("host").warning("%s", problem, extra=problem.log_extra())
    (record,) = caplog.records
    assert record.jmdi_problem == problem.to_dict()
    assert record.jmdi_problem["where"]["row"] == 5
