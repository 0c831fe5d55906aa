"""Writing letters out of the institution: from a draft to its dispatch."""
