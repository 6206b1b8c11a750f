"""Documents that describe the data -> the entities that they name."""
