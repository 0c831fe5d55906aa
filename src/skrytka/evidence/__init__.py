"""Issuing, sealing, storing and checking receipts and signature reports."""
