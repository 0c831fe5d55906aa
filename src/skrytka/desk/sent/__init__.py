"""Letters that went out: the list, one letter, and what a clerk does when it did not arrive."""
