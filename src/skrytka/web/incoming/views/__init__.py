"""Pages of letters from institutions."""
