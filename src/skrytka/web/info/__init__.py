"""What every serious service tells of itself: help, terms, privacy, cookies, accessibility."""
