"""Tries the plugin without installing it.

python examples/write_a_plugin/try_it.py
"""

import io

import names_plugin

import jmdi

model = jmdi.Model.build([names_plugin])
source = io.BytesIO(b"Municipality A\n\nCooperative bank\n")
dataset = model.read(source, format="names:list", on_error="keep")
problems = dataset.problems
print(dataset)
print(*problems, sep="\n")
print(dataset.project("actors").metric("names:isolated"))
