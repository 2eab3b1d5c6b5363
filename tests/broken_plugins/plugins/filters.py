"""Switches off the warnings of the whole program."""

import warnings

warnings.simplefilter("ignore")
