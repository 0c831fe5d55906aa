"""Writing a letter: addressee, letter and attachments, signature, check and send."""
