"""Kumu: projects and blueprints in JSON, tables of elements and connections."""
