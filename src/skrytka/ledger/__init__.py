"""What happened, in order, and what must still happen: events and the outbox."""
