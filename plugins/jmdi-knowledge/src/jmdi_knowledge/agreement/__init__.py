"""Agreement of coders: coefficients on any values, and the units that codings are compared on."""
