"""Wrong: sets up the log of whoever imports it."""

import logging

JMDI_API = 1

logging.basicConfig(level=logging.DEBUG)
