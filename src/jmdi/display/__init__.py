"""How values show themselves in a notebook: small cards of HTML without scripts or names."""
