"""One letter at the desk."""
