"""Finding a case: search with filters, the tree of topics, the card."""
