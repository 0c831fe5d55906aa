"""What exists in the demonstration only: the mails that would have left the house."""
