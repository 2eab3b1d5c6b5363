"""The five knowledge pillars: from what was collected to a product with its evidence trail."""

from jmdi_knowledge import plugin

__all__ = ["plugin"]
