"""Pure law, documents, signatures and receipts: no Django, no storage, no network, no clock."""
