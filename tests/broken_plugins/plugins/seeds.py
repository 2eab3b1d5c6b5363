"""Seeds the random numbers of the whole program."""

import random

random.seed(4)
