"""The pages of docs/reference, one module for each group of them."""
