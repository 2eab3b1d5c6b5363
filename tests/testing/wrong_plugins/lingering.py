"""Wrong: leaves a thread running in the program of whoever imports it."""

import threading

JMDI_API = 1

threading.Thread(target=threading.Event().wait, name="lingering", daemon=True).start()
