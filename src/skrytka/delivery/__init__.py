"""Outgoing letters: dispatch, notices, terms, collection, deemed delivery."""
