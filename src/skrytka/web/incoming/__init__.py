"""Letters from institutions: waiting, collected, refused, read."""
