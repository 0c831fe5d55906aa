"""The list of institutions and the public page of each."""
