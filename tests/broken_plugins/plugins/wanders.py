"""Changes the working directory and the precision of decimals."""

import decimal
import os

os.chdir(os.path.sep)
decimal.getcontext().prec = 3
