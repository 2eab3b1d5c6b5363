"""Plugins whose checks are wrong."""

import itertools

import jmdi

COUNTER = itertools.count()


def problem(code, message="something"):
    return jmdi.Problem(code, jmdi.Severity.WARNING, message)


def plugin(name, run, *, of=jmdi.Actor, documented=True):
    """A plugin with one check; it must be assigned to its own name."""
    code = f"{name}:C1"

    class Plugin:
        JMDI_API = 1

        @jmdi.hookimpl
        def jmdi_checks():
            return [jmdi.Check(code, of, run)]

        @jmdi.hookimpl
        def jmdi_problem_codes():
            return [jmdi.ProblemCode(code, "t", "w", "m")] if documented else []

    Plugin.__name__ = Plugin.__qualname__ = name
    return Plugin


def _in_english(actor, dataset):
    if len(actor.names["en"]) > 99:
        yield problem("nervous:C1")


def _foreign(actor, dataset):
    yield problem("J301")


def _numbered(actor, dataset):
    yield problem("moody:C1", f"number {next(COUNTER)}")


nervous = plugin("nervous", _in_english)
stray = plugin("stray", _foreign)
moody = plugin("moody", _numbered)
unsaid = plugin("unsaid", lambda actor, dataset: (), documented=False)
