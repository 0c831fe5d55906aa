"""What the administrator of an institution sets."""
