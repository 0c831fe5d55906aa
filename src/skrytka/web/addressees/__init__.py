"""Whom to write to: suggestions while typing, and a list to choose from without JavaScript."""
