"""A document understood as a plan: segments, then tables and context, then what cells say."""

from jmdi_workplan.plan.tables import Plan, Row, Table, understand

__all__ = ["Plan", "Row", "Table", "understand"]
