"""A document understood as a plan: its title block, its tables, and the rows that are actions."""

from jmdi_workplan.plan.document import Plan, Row, Table, understand

__all__ = ["Plan", "Row", "Table", "understand"]
