"""From a product down to the quotes that it stands on, back up, and where the trail has gaps."""
