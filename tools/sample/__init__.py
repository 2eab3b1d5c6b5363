"""The parts of the invented programme that tools/make_sample.py writes."""
