"""What the columns of a survey or 3W table mean, proposed from presets that are data."""
