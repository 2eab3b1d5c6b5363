"""Takes ten seconds to import."""

import time

time.sleep(10)
