"""„Sprawdź UPO”: anybody brings a receipt and files; nothing of them is kept."""
