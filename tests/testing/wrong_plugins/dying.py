"""Wrong: works only where pytest was loaded, and ends any other process."""

import os
import sys

JMDI_API = 1

if "pytest" not in sys.modules:
    os._exit(3)
