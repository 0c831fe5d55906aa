"""What came of a letter: its receipt, its documents and what happens with it."""
