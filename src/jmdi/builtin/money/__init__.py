"""What transactions and budgets add up to: what counts, at which rates, and the metrics."""
