"""What changes drafts, attachments and letters on record."""
