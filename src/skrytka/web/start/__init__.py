"""The first page: which institutions are here and how to write to them."""
