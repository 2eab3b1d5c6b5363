"""From records to evidence on scaling: out, up and in function, anchored, owned, tipping."""

from jmdi_scaling import plugin

__all__ = ["plugin"]
