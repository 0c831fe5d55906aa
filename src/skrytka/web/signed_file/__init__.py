"""Taking back a file that was signed elsewhere, whatever it is."""
