"""Wrong: loads a heavy package when it is imported."""

import networkx

JMDI_API = 1
GRAPH = networkx.Graph
