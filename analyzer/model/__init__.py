"""Plain data that the layers hand to one another. Standard library only, frozen, no behaviour beyond look-up."""
