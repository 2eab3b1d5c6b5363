"""Wrong: has something done when the program of somebody else ends."""

import atexit

JMDI_API = 1


@atexit.register
def farewell():
    """Nothing."""
