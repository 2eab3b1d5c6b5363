"""Networks made of networks of two modes: projections onto one mode, and their backbones."""
