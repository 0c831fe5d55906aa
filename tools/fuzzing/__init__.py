"""What the fuzzer throws at each decoder, and what may come back."""
