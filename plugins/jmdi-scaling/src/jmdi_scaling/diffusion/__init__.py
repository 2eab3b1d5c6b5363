"""Observed diffusion: who adopted when, and the curves that fit it."""
