"""Wrong: decides what the program of somebody else does at a signal."""

import signal

JMDI_API = 1

signal.signal(signal.SIGABRT, lambda number, frame: None)
