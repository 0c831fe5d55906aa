"""Drafts, attachments, screening, submission and the register of incoming letters."""
