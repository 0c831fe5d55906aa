"""Verifiers of other makers: what each says of a signed file, intact or not, or not its matter."""
