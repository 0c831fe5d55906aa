"""The citizen's edge."""
