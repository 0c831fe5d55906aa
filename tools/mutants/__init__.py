"""Ways to spoil a signed file, each of which a verifier has to notice."""
