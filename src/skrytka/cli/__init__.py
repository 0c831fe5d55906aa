"""The operator's edge."""
