"""What is asked about drafts, attachments and letters."""
