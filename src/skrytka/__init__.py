"""Skrytka: an electronic submission box that a public institution runs itself."""
