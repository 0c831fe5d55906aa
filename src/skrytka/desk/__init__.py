"""The clerk's edge."""
