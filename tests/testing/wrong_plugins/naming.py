"""Plugins whose names, hooks or references are wrong."""

import jmdi


class old:
    """Wrong: says nothing of the interface that it was written for."""


class prefix:
    """Wrong: a name that begins with that of another plugin."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_metrics():
        return [jmdi.Metric("other:size", len)]


class vague:
    """Wrong: its distribution does not say which jmdi it needs."""

    JMDI_API = 1


class impure:
    """Wrong: a class that is made anew by each call."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_kinds():
        @jmdi.define("impure:thing")
        class Thing(jmdi.Entity):
            """A thing."""

        return [Thing]


class spent:
    """Wrong: a generator that is used up after the first call."""

    JMDI_API = 1
    CODES = iter([jmdi.ProblemCode("spent:S1", "title", "why", "cure")])

    @jmdi.hookimpl
    def jmdi_problem_codes():
        return spent.CODES


class dangling:
    """Wrong: names a function that is not there."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_metrics():
        return [jmdi.Metric("dangling:size", "naming:no_such_function")]


class clashing:
    """Wrong: takes a name of the plugin that is installed beside it."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_projections():
        return [jmdi.Projection("loopback:ties", lambda dataset: jmdi.Network("x", []))]


class counting:
    """Wrong: a metric that counts what is installed."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_metrics():
        return [jmdi.Metric("counting:kinds", lambda ds: len(ds.model.catalog.kinds), on="dataset")]


class forgotten:
    """Wrong: forgets to return what it made."""

    JMDI_API = 1

    @jmdi.hookimpl
    def jmdi_problem_codes():
        [jmdi.ProblemCode("forgotten:C1", "t", "w", "m")]
