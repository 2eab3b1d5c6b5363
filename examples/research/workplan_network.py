"""A work plan as a network: what its actions serve, and who is named most often.

python examples/research/workplan_network.py
"""

from pathlib import Path

import jmdi

plan = jmdi.read(Path(__file__).parent.parent / "workplan" / "workplan.docx")
net = plan.project("workplan")
print(net)
for name in ("workplan:completeness", "workplan:known-budget", "workplan:cost-per-participant"):
    print(plan.metric(name))
degree = net.degree()
for id in sorted(net.nodes, key=degree.__getitem__, reverse=True)[:5]:
    record = net.node(net.index[id])
    print(degree[id], record.label() if record else id)
