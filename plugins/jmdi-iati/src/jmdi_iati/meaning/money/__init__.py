"""Transactions and budgets, and the shares that they give an activity."""
