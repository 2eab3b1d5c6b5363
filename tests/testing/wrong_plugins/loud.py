"""Wrong: greets whoever imports it."""

JMDI_API = 1

print("Welcome to loud 1.0!")
