"""Asking for the second factor before a trusted signature, for whatever is signed."""
