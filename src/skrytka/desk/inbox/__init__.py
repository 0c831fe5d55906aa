"""The list of letters: filters, search, assigning and changing several at once."""
