"""Figures by matplotlib (extra ``plot``), with the layouts, shapes and colours of the page.

Each function draws on the axes that it is given or on new ones, and returns them. Nothing is
shown, and no setting of matplotlib is changed. matplotlib is imported inside the functions.
"""
