"""Where an action takes place."""

from jmdi_workplan.places.names import PlaceMention, find_country
from jmdi_workplan.places.reading import mentions_in, read_places, telling

__all__ = ["PlaceMention", "find_country", "mentions_in", "read_places", "telling"]
