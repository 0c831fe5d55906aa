"""Documents as bytes: the one hardened XML parser, the letter pattern, the manifest."""
