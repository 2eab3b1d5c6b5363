"""Who adds what: hooks, the specifications that they return, and the catalog of all of it."""
