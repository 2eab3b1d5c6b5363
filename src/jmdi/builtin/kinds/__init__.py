"""What the core says about kinds beside their classes: its vocabularies."""
