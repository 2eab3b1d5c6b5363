"""Changes of files, each module those of one sort of file; `jmdi.testing.mutations` chooses."""
