"""The actors of the programme by the ties on record: density, isolates, who is in between.

python examples/research/actors_of_the_programme.py
"""

import networkx as nx

import jmdi

ds = jmdi.datasets.load("jmdi")
net = ds.project("actors")
print(net, dict(net.notes))
for name in ("density", "components", "isolates"):
    print(net.metric(name))
between = nx.betweenness_centrality(net.to_networkx())
actors = ds.of(jmdi.Actor).table("label", degree=net.degree(), betweenness=between)
print(actors.to_csv(), end="")
