"""Sending letters out of an institution and seeing them delivered."""
