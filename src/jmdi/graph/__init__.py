"""How records connect: datasets, their checks and projections, and networks."""
