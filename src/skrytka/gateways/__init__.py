"""What crosses the process boundary: one Protocol each, a real one and one in memory."""
