"""Confirming who a person is, at the counter, in three steps."""
